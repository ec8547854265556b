"""Printed averages that may stand beside an evaluation. They are chosen here, never computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.analysis.comparability import UNKNOWN, Relation, by_area, new_structure_between, relation
from generator.analysis.single import area_points
from generator.model import AREAS, Archive, Average, Evaluation


@dataclass(frozen=True)
class ProfileRow:
    """One area of a profile: points of 100 as printed, and the printed average beside it. None is not printed."""

    area: int
    points: int | None
    average: int | None

    @property
    def difference(self) -> int | None:
        """Points above (+) or below (−) the average, where both are printed."""
        return None if self.points is None or self.average is None else self.points - self.average


@dataclass(frozen=True)
class Profile:
    """An evaluation's eight areas beside a printed average of a comparable edition, where one exists."""

    evaluation: Evaluation
    average: Average | None
    relation: Relation | None
    rows: tuple[ProfileRow, ...]


def total_average(evaluation: Evaluation, archive: Archive) -> Average | None:
    """The printed average that an evaluation's total stands beside."""
    return _nearest(
        evaluation,
        [a for a in archive.averages if a.total is not None and _may_stand_beside(a, evaluation, archive, False)],
    )


def areas_average(evaluation: Evaluation, archive: Archive) -> Average | None:
    """The printed average that an evaluation's areas stand beside: of an edition that compares area by area."""
    return _nearest(
        evaluation, [a for a in archive.averages if a.areas and _may_stand_beside(a, evaluation, archive, True)]
    )


def _may_stand_beside(average: Average, evaluation: Evaluation, archive: Archive, areas: bool) -> bool:
    if average.country != evaluation.country or evaluation.year is None:
        return False
    level = relation(archive.editions, evaluation.edition, average.edition).level
    if by_area(level) or areas:
        return by_area(level)
    unknown = UNKNOWN in (evaluation.edition, average.edition)
    return unknown and not new_structure_between(archive.editions, evaluation.year, average.year)


def _nearest(evaluation: Evaluation, averages: Sequence[Average]) -> Average | None:
    """The newest printed in or before the evaluation's year, else the first printed after it."""
    ordered = sorted(averages, key=lambda average: average.date)
    earlier = [average for average in ordered if average.year <= (evaluation.year or 0)]
    return earlier[-1] if earlier else next(iter(ordered), None)


def profile(evaluation: Evaluation, archive: Archive) -> Profile:
    """The eight areas as printed, each with the printed average of a comparable edition."""
    average = areas_average(evaluation, archive)
    points = area_points(evaluation)
    rows = tuple(ProfileRow(n, points.get(n), average.areas.get(n) if average else None) for n in AREAS)
    beside = relation(archive.editions, evaluation.edition, average.edition) if average else None
    return Profile(evaluation, average, beside, rows)
