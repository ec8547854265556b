"""Any two evaluations side by side: only what their editions allow, and what the comparison rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.analysis.comparability import UNKNOWN, Relation, by_area, relation
from generator.analysis.rounding import Direction, direction, printed_result, step
from generator.analysis.single import area_points, summed_total
from generator.model import AREA_MAXIMUM, AREAS, TOTAL_MAXIMUM, Archive, Evaluation, QuestionResult

Ground = Literal["areas", "some areas", "total", "nothing"]
Reason = Literal["", "editions", "edition unknown", "not printed"]


@dataclass(frozen=True)
class Total:
    """An evaluation's total as printed, or our sum of its eight areas where none was printed."""

    points: int
    summed: bool


@dataclass(frozen=True)
class ComparedArea:
    """One area in both evaluations: points of 100 as printed, None where not printed."""

    area: int
    one: int | None
    other: int | None

    @property
    def difference(self) -> int | None:
        """How many more the first has, where both are printed."""
        return None if self.one is None or self.other is None else self.one - self.other

    @property
    def direction(self) -> Direction | None:
        """Whether the first has certainly more or fewer; `unchanged` is within rounding."""
        return None if self.one is None or self.other is None else step(self.other, self.one, AREA_MAXIMUM)


@dataclass(frozen=True)
class ComparedQuestion:
    """One question of one and the same edition, printed in both evaluations."""

    number: str
    maximum: int
    one: QuestionResult
    other: QuestionResult
    direction: Direction | None


@dataclass(frozen=True)
class Comparison:
    """Two evaluations side by side, as far as they compare."""

    one: Evaluation
    other: Evaluation
    relation: Relation
    totals: tuple[Total, Total] | None
    """Both totals, where the editions compare at all and both are known."""
    areas: tuple[ComparedArea, ...]
    """All eight areas where at least one is printed in both, else none."""
    questions: tuple[ComparedQuestion, ...]

    @property
    def compared(self) -> tuple[ComparedArea, ...]:
        """The areas printed in both, in the instrument's order."""
        return tuple(row for row in self.areas if row.difference is not None)

    @property
    def by_size(self) -> tuple[ComparedArea, ...]:
        """The areas printed in both, the largest difference first."""
        return tuple(sorted(self.compared, key=lambda row: (-abs(row.difference or 0), row.area)))

    @property
    def ground(self) -> Ground:
        """What the comparison rests on."""
        if self.compared:
            return "areas" if len(self.compared) == len(AREAS) else "some areas"
        return "total" if self.totals else "nothing"

    @property
    def reason(self) -> Reason:
        """Why it does not rest on more."""
        if self.ground == "areas":
            return ""
        if by_area(self.relation.level):
            return "not printed"
        return "edition unknown" if UNKNOWN in (self.one.edition, self.other.edition) else "editions"


def total_of(evaluation: Evaluation) -> Total | None:
    """The total to lay beside another: as printed, else our sum of all eight areas."""
    if evaluation.total is not None:
        return Total(evaluation.total, False)
    summed = summed_total(evaluation)
    return None if summed is None else Total(summed, True)


def comparison(one: Evaluation, other: Evaluation, archive: Archive) -> Comparison:
    """What two evaluations have in common, as far as their editions compare."""
    beside = relation(archive.editions, one.edition, other.edition)
    ours, theirs = total_of(one), total_of(other)
    totals = (ours, theirs) if ours and theirs and beside.level != "none" else None
    areas = _areas(one, other) if by_area(beside.level) else ()
    return Comparison(one, other, beside, totals, areas, _questions(one, other, archive))


def total_step(totals: tuple[Total, Total]) -> Direction:
    """Whether the first total is certainly more or fewer than the second."""
    return step(totals[1].points, totals[0].points, TOTAL_MAXIMUM)


def _areas(one: Evaluation, other: Evaluation) -> tuple[ComparedArea, ...]:
    ours, theirs = area_points(one), area_points(other)
    if not ours.keys() & theirs.keys():
        return ()
    return tuple(ComparedArea(area, ours.get(area), theirs.get(area)) for area in AREAS)


def _questions(one: Evaluation, other: Evaluation, archive: Archive) -> tuple[ComparedQuestion, ...]:
    """Questions compare within the very same, known edition only."""
    if one.edition != other.edition or one.edition not in archive.editions:
        return ()
    found = []
    for number, area in sorted(archive.editions[one.edition].areas.items()):
        ours, theirs = (e.areas[number].questions if number in e.areas else {} for e in (one, other))
        for key in sorted(ours.keys() & theirs.keys(), key=_in_order):
            known = area.questions.get(key)
            maximum = known.maximum if known else ours[key].maximum
            if maximum and {ours[key].maximum, theirs[key].maximum} <= {None, maximum}:
                found.append(_question(key, maximum, ours[key], theirs[key]))
    return tuple(found)


def _in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _question(number: str, maximum: int, one: QuestionResult, other: QuestionResult) -> ComparedQuestion:
    ours, theirs = printed_result(one, maximum), printed_result(other, maximum)
    way = direction(theirs, ours) if ours and theirs else None
    return ComparedQuestion(number, maximum, one, other, way)
