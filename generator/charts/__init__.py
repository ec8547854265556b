"""Figures of evaluations: finding, sentence, table and drawings, all made from the same printed figures.

A drawing is a Vega-Lite specification that Altair made; `svg` turns one into a finished SVG. No input or output here.
Processes that call `svg` are spawned, never forked from one that has: the renderer's threads do not survive a fork.
"""

from generator.charts.bars import bar
from generator.charts.colours import plain
from generator.charts.comparisons import comparison
from generator.charts.figure import Figure, Key, explore_spec, size
from generator.charts.profiles import profile
from generator.charts.strips import strip
from generator.charts.templates import made_templates, use_templates
from generator.charts.trends import trend
from generator.charts.vector import svg, vega

__all__ = [
    "Figure", "Key", "bar", "comparison", "explore_spec", "made_templates", "plain", "profile", "size", "strip", "svg",
    "trend", "use_templates", "vega",
]  # fmt: skip
