"""What was found in each file of the site that was looked over last: kept on the disk, for the next process too.

Of a page with a hundred addresses and anchors, only where they lie is held in memory. They lie one after the other in
one file that only grows, until half of it is of no use; an index, written last, says how much of it counts.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from generator.publish.gate.fault import Facts
from generator.publish.store import Stamp, read_index, stamp, write_index

INDEX, RECORDS = "index.json", "records"
SMALL = 1_000_000
"""Bytes that are not worth clearing up."""


def packed(facts: Facts) -> bytes:
    """The facts of a file in little room; nothing, if there are none."""
    if facts == Facts():
        return b""
    return zlib.compress(json.dumps([facts.faults, facts.ids, facts.leads, facts.loads, facts.onward]).encode(), 1)


def unpacked(record: bytes) -> Facts:
    """The facts again."""
    if not record:
        return Facts()
    faults, *rest = json.loads(zlib.decompress(record))
    return Facts([(code, what) for code, what in faults], *rest)


class Findings:
    """The findings of one site after the other, each file's under an entry: its digest, and where the findings lie."""

    def __init__(self, folder: Path | None, version: str) -> None:
        """Without a folder, nothing is left for another process."""
        self._folder, self._version = folder, version
        self._records: BinaryIO = BytesIO()
        self._index_stamp: Stamp | None = None
        self._size = self._check = 0
        """How much of the records counts, and its checksum."""
        self.entries: Mapping[str, str] = {}
        """By path."""
        self.faulty: AbstractSet[str] = frozenset()
        """The files in which something was wrong."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Take up what was noted last, by this process or another; what fails in here is as if it had not begun."""
        if not self._folder:
            yield
            return
        with _file(self._folder / RECORDS) as self._records:
            noted, self._index_stamp = self._index_stamp, None
            if not noted or noted != stamp(self._folder / INDEX):
                self._load(read_index(self._folder / INDEX))
            yield
        self._index_stamp = stamp(self._folder / INDEX)

    def _load(self, noted: dict[str, Any]) -> None:
        try:
            self._take(noted, self._records.read())
        except (ValueError, TypeError, KeyError):  # damaged, or of other making
            self.entries, self.faulty, self._size, self._check = {}, frozenset(), 0, 0
        self._records.truncate(self._size)

    def _take(self, noted: dict[str, Any], content: bytes) -> None:
        size = int(noted["size"])
        if noted["version"] != self._version or crc32(content[:size]) != noted["check"]:
            raise ValueError
        self._size, self._check = size, noted["check"]
        self.entries, self.faulty = noted["entries"], frozenset(noted["faulty"])

    def add(self, digest: str, record: bytes = b"", led: Iterable[str] = ()) -> str:
        """The entry of a file in which this was found, and which leads to other files."""
        if not record:
            return f"{digest} 0 0 0"
        leads = array("I", sorted({crc32(path.encode()) for path in led})).tobytes()
        return self._lay(digest, leads + record, len(leads))

    def _lay(self, digest: str, whole: bytes, leads: int) -> str:
        start = self._records.seek(self._size)
        self._records.write(whole)
        self._size, self._check = start + len(whole), crc32(whole, self._check)
        return f"{digest} {start} {leads} {len(whole)}"

    def facts(self, entry: str) -> Facts:
        """What was found in a file."""
        start, leads, length = _place(entry)
        return unpacked(self._read(start + leads, length - leads))

    def leading(self, moved: Iterable[str], entries: Mapping[str, str]) -> set[str]:
        """The files that lead to one of those that moved; once in a while, one that does not."""
        hashes = {crc32(path.encode()) for path in moved}
        if not hashes:
            return set()
        return {path for path, entry in entries.items() if not hashes.isdisjoint(self._led(entry))}

    def _led(self, entry: str) -> array[int]:
        start, leads, _ = _place(entry)
        return array("I", self._read(start, leads))

    def _read(self, start: int, length: int) -> bytes:
        if not length:
            return b""
        self._records.seek(start)
        return self._records.read(length)

    def save(self, entries: Mapping[str, str], faulty: AbstractSet[str]) -> None:
        """Note what was found in the files of a site; the index comes last, so that another process notices."""
        if entries == self.entries and faulty == self.faulty:
            return
        if self._size > SMALL + 2 * sum(length for _, _, length in map(_place, entries.values())):
            entries = self._cleared(entries)
        self.entries, self.faulty = entries, faulty
        if self._folder:
            self._records.flush()
            noted = {"version": self._version, "size": self._size, "check": self._check}
            write_index(self._folder / INDEX, {**noted, "faulty": sorted(faulty), "entries": entries})

    def _cleared(self, entries: Mapping[str, str]) -> dict[str, str]:
        """The entries, when only what they lead to is left."""
        kept = [(path, entry, *_place(entry)) for path, entry in entries.items()]
        whole = [(path, entry, leads, self._read(start, length)) for path, entry, start, leads, length in kept]
        self._size = self._check = 0
        self._records.truncate(0)
        return {path: self._lay(_digest(entry), one, leads) if one else entry for path, entry, leads, one in whole}


def same(entry: str | None, digest: str) -> bool:
    """Whether an entry is of a file with this content."""
    return entry is not None and _digest(entry) == digest


def _digest(entry: str) -> str:
    return entry.rsplit(" ", 3)[0]


def _place(entry: str) -> tuple[int, int, int]:
    """Where the findings of a file begin, how much of them tells where it leads, and how long they are."""
    _, start, leads, length = entry.rsplit(" ", 3)
    return int(start), int(leads), int(length)


def _file(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("r+b" if path.exists() else "w+b")
