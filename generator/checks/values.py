"""Single figures against what the edition allows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.arithmetic import edition_of
from generator.checks.intervals import area_maximum, question_maximum
from generator.checks.rule import Context, Finding, finding, rule
from generator.model import AREA_MAXIMUM, AREAS, TOTAL_MAXIMUM, Archive, Average, Evaluation


@rule("KK025")
def points_over_maximum(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A question, an area and the total have no more points than their maximum."""
    edition = edition_of(context, evaluation)
    whole = sum(area_maximum(edition, area) for area in AREAS)
    if evaluation.total is not None and evaluation.total > whole:
        yield finding(evaluation, ("total",), variant="total", points=evaluation.total, maximum=whole)
    for area, result in evaluation.areas.items():
        most = area_maximum(edition, area)
        if result.points is not None and result.points > most:
            yield finding(evaluation, ("areas", area, "points"), variant="area", points=result.points, maximum=most,
                          area=area)
        for number, each in result.questions.items():
            maximum = question_maximum(edition, area, number, each)
            if each.points is not None and maximum is not None and each.points > maximum:
                yield finding(evaluation, ("areas", area, "questions", number, "points"), points=each.points,
                              maximum=maximum, number=number)


@rule("KK025", of="average")
def average_over_maximum(context: Context, average: Average) -> Iterator[Finding]:
    """An average has no more points than its maximum."""
    if average.total is not None and average.total > TOTAL_MAXIMUM:
        yield finding(average, ("total",), variant="total", points=average.total, maximum=TOTAL_MAXIMUM)
    for area, points in average.areas.items():
        if points > AREA_MAXIMUM:
            yield finding(average, ("areas", area), variant="area", points=points, maximum=AREA_MAXIMUM, area=area)


@rule("KK026")
def maximum_differs_from_edition(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A printed maximum is the edition's."""
    edition = edition_of(context, evaluation)
    for area, result in evaluation.areas.items():
        table = edition.areas[area].questions if edition and area in edition.areas else {}
        for number, each in result.questions.items():
            if each.maximum is not None and number in table and each.maximum != table[number].maximum:
                yield finding(evaluation, ("areas", area, "questions", number, "maximum"), number=number,
                              maximum=each.maximum, allowed=table[number].maximum, edition=evaluation.edition)


@rule("KK029", of="archive")
def maxima_do_not_add_up(context: Context, archive: Archive) -> Iterator[Finding]:
    """The maxima of an edition's questions add up to their area's maximum."""
    for edition in archive.editions.values():
        for area, content in edition.areas.items():
            summed = sum(question.maximum for question in content.questions.values())
            if content.questions and summed != content.maximum:
                values = {"area": area, "summed": summed, "maximum": content.maximum}
                yield Finding(f"editions/{edition.id}.yml", ("areas", area), values)


@rule("KK029", of="archive")
def edition_lacks_area(context: Context, archive: Archive) -> Iterator[Finding]:
    """An edition that names areas names all eight."""
    for edition in archive.editions.values():
        missing = [str(area) for area in AREAS if area not in edition.areas]
        if edition.areas and missing:
            values = {"variant": "missing", "areas": ", ".join(missing)}
            yield Finding(f"editions/{edition.id}.yml", ("areas",), values)


