"""An edition (modell) of the instrument: areas, headings, questions, maxima, and what it compares with."""

from __future__ import annotations

from generator.model.fields import (
    AREA_MAXIMUM,
    AreaNumber,
    Comparability,
    Language,
    Line,
    Names,
    Points,
    QuestionNumber,
    Record,
    Source,
    Texts,
    Year,
)


class Question(Record):
    """A question that carries points. Shape: title per language, maximum in points."""

    title: Names
    maximum: Points


class EditionArea(Record):
    """One of the eight areas of an edition. Titles are as seen in print, never translated by us."""

    titles: Names = {}
    other_titles: tuple[Line, ...] = ()
    """Other titles that reports of this edition print."""
    headings: dict[Language, tuple[Line, ...]] = {}
    about: Texts
    """What this area is about, in our own words."""
    questions: dict[QuestionNumber, Question] = {}
    maximum: Points = AREA_MAXIMUM


class ComparableTo(Record):
    """How far two editions can be compared, and why."""

    level: Comparability
    why: Texts


class Edition(Record):
    """One edition (modell) of the instrument: areas, headings, questions, maxima."""

    id: str
    since: Year
    about: Texts
    areas: dict[AreaNumber, EditionArea]
    comparable: dict[str, ComparableTo] = {}
    """To each earlier edition. What is not said here is `none`."""
    sources: tuple[Source, ...] = ()
