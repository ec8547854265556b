"""How a profile is drawn: a row per area on the whole scale, a dot for its points, an upright tick for the average.

Wide, the names stand left of the tracks; narrow, each name stands above its own track.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.charts import letters, spec
from generator.charts.figure import Spec
from generator.charts.spec import STYLES, Data, Label
from generator.charts.templates import template

SCALE = (0, 100)
LINE = 17
INDENT = 14
GAP = 10
"""From the middle of a mark to its number."""
TICK = 20
HEAD_ABOVE = 20
"""From a track up to the series names above it."""
HEAD_GAP = 8
TEXTS = ("names", "own", "averages", "own_head", "average_head", "notes")


@dataclass(frozen=True)
class Form:
    """A width of the drawing and what differs with it (pixels)."""

    name: str
    wide: bool
    left: int
    plot: int
    right: int
    bottom: int
    axis: tuple[int, ...]
    diamond: bool = False
    """Whether the other value is another evaluation's and not an average: a diamond instead of a tick."""

    @property
    def name_room(self) -> int:
        return self.left - 22 if self.wide else self.left + self.plot + self.right


WIDE = Form("profile", True, 276, 484, 40, 46, (0, 25, 50, 75, 100))
NARROW = Form("profile-narrow", False, 20, 232, 36, 28, (0, 50, 100))
WIDE_PAIR = replace(WIDE, name="pair", diamond=True)
NARROW_PAIR = replace(NARROW, name="pair-narrow", diamond=True)
FORMS = (WIDE, NARROW, WIDE_PAIR, NARROW_PAIR)


@dataclass(frozen=True)
class Row:
    """One area as drawn: its name with number, what is printed, and what is said when pointed at."""

    area: int
    name: str
    points: int | None
    average: int | None
    tip: str


@dataclass(frozen=True)
class Content:
    """All that a drawing shows: rows and the words around them."""

    rows: Sequence[Row]
    own: str
    average: str
    missing: str
    axis: str


@dataclass(frozen=True)
class _Place:
    """A row in the plot: the middle of its first line of name, and its track."""

    row: Row
    name: list[str]
    name_y: float
    y: float


def specification(content: Content, form: Form, description: str) -> Spec:
    """The drawing, by swapping the data in what Altair made once."""
    places = _places(content.rows, form)
    return spec.swapped(template(form.name), _height(places), description, _data(content, places, form))


# Where everything stands --------------------------------------------------------------------------------------------


def _places(rows: Sequence[Row], form: Form) -> list[_Place]:
    places, top = [], 13.0 if form.wide else 0.0
    headed = _headed(rows)
    for row in rows:
        name = letters.wrapped(row.name, form.name_room, STYLES["names"].size, INDENT)
        place = _wide_place(row, name, top) if form.wide else _narrow_place(row, name, top, row is headed)
        places.append(place)
        top = place.y + (max(38, LINE * len(name) + 4) / 2 if form.wide else 16)
    return places


def _headed(rows: Sequence[Row]) -> Row | None:
    """The row that the series names stand above: the first with both values, else the first with points."""
    both = [row for row in rows if row.points is not None and row.average is not None]
    return next(iter(both or [row for row in rows if row.points is not None]), None)


def _wide_place(row: Row, name: list[str], top: float) -> _Place:
    y = top + max(38, LINE * len(name) + 4) / 2
    return _Place(row, name, y - LINE * (len(name) - 1) / 2, y)


def _narrow_place(row: Row, name: list[str], top: float, headed: bool) -> _Place:
    first = top + 9
    return _Place(row, name, first, first + LINE * (len(name) - 1) + 23 + (LINE if headed else 0))


def _height(places: Sequence[_Place]) -> float:
    return places[-1].y + 22 if places else 0


def _data(content: Content, places: Sequence[_Place], form: Form) -> Data:
    areas = [
        {name: getattr(place.row, name) for name in ("area", "name", "points", "average", "tip")} | {"y": place.y}
        for place in places
    ]
    links = [
        {"points": row["points"], "average": row["average"], "y": row["y"]}
        for row in areas
        if row["points"] is not None and row["average"] is not None
    ]
    return {"areas": areas, "links": links, **spec.label_data(_labels(content, places, form), TEXTS)}


def _labels(content: Content, places: Sequence[_Place], form: Form) -> Iterator[Label]:
    headed = _headed(content.rows)
    for place in places:
        yield from _name(place, form)
        yield from _numbers(place.row, place.y, content.missing, form)
        if place.row is headed:
            yield from _heads(content, place, form)
    if places and form.wide:
        yield Label("notes", 0, _height(places) + 36, content.axis)


def _name(place: _Place, form: Form) -> Iterator[Label]:
    for number, line in enumerate(place.name):
        yield Label("names", -form.left + (INDENT if number else 0), place.name_y + LINE * number, line)


def _at(value: int, form: Form) -> float:
    return form.plot * value / SCALE[1]


def _own_is_right(row: Row) -> bool:
    return row.average is None or row.points is None or row.points >= row.average


def _numbers(row: Row, y: float, missing: str, form: Form) -> Iterator[Label]:
    """The own value on the outer side of its dot, the average on the other."""
    right = _own_is_right(row)
    if row.points is None:
        yield _missing(missing, row.average, y, form)
    else:
        yield _beside("own", _at(row.points, form), y, str(row.points), right)
    if row.average is not None:
        yield _beside("averages", _at(row.average, form), y, str(row.average), row.points is None or not right)


def _missing(text: str, average: int | None, y: float, form: Form) -> Label:
    """The words at the start of the track, or after the average where that stands so low."""
    label = Label("notes", 6, y, text)
    if average is None or _at(average, form) > label.right + 6:
        return label
    return Label("notes", _beside("averages", _at(average, form), y, str(average), True).right + GAP, y, text)


def _beside(style: str, x: float, y: float, text: str, right: bool) -> Label:
    return Label(style, x + GAP, y, text, "left") if right else Label(style, x - GAP, y, text, "right")


def _heads(content: Content, place: _Place, form: Form) -> list[Label]:
    """The series names above the first row, on the same sides as the numbers, moved apart and into the drawing."""
    row, y = place.row, place.y - HEAD_ABOVE
    if row.points is None:
        return []
    right = _own_is_right(row)
    own = Label("own_head", _at(row.points, form) + (-3 if right else 3), y, content.own, "left" if right else "right")
    if row.average is None:
        return _within([own], form)
    x = _at(row.average, form) + (3 if right else -3)
    average = Label("average_head", x, y, content.average, "right" if right else "left")
    return _within([average, own] if right else [own, average], form)


def _within(labels: list[Label], form: Form) -> list[Label]:
    """The labels, from left to right, kept inside the drawing and set apart."""
    inside = [_moved(label, _back_inside([label], form)) for label in labels]
    for before, after in pairwise(inside):
        push = max(0.0, HEAD_GAP - (after.left - before.right)) / 2
        if push:
            inside = [_moved(before, -push), _moved(after, push)]
            back = _back_inside(inside, form)
            inside = [_moved(label, back) for label in inside]
    return inside


def _back_inside(labels: Sequence[Label], form: Form) -> float:
    """How far the labels together must move to lie inside the drawing."""
    over = max(label.right for label in labels) - form.plot - form.right
    under = (0 if form.wide else -form.left) - min(label.left for label in labels)
    return under if under > 0 else -over if over > 0 else 0.0


def _moved(label: Label, x: float) -> Label:
    return Label(label.style, label.x + x, label.y, label.text, label.align)
