"""Printed figures against each other: reachable by rounding, or a mismatch that has to be declared.

A figure is never repaired. An unreachable one is an error until `known_mismatches` names it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.checks.intervals import (
    Interval,
    area_interval,
    average_reach,
    from_areas,
    from_questions,
    possible,
    printed,
    question,
    question_maximum,
    total_interval,
)
from generator.checks.rule import Context, Finding, finding, rule
from generator.model import AREAS, AreaResult, Average, Edition, Evaluation


def edition_of(context: Context, evaluation: Evaluation) -> Edition | None:
    """The evaluation's edition, if it is known."""
    return context.archive.editions.get(evaluation.edition)


def _bounds(interval: Interval) -> dict[str, int]:
    """The whole figures that an interval can be printed as."""
    low, high = interval.shown()
    return {"low": low, "high": high}


def _reach(interval: Interval, summed: int | None = None) -> dict[str, Any]:
    """`41–42`, or one figure alone, and what the printed parts add up to where all of them are printed."""
    low, high = interval.shown()
    told = {"reach": str(low) if low == high else f"{low}–{high}"}
    return told if summed is None else told | {"variant": "summed", "summed": summed}


@rule("KK030")
def question_cannot_be(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A question's points and percent describe one score between 0 and its maximum."""
    edition = edition_of(context, evaluation)
    for area, result in evaluation.areas.items():
        for number, each in result.questions.items():
            maximum = question_maximum(edition, area, number, each)
            if maximum is None or each.points is None or each.percent is None or each.points > maximum:
                continue
            if not question(each.points, each.percent, maximum):
                yield finding(
                    evaluation, ("areas", area, "questions", number, "percent"), number=number, points=each.points,
                    percent=each.percent, maximum=maximum, **_percents(each.points, maximum),
                )


def _percents(points: int, maximum: int) -> dict[str, int]:
    """The percentages that the points can be printed as."""
    if maximum == 0:
        return {"low": 0, "high": 0}
    true = question(points, None, maximum)
    # Rounding the bounds inwards to two-hundredths of a percent takes no whole percentage away and adds none.
    share = Interval(-(-true.low * 100 // maximum), true.high * 100 // maximum)
    return _bounds(share & possible(100))


@rule("KK031")
def area_cannot_be_reached(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An area's points can be reached from its questions' points and percent."""
    edition = edition_of(context, evaluation)
    for area, result in evaluation.areas.items():
        if result.points is None or not result.questions:
            continue
        reach = from_questions(edition, area, result)
        if not printed(result.points) & reach:
            summed = _questions_sum(edition, area, result)
            yield finding(evaluation, ("areas", area, "points"), area=area, points=result.points,
                          **_reach(reach, summed))


@rule("KK032")
def total_cannot_be_reached(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """The total can be reached from the areas: known parts ≤ total ≤ known parts and the maxima of the missing."""
    if evaluation.total is None:
        return
    reach = from_areas(edition_of(context, evaluation), evaluation.areas)
    if not printed(evaluation.total) & reach:
        yield finding(evaluation, ("total",), total=evaluation.total, **_reach(reach, _areas_sum(evaluation)))


@rule("KK032", of="average")
def average_cannot_be_reached(context: Context, average: Average) -> Iterator[Finding]:
    """An average's total can be reached from its areas."""
    reach = average_reach(average)
    if average.total is not None and not printed(average.total) & reach:
        yield finding(average, ("total",), total=average.total, **_reach(reach))


@rule("KK033")
def change_cannot_be_reached(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A printed change is the difference between the two evaluations' figures, each of the three rounded."""
    for change in evaluation.printed_changes:
        earlier = context.years.get((evaluation.municipality, change.since))
        if earlier is None:
            continue
        before, now = edition_of(context, earlier), edition_of(context, evaluation)
        if change.total is not None:
            reach = total_interval(now, evaluation).minus(total_interval(before, earlier))
            if not printed(change.total) & reach:
                yield _change(evaluation, (change.since, "total"), change.total, evaluation.total, earlier.total, reach)
        for area, value in change.areas.items():
            new, old = evaluation.areas.get(area), earlier.areas.get(area)
            reach = area_interval(now, area, new).minus(area_interval(before, area, old))
            if not printed(value) & reach:
                yield _change(evaluation, (change.since, "areas", area), value, _points(new), _points(old), reach)


def _points(result: AreaResult | None) -> int | None:
    return result.points if result else None


def _change(
    evaluation: Evaluation, at: tuple[Any, ...], change: int, new: int | None, old: int | None, reach: Interval
) -> Finding:
    shown = {"new": "–" if new is None else new, "old": "–" if old is None else old}
    low, high = (f"{bound:+d}" for bound in reach.shown())
    exact = {"variant": "exact"} if low == high else {}
    return finding(evaluation, ("printed_changes", *at), change=f"{change:+d}", since=at[0], low=low, high=high,
                   **shown, **exact)


@rule("KK034", severity="warning")
def area_differs_from_sum(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An area that its rounded questions do not add up to, though rounding can explain it: both are shown."""
    edition = edition_of(context, evaluation)
    for area, result in evaluation.areas.items():
        summed = _questions_sum(edition, area, result)
        if result.points is None or summed in (None, result.points):
            continue
        if printed(result.points) & from_questions(edition, area, result):
            yield finding(evaluation, ("areas", area, "points"), variant="area", area=area, printed=result.points,
                          summed=summed)


def _questions_sum(edition: Edition | None, area: int, result: AreaResult) -> int | None:
    """The printed points of an area's questions together; None unless every question is printed."""
    table = edition.areas[area].questions if edition and area in edition.areas else {}
    points = [each.points for each in result.questions.values() if each.points is not None]
    whole = table and set(table) == set(result.questions) and len(points) == len(table)
    return sum(points) if whole else None


@rule("KK034", severity="warning")
def total_differs_from_sum(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A total that the eight rounded areas do not add up to, though rounding can explain it."""
    summed = _areas_sum(evaluation)
    if evaluation.total is None or summed in (None, evaluation.total):
        return
    if printed(evaluation.total) & from_areas(edition_of(context, evaluation), evaluation.areas):
        yield finding(evaluation, ("total",), variant="total", printed=evaluation.total, summed=summed)


def _areas_sum(evaluation: Evaluation) -> int | None:
    """The printed points of the eight areas together; None unless all of them are printed."""
    points = [each.points for each in evaluation.areas.values() if each.points is not None]
    return sum(points) if len(points) == len(AREAS) else None


@rule("KK034", of="average", severity="warning")
def average_differs_from_sum(context: Context, average: Average) -> Iterator[Finding]:
    """An average's total that its rounded areas do not add up to, though rounding can explain it."""
    summed = sum(average.areas.values())
    if average.total is None or len(average.areas) < len(AREAS) or summed == average.total:
        return
    if printed(average.total) & average_reach(average):
        yield finding(average, ("total",), variant="total", printed=average.total, summed=summed)
