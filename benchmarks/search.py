"""What a search costs a reader and a build: ours beside lunr in one file and Pagefind, in Chromium, in one run.

    python -m benchmarks.search [examples …]     writes benchmarks/SEARCH.md

Invented examples. Bytes are response bodies: scripts and JSON as gzip -9 makes them, other files as they lie.
Builds are seconds of processor time, one after another in processes of their own.
"""

from __future__ import annotations

import gzip
import math
import os
import platform
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import practices as invented
from benchmarks.ways import WAYS, Built, Way

HERE = Path(__file__).parent
SIZES = (2_500, 25_000, 100_000)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
FOR_COUNTS = re.compile(r"/(facets\.bin|topics\.bin|search-narrow\.js)$|\.pf_filter$")
"""What only the counts of facets need."""
NOT_SEARCH = (".html", ".css", "/", "ask.js")
HEAD = ("examples", "way", "kB first, median", "most", "kB with counts, median", "most", "requests",
        "cold ms, median", "most", "later ms, p50", "p95", "build s", "peak MB", "own MB", "files MB")  # fmt: skip
ABOUT = """# What a search costs

Made by `python -m benchmarks.search` on invented examples of 42 words, most of real ones are shorter.

- *kB first*: all that a first query of a new reader fetches until its ten texts are there, page and styles apart.
  Response bodies: scripts and JSON by gzip -9, other files as they lie. *With counts*: those of all facets too
  (lunr has none; Pagefind has five filters).
- *Cold*: from the key to the first painted hit, asked the moment the page can be typed in, nothing fetched before.
  *Later*: the same for queries after that, in the same page. On this machine, without delay of a network.
- *Build*: processor time. *Own*: peak memory without the archive itself.
- lunr: the index of stock lunr.py for Swedish in one file, without compound parts, and the texts beside it. Both
  begin with the archive and make their records in the same way.
"""
KINDS = ("rare", "common", "two words", "beginning")


class Counting(SimpleHTTPRequestHandler):
    """Serves a folder and notes what a browser fetched."""

    protocol_version = "HTTP/1.1"
    # As web servers do; else the contents of every small file wait for the browser's receipt of its head.
    disable_nagle_algorithm = True
    wbufsize = -1
    fetched: list[Path] = []  # noqa: RUF012

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = Path(self.translate_path(path))
        if file.is_file() and not path.endswith(NOT_SEARCH):
            self.fetched.append(file)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that is closed while it reads."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(Counting, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@dataclass
class Cost:
    """What queries cost a reader."""

    first: list[float] = field(default_factory=list)
    """Kilobytes."""
    counted: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    """Milliseconds."""
    later: list[float] = field(default_factory=list)

    def cells(self) -> list[str]:
        p95 = statistics.quantiles(self.later, n=20)[-1]
        numbers = [*_middle_and_most(self.first), *_middle_and_most(self.counted), statistics.median(self.requests)]
        numbers += [*_middle_and_most(self.cold), statistics.median(self.later), p95]
        return [f"{number:.0f}" for number in numbers]


def _middle_and_most(numbers: Sequence[float]) -> tuple[float, float]:
    return statistics.median(numbers), max(numbers)


def queries(examples: int, count: int) -> list[str]:
    """Rare, common, two words, beginnings: what readers type, in turn."""
    chance = random.Random(count)
    areas = [area for each in invented.archive(min(examples, SIZES[0])).evaluations for area in each.areas.values()]
    said = Counter(re.findall(r"[a-zåäöæø]{4,}", " ".join(one.text for area in areas for one in area.examples).lower()))
    rare = sorted(word for word, times in said.items() if times < 4)
    common = [word for word, _ in said.most_common(120)[40:]]
    kinds = (
        lambda: f"{chance.choice(rare)} ",
        lambda: f"{chance.choice(common)} ",
        lambda: f"{chance.choice(rare)} {chance.choice(common)} ",
        lambda: chance.choice(common)[:5],
    )
    return [kinds[number % len(kinds)]() for number in range(count)]


def asked(browser: Browser, folder: Path, way: Way, examples: int) -> Cost:
    """What a reader's first and later queries cost."""
    cost = Cost()
    with served(folder) as site:
        for query in queries(examples, way.firsts):
            _count(browser, f"{site}?q={quote(query)}", query, cost)
            with _opened(browser, f"{site}#{quote(query)}") as page:
                cost.cold.append(_in_time(page, "cold")["first"])
        with _opened(browser, site) as page:
            found = [_in_time(page, "ask(query)", query) for query in queries(examples, way.later)]
            cost.later = [each["first"] for each in found[1:]]
    return cost


def _count(browser: Browser, address: str, query: str, cost: Cost) -> None:
    Counting.fetched.clear()
    with _opened(browser, address) as page:
        _in_time(page, "answered(query)", query)
        _in_time(page, "counted()")
    sizes = [(_bytes(file), bool(FOR_COUNTS.search(file.as_posix()))) for file in Counting.fetched]
    cost.first.append(sum(size for size, more in sizes if not more) / 1000)
    cost.counted.append(sum(size for size, _ in sizes) / 1000)
    cost.requests.append(sum(not more for _, more in sizes))


def _bytes(file: Path) -> int:
    """How long a file is on the way: scripts and JSON are sent packed."""
    content = file.read_bytes()
    return len(gzip.compress(content, 9) if file.suffix in (".js", ".json") else content)


def _in_time(page: Page, promise: str, query: str = "") -> Any:
    """What a promise of the page gives; an error where it gives nothing for a minute."""
    late = "new Promise((_, late) => setTimeout(late, 60000, 'too slow'))"
    return page.evaluate(f"query => Promise.race([{promise}, {late}])", query)


@contextmanager
def _opened(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f}"


def _apart(way: Way, examples: int, folder: Path) -> Built:
    """In a process of its own, so that its memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(way.build, (examples, folder))


def row(browser: Browser, examples: int, way: Way) -> tuple[list[str], Built]:
    """What one way to search so many examples costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        built = _apart(way, examples, folder)
        cells = asked(browser, folder, way, examples).cells()
        spent = [f"{built.seconds:.1f}", f"{built.peak:.0f}", f"{built.own:.0f}", _size(folder)]
        return [f"{examples}", way.name, *cells, *spent], built


def growth(sizes: Sequence[int], spent: Sequence[float]) -> str:
    """The exponent that what is spent grows by: 1 is linear."""
    x, y = [math.log(size) for size in sizes], [math.log(each) for each in spent]
    return f"{statistics.linear_regression(x, y).slope:.2f}" if len(sizes) > 1 else "–"


def main(sizes: Sequence[int]) -> None:
    """Measure and write the table."""
    loads = [os.getloadavg()[0]]
    table, spent = [[*HEAD], ["---"] * len(HEAD)], {way.name: list[Built]() for way in WAYS}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for examples, way in ((examples, way) for examples in sizes for way in WAYS):
            cells, built = row(browser, examples, way)
            table.append(cells)
            spent[way.name].append(built)
            print(" | ".join(cells), flush=True)
        version = browser.version
        browser.close()
    loads.append(os.getloadavg()[0])
    _write(sizes, table, spent, f"Chromium {version}. Load while measuring: {loads[0]:.1f} to {loads[1]:.1f}")


def _write(sizes: Sequence[int], table: Iterable[Sequence[str]], spent: dict[str, list[Built]], how: str) -> None:
    machine = f"Machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {how}."
    grown = [
        f"{name}: time {growth(sizes, [each.seconds for each in built])}, "
        f"own memory {growth(sizes, [each.own for each in built])}"
        for name, built in spent.items()
    ]
    lines = [f"| {' | '.join(row)} |" for row in table]
    told = [ABOUT, machine, "", *lines, "", f"Growth of a build (exponent, 1 is linear): {'; '.join(grown)}.", ""]
    (HERE / "SEARCH.md").write_text("\n".join(told), encoding="utf-8")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
