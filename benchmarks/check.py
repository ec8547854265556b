"""What `check` costs beside PyYAML alone: 500 invented evaluations of 25 kB, without and with warnings in each.

Both are measured in turn in one process, in seconds of processor time, so that a busy machine slows them alike.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import yaml

from benchmarks import files
from generator.checks import check
from generator.load import load
from generator.problems import Problem, show

FILES = 500
BYTES = 25_000
ROUNDS = 5
TODAY = date(2026, 11, 23)
HEAD = ("Check", "files", "kB each", "problems", "PyYAML, s", "check, s", "ratio", "at most")
LIMIT = 1.5


def rows(_: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for a folder without warnings, one for a folder with three in each file."""
    for name, warned in (("without warnings", False), ("with warnings", True)):
        with tempfile.TemporaryDirectory() as folder:
            yield _row(name, Path(folder), files.write(Path(folder), FILES, BYTES, warned))


def _row(name: str, folder: Path, paths: list[Path]) -> tuple[str, ...]:
    size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
    costs = [*measured(folder, paths, ROUNDS)]
    plain, ours = (statistics.median(column) for column in zip(*costs, strict=True))
    ratio = statistics.median(mine / alone for alone, mine in costs)
    found = len(checked(folder))
    return name, str(len(paths)), f"{size:.1f}", str(found), f"{plain:.2f}", f"{ours:.2f}", f"{ratio:.2f}", str(LIMIT)


def measured(folder: Path, paths: list[Path], rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds of PyYAML alone and of `check`, in turn."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for _ in range(rounds):
        yield _cost(lambda: _plain(texts)), _cost(lambda: show(checked(folder)))


def checked(folder: Path) -> list[Problem]:
    """What `python -m generator check` finds in a folder."""
    loaded = load(folder)
    return [*loaded.problems, *check(loaded.archive, loaded.places, TODAY)]


def _plain(texts: list[str]) -> None:
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
