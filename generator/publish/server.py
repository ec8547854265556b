"""A local preview: serves a site on this machine only, shows faults in the page, and reloads open pages."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from watchfiles import watch

from generator.publish.store import Held

# What only the preview adds to a page, never the site: faults at the foot, and an ear for what is new.
# They stand in files of their own, since a page may forbid whatever stands in itself.
ADDED = """<link rel="stylesheet" href="/__preview.css"><script src="/__preview.js" defer></script>
<div id="preview-faults" role="alert">{faults}</div>
"""
STYLE = """#preview-faults:empty { display: none }
#preview-faults { background: #fff4e5; border-top: 4px solid #c96f16; bottom: 0; color: #182026;
 font: 15px/1.45 ui-monospace, monospace; left: 0; max-height: 60vh; overflow: auto; padding: 12px 16px;
 position: fixed; right: 0; white-space: pre-wrap; z-index: 99 }
"""
# A hidden page does not listen: a browser keeps only six connections to one server.
SCRIPT = """let ear, seen;
function listen() {
  ear?.close();
  if (document.hidden) return;
  ear = new EventSource("/__events");
  ear.onmessage = ({ data }) => { if (seen && seen !== data) location.reload(); seen = data; };
}
document.addEventListener("visibilitychange", listen);
listen();
"""
FIXED = {"/__preview.css": (STYLE, "text/css"), "/__preview.js": (SCRIPT, "text/javascript")}
BUILDING = "<!doctype html><html lang=sv><meta charset=utf-8><title>…</title><p>Webbplatsen byggs …</p>"
PATIENCE = 15
"""Seconds after which an ear is sent a sign of life, so that one that is gone is noticed."""
TEXT = {".yml": "text/plain", ".csv": "text/csv", ".js": "text/javascript", ".mjs": "text/javascript"}


@dataclass(frozen=True)
class Shown:
    """A round of the preview: the files of the site by path, none before the first is built, and what is wrong."""

    files: Mapping[str, Held] = field(default_factory=dict)
    faults: str = ""

    def page(self, content: str) -> bytes:
        return (content + ADDED.format(faults=html.escape(self.faults))).encode()


class Preview:
    """What is shown just now, and a bell for those who wait for something else."""

    def __init__(self) -> None:
        self.shown, self.round, self.news = Shown(), 0, threading.Condition()

    def renew(self, shown: Shown) -> None:
        """Show something else from now on."""
        with self.news:
            self.shown, self.round = shown, self.round + 1
            self.news.notify_all()

    def after(self, told: int) -> int:
        """The round that comes after one, or that one again if there is no other for a while."""
        with self.news:
            self.news.wait_for(lambda: self.round != told, PATIENCE)
            return self.round


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, preview: Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/__events":
            self._tell()
        elif path in FIXED:
            text, kind = FIXED[path]
            self._answer(text.encode(), kind)
        else:
            self._show(self.preview.shown, path.lstrip("/"))

    def _show(self, shown: Shown, path: str) -> None:
        found = path + "index.html" if path.endswith("/") or not path else path
        if not shown.files:
            self._answer(shown.page(BUILDING))
        elif found in shown.files:
            self._file(shown, found)
        elif f"{path}/index.html" in shown.files:
            self.send_response(301)
            self.send_header("Location", f"/{path}/")
            self.end_headers()
        elif "404.html" in shown.files:
            self._file(shown, "404.html", 404)
        else:
            self.send_error(404)

    def _file(self, shown: Shown, path: str, status: int = 200) -> None:
        content, ending = shown.files[path].path.read_bytes(), Path(path).suffix
        if ending == ".html":
            self._answer(shown.page(content.decode()), status=status)
        else:
            self._answer(content, TEXT.get(ending) or guess_type(path)[0] or "application/octet-stream")

    def _answer(self, content: bytes, kind: str = "text/html", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _tell(self) -> None:
        """Tell the number of the round, and the next as soon as there is one."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told = -1
        try:
            while True:
                now = self.preview.after(told)
                self.wfile.write(f"data: {now}\n\n".encode() if now != told else b": \n\n")
                self.wfile.flush()
                told = now
        except OSError:
            return  # the page is gone

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the terminal is for problems in the data."""


def serve(port: int, folders: Sequence[Path], build: Callable[[], Shown]) -> None:
    """Build a site and show it on 127.0.0.1, and again whenever something below `folders` changes; ends with Ctrl-C.

    Saves that come quickly one after the other, or while a round is being built, make one round together.
    """
    preview = Preview()
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # The first round comes without a change, so that what is saved while it is built is not missed.
        for changes in watch(
            *folders, raise_interrupt=False, debounce=300, step=50, rust_timeout=100, yield_on_timeout=True
        ):
            if changes or not preview.round:
                preview.renew(build())
    finally:
        server.shutdown()
