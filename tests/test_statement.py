"""The accessibility statement tells all eleven parts that the authority asks for, and says when it was last true."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from lxml import html as markup
from markdown import Markdown

from generator.pages import Publisher, with_statement

DOCS = Path(__file__).parent.parent / "docs" / "om"
NOBODY, SOMEBODY = Publisher(), Publisher(name="Sagoviks <kommun>", contact="hjalp@example.org")
ELEVEN = {
    "utgivare": "Sagoviks <kommun> är utgivare",
    "webbplatsen": "alla sidor och de filer som går att ladda ner",
    "forenlighet": "förenlig med lagen",
    "brister": "beror på att webbplatsen är ny",
    "betungande": "12 § i lagen",
    "undantag": "9 §",
    "metod": "självskattning",
    "bedomd": "Bedömningen gjordes senast den",
    "uppdaterad": "Redogörelsen uppdaterades senast den",
    "kontakt": "hjalp@example.org",
    "tillsyn": "anmäla det till Digg",
}
"""Where each part stands, and words without which it says nothing."""
YEAR = timedelta(days=366)


def facts() -> dict[str, object]:
    return yaml.safe_load((DOCS / "tillganglighet.yml").read_text(encoding="utf-8"))


def statement(publisher: Publisher) -> str:
    """The page as Markdown, without its front matter."""
    page = with_statement((DOCS / "tillganglighet.md").read_text(encoding="utf-8"), facts(), publisher, "sv")
    return re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)


def parts(publisher: Publisher) -> dict[str, str]:
    """The text below each heading of the second level by its id, and all links."""
    html = Markdown(extensions=["attr_list", "toc"]).convert(statement(publisher))
    pieces = re.split(r'<h2 id="([a-z]+)">', html)[1:]
    return {name: " ".join(markup.fromstring(f"<div>{text}</div>").text_content().split())
            for name, text in zip(pieces[::2], pieces[1::2], strict=True)}  # fmt: skip


def test_every_one_of_the_eleven_parts_is_told():
    told = parts(SOMEBODY)

    assert list(ELEVEN) == list(told)
    assert [] == [name for name, words in ELEVEN.items() if words not in told[name]]
    assert "https://www.digg.se/tdosanmalan" in statement(SOMEBODY)
    assert '<a href="mailto:hjalp@example.org">' in statement(SOMEBODY)


def test_without_a_publisher_it_is_a_draft_and_says_so():
    assert "<strong>Utkast.</strong>" in statement(NOBODY)
    assert "Utkast" not in statement(SOMEBODY)
    assert "Ingen utgivare är utsedd" in parts(NOBODY)["utgivare"]
    assert "ingen kontaktväg" in parts(NOBODY)["kontakt"]


def test_no_place_is_left_empty_and_no_fact_unused():
    page = (DOCS / "tillganglighet.md").read_text(encoding="utf-8")

    assert "<!--" not in statement(NOBODY)
    assert set(facts()) == set(re.findall(r"<!-- statement: ([a-z]+) -->", page)) - {"draft", "actor", "contact"}


def test_it_is_not_of_tomorrow_and_was_updated_no_earlier_than_assessed():
    told = facts()

    assert told["assessed"] <= told["updated"] <= date.today()


@pytest.mark.trials
def test_it_was_assessed_within_a_year():
    """A trial, since `make test` must not begin to fail by itself: assess the site anew, then set the days."""
    assert date.today() - facts()["assessed"] <= YEAR
