"""Pairs worth a first look: two municipalities whose evaluations have as much as possible in common."""

from __future__ import annotations

from itertools import combinations

from generator.analysis.answers import answered
from generator.analysis.comparability import by_area, relation
from generator.analysis.in_figures import in_figures
from generator.analysis.single import area_points
from generator.model import AREAS, Archive, Evaluation

NEWEST = 40
"""So many of the newest whole evaluations are looked at."""


@answered
def suggested(archive: Archive, count: int) -> list[tuple[Evaluation, Evaluation]]:
    """Pairs with all areas known: the same edition first, close in time, the newest; each evaluation once."""
    whole = [e for e in in_figures(archive) if e.year and len(area_points(e)) == len(AREAS)]
    newest = sorted(whole, key=lambda e: (-(e.year or 0), e.slug))[:NEWEST]
    pairs = [(a, b) for a, b in combinations(newest, 2) if _compare(a, b, archive)]
    chosen: list[tuple[Evaluation, Evaluation]] = []
    for one, other in sorted(pairs, key=lambda pair: _order(*pair)):
        if not {one.slug, other.slug} & {each.slug for pair in chosen for each in pair}:
            chosen.append((one, other))
    return chosen[:count]


def _compare(one: Evaluation, other: Evaluation, archive: Archive) -> bool:
    level = relation(archive.editions, one.edition, other.edition).level
    return one.municipality != other.municipality and by_area(level)


def _order(one: Evaluation, other: Evaluation) -> tuple[bool, bool, int, int, str, str]:
    years = (one.year or 0, other.year or 0)
    abroad, edition = one.country != other.country, one.edition != other.edition
    return abroad, edition, abs(years[0] - years[1]), -sum(years), one.slug, other.slug
