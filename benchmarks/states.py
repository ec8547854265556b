"""Every kind of page and every state of one that a reader meets, and how a browser is brought there.

The addresses are those of the real site. What looks at the whole site in a browser (axe, bytes, pictures) looks here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from generator.publish import find_browser

EVALUATION = "kommuner/enkoping/2016/"
WIDE, NARROW = 1280, 320
HEIGHT = 900
ONE_COLUMN = 720
"""Below this the header's field lies in the menu."""
SUGGESTIONS = ".k-suggestions:not([hidden])"


def answered(page: Page) -> None:
    """The search has said what it found, and what it can be narrowed by: that comes a little later."""
    page.wait_for_selector(".k-results[aria-busy=false]")
    page.wait_for_selector(".k-facet", state="attached")


def _sortable(page: Page) -> None:
    """The script has come that orders tables."""
    page.wait_for_selector(".k-sort")


def _suggested(page: Page) -> None:
    answered(page)
    page.locator("#sok").press_sequentially("medborg")
    page.wait_for_selector(f".k-search {SUGGESTIONS}")


def _found(page: Page) -> None:
    if page.evaluate("innerWidth") < ONE_COLUMN:
        _menu(page)
        field = page.locator(".k-menu input")
    else:
        field = page.locator(".k-header__search input")
    field.press_sequentially("medborg")
    page.wait_for_selector(f".k-header {SUGGESTIONS}")


def _menu(page: Page) -> None:
    page.locator(".k-menu summary").click()


def _explored(page: Page) -> None:
    page.get_by_role("button", name="Utforska").first.click()
    page.wait_for_selector("figure svg:not([focusable]):visible")


def _folded_out(page: Page) -> None:
    """Every list of facets, every table: what is folded up is opened."""
    answered(page)
    page.evaluate("for (const fold of document.querySelectorAll('.md-content details')) fold.open = true")


def compared(page: Page) -> None:
    """The comparison of the address is shown."""
    page.wait_for_selector("form[data-ready]", state="attached")


@dataclass(frozen=True)
class State:
    """A page of the site and what is done there."""

    address: str
    bring: Callable[[Page], None] = lambda _: None
    widths: tuple[int, ...] = (WIDE, NARROW)


STATES = {
    "start": State(""),
    "start, suggestions of the header": State("", _found),
    "start, menu open": State("", _menu, (NARROW,)),
    "municipalities": State("kommuner/", _sortable),
    "municipality": State("kommuner/enkoping/"),
    "municipality, Norwegian": State("kommuner/roros/"),
    "evaluation": State(EVALUATION),
    "evaluation, chart explored": State(EVALUATION, _explored),
    "evaluation, areas only": State("kommuner/enkoping/2018/"),
    "evaluation, only a total": State("kommuner/kumla/2020/"),
    "evaluation, only known": State("kommuner/ale/2020/"),
    "area": State(f"{EVALUATION}4/"),
    "area, Norwegian": State("kommuner/ulstein/2019/1/"),
    "whole report": State(f"{EVALUATION}rapport/"),
    "areas": State("omraden/"),
    "area across": State("omraden/2015/4/"),
    "question": State("omraden/2015/4/4.2/"),
    "examples": State("exempel/", answered),
    "topic": State("exempel/medborgardialog/"),
    "search, hits": State("exempel/?q=medborgardialog", answered),
    "search, folded out": State("exempel/?q=medborgardialog&land=no", _folded_out),
    "search, no hits": State("exempel/?q=xyzzyxyzzy", answered),
    "search, suggestions": State("exempel/", _suggested),
    "compare": State("jamfor/", compared),
    "compare, two": State("jamfor/?e=enkoping-2016&e=enkoping-2018", compared),
    "compare, not comparable": State("jamfor/?e=enkoping-2016&e=kumla-2020", compared),
    "role models": State("forebilder/"),
    "follow-up": State("uppfoljning/"),
    "gaps": State("luckor/"),
    "data": State("data/"),
    "about": State("om/"),
    "method": State("om/metod/"),
    "accessibility": State("om/tillganglighet/"),
    "pictures of the site": State("om/bilder/"),
    "quality of the search": State("om/sokkvalitet/"),
    "edition": State("om/modell/2015/"),
    "for editors": State("redigera/"),
    "for editors, fields": State("redigera/falt/"),
    "for editors, problems": State("redigera/fel/"),
    "for editors, differences": State("redigera/avvikelser/"),
    "for editors, corrections": State("redigera/ratta/"),
    "missing": State("404.html"),
}
"""By what they are called in tables."""


def bring(page: Page, state: State) -> None:
    """Open a page anew, with its letters, in its state."""
    page.goto("about:blank")  # else an address that differs in nothing but its query might not be loaded
    page.goto(state.address)
    page.evaluate("document.fonts.ready.then(() => true)")
    state.bring(page)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the figures are printed."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine."""
    found = find_browser()
    if found is None:
        raise SystemExit("No Chromium was found. On Debian: apt-get install chromium. Or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
