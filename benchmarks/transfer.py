"""What readers wait for, beside stock MkDocs + Material of the same content: bytes, requests, shifts, first sight.

`python -m benchmarks transfer` measures on a slow line (150 ms, 1.6 Mbit/s, a processor four times slower) and writes
benchmarks/TRANSFER.md; run `make site` first.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.states import HEIGHT, STATES, WIDE, chromium
from benchmarks.visit import Visit, Watched, compressing

ROOT = Path(__file__).parent.parent
SITE, WRITTEN = ROOT / "site", Path(__file__).with_name("TRANSFER.md")
NARROW = 360
ROUNDS = 3
OTHERS = ("start", "municipality", "whole report", "search, hits", "compare, two")
BUDGETS = {"first": "at most 150 kB, 12 requests, 0", "next": "at most 40 kB, 0", "": "0"}
HEAD = ("Visit", "kB", "requests", "shift", "first seen, ms", "largest seen, ms", "budget")
Row = tuple[str, ...]
ABOUT = """# What a visit costs

Made by `python -m benchmarks transfer` on the real site, in Chromium, in a window 1280 wide unless told.
Bytes are all that came over the wire, heads included, gzip level 6. Requests that the cache answered are not counted.
*Shift* is the cumulative layout shift, and what moves after a touch counts too.
*First seen* is the first text, *largest seen* the largest part of what the window first shows:
medians of {rounds}, on a line of 150 ms and 1.6 Mbit/s, with a processor slowed four times.
Stock is MkDocs with Material on the same Markdown, with its own search and nothing of ours, no web fonts either.
It fetches the whole search index on every first visit, and its first text may come sooner: it waits for no letters.
A shift below 0.001 is a table that was still coming, whose columns were set right by a hair.

Machine: {cores} cores, {kind}, Chromium {version}. Load of the machine while measuring: {before:.1f} to {after:.1f}.

"""


def rows(_: Sequence[str] = ()) -> Iterator[Row]:
    """The rows, also written to TRANSFER.md; none where no site is built."""
    if not SITE.is_dir():
        return
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        stock = _stock(Path(folder))
        found = [*_visits(browser, SITE.resolve(), "ours"), *_first_and_next(browser, stock, "stock", WIDE)]
        about = ABOUT.format(rounds=ROUNDS, cores=os.cpu_count(), kind=platform.machine(), version=browser.version,
                             before=before, after=os.getloadavg()[0])  # fmt: skip
    WRITTEN.write_text(about + _markdown([HEAD, *found]), encoding="utf-8")
    yield from found


def _visits(browser: Browser, site: Path, whose: str) -> Iterator[Row]:
    yield from _first_and_next(browser, site, whose, WIDE)
    yield from _first_and_next(browser, site, whose, NARROW)
    for name in OTHERS:
        yield _row(f"{whose}: {name}, first visit", "", [_walk(browser, site, [name], WIDE)[0] for _ in range(ROUNDS)])


def _first_and_next(browser: Browser, site: Path, whose: str, width: int) -> Iterator[Row]:
    """An evaluation in a browser that was never here, and from there an area of it."""
    walks = [_walk(browser, site, ["evaluation", "area"], width) for _ in range(ROUNDS)]
    wide = "" if width == WIDE else f", {width} wide"
    budgets = ("first", "next") if whose == "ours" else (None, None)
    names = ("evaluation, first visit", "its area 4, next visit")
    for name, budget, visits in zip(names, budgets, zip(*walks, strict=True), strict=True):
        yield _row(f"{whose}: {name}{wide}", budget, visits)


def _walk(browser: Browser, site: Path, names: Sequence[str], width: int) -> list[Visit]:
    """Visits one after another, in a browser with an empty cache."""
    with compressing(site) as address:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": HEIGHT})
        watched = Watched(context.new_page(), slow=True)
        visits = [watched.visit(STATES[name]) for name in names]
        context.close()
    return visits


def _row(name: str, budget: str | None, visits: Sequence[Visit]) -> Row:
    one = visits[0]
    first, largest = (statistics.median(getattr(visit, what) for visit in visits) for what in ("first", "largest"))
    shift = max(visit.shift for visit in visits)
    told = "–" if budget is None else BUDGETS[budget]
    return name, f"{one.bytes / 1000:.1f}", str(one.requests), f"{shift:.3g}", f"{first:.0f}", f"{largest:.0f}", told


def _stock(folder: Path) -> Path:
    """A site of the same Markdown, with Material as it comes and its own search."""
    settings = {
        "site_name": "Stock", "docs_dir": str(ROOT / ".build" / "docs"), "site_dir": str(folder / "stock"),
        "theme": {"name": "material", "language": "sv", "font": False}, "plugins": ["search"],
        "nav": [{"Start": "index.md"}, {"Om": "om/index.md"}], "not_in_nav": "*",
        "markdown_extensions": ["attr_list", {"toc": {"toc_depth": 2}}],
    }  # fmt: skip
    (folder / "stock.yml").write_text(json.dumps(settings), encoding="utf-8")
    command = ["mkdocs", "build", "--quiet", "--config-file", str(folder / "stock.yml")]
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True)
    return folder / "stock"


def _markdown(table: Sequence[Row]) -> str:
    head, *body = (f"| {' | '.join(row)} |\n" for row in table)
    return head + "|" + " --- |" * len(HEAD) + "\n" + "".join(body)
