"""Prints pages of the finished site to tagged PDF, by a Chromium that is already there: no server, no network.

Chromium is spoken to over a pipe. It asks for each page at the address that readers use and gets the answer from the
site's folder, so that links and foot hold addresses that lead somewhere.
"""

from __future__ import annotations

import json
import mimetypes
import os
import select
import shutil
import signal
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
UNKNOWN = "https://kommunkompassen.invalid/"
"""Stands for the site's address where none is set; pages then name only their path, and lead only within themselves."""
UNLINK = """for (const link of document.querySelectorAll("a[href]"))
  if (link.host === location.host && !link.hash) link.removeAttribute("href")"""
PAPER = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
SILENCE = 300
"""Seconds without a word from the browser after which it is given up."""
ENDED = "den avslutades eller slutade svara"


class PrintingFailed(Exception):
    """No PDF came out; the message says why."""


def find_browser() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, else one of the usual ones."""
    return next(filter(None, map(shutil.which, filter(None, (os.environ.get("CHROMIUM"), *BROWSERS)))), None)


def print_pages(browser: str, site: Path, address: str, pages: Mapping[str, Path]) -> Iterator[Path]:
    """Print pages (`kommuner/…/rapport/`: where its PDF goes), giving each file as it is written.

    `address` is the site's own, with a slash at the end; empty where it is not known.
    """
    with _printer(browser, site, address or UNKNOWN) as printer:
        for page, target in pages.items():
            content = printer.pdf(page)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".part")
            draft.write_bytes(content)
            draft.replace(target)
            yield target


@contextmanager
def _printer(browser: str, site: Path, address: str) -> Iterator[Printer]:
    """A browser for as long as it is needed, with a profile that nobody keeps."""
    commands, answers = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = _start(browser, profile, commands[0], answers[1])
        os.close(commands[0])
        os.close(answers[1])
        try:
            yield Printer(site, address, commands[1], answers[0])
        finally:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(commands[1])
            os.close(answers[0])


def _start(browser: str, profile: str, reads: int, writes: int) -> int:
    """The process, in a group of its own: it reads commands from its file 3 and answers on 4, as the pipe wants it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    files = [*silent, (os.POSIX_SPAWN_DUP2, reads, 3), (os.POSIX_SPAWN_DUP2, writes, 4)]
    command = [browser, *FLAGS, *root, f"--user-data-dir={profile}", "about:blank"]
    return os.posix_spawn(browser, command, os.environ, file_actions=files, setpgroup=0)


class Printer:
    """A browser's one page, and the folder that answers for the site."""

    def __init__(self, site: Path, address: str, commands: int, answers: int) -> None:
        self.site, self.address = site, address
        self._commands, self._answers = commands, answers
        self._asked, self._rest, self._loaded = 0, b"", False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")
        self._ask("Fetch.enable")
        # Already while the page loads, since only paper waits for its letters.
        self._ask("Emulation.setEmulatedMedia", media="print")

    _session = ""

    def pdf(self, page: str) -> bytes:
        """A page of the site as PDF, when its letters and figures are there."""
        self._loaded = False
        self._ask("Page.navigate", url=self.address + page)
        while not self._loaded:
            self._hear()
        self._ask("Runtime.evaluate", expression="document.fonts.ready.then(() => true)", awaitPromise=True)
        if self.address == UNKNOWN:
            self._ask("Runtime.evaluate", expression=UNLINK)
        return b64decode(self._ask("Page.printToPDF", **PAPER)["data"])

    def _ask(self, method: str, **parameters: object) -> Any:
        number = self._say(method, parameters)
        while (heard := self._hear()).get("id") != number:
            pass
        if "error" in heard:
            raise PrintingFailed(f"{method}: {heard['error'].get('message')}")
        return heard["result"]

    def _say(self, method: str, parameters: Mapping[str, object]) -> int:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        content = json.dumps(message).encode() + b"\0"
        try:
            while content:
                content = content[os.write(self._commands, content) :]
        except BrokenPipeError:
            raise PrintingFailed(ENDED) from None
        return self._asked

    def _hear(self) -> dict[str, Any]:
        """The next message; a request of the page is answered on the way."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], SILENCE)
            more = os.read(self._answers, 1 << 20) if ready else b""
            if not more:
                raise PrintingFailed(ENDED)
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        heard: dict[str, Any] = json.loads(line)
        if heard.get("method") == "Fetch.requestPaused":
            self._answer(heard["params"])
        self._loaded |= heard.get("method") == "Page.loadEventFired"
        return heard

    def _answer(self, request: Mapping[str, Any]) -> None:
        """What the site's folder holds at an address; nothing is fetched from anywhere else."""
        file = self._file(request["request"]["url"])
        answer: dict[str, object] = {"requestId": request["requestId"]}
        if file is None:
            self._say("Fetch.failRequest", {**answer, "errorReason": "BlockedByClient"})
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = [{"name": "Content-Type", "value": kind}, {"name": "Access-Control-Allow-Origin", "value": "*"}]
        body = b64encode(file.read_bytes()).decode()
        self._say("Fetch.fulfillRequest", {**answer, "responseCode": 200, "responseHeaders": headers, "body": body})

    def _file(self, url: str) -> Path | None:
        if not url.startswith(self.address):
            return None
        path = self.site / unquote(urlsplit(url[len(self.address) :]).path)
        file = path / "index.html" if path.is_dir() else path
        return file if file.is_file() and file.resolve().is_relative_to(self.site.resolve()) else None
