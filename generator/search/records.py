"""What the search knows of every example and strength: one record each, in the order that the index numbers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, Protocol

from generator import analysis
from generator.analysis import Practice
from generator.model import Archive, Edition, Evaluation, Example
from generator.search.reading import Read, Reader

Kind = Literal["gold_star", "example", "strength"]
KINDS: tuple[Kind, ...] = ("gold_star", "example", "strength")
COUNTRIES = ("se", "no", "dk", "fi")
DISPLAY_TITLE = 80
Named = Counter[tuple[str, int | None]]


class Addresses(Protocol):
    """Where things lie on the site; `addresses.address` is one."""

    def practice(self, of: Practice, /) -> str: ...
    def municipality(self, slug: str, /) -> str: ...
    def topic(self, identity: str, /) -> str: ...
    def evaluation(self, of: Evaluation, /) -> str: ...
    def area(self, of: Evaluation, number: int, /) -> str: ...
    def edition_area(self, edition: str, number: int, /) -> str: ...
    def question(self, edition: str, key: str, /) -> str: ...


@dataclass(frozen=True)
class Counted:
    """What of a record it is counted by."""

    municipality: str
    county: str | None
    country: str
    year: int | None
    edition: str
    area: int | None
    question: str | None
    kind: Kind
    topics: Sequence[str]
    percent: int | None


COUNTED_BY = tuple(each.name for each in fields(Counted))


@dataclass(frozen=True)
class Record(Counted):
    """One example or strength as the search knows it."""

    id: str
    address: str
    language: str
    title: str
    """A strength has none: its text, shortened at a word boundary, stands here for display only."""
    text: str
    percent_is_of: Literal["question", "area"] | None
    gold_star: bool
    role_model: bool
    """Whether some report points to this municipality as one to learn from in this area."""


def facets(record: Record) -> tuple[Any, ...]:
    """What it is counted by, in the order of the fields."""
    return tuple(getattr(record, name) for name in COUNTED_BY)


def order(evaluation: Evaluation) -> tuple[Any, ...]:
    """Where the records of an evaluation stand among those of others."""
    country = COUNTRIES.index(evaluation.country)
    return country, evaluation.municipality, evaluation.year or 0, evaluation.edition


def records(archive: Archive, address: Addresses, read: Reader) -> list[tuple[Record, Read]]:
    """Every example and strength with its words, in the order of the index."""
    named, structures = analysis.named_as_role_model(archive), Structures(archive.editions)
    evaluations = sorted(archive.evaluations, key=order)
    found = (of_one(archive, each, address, read.practices(each), named, structures) for each in evaluations)
    return [pair for pairs in found for pair in pairs]


def of_one(
    archive: Archive,
    evaluation: Evaluation,
    address: Addresses,
    words: Sequence[Read],
    named: Named,
    structures: Structures,
) -> list[tuple[Record, Read]]:
    """Those of one evaluation; what facets count alike lies together."""
    pairs = zip(practices(evaluation), words, strict=True)
    found = [
        (_record(archive, address, practice, number, named, read.plain), read)
        for number, (practice, read) in enumerate(pairs, start=1)
    ]
    return sorted(found, key=lambda pair: _order(pair[0], structures))


def practices(evaluation: Evaluation) -> tuple[Practice, ...]:
    """What the search finds of an evaluation: its examples, then its strengths."""
    return analysis.practices(evaluation, "examples") + analysis.practices(evaluation, "strengths")


def _order(record: Record, structures: Structures) -> tuple[Any, ...]:
    return (KINDS.index(record.kind), *spot(record, structures), record.topics, record.id)


def spot(record: Counted, structures: Structures) -> tuple[str, str]:
    """The area in its structure and the question; empty where it is not said."""
    return area_key(record, structures), record.question or ""


def _record(archive: Archive, address: Addresses, practice: Practice, number: int, named: Named, words: str) -> Record:
    evaluation, item = practice.evaluation, practice.item
    return Record(
        id=f"{evaluation.slug}/{item.id or number}",
        address=address.practice(practice),
        kind=_kind(practice),
        language=item.lang or evaluation.language,
        title=item.title if isinstance(item, Example) else shortened(words),
        text=words,
        topics=item.topics,
        municipality=evaluation.municipality,
        county=archive.municipalities[evaluation.municipality].county,
        country=evaluation.country,
        year=evaluation.year,
        edition=evaluation.edition,
        area=practice.area,
        question=item.question,
        percent=analysis.percent_of(practice),
        percent_is_of=_percent_is_of(practice),
        gold_star=analysis.gold_star(practice),
        role_model=practice.area is not None and (evaluation.municipality, practice.area) in named,
    )


def _kind(practice: Practice) -> Kind:
    if not isinstance(practice.item, Example):
        return "strength"
    return "gold_star" if analysis.gold_star(practice) else "example"


def _percent_is_of(practice: Practice) -> Literal["question", "area"] | None:
    if analysis.percent_of(practice) is None or practice.area is None:
        return None
    return "question" if practice.result is not None and practice.result.percent is not None else "area"


def shortened(words: str, length: int = DISPLAY_TITLE) -> str:
    """The text as it is if it is short, else cut after a whole word, with an ellipsis."""
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


# Areas: the same number means another thing in another structure ------------------------------------------------------


class Structures:
    """Finds the first edition whose areas an edition shares.

    Where the edition is not known: that of the newest in use that year, in whose structure its areas were placed.
    """

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        self._editions = dict(editions)
        self._found: dict[tuple[str, int | None], str | None] = {}

    def __call__(self, edition: str, year: int | None) -> str | None:
        if (edition, year) not in self._found:
            self._found[edition, year] = self._find(edition, year)
        return self._found[edition, year]

    def _find(self, edition: str, year: int | None) -> str | None:
        if edition == analysis.UNKNOWN:
            in_use = [known for known in self._editions.values() if known.since <= (year or 0)]
            edition = max(in_use, key=lambda known: known.since).id if in_use else analysis.UNKNOWN
        relations = {other: analysis.relation(self._editions, edition, other) for other in sorted(self._editions)}
        return next((other for other, relation in relations.items() if analysis.by_area(relation.level)), None)


def area_key(record: Counted, structures: Structures) -> str:
    """`2010-4` is area 4 of the structure of 2010; empty where the area is not stated."""
    of = structures(record.edition, record.year) if record.area else None
    return f"{of}-{record.area}" if of else ""


def area_labels(archive: Archive, found: Iterable[str], language: str) -> dict[str, str]:
    """Areas by key (`found`: that of each record): all of the structure that most belong to, of others those found."""
    keys = Counter(filter(None, found))
    structures = Counter(key.partition("-")[0] for key in keys.elements())
    main = max(sorted(structures), key=lambda of: structures[of], default="")
    return {
        f"{of}-{number}": _area_label(archive.editions[of], number, language, of == main)
        for of in sorted(structures)
        for number in sorted(archive.editions[of].areas)
        if of == main or f"{of}-{number}" in keys
    }


def _area_label(edition: Edition, number: int, language: str, main: bool) -> str:
    title = named_in(edition.areas[number].titles, language)
    return f"{number} {title}" if main else f"{title} ({edition.id})"


def named_in(names: Mapping[Any, str], language: str) -> str:
    """The name in the language of the page, else in the first that has one."""
    return names.get(language) or next(iter(names.values()), "")
