"""The bar of a question. The table of questions draws it by itself; this is what "Utforska" puts in its place.

One specification for all bars: the browser gives it the width, the lengths and the words of the row that it stands in.
"""

from __future__ import annotations

from generator.charts.figure import Spec
from generator.charts.templates import template

NAME = "bar"
WIDTH, HEIGHT = 224, 10


def bar() -> Spec:
    """A frame as long as the maximum, filled as far as was reached; lengths are percent of the longest frame."""
    return {**template(NAME), "datasets": {"bars": []}}
