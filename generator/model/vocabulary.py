"""The registry of municipalities, the topics, the printed averages, and evaluations that were only heard of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from generator.model.fields import (
    AreaNumber,
    Country,
    KnownMismatch,
    Language,
    Line,
    Names,
    PartialDate,
    Points,
    QuestionNumber,
    Record,
    Slug,
    Source,
    Text,
    Texts,
    Whole,
    Word,
    Year,
)


class Municipality(Record):
    """One row of `municipalities.csv`: an entry of the Nordic registries, current or former."""

    country: Country
    slug: Slug
    code: str
    name: str
    parallel_names: tuple[str, ...] = ()
    county: str | None = None
    population: int | None = None
    population_year: int | None = None
    group: str | None = None
    """SKR's municipality group of 2023 (Sweden only)."""
    successor: Slug | None = None
    """Slug of the municipality that a former one became part of."""
    former: tuple[Slug, ...] = ()
    """Slugs that its addresses held before."""


class Topic(Record):
    """One concept of the field, tied to areas (`2010`-`2015` numbering) and questions of the edition of 2015."""

    id: Slug
    labels: Names
    synonyms: dict[Language, tuple[Line, ...]] = {}
    broader: Slug | None = None
    """The wider topic that this one is part of."""
    areas: tuple[AreaNumber, ...]
    questions: tuple[QuestionNumber, ...] = ()
    former: tuple[Slug, ...] = ()
    """Ids that its address held before."""


class Translation(Record):
    """Words of everyday language that say the same in several languages and are no topic (`translations.yml`)."""

    sv: tuple[Word, ...] = ()
    nb: tuple[Word, ...] = ()
    nn: tuple[Word, ...] = ()
    da: tuple[Word, ...] = ()
    fi: tuple[Word, ...] = ()
    en: tuple[Word, ...] = ()

    def words(self) -> Iterator[tuple[Language, str]]:
        """Each word with its language."""
        for language in get_args(Language):
            yield from ((language, word) for word in getattr(self, language))


class Average(Record):
    """An average that somebody printed, with its date and basis. Never computed by us."""

    id: Slug
    country: Country
    edition: str
    date: PartialDate
    basis: Texts
    """What the average was taken over, in words."""
    count: Whole | None = None
    """How many evaluations it rests on, where printed."""
    total: Points | None = None
    areas: dict[AreaNumber, Points] = {}
    source: Source
    known_mismatches: tuple[KnownMismatch, ...] = ()

    @property
    def year(self) -> int:
        return int(self.date[:4])


class Known(Record):
    """An evaluation that is known to exist though nothing of it was seen (`known.yml`)."""

    municipality: Slug
    year: Year | None = None
    text: Text
    """How we know, and what the year rests on."""
    sources: tuple[Source, ...] = ()
