"""Pages kept from before: what was made together is made anew only when something it was made of is different."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from generator.addresses import address
from generator.analysis import Asked, asking, follow, number, still
from generator.charts import Figure
from generator.model import Archive
from generator.pages.parts import Chart, Page
from generator.pages.render import render
from generator.pages.site import Site


@dataclass(frozen=True)
class Drawing:
    """A figure and where it lies, without ending: `kommuner/enkoping/2016/profil`."""

    path: str
    figure: Figure
    narrow: str
    """The word that tells the narrow form's files apart."""


@dataclass
class Pages:
    """What the pages come to: texts by path, and the figures that lie beside them."""

    files: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)

    def add(self, site: Site, template: str, page: Page, **views: Any) -> None:
        """Render one page into its place."""
        star = site.t("pages.gold_star")
        self.files[address.markdown(page.address)] = render(
            template, page, site.language, gold_star_label=star, **views
        )

    def draw(self, site: Site, *charts: Chart | None) -> None:
        """Note the figures that a page shows; a figure two pages show is drawn once."""
        for chart in charts:
            if chart:
                path = f"{chart.folder}{chart.id}".lstrip("/")
                self.drawings[path] = Drawing(path, chart.figure, site.t("pages.narrow"))

    def join(self, other: Pages) -> None:
        """Take in what was made apart."""
        self.files |= other.files
        self.drawings |= other.drawings


@dataclass(frozen=True)
class Unit:
    """Pages that are made together: their name, what they are made of besides what they ask, and how."""

    name: tuple[str, ...]
    of: object
    make: Callable[[Pages], None]


@dataclass(frozen=True)
class Share:
    """The pages that one of several machines makes; the first machine has what is one of its kind."""

    number: int = 1
    of: int = 1

    @property
    def first(self) -> bool:
        return self.number == 1

    @property
    def whole(self) -> bool:
        """Whether it is all there is."""
        return self.of == 1

    def units(self, units: Iterable[Unit]) -> list[Unit]:
        """Those of the units that belong to it: in turn, so that all shares are as large."""
        every = list(units)
        alone = [unit for unit in every if len(unit.name) == 1]
        others = [unit for unit in every if len(unit.name) > 1]
        return [*(alone if self.first else ()), *others[self.number - 1 :: self.of]]


WHOLE = Share()


@dataclass(frozen=True)
class _Kept:
    made: Pages
    of: object
    asked: Asked
    right: int
    """The number of the archive it was last found right for."""


class Memory:
    """Units as they were made the last time, valid as long as archive and language around them are the same."""

    def __init__(self) -> None:
        self._archive: Archive | None = None
        self._around: tuple[object, ...] = ()
        self._kept: dict[tuple[str, ...], _Kept] = {}

    def meet(self, site: Site) -> None:
        """Turn to another archive, before anything is asked of it; where more than evaluations is another, forget."""
        around = _around(site)
        if around != self._around:
            self._kept = {}
        elif self._archive:
            follow(site.archive, self._archive)
        self._around, self._archive = around, site.archive

    def made(self, site: Site, units: Iterable[Unit]) -> Iterator[Pages]:
        """Every unit's pages, from before where they are still right; what is no unit any more is forgotten."""
        before, self._kept = self._kept, {}
        for unit in units:
            kept = before.get(unit.name)
            if kept is None or kept.of != unit.of or not still(kept.asked, site.archive, kept.right):
                kept = _made(unit)
            self._kept[unit.name] = replace(kept, right=number(site.archive))
            yield kept.made


def _made(unit: Unit) -> _Kept:
    made = Pages()
    with asking() as asked:
        unit.make(made)
    return _Kept(made, unit.of, asked, 0)


def _around(site: Site) -> tuple[object, ...]:
    """All that any page may look at without asking: few files, which seldom change."""
    of: Archive = site.archive
    return of.municipalities, of.editions, of.topics, of.averages, of.known, site.language, site.publisher
