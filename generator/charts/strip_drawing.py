"""How a spread is drawn: one axis, a mark for each value, marks that would meet stacked upon each other.

Every mark stands at its very value. The quartiles are a tint band, the printed average a line of full height.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.charts import spec
from generator.charts.figure import Spec
from generator.charts.spec import Data, Label
from generator.charts.templates import template

SCALE = (0, 100)
HEAD = 44
"""Room above the marks for the average's label and a label that finds no room beside its mark."""
FOOT = 12
TEXTS = ("names", "average_head", "notes")


@dataclass(frozen=True)
class Form:
    """A width of the drawing and what differs with it (pixels)."""

    name: str
    left: int
    plot: int
    right: int
    bottom: int
    mark: int
    """The area of a mark."""
    step: int
    """From one mark to the one above it."""
    axis: tuple[int, ...]

    @property
    def apart(self) -> float:
        """So many points lie between two marks that stand beside each other."""
        return (self.step - 1) * SCALE[1] / self.plot


WIDE = Form("strip", 20, 752, 28, 46, 95, 14, (0, 25, 50, 75, 100))
NARROW = Form("strip-narrow", 12, 256, 20, 28, 60, 11, (0, 50, 100))
FORMS = (WIDE, NARROW)


@dataclass(frozen=True)
class Mark:
    """One value, whose it is, and whether it is Swedish (a circle) or not (a square)."""

    value: int
    name: str
    swedish: bool
    tip: str


@dataclass(frozen=True)
class Content:
    """All that a drawing shows."""

    marks: Sequence[Mark]
    average: int | None
    average_label: str
    band: tuple[float, float] | None
    axis: str


@dataclass(frozen=True)
class _Placed:
    mark: Mark
    row: int


def specification(content: Content, form: Form, description: str) -> Spec:
    """The drawing, by swapping the data in what Altair made once."""
    placed = _placed(content.marks, form)
    height = _height(placed, form)
    return spec.swapped(template(form.name), height, description, _data(content, placed, form))


# Where everything stands --------------------------------------------------------------------------------------------


def _placed(marks: Sequence[Mark], form: Form) -> list[_Placed]:
    """Each mark in the lowest row where it does not meet another."""
    rows: list[int] = []
    placed = []
    for mark in sorted(marks, key=lambda mark: (mark.value, mark.name)):
        free = (row for row, last in enumerate(rows) if mark.value - last >= form.apart)
        row = next(free, len(rows))
        rows[row : row + 1] = [mark.value]
        placed.append(_Placed(mark, row))
    return placed


def _height(placed: Sequence[_Placed], form: Form) -> float:
    return HEAD + FOOT + form.step * max((each.row for each in placed), default=0)


def _data(content: Content, placed: Sequence[_Placed], form: Form) -> Data:
    bottom = _height(placed, form)
    marks: dict[bool, list[dict[str, object]]] = {True: [], False: []}
    for each in placed:
        marks[each.mark.swedish].append({"value": each.mark.value, "y": _y(each, bottom, form), "tip": each.mark.tip})
    band = [{"low": content.band[0], "high": content.band[1], "y": 24, "bottom": bottom}] if content.band else []
    average = [] if content.average is None else [{"value": content.average, "y": 6, "bottom": bottom}]
    labels = spec.label_data(_labels(content, placed, bottom, form), TEXTS)
    return {"band": band, "average": average, "se": marks[True], "others": marks[False], **labels}


def _y(each: _Placed, bottom: float, form: Form) -> float:
    return bottom - FOOT - form.step * each.row


def _labels(content: Content, placed: Sequence[_Placed], bottom: float, form: Form) -> Iterator[Label]:
    if placed:
        yield _low(placed[0], bottom, form)
        if len(placed) > 1:
            yield _high(placed[-1], bottom, form)
    if content.average is not None:
        yield _average(content.average, content.average_label, form)
    if form is WIDE:
        yield Label("notes", 0, bottom + 36, content.axis)


def _at(value: float, form: Form) -> float:
    return form.plot * value / SCALE[1]


def _low(each: _Placed, bottom: float, form: Form) -> Label:
    label = Label("notes", _at(each.mark.value, form) - 10, _y(each, bottom, form), each.mark.name, "right")
    if label.left >= -form.left:
        return label
    return Label("notes", -form.left + 4, 34, each.mark.name)


def _high(each: _Placed, bottom: float, form: Form) -> Label:
    label = Label("notes", _at(each.mark.value, form) + 10, _y(each, bottom, form), each.mark.name)
    if label.right <= form.plot + form.right:
        return label
    return Label("notes", form.plot + form.right, 34, each.mark.name, "right")


def _average(value: int, text: str, form: Form) -> Label:
    right = Label("average_head", _at(value, form) + 7, 12, text)
    if right.right <= form.plot + form.right:
        return right
    return Label("average_head", _at(value, form) - 7, 12, text, "right")
