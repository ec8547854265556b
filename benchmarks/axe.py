"""What axe finds in every state of the site, light and dark, wide and narrow: the aim is zeros all over.

`python -m benchmarks axe` prints the table; run `make site` first. The tests ask the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from benchmarks.states import HEIGHT, NARROW, STATES, WIDE, State, bring, chromium, served

SITE = Path(__file__).parent.parent / "site"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SCHEMES = ("light", "dark")
MODES = tuple((scheme, width) for scheme in SCHEMES for width in (WIDE, NARROW))
HEAD = ("axe, violations", *(f"{scheme} {width}" for scheme, width in MODES))
FEWEST = 10
"""Rules that any page fulfils; where fewer answer, axe has not looked."""

Finding = tuple[str, str]
"""A rule, and where it is broken."""


def rows(names: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for each state; none where no site is built. What was found is told below its row."""
    if not SITE.is_dir():
        return
    with served(SITE.resolve()) as address, chromium() as browser:
        for name in names or STATES:
            found = {mode: findings(browser, address, STATES[name], *mode) for mode in modes(STATES[name])}
            yield name, *(str(len(found[mode])) if mode in found else "–" for mode in MODES)
            yield from ((f"  {rule}: {where}", "", "", "", "") for rule, where in sorted(set(chain(*found.values()))))


def modes(state: State) -> list[tuple[str, int]]:
    """The modes in which a state can be met."""
    return [(scheme, width) for scheme, width in MODES if width in state.widths]


def findings(browser: Browser, address: str, state: State, scheme: str, width: int) -> list[Finding]:
    """What axe finds in a state, and a page that has to be scrolled sideways."""
    context = browser.new_context(
        base_url=address,
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        viewport={"width": width, "height": HEIGHT},
    )
    page = context.new_page()
    bring(page, state)
    found = [*_violations(page), *_sideways(page, width)]
    context.close()
    return found


def _violations(page: Page) -> Iterator[Finding]:
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    if len(answer["passes"]) < FEWEST:
        yield "axe", "did not look"
    for rule in answer["violations"]:
        yield from ((rule["id"], str(node["target"])) for node in rule["nodes"])


def _sideways(page: Page, width: int) -> Iterator[Finding]:
    if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
        yield "sideways", f"{needed} px"
