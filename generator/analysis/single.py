"""What one evaluation holds: how far down it is known, its sum where no total was printed, its practices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.analysis.answers import of_one
from generator.model import (
    AREA_MAXIMUM,
    AREAS,
    AreaResult,
    Evaluation,
    Example,
    Identity,
    Improvement,
    QuestionResult,
    Strength,
)

Kind = Literal["examples", "strengths", "improvements"]
Completeness = Literal["questions", "areas", "some areas", "total", "known"]
LEVELS: tuple[Completeness, ...] = ("questions", "areas", "some areas", "total", "known")


@dataclass(frozen=True)
class Practice:
    """An example, strength or improvement, where it stands (area None: the whole evaluation), and what it rests on.

    It holds all that may be said of it elsewhere, so that it is another only when that is.
    """

    evaluation: Identity
    area: int | None
    item: Example | Strength | Improvement
    points: int | None
    """Of its area."""
    result: QuestionResult | None
    """Of its question, where its area has one of that number."""
    place: int
    """Which of the evaluation's items of its kind it is."""


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


@of_one
def identity(evaluation: Evaluation) -> Identity:
    """Which evaluation it is, without all that it says."""
    return Identity.model_construct(**{name: getattr(evaluation, name) for name in Identity.model_fields})


@of_one
def practices(evaluation: Evaluation, kind: Kind) -> tuple[Practice, ...]:
    """All items of one kind, areas first in order, then those of the whole evaluation."""
    of_areas = [(number, item) for number, area in sorted(evaluation.areas.items()) for item in getattr(area, kind)]
    found = [*of_areas, *((None, item) for item in getattr(evaluation, kind))]
    return tuple(_practice(evaluation, area, item, place) for place, (area, item) in enumerate(found))


def _practice(
    evaluation: Evaluation, number: int | None, item: Example | Strength | Improvement, place: int
) -> Practice:
    area = evaluation.areas[number] if number else AreaResult()
    return Practice(identity(evaluation), number, item, area.points, area.questions.get(item.question or ""), place)


def percent_of(practice: Practice) -> int | None:
    """Percent of the practice's question as printed, else of its area (points of 100), else None."""
    if practice.result is not None and practice.result.percent is not None:
        return practice.result.percent
    return practice.points * 100 // AREA_MAXIMUM if practice.points is not None else None


def gold_star(practice: Practice) -> bool:
    """Whether the evaluators gave it a guldstjärna (gullstjerne)."""
    return isinstance(practice.item, Example) and practice.item.gold_star
