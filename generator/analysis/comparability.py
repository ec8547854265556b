"""How far two editions of the instrument compare. Every analysis that lays figures side by side asks here first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.model import Archive, Comparability, ComparableTo, Edition, Evaluation

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Relation:
    """How far two editions compare, and why (texts per language; empty when they are the same edition)."""

    level: Comparability
    why: Mapping[Any, str]


def relation(editions: dict[str, Edition], one: str, other: str) -> Relation:
    """How far two editions compare. An unknown edition compares by total only."""
    if one == other and one != UNKNOWN:
        return Relation("same", {})
    if UNKNOWN in (one, other):
        return Relation("total", {})
    said = _declared(editions, one, other) or _declared(editions, other, one)
    return Relation(said.level, said.why) if said else Relation("none", {})


def _declared(editions: dict[str, Edition], later: str, earlier: str) -> ComparableTo | None:
    return editions[later].comparable.get(earlier) if later in editions else None


def by_area(level: Comparability) -> bool:
    """Whether areas may be laid beside each other."""
    return level in ("same", "note")


def new_structure_between(editions: dict[str, Edition], one: int, other: int) -> bool:
    """Whether an edition with other areas than the one before it came into use between two years."""
    ordered = sorted(editions.values(), key=lambda edition: edition.since)
    return any(
        min(one, other) < edition.since <= max(one, other)
        and not by_area(relation(editions, edition.id, before.id).level)
        for before, edition in pairwise(ordered)
    )


def joins(before: Evaluation, after: Evaluation, archive: Archive) -> bool:
    """Whether a line may run from one evaluation to the next.

    It may within one structure of areas. Where an edition is unknown, it may if no new structure of areas came into
    use between the two years: then both were made with the same one, whichever edition it was.
    """
    level = relation(archive.editions, before.edition, after.edition).level
    if by_area(level) or UNKNOWN not in (before.edition, after.edition):
        return by_area(level)
    return not new_structure_between(archive.editions, before.year or 0, after.year or 0)
