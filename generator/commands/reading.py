"""Reading the archive with everything that is wrong with it: where every command starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.checks import check
from generator.load import Remembered, load
from generator.model import Archive
from generator.problems import Problem, Stop
from generator.progress import stage
from generator.text import words


def read(
    evaluations: Path, files: Sequence[Path] = (), before: Remembered | None = None
) -> tuple[Archive, tuple[Problem, ...]]:
    """The archive and its problems, sorted by place; `Stop` where there is no such folder."""
    if not evaluations.is_dir():
        raise Stop(words("sv")("commands.no_folder", path=evaluations))
    loaded = load(evaluations, files, before)
    with stage("checked"):
        found = check(loaded.archive, loaded.places, date.today())
    return loaded.archive, tuple(sorted({*loaded.problems, *found}))


def faulty(found: Sequence[Problem]) -> bool:
    """Whether there is an error among the problems; warnings are allowed."""
    return any(problem.severity == "error" for problem in found)
