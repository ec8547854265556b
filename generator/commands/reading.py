"""Reading the archive with everything that is wrong with it: where every command starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks import Before, check
from generator.load import Remembered, load
from generator.load.memory import uncollected
from generator.model import Archive
from generator.problems import Problem, Stop
from generator.progress import stage
from generator.publish import recall
from generator.text import words

REMEMBERED = "remembered"
ROOMS = ("generator.analysis", "generator.checks", "generator.load", "generator.model", "generator.pages")
"""The rooms whose records are remembered."""
BEGINNING = 2026
"""The year that this was written in: no clock that is right shows an earlier one."""


def read(
    evaluations: Path, files: Sequence[Path] = (), before: Reading | None = None, warnings: bool = True
) -> tuple[Archive, tuple[Problem, ...]]:
    """The archive and its problems, sorted by place; `Stop` where there is no such folder.

    Without `warnings`, not all of them are looked for. What was read and found `before` is brought up to date.
    """
    if not evaluations.is_dir():
        raise Stop(words("sv")("commands.no_folder", path=evaluations))
    before = before or Reading()
    loaded = load(evaluations, files, before.read)
    with stage("checked"):
        found = check(loaded.archive, loaded.places, today(), before.found, warnings)
    return loaded.archive, tuple(sorted({*loaded.problems, *found}))


@dataclass
class Reading:
    """What was read the last time, and what was found in it."""

    read: Remembered = field(default_factory=dict)
    found: Before = field(default_factory=Before)


def recalled(cache: Path, version: str) -> Iterator[Any]:
    """What another build remembered, part by part: what it read with what rules found, and what it made of that."""
    parts = recall(cache / REMEMBERED, version, ROOMS)
    while True:
        with uncollected():
            part = next(parts, None)
        if part is None:
            return
        yield part


def records(read: Remembered) -> dict[str, object]:
    """What came of each file, by its path."""
    return {path: understood.made for path, understood in read.items()}


def today() -> date:
    """The day; by a clock that was never set, the last of all days, since nobody can say what lies in the future."""
    day = date.today()
    return day if day.year >= BEGINNING else date.max


def faulty(found: Sequence[Problem]) -> bool:
    """Whether there is an error among the problems; warnings are allowed."""
    return any(problem.severity == "error" for problem in found)
