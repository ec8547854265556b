"""Finished sites: built aside, named by their content, and swapped in by replacing one link.

A reader always meets a whole site, the old one or the new one. Whatever fails before the swap leaves the old one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT = 3


@contextmanager
def open_release(releases: Path) -> Iterator[Path]:
    """A folder to build in, on the same file system as the finished sites; removed if it was not finished."""
    releases.mkdir(parents=True, exist_ok=True)
    draft = releases / f"draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def finish(draft: Path, releases: Path, link: Path) -> Path:
    """Name the draft by its content and make `link` lead to it, in one step; returns the release."""
    if link.exists() and not link.is_symlink():
        raise FileExistsError(link)
    release = releases / _name(draft)
    if not release.exists():
        draft.rename(release)
    os.utime(release)
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(f"{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(release, link.parent), target_is_directory=True)
    fresh.replace(link)
    _drop_old(releases, release)
    return release


def _name(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:12]


def _drop_old(releases: Path, current: Path) -> None:
    finished = [path for path in releases.iterdir() if path.is_dir() and not path.name.startswith("draft-")]
    for old in sorted(finished, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        if old != current:
            shutil.rmtree(old)
