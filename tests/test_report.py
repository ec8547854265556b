"""The whole evaluation as one document: it gathers all, in order, invents nothing, and costs no copy of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as markup
from lxml.html import HtmlElement
from markdown import Markdown

from generator.__main__ import main
from generator.addresses import address
from generator.load import load
from generator.model import Archive, AreaResult, Evaluation
from generator.pages import pages
from generator.text import plain

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "generator" / "templates"
ENKOPING = "/kommuner/enkoping/2016/rapport/"


@cache
def archive() -> Archive:
    return load(ROOT / "evaluations").archive


@cache
def made() -> dict[str, str]:
    return pages(archive(), "sv").files


def evaluations() -> Iterator[Evaluation]:
    return (one for one in archive().evaluations if one.year)


def text_of(where: str) -> str:
    return made()[address.markdown(where)]


@cache
def read(where: str) -> HtmlElement:
    """A page's body as the builder makes it."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text_of(where), flags=re.DOTALL)
    return markup.fragment_fromstring(Markdown(extensions=["attr_list", "toc"]).convert(body), create_parent="div")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def prose(area: AreaResult | Evaluation) -> list[str]:
    """Every passage that an editor wrote for an area or a whole evaluation, as it is to be read."""
    items = [*area.strengths, *area.improvements, *area.examples]
    texts = [area.summary or "", *(item.text for item in items), *(item.title for item in area.examples)]
    return [plain(text) for text in (*texts, *area.highlights) if text]


def gathered(evaluation: Evaluation) -> bool:
    areas = evaluation.areas.values()
    return any(prose(area) or area.brief or area.questions for area in areas)


def reports() -> list[Evaluation]:
    return [one for one in evaluations() if gathered(one)]


def test_an_evaluation_has_a_report_exactly_where_more_than_points_is_known_of_an_area():
    expected = {address.markdown(address.report(one)) for one in reports()}

    assert expected == {path for path in made() if path.endswith("/rapport/index.md")}
    assert 20 < len(expected) < len(list(evaluations()))


def test_the_evaluation_leads_to_its_report_and_only_where_there_is_one():
    linking = {one.slug for one in evaluations() if 'href="rapport/"' in text_of(address.evaluation(one))}

    assert {one.slug for one in reports()} == linking


@pytest.mark.parametrize("one", reports(), ids=lambda one: one.slug)
def test_the_report_says_all_that_is_known_area_by_area_in_order(one: Evaluation):
    page = read(address.report(one))
    said = words(page)
    numbers = [number for number, area in sorted(one.areas.items()) if prose(area) or area.brief or area.questions]

    assert [f"{number}" for number in numbers] == [
        words(chapter).split()[0] for chapter in page.find_class("k-chapter")
    ]
    for passage in [*prose(one), *(text for area in one.areas.values() for text in prose(area))]:
        assert " ".join(passage.split()) in said
    for area in one.areas.values():
        assert area.brief is None or area.brief in said
        for key, result in area.questions.items():
            assert key in said and (result.points is None or f"{result.points} av" in said)


@pytest.mark.parametrize("one", reports(), ids=lambda one: one.slug)
def test_ids_are_unique_headings_in_order_and_contents_lead_to_every_part(one: Evaluation):
    page = read(address.report(one))
    ids = page.xpath("//@id")
    levels = [int(str(heading.tag)[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5")]
    contents = page.xpath("//nav[@class='k-contents']//a")
    parts = [heading.get("id") for heading in page.iter("h2") if heading.get("id")]

    assert len(ids) == len(set(ids))
    assert 1 == levels[0] and 1 == levels.count(1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert parts == [link.get("href", "").removeprefix("#") for link in contents]


def tables(where: str) -> list[list[str]]:
    return [[words(cell) for cell in table.iter("th", "td")] for table in read(where).iter("table")]


def test_every_table_of_the_evaluation_and_its_areas_stands_in_the_report():
    there = tables(ENKOPING)
    expected = tables("/kommuner/enkoping/2016/")
    for number in range(1, 9):
        expected += tables(f"/kommuner/enkoping/2016/{number}/")

    assert 9 == len(expected)
    assert expected == there


def test_the_report_says_what_it_is_and_how_to_cite_it():
    said = words(read(ENKOPING))

    assert "Det är vår sammanställning, inte rapporten själv." in said
    assert (
        "Kommunkompassen i Norden. Enköping 2016: hela utvärderingen. "
        "Sammanställt ur: Kommunkompassen: analys av Enköpings kommun, maj 2016. /kommuner/enkoping/2016/rapport/"
    ) in said


def test_no_macro_of_one_page_kind_is_written_twice():
    """The report shares its pieces; a passage of markup of some length stands in one template only."""
    long = [
        line for path in TEMPLATES.glob("*.jinja") for line in set(path.read_text().splitlines()) if len(line) > 150
    ]

    assert [] == sorted({line for line in long if long.count(line) > 1})


# The command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a built site of a start page and one report."""
    for page in ("index.html", "kommuner/sagovik/2016/rapport/index.html"):
        target = tmp_path / "site" / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("<!doctype html><html lang=sv><title>Sagovik</title><h1>Sagovik</h1>", encoding="utf-8")
    return tmp_path


def test_without_a_site_the_command_says_how_to_build_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert 1 == main(["pdf", "--work", str(tmp_path)])
    assert f"{tmp_path / 'site'} är ingen byggd webbplats. Bygg den först: make site.\n" == capsys.readouterr().err


def test_without_a_chromium_the_command_says_where_to_get_one(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "/finns-inte")
    monkeypatch.setenv("CHROMIUM", "")

    assert 1 == main(["pdf", "--work", str(built)])
    said = capsys.readouterr().err
    assert said.startswith("Ingen Chromium hittades") and "apt-get install chromium" in said
    assert not (built / "pdf").exists()


@pytest.mark.parametrize("asked", ["sagovik/2017", "finns/inte", "../../etc"])
def test_a_report_that_is_not_there_is_named(built: Path, capsys: pytest.CaptureFixture[str], asked: str):
    assert 1 == main(["pdf", "--work", str(built), asked])
    said = capsys.readouterr().err
    assert f"ingen hel rapport för {asked}." in said
    assert ("Det finns: sagovik/2016." in said) == asked.startswith("sagovik")


def test_a_browser_that_is_none_is_told_without_a_traceback(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CHROMIUM", "/bin/true")

    assert 1 == main(["pdf", "--work", str(built), "sagovik/2016"])
    assert "/bin/true skrev ingen PDF" in capsys.readouterr().err
