"""Values and practices across municipalities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import merge
from itertools import chain

from generator.analysis.answers import answered
from generator.analysis.comparability import by_area, relation
from generator.analysis.single import Kind, Practice, percent_of, practices
from generator.model import Archive, Evaluation, QuestionResult


@dataclass(frozen=True)
class Value:
    """One printed value of an area (points of 100) or of a question, across municipalities."""

    evaluation: Evaluation
    points: int | None
    result: QuestionResult | None = None


@answered
def area_values(archive: Archive, edition: str, area: int) -> list[Value]:
    """Every printed value of an area in evaluations whose edition compares area by area; most points first."""
    comparable = {e for e in _editions(archive) if by_area(relation(archive.editions, e, edition).level)}
    values = [
        Value(evaluation, points)
        for evaluation in archive.evaluations
        if evaluation.edition in comparable and evaluation.year
        if (result := evaluation.areas.get(area)) and (points := result.points) is not None
    ]
    return sorted(values, key=lambda value: (-(value.points or 0), value.evaluation.slug))


@answered
def area_count(archive: Archive, edition: str, area: int) -> int:
    """How many values there are."""
    return len(area_values(archive, edition, area))


@answered
def _editions(archive: Archive) -> set[str]:
    return {evaluation.edition for evaluation in archive.evaluations}


@answered
def question_values(archive: Archive, edition: str, number: str) -> list[Value]:
    """Every printed result of a question, in evaluations of the very same edition; highest percent first."""
    values = _question_values(archive).get((edition, number), [])
    return sorted(values, key=lambda value: (-((value.result and value.result.percent) or 0), value.evaluation.slug))


@answered
def _question_values(archive: Archive) -> dict[tuple[str, str], list[Value]]:
    found: dict[tuple[str, str], list[Value]] = {}
    for evaluation in archive.evaluations:
        for number, area in evaluation.areas.items() if evaluation.year else ():
            for key, result in area.questions.items():
                if key[0] == str(number):
                    found.setdefault((evaluation.edition, key), []).append(Value(evaluation, result.points, result))
    return found


@answered
def question_count(archive: Archive, edition: str, number: str) -> int:
    """How many results there are."""
    return len(_question_values(archive).get((edition, number), ()))


# Practices ----------------------------------------------------------------------------------------------------------


@answered
def all_practices(archive: Archive, kind: Kind) -> list[Practice]:
    """All items of one kind in the archive, in its order."""
    return [practice for evaluation in archive.evaluations for practice in practices(evaluation, kind)]


@answered
def practices_on(archive: Archive, kind: Kind, topic: str) -> list[Practice]:
    """The items of one kind that are about a topic, in the archive's order."""
    return _by_topic(archive, kind).get(topic, [])


@answered
def _by_topic(archive: Archive, kind: Kind) -> dict[str, list[Practice]]:
    found: dict[str, list[Practice]] = {}
    for practice in all_practices(archive, kind):
        for topic in dict.fromkeys(practice.item.topics):
            found.setdefault(topic, []).append(practice)
    return found


@answered
def examples_in(archive: Archive, edition: str, area: int) -> list[Practice]:
    """The examples in an area, of editions that compare area by area."""
    return [p for p in all_practices(archive, "examples") if p.area == area and _same_structure(archive, p, edition)]


@answered
def examples_of(archive: Archive, edition: str, question: str) -> list[Practice]:
    """The examples that are about a question of an edition."""
    examples = all_practices(archive, "examples")
    return [p for p in examples if p.item.question == question and p.evaluation.edition == edition]


@answered
def topics_in_use(archive: Archive) -> set[str]:
    """Topics that at least one example or strength is about: those with something to read."""
    return _by_topic(archive, "examples").keys() | _by_topic(archive, "strengths").keys()


def named_as_role_model(archive: Archive) -> Counter[tuple[str, int | None]]:
    """How often each (municipality, area) is pointed to as one to learn from."""
    return Counter((model.municipality, model.area) for e in archive.evaluations for model in e.role_models)


# Lessons ------------------------------------------------------------------------------------------------------------

_Placed = tuple[int, int, Practice]
"""Percent below zero and place in the archive, which together are the order, and the practice."""


def lessons(evaluation: Evaluation, area: int, archive: Archive, count: int = 1000) -> list[Practice]:
    """Examples from other evaluations on the topics of an area's improvements; same area first, then by percent."""
    wanted = sorted({topic for item in evaluation.areas[area].improvements for topic in item.topics})
    return _lessons(archive, tuple(wanted), evaluation.slug, area, evaluation.edition, count)


@answered
def _lessons(
    archive: Archive, topics: tuple[str, ...], slug: str, area: int, edition: str, count: int
) -> list[Practice]:
    near = merge(*(_ranked(archive, topic, area, edition) for topic in topics))
    far = merge(*(_ranked(archive, topic) for topic in topics))
    found: dict[int, Practice] = {}
    for _, place, practice in chain(near, far):
        if len(found) == count:
            break
        if practice.evaluation.slug != slug:
            found.setdefault(place, practice)
    return list(found.values())


@answered
def _ranked(archive: Archive, topic: str, area: int | None = None, edition: str = "") -> list[_Placed]:
    """The examples on a topic, by percent and then as in the archive; with `area`, those in that very area."""
    places = _places(archive)
    examples = _by_topic(archive, "examples").get(topic, [])
    fitting = [p for p in examples if area is None or (p.area == area and _same_structure(archive, p, edition))]
    return sorted(((-(percent_of(p) or 0), places[id(p)], p) for p in fitting), key=lambda placed: placed[:2])


@answered
def _places(archive: Archive) -> dict[int, int]:
    return {id(practice): place for place, practice in enumerate(all_practices(archive, "examples"))}


def _same_structure(archive: Archive, practice: Practice, edition: str) -> bool:
    return by_area(relation(archive.editions, practice.evaluation.edition, edition).level)
