"""Takes pictures of the site's pages as readers see them: for the tests, and for the page that shows the site.

`python -m benchmarks.pictures` writes those of docs/om/bilder/ from the real site; run `make site` first.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route

from benchmarks.states import STATES, State, bring, chromium, served

ROOT = Path(__file__).parent.parent
SITE, SHOWN = ROOT / "site", ROOT / "docs" / "om" / "bilder"
COLOURS = 48
PAGES = {
    "startsidan": "start",
    "kommun": "municipality",
    "utvardering": "evaluation",
    "omrade": "area",
    "sokning": "search, hits",
    "jamforelse": "compare, two",
    "rapport": "whole report",
}
KINDS = {"bred": (1280, 1000, "light"), "mork": (1280, 1000, "dark"), "smal": (360, 1000, "light")}
"""How wide and high the window is, and light or dark."""


def main() -> None:
    """Write every picture of the page that shows the site."""
    SHOWN.mkdir(exist_ok=True)
    with served(SITE.resolve()) as address, chromium() as browser:
        for name, state in PAGES.items():
            for kind, (width, height, scheme) in KINDS.items():
                picture = small(seen(browser, address, STATES[state], width, height, scheme))
                picture.save(SHOWN / f"{name}-{kind}.png", optimize=True)


def seen(browser: Browser, address: str, state: State, width: int, height: int, scheme: str) -> Image.Image:
    """What a window shows of a state, when all its letters have come."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="sv-SE",
    )
    context.route("**/assets/kommunkompassen.css", _with_letters)
    page = context.new_page()
    bring(page, state)
    page.wait_for_load_state("networkidle")
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return Image.open(BytesIO(taken)).convert("RGB")


def _with_letters(route: Route) -> None:
    """The style sheet, but so that letters that come late are shown all the same: a busy machine is a slow line."""
    sheet = route.fetch()
    route.fulfill(response=sheet, body=sheet.text().replace("font-display: optional", "font-display: swap"))


def small(picture: Image.Image) -> Image.Image:
    """The picture in few colours, the rare ones too."""
    return picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
