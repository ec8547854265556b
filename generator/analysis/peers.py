"""Who an evaluation may be laid beside: by a rule that is shown and can be changed, never by a hidden likeness."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.analysis.answers import answered, gathered
from generator.analysis.comparability import by_area, relation
from generator.analysis.comparison import total_of
from generator.analysis.single import area_points, identity
from generator.analysis.spread import FEWEST_SUMMARISED
from generator.model import Archive, Evaluation, Identity, Municipality

SIZE_PERCENT = 30
"""A population so many percent smaller or larger is called alike."""


@dataclass(frozen=True)
class PeerRule:
    """What peers must have in common. The edition must always compare at least by total."""

    country: bool = True
    areas: bool = True
    """Whether the editions must compare area by area."""
    county: bool = False
    size: bool = True


@dataclass(frozen=True)
class Peers:
    """The newest comparable evaluation of each other municipality that fits the rule."""

    rule: PeerRule
    size_known: bool
    """Whether the municipality's own population is known; without it the size is not asked for."""
    evaluations: tuple[Identity, ...]

    @property
    def too_few(self) -> bool:
        """Whether there are too few for a median of our own."""
        return len(self.evaluations) < FEWEST_SUMMARISED


def peers(evaluation: Evaluation, archive: Archive, rule: PeerRule = PeerRule()) -> Peers:
    """The peers of an evaluation by a rule, in order of municipality."""
    own = archive.municipalities.get(evaluation.municipality)
    size_known = own is not None and own.population is not None
    found = _peers(archive, evaluation.municipality, evaluation.country, evaluation.edition, rule)
    return Peers(rule, size_known, tuple(found))


@answered
def first_peer(archive: Archive, municipality: str, country: str, edition: str) -> Identity | None:
    """The first of an evaluation's peers by the usual rule."""
    return next(_peers(archive, municipality, country, edition, PeerRule()), None)


@answered
def peer_count(archive: Archive, municipality: str, country: str, edition: str) -> int:
    """How many peers an evaluation has by the usual rule, without looking at each of them."""
    own, newest = archive.municipalities.get(municipality), _newest(archive, edition, country, True)
    itself = municipality in newest
    if own is None or own.population is None:
        return 0 if own is None else len(newest) - itself
    sizes, share = _sizes(archive, edition, country), SIZE_PERCENT * own.population // 100
    return bisect_right(sizes, own.population + share) - bisect_left(sizes, own.population - share) - itself


def _peers(archive: Archive, municipality: str, country: str, edition: str, rule: PeerRule) -> Iterator[Identity]:
    own = archive.municipalities.get(municipality)
    for slug, newest in _newest(archive, edition, country if rule.country else "", rule.areas).items():
        if slug != municipality and _alike(own, archive.municipalities.get(slug), rule):
            yield newest


@answered
def _sizes(archive: Archive, edition: str, country: str) -> list[int]:
    """The populations, in order, of the municipalities that may be laid beside one by the usual rule."""
    places = (archive.municipalities.get(slug) for slug in _newest(archive, edition, country, True))
    return sorted(place.population for place in places if place and place.population is not None)


@answered
def _newest(archive: Archive, edition: str, country: str, areas: bool) -> dict[str, Identity]:
    """The newest evaluation of each municipality that may be laid beside one of an edition, by municipality."""
    newest = {e.municipality: e for e in _known(archive, areas) if _comparable(e, archive, edition, country, areas)}
    return dict(sorted(newest.items()))


@gathered
def _known(archive: Archive, areas: bool) -> list[Identity]:
    """The evaluations with points of areas, or with a total."""
    return [identity(e) for e in archive.evaluations if e.year and (area_points(e) if areas else total_of(e))]


def _comparable(other: Identity, archive: Archive, edition: str, country: str, areas: bool) -> bool:
    level = relation(archive.editions, edition, other.edition).level
    if level == "none" or (areas and not by_area(level)):
        return False
    return not country or other.country == country


def _alike(ours: Municipality | None, theirs: Municipality | None, rule: PeerRule) -> bool:
    if ours is None or theirs is None:
        return not (rule.county or rule.size)
    if rule.county and (ours.county is None or ours.county != theirs.county):
        return False
    if not rule.size or ours.population is None:
        return True
    return theirs.population is not None and like_in_size(ours.population, theirs.population)


def like_in_size(one: int, other: int) -> bool:
    """Whether the second population is within thirty percent of the first."""
    return abs(other - one) * 100 <= SIZE_PERCENT * one
