"""The index of good examples: what of a record is searched, how its evidence weighs, and what is shown of a hit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from generator import analysis, text
from generator.model import Archive, Evaluation
from generator.search import index, table
from generator.search.blocks import Block
from generator.search.index import Index, Wanted
from generator.search.learning import Known
from generator.search.postings import Document
from generator.search.reading import Read, Reader
from generator.search.records import (
    COUNTRIES,
    KINDS,
    Addresses,
    Counted,
    Record,
    Structures,
    area_key,
    area_labels,
    facets,
    named_in,
    of_one,
    order,
    practices,
)
from generator.text import Lexicon

BOOSTS = {"title": 3.0, "text": 1.0, "place": 2.0, "parts": 0.3}
GOLD_STAR, EXAMPLE, ROLE_MODEL = 0.10, 0.10, 0.05
SCORE = 0.15
"""Between the lowest and the highest score of the very question behind a practice."""
YEAR, OLDEST = 0.005, 15
"""What a year of age takes, up to so many years."""


def wanted(archive: Archive, address: Addresses, language: str, read: Reader, known: Known) -> Wanted:
    """What the index is to be made of."""

    def beside(facets: str) -> Mapping[str, Sequence[bytes]]:
        found, structures = [Counted(*each) for each in json.loads(facets)], Structures(archive.editions)
        return table.files(found, structures, _labels(archive, found, structures, language))

    return Wanted(
        blocks(archive, address, language, read, known.learnt.lexicon),
        BOOSTS,
        list(archive.topics.values()),
        archive.translations,
        known.otherwise,
        beside,
    )


def files(archive: Archive, address: Addresses, language: str, made: Index) -> dict[str, str | bytes]:
    """The files of the index by path below the site."""
    topics = _topic_addresses(archive, made.topics, address, language)
    return index.files("examples", made, {"language": language, "words": _words(language), "topics": topics})


def blocks(archive: Archive, address: Addresses, language: str, read: Reader, lexicon: Lexicon) -> list[Block]:
    """The documents of each evaluation, in the order of the index."""
    named, by_place = analysis.named_as_role_model(archive), defaultdict[str, list[int | None]](list)
    for slug, area in named:
        by_place[slug].append(area)
    structures = Structures(archive.editions)
    newest = max((each.year or 0 for each in archive.evaluations if any(practices(each))), default=0)

    def block(evaluation: Evaluation) -> Block:
        municipality = archive.municipalities[evaluation.municipality]
        besides = (municipality.model_dump_json(), sorted(map(str, by_place[evaluation.municipality])), newest)
        return Block(evaluation.slug, f"{read.key(evaluation)} {besides}", partial(make, evaluation))

    def make(evaluation: Evaluation) -> list[Document]:
        found = of_one(archive, evaluation, address, read.practices(evaluation), named, structures)
        return documents(archive, address, language, found, lexicon, newest, structures)

    return [block(evaluation) for evaluation in sorted(archive.evaluations, key=order)]


def documents(
    archive: Archive,
    address: Addresses,
    language: str,
    found: Sequence[tuple[Record, Read]],
    lexicon: Lexicon,
    newest: int,
    structures: Structures,
) -> list[Document]:
    """A document for each record, in their order; `newest` is the year of the newest of all."""
    return [
        Document(
            fields=_fields(archive, language, record, read, lexicon),
            row=_row(archive, address, language, record, area_key(record, structures)),
            factor=evidence(record, newest),
            topics=record.topics,
            facets=facets(record),
        )
        for record, read in found
    ]


def _fields(archive: Archive, language: str, record: Record, read: Read, lexicon: Lexicon) -> dict[str, Sequence[str]]:
    title, words = (text.stemmed(each, record.language) for each in (read.title, read.words))
    inside = {part for word in {*read.title, *read.words} for part in lexicon.parts(word, record.language)}
    return {
        "title": title,
        "text": words,
        "place": _place(archive, record, language),
        "parts": sorted(inside.difference(title, words)),
    }


def _place(archive: Archive, record: Record, language: str) -> list[str]:
    """Names are not stemmed, nor is the number of a question or a year; the country and a star are."""
    municipality, t = archive.municipalities[record.municipality], text.words(language)
    names = (municipality.name, *municipality.parallel_names, record.county, record.question, record.year)
    said = [f"search.country.{record.country}", *(["search.kind.gold_star"] if record.gold_star else [])]
    stems = {stem for key in said for stem in text.stemmed(text.carrying(t(key)), language)}
    return sorted(stems.union(word for name in names if name for word in text.carrying(str(name))))


def evidence(record: Record, newest: int) -> float:
    """How much more or less than others a practice weighs: stars, the score of its question, its age."""
    known = 0 if record.percent is None else (record.percent - 50) / 100
    age = min(OLDEST, newest - record.year) if record.year else OLDEST
    stars = GOLD_STAR * record.gold_star + EXAMPLE * (record.kind != "strength") + ROLE_MODEL * record.role_model
    return 1 + stars + SCORE * known - YEAR * age


# What is shown --------------------------------------------------------------------------------------------------------


def _row(archive: Archive, address: Addresses, language: str, record: Record, area: str) -> dict[str, Any]:
    """A record without what it does not say, with its names in the language of the page."""
    fields = vars(record).items()
    said = {name: value for name, value in fields if value is not None and value is not False and value != ()}
    more = {
        "area_key": area,
        "about": _about(archive, record, language),
        "name": archive.municipalities[record.municipality].name,
        "home": address.municipality(record.municipality),
    }
    return said | {name: value for name, value in more.items() if value}


def _about(archive: Archive, record: Record, language: str) -> str:
    """What the question or else the area is called, where its edition is known."""
    edition = archive.editions.get(record.edition)
    area = edition.areas.get(record.area) if edition and record.area else None
    if area is None:
        return ""
    question = area.questions.get(record.question or "")
    return named_in(question.title if question else area.titles, language)


def _labels(archive: Archive, found: Sequence[Counted], structures: Structures, language: str) -> dict[str, Any]:
    t = text.words(language)
    countries = sorted({record.country for record in found}, key=COUNTRIES.index)
    questions = sorted({(record.edition, record.question) for record in found if record.question})
    return {
        "kind": {kind: t(f"search.kind.{kind}") for kind in KINDS},
        "area": area_labels(archive, (area_key(record, structures) for record in found), language),
        "question": {key: _question(archive, edition, key, language) for edition, key in questions},
        "country": {country: t(f"search.country.{country}") for country in countries},
    }


def _question(archive: Archive, edition: str, key: str, language: str) -> str:
    areas = archive.editions[edition].areas if edition in archive.editions else {}
    question = next((area.questions[key] for area in areas.values() if key in area.questions), None)
    return f"{key} {named_in(question.title, language)}" if question else key


def _topic_addresses(archive: Archive, used: Iterable[str], address: Addresses, language: str) -> dict[str, list[str]]:
    """What each topic that leads anywhere is called, and where its page is."""
    return {topic: [named_in(archive.topics[topic].labels, language), address.topic(topic)] for topic in used}


def _words(language: str) -> dict[str, str]:
    t = text.words(language)
    ours = {key.removeprefix("search."): words for key, words in t.entries.items() if key.startswith("search.")}
    return {key: words for key, words in ours.items() if not key.startswith("everything.")}
