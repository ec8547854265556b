"""The pieces that pages are made of: what templates receive, already worded, ordered and formatted.

Addresses are absolute on the site ("/kommuner/enkoping/"); the template's `href` filter makes them relative.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.charts import Figure


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `to` empty means words only."""

    text: str
    to: str = ""
    lang: str = ""
    mark: str = ""
    """The number of an area or question, which stands before the words."""


@dataclass(frozen=True)
class Fact:
    """One fact of a definition list."""

    name: str
    value: Link


@dataclass(frozen=True)
class Scale:
    """The one large number of a page and its bar. Lengths are percent of the maximum."""

    figure: str
    unit: str
    maximum: int
    fill: float
    average: float | None = None
    average_label: str = ""
    average_date: str = ""
    average_sentence: str = ""

    @property
    def label_end(self) -> bool:
        """Whether the label stands to the left of its tick."""
        return self.average is not None and self.average >= 45


@dataclass(frozen=True)
class Head:
    """A column's head; `short` takes its place where there is little room."""

    text: str
    number: bool = False
    short: str = ""
    second: str = ""
    """A second line."""
    wide: bool = False
    """Whether the column is left out where there is little room."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table. `key` is what a script sorts by; `short` takes the text's place on little room."""

    text: str
    to: str = ""
    number: bool = False
    own: bool = False
    missing: bool = False
    lang: str = ""
    mark: str = ""
    key: str = ""
    short: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first column names the row."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    sortable: bool = False


@dataclass(frozen=True)
class QuestionRow:
    """One question: bar lengths are percent of the longest maximum on the page."""

    number: str
    title: Link
    frame: float
    fill: float
    points: str
    out_of: str
    percent: str


@dataclass(frozen=True)
class Card:
    """An example in short."""

    title: Link
    text: str
    meta: str
    gold_star: bool = False


@dataclass(frozen=True)
class ActionView:
    """One action of a municipality's plan, in words."""

    what: str
    detail: str
    link: Link | None


@dataclass(frozen=True)
class Item:
    """A strength or improvement, and what the municipality does about it."""

    id: str
    html: str
    topics: tuple[Link, ...] = ()
    actions: tuple[ActionView, ...] = ()


@dataclass(frozen=True)
class ExampleView:
    """An example in full, with what it rests on."""

    id: str
    title: str
    html: str
    meta: str
    topics: tuple[Link, ...]
    gold_star: bool
    lang: str


@dataclass(frozen=True)
class Pair:
    """Strengths beside improvements."""

    strengths: tuple[Item, ...]
    improvements: tuple[Item, ...]
    lang: str


@dataclass(frozen=True)
class Chart:
    """A figure and where its files lie; without the figure nothing is shown."""

    id: str
    figure: Figure
    folder: str
    embed: str = ""
    """What a stranger pastes to show the figure."""
    table: Table | None = None

    @property
    def continued(self) -> str:
        """The finding as it goes on after a name and a colon."""
        return self.figure.title[:1].lower() + self.figure.title[1:]


@dataclass(frozen=True)
class SourceView:
    """What a page's figures rest on."""

    links: tuple[Link, ...]
    read: str
    data: tuple[Link, ...] = ()
    """The files that hold the figures, and where they can be corrected."""


@dataclass(frozen=True)
class Page:
    """What every page has."""

    address: str
    title: str
    description: str
    crumbs: tuple[Link, ...]
    kicker: str
    lead: str
    contents: bool
    """Whether the page is long enough for a table of contents."""
    title_lang: str = ""
    of: str = ""
    """What tells the page from others of the same title, in the browser's list of them: `Enköping 2016`."""
