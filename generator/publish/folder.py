"""Makes a folder equal to a mapping from path to content: writes what differs, removes what is not in it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.publish.store import Held, Stamp, digest, read_index, settled, stamp, write_index

Content = str | bytes | Path
"""Text, bytes, or a file to copy."""


def make_equal(folder: Path, wanted: Mapping[str, Content]) -> int:
    """Make the folder hold exactly what is wanted; returns how many files were written."""
    return Folder(folder).make_equal(wanted)


class Folder:
    """A folder that is made equal to one mapping after the other, and knows the digest of every file in it.

    With an `index`, it knows still in the next process. What changed behind its back is noticed by size and time; as
    long as nobody else has written the index, only what is wanted otherwise than the last time is looked at.
    """

    def __init__(self, path: Path, index: Path | None = None) -> None:
        self.path, self._index = path, index
        self._stamps = _known(index) if index else {}
        self._last: dict[str, object] = {}
        """By path: the content, or the file that it was copied from, with its stamp then."""
        self._index_stamp: Stamp | None = None

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every file by path."""
        return {path: of for path, (_, of) in self._stamps.items()}

    def make_equal(self, wanted: Mapping[str, Content]) -> int:
        """Make the folder hold exactly what is wanted; returns how many files were written."""
        self.path.mkdir(parents=True, exist_ok=True)
        known = self._left(wanted)
        before, self._last = self._last, {path: _source(content) for path, content in wanted.items()}
        written = 0
        for path, source in self._last.items():
            if path not in known or not _same(source, before.get(path)):
                written += self._put(path, _bytes(wanted[path]), known.get(path))
        if self._stamps.keys() != wanted.keys():
            self._stamps = {path: self._stamps[path] for path in sorted(wanted)}
        if self._index:
            write_index(self._index, {path: [*noted, of] for path, (noted, of) in self._stamps.items()})
            self._index_stamp = stamp(self._index)
        return written

    def _left(self, wanted: Mapping[str, Content]) -> Mapping[str, str]:
        """The digests of the wanted files that are there as noted; what is not wanted is removed."""
        if self._index and self._index_stamp and stamp(self._index) == self._index_stamp:
            for path in self._stamps.keys() - wanted.keys():
                _remove(self.path, path)
            return self.digests
        present = dict(_present(self.path, wanted.keys()))
        return {path: of for path, (noted, of) in self._stamps.items() if present.get(path) == noted}

    def _put(self, path: str, content: bytes, known: str | None) -> bool:
        of, place = digest(content), self.path / path
        if of == known:
            return False
        same = place.is_file() and place.read_bytes() == content
        if not same:
            _write(place, content)
        self._stamps[path] = (_noted(place.stat()), of)
        return not same


def _source(content: Content) -> object:
    return (content, settled(content)) if isinstance(content, Path) else content


def _same(source: object, before: object) -> bool:
    """Whether it is the very content of the last time, or a file that has not been written since."""
    return source is before or (isinstance(source, tuple) and source == before and source[1] is not None)


def _known(index: Path) -> dict[str, tuple[tuple[int, int], str]]:
    try:
        return {path: ((int(size), int(time)), str(of)) for path, (size, time, of) in read_index(index).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def hand_written(folder: Path) -> dict[str, Content]:
    """Everything below a folder, as it is, by path. Links are not followed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in found}


def lay(folder: Path, files: Mapping[str, Held]) -> None:
    """Put files into an empty folder without copying them: each is another name of what is kept."""
    made: set[str] = set()
    for path, held in files.items():
        place = os.path.join(folder, path)  # noqa: PTH118 - so many that Path would cost more than the links
        parent = os.path.dirname(place)  # noqa: PTH120
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        os.link(held.path, place)


def _bytes(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never in place: the old file may have other names, in a finished site.
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that nothing is left in."""
    (folder / path).unlink(missing_ok=True)
    for parent in (folder / path).parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()


def _noted(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _present(folder: Path, wanted: Collection[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The wanted files that are there. Everything else is removed, and folders that nothing is left in."""
    for root, folders, files in os.walk(folder, topdown=False):
        below = Path(root).relative_to(folder).as_posix()
        start = "" if below == "." else f"{below}/"
        for name in files:
            place = os.path.join(root, name)  # noqa: PTH118
            if start + name in wanted and not os.path.islink(place):  # noqa: PTH114
                yield start + name, _noted(os.stat(place))  # noqa: PTH116
            else:
                os.unlink(place)  # noqa: PTH108
        for name in folders:
            child = Path(root, name)
            if child.is_symlink():
                child.unlink()
            elif not any(child.iterdir()):
                child.rmdir()
