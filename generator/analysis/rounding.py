"""What a printed figure can stand for, so that a change within rounding is not taken for a change.

Whole points were rounded from something at most a half away. Of two such figures the true difference lies within one
point of the printed one; a question's percent is finer than its points and narrows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from generator.model import QuestionResult

HALF = Fraction(1, 2)
Direction = Literal["more", "fewer", "unchanged"]


@dataclass(frozen=True)
class Interval:
    """All scores from low to high, ends included: nobody prints whether a half went up or down."""

    low: Fraction
    high: Fraction

    def minus(self, other: Interval) -> Interval:
        """Every difference between a score of this interval and one of the other."""
        return Interval(self.low - other.high, self.high - other.low)


@lru_cache(maxsize=10_000)
def printed(points: int, maximum: int) -> Interval:
    """The true scores behind whole points."""
    return Interval(max(Fraction(0), points - HALF), min(Fraction(maximum), points + HALF))


def printed_result(result: QuestionResult, maximum: int) -> Interval | None:
    """The true scores behind a question's points and percent; None where neither is printed or they contradict."""
    found = [printed(result.points, maximum)] if result.points is not None else []
    if result.percent is not None:
        share = printed(result.percent, 100)
        found.append(Interval(share.low * maximum / 100, share.high * maximum / 100))
    if not found:
        return None
    both = Interval(max(each.low for each in found), min(each.high for each in found))
    return both if both.low <= both.high else None


def direction(before: Interval, after: Interval) -> Direction:
    """Whether the true score certainly rose or fell; else it is called unchanged."""
    change = after.minus(before)
    if change.low > 0:
        return "more"
    return "fewer" if change.high < 0 else "unchanged"


@lru_cache(maxsize=10_000)
def step(before: int, after: int, maximum: int) -> Direction:
    """The direction from one printed figure to another of the same maximum."""
    return direction(printed(before, maximum), printed(after, maximum))
