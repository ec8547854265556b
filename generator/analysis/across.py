"""Values and practices across municipalities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.analysis.comparability import by_area, relation
from generator.analysis.single import Kind, Practice, area_points, percent_of, practices
from generator.model import Archive, Evaluation, QuestionResult


@dataclass(frozen=True)
class Value:
    """One printed value of an area (points of 100) or of a question, across municipalities."""

    evaluation: Evaluation
    points: int | None
    result: QuestionResult | None = None


def area_values(archive: Archive, edition: str, area: int) -> list[Value]:
    """Every printed value of an area in evaluations whose edition compares area by area; most points first."""
    values = [
        Value(evaluation, points)
        for evaluation in archive.evaluations
        if evaluation.year and by_area(relation(archive.editions, evaluation.edition, edition).level)
        if (points := area_points(evaluation).get(area)) is not None
    ]
    return sorted(values, key=lambda value: (-(value.points or 0), value.evaluation.slug))


def question_values(archive: Archive, edition: str, number: str) -> list[Value]:
    """Every printed result of a question, in evaluations of the very same edition; highest percent first."""
    values = [
        Value(evaluation, result.points, result)
        for evaluation in archive.evaluations
        if evaluation.edition == edition and evaluation.year
        if (area := evaluation.areas.get(int(number[0]))) and (result := area.questions.get(number))
    ]
    return sorted(values, key=lambda value: (-((value.result and value.result.percent) or 0), value.evaluation.slug))


def all_practices(archive: Archive, kind: Kind) -> list[Practice]:
    """All items of one kind in the archive, in its order."""
    return [practice for evaluation in archive.evaluations for practice in practices(evaluation, kind)]


def topics_in_use(archive: Archive) -> set[str]:
    """Topics that at least one example or strength is about: those with something to read."""
    found = all_practices(archive, "examples") + all_practices(archive, "strengths")
    return {topic for practice in found for topic in practice.item.topics}


def named_as_role_model(archive: Archive) -> Counter[tuple[str, int | None]]:
    """How often each (municipality, area) is pointed to as one to learn from."""
    return Counter((model.municipality, model.area) for e in archive.evaluations for model in e.role_models)


def lessons(evaluation: Evaluation, area: int, archive: Archive) -> list[Practice]:
    """Examples from other evaluations on the topics of an area's improvements; same area first, then by percent."""
    wanted = {topic for item in evaluation.areas[area].improvements for topic in item.topics}
    found = [
        practice
        for practice in all_practices(archive, "examples")
        if practice.evaluation is not evaluation and wanted.intersection(practice.item.topics)
    ]
    return sorted(
        found, key=lambda practice: (not _same_area(practice, evaluation, area, archive), -(percent_of(practice) or 0))
    )


def _same_area(practice: Practice, evaluation: Evaluation, area: int, archive: Archive) -> bool:
    level = relation(archive.editions, practice.evaluation.edition, evaluation.edition).level
    return practice.area == area and by_area(level)
