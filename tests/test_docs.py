"""What is written for people is true: commands exist and are told, pages are there, and links lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from posixpath import normpath
from urllib.parse import urljoin

import pytest
from lxml import html as markup
from markdown import Markdown

from generator.__main__ import main
from generator.load import load
from generator.pages import pages

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "decisions").glob("*.md"), *(ROOT / "evaluations").glob("*.md")])
PROMISED = (
    "om/index.md",
    "om/metod.md",
    "om/tillganglighet.md",
    "redigera/index.md",
    "redigera/falt.md",
    "redigera/fel.md",
    "redigera/avvikelser.md",
    "redigera/ratta.md",
)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
OUTSIDE = ("https://", "http://", "mailto:")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@cache
def told() -> str:
    return read(ROOT / "README.md") + read(ROOT / "CONTRIBUTING.md")


@cache
def generated() -> dict[str, str]:
    """Generated pages and data by their path on the site."""
    archive = load(ROOT / "evaluations").archive
    return pages(archive, "sv").files


@cache
def identities(text: str) -> set[str]:
    """The anchors of a page."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    found = Markdown(extensions=["attr_list", "toc"]).convert(body)
    return set(markup.fragment_fromstring(found, create_parent="div").xpath("//@id"))


def site_address(path: Path) -> str:
    """Where a page of `docs/` lies on the site."""
    return "/" + path.relative_to(DOCS).as_posix().removesuffix(".md").removesuffix("index").rstrip("/") + "/"


@cache
def on_site() -> dict[str, str]:
    """The text of every page by its address."""
    by_hand = {site_address(path): read(path) for path in PAGES}
    return {**{f"/{path.removesuffix('index.md')}": text for path, text in generated().items()}, **by_hand}


# Commands -----------------------------------------------------------------------------------------------------------


def targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*## ", read(ROOT / "Makefile"), flags=re.MULTILINE)


def commands(capsys: pytest.CaptureFixture[str]) -> list[str]:
    with pytest.raises(SystemExit):
        main(["--help"])
    return re.findall(r"^    ([a-z]+)(?: +\S|$)", capsys.readouterr().out, flags=re.MULTILINE)


def test_the_targets_that_the_design_promises_are_there():
    assert {"help", "site", "serve", "test", "trials", "check", "lint", "golden", "bench"} <= set(targets())


@pytest.mark.parametrize("target", targets())
def test_every_target_is_told_in_the_readme_or_in_contributing(target: str):
    assert target == "help" or re.search(rf"\bmake {target}\b", told())


def test_every_target_that_is_told_exists():
    everywhere = "".join(map(read, [*TEXTS, *PAGES]))
    code = re.findall(r"^\s*make ([a-z]+)|`make ([a-z]+)", everywhere, flags=re.MULTILINE)

    assert set() == {one or other for one, other in code} - set(targets())


def test_every_command_is_told_in_the_readme_or_in_contributing(capsys: pytest.CaptureFixture[str]):
    found = commands(capsys)
    lines = "".join(re.findall(r"python -m generator (.*)", told()))

    assert {"check", "pages", "build", "serve"} <= set(found)
    assert [] == [command for command in found if not re.search(rf"\b{command}\b", lines)]


def test_every_command_that_is_told_exists(capsys: pytest.CaptureFixture[str]):
    everywhere = "".join(map(read, [*TEXTS, *PAGES]))
    lines = "|".join(re.findall(r"python -m generator ([a-z]+(?: \| [a-z]+)*)", everywhere))

    assert set() == set(re.findall(r"[a-z]+", lines)) - set(commands(capsys))


def test_the_readme_is_short_and_in_the_order_in_which_people_need_it():
    lines = read(ROOT / "README.md").splitlines()

    assert len(lines) < 150
    assert ["See it", "Add an evaluation", "Change the site", "Change the code", "Licence"] == [
        line.removeprefix("## ") for line in lines if line.startswith("## ")
    ]


def test_the_readme_names_every_room():
    files = [*(ROOT / "generator").glob("*.py"), *(ROOT / "generator").glob("*/__init__.py")]
    rooms = {file.parent.name if file.name == "__init__.py" else file.stem for file in files} - {"generator"}

    assert set() == rooms - set(re.findall(r"^\| `(\w+)` \|", read(ROOT / "README.md"), flags=re.MULTILINE))


# Pages and links ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PROMISED)
def test_a_page_that_is_promised_is_there_and_says_something(page: str):
    assert 500 < len(read(DOCS / page))


@pytest.mark.parametrize("path", [*PAGES, *TEXTS], ids=name)
def test_every_link_to_a_file_leads_to_it(path: Path):
    for link in LINK.findall(without_code(read(path))):
        file, _, anchor = link.partition("#")
        if link.startswith(OUTSIDE):
            continue
        there = (path.parent / file) if file else path
        assert there.exists(), link
        assert not anchor or anchor in identities(read(there)), link


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_of_the_site_leads_to_a_page(path: Path):
    body = markup.fragment_fromstring(Markdown().convert(read(path)), create_parent="div")
    for link in body.xpath("//*[not(ancestor-or-self::code)]/@href"):
        if link.startswith(OUTSIDE) or re.match(r"[^/]*(/[^/]*)*\.md(#.*)?$", link):
            continue
        page, _, anchor = urljoin(f"https://site{site_address(path)}", link).removeprefix("https://site").partition("#")
        assert page in on_site() or page.startswith("/data/") or (ROOT / f"docs{page}").is_file(), link
        assert not anchor or anchor in identities(on_site()[page]), link


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_written_by_hand_has_a_title_and_one_heading(path: Path):
    text = read(path)

    assert re.match(r"---\ntitle: \S", text)
    assert 1 == len(re.findall(r"^# \S", without_code(text), flags=re.MULTILINE))


def test_pages_that_the_site_leads_to_by_hand_are_there():
    addresses = re.findall(r"path: (\S+?)}", read(ROOT / "mkdocs.yml"))

    assert addresses
    assert [] == [one for one in addresses if normpath(f"/{one}") + "/" not in on_site()]
