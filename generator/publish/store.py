"""What is kept between builds: contents by what they were made of, each with what was noted of it.

Whatever is not as it was put there (damaged, half written, from elsewhere, of another version) is not found, and so is
made anew. A file whose size and time are as noted is taken as it is; any other is read and compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = 2
INDEX = "index.json"
Stamp = tuple[int, int, int]
"""What tells that a file has been written anew: its size, its time and its number on the disk."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells of every later change; clocks of disks are coarse."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file with known content: where it lies, and the digest of what it holds."""

    place: str | Path
    """A site has so many files that a `Path` for each would cost more than all that is done with them."""
    digest: str

    @property
    def path(self) -> Path:
        return Path(self.place)


class Entry(NamedTuple):
    """What is noted of a content: how its file can be told, what it holds, and what its maker wants to know again."""

    size: int
    time: int
    digest: str
    notes: tuple[str, ...]


def digest(content: bytes) -> str:
    """What tells contents apart: SHA-256, so that anybody can compute it again."""
    return hashlib.sha256(content).hexdigest()


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def settled(path: Path) -> Stamp | None:
    """The same; None, too, where the file was written so lately that it might be written again under this stamp."""
    found = stamp(path)
    return found if found and time.time_ns() - found[1] > SETTLED else None


class Store:
    """A folder of contents by key. `save` writes what is known, and forgets what nobody asks for any more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index_stamp = stamp(folder / INDEX)
        self._entries = _read_index(folder / INDEX)
        self._used: set[str] = set()
        self._before: set[str] = set()
        """What was asked for in the round before: a preview still shows it while the next one is made."""
        self._sure: dict[str, Held] = {}
        """What was found or put here, and is not looked at again as long as nobody else writes the index."""
        self._new = False

    def find(self, key: str) -> Held | None:
        """The content of a key, if it is there as it was put."""
        if not self._used and stamp(self.folder / INDEX) != self._index_stamp:
            self._sure.clear()
        held = self._sure.get(key) or self._found(key)
        if held:
            self._used.add(key)
        return held

    def _found(self, key: str) -> Held | None:
        entry = self._entries.get(key)
        place = f"{self.folder}/{key}"
        if entry is None or not _intact(place, entry):
            return None
        held = self._sure[key] = Held(place, entry.digest)
        return held

    def text(self, key: str) -> str:
        """The content of a key that was found or put, as text."""
        return (self.folder / key).read_text(encoding="utf-8")

    def notes(self, key: str) -> tuple[str, ...]:
        """What was noted of a content that was found."""
        return self._entries[key].notes

    def put(self, key: str, content: bytes, notes: tuple[str, ...] = ()) -> Held:
        """Keep a content."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.note({key: stored(self.folder, key, content, notes)})
        return self._sure[key]

    def note(self, kept: Mapping[str, Entry]) -> None:
        """Know what was kept in this folder, here or by another process."""
        self._entries.update(kept)
        self._used.update(kept)
        self._sure.update({key: Held(f"{self.folder}/{key}", entry.digest) for key, entry in kept.items()})
        self._new = True

    def take(self, other: Store) -> int:
        """Keep what another folder holds as it was put there, and this one does not; how many contents that was."""
        missing = [key for key in other._entries if not self.find(key) and other.find(key)]
        for key in missing:
            self.put(key, (other.folder / key).read_bytes(), other.notes(key))
        return len(missing)

    def save(self) -> None:
        """Write the index, and forget what nobody asked for in this round and the one before.

        A round that asked for nothing at all had no need of the store, and says nothing of what is needed.
        """
        if not self._used:
            return
        wanted = self._used | self._before
        changed = self._new or self._entries.keys() != wanted
        self._entries = {key: entry for key, entry in self._entries.items() if key in wanted}
        self._sure = {key: held for key, held in self._sure.items() if key in wanted}
        self._before, self._used, self._new = self._used, set(), False
        if not changed or not self.folder.is_dir():
            return
        for entry in os.scandir(self.folder):
            if entry.name not in self._entries and entry.is_file(follow_symlinks=False):
                Path(entry.path).unlink()
        write_index(self.folder / INDEX, self._entries)
        self._index_stamp = stamp(self.folder / INDEX)


def stored(folder: Path, key: str, content: bytes, notes: tuple[str, ...] = ()) -> Entry:
    """Put a content into a store's folder: written beside and moved into place, so that a broken run leaves no half.

    The store knows of it once it has `note`d what this returns.
    """
    path, draft = folder / key, folder / f"{key}.{os.getpid()}"
    draft.write_bytes(content)
    draft.replace(path)
    status = path.stat()
    return Entry(status.st_size, status.st_mtime_ns, digest(content), notes)


def _intact(place: str, entry: Entry) -> bool:
    try:
        status = os.stat(place)  # noqa: PTH116
        if status.st_size != entry.size:
            return False
        return status.st_mtime_ns == entry.time or digest(Path(place).read_bytes()) == entry.digest
    except OSError:
        return False


def _read_index(path: Path) -> dict[str, Entry]:
    try:
        entries = read_index(path).items()
        return {key: Entry(int(size), int(time), str(of), tuple(notes)) for key, (size, time, of, notes) in entries}
    except (ValueError, TypeError, AttributeError):
        return {}


def write_index(path: Path, content: Any) -> None:
    """What is noted of a folder, with its own digest on the first line; moved into place in one step."""
    text = json.dumps(content, separators=(",", ":"))
    draft = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(f"{FORMAT} {digest(text.encode())}\n{text}", encoding="utf-8")
    draft.replace(path)


def read_index(path: Path) -> Any:
    """What was noted; nothing where it is missing, damaged or in another format."""
    try:
        head, _, text = path.read_text(encoding="utf-8").partition("\n")
        return json.loads(text) if head == f"{FORMAT} {digest(text.encode())}" else {}
    except (OSError, ValueError):
        return {}
