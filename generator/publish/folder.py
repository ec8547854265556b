"""Makes a folder equal to a mapping from path to content: writes what differs, removes what is not in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

Content = str | bytes | Path
"""Text, bytes, or a file to copy."""


def make_equal(folder: Path, wanted: Mapping[str, Content]) -> int:
    """Make the folder hold exactly what is wanted; returns how many files were written."""
    folder.mkdir(parents=True, exist_ok=True)
    _remove_others(folder, {folder / path for path in wanted})
    return sum(_write(folder / path, _bytes(content)) for path, content in sorted(wanted.items()))


def hand_written(folder: Path) -> dict[str, Content]:
    """Everything below a folder, as it is, by path. Links are not followed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _bytes(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _remove_others(folder: Path, wanted: set[Path]) -> None:
    for root, folders, files in os.walk(folder, topdown=False):
        for name in files:
            if Path(root, name) not in wanted:
                Path(root, name).unlink()
        for name in folders:
            child = Path(root, name)
            if child.is_symlink():
                child.unlink()
            elif not any(child.iterdir()):
                child.rmdir()
