"""Who an evaluation may be laid beside: by a rule that is shown and can be changed, never by a hidden likeness."""

from __future__ import annotations

from dataclasses import dataclass

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
    own = archive.municipalities.get(evaluation.municipality)
    size_known = own is not None and own.population is not None
    newest: dict[str, Evaluation] = {}
    for other in archive.evaluations:
        if other.municipality != evaluation.municipality and _fits(evaluation, other, archive, rule):
            newest[other.municipality] = other
    return Peers(rule, size_known, tuple(newest[slug] for slug in sorted(newest)))


def _fits(one: Evaluation, other: Evaluation, archive: Archive, rule: PeerRule) -> bool:
    level = relation(archive.editions, one.edition, other.edition).level
    if other.year is None or level == "none" or (rule.areas and not by_area(level)):
        return False
    if not (area_points(other) if rule.areas else total_of(other)):
        return False
    if rule.country and one.country != other.country:
        return False
    ours, theirs = (archive.municipalities.get(e.municipality) for e in (one, other))
    return _alike(ours, theirs, rule)


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
