"""What a visit costs a reader: bytes over the wire, requests, what moved after it was seen, and when it was seen.

A server that compresses and lets files be kept, as real ones do, and a Chromium that is asked what came.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.states import State

TEXT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".csv", ".xml", ".txt", ".yml"}
"""What is worth compressing; fonts and pictures are already."""
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""A slow telephone line: 150 ms, 1.6 Mbit/s down."""
PROCESSOR = 4
"""How many times slower a telephone computes."""
WATCH = """
window.seen = { shifts: [], largest: 0 };
const named = node => `${node?.nodeName} ${node?.className ?? node?.parentNode?.className}`;
function note(type, take) {
  new PerformanceObserver(list => list.getEntries().forEach(take)).observe({ type, buffered: true });
}
note("layout-shift", ({ value, sources }) => seen.shifts.push([value, sources.map(({ node }) => named(node))]));
note("largest-contentful-paint", ({ startTime }) => { seen.largest = startTime; });
"""
TOLD = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  return { first: first?.startTime ?? 0, ...seen };
}"""


@dataclass
class Visit:
    """What came over the wire since the last `fetched`, in bytes by address."""

    received: dict[str, int] = field(default_factory=dict)
    shifts: list[tuple[float, list[str]]] = field(default_factory=list)
    first: float = 0
    """Milliseconds until something was to be read."""
    largest: float = 0
    """Milliseconds until the largest part of what is first seen was there."""

    @property
    def bytes(self) -> int:
        return sum(self.received.values())

    @property
    def requests(self) -> int:
        return len(self.received)

    @property
    def shift(self) -> float:
        """Cumulative layout shift, and none is forgiven for coming after a touch."""
        return sum(value for value, _ in self.shifts)


class Watched:
    """A page of a browser, and what its visits cost."""

    def __init__(self, page: Page, slow: bool = False) -> None:
        self.page, self._urls, self._visit = page, dict[str, str](), Visit()
        page.add_init_script(WATCH)
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.requestWillBeSent", self._asked)
        client.on("Network.loadingFinished", self._came)
        if slow:
            client.send("Network.emulateNetworkConditions", SLOW)
            client.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})

    def _asked(self, event: Mapping[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _came(self, event: Mapping[str, Any]) -> None:
        """What comes from the cache comes with no bytes."""
        url = self._urls.get(event["requestId"], "")
        if event["encodedDataLength"] and not url.startswith("data:"):
            self._visit.received[url] = self._visit.received.get(url, 0) + int(event["encodedDataLength"])

    def visit(self, state: State) -> Visit:
        """Bring the page into a state, and wait until all has come that it asks for."""
        self._visit = Visit()
        self.page.goto(state.address)
        state.bring(self.page)
        self.page.wait_for_load_state("networkidle")
        return self.told()

    def told(self) -> Visit:
        """The last visit, with what has come and moved since."""
        told = self.page.evaluate(TOLD)
        self._visit.first, self._visit.largest, self._visit.shifts = told["first"], told["largest"], told["shifts"]
        return self._visit


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as web servers do
    wbufsize = -1

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        kind, content = self.guess_type(file), file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if file.suffix in TEXT:
            content = _compressed(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the figures are printed."""


@cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


@contextmanager
def compressing(site: Path) -> Iterator[str]:
    """The address of a folder, served as a real server would."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
