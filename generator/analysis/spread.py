"""How values lie across municipalities: ranks, and our own median and quartiles where there are enough of them.

Our own figures are never mixed with printed averages, and they always say how many values they rest on, and which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.analysis.across import Value

FEWEST_DRAWN = 3
"""Below so many values no spread is drawn."""
FEWEST_SUMMARISED = 5
"""Below so many values we give no median and no quartiles."""


@dataclass(frozen=True)
class Quartiles:
    """Our own median and quartiles, and the values they were taken over."""

    low: Fraction
    median: Fraction
    high: Fraction
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Ranked:
    """A value with its place; equal points share a place, and the next place is as many further down."""

    place: int
    value: Value


def quartiles(values: Sequence[Value]) -> Quartiles | None:
    """Median and quartiles of the printed points; None below five values."""
    printed = tuple(value for value in values if value.points is not None)
    if len(printed) < FEWEST_SUMMARISED:
        return None
    points = sorted(value.points for value in printed if value.points is not None)
    low, median, high = (_at(points, Fraction(share, 4)) for share in (1, 2, 3))
    return Quartiles(low, median, high, printed)


def _at(points: Sequence[int], share: Fraction) -> Fraction:
    """The point of the ordered values below which a share of them lies, straight between two neighbours."""
    place = share * (len(points) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(points) - 1)
    return points[below] + (place - below) * (points[above] - points[below])


def ranking(values: Sequence[Value]) -> list[Ranked]:
    """All values that have points, most points first."""
    printed = [value for value in values if value.points is not None]
    ordered = sorted(printed, key=lambda value: (-(value.points or 0), value.evaluation.slug))
    first: dict[int | None, int] = {}
    return [Ranked(first.setdefault(value.points, at), value) for at, value in enumerate(ordered, start=1)]
