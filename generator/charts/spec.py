"""What all drawings share: text styles, layers and the swap of data in a specification that Altair made once.

Layout lives in the data, worked out from measured text, so that a specification is the same for every evaluation.
Every drawing has named data sets; no specification holds an address, an expression or a filter made from data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from generator.charts import letters
from generator.charts.figure import Spec

Align = Literal["left", "center", "right"]
Data = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Style:
    """How one kind of text looks: pixels, weight and colour token."""

    size: int
    weight: int
    token: str


STYLES = {
    "names": Style(14, 400, "ink"),
    "own": Style(14, 600, "ink"),
    "averages": Style(13, 400, "compare-text"),
    "own_head": Style(12, 600, "accent"),
    "average_head": Style(12, 400, "compare-text"),
    "notes": Style(13, 400, "soft"),
    "years": Style(13, 400, "ink"),
    "small_notes": Style(12, 400, "soft"),
}


@dataclass(frozen=True)
class Label:
    """A line of text in pixels of the plot, its vertical middle at y."""

    style: str
    x: float
    y: float
    text: str
    align: Align = "left"

    @property
    def left(self) -> float:
        look = STYLES[self.style]
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        return self.x - share * letters.width(self.text, look.size, look.weight)

    @property
    def right(self) -> float:
        look = STYLES[self.style]
        return self.left + letters.width(self.text, look.size, look.weight)


def label_data(labels: Iterable[Label], styles: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The labels as one data set per style; a style without labels has an empty one."""
    data: dict[str, list[dict[str, Any]]] = {style: [] for style in styles}
    for label in labels:
        row = {"x": round(label.x, 1), "y": round(label.y, 1), "text": label.text, "align": label.align}
        data[label.style].append(row)
    return data


def swapped(template: Spec, height: float, description: str, data: Data) -> Spec:
    """The template with other data, height and description; nothing else of it depends on what is drawn."""
    return {**template, "datasets": dict(data), "height": height, "description": description}
