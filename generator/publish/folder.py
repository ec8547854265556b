"""Fills a folder with files as they are made: writes what differs, removes what is not wanted any more."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from generator.publish.layout import above
from generator.publish.store import Stamp, digest, read_index, settled, stamp, write_index

Content = str | bytes | Path
"""Text, bytes, or a file to copy."""
Source = tuple[Path, Stamp | None]
"""A file that was copied, with its stamp then."""
Noted = tuple[int, int]
"""Size and time of a file."""


def make_equal(folder: Path, wanted: Mapping[str, Content]) -> int:
    """Make the folder hold exactly what is wanted; returns how many files were written."""
    return Folder(folder).make_equal(wanted)


class Folder:
    """A folder that is filled again and again, and knows the digest of every file in it.

    With an `index`, it knows still in the next process. What changed behind its back is noticed by size and time; it
    is not looked for as long as nobody else has written the index.
    """

    def __init__(self, path: Path, index: Path | None = None) -> None:
        self.path, self._index = path, index
        self._stamps = _known(index) if index else {}
        self._strays: set[str] = set()
        """Files that are there, but not as noted."""
        self._copied: dict[str, Source | None] = {}
        self._index_stamp: Stamp | None = None
        """None as long as it is not sure that all is noted."""

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every file by path."""
        return {path: of for path, (_, of) in self._stamps.items()}

    def make_equal(self, wanted: Mapping[str, Content]) -> int:
        """Make the folder hold exactly what is wanted; returns how many files were written."""
        filling = Filling(self)
        for path, content in wanted.items():
            filling.put(path, content)
        return filling.finish()

    # For a filling --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Find out what is there, as noted or otherwise. Links are removed, and folders that nothing is in."""
        sure = self._index and self._index_stamp and stamp(self._index) == self._index_stamp
        self._index_stamp = None
        if sure:
            return
        self.path.mkdir(parents=True, exist_ok=True)
        found: dict[str, Noted] = {}
        _look(str(self.path), "", found)
        self._stamps = {path: one for path, one in self._stamps.items() if found.get(path) == one[0]}
        self._strays = {*found} - self._stamps.keys()

    def put(self, path: str, content: Content) -> tuple[str, bool]:
        """The digest of a file that has this content from now on, and whether it had to be written."""
        source = (content, settled(content)) if isinstance(content, Path) else None
        if path in self._stamps and source and source[1] and source == self._copied.get(path):
            return self._stamps[path][1], False
        made = _bytes(content)
        of = digest(made)
        written = not self.holds(path, of)
        if written:
            self._write(path, made)
            self._note(path, of)
        self._copied[path] = source
        return of, written

    def holds(self, path: str, of: str) -> bool:
        """Whether a file is there, and its content is the one with this digest."""
        if path in self._strays and digest((self.path / path).read_bytes()) == of:
            self._note(path, of)
        return path in self._stamps and self._stamps[path][1] == of

    def reduce(self, wanted: AbstractSet[str]) -> None:
        """Remove all other files; the index is written last, so that another process notices."""
        self._remove((self._stamps.keys() | self._strays) - wanted)
        self._stamps = {path: self._stamps[path] for path in sorted(wanted)}
        self._copied = {path: source for path, source in self._copied.items() if path in wanted}
        if self._index:
            write_index(self._index, {path: [*noted, of] for path, (noted, of) in self._stamps.items()})
            self._index_stamp = stamp(self._index)

    def _note(self, path: str, of: str) -> None:
        self._stamps[path] = _noted(os.stat(f"{self.path}/{path}")), of  # noqa: PTH116 - so many files
        self._strays.discard(path)

    def _write(self, path: str, content: bytes) -> None:
        place = f"{self.path}/{path}"
        try:
            file = open(place, "xb")  # noqa: PTH123, SIM115
        except (FileExistsError, FileNotFoundError, NotADirectoryError):
            self._make_way(path)
            file = open(place, "xb")  # noqa: PTH123, SIM115
        with file:
            file.write(content)

    def _make_way(self, path: str) -> None:
        """Make the folders above a file, and remove what stands in its place, or in theirs."""
        place = self.path / path
        folders = above([path])
        if place.is_dir() or any((self.path / folder).is_file() for folder in folders):
            there = self._stamps.keys() | self._strays
            self._remove({other for other in there if other in folders or other.startswith(f"{path}/")})
        place.parent.mkdir(parents=True, exist_ok=True)
        # Never in place: the old file may have other names, in a finished site.
        place.unlink(missing_ok=True)

    def _remove(self, paths: Collection[str]) -> None:
        """Remove files, and the folders that nothing is left in."""
        for path in paths:
            (self.path / path).unlink(missing_ok=True)
            self._stamps.pop(path, None)
            self._strays.discard(path)
        for folder in sorted(above(paths) - {""}, reverse=True):
            if _is_empty(self.path / folder):
                (self.path / folder).rmdir()


class Filling:
    """Fills a folder file by file, as they are made. One that is never finished removes nothing."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._wanted: set[str] = set()
        self._written = 0
        folder.look()

    def put(self, path: str, content: Content) -> str:
        """Have a file with this content, which is written only where it is another; returns its digest."""
        of, written = self._folder.put(path, content)
        self._wanted.add(path)
        self._written += written
        return of

    def keep(self, path: str, of: str) -> bool:
        """Have a file as it was before, with this digest; returns whether it is still there like that."""
        kept = self._folder.holds(path, of)
        if kept:
            self._wanted.add(path)
        return kept

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every file that was put or kept so far."""
        return {path: of for path, of in self._folder.digests.items() if path in self._wanted}

    def finish(self) -> int:
        """Remove what was neither put nor kept; returns how many files were written."""
        self._folder.reduce(self._wanted)
        return self._written


def _known(index: Path) -> dict[str, tuple[Noted, str]]:
    try:
        return {path: ((int(size), int(time)), str(of)) for path, (size, time, of) in read_index(index).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def hand_written(folder: Path) -> dict[str, Content]:
    """Everything below a folder, as it is, by path. Links are not followed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _bytes(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content


def _noted(status: os.stat_result) -> Noted:
    return status.st_size, status.st_mtime_ns


def _look(folder: str, below: str, found: dict[str, Noted]) -> bool:
    """Find every file below a folder; returns whether there is any. Links are removed, and folders without files."""
    any_left = False
    with os.scandir(folder) as entries:
        listed = [*entries]
    for entry in listed:
        if entry.is_symlink():
            os.unlink(entry.path)  # noqa: PTH108
        elif not entry.is_dir():
            found[below + entry.name] = _noted(entry.stat())
            any_left = True
        elif _look(entry.path, f"{below}{entry.name}/", found):
            any_left = True
        else:
            os.rmdir(entry.path)  # noqa: PTH106
    return any_left


def _is_empty(folder: Path) -> bool:
    with os.scandir(folder) as entries:
        return not any(entries)
