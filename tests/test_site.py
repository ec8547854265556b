"""The real site as readers meet it: in Chromium, below a path, under a strict policy, with and without script."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import normpath

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, expect

from generator import load
from generator.addresses import address
from generator.model import Archive, Evaluation
from generator.publish import policy

ROOT = Path(__file__).parent.parent
POLICY = policy(ROOT / "mkdocs.yml")
VIOLATIONS = "document.addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective}`))"
EVALUATION, AREA, QUESTION = "kommuner/enkoping/2016/", "kommuner/enkoping/2016/4/", "omraden/2015/4/4.2/"
MUNICIPALITY, SEARCH, ALL = "kommuner/enkoping/", "exempel/?q=medborgardialog", "kommuner/"
PAGES = [
    "", ALL, MUNICIPALITY, EVALUATION, AREA, SEARCH, QUESTION, "exempel/medborgardialog/", "omraden/",
    "omraden/2015/4/", "kommuner/ulstein/2019/1/", f"{EVALUATION}rapport/", "om/", "om/metod/", "om/modell/2015/",
    "om/tillganglighet/", "luckor/", "data/", "redigera/", "jamfor/", "forebilder/", "uppfoljning/",
]  # fmt: skip
POINTS = ["54", "55", "63", "42", "43", "55", "56", "66"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
ANSWERED = ".k-results[aria-busy=false]"


# The site, its server and the browser -------------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    """Serves with the strict policy, without a word on the terminal."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def archive() -> Archive:
    return load.load(ROOT / "evaluations").archive


@pytest.fixture(scope="session")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real site, below a path of its own."""
    root = tmp_path_factory.mktemp("root")
    (root / "under").symlink_to(folder.resolve(), target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/under/"
    server.shutdown()
    server.server_close()


def watched(context: BrowserContext, site: str, faults: list[str]) -> Page:
    """A page that notes all it may not do: a word on the console, a request off the site, a broken policy."""
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: None if answer.status < 400 else faults.append(f"{answer.status} {answer.url}"))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else faults.append(request.url))
    return page


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context, faults = browser.new_context(viewport=WIDE, base_url=site), list[str]()
    yield watched(context, site, faults)
    context.close()
    assert [] == faults


@pytest.fixture
def without_script(browser: Browser, site: str) -> Iterator[Page]:
    context, faults = browser.new_context(viewport=WIDE, base_url=site, java_script_enabled=False), list[str]()
    yield watched(context, site, faults)
    context.close()
    assert [] == faults


def search(page: Page, where: str) -> None:
    page.goto(where)
    page.wait_for_selector(ANSWERED)


def open_page(page: Page, where: str) -> None:
    """Open a page and wait until its letters are there, and the hits if it searches."""
    page.goto(where)
    page.evaluate("document.fonts.ready.then(() => true)")
    if where.startswith("exempel/?"):
        page.wait_for_selector(ANSWERED)


def texts(cells: Locator) -> list[str]:
    return [text.strip() for text in cells.all_inner_texts()]


def test_a_missing_browser_is_a_failure_and_says_what_to_do():
    environment = {**os.environ, "PATH": "/finns-inte", "CHROMIUM": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "opens_in_order"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)

    assert 1 == done.returncode
    assert "No Chromium was found. On Debian: apt-get install chromium." in done.stdout
    assert not re.search(r"\d+ (skipped|passed)", done.stdout)


# Every kind of page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", PAGES)
def test_a_page_opens_in_order_and_never_scrolls_sideways(page: Page, where: str):
    open_page(page, where)

    assert 1 == page.locator("h1").count()
    assert "sv" == page.locator("html").get_attribute("lang")
    assert page.title().endswith("Kommunkompassen i Norden")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.wait_for_function("width => innerWidth === width", arg=size["width"])
        assert size["width"] >= page.evaluate("document.documentElement.scrollWidth")


def test_light_and_dark_can_be_chosen_and_the_choice_stays(page: Page):
    page.goto("")
    body = page.locator("body")
    assert "default" == body.get_attribute("data-md-color-scheme")

    page.get_by_title("Byt till mörkt läge").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")

    page.goto(EVALUATION)
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


# Search -------------------------------------------------------------------------------------------------------------


def test_typing_and_narrowing_find_an_example_and_lead_to_its_very_place(page: Page):
    search(page, "exempel/")

    page.locator("#sok").press_sequentially("skolmatsal")
    expect(page.locator(".k-hit", has_text="Ortsanalyser i skolmatsalen")).to_be_visible()
    page.get_by_label("Gott exempel").check()
    page.get_by_label("Sverige").check()
    expect(page.locator(".k-hit")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"exempel/\?q=skolmatsal&slag=example&land=se$"))
    page.wait_for_selector(ANSWERED)

    page.locator(".k-hit h3 a").click()
    page.wait_for_url("**/kommuner/enkoping/2016/1/#ortsanalyser")
    expect(page.locator("#ortsanalyser")).to_be_in_viewport()
    expect(page.locator("#ortsanalyser h3")).to_have_text("Ortsanalyser i skolmatsalen")

    page.go_back()
    expect(page.locator("#sok")).to_have_value("skolmatsal")
    expect(page.locator(".k-hit")).to_have_count(1)


def test_the_search_field_of_every_page_leads_to_the_examples(page: Page, site: str):
    page.goto(AREA)

    page.locator(".k-header__search input").fill("målstyrning")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{site}exempel/?q=m%C3%A5lstyrning")
    expect(page.locator("#sok")).to_have_value("målstyrning")
    expect(page.locator(".k-hit").first).to_be_visible()


def test_the_search_field_of_a_narrow_screen_leads_there_too(page: Page, site: str):
    page.set_viewport_size(NARROW)
    page.goto(EVALUATION)

    page.locator(".k-menu summary").click()
    page.locator(".k-menu input").fill("målstyrning")
    page.get_by_role("button", name="Sök", exact=True).click()

    page.wait_for_url(f"{site}exempel/?q=m%C3%A5lstyrning")
    expect(page.locator(".k-hit").first).to_be_visible()


def test_a_swedish_word_finds_the_practices_of_enkoping_and_the_norwegian_one_of_ulstein(page: Page):
    search(page, SEARCH)
    while page.locator(".k-more").is_visible():
        page.locator(".k-more").click()
        page.wait_for_selector(ANSWERED)

    hits = page.locator(".k-hit h3 a").evaluate_all("links => links.map(a => a.pathname + a.hash)")
    assert {
        "kommuner/enkoping/2016/1/#ortsanalyser",
        "kommuner/enkoping/2016/1/#natverk-om-dialog",
        "kommuner/ulstein/2019/1/#innbyggardialog",
    } <= {hit.removeprefix("/under/") for hit in hits}
    assert page.locator(".k-hit mark", has_text=re.compile("innbyggardialog", re.IGNORECASE)).count()


# All municipalities -------------------------------------------------------------------------------------------------


def column(table: Locator, number: int) -> list[str]:
    """The keys of a column from the top; what is missing is empty."""
    cells = table.locator(f"tbody tr > :nth-child({number})")
    return cells.evaluate_all("all => all.map(one => one.dataset.key ?? '')")


def test_the_municipalities_can_be_ordered_by_points_and_by_name(page: Page):
    page.goto(ALL)
    table = page.locator("table.k-sortable").first
    names, points = column(table, 1), column(table, 6)
    known = sorted(int(value) for value in points if value)
    missing = [""] * (len(points) - len(known))
    assert known and missing

    table.get_by_role("button", name="Poäng av 800").click()
    expect(table.get_by_role("columnheader", name="Poäng av 800")).to_have_attribute("aria-sort", "ascending")
    assert [*map(str, known), *missing] == column(table, 6)
    table.get_by_role("button", name="Poäng av 800").click()
    expect(table.get_by_role("columnheader", name="Poäng av 800")).to_have_attribute("aria-sort", "descending")
    assert [*map(str, reversed(known)), *missing] == column(table, 6)
    table.get_by_role("button", name="Kommun").click()
    expect(table.get_by_role("columnheader", name="Kommun")).to_have_attribute("aria-sort", "ascending")
    assert names == column(table, 1)


def test_the_municipalities_can_be_narrowed_by_name(page: Page):
    page.goto(ALL)
    every = texts(page.locator(".k-sortable tbody th"))
    field = page.get_by_label("Visa bara kommuner som heter")

    field.fill("KOPING")
    found = [name for name in every if "köping" in name.lower()]
    expect(page.locator(".k-sortable tbody th:visible")).to_have_text(found)
    assert "Enköping" in found

    field.fill("finns inte")
    expect(page.get_by_text("Ingen kommun heter så.")).to_be_visible()
    expect(page.locator(".k-sortable:visible")).to_have_count(0)

    field.fill("")
    expect(page.locator(".k-sortable tbody th:visible")).to_have_text(every)


def test_a_name_that_is_typed_before_the_script_has_come_narrows_too(page: Page):
    held: list[Route] = []
    page.route("**/tables.js", lambda route: held.append(route))
    with page.expect_request("**/tables.js"):
        page.goto(ALL)
    page.get_by_label("Visa bara kommuner som heter").fill("enköping")

    held[0].continue_()

    expect(page.locator(".k-sortable tbody th:visible")).to_have_text(["Enköping"])


# Charts -------------------------------------------------------------------------------------------------------------


def figures(chart: Locator) -> list[str]:
    """The numbers that a drawing shows, axes included."""
    return sorted(text for text in chart.locator("text").all_text_contents() if re.fullmatch(r"[+−]?\d+", text))


def room_of(chart: Locator) -> list[int]:
    return chart.evaluate("svg => [svg.getBoundingClientRect()].map(box => [box.width, box.height].map(Math.round))[0]")


@pytest.mark.parametrize(("where", "size"), [(EVALUATION, WIDE), (EVALUATION, NARROW), (MUNICIPALITY, WIDE)])
def test_explore_opens_a_chart_of_the_same_figures_and_size(page: Page, where: str, size: ViewportSize):
    page.set_viewport_size(size)
    page.goto(where)
    figure = page.locator("figure", has=page.locator("button.k-explore")).first
    drawing, opened = figure.locator("svg[focusable=false]:visible"), figure.locator("svg:not([focusable]):visible")
    before, room = figures(drawing), room_of(drawing)

    figure.get_by_role("button", name="Utforska").click()
    expect(opened).to_have_count(1)

    assert before == figures(opened)
    if where == EVALUATION:
        assert set(POINTS) <= set(before)
    assert room == room_of(opened)
    expect(opened).to_have_attribute("aria-label", re.compile(r"\d"))


def test_pointing_at_the_chart_says_the_figure(page: Page):
    page.goto(EVALUATION)
    page.get_by_role("button", name="Utforska").click()
    chart = page.locator("svg.k-wide:not([focusable])")
    expect(chart).to_be_visible()

    chart.get_by_text("42", exact=True).hover(force=True)

    expect(page.locator(".k-tip")).to_contain_text("42")


# Without script -----------------------------------------------------------------------------------------------------


def tree(path: Path) -> etree._Element:
    return etree.HTML(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def links(folder: Path, page: str) -> set[str]:
    """The pages of the site, with their anchors, that a page links to."""
    found = set()
    for href in tree(folder / page).xpath("//a/@href[not(contains(., ':'))]"):
        path, mark, anchor = str(href).partition("#")
        target = normpath(f"{page.rpartition('/')[0]}/{path.partition('?')[0]}").lstrip("/") if path else page
        file = target if (folder / target).is_file() else f"{target}/index.html".removeprefix("./").lstrip("/")
        found.add(file + mark + anchor)
    return found


def reached(folder: Path) -> set[str]:
    """All that links lead to from the start page, step by step."""
    seen, ahead = set[str](), {"index.html"}
    while ahead:
        seen |= ahead
        steps = (links(folder, page) for page in {one.partition("#")[0] for one in ahead} if page.endswith(".html"))
        ahead = set().union(*steps) - seen
    return seen


@pytest.fixture(scope="session")
def reachable(folder: Path) -> set[str]:
    return reached(folder)


def test_every_page_can_be_reached_by_links(folder: Path, reachable: set[str]):
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} - {"404.html"}

    assert len(pages) > 500
    assert set() == pages - reachable


def test_every_example_stands_on_its_page_and_can_be_reached(folder: Path, reachable: set[str], archive: Archive):
    missing = []
    practices = [practice for one in archive.evaluations for practice in _examples(one)]
    for where, title in practices:
        path, _, anchor = where.strip("/").replace("/#", "/index.html#").partition("#")
        headings = tree(folder / path).xpath(f"//*[@id='{anchor}']//h3")
        if [title] != ["".join(one.itertext()) for one in headings] or f"{path}#{anchor}" not in reachable:
            missing.append(where)

    assert len(practices) > 20
    assert [] == missing


def _examples(one: Evaluation) -> Iterator[tuple[str, str]]:
    yield from ((f"{address.evaluation(one)}#{example.id}", example.title) for example in one.examples)
    for number, area in one.areas.items():
        yield from ((f"{address.area(one, number)}#{example.id}", example.title) for example in area.examples)


def test_every_chart_of_the_site_is_a_drawing_in_the_page(folder: Path):
    charts = 0
    for path in sorted(folder.rglob("*.html")):
        page = tree(path)
        assert [] == page.xpath("//img[contains(@class, 'k-')]"), path
        for figure in page.xpath("//figure[.//button[@data-narrow]]"):
            assert ["k-wide", "k-narrow"] == figure.xpath("./svg/@class"), path
            assert "".join(figure.xpath("./figcaption//text()")), path
            charts += 1

    assert charts > 20


def test_without_script_an_evaluation_and_its_areas_can_be_read_and_reached(without_script: Page):
    page = without_script
    page.goto(EVALUATION)
    expect(page.locator(".k-total__figure b")).to_have_text("434")
    assert POINTS == texts(page.locator("table", has_text="Poäng per område").locator("tbody .k-own"))
    drawing = page.locator("figure svg.k-wide")
    expect(drawing).to_be_visible()
    assert set(POINTS) <= set(figures(drawing))
    expect(page.get_by_role("button", name="Utforska")).to_have_count(0)

    for number, points in enumerate(POINTS, start=1):
        page.goto(EVALUATION)
        page.locator(f"table a[href='{number}/']").click()
        expect(page.locator(".k-total__figure b")).to_have_text(points)
        assert page.locator(".k-questions tbody tr").count() >= 5


def test_without_script_examples_are_reached_by_topic(without_script: Page):
    page = without_script
    page.goto("")
    page.locator(".k-tabs").get_by_role("link", name="Goda exempel").click()
    expect(page.locator("#sok")).to_be_hidden()
    page.get_by_role("link", name="Medborgardialog", exact=True).click()
    page.get_by_role("link", name="Samla arbeid for innbyggardialog").click()
    expect(page.locator("#innbyggardialog")).to_be_in_viewport()
    expect(page.locator("#innbyggardialog")).to_contain_text("gullstjerne")


def test_without_script_the_menu_of_a_narrow_screen_opens(without_script: Page):
    page = without_script
    page.set_viewport_size(NARROW)
    page.goto(EVALUATION)
    page.locator(".k-menu summary").click()
    page.locator(".k-menu").get_by_role("link", name="Kommuner").click()
    expect(page.locator("h1")).to_have_text("Kommuner")
    expect(page.get_by_role("link", name="Enköping", exact=True)).to_be_visible()
    expect(page.get_by_label("Visa bara kommuner som heter")).to_be_hidden()
