"""Compressed twins beside the files of a site, for web servers that send them as they lie: `index.html.br`, `.gz`.

The best compression takes a hundred times as long as reading the page, so a twin is made once for each content.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from posixpath import splitext

import brotli

from generator.publish.store import Held, Store, digest

WAYS: dict[str, Callable[[bytes], bytes]] = {
    ".br": lambda content: brotli.compress(content, quality=11),
    ".gz": lambda content: zlib.compress(content, 9, 31),
}
"""Ending of a twin, and how it is made; 31 asks for the gzip format, which zlib writes without name and time."""
WORTH = frozenset({".html", ".css", ".js", ".json", ".svg", ".csv", ".xml", ".yml", ".txt"})
"""Endings of what is text; the rest is compressed already."""
SMALL = 500
"""Bytes below which a twin saves nothing: the answer is one packet either way."""


def with_twins(files: Mapping[str, Held], store: Store) -> dict[str, Held]:
    """The files, and a smaller twin of each that is worth it."""
    worth = [path for path, held in files.items() if splitext(path)[1] in WORTH and held.path.stat().st_size >= SMALL]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both compressors let other threads run
        for _ in threads.map(lambda path: _make(files[path], store), worth):
            pass
    twins = {path + ending: store.find(_key(files[path], ending)) for path in worth for ending in WAYS}
    store.save()
    return {**files, **{path: twin for path, twin in twins.items() if twin}}


def _make(held: Held, store: Store) -> None:
    missing = [ending for ending in WAYS if not store.find(_key(held, ending))]
    content = held.path.read_bytes() if missing else b""
    for ending in missing:
        store.put(_key(held, ending), WAYS[ending](content))


def _key(held: Held, ending: str) -> str:
    return f"{held.digest or digest(held.path.read_bytes())}{ending}"
