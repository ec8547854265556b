"""Every page of the real site, read without pictures and scripts: headings, tables, languages, and every figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from generator.addresses import address
from generator.load import load
from generator.model import Archive, Evaluation
from generator.text import plain

ROOT = Path(__file__).parent.parent
ENOUGH = 25
"""Letters of a passage by which it is known again."""
Tree = etree._Element


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Tree]:
    """What stands in every page by its path, without pictures and scripts."""
    return {path.relative_to(folder).as_posix(): bare(path) for path in sorted(folder.rglob("*.html"))}


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load(ROOT / "evaluations").archive


def bare(path: Path) -> Tree:
    page = etree.HTML(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    etree.strip_elements(page, "script", "img", "svg", with_tail=False)
    return page


def words(element: Tree) -> str:
    return " ".join("".join(element.itertext()).split())


# Structure ----------------------------------------------------------------------------------------------------------


def test_headings_are_in_order_on_every_page(pages: dict[str, Tree]):
    levels = {path: [int(one.tag[1]) for one in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
              for path, page in pages.items()}  # fmt: skip

    assert len(levels) > 500
    assert [] == [path for path, found in levels.items() if found[:1] != [1] or found.count(1) != 1]
    assert [] == [path for path, found in levels.items() if any(two - one > 1 for one, two in pairwise(found))]


def test_every_table_has_a_caption_and_every_head_a_scope(pages: dict[str, Tree]):
    tables = [(path, table) for path, page in pages.items() for table in page.iter("table")]

    assert len(tables) > 150
    assert [] == [path for path, table in tables if not words(table)[:1] or table.find("caption") is None]
    assert [] == [path for path, table in tables for head in table.iter("th") if not head.get("scope")]
    assert [] == [path for path, table in tables for row in table.findall("tbody/tr") if row.find("th") is None]


def test_what_reports_say_in_another_language_is_marked_as_that(pages: dict[str, Tree], archive: Archive):
    other = {text[:ENOUGH]: one.language for one in archive.evaluations if one.language not in (None, "sv")
             for text in said(one) if len(text) > ENOUGH}  # fmt: skip
    seen, wrong = 0, []
    for path, page in pages.items():
        for element in page.find("body").iter(etree.Element):
            text = " ".join((element.text or "").split())
            if language := other.get(text[:ENOUGH]):
                seen += 1
                marked = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
                wrong += [] if marked == language else [(path, marked, text)]

    assert seen > 100
    assert [] == wrong


def said(one: Evaluation) -> Iterator[str]:
    """What a report says in its own words."""
    for part in (one, *one.areas.values()):
        for item in (*part.strengths, *part.improvements, *part.examples):
            yield " ".join(plain(item.text).split())
        yield from (example.title for example in part.examples)


# Figures ------------------------------------------------------------------------------------------------------------


def table(page: Tree, caption: str) -> dict[str, list[str]]:
    """The rows of a table by their heads."""
    found = next(one for one in page.iter("table") if words(one.find("caption")).startswith(caption))
    return {words(row.find("th")): [words(cell) for cell in row.iter("td")] for row in found.iter("tr")}


def test_every_figure_of_enkoping_2016_is_read_without_pictures_and_scripts(pages: dict[str, Tree], archive: Archive):
    one = next(one for one in archive.evaluations if one.slug == "enkoping-2016")
    where = address.evaluation(one).strip("/")
    page = pages[f"{where}/index.html"]
    by_area = table(page, "Poäng per område")

    assert f"{one.total} av 800" in words(page)
    assert 8 == len(one.areas)
    for number, area in one.areas.items():
        row = next(cells for head, cells in by_area.items() if head.startswith(f"{number} "))
        assert str(area.points) == row[0]
        questions = table(pages[f"{where}/{number}/index.html"], "Frågor")
        for key, result in area.questions.items():
            cells = next(cells for head, cells in questions.items() if head.startswith(f"{key} "))
            assert f"{result.points} av {result.maximum}" in cells
            assert result.percent is None or f"{result.percent} %" in cells


def test_every_number_that_a_drawing_shows_is_told_beside_it(folder: Path, pages: dict[str, Tree]):
    """But for the axes, whose round numbers are nobody's figures."""
    axes = {str(number) for number in range(0, 801, 25)}
    untold, drawings = [], 0
    for path, page in pages.items():
        whole = etree.HTML((folder / path).read_bytes(), etree.HTMLParser(encoding="utf-8"))
        drawn = {words(text) for text in whole.iter("text")}
        drawings += len(drawn) > 0
        numbers = {number for text in drawn for number in re.findall(r"\d+", text)} - axes
        untold += [(path, number) for number in sorted(numbers - set(re.findall(r"\d+", " ".join(page.itertext()))))]

    assert drawings > 50
    assert [] == untold
