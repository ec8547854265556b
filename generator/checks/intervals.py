"""What a printed figure can stand for: exact intervals of the score before it was rounded.

Closed on both sides, since nobody prints whether a half went up or down; clipped to what is possible. What was not
printed adds no bound. Counted in two-hundredths of a point: every bound of points and of percent is a whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.model import AREA_MAXIMUM, AREAS, AreaResult, Average, Edition, Evaluation, QuestionResult

POINT = 200
HALF = POINT // 2


class Interval(NamedTuple):
    """All scores from low to high; none when low is above high."""

    low: int
    high: int

    def __bool__(self) -> bool:
        return self.low <= self.high

    def __and__(self, other: Interval) -> Interval:
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def minus(self, other: Interval) -> Interval:
        """Every difference between a score of this interval and one of the other."""
        return Interval(self.low - other.high, self.high - other.low)


    def shown(self) -> tuple[int, int]:
        """The lowest and the highest whole figure that it can be printed as."""
        low = -((HALF - self.low) // POINT)
        return low, max(low, (self.high + HALF) // POINT)


@lru_cache(maxsize=4096)
def printed(points: int) -> Interval:
    """A figure printed in whole points."""
    return Interval(points * POINT - HALF, points * POINT + HALF)


@lru_cache(maxsize=1024)
def possible(maximum: int) -> Interval:
    """Any score up to the maximum."""
    return Interval(0, maximum * POINT)


def added(intervals: Iterable[Interval]) -> Interval:
    """The interval of the sum."""
    low = high = 0
    for interval in intervals:
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


@lru_cache(maxsize=8192)
def question(points: int | None, percent: int | None, maximum: int) -> Interval:
    """The score of a question printed as points and percent of its maximum."""
    found = possible(maximum)
    if points is not None:
        found &= printed(points)
    if percent is not None:
        found &= Interval(maximum * (2 * percent - 1), maximum * (2 * percent + 1))
    return found


def question_maximum(edition: Edition | None, area: int, number: str, result: QuestionResult) -> int | None:
    """The maximum of a question: as printed, else the edition's."""
    if result.maximum is not None:
        return result.maximum
    known = edition.areas[area].questions if edition and area in edition.areas else {}
    return known[number].maximum if number in known else None


def area_maximum(edition: Edition | None, area: int) -> int:
    """The maximum of an area in an edition."""
    return edition.areas[area].maximum if edition and area in edition.areas else AREA_MAXIMUM


def from_questions(edition: Edition | None, area: int, result: AreaResult) -> Interval:
    """What an area can be when its questions are as printed; missing questions may be anything they can be."""
    whole = area_maximum(edition, area)
    maxima = {number: question_maximum(edition, area, number, each) for number, each in result.questions.items()}
    intervals = [_or_any(each, maxima[number], whole) for number, each in result.questions.items()]
    return added([*intervals, possible(_missing(edition, area, maxima, whole))]) & possible(whole)


def _or_any(result: QuestionResult, maximum: int | None, whole: int) -> Interval:
    """A question's interval; a contradiction is told by its own rule, and here leaves all open."""
    if maximum is None:
        return printed(result.points) & possible(whole) if result.points is not None else possible(whole)
    return question(result.points, result.percent, maximum) or possible(maximum)


def _missing(edition: Edition | None, area: int, maxima: Mapping[str, int | None], whole: int) -> int:
    """The maxima of the questions that were not printed; where they are unknown, what is left of the area."""
    table = edition.areas[area].questions if edition and area in edition.areas else {}
    if table:
        return sum(each.maximum for number, each in table.items() if number not in maxima)
    known = [each for each in maxima.values() if each is not None]
    return max(0, whole - sum(known)) if len(known) == len(maxima) else whole


def area_interval(edition: Edition | None, area: int, result: AreaResult | None) -> Interval:
    """What an area's true score can be, from its own figure and its questions."""
    whole = possible(area_maximum(edition, area))
    if result is None:
        return whole
    reach = from_questions(edition, area, result) if result.questions else whole
    if result.points is None:
        return reach or whole
    own = (printed(result.points) & whole) or printed(result.points)
    return (own & reach) or own


def from_areas(edition: Edition | None, areas: Mapping[int, AreaResult]) -> Interval:
    """What a total can be when the areas are as printed."""
    return added(area_interval(edition, area, areas.get(area)) for area in AREAS)


def total_interval(edition: Edition | None, evaluation: Evaluation) -> Interval:
    """What an evaluation's true total can be, from its own figure and its areas."""
    reach = from_areas(edition, evaluation.areas)
    if evaluation.total is None:
        return reach
    return (printed(evaluation.total) & reach) or printed(evaluation.total)


def average_reach(average: Average) -> Interval:
    """What an average's total can be when its areas are as printed."""
    return added(printed(average.areas[area]) if area in average.areas else possible(AREA_MAXIMUM) for area in AREAS)
