"""Lays out a site without copying anything: every file of it is another name of what is kept.

A folder that holds most of it already, such as an older site, only needs what differs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.publish.store import Held

# Here are so many files and folders that `Path` would cost more than the links.


def lay(folder: Path, files: Mapping[str, Held]) -> None:
    """Make a folder hold these files and nothing else; nothing that is in it is written to."""
    wanted, needed = _numbers(files), above(files)
    there, folders = _there(str(folder))
    for path, number in there.items():
        if wanted.get(path) != number:
            os.unlink(f"{folder}/{path}")  # noqa: PTH108
    for path in sorted(folders - needed, reverse=True):
        os.rmdir(f"{folder}/{path}")  # noqa: PTH106
    for path in sorted(needed - folders):
        os.mkdir(f"{folder}/{path}")  # noqa: PTH102
    for path, held in files.items():
        if there.get(path) != wanted[path]:
            os.link(held.place, f"{folder}/{path}")


def holds(folder: Path, files: Mapping[str, Held], beside: str) -> bool:
    """Whether a folder holds these files under other names, and nothing else but one `beside` them."""
    there, folders = _there(str(folder))
    return there.pop(beside, None) is not None and there == _numbers(files) and folders == above(files)


def _numbers(files: Mapping[str, Held]) -> dict[str, int]:
    """What tells files on a disk apart, whatever their names."""
    return {path: os.stat(held.place).st_ino for path, held in files.items()}  # noqa: PTH116


def above(files: Iterable[str]) -> set[str]:
    """The folders that the files lie in; the empty path is the uppermost."""
    folders = {path.rpartition("/")[0] for path in files}
    above = folders
    while above := {path.rpartition("/")[0] for path in above} - folders:
        folders |= above
    return folders | {""}


def _there(folder: str) -> tuple[dict[str, int], set[str]]:
    """Every file below a folder with its number on the disk, and every folder. A link is a file of its own."""
    files, folders, waiting = dict[str, int](), set[str](), [""] if os.path.isdir(folder) else []  # noqa: PTH112
    while waiting:
        below = waiting.pop()
        folders.add(below)
        start = f"{below}/" if below else ""
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(start + entry.name)
                else:
                    files[start + entry.name] = entry.inode()
    return files, folders
