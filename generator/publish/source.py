"""Writes single files of the archive for their editor: a new one never over an old one, a changed one in one step."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path


def create(folder: Path, relative: str, text: str) -> Path:
    """A new file inside the folder; `FileExistsError` where there is one, even if it came this moment."""
    path = folder / relative
    if path.parent.resolve() != folder.resolve() / Path(relative).parent:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="") as handle:
        handle.write(text)
    return path


def replace(path: Path, text: str) -> None:
    """The file with another text: whole as it was or whole as it is to be, whatever happens meanwhile."""
    # The loader skips hidden names, so that a run that is cut off here leaves nothing that disturbs.
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError:
        if beside.is_file():
            beside.unlink()
        raise
