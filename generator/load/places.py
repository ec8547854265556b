"""Where a value stands, so that a rule can point at it.

The file is parsed again for it: few values are ever pointed at, and the places of all would fill the memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from generator.load.file import File
from generator.load.memory import uncollected
from generator.load.published import PUBLISHED, line_of
from generator.load.registry import COLUMNS, cell
from generator.load.spots import Spot, located
from generator.load.validation import place
from generator.model import Evaluation
from generator.problems import Problem, Severity

At = str | tuple[str | int, ...]
Place = tuple[str, int, int, str, int]
Told = tuple[str | Evaluation, tuple[str | int, ...], bool, str, Severity, Mapping[str, Any]]
"""What a rule says: file, place in it and whether its key is meant; code, severity and the values of the message."""

REGISTRY = "municipalities.csv"


class Places:
    """The files that were read, by their path inside the folder, and where things stand in them."""

    def __init__(self, files: Mapping[str, File], asked: Collection[str], failed: Collection[str]) -> None:
        self.files = files
        self.asked = frozenset(asked)
        """The files whose problems the caller wants to see; empty means all."""
        self.failed = frozenset(failed)
        """The files that were refused in part or whole: what follows from that is not worth a message."""
        self._located = lru_cache(maxsize=1)(self._parsed)

    def asks(self, where: str | Evaluation) -> bool:
        """Whether problems of this file are wanted."""
        return not self.asked or path_of(where) in self.asked

    def at(self, where: str | Evaluation, at: At, key: bool = False) -> Place:
        """Path, line, column, source line and token length of a value (or of its key).

        `at` is `"areas.4.points"` or a tuple of keys; items of a list answer to their index, `id` or `since`.
        What is not in the file is shown at the nearest thing around it.
        """
        relative = path_of(where)
        file = self._file(relative)
        line, column, length = self._found(relative, file, parts(at), key)
        return file.path, line, column, file.line(line), length

    def _file(self, relative: str) -> File:
        try:
            return self.files[relative]
        except KeyError:
            return File(relative)

    def problems(self, told: Iterable[Told]) -> list[Problem]:
        """Problems at values, file by file, since finding a place means reading its file once more.

        The collector is paused while `told` is made, too: rules keep what they make, and would set it going.
        """
        with uncollected():
            return [self._problem(*each) for each in sorted(told, key=lambda each: path_of(each[0]))]

    def _problem(
        self, where: str | Evaluation, at: At, key: bool, code: str, severity: Severity, values: Mapping[str, Any]
    ) -> Problem:
        path, line, column, source_line, length = self.at(where, at, key)
        return Problem(path, line, column, code, severity, values, source_line, length)

    def _found(self, relative: str, file: File, at: list[str], key: bool) -> tuple[int, int, int]:
        if relative == REGISTRY:
            return _row(file, at)
        if relative == PUBLISHED:
            line = line_of(file, "".join(at))
            return line, 1, len(file.line(line))
        try:
            root = self._located(relative)
            return place(root, _keys(root, at), file, key)
        except (yaml.YAMLError, LookupError):
            return 1, 1, 1

    def _parsed(self, relative: str) -> Spot:
        return located(self.files[relative])


def path_of(where: str | Evaluation) -> str:
    """The path inside the folder: the identity of an evaluation."""
    if isinstance(where, str):
        return where
    return f"{where.country}/{where.municipality}/{where.year or 'unknown'}.yml"


def parts(at: At) -> list[str]:
    """`"areas.4.questions.4.2.points"` as its parts; `4.2` is put together again where the file has that key."""
    return at.split(".") if isinstance(at, str) else [str(part) for part in at]


def _keys(spot: Spot, at: list[str]) -> list[Any]:
    """The file's own keys and list indexes for the parts of `at`, as far as they lead."""
    found: list[Any] = []
    while at:
        step = _step(spot, at)
        if step is None:
            return [*found, at[0]]
        key, spot, used = step
        found.append(key)
        at = at[used:]
    return found


def _step(spot: Spot, at: list[str]) -> tuple[Any, Spot, int] | None:
    """Where the first part leads to, or the first two joined by a dot, as in a question's number."""
    for used in (1, 2):
        found = _child(spot, ".".join(at[:used])) if len(at) >= used else None
        if found:
            return *found, used
    return None


def _child(spot: Spot, name: str) -> tuple[Any, Spot] | None:
    """Under a key; in a list by the `id` or `since` of an item, or by number."""
    named = ((index, item) for index, item in spot.inside() if name in _names(item)) if spot.listed else iter(())
    return next(named, None) or spot.child(name)


def _names(item: Spot) -> list[str]:
    """What a list item is called in a place."""
    return [inside.value.value for key, inside in item.inside() if key in ("id", "since") and inside.scalar]


def _row(file: File, at: list[str]) -> tuple[int, int, int]:
    """The row of a slug, and its column if one is named."""
    header = file.line(1).split(",")
    slug = header.index("slug") if "slug" in header else COLUMNS.index("slug")
    for number, line in enumerate(file.lines, 1):
        column, length = cell(line, slug)
        if at and line[column - 1:column - 1 + length].strip('"') == at[0]:
            named = header.index(at[1]) if len(at) > 1 and at[1] in header else slug
            return number, *cell(line, named)
    return 1, 1, 1

