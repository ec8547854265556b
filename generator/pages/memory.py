"""Pages laid where they are to lie as they are made; what was made together is made anew only when it may be different.

What is remembered of pages is no text, only which files they came to: the text lies where it was laid.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from generator import charts
from generator.addresses import address
from generator.analysis import Asked, Known, asking, follow, follow_known, known, number, still
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

    @property
    def specs(self) -> dict[str, str]:
        """The specifications of its wide and its narrow picture as JSON, by where the SVG lies."""
        forms = zip(self._paths, (self.figure.wide, self.figure.narrow), strict=True)
        return {f"{path}.svg": json.dumps(spec) for path, spec in forms}

    @property
    def files(self) -> dict[str, str]:
        """What lies beside the pictures: the numbers, and what "Utforska" reads."""
        wide, narrow = self._paths
        return {
            f"{wide}.csv": self.figure.csv,
            f"{wide}.json": charts.explore_spec(self.figure.wide),
            f"{narrow}.json": charts.explore_spec(self.figure.narrow),
        }

    @property
    def _paths(self) -> tuple[str, str]:
        return self.path, f"{self.path}-{self.narrow}"


@dataclass
class Pages:
    """What the pages come to: texts by path, and the figures that lie beside them."""

    files: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)

    def add(self, site: Site, template: str, page: Page, **views: Any) -> None:
        """Render one page into its place."""
        self.files[address.markdown(page.address)] = render(template, page, site.language, **views)

    def draw(self, site: Site, *charts: Chart | None) -> None:
        """Note the figures that a page shows; a figure two pages show is drawn once."""
        for chart in charts:
            if chart:
                path = f"{chart.folder}{chart.id}".lstrip("/")
                self.drawings[path] = Drawing(path, chart.figure, site.t("pages.narrow"))


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


class Place(Protocol):
    """Where files are laid one by one, and pictures that will be drawn."""

    def put(self, path: str, content: str) -> str:
        """Lay a file; returns its digest."""

    def keep(self, path: str, digest: str) -> bool:
        """Leave a file as it was, with that digest; returns whether it is still there like that."""

    def draw(self, path: str, spec: str) -> str:
        """Have the drawing of a specification at a path; returns the name that it goes by."""

    def drawn(self, path: str, name: str) -> bool:
        """Have a drawing again; returns whether it can be had by its name alone."""


@dataclass(frozen=True)
class Laid:
    """What a unit came to: the digest of each file by its path, and the name of each drawing."""

    files: dict[str, str]
    drawings: dict[str, str]
    of: object
    asked: Asked
    right: int
    """The number of the archive it was last found right for."""

    def again(self, place: Place) -> bool:
        """Leave it where it lies, if all of it lies there."""
        files = all(place.keep(path, digest) for path, digest in self.files.items())
        return files and all(place.drawn(path, name) for path, name in self.drawings.items())


Remembered = tuple[tuple[object, ...], Known, dict[tuple[str, ...], Laid]]
"""What was around, what the archive was asked, and what the units came to."""


class Memory:
    """Units as they were laid the last time, valid as long as archive and language around them are the same."""

    def __init__(self, before: Remembered | None = None) -> None:
        self._archive: Archive | None = None
        self._around: tuple[object, ...] = ()
        self._known: Known | None = None
        self._laid: dict[tuple[str, ...], Laid] = {}
        if before:
            self._around, self._known, self._laid = before
        self.anew = 0
        """How many units were made in the last round."""

    @property
    def remembered(self) -> Remembered | None:
        """All of it, for another process."""
        return (self._around, known(self._archive), self._laid) if self._archive else None

    @property
    def files(self) -> list[str]:
        """Where everything lies that was laid."""
        return [path for laid in self._laid.values() for path in laid.files]

    @property
    def drawings(self) -> dict[str, str]:
        """The name of every drawing by its path."""
        return {path: name for laid in self._laid.values() for path, name in laid.drawings.items()}

    def meet(self, site: Site) -> None:
        """Turn to another archive, before anything is asked of it; where more than evaluations is another, forget."""
        around = _around(site)
        if around != self._around:
            self._laid = {}
        elif self._archive:
            follow(site.archive, self._archive)
        elif self._known:
            follow_known(site.archive, self._known)
        self._around, self._archive, self._known = around, site.archive, None

    def lay(self, site: Site, units: Iterable[Unit], place: Place) -> None:
        """Have every unit in its place, as before where it is still right; what is no unit any more is forgotten."""
        before, self._laid, self.anew = self._laid, {}, 0
        for unit in units:
            laid = before.get(unit.name)
            same = laid and laid.of == unit.of and still(laid.asked, site.archive, laid.right)
            if laid is None or not same or not laid.again(place):
                laid = _laid(unit, place)
                self.anew += 1
            self._laid[unit.name] = replace(laid, right=number(site.archive))


def _laid(unit: Unit, place: Place) -> Laid:
    made = Pages()
    with asking() as asked:
        unit.make(made)
    files = made.files | {path: text for drawing in made.drawings.values() for path, text in drawing.files.items()}
    specs = {path: spec for drawing in made.drawings.values() for path, spec in drawing.specs.items()}
    digests = {path: place.put(path, text) for path, text in files.items()}
    return Laid(digests, {path: place.draw(path, spec) for path, spec in specs.items()}, unit.of, asked, 0)


def _around(site: Site) -> tuple[object, ...]:
    """All that any page may look at without asking: few files, which seldom change."""
    of: Archive = site.archive
    return of.municipalities, of.editions, of.topics, of.averages, of.known, site.language, site.publisher
