"""A local preview: serves the finished site on this machine only, shows faults in the page, and reloads open pages."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

VERSION = "/__version"
# What only the preview adds to a page, never the site: faults on top, and a look every moment whether something is new.
# As files of its own, since the policy of the pages lets no script or style stand in a page.
STYLE = """#preview-faults:empty { display: none } #preview-faults { background: #fff4e5; border-top: 4px solid #c96f16;
 bottom: 0; color: #182026; font: 15px/1.45 ui-monospace, monospace; left: 0; max-height: 60vh; overflow: auto;
 padding: 12px 16px; position: fixed; right: 0; white-space: pre-wrap; z-index: 99 }
"""
SCRIPT = """let seen; setInterval(async () => { try { const now = await (await fetch("/__version")).text();
 if (seen && seen !== now) location.reload(); seen = now } catch {} }, 400)
"""
FILES = {"/__preview.css": (STYLE.encode(), "text/css"), "/__preview.js": (SCRIPT.encode(), "text/javascript")}
ADDED = """<div id="preview-faults" role="alert">{faults}</div>
<link rel="stylesheet" href="/__preview.css"><script src="/__preview.js" type="module"></script>
"""


BUILDING = "<!doctype html><html lang=sv><meta charset=utf-8><title>…</title><p>Webbplatsen byggs …</p>".encode()


@dataclass
class Preview:
    """What the preview shows besides the site: how often it was rebuilt, and what is wrong just now."""

    site: Path
    rebuilt: int = 0
    faults: str = ""

    def renew(self, faults: str) -> None:
        self.rebuilt, self.faults = self.rebuilt + 1, faults

    def added(self) -> bytes:
        return ADDED.format(faults=html.escape(self.faults)).encode()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, preview: Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.site))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        page = Path(self.translate_path(self.path)) / "index.html"
        if self.path == VERSION:
            self._answer(str(self.preview.rebuilt).encode(), "text/plain")
        elif self.path in FILES:
            self._answer(*FILES[self.path])
        elif self.path.partition("?")[0].endswith("/") and (page.is_file() or not self.preview.site.exists()):
            content = page.read_bytes() if page.is_file() else BUILDING
            self._answer(content + self.preview.added(), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the terminal is for problems in the data."""


def serve(site: Path, port: int, folders: Sequence[Path], build: Callable[[], str]) -> None:
    """Build and show `site` on 127.0.0.1, and again whenever something below `folders` changes; ends with Ctrl-C.

    `build` returns what is wrong, or nothing; then the last good site stays, with what is wrong shown in its pages.
    """
    preview = Preview(site)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # The first round comes without a change, so that what is saved during the first build is not missed.
        for changes in watch(
            *folders, raise_interrupt=False, debounce=200, step=50, rust_timeout=100, yield_on_timeout=True
        ):
            if changes or not preview.rebuilt:
                preview.renew(build())
    finally:
        server.shutdown()
