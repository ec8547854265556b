"""For everybody: axe in every state, a walk by keyboard, no motion where none is wanted, colours that are forced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from playwright.sync_api import Browser, Page, expect

from benchmarks.axe import findings, modes
from benchmarks.states import NARROW, STATES, WIDE, answered, bring

MODES_BY_STATE = {name: modes(state) for name, state in STATES.items()}
CASES = [(name, *mode) for name, found in MODES_BY_STATE.items() for mode in found]
IN_TURN = {(name, *found[at % len(found)]) for at, (name, found) in enumerate(MODES_BY_STATE.items())}
"""Each state in one mode, in turn: what a quick run asks for. The trials ask for all others."""
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ring = getComputedStyle(one), box = one.getBoundingClientRect(), seen = one.labels?.[0] ?? one;
  window.walked ??= [];
  const again = walked.includes(one), before = walked.at(-1);
  walked.push(one);
  return {
    name: (one.getAttribute("aria-label") || seen.textContent || one.name).trim().replace(/\\s+/g, " "),
    ring: ring.outlineStyle === "none" ? 0 : parseFloat(ring.outlineWidth),
    away: box.bottom < 0 || box.top > innerHeight,
    back: again || (before && !(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)),
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].flatMap(one => [null, "::before", "::after"].map(part => {
  const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(one, part);
  const long = text => text.split(",").some(each => parseFloat(each) > 0.001);
  const moves = long(transitionDuration) || (animationName !== "none" && long(animationDuration));
  return moves || scrollBehavior === "smooth" ? `${one.tagName}.${one.getAttribute("class")}${part ?? ""}` : null;
})).filter(Boolean)"""


@pytest.fixture
def address(folder: Path, served: Serve) -> str:
    """Where the real site is served."""
    return served(folder)


def opened(browser: Browser, address: str, name: str, width: int = WIDE, **more: Any) -> Page:
    """A state of the site in a browser of its own."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, **more)
    page = context.new_page()
    bring(page, STATES[name])
    return page


# axe ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "scheme", "width"), sorted(IN_TURN))
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, name: str, scheme: str, width: int
):
    assert [] == findings(browser, address, STATES[name], scheme, width)


@pytest.mark.trials
@pytest.mark.parametrize(("name", "scheme", "width"), [case for case in CASES if case not in IN_TURN])
def test_axe_finds_nothing_in_the_other_modes(browser: Browser, address: str, name: str, scheme: str, width: int):
    assert [] == findings(browser, address, STATES[name], scheme, width)


# The keyboard -------------------------------------------------------------------------------------------------------


def walk(page: Page) -> Iterator[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page until it leaves the page."""
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop
    pytest.fail("The Tab key never leaves the page.")


@pytest.mark.parametrize(
    ("name", "width", "passed"),
    [
        ("evaluation", WIDE, ["Sök på webbplatsen", "Byt till mörkt läge", "Kommuner", "Utforska", "Ladda ner CSV",
                              "4 Ledarskap, ansvar och delegation", "Tillgänglighet"]),
        ("evaluation", NARROW, ["Meny", "Sök goda exempel", "Utforska", "Tillgänglighet"]),
        ("municipalities", WIDE, ["Visa bara kommuner som heter", "Poäng av 800", "Enköping"]),
        ("search, hits", WIDE, ["Gott exempel", "Sverige", "Ordna efter", "Samla arbeid for innbyggardialog"]),
        ("search, folded out", NARROW, ["Gott exempel", "Samla arbeid for innbyggardialog"]),
        ("compare, two", WIDE, ["Ladda ner CSV"]),
    ],
)  # fmt: skip
def test_the_tab_key_passes_everything_in_order_with_a_ring_around_it(
    browser: Browser, address: str, name: str, width: int, passed: list[str]
):
    page = opened(browser, address, name, width)
    stops = list(walk(page))
    page.context.close()

    assert "Gå till innehållet" == stops[0]["name"]
    assert [] == [stop for stop in stops if stop["ring"] < 2 or stop["away"] or stop["back"]]
    assert [] == [name for name in passed if not any(stop["name"].startswith(name) for stop in stops)]


@pytest.mark.parametrize("name", ["start", "evaluation", "search, hits", "missing"])
def test_the_skip_link_skips_the_header(browser: Browser, address: str, name: str):
    page = opened(browser, address, name)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()


def test_a_chart_is_explored_by_keyboard_and_the_focus_stays_with_it(browser: Browser, address: str):
    page = opened(browser, address, "evaluation")
    button = page.get_by_role("button", name="Utforska").first
    button.focus()
    page.keyboard.press("Enter")

    expect(page.locator("figure svg:not([focusable]):visible")).to_have_count(1)
    assert page.evaluate("document.activeElement.closest('figure') !== null")
    page.context.close()


def test_a_table_is_sorted_and_a_facet_chosen_by_keyboard(browser: Browser, address: str):
    page = opened(browser, address, "municipalities")
    page.get_by_role("button", name="Poäng av 800").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Poäng av 800").first).to_have_attribute("aria-sort", "ascending")

    bring(page, STATES["search, hits"])
    page.get_by_role("checkbox", name="Norge").focus()
    page.keyboard.press("Space")
    expect(page.locator(".k-chips button")).to_have_count(1)
    answered(page)
    expect(page).to_have_url(re.compile("&land=no$"))
    expect(page.get_by_role("checkbox", name="Norge")).to_be_focused()
    page.context.close()


# Motion and colours that the reader decides -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["evaluation", "search, hits", "compare, two"])
def test_nothing_moves_where_no_motion_is_wanted(browser: Browser, address: str, name: str):
    page = opened(browser, address, name, reduced_motion="reduce")

    assert [] == page.evaluate(MOVING)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_marks_and_focus_are_still_seen(browser: Browser, address: str, scheme: str):
    page = opened(browser, address, "evaluation", color_scheme=scheme, forced_colors="active")
    colour = "(all, side) => [...new Set(all.map(one => getComputedStyle(one)[side]))]"
    paper = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    page.locator(".k-tabs a").first.focus()

    for marks, side in ((".k-scale__fill", "fill"), (".k-scale__tick", "stroke"), ("svg.k-wide text", "fill")):
        seen = page.locator(marks).evaluate_all(colour, side)
        assert seen and paper not in seen
    assert paper not in page.locator(".k-tabs a:focus").evaluate_all(colour, "outlineColor")
    page.context.close()
