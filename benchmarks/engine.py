"""The browser's own search, run under Node: what measurements of finding and of speed ask their questions to.

    with Engine(folder) as engine:
        engine.ask("medborgardialog")["hits"][0]["id"]

`folder` holds the files of a site's search (`write` makes one from an archive). Tests need no Node: they use Chromium.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Self, cast

from generator import search
from generator.addresses import address
from generator.model import Archive

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
SCRIPT = Path(__file__).parent / "engine.js"


def write(folder: Path, archive: Archive) -> None:
    """Lay out the search of an archive as the site serves it, its scripts too."""
    lay(folder, search.files(archive, address, "sv"))


def lay(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the search's files and the scripts of the site."""
    scripts = {f"assets/{path.name}": path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")}
    lunr = search.lean(*(path.read_text(encoding="utf-8") for path in search.sources()))
    for path, content in {**files, **search.scripts(scripts, lunr)}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def available() -> bool:
    """Whether there is a Node to run it."""
    return shutil.which("node") is not None


class Engine:
    """Asks one question after another; every answer is what the page would be told."""

    def __init__(self, folder: Path, name: str = "examples") -> None:
        self._command = ["node", str(SCRIPT), str(folder), name]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._in, self._out = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
        return self

    def __exit__(self, *_: object) -> None:
        self._in.close()
        self._process.wait()
        self._out.close()

    def ask(self, query: str, **more: Any) -> dict[str, Any]:
        """The answer: `total`, `hits` (each a record with its `id`), `counts`, `related`, `instead`, `ms` and so on.

        `more` is what the page may ask beside: `exact`, `chosen` (by facet), `order`, `shown` (ten unless told).
        """
        self._in.write(json.dumps({"query": query, **more}) + "\n")
        self._in.flush()
        answer: dict[str, Any] = json.loads(self._out.readline())
        if "failed" in answer:
            raise RuntimeError(f"The search failed on {query!r}: {answer['failed']}")
        return answer
