"""From a weak question to an example: what other municipalities did that scored high on that same question.

A question is weak below its mark: our own median where five results are known, else half the maximum. An area's mark
is the printed average that may stand beside it, else the same. Where nobody else's score on the question is known,
those who scored high on the area answer, with the examples on the question's topics. The pools are made once for the
archive and lie in order of population, so that an evaluation finds its nearest without looking at them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from generator.analysis.across import all_practices, area_values, examples_of, examples_on, question_values
from generator.analysis.answers import answered
from generator.analysis.beside import areas_average
from generator.analysis.comparability import by_area, relation
from generator.analysis.single import Practice
from generator.analysis.spread import FEWEST_SUMMARISED
from generator.model import AREA_MAXIMUM, Archive, Average, Evaluation, QuestionResult

MOST = 3
"""So many examples are shown for a question."""
HALF = Fraction(50)


@dataclass(frozen=True)
class Mark:
    """What a score is held against, in percent of the maximum, and where it comes from."""

    percent: Fraction
    kind: Literal["median", "half", "average"]
    count: int = 0
    """How many results a median rests on."""
    average: Average | None = None


@dataclass(frozen=True)
class Weak:
    """A question below its mark, and what may help; `of` says on what those municipalities scored high."""

    question: str
    percent: int
    mark: Mark
    of: Literal["question", "area"]
    examples: tuple[Practice, ...]


@dataclass(frozen=True)
class Help:
    """What an area's weak questions call for; `examples` are about the whole area, where a question has none."""

    questions: tuple[Weak, ...]
    percent: int | None
    """The area's own, None where its points are not known."""
    mark: Mark
    examples: tuple[Practice, ...]


@answered
def question_mark(archive: Archive, edition: str, question: str) -> Mark:
    """The median of what we know of a question in one edition; below five results, half the maximum."""
    found = (_share(value.result) for value in question_values(archive, edition, question))
    return _own(sorted(share for share in found if share is not None))


def _share(result: QuestionResult | None) -> int | None:
    """Percent as printed, else of the printed points and maximum, else None."""
    if result is None or result.percent is not None or result.points is None or not result.maximum:
        return result.percent if result else None
    return 100 * result.points // result.maximum


def area_mark(archive: Archive, evaluation: Evaluation, area: int) -> Mark:
    """The printed average that may stand beside the area; where there is none, our median or half the maximum."""
    average = areas_average(evaluation, archive)
    if average and area in average.areas:
        return Mark(Fraction(100 * average.areas[area], AREA_MAXIMUM), "average", average=average)
    return _area_median(archive, evaluation.edition, area)


@answered
def _area_median(archive: Archive, edition: str, area: int) -> Mark:
    return _own(sorted(100 * (value.points or 0) // AREA_MAXIMUM for value in area_values(archive, edition, area)))


def _own(known: Sequence[int]) -> Mark:
    if len(known) < FEWEST_SUMMARISED:
        return Mark(HALF, "half")
    low, high = known[(len(known) - 1) // 2], known[len(known) // 2]
    return Mark(Fraction(low + high, 2), "median", len(known))


def weak_questions(evaluation: Evaluation, area: int, archive: Archive) -> list[Weak]:
    """The questions of an area below their mark, in order, each with up to three examples."""
    found = []
    for key, result in sorted(evaluation.areas[area].questions.items(), key=lambda pair: _order(pair[0])):
        mark = question_mark(archive, evaluation.edition, key)
        share = _share(result)
        if share is not None and share < mark.percent:
            found.append(_weak(archive, evaluation, area, key, share, mark))
    return found


def _order(key: str) -> list[int]:
    return [int(part) for part in key.split(".")]


def _weak(archive: Archive, evaluation: Evaluation, area: int, key: str, percent: int, mark: Mark) -> Weak:
    same = _nearest_on_question(archive, evaluation.municipality, evaluation.edition, key)
    if same:
        return Weak(key, percent, mark, "question", same)
    least = area_mark(archive, evaluation, area).percent
    return Weak(key, percent, mark, "area", _on_area(archive, evaluation, area, least, key))


def help_for(evaluation: Evaluation, area: int, archive: Archive) -> Help | None:
    """Weak questions, or a weak area whose questions are not known, with examples; None where nothing is weak."""
    result, mark = evaluation.areas[area], area_mark(archive, evaluation, area)
    percent = None if result.points is None else 100 * result.points // AREA_MAXIMUM
    questions = weak_questions(evaluation, area, archive)
    weak = percent is not None and percent < mark.percent and not result.questions
    if not questions and not weak:
        return None
    found: tuple[Practice, ...] = ()
    if weak or not all(each.examples for each in questions):
        shown = [practice for each in questions for practice in each.examples]
        found = tuple(p for p in _on_area(archive, evaluation, area, mark.percent) if p not in shown)
    return Help(tuple(questions), percent, mark, found)


# Pools --------------------------------------------------------------------------------------------------------------

Pool = tuple[tuple[int, Practice], ...]
"""Practices with their municipality's population, in its order; where it is not known, 0 and so the last choice."""


def _on_area(
    archive: Archive, evaluation: Evaluation, area: int, least: Fraction, key: str = ""
) -> tuple[Practice, ...]:
    """The nearest on the area: the evaluation's own edition before others with the same areas."""
    return _nearest_on_area(archive, evaluation.municipality, evaluation.edition, area, least, key)


@answered
def _nearest_on_area(
    archive: Archive, municipality: str, edition: str, area: int, least: Fraction, key: str
) -> tuple[Practice, ...]:
    return _nearest(archive, municipality, [_high(archive, edition, area, least, key, own) for own in (True, False)])


@answered
def _nearest_on_question(archive: Archive, municipality: str, edition: str, key: str) -> tuple[Practice, ...]:
    return _nearest(archive, municipality, [_on_question(archive, edition, key)])


@answered
def _on_question(archive: Archive, edition: str, key: str) -> Pool:
    """Examples for a question from those at its mark or above, in the very same edition."""
    mark = question_mark(archive, edition, key).percent
    return _pool(archive, (p for p in examples_of(archive, edition, key)
                           if p.evaluation.year and p.area == int(key[0]) and _percent(p) >= mark))


@answered
def _high(archive: Archive, edition: str, area: int, least: Fraction, key: str, own: bool) -> Pool:
    """Examples from areas at or above a mark; with a question, only those on it or its topics."""
    about = {topic.id for topic in archive.topics.values() if key in topic.questions}
    editions = [edition] if own else [other for other in sorted(archive.editions) if other != edition
                                      and by_area(relation(archive.editions, other, edition).level)]
    return _pool(archive, (
        p for other in editions for p in examples_on(archive, other, area)
        if p.evaluation.year and _area_percent(p) >= least and not _weak_itself(archive, p)
        and (not key or p.item.question == key or about.intersection(p.item.topics))
    ))


@answered
def practised(archive: Archive) -> frozenset[str]:
    """The questions that some example or strength is about, in whatever edition."""
    found = [*all_practices(archive, "examples"), *all_practices(archive, "strengths")]
    return frozenset(practice.item.question for practice in found if practice.item.question)


def _percent(practice: Practice) -> int:
    """Percent of its question, -1 where it is not known."""
    share = _share(practice.result)
    return -1 if share is None else share


def _weak_itself(archive: Archive, practice: Practice) -> bool:
    """Whether the example's own question is known, and below its mark."""
    share, key = _share(practice.result), practice.item.question or ""
    return share is not None and share < question_mark(archive, practice.evaluation.edition, key).percent


def _area_percent(practice: Practice) -> int:
    return -1 if practice.points is None else 100 * practice.points // AREA_MAXIMUM


def _pool(archive: Archive, practices: Iterator[Practice]) -> Pool:
    return tuple(sorted(((_population(archive, p.evaluation.municipality), p) for p in practices),
                        key=lambda pair: (pair[0], pair[1].evaluation.slug)))


def _population(archive: Archive, slug: str) -> int:
    return archive.municipalities[slug].population or 0


# The nearest --------------------------------------------------------------------------------------------------------


def _nearest(archive: Archive, municipality: str, pools: Sequence[Pool]) -> tuple[Practice, ...]:
    """Up to three from the first pool and then the next, nearest in size first, none of the municipality's own."""
    size = _population(archive, municipality)
    found: list[Practice] = []
    for pool in pools:
        for practice in _outwards(pool, size):
            if len(found) == MOST:
                break
            if practice.evaluation.municipality != municipality:
                found.append(practice)
    return tuple(found)


def _outwards(pool: Pool, size: int) -> Iterator[Practice]:
    """Both ways from the size: how many times larger or smaller decides, and what is smaller comes first if equal."""
    above = bisect_left(pool, size, key=lambda pair: pair[0])
    below = above - 1
    while below >= 0 or above < len(pool):
        if below < 0 or (above < len(pool) and pool[above][0] * pool[below][0] < size * size):
            yield pool[above][1]
            above += 1
        else:
            yield pool[below][1]
            below -= 1
