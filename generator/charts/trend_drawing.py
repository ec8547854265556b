"""How a trend is drawn: totals on a true time axis and the same scale of points on every page.

A line joins the totals of one run only; a dashed rule with the edition's name stands where the next run begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from generator.charts import spec
from generator.charts.figure import Spec
from generator.charts.spec import STYLES, Align, Data, Label
from generator.charts.templates import template

HIGHEST = 800
LOWEST = 200
FLOORS = (0, LOWEST)
"""Where the scale may begin."""
STEP = 200
TEXTS = ("own", "averages", "years", "small_notes")
ABOVE = 17
"""From the middle of a mark to the middle of its number."""
YEAR_BELOW = 17
NARROW_LINE = 15


@dataclass(frozen=True)
class Form:
    """A width of the drawing: margins, plot and the empty space before the first and after the last mark (pixels)."""

    name: str
    left: int
    plot: int
    right: int
    height: int
    inset: int
    tick: int

    def template(self, floor: int) -> str:
        """The name of the specification for a scale that begins there."""
        return f"{self.name}-{floor}"


WIDE = Form("trend", left=36, plot=756, right=8, height=250, inset=120, tick=28)
NARROW = Form("trend-narrow", left=32, plot=248, right=8, height=210, inset=34, tick=24)
FORMS = (WIDE, NARROW)
TOP = 10
BOTTOM = 26


@dataclass(frozen=True)
class Mark:
    """One total at its time, the average printed beside it, and what is said when pointed at."""

    time: float
    year: str
    total: int
    average: int | None
    average_label: str
    tip: str


@dataclass(frozen=True)
class Break:
    """Where a run begins that may not be joined to the one before: the year if known, and what is new."""

    since: int | None
    label: str


@dataclass(frozen=True)
class Content:
    """All that a drawing shows: runs of marks, and one break between each two runs."""

    runs: Sequence[Sequence[Mark]]
    breaks: Sequence[Break]

    @property
    def marks(self) -> list[Mark]:
        return [mark for run in self.runs for mark in run]


def specification(content: Content, form: Form, description: str) -> Spec:
    """The drawing, by swapping the data in what Altair made once."""
    data, rows = _data(content, form)
    of = template(form.template(_floor(content)))
    bottom = BOTTOM + NARROW_LINE * (rows - 1)
    return spec.swapped(of, form.height, description, data) | {"padding": {**of["padding"], "bottom": bottom}}


def _floor(content: Content) -> int:
    """200, or 0 where a figure lies below it."""
    values = [value for mark in content.marks for value in (mark.total, mark.average) if value is not None]
    return LOWEST if min(values) >= LOWEST else 0


# Where everything stands --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Plot:
    """From time and points to pixels, as the scales of the drawing do it."""

    form: Form
    first: float
    last: float
    floor: int

    def x(self, time: float) -> float:
        room = self.form.plot - 2 * self.form.inset
        return self.form.inset + room * (time - self.first) / (self.last - self.first)

    def y(self, points: int) -> float:
        return self.form.height * (HIGHEST - points) / (HIGHEST - self.floor)


def _data(content: Content, form: Form) -> tuple[Data, int]:
    """The data sets, and the number of lines that the years take."""
    times = [mark.time for mark in content.marks]
    plot = _Plot(form, min(times), max(times), _floor(content))
    marks = [
        {"run": number, "time": mark.time, "total": mark.total, "average": mark.average, "tip": mark.tip}
        for number, run in enumerate(content.runs, start=1)
        for mark in run
    ]
    breaks = [{"time": time} for time in _break_times(content)]
    years = _years(content.marks, plot)
    labels = spec.label_data([*_labels(content, plot), *years], TEXTS)
    return {"marks": marks, "breaks": breaks, **labels}, len({label.y for label in years})


def _break_times(content: Content) -> list[float]:
    return [
        _break_time(before[-1].time, edition.since, after[0].time)
        for before, edition, after in zip(content.runs, content.breaks, content.runs[1:], strict=False)
    ]


def _break_time(before: float, since: int | None, after: float) -> float:
    """When the edition came into use, if that lies between the two; else half way."""
    return float(since) if since is not None and before < since < after else round((before + after) / 2, 3)


def _years(marks: Sequence[Mark], plot: _Plot) -> list[Label]:
    """The years below the plot; one that would touch another stands a line lower."""
    labels: list[Label] = []
    for mark in marks:
        rows = (plot.form.height + YEAR_BELOW + NARROW_LINE * row for row in count())
        places = (Label("years", plot.x(mark.time), y, mark.year, "center") for y in rows)
        labels.append(next(place for place in places if not _too_near(place, labels)))
    return labels


def _too_near(year: Label, others: Iterable[Label]) -> bool:
    return any(year.y == other.y and year.left < other.right + 6 for other in others)


def _labels(content: Content, plot: _Plot) -> list[Label]:
    """Numbers first, then averages, then the names of editions: each where nothing stands already."""
    taken = [_mark_box(mark, plot) for mark in content.marks]
    labels: list[Label] = []
    for wishes in _wishes(content, plot):
        if label := _placed(list(wishes), taken, plot.form):
            labels.append(label)
            taken.append(_box(label))
    return labels


def _wishes(content: Content, plot: _Plot) -> Iterator[Iterator[Label]]:
    for mark in content.marks:
        yield _around("own", str(mark.total), plot.x(mark.time), plot.y(mark.total))
    for mark in content.marks:
        if mark.average is not None:
            at = plot.x(mark.time), plot.y(mark.average)
            shown = (mark.average_label, str(mark.average))
            yield (label for text in shown for label in _around("averages", text, *at, below=True))
    for time, edition in zip(_break_times(content), content.breaks, strict=True):
        yield _beside(plot.x(time), edition.label)


Box = tuple[float, float, float, float]


def _mark_box(mark: Mark, plot: _Plot) -> Box:
    x, values = plot.x(mark.time), [value for value in (mark.total, mark.average) if value is not None]
    return x - 6, plot.y(max(values)) - 6, x + 6, plot.y(min(values)) + 6


def _box(label: Label) -> Box:
    half = STYLES[label.style].size / 2
    return label.left, label.y - half, label.right, label.y + half


def _around(style: str, text: str, x: float, y: float, below: bool = False) -> Iterator[Label]:
    near, far = (ABOVE, -ABOVE) if below else (-ABOVE, ABOVE)
    places: list[tuple[float, float, Align]] = [
        (0, near, "center"), (0, far, "center"), (12, 0, "left"), (-12, 0, "right"),
        (0, 2 * near, "center"), (0, 2 * far, "center"),
    ]  # fmt: skip
    for dx, dy, align in places:
        yield Label(style, x + dx, y + dy, text, align)


def _beside(x: float, text: str) -> Iterator[Label]:
    for y in (8, 24, 40):
        yield Label("small_notes", x + 6, y, text, "left")
        yield Label("small_notes", x - 6, y, text, "right")


def _placed(wishes: list[Label], taken: Iterable[Box], form: Form) -> Label | None:
    """The first wish that touches nothing and lies inside, moved sideways where a centred label would stick out.

    Where there is none, a total stands all the same; an average is left to the table rather than written over another.
    """
    inside = [_inside(label, form) for label in wishes]
    boxes = list(taken)
    free = (label for label in inside if not any(_touch(_box(label), box) for box in boxes) and _fits(label, form))
    return next(free, None if wishes[0].style == "averages" else inside[0])


def _inside(label: Label, form: Form) -> Label:
    if label.align != "center":
        return label
    shift = max(0.0, -label.left) - max(0.0, label.right - form.plot - form.right)
    return Label(label.style, label.x + shift, label.y, label.text, label.align)


def _fits(label: Label, form: Form) -> bool:
    return label.left >= 0 and label.right <= form.plot + form.right and 0 <= label.y <= form.height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
