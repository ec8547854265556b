"""The evaluations with nothing but their figures: what pages about all of them are made of, whatever else is written.

Where only a text is edited, these are the same, and so is everything that is made of them.
"""

from __future__ import annotations

from generator.analysis.answers import answered, gathered, of_one
from generator.analysis.over_time import by_municipality
from generator.analysis.single import area_points, completeness, identity
from generator.model import AREAS, Archive, AreaResult, Evaluation, Identity

KEPT = (*Identity.model_fields, "previous", "total", "known_mismatches")


@gathered
def in_figures(archive: Archive) -> tuple[Evaluation, ...]:
    """Every evaluation without its prose and its sources, in the archive's order."""
    return tuple(map(_in_figures, archive.evaluations))


@of_one
def _in_figures(evaluation: Evaluation) -> Evaluation:
    areas = {number: _printed(area) for number, area in evaluation.areas.items()}
    kept = {name: getattr(evaluation, name) for name in KEPT}
    return Evaluation.model_construct(**kept, areas=areas, sources=())


def _printed(area: AreaResult) -> AreaResult:
    return AreaResult.model_construct(points=area.points, printed_title=area.printed_title, questions=area.questions)


@answered
def in_figures_of(archive: Archive, slug: str) -> tuple[Evaluation, ...]:
    """Those of a municipality, in order of time; one whose year was not seen comes last."""
    return tuple(places_in_figures(archive).get(slug, ()))


@answered
def places_in_figures(archive: Archive) -> dict[str, list[Evaluation]]:
    """The same for every municipality, in the archive's order."""
    return by_municipality(in_figures(archive))


@answered
def newest_whole(archive: Archive) -> Evaluation | None:
    """The newest evaluation whose eight areas are all printed, in figures."""
    whole = [e for e in in_figures(archive) if e.year and len(area_points(e)) == len(AREAS)]
    return max(whole, key=lambda e: (e.year or 0, e.month or 0, e.slug), default=None)


@answered
def best_known(archive: Archive) -> Identity | None:
    """The first evaluation that is known down to its questions."""
    return next((identity(e) for e in in_figures(archive) if completeness(e) == "questions"), None)
