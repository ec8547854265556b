"""Finished sites: built aside, named by their content, and swapped in by replacing one link.

A reader always meets a whole site, the old one or the new one. Whatever fails before the swap leaves the old one, and
whatever a killed run left behind is cleared away by the next.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from itertools import count
from pathlib import Path

from generator.publish.layout import holds, lay
from generator.publish.manifest import MANIFEST, manifest
from generator.publish.store import Held, digest

KEPT = 3
DRAFT = "draft-"
"""How the names of folders begin that are no finished sites: half built, or half removed."""
_RELEASE = re.compile(r"[0-9a-f]{12}(-\d+)?")
SECOND = 1_000_000_000


@contextmanager
def alone(work: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One run at a time in a folder; who comes second is told so, and waits.

    The folder itself is locked, and the system lets go of it even if the run is killed: no file is left behind.
    """
    work.mkdir(parents=True, exist_ok=True)
    folder = os.open(work, os.O_RDONLY)
    try:
        try:
            flock(folder, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            waiting()
            flock(folder, LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextmanager
def open_release(releases: Path) -> Iterator[Path]:
    """A folder to build in, on the same file system as the finished sites; removed if it was not finished."""
    releases.mkdir(parents=True, exist_ok=True)
    _clear(releases)
    draft = releases / f"{DRAFT}{os.getpid()}"
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def publish(files: Mapping[str, Held], releases: Path, link: Path) -> Path:
    """Lay a site out aside and make `link` lead to it; returns the release. Whatever fails leaves the old site."""
    told = manifest(files).encode()
    with open_release(releases) as draft:
        release = releases / _name(told)
        if holds(release, files, MANIFEST) and (release / MANIFEST).read_bytes() == told:
            return _show(release, release, link)
        _reuse(draft, releases, link)
        lay(draft, files)
        (draft / MANIFEST).write_bytes(told)
        return finish(draft, releases, link)


def _reuse(draft: Path, releases: Path, link: Path) -> None:
    """Begin with the oldest site, which would be removed afterwards: most of what is in it is in the new one too."""
    surplus = [release for release in finished(releases)[KEPT - 1 :] if release != link.resolve()]
    if surplus and replaceable(link):
        surplus[-1].rename(draft)


def replaceable(link: Path) -> bool:
    """Whether a finished site may come to stand here: where nothing is, or a link that leads to one or nowhere."""
    if not link.is_symlink():
        return not link.exists()
    return not link.exists() or bool(_RELEASE.fullmatch(link.resolve().name))


def finish(draft: Path, releases: Path, link: Path) -> Path:
    """Name the draft by its content and make `link` lead to it, in one step; returns the release."""
    return _show(draft, _place(draft, releases), link)


def _show(draft: Path, release: Path, link: Path) -> Path:
    """Give the draft its place, if it is not there yet, and make `link` lead to it."""
    releases = release.parent
    with _beside(link, release) as fresh:
        if not release.exists():
            draft.rename(release)
        _make_newest(release, releases)
        _swap(fresh, link)
    for old in finished(releases)[KEPT:]:
        if old != release:
            _remove(old)
    return release


def lead(link: Path, release: Path) -> None:
    """Make the link lead to a finished site, in one step; `FileExistsError` where something else is in its place."""
    with _beside(link, release) as fresh:
        _swap(fresh, link)


@contextmanager
def _beside(link: Path, release: Path) -> Iterator[Path]:
    """A link to the release beside the one that it is to replace; gone afterwards, whatever happened."""
    if not replaceable(link):
        raise FileExistsError(link)
    link.parent.mkdir(parents=True, exist_ok=True)
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(release, link.parent), target_is_directory=True)
    try:
        yield fresh
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _swap(fresh: Path, link: Path) -> None:
    # Everything is on the disk before the link is, also if the power fails just now. To ask for each file would take
    # a second and a half for a thousand of them; asked for together they are there at once.
    os.sync()
    fresh.replace(link)
    os.sync()


def finished(releases: Path) -> list[Path]:
    """The finished sites, the one that was made last first."""
    folders = [path for path in releases.glob("*") if _RELEASE.fullmatch(path.name) and path.is_dir()]
    return sorted(folders, key=_made, reverse=True)


def earlier(releases: Path, link: Path) -> list[Path]:
    """The finished sites that were made before the one that the link leads to, the newest first."""
    kept, current = finished(releases.resolve()), link.resolve()
    return kept[kept.index(current) + 1 :] if current in kept else kept


def _place(draft: Path, releases: Path) -> Path:
    """Where the draft comes to lie, or the finished site that holds the same, file by file."""
    name = _name((draft / MANIFEST).read_bytes())
    places = (releases / (f"{name}-{n}" if n else name) for n in count())
    return next(place for place in places if not place.exists() or _same(draft, place))


def _name(told: bytes) -> str:
    """What tells the site from others: the digest of its manifest, which holds the digests of all its files."""
    return digest(told)[:12]


def _same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same: a finished site may have been changed by hand since."""
    files, others = ({path.relative_to(folder) for path in folder.rglob("*")} for folder in (one, other))
    return files == others and all(_alike(one / path, other / path) for path in files)


def _alike(one: Path, other: Path) -> bool:
    if one.is_dir() or other.is_dir():
        return one.is_dir() and other.is_dir()
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)


def _make_newest(release: Path, releases: Path) -> None:
    """Let the time of the release say that it was made last, also where the clock went backwards."""
    last = max((_made(other) for other in finished(releases) if other != release), default=0)
    now = max(time.time_ns(), last + SECOND)
    os.utime(release, ns=(now, now))


def _made(release: Path) -> int:
    return release.stat().st_mtime_ns


def _remove(release: Path) -> None:
    """Remove a finished site; under another name first, so that half of it is never taken for a whole one."""
    with suppress(OSError):  # what cannot be removed now is tried again by the next run
        leaving = release.rename(release.with_name(f"{DRAFT}{release.name}"))
        shutil.rmtree(leaving, ignore_errors=True)


def _clear(releases: Path) -> None:
    for left in releases.glob(f"{DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
