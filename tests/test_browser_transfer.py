"""What a reader waits for: bytes and requests of a visit, nothing that moves after it is seen, text before scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.states import EVALUATION, STATES
from benchmarks.visit import Watched, compressing

FIRST, NEXT, REQUESTS = 150_000, 40_000, 12
"""Bytes over the wire of a first visit and of the next page, and how often a first visit asks."""
STILL = 3
"""To so many decimals nothing moves. A table that is still coming may set a column right by a hair."""
WIDTHS = (1280, 360)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with compressing(folder) as address:
        yield address


def page_of(browser: Browser, address: str, width: int) -> Page:
    """A page of a browser that was never here."""
    return browser.new_context(base_url=address, viewport={"width": width, "height": 900}).new_page()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_evaluation_is_small_and_nothing_of_it_moves_on_a_slow_line(browser: Browser, address: str, width: int):
    watched = Watched(page_of(browser, address, width), slow=True)

    first = watched.visit(STATES["evaluation"])
    assert FIRST >= first.bytes
    assert REQUESTS >= first.requests
    assert 0 == round(first.shift, STILL), first.shifts

    then = watched.visit(STATES["area"])
    assert NEXT >= then.bytes
    assert 0 == round(then.shift, STILL), then.shifts
    watched.page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "name", ["start", "search, hits", "search, no hits", "compare, two", "evaluation, chart explored"]
)
def test_neither_hits_nor_charts_make_the_page_jump(browser: Browser, address: str, name: str, width: int):
    """All that moves counts, also what follows a touch."""
    watched = Watched(page_of(browser, address, width))

    visit = watched.visit(STATES[name])
    assert 0 == round(visit.shift, STILL), visit.shifts
    watched.page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_suggestions_lie_above_the_page_and_move_nothing_of_it(browser: Browser, address: str, width: int):
    watched = Watched(page_of(browser, address, width))

    visit = watched.visit(STATES["start, suggestions of the header"])
    moved = [names for _, names in visit.shifts if any("k-suggestion" not in name for name in names)]
    assert [] == moved
    watched.page.context.close()


def _unanswered(route: Route) -> None:
    """Leave a request without an answer, but for the one that tells light from dark."""
    if route.request.url.endswith("/scheme.js"):
        route.continue_()


def test_an_evaluation_is_read_before_any_script_has_come(browser: Browser, address: str):
    page = page_of(browser, address, 1280)
    page.route("**/*.js", _unanswered)
    page.goto(EVALUATION, wait_until="commit")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".k-total__figure b")).to_have_text("434")
    expect(page.locator("table").first).to_be_visible()
    expect(page.locator("figure svg.k-wide")).to_be_visible()
    page.context.close()
