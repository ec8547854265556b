"""Every figure of the real evaluations: drawing, table, sentence, file, code to paste and opened chart say the same."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, Route, expect

from generator import analysis, charts, load
from generator.addresses import address
from generator.charts import Figure
from generator.model import TOTAL_MAXIMUM, Archive, Evaluation
from generator.pages import Publisher, pages

ROOT = Path(__file__).parent.parent
HOST = "https://kommunkompassen.example/"
PLOTS = (752, 256)
"""How wide the plot of a strip is, wide and narrow."""
EVALUATION, AREA = "kommuner/enkoping/2016/", "kommuner/enkoping/2016/4/"
Numbers = list[int]


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load.load(ROOT / "evaluations").archive


@pytest.fixture(scope="module")
def figures(archive: Archive) -> dict[str, Figure]:
    """Every figure of the real evaluations by where it lies."""
    made = pages(archive, "sv", Publisher(address=HOST))
    return {path: drawing.figure for path, drawing in made.drawings.items()}


def numbers(cells: Any) -> Numbers:
    """The whole numbers among some cells, in order of size."""
    return sorted(int(cell) for cell in cells if re.fullmatch(r"\d+", str(cell)))


def values_in(rows: list[list[str]], kind: str) -> Numbers:
    """The printed values of a table or a file of figures: differences, editions, times and totals of pairs left out."""
    columns = {"profile": (1, 2), "compare": (1, 2), "trend": (2, 3), "strip": (2,)}[kind]
    body = rows[1:9] if kind in ("profile", "compare") else rows[1:]
    return numbers(row[column] for row in body for column in columns if column < len(row))


def values_of(spec: dict[str, Any]) -> Numbers:
    """The values that the data of a specification holds."""
    rows = [row for name in ("areas", "marks", "se", "others") for row in spec["datasets"].get(name, ())]
    return sorted(
        row[key] for row in rows for key in ("points", "total", "average", "value") if row.get(key) is not None
    )


def values_drawn(drawing: str, kind: str, plot: int) -> Numbers:
    """The values that can be read off a drawing: its numbers but years, or in a strip where its marks stand."""
    root = etree.fromstring(drawing.encode())
    if kind == "strip":
        marks = [mark for mark in root.iter("{*}path") if "--k-edge" in mark.get("fill", "")]
        places = (re.match(r"translate\(([\d.]+)", mark.get("transform", "translate(0"))[1] for mark in marks)  # type: ignore[index]
        return sorted(round(float(place) * 100 / plot) for place in places)
    shown = ("".join(text.itertext()) for text in root.iter("{*}text") if "--k-soft" not in text.get("fill", ""))
    read = (int(found[1]) for text in shown if (found := re.fullmatch(r"(?:\D+ )?(\d+)", text)))
    return sorted(number for number in read if number <= TOTAL_MAXIMUM)


def test_drawings_table_file_and_data_hold_the_same_figures(figures: dict[str, Figure]):
    differ = {}
    for path, figure in figures.items():
        file = list(csv.reader(figure.csv.splitlines()))
        shown = values_in([list(row) for row in figure.table], figure.kind)
        forms = {"file": values_in(file, figure.kind)}
        for plot, spec in zip(PLOTS, (figure.wide, figure.narrow), strict=True):
            forms[f"data {plot}"] = values_of(spec)
            drawn = values_drawn(charts.svg(spec), figure.kind, plot)
            if shown != drawn:
                differ[f"{path} drawing {plot}"] = (shown, drawn)
        differ |= {f"{path} {form}": (shown, held) for form, held in forms.items() if held != shown}

    assert {"profile", "trend", "strip", "compare"} == {figure.kind for figure in figures.values()}
    assert len(figures) > 40
    assert {} == differ


def test_a_profile_and_a_trend_show_what_was_printed(figures: dict[str, Figure], archive: Archive):
    shown = 0
    for one in archive.evaluations:
        figure = figures.get(f"{address.evaluation(one).lstrip('/')}profil")
        if figure:
            printed = [analysis.area_points(one).get(area) for area in range(1, 9)]
            told = [row[1] for row in figure.table[1:]]
            assert ["inte publicerat" if points is None else str(points) for points in printed] == told, one.slug
            shown += 1
    for slug in {one.municipality for one in archive.evaluations}:
        if figure := figures.get(f"kommuner/{slug}/utveckling"):
            totals = sorted(one.total for one in archive.evaluations if one.municipality == slug and one.total)
            assert set(numbers(row[2] for row in figure.table[1:])) >= set(totals), slug
            shown += 1

    assert shown > 20


def test_every_number_of_a_sentence_stands_in_the_table_or_is_a_difference_in_it(figures: dict[str, Figure]):
    """Areas, years, counts and our own median are told by their words; the golden files show them."""
    beside = re.compile(
        r"\(.*?\)|den \d+ \w+ \d{4}|Vår median.*|\b(?:av|på) [18]00\b|[Oo]mråden? [\d, och]+"
        r"|\b(?:år|i) (?:\w+ )?\d{4}|[^\s.,]+ \d{4}\b"
    )
    strange = {}
    for path, figure in figures.items():
        cells = {cell.lstrip("+−±") for row in figure.table[1:] for cell in row}
        said = set(re.findall(r"\d+", beside.sub(" ", figure.sentence)))
        if said - cells:
            strange[path] = (figure.sentence, said - cells)

    assert {} == strange


# The built site -----------------------------------------------------------------------------------------------------


def shown_figures(folder: Path) -> Iterator[tuple[Path, etree._Element]]:
    """Every figure of the built site that can be opened, with its page."""
    for path in sorted(folder.rglob("index.html")):
        if "k-explore" in (text := path.read_text(encoding="utf-8")):
            page = etree.HTML(text)
            yield from ((path, figure) for figure in page.xpath("//figure[.//button[@data-narrow]]"))


def test_every_form_in_the_built_site_is_made_of_the_same_figure(folder: Path, figures: dict[str, Figure]):
    seen = set()
    for path, shown in shown_figures(folder):
        spec = (path.parent / shown.xpath(".//button/@data-spec")[0]).resolve()
        place = spec.relative_to(folder.resolve()).with_suffix("").as_posix()
        figure = figures[place]
        code = etree.HTML("".join(shown.xpath(".//textarea//text()")))
        labels = {*shown.xpath("./svg/@aria-label"), *code.xpath("//img/@alt"), *shown.xpath("./figcaption/text()")}

        assert {figure.sentence} == labels, path
        assert figure.csv == spec.with_suffix(".csv").read_bytes().decode(), path
        for form, name in ((figure.wide, spec), (figure.narrow, spec.with_name(f"{spec.stem}-smal.json"))):
            assert form == json.loads(name.read_text(encoding="utf-8")), path
        for drawing in shown.xpath("./svg"):
            plot = PLOTS["k-narrow" in drawing.get("class")]
            drawn = values_drawn(etree.tostring(drawing, encoding="unicode"), figure.kind, plot)
            told = values_in([list(row) for row in figure.table], figure.kind)
            assert told == drawn, path
        seen.add(place)

    assert figures.keys() == seen


def test_the_questions_of_an_area_are_the_same_in_table_bars_file_and_code(folder: Path, archive: Archive):
    known = [(one, number) for one in archive.evaluations for number, area in one.areas.items() if area.questions]
    for one, number in known:
        page = etree.HTML((folder / address.area(one, number).lstrip("/") / "index.html").read_text(encoding="utf-8"))
        [table] = page.xpath("//table[contains(@class, 'k-questions')]")
        code = etree.HTML("".join(page.xpath("//figure[.//table[contains(@class, 'k-questions')]]//textarea//text()")))
        path = folder / address.evaluation(one).lstrip("/") / "fragor.csv"
        _, *file = csv.reader(path.read_text(encoding="utf-8").splitlines())
        told = printed(one, number)

        assert told == cells(table, (0, 2, 3)) == cells(code, (0, 1, 2))
        assert told == [
            [key, f"{of} av {top}", f"{share} %"] for area, key, of, top, share in file if area == str(number)
        ]
        bars = zip(lengths(table, "frame"), lengths(table, "fill"), strict=True)
        assert [row[2] for row in told] == [f"{round(100 * fill / frame)} %" for frame, fill in bars]

    assert len(known) >= 8


def printed(one: Evaluation, number: int) -> list[list[str]]:
    results = sorted(one.areas[number].questions.items(), key=lambda pair: [int(part) for part in pair[0].split(".")])
    return [[key, f"{each.points} av {each.maximum}", f"{each.percent} %"] for key, each in results]


def lengths(table: etree._Element, part: str) -> list[float]:
    return [float(width.rstrip("%")) for width in table.xpath(f".//rect[contains(@class, '{part}')]/@width")]


def cells(table: etree._Element, columns: tuple[int, ...]) -> list[list[str]]:
    """Some cells of a table's rows, of the first only the number."""
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in table.xpath(".//tbody/tr")]
    return [[row[columns[0]].split()[0], *(row[column] for column in columns[1:])] for row in rows]


# Code to paste ------------------------------------------------------------------------------------------------------


def test_what_a_stranger_pastes_leads_to_the_page_and_to_drawings_that_are_there(archive: Archive):
    made = pages(archive, "sv", Publisher(address=HOST))
    drawings = {f"{path}{form}.svg" for path in made.drawings for form in ("", "-smal")}
    field = re.compile(r"<textarea[^>]*>\n(.*?)</textarea>", re.DOTALL)
    codes = [unescape(code) for text in made.files.values() for code in field.findall(text)]
    for code in codes:
        root = etree.HTML(code)
        [link] = root.xpath("//figcaption/a/@href")
        assert link.startswith(HOST) and f"{urlsplit(link).path.lstrip('/')}index.md" in made.files, link
        assert {*root.xpath("//@src"), *root.xpath("//@srcset")} <= {HOST + drawing for drawing in drawings}
        assert [] == root.xpath("//script | //iframe | //style | //*[@onclick or @onload]")

    assert len(codes) > 50


@pytest.fixture
def page(browser: Browser, folder: Path, served: Any) -> Iterator[Page]:
    opened = browser.new_page(base_url=served(folder), viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def test_a_chart_stands_on_a_strangers_page_and_runs_nothing_there(page: Page, served: Any, tmp_path: Path):
    page.goto(EVALUATION)
    page.get_by_text("Bädda in").first.click()
    code = page.locator(".k-embed textarea").first.input_value()
    (tmp_path / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{code}", encoding="utf-8")

    page.goto(served(tmp_path))

    chart = page.get_by_role("img", name=re.compile("42 av 100"))
    expect(chart).to_be_visible()
    expect(chart).to_have_js_property("naturalWidth", 800)
    assert 0 == page.locator("script, iframe").count()
    page.set_viewport_size({"width": 320, "height": 700})
    expect(chart).to_have_js_property("width", 288)


def test_the_code_is_reached_marked_and_copied_by_keyboard_without_script(browser: Browser, folder: Path, served: Any):
    context = browser.new_context(java_script_enabled=False, base_url=served(folder))
    page = context.new_page()
    page.goto(EVALUATION)
    summary = page.locator(".k-embed summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator(".k-embed textarea").first).to_be_focused()
    expect(page.get_by_role("button", name="Kopiera koden")).to_have_count(0)
    context.close()


# The opened chart by keyboard ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "first", "last"),
    [
        (EVALUATION, "1 Offentlighet och demokrati: 54 av 100, 4 över genomsnittet 50", "8 Kommunen som"),
        (AREA, "4.1 Finns kommunövergripande strategi för ledarskap, ansvar och delegation? 2 av 15, 10 %", "4.6 "),
        ("omraden/2015/4/", "Hareid 2019: 40 av 100", "Örebro 2012: 74 av 100"),
        ("kommuner/enkoping/", "Maj 2016: 434 av 800", "2018: 519 av 800"),
    ],
)  # fmt: skip
def test_an_opened_chart_is_walked_by_keyboard_and_nothing_moves(page: Page, where: str, first: str, last: str):
    page.goto(where)
    button = page.get_by_role("button", name="Utforska").first
    height = page.evaluate("document.documentElement.scrollHeight")
    button.focus()
    page.keyboard.press("Enter")

    at = page.locator("figure svg [role=img]:focus")
    expect(at).to_have_attribute("aria-label", first)
    expect(page.locator(".k-tip")).to_contain_text("Piltangenterna")
    page.keyboard.press("End")
    expect(at).to_have_attribute("aria-label", re.compile(f"^{re.escape(last)}"))
    page.keyboard.press("ArrowLeft")
    expect(at).not_to_have_attribute("aria-label", re.compile(f"^{re.escape(last)}"))
    page.keyboard.press("Home")
    expect(at).to_have_attribute("aria-label", first)
    expect(page.locator(".k-tip")).to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator(".k-tip")).to_be_hidden()
    assert height == page.evaluate("document.documentElement.scrollHeight")


# A municipality marked in a spread ----------------------------------------------------------------------------------


def test_a_municipality_is_marked_in_the_spread_and_stays_in_the_address(page: Page):
    page.goto(AREA)
    page.get_by_role("link", name=re.compile("Se området i")).click()
    expect(page).to_have_url(re.compile(r"\?kommun=enkoping$"))
    marked, said = page.locator("svg.k-wide .k-chosen"), page.locator("[data-spread] [role=status]")

    expect(said).to_have_text("Enköping 2016: 42 · Enköping 2018: 67")
    expect(marked.locator("text")).to_have_text(["Enköping 2016: 42", "Enköping 2018: 67"])
    places = marked.locator("circle").evaluate_all("all => all.map(one => Number(one.getAttribute('cx')))")
    assert [42, 67] == sorted(round((place - 20) * 100 / PLOTS[0]) for place in places)
    assert 2 == page.locator("tr.k-chosen").count()

    page.get_by_label("Visa kommun").select_option("Ingen vald")
    expect(said).to_be_empty()
    expect(marked.locator("circle")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("kommun="))


def test_of_two_municipalities_chosen_in_a_hurry_the_later_one_is_marked(page: Page):
    held: list[Route] = []
    page.route("**/*.json", lambda route: route.continue_() if held else held.append(route))
    page.goto("omraden/2015/4/")
    choice, marked = page.get_by_label("Visa kommun"), page.locator("svg.k-wide .k-chosen circle")
    with page.expect_request("**/*.json"):
        choice.select_option("enkoping")
    choice.select_option("orebro")
    expect(marked).to_have_count(1)

    with page.expect_request("**/*-smal.json"):  # the first choice has its answer, and asks for the narrow one
        held[0].continue_()

    assert 1 == marked.count()
