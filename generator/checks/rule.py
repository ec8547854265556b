"""What a rule is: a small generator function with a code, which tells findings and knows no file format."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol, TypeVar

from generator.addresses import Ways
from generator.model import Archive, Average, Evaluation, KnownMismatch
from generator.problems import Problem, Severity

Item = TypeVar("Item")
Where = str | Evaluation
At = tuple[str | int, ...]
Told = tuple[Where, At, bool, str, Severity, Mapping[str, Any]]
"""File, place in it and whether its key is meant; code, severity and the values of the message."""


class Places(Protocol):
    """Where values stand, as `load` knows it."""

    failed: frozenset[str]

    def asks(self, where: Where) -> bool:
        """Whether problems of this file are wanted."""

    def problems(self, told: Iterable[Told]) -> list[Problem]:
        """Problems at values."""


@dataclass(frozen=True)
class Finding:
    """What a rule found: the file, the place in it, and the values of the message."""

    where: Where
    at: At
    values: Mapping[str, Any] = field(default_factory=dict)
    key: bool = False
    """True when the key is wrong, not its value."""
    name: str = ""
    """The place as `known_mismatches` names it, when it differs from `at`."""


@dataclass(frozen=True)
class Context:
    """What a rule may look at besides the record in hand."""

    archive: Archive
    today: date
    failed: frozenset[str] = frozenset()
    _made: dict[tuple[str, int], tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def years(self) -> dict[tuple[str, int | None], Evaluation]:
        """Evaluations by municipality and year."""
        return {(each.municipality, each.year): each for each in self.archive.evaluations}

    @cached_property
    def ways(self) -> Ways:
        """Which addresses there are, and where former ones lead."""
        return Ways(self.archive)

    @cached_property
    def withdrawn(self) -> frozenset[tuple[str, int | None]]:
        """Municipality and year of evaluations that are no longer published."""
        return frozenset((each.municipality, each.year) for each in self.archive.withdrawn)

    @cached_property
    def known(self) -> frozenset[tuple[str, int | None]]:
        """Municipality and year of what `known.yml` lists."""
        return frozenset((each.municipality, each.year) for each in self.archive.known)


    def once(self, made: Callable[[Evaluation], Iterable[Item]], evaluation: Evaluation) -> Sequence[Item]:
        """What a function makes of an evaluation, kept for the other rules that ask for it."""
        key = made.__name__, id(evaluation)
        if key not in self._made:
            self._made[key] = tuple(made(evaluation))
        return self._made[key]


Test = Callable[[Context, Any], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    """A registered rule: its code, how grave it is, and what it looks at."""

    code: str
    severity: Severity
    of: str
    test: Test


RULES: list[Rule] = []


def rule(code: str, of: str = "evaluation", severity: Severity = "error") -> Callable[[Test], Test]:
    """Register a function as the rule of a code, for each `evaluation`, each `average` or the whole `archive`."""

    def register(test: Test) -> Test:
        RULES.append(Rule(code, severity, of, test))
        return test

    return register


def records(context: Context, of: str) -> Iterator[Any]:
    """The records that a rule looks at."""
    if of == "evaluation":
        yield from (*context.archive.evaluations, *context.archive.withdrawn)
    elif of == "average":
        yield from context.archive.averages
    else:
        yield context.archive


def declared(context: Context) -> Iterator[tuple[Evaluation | Average, int, KnownMismatch]]:
    """Every declared mismatch with its owner and its index."""
    owners: list[Evaluation | Average] = [
        *context.archive.evaluations, *context.archive.withdrawn, *context.archive.averages]
    for owner in owners:
        for index, mismatch in enumerate(owner.known_mismatches):
            yield owner, index, mismatch


def place(owner: Evaluation | Average, at: At) -> tuple[Where, At]:
    """The file of a record and the place in that file."""
    return ("averages.yml", ("averages", owner.id, *at)) if isinstance(owner, Average) else (owner, at)


def finding(owner: Evaluation | Average, at: At, **values: Any) -> Finding:
    """A finding in an evaluation or an average, named as `known_mismatches` names it."""
    where, inside = place(owner, at)
    return Finding(where, inside, values, name=".".join(str(part) for part in at))


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """The values of "did you mean …?", if anything is near."""
    near = difflib.get_close_matches(word, list(known), 1, 0.6)
    return {"variant": "nearest", "nearest": near[0]} if near else {}
