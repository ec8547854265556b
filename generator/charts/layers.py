"""What Altair is told of every drawing, once for each form: the one place that needs it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import altair as alt

from generator.charts import bars, profile_drawing, strip_drawing, trend_drawing
from generator.charts.colours import PLACEHOLDERS
from generator.charts.figure import Spec
from generator.charts.spec import STYLES


def as_text() -> str:
    """All templates as JSON by name, one a line."""
    lines = (f"{json.dumps(name)}:{json.dumps(spec, separators=(',', ':'))}" for name, spec in _templates())
    return "{" + ",\n".join(lines) + "}\n"


def _templates() -> Iterator[tuple[str, Spec]]:
    yield bars.NAME, _bar()
    for form in profile_drawing.FORMS:
        yield form.name, _profile(form)
    for strip in strip_drawing.FORMS:
        yield strip.name, _strip(strip)
    for trend in trend_drawing.FORMS:
        for floor in trend_drawing.FLOORS:
            yield trend.template(floor), _trend(trend, floor)


def _made(layers: Iterable[alt.Chart], width: int, height: float, padding: Mapping[str, int]) -> Spec:
    """What Altair makes of the layers: a plot of that size within fixed margins, without data.

    That it is a sound specification is looked at by a test of all our charts.
    """
    chart = alt.layer(
        *layers,
        datasets={},
        width=width,
        height=height,
        padding=dict(padding),
        autosize=alt.AutoSizeParams(type="none"),
        background="transparent",
        description="",
    )
    return dict(chart.configure(aria=False).configure_view(stroke=None).to_dict(validate=False))


def _margins(form: profile_drawing.Form | strip_drawing.Form) -> dict[str, int]:
    return {"left": form.left, "right": form.right, "top": 0, "bottom": form.bottom}


# What they share ----------------------------------------------------------------------------------------------------


def _colour(token: str) -> str:
    """The placeholder of a colour token."""
    return PLACEHOLDERS[token]


def _named(data_set: str) -> alt.Chart:
    """An empty layer on a named data set."""
    return alt.Chart(alt.NamedData(data_set))


def _x() -> alt.X:
    """A place across that the data gives in pixels."""
    return alt.X("x:Q", scale=None, axis=None)


def _y() -> alt.Y:
    """A place down that the data gives in pixels."""
    return alt.Y("y:Q", scale=None, axis=None)


def _texts(style: str) -> alt.Chart:
    """The labels of one style. The alignment is the label's own; the expression is the same for all data."""
    look = STYLES[style]
    texts = _named(style).mark_text(
        align=alt.ExprRef("datum.align"),
        baseline="middle",
        color=_colour(look.token),
        fontSize=look.size,
        fontWeight=look.weight,  # type: ignore[arg-type]
    )
    layer: alt.Chart = texts.encode(x=_x(), y=_y(), text="text:N")
    return layer


def _axis(values: Iterable[int], grid: bool, **more: Any) -> alt.Axis:
    return alt.Axis(
        values=list(values),
        grid=grid,
        gridColor=_colour("line"),
        domain=False,
        ticks=False,
        **more,
        labelColor=_colour("soft"),
        labelFontSize=13,
        labelPadding=8,
        title=None,
    )


# Profiles -----------------------------------------------------------------------------------------------------------


def _profile(form: profile_drawing.Form) -> Spec:
    areas, y = _named("areas"), _y()
    across = {"x": _points(form, datum=0), "x2": alt.X2(datum=100), "y": y}
    edge: Any = {"stroke": _colour("paper"), "strokeWidth": 1.5}
    look: Any = {"opacity": 1, "color": _colour("compare")}
    tick = areas.mark_tick(orient="vertical", size=profile_drawing.TICK, thickness=3, **look)
    if form.diamond:
        tick = areas.mark_point(shape="diamond", size=190, filled=True, **look, **edge)
    dot = areas.mark_circle(size=95, opacity=1, color=_colour("accent"), **edge)
    links = _named("links").mark_rule(strokeWidth=3, color=_colour("edge"))
    layers = [
        areas.mark_rule(color=_colour("line")).encode(**across),
        links.encode(x=_points(form, "points"), x2="average:Q", y=y),
        tick.encode(x=_points(form, "average"), y=y),
        dot.encode(x=_points(form, "points"), y=y),
        *map(_texts, profile_drawing.TEXTS),
        areas.mark_rule(strokeWidth=38, opacity=0).encode(**across, tooltip="tip:N"),
    ]
    return _made(layers, form.plot, 0, _margins(form))


def _points(form: profile_drawing.Form, field: str | None = None, datum: int | None = None) -> alt.X:
    axis = _axis(form.axis, form.wide, labelFlush=True)
    scale = alt.Scale(domain=list(profile_drawing.SCALE), nice=False)
    if field is None:
        return alt.X(datum=datum, type="quantitative", scale=scale, axis=axis)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


# Strips -------------------------------------------------------------------------------------------------------------


def _strip(form: strip_drawing.Form) -> Spec:
    y, tip = _y(), alt.Tooltip("tip:N")
    band = _named("band").mark_rect(color=_colour("tint"))
    upright = _named("average").mark_rule(strokeWidth=3, color=_colour("compare"))
    look: Any = {"size": form.mark, "filled": True, "opacity": 1, "color": _colour("edge")}
    look |= {"stroke": _colour("paper"), "strokeWidth": 1.5}
    layers = [
        band.encode(x=_spread(form, "low"), x2="high:Q", y=y, y2="bottom:Q"),
        upright.encode(x=_spread(form, "value"), y=y, y2="bottom:Q"),
        _named("se").mark_point(shape="circle", **look).encode(x=_spread(form, "value"), y=y, tooltip=tip),
        _named("others").mark_point(shape="square", **look).encode(x=_spread(form, "value"), y=y, tooltip=tip),
        *map(_texts, strip_drawing.TEXTS),
    ]
    return _made(layers, form.plot, 0, _margins(form))


def _spread(form: strip_drawing.Form, field: str) -> alt.X:
    scale = alt.Scale(domain=list(strip_drawing.SCALE), nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=_axis(form.axis, True, labelFlush=True))


# Trends -------------------------------------------------------------------------------------------------------------


def _trend(form: trend_drawing.Form, floor: int) -> Spec:
    time = alt.X("time:Q", scale=alt.Scale(zero=False, nice=False, padding=form.inset), axis=None)
    marks = _named("marks")
    place = {"x": time, "y": _totals("total", floor)}
    tick = marks.mark_tick(orient="horizontal", size=form.tick, thickness=3, opacity=1, color=_colour("compare"))
    dot = marks.mark_circle(size=95, opacity=1, color=_colour("accent"), stroke=_colour("paper"), strokeWidth=1.5)
    layers = [
        _named("breaks").mark_rule(strokeDash=[4, 4], color=_colour("edge")).encode(x=time),
        marks.mark_line(strokeWidth=2.5, color=_colour("accent")).encode(**place, detail="run:N"),
        tick.encode(x=time, y=_totals("average", floor)),
        dot.encode(**place),
        *map(_texts, trend_drawing.TEXTS),
        marks.mark_circle(size=1600, opacity=0).encode(**place, tooltip="tip:N"),
    ]
    margins = {"left": form.left, "right": form.right, "top": trend_drawing.TOP, "bottom": trend_drawing.BOTTOM}
    return _made(layers, form.plot, form.height, margins)


def _totals(field: str, floor: int) -> alt.Y:
    highest = trend_drawing.HIGHEST
    scale = alt.Scale(domain=[floor, highest], nice=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=_axis(range(floor, highest + 1, trend_drawing.STEP), True))


# Bars ---------------------------------------------------------------------------------------------------------------


def _bar() -> Spec:
    frame = _named("bars").mark_rect(color=_colour("tint"), stroke=_colour("edge"), strokeWidth=1)
    fill = _named("bars").mark_rect(color=_colour("accent"))
    whole = _named("bars").mark_rect(opacity=0)
    layers = [
        frame.encode(x=_along("from"), x2="frame:Q"),
        fill.encode(x=_along("from"), x2="fill:Q"),
        whole.encode(x=_along("from"), x2="frame:Q", tooltip="tip:N"),
    ]
    return _made(layers, bars.WIDTH, bars.HEIGHT, {"left": 0, "right": 0, "top": 0, "bottom": 0})


def _along(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
