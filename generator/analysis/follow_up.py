"""What came after the advice: each improvement of one evaluation beside the change in the next.

Followed by, never caused by: nothing here says that an improvement, an action or a role model made the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from generator.analysis.answers import answered, gathered
from generator.analysis.comparability import joins
from generator.analysis.comparison import ComparedArea, ComparedQuestion, comparison
from generator.analysis.over_time import of_municipality, places
from generator.analysis.rounding import Direction
from generator.analysis.single import Practice, identity, practices
from generator.model import Action, Archive, Evaluation, Identity, Improvement, RoleModel, Target

ENOUGH_PAIRS = 5
"""From so many pairs on the follow-up is told for the whole; before that, only how many there are."""
Report = Literal["planned", "underway", "done", "dropped", "unreported", "overdue"]


@dataclass(frozen=True)
class FollowUp:
    """An improvement of one evaluation and what the next one shows where it stood."""

    improvement: Practice
    after: Identity
    area: ComparedArea | None
    """Its area, later (`one`) beside earlier (`other`); None where the two do not compare."""
    question: ComparedQuestion | None
    role_models: tuple[RoleModel, ...]
    """Who was named as a role model in that area then."""

    @property
    def direction(self) -> Direction | None:
        """The way its question went, where known, else its area."""
        found = self.question or self.area
        return found.direction if found else None

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the municipality says it did."""
        item = self.improvement.item
        return item.actions if isinstance(item, Improvement) else ()


@dataclass(frozen=True)
class Pair:
    """Two evaluations of a municipality, one after the other, the first with improvements."""

    before: Identity
    after: Identity
    followed: tuple[FollowUp, ...]

    @property
    def known(self) -> tuple[FollowUp, ...]:
        """Those whose change is known."""
        return tuple(each for each in self.followed if each.direction)


@dataclass(frozen=True)
class TargetOutcome:
    """A target and the total it can be held against: of its year, where that compares with where it was set."""

    target: Target
    set_in: Evaluation
    result: Evaluation | None

    @property
    def reached(self) -> bool | None:
        """Whether the printed total came up to it; None where nothing can be said."""
        if self.result is None or self.result.total is None:
            return None
        return self.result.total >= self.target.total


@gathered
def as_of(archive: Archive) -> date | None:
    """The day the archive speaks of: the last one on which a source was read. There is no clock here."""
    return max((source.read for e in archive.evaluations for source in e.sources), default=None)


def age(evaluation: Identity, archive: Archive) -> int | None:
    """How many years old an evaluation is, on the day the archive speaks of."""
    day = as_of(archive)
    return None if day is None or evaluation.year is None else day.year - evaluation.year


@answered
def pairs(archive: Archive) -> list[Pair]:
    """Every two evaluations of a municipality in a row, where the first holds improvements."""
    return [pair for slug in places(archive) for pair in pairs_of(archive, slug)]


@answered
def pairs_of(archive: Archive, slug: str) -> list[Pair]:
    """Those of one municipality."""
    dated = [evaluation for evaluation in of_municipality(archive, slug) if evaluation.year]
    found = (_pair(before, after, archive) for before, after in pairwise(dated))
    return [pair for pair in found if pair.followed]


def countable(found: Iterable[Pair]) -> list[Pair]:
    """The pairs in which the change is known for at least one improvement."""
    return [pair for pair in found if pair.known]


def follow_up(before: Evaluation, after: Evaluation, archive: Archive) -> tuple[FollowUp, ...]:
    """Each improvement of the earlier evaluation, beside the change up to the later one."""
    return _pair(before, after, archive).followed


def _pair(before: Evaluation, after: Evaluation, archive: Archive) -> Pair:
    beside = comparison(after, before, archive)
    areas = {row.area: row for row in beside.compared}
    questions = {row.number: row for row in beside.questions}
    followed = tuple(
        FollowUp(
            practice,
            identity(after),
            areas.get(practice.area or 0),
            questions.get(practice.item.question or ""),
            tuple(m for m in before.role_models if practice.area is not None and m.area == practice.area),
        )
        for practice in practices(before, "improvements")
    )
    return Pair(identity(before), identity(after), followed)


def targets(evaluations: Iterable[Evaluation], archive: Archive) -> list[TargetOutcome]:
    """The targets of a municipality, each with the evaluation of its year if the totals compare."""
    known = list(evaluations)
    return [outcome for each in known for outcome in _outcomes(each, known, archive)]


def _outcomes(set_in: Evaluation, known: list[Evaluation], archive: Archive) -> Iterator[TargetOutcome]:
    for target in set_in.targets:
        of_year = [e for e in known if target.year is not None and e.year == target.year and e.total is not None]
        fitting = [e for e in of_year if e is set_in or joins(set_in, e, archive)]
        yield TargetOutcome(target, set_in, next(iter(fitting), None))


def report(action: Action, archive: Archive) -> Report:
    """How far an action has come: overdue and unreported are told apart."""
    if action.state in ("done", "dropped"):
        return action.state
    day = as_of(archive)
    if action.by is not None and day is not None and _last_day(action.by) < day.isoformat():
        return "overdue" if action.state else "unreported"
    return action.state or "unreported"


def _last_day(partial: str) -> str:
    """Sorts after every day of the year or month that was named."""
    return partial + "-99-99"[: 10 - len(partial)]
