"""Our own search, asked as the page asks it: the worker in a headless Chromium, over the files of the index alone.

The one place that knows the worker's messages; everything else sees `ranked(query) -> record ids`.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import engine
from benchmarks.findability import ROOT, SHOWN, Ranked
from generator import search
from generator.model import Archive

ASK = """async ([worker, manifest, queries, shown]) => {
  const asked = new Worker(worker), found = {};
  const answer = (message, done) => new Promise((resolve, reject) => {
    asked.onmessage = ({ data }) => data.failed ? reject(data.failed) : done(data) && resolve(data);
    asked.postMessage(message);
  });
  await answer({ manifest }, (data) => data.ready);
  for (const [number, query] of queries.entries()) {
    const question = { query, exact: false, chosen: {}, order: "match", shown };
    let hits = [];
    await answer({ number, question }, (data) => {
      hits = data.hits ?? hits;
      return data.counts;
    });
    found[query] = hits.map(({ id }) => id);
  }
  return found;
}"""


def ranked(archive: Archive, queries: Sequence[str], folder: Path) -> Ranked:
    """The ten first records for each query; the index is written to a folder for the browser to fetch."""
    manifest = _write(archive, folder)
    with served(folder) as site, chromium() as browser:
        page = browser.new_page()
        page.goto(site)
        answers: Ranked = page.evaluate(ASK, [f"{site}assets/search-worker.js", site + manifest, list(queries), SHOWN])
        return answers


def _write(archive: Archive, folder: Path) -> str:
    """The index and its scripts as the site has them; returns the path of the manifest."""
    shutil.copytree(ROOT / "docs" / "assets", folder / "assets", ignore=shutil.ignore_patterns("fonts"))
    engine.write(folder, archive)
    (folder / "index.html").write_text("<!doctype html><title>.</title>", encoding="utf-8")
    return f"{search.FOLDER}examples.json"


@contextmanager
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
