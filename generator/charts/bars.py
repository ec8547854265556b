"""The bar of a question. The table of questions draws it by itself; this is what "Utforska" puts in its place.

One specification for all bars: the browser gives it the width, the lengths and the words of the row that it stands in.
"""

from __future__ import annotations

import altair as alt

from generator.charts import spec
from generator.charts.figure import Spec
from generator.charts.spec import Data, colour, named

WIDTH, HEIGHT = 224, 10


def bar(data: Data | None = None) -> Spec:
    """A frame as long as the maximum, filled as far as was reached; lengths are percent of the longest frame."""
    frame = named("bars").mark_rect(color=colour("tint"), stroke=colour("edge"), strokeWidth=1)
    fill = named("bars").mark_rect(color=colour("accent"))
    whole = named("bars").mark_rect(opacity=0)
    layers = [
        frame.encode(x=_along("from"), x2="frame:Q"),
        fill.encode(x=_along("from"), x2="fill:Q"),
        whole.encode(x=_along("from"), x2="frame:Q", tooltip="tip:N"),
    ]
    return spec.made(layers, WIDTH, HEIGHT, {"left": 0, "right": 0, "top": 0, "bottom": 0}, "", data or {"bars": []})


def _along(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
