"""Makes a folder equal to a mapping from path to content: writes what differs, removes what is not in it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.publish.store import Held, digest, read_index, write_index

Content = str | bytes | Path
"""Text, bytes, or a file to copy."""
Stamp = tuple[int, int]
"""Size and time of a file."""


def make_equal(folder: Path, wanted: Mapping[str, Content]) -> int:
    """Make the folder hold exactly what is wanted; returns how many files were written."""
    return Folder(folder).make_equal(wanted)


class Folder:
    """A folder that is made equal to one mapping after the other, and knows the digest of every file in it.

    With an `index`, it knows still in the next process. What changed behind its back is noticed by size and time.
    """

    def __init__(self, path: Path, index: Path | None = None) -> None:
        self.path, self._index = path, index
        self._stamps = _known(index) if index else {}
        self._last: Mapping[str, Content] = {}

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every file by path."""
        return {path: of for path, (_, of) in self._stamps.items()}

    def make_equal(self, wanted: Mapping[str, Content]) -> int:
        """Make the folder hold exactly what is wanted; returns how many files were written."""
        self.path.mkdir(parents=True, exist_ok=True)
        present = dict(_present(self.path, wanted.keys()))
        known = {path: of for path, (stamp, of) in self._stamps.items() if present.get(path) == stamp}
        written = 0
        for path, content in sorted(wanted.items()):
            if path not in known or isinstance(content, Path) or self._last.get(path) is not content:
                written += self._put(path, _bytes(content), known.get(path))
        self._stamps = {path: self._stamps[path] for path in sorted(wanted)}
        self._last = wanted
        if self._index:
            write_index(self._index, {path: [*stamp, of] for path, (stamp, of) in self._stamps.items()})
        return written

    def _put(self, path: str, content: bytes, known: str | None) -> bool:
        of, place = digest(content), self.path / path
        if of == known:
            return False
        same = place.is_file() and place.read_bytes() == content
        if not same:
            _write(place, content)
        self._stamps[path] = (_stamp(place.stat()), of)
        return not same


def _known(index: Path) -> dict[str, tuple[Stamp, str]]:
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


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns


def _present(folder: Path, wanted: Collection[str]) -> Iterator[tuple[str, Stamp]]:
    """The wanted files that are there. Everything else is removed, and folders that nothing is left in."""
    for root, folders, files in os.walk(folder, topdown=False):
        below = Path(root).relative_to(folder).as_posix()
        start = "" if below == "." else f"{below}/"
        for name in files:
            place = os.path.join(root, name)  # noqa: PTH118
            if start + name in wanted and not os.path.islink(place):  # noqa: PTH114
                yield start + name, _stamp(os.stat(place))  # noqa: PTH116
            else:
                os.unlink(place)  # noqa: PTH108
        for name in folders:
            child = Path(root, name)
            if child.is_symlink():
                child.unlink()
            elif not any(child.iterdir()):
                child.rmdir()
