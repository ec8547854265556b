"""Figures drawn, and what lies beside a page for each of them: pictures, numbers, specifications."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import charts
from generator.pages.memory import Drawing

Draw = Callable[[list[str]], dict[str, str]]
"""Takes specifications as JSON text, gives the SVG of each."""


@dataclass(frozen=True)
class Drawn:
    """A figure, its two drawings, and all files of it, by path on the site."""

    drawing: Drawing
    svg: dict[str, str]
    files: dict[str, str]


class Figures:
    """The figures of one site after the other; what is not another figure than before is not drawn again."""

    def __init__(self) -> None:
        self._drawn: dict[str, Drawn] = {}

    def drawn(self, drawings: Iterable[Drawing], draw: Draw) -> list[Drawn]:
        """Every figure with its files."""
        found = {drawing.path: drawing for drawing in drawings}
        kept = {path: drawn for path, drawn in self._drawn.items() if found.get(path) is drawn.drawing}
        new = _drawn([drawing for path, drawing in found.items() if path not in kept], draw)
        self._drawn = kept | {each.drawing.path: each for each in new}
        return [self._drawn[path] for path in found]


def _drawn(drawings: Sequence[Drawing], draw: Draw) -> Iterator[Drawn]:
    specs = [_specs(drawing) for drawing in drawings]
    drawn = draw([spec for pair in specs for spec in pair])
    for drawing, pair in zip(drawings, specs, strict=True):
        svg = {f"{path}.svg": drawn[spec] for path, spec in zip(_paths(drawing), pair, strict=True)}
        yield Drawn(drawing, svg, _files(drawing, svg))


def _paths(drawing: Drawing) -> tuple[str, str]:
    return drawing.path, f"{drawing.path}-{drawing.narrow}"


def _specs(drawing: Drawing) -> tuple[str, str]:
    return json.dumps(drawing.figure.wide), json.dumps(drawing.figure.narrow)


def _files(drawing: Drawing, svg: dict[str, str]) -> dict[str, str]:
    wide, narrow = _paths(drawing)
    return {path: charts.plain(each) for path, each in svg.items()} | {
        f"{wide}.csv": drawing.figure.csv,
        f"{wide}.json": charts.explore_spec(drawing.figure.wide),
        f"{narrow}.json": charts.explore_spec(drawing.figure.narrow),
    }
