"""Values and practices across municipalities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from typing import Any

from generator.analysis.answers import answered, gathered, of_one
from generator.analysis.comparability import by_area, relation
from generator.analysis.single import Kind, Practice, area_points, gold_star, identity, percent_of, practices
from generator.model import Archive, Evaluation, Identity, QuestionResult, Source


@dataclass(frozen=True)
class Value:
    """One printed value of an area (points of 100) or of a question, across municipalities."""

    evaluation: Identity
    points: int | None
    result: QuestionResult | None = None


@answered
def area_values(archive: Archive, edition: str, area: int) -> list[Value]:
    """Every printed value of an area in evaluations whose edition compares area by area; most points first."""
    comparable = (
        values
        for (of, number), values in _area_values(archive).items()
        if number == area and by_area(relation(archive.editions, of, edition).level)
    )
    return sorted(chain(*comparable), key=lambda value: (-(value.points or 0), value.evaluation.slug))


@gathered
def _area_values(archive: Archive) -> dict[tuple[str, int], list[Value]]:
    found: dict[tuple[str, int], list[Value]] = {}
    for evaluation in archive.evaluations:
        for number, value in _own_areas(evaluation) if evaluation.year else ():
            found.setdefault((evaluation.edition, number), []).append(value)
    return found


@of_one
def _own_areas(evaluation: Evaluation) -> list[tuple[int, Value]]:
    return [(number, Value(identity(evaluation), points)) for number, points in area_points(evaluation).items()]


@answered
def area_count(archive: Archive, edition: str, area: int) -> int:
    """How many values there are."""
    return len(area_values(archive, edition, area))


@answered
def question_values(archive: Archive, edition: str, number: str) -> list[Value]:
    """Every printed result of a question, in evaluations of the very same edition; highest percent first."""
    values = _question_values(archive).get((edition, number), [])
    return sorted(values, key=lambda value: (-((value.result and value.result.percent) or 0), value.evaluation.slug))


@gathered
def _question_values(archive: Archive) -> dict[tuple[str, str], list[Value]]:
    found: dict[tuple[str, str], list[Value]] = {}
    for evaluation in archive.evaluations:
        for key, value in _own_questions(evaluation) if evaluation.year else ():
            found.setdefault((evaluation.edition, key), []).append(value)
    return found


@of_one
def _own_questions(evaluation: Evaluation) -> list[tuple[str, Value]]:
    return [
        (key, Value(identity(evaluation), result.points, result))
        for number, area in evaluation.areas.items()
        for key, result in area.questions.items()
        if key[0] == str(number)
    ]


@answered
def question_count(archive: Archive, edition: str, number: str) -> int:
    """How many results there are."""
    return len(_question_values(archive).get((edition, number), ()))


@gathered
def identities(archive: Archive) -> tuple[Identity, ...]:
    """Which evaluations there are, in the archive's order."""
    return tuple(map(identity, archive.evaluations))


# Practices ----------------------------------------------------------------------------------------------------------


@gathered
def all_practices(archive: Archive, kind: Kind) -> list[Practice]:
    """All items of one kind in the archive, in its order."""
    return [practice for evaluation in archive.evaluations for practice in practices(evaluation, kind)]


@answered
def practices_in(archive: Archive, slug: str, kind: Kind) -> tuple[Practice, ...]:
    """The items of one kind in one evaluation."""
    return _practices_in(archive, kind).get(slug, ())


@answered
def practices_in_area(archive: Archive, slug: str, kind: Kind, area: int) -> tuple[Practice, ...]:
    """Those of an area of one evaluation."""
    return tuple(practice for practice in practices_in(archive, slug, kind) if practice.area == area)


@answered
def practices_about(archive: Archive, slug: str, kind: Kind, question: str) -> tuple[Practice, ...]:
    """Those of one evaluation that are about a question."""
    return tuple(practice for practice in practices_in(archive, slug, kind) if practice.item.question == question)


@gathered
def _practices_in(archive: Archive, kind: Kind) -> dict[str, tuple[Practice, ...]]:
    return {evaluation.slug: practices(evaluation, kind) for evaluation in archive.evaluations}


@answered
def sources(archive: Archive, slug: str) -> tuple[Source, ...]:
    """What one evaluation was read in."""
    return _sources(archive).get(slug, ())


@gathered
def _sources(archive: Archive) -> dict[str, tuple[Source, ...]]:
    return {evaluation.slug: evaluation.sources for evaluation in archive.evaluations}


@answered
def practice_count(archive: Archive, kind: Kind) -> int:
    """How many items of one kind there are."""
    return len(all_practices(archive, kind))


@answered
def worth_borrowing(archive: Archive, count: int) -> list[Practice]:
    """Gold stars first, then the examples that stand on the highest percent; one from each municipality."""
    chosen: dict[str, Practice] = {}
    for practice in sorted(all_practices(archive, "examples"), key=_worth):
        chosen.setdefault(practice.evaluation.municipality, practice)
    return list(chosen.values())[:count]


def _worth(practice: Practice) -> tuple[bool, int, int, str]:
    of = practice.evaluation
    return not gold_star(practice), -(percent_of(practice) or 0), -(of.year or 0), of.slug


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
    comparable = (e for e in archive.editions if by_area(relation(archive.editions, e, edition).level))
    return sorted(chain(*(examples_on(archive, e, area) for e in comparable)), key=_in_order)


@answered
def examples_on(archive: Archive, edition: str, area: int) -> list[Practice]:
    """The examples in an area of one edition."""
    return _by_area(archive).get((edition, area), [])


@answered
def _by_area(archive: Archive) -> dict[tuple[str, int], list[Practice]]:
    found: dict[tuple[str, int], list[Practice]] = {}
    for practice in all_practices(archive, "examples"):
        if practice.area:
            found.setdefault((practice.evaluation.edition, practice.area), []).append(practice)
    return found


@answered
def examples_of(archive: Archive, edition: str, question: str) -> list[Practice]:
    """The examples that are about a question of an edition."""
    return _by_question(archive).get((edition, question), [])


@answered
def _by_question(archive: Archive) -> dict[tuple[str, str], list[Practice]]:
    found: dict[tuple[str, str], list[Practice]] = {}
    for practice in all_practices(archive, "examples"):
        if practice.item.question:
            found.setdefault((practice.evaluation.edition, practice.item.question), []).append(practice)
    return found


@answered
def shown_questions(archive: Archive) -> frozenset[tuple[str, str]]:
    """The questions, by edition, that at least one example is about."""
    return frozenset(_by_question(archive))


@answered
def topics_in_use(archive: Archive) -> set[str]:
    """Topics that at least one example or strength is about: those with something to read."""
    return _by_topic(archive, "examples").keys() | _by_topic(archive, "strengths").keys()


@gathered
def named_as_role_model(archive: Archive) -> Counter[tuple[str, int | None]]:
    """How often each (municipality, area) is pointed to as one to learn from."""
    return Counter((model.municipality, model.area) for e in archive.evaluations for model in e.role_models)


# Lessons ------------------------------------------------------------------------------------------------------------

_Placed = tuple[tuple[Any, ...], Practice]
"""Percent below zero and place in the archive, which together are the order, and the practice."""


def lessons(evaluation: Evaluation, area: int, archive: Archive, count: int = 1000) -> list[Practice]:
    """Examples from other evaluations on the topics of an area's improvements; same area first, then by percent."""
    wanted = sorted({topic for item in evaluation.areas[area].improvements for topic in item.topics})
    return _lessons(archive, tuple(wanted), evaluation.slug, area, evaluation.edition, count)


@answered
def _lessons(
    archive: Archive, topics: tuple[str, ...], slug: str, area: int, edition: str, count: int
) -> list[Practice]:
    near = merge(*(_ranked(archive, topic, area, edition) for topic in topics), key=_order)
    far = merge(*(_ranked(archive, topic) for topic in topics), key=_order)
    found: dict[tuple[Any, ...], Practice] = {}
    for order, practice in chain(near, far):
        if len(found) == count:
            break
        if practice.evaluation.slug != slug:
            found.setdefault(order, practice)
    return list(found.values())


def _order(placed: _Placed) -> tuple[Any, ...]:
    return placed[0]


@answered
def _ranked(archive: Archive, topic: str, area: int | None = None, edition: str = "") -> list[_Placed]:
    """The examples on a topic, by percent and then as in the archive; with `area`, those in that very area."""
    examples = practices_on(archive, "examples", topic)
    fitting = [p for p in examples if area is None or (p.area == area and _same_structure(archive, p, edition))]
    return sorted(((_rank(p), p) for p in fitting), key=_order)


def _rank(practice: Practice) -> tuple[Any, ...]:
    return -(percent_of(practice) or 0), *_in_order(practice)


def _in_order(practice: Practice) -> tuple[Any, ...]:
    """By this key practices lie as in the archive."""
    of = practice.evaluation
    return of.country, of.municipality, of.year is None, of.year or 0, practice.place


def _same_structure(archive: Archive, practice: Practice, edition: str) -> bool:
    return by_area(relation(archive.editions, practice.evaluation.edition, edition).level)
