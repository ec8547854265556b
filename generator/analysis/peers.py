"""Who an evaluation may be laid beside: by a rule that is shown and can be changed, never by a hidden likeness."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.answers import answered
from generator.analysis.comparability import by_area, relation
from generator.analysis.comparison import total_of
from generator.analysis.single import area_points
from generator.analysis.spread import FEWEST_SUMMARISED
from generator.model import Archive, Evaluation, Municipality

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
    evaluations: tuple[Evaluation, ...]

    @property
    def too_few(self) -> bool:
        """Whether there are too few for a median of our own."""
        return len(self.evaluations) < FEWEST_SUMMARISED


def peers(evaluation: Evaluation, archive: Archive, rule: PeerRule = PeerRule()) -> Peers:
    """The peers of an evaluation by a rule, in order of municipality."""
    return _peers(archive, evaluation.municipality, evaluation.country, evaluation.edition, rule)


@answered
def first_peer(archive: Archive, municipality: str, country: str, edition: str) -> Evaluation | None:
    """The first of an evaluation's peers by the usual rule."""
    return next(iter(_peers(archive, municipality, country, edition, PeerRule()).evaluations), None)


@answered
def _peers(archive: Archive, municipality: str, country: str, edition: str, rule: PeerRule) -> Peers:
    own = archive.municipalities.get(municipality)
    size_known = own is not None and own.population is not None
    newest = _newest(archive, edition, country if rule.country else "", rule.areas)
    alike = (e for e in newest if e.municipality != municipality)
    fitting = (e for e in alike if _alike(own, archive.municipalities.get(e.municipality), rule))
    return Peers(rule, size_known, tuple(fitting))


@answered
def _newest(archive: Archive, edition: str, country: str, areas: bool) -> list[Evaluation]:
    """The newest evaluation of each municipality that may be laid beside one of an edition, by municipality."""
    newest = {e.municipality: e for e in archive.evaluations if _comparable(e, archive, edition, country, areas)}
    return [newest[slug] for slug in sorted(newest)]


def _comparable(other: Evaluation, archive: Archive, edition: str, country: str, areas: bool) -> bool:
    level = relation(archive.editions, edition, other.edition).level
    if other.year is None or level == "none" or (areas and not by_area(level)):
        return False
    return (not country or other.country == country) and bool(area_points(other) if areas else total_of(other))


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
