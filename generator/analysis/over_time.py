"""One municipality over time: the trend of its totals and the change from one evaluation to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.analysis.answers import answered, gathered
from generator.analysis.beside import total_average
from generator.analysis.comparability import Relation, by_area, joins, relation
from generator.analysis.rounding import Direction, step
from generator.analysis.single import area_points
from generator.model import AREA_MAXIMUM, AREAS, TOTAL_MAXIMUM, Archive, Average, Evaluation, PrintedChange


@dataclass(frozen=True)
class TrendPoint:
    """One evaluation in a trend: its printed total, and the average printed in the same year, if any."""

    evaluation: Evaluation
    total: int
    average: Average | None


@dataclass(frozen=True)
class Trend:
    """Printed totals of one municipality in order of time, cut into runs that may be joined by a line."""

    runs: tuple[tuple[TrendPoint, ...], ...]

    @property
    def points(self) -> tuple[TrendPoint, ...]:
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True)
class AreaChange:
    """One area in two evaluations that may be compared area by area."""

    area: int
    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def direction(self) -> Direction | None:
        """Whether it certainly rose or fell; a change within rounding is `unchanged`."""
        return None if self.before is None or self.after is None else step(self.before, self.after, AREA_MAXIMUM)


@dataclass(frozen=True)
class Change:
    """From one evaluation of a municipality to the next: what may be said about it."""

    before: Evaluation
    after: Evaluation
    relation: Relation
    total: int | None
    areas: tuple[AreaChange, ...]
    """Empty where the editions do not compare area by area."""

    @property
    def direction(self) -> Direction | None:
        """Whether the total certainly rose or fell; a change within rounding is `unchanged`."""
        if self.total is None or self.before.total is None or self.after.total is None:
            return None
        return step(self.before.total, self.after.total, TOTAL_MAXIMUM)

    @property
    def printed(self) -> PrintedChange | None:
        """The change as the later report or its source prints it."""
        return next((p for p in self.after.printed_changes if p.since == self.before.year), None)


@answered
def of_municipality(archive: Archive, slug: str) -> list[Evaluation]:
    """The evaluations of a municipality in order of time; one whose year was not seen comes last."""
    return list(_by_municipality(archive).get(slug, ()))


@answered
def places(archive: Archive) -> tuple[str, ...]:
    """The municipalities that have an evaluation, in the archive's order."""
    return tuple(_by_municipality(archive))


@gathered
def _by_municipality(archive: Archive) -> dict[str, list[Evaluation]]:
    return by_municipality(archive.evaluations)


def by_municipality(evaluations: Iterable[Evaluation]) -> dict[str, list[Evaluation]]:
    """Evaluations by municipality, both in the order in which they come."""
    found: dict[str, list[Evaluation]] = {}
    for evaluation in evaluations:
        found.setdefault(evaluation.municipality, []).append(evaluation)
    return found


def trend(evaluations: Iterable[Evaluation], archive: Archive) -> Trend:
    """Printed totals over time, joined only where the editions compare by more than a guarded total."""
    runs: list[list[TrendPoint]] = []
    for evaluation in evaluations:
        if evaluation.total is None or evaluation.year is None:
            continue
        beside = total_average(evaluation, archive)
        point = TrendPoint(evaluation, evaluation.total, beside if beside and beside.year == evaluation.year else None)
        if runs and all(joins(earlier.evaluation, evaluation, archive) for earlier in runs[-1]):
            runs[-1].append(point)
        else:
            runs.append([point])
    return Trend(tuple(tuple(run) for run in runs))


def change(before: Evaluation, after: Evaluation, archive: Archive) -> Change:
    """What changed between two evaluations of a municipality, as far as their editions compare."""
    beside = relation(archive.editions, before.edition, after.edition)
    comparable = beside.level != "none" and before.total is not None and after.total is not None
    total = after.total - before.total if comparable and after.total is not None and before.total is not None else None
    old, new = area_points(before), area_points(after)
    numbers = [n for n in AREAS if n in old or n in new] if by_area(beside.level) else []
    return Change(before, after, beside, total, tuple(AreaChange(n, old.get(n), new.get(n)) for n in numbers))
