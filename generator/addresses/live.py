"""The addresses of the pages that the archive makes."""

from __future__ import annotations

from collections.abc import Iterator

from generator import analysis
from generator.addresses import address
from generator.model import Archive, Evaluation

ALWAYS = (
    address.START,
    address.MUNICIPALITIES,
    address.AREAS,
    address.EXAMPLES,
    address.COMPARE,
    address.ROLE_MODELS,
    address.FOLLOW_UP,
    address.GAPS,
    address.DATA,
)
"""Pages that are there whatever the archive holds."""


def live(archive: Archive) -> frozenset[str]:
    """The address of every generated page."""
    found = {*ALWAYS, *map(address.edition, archive.editions), *map(address.topic, analysis.topics_in_use(archive))}
    for evaluation in archive.evaluations:
        found.update(_of_evaluation(evaluation))
    for evaluation in archive.withdrawn:
        found |= {address.municipality(evaluation.municipality), address.evaluation(evaluation)}
    return frozenset(found.union(_across(archive)))


def _of_evaluation(evaluation: Evaluation) -> Iterator[str]:
    yield address.municipality(evaluation.municipality)
    if evaluation.year:
        yield address.evaluation(evaluation)
        yield from (address.area(evaluation, number) for number in evaluation.areas)
        if analysis.told_areas(evaluation):
            yield address.report(evaluation)


def _across(archive: Archive) -> Iterator[str]:
    for edition in archive.editions.values():
        for number, area in edition.areas.items():
            yield address.edition_area(edition.id, number)
            asked = (key for key in area.questions if analysis.question_count(archive, edition.id, key))
            yield from (address.question(edition.id, key) for key in asked)
