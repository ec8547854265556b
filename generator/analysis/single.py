"""What one evaluation holds: how far down it is known, its sum where no total was printed, its practices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model import AREA_MAXIMUM, AREAS, AreaResult, Evaluation, Example, Improvement, Strength

Kind = Literal["examples", "strengths", "improvements"]
Completeness = Literal["questions", "areas", "some areas", "total", "known"]
LEVELS: tuple[Completeness, ...] = ("questions", "areas", "some areas", "total", "known")


@dataclass(frozen=True)
class Practice:
    """An example, strength or improvement and where it stands (area None: the whole evaluation)."""

    evaluation: Evaluation
    area: int | None
    item: Example | Strength | Improvement


def area_points(evaluation: Evaluation) -> dict[int, int]:
    """The printed points of the areas that have any."""
    return {n: area.points for n, area in sorted(evaluation.areas.items()) if area.points is not None}


def completeness(evaluation: Evaluation) -> Completeness:
    """How far down figures are known."""
    points = area_points(evaluation)
    if len(points) == len(AREAS):
        return "questions" if all(area.questions for area in evaluation.areas.values()) else "areas"
    if points:
        return "some areas"
    return "total" if evaluation.total is not None else "known"


def has_prose(area: AreaResult) -> bool:
    """Whether anything but figures is known of an area."""
    return bool(area.brief or area.summary or area.strengths or area.improvements or area.examples or area.highlights)


def told_areas(evaluation: Evaluation) -> tuple[int, ...]:
    """The areas of which more than their points is known."""
    return tuple(n for n, area in sorted(evaluation.areas.items()) if has_prose(area) or area.questions)


def summed_total(evaluation: Evaluation) -> int | None:
    """Our sum of the eight areas, for a report whose total was not seen in print; else None."""
    points = area_points(evaluation)
    return sum(points.values()) if evaluation.total is None and len(points) == len(AREAS) else None


def practices(evaluation: Evaluation, kind: Kind) -> list[Practice]:
    """All items of one kind, areas first in order, then those of the whole evaluation."""
    of_areas = [
        Practice(evaluation, number, item)
        for number, area in sorted(evaluation.areas.items())
        for item in getattr(area, kind)
    ]
    return of_areas + [Practice(evaluation, None, item) for item in getattr(evaluation, kind)]


def percent_of(practice: Practice) -> int | None:
    """Percent of the practice's question as printed, else of its area (points of 100), else None."""
    area = practice.evaluation.areas.get(practice.area) if practice.area else None
    if area is None:
        return None
    question = area.questions.get(practice.item.question) if practice.item.question else None
    if question is not None and question.percent is not None:
        return question.percent
    return area.points * 100 // AREA_MAXIMUM if area.points is not None else None


def gold_star(practice: Practice) -> bool:
    """Whether the evaluators gave it a guldstjärna (gullstjerne)."""
    return isinstance(practice.item, Example) and practice.item.gold_star
