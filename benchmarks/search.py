"""What a search costs a reader and a build: bytes, requests and time in Chromium, beside lunr in one file.

    python -m benchmarks.search [examples …]     writes benchmarks/SEARCH.md

Invented examples. Bytes are response bodies: scripts and manifests as gzip -9 makes them, other files as they lie.
Builds are seconds of processor time, in one run after another in processes of their own.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import random
import resource
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from lunr.builder import Builder
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import practices as invented
from benchmarks.engine import ASSETS, lay
from generator import search, text
from generator.addresses import address
from generator.search import practices

HERE = Path(__file__).parent
SIZES = (2_500, 25_000, 100_000)
FIRST, LATER = 12, 40
SHOWING = ("search.js", "search-view.js", "search-combobox.js", "search-memory.js")
NARROWING = "search-narrow.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
HEAD = ("examples", "what", "kB first, median", "kB first, most", "kB with counts", "requests",
        "first ms", "later p50 ms", "later p95 ms", "build s", "peak MB", "files MB")  # fmt: skip
ABOUT = """# What a search costs

Made by `python -m benchmarks.search` on invented examples.
Bytes are response bodies of a first query in a fresh browser, ten texts: scripts and manifest by gzip -9,
other files as they lie; the scripts that show the hits are in. *kB with counts* holds all facets.
*First ms* is until the first text has come to the page, cold; *later* the same for queries after that. No network.
lunr in one file: the index of lunr.py with our words, without compound parts, and the texts beside it.
"""
PAGE = """
() => {
  const worker = new Worker("assets/search-worker.js");
  let heard, number = 0;
  worker.onmessage = ({ data }) => heard(data);
  const until = (last, data) => new Promise((resolve, reject) => {
    heard = (part) => { if (part.failed) reject(part.failed); if (last(part)) resolve(part); };
    worker.postMessage(data);
  });
  window.ready = until((part) => part.ready, { manifest: new URL("assets/search/examples.json", location).href });
  window.painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  window.ask = async (query) => {
    const start = performance.now();
    await window.ready;
    let first;
    const texts = () => performance.now() - start;
    const all = await until((part) => { if (part.hits && !first) first = texts(); return Boolean(part.hits) && part.hits.length === part.expected; }, { number: number += 1, question: { query } });
    return { first, all: texts(), total: all.total };
  };
  window.counted = () => until((part) => part.facets, { facets: true });
}
"""  # noqa: E501


class Counting(SimpleHTTPRequestHandler):
    """Serves a folder and adds up what a browser fetched."""

    fetched: list[int] = []  # noqa: RUF012

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        content = file.read_bytes() if file.is_file() else b""
        packed = file.suffix in (".js", ".json", ".html")
        self.fetched.append(len(gzip.compress(content, 9)) if packed else len(content))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def build(examples: int, folder: Path) -> tuple[float, float]:
    """Lay out our index; seconds of processor time, and megabytes at most."""
    archive = invented.archive(examples)
    start = time.process_time()
    files = practices.files(archive, address, "sv", search.reader(search.unkept))
    spent = time.process_time() - start
    lay(folder, files)
    for script in ASSETS.glob("search-*.js"):
        (folder / "assets" / script.name).write_bytes(script.read_bytes())
    (folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">')
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build_lunr(examples: int, folder: Path) -> tuple[float, float]:
    """The same records through lunr.py with our words, without compound parts: one index, and the texts beside it."""
    archive = invented.archive(examples)
    start = time.process_time()
    found = search.records(archive, address, search.reader(search.unkept))
    builder = Builder()
    for field in ("title", "text", "place"):
        builder.field(field)
    for number, (record, read) in enumerate(found):
        title, words = (list(text.stemmed(each, record.language)) for each in (read.title, read.words))
        builder.add({"id": str(number), "title": title, "text": words, "place": [record.municipality]})
    index = json.dumps(builder.build().serialize(), ensure_ascii=False)
    spent = time.process_time() - start
    texts = json.dumps([[record.title, record.text, record.municipality] for record, _ in found], ensure_ascii=False)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.json").write_text(index)
    (folder / "texts.json").write_text(texts)
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queries(examples: int, count: int) -> list[str]:
    """Rare, common, two words, beginnings: what readers type, in turn."""
    chance = random.Random(count)
    areas = [area for each in invented.archive(examples).evaluations[:50] for area in each.areas.values()]
    said = [word for area in areas for one in area.examples for word in one.text[:-1].lower().split()]
    kinds = (
        lambda: chance.choice(said),
        lambda: chance.choice(invented.CONCEPTS),
        lambda: f"{chance.choice(said)} {chance.choice(invented.CONCEPTS)}",
        lambda: chance.choice(said)[:5],
    )
    return [kinds[number % 4]() + ("" if number % 4 == 3 else " ") for number in range(count)]


def asked(browser: Browser, folder: Path, examples: int) -> list[str]:
    """What a reader's first and later queries cost."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first, counts, requests, cold = [], [], [], []
    for query in queries(examples, FIRST):
        page = _opened(browser, server.server_port)
        cold.append(page.evaluate("query => ask(query)", query)["first"])
        requests.append(len(Counting.fetched))
        first.append(_own_scripts() + sum(Counting.fetched) / 1000)
        page.evaluate("counted()")
        counts.append(_own_scripts(NARROWING) + sum(Counting.fetched) / 1000)
        page.context.close()
    page = _opened(browser, server.server_port)
    later = [page.evaluate("query => ask(query)", query)["first"] for query in queries(examples, LATER)][1:]
    page.context.close()
    server.shutdown()
    p95 = statistics.quantiles(later, n=20)[-1]
    numbers = (statistics.median(first), max(first), statistics.median(counts), statistics.median(requests),
               statistics.median(cold), statistics.median(later), p95)  # fmt: skip
    return [f"{number:.0f}" for number in numbers]


def _own_scripts(*more: str) -> float:
    """Kilobytes of the scripts that show the hits, which this page does without."""
    return sum(len(gzip.compress((ASSETS / name).read_bytes(), 9)) for name in (*SHOWING, *more)) / 1000


def _opened(browser: Browser, port: int) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{port}/")
    Counting.fetched.clear()
    page.evaluate(f"({PAGE.strip()})()")
    return page


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f}"


def _apart(work: Any, *given: Any) -> tuple[float, float]:
    """In a process of its own, so that its memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        spent: tuple[float, float] = pool.apply(work, given)
        return spent


def rows(browser: Browser, examples: int) -> Iterable[tuple[str, ...]]:
    """One row for each way to search so many examples."""
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name, "ours"), Path(name, "lunr")
        spent, peak = _apart(build, examples, ours)
        yield f"{examples}", "ours", *asked(browser, ours, examples), f"{spent:.1f}", f"{peak:.0f}", _size(ours)
        spent, peak = _apart(build_lunr, examples, plain)
        whole = f"{sum(len(gzip.compress(path.read_bytes(), 9)) for path in plain.iterdir()) / 1000:.0f}"
        unmeasured = ("–", "3", "–", "–", "–")
        yield f"{examples}", "lunr, one file", whole, whole, *unmeasured, f"{spent:.1f}", f"{peak:.0f}", _size(plain)


def main(sizes: Iterable[int]) -> None:
    """Measure and write the table."""
    loads = [os.getloadavg()[0]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        table = [HEAD, tuple("---" for _ in HEAD)]
        for examples in sizes:
            for row in rows(browser, examples):
                table.append(row)
                print(" | ".join(row), flush=True)
        version = browser.version
        browser.close()
    loads.append(os.getloadavg()[0])
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, Chromium {version}"
    told = [f"Machine: {machine}. Load of the machine while measuring: {loads[0]:.1f} to {loads[1]:.1f}."]
    lines = [f"| {' | '.join(row)} |" for row in table]
    (HERE / "SEARCH.md").write_text("\n".join([ABOUT, *told, "", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
