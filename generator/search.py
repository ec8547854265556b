"""The search over examples and strengths: a record for each, one lunr index, the files that the browser fetches.

lunr.py's Builder is fed with words we analysed: its language mode downloads stop words, its trimmer loses letters.
`docs/assets/search-analysis.js` analyses the same way in the browser. Nothing here writes files or knows an address.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import mkdocs
from lunr.builder import Builder

from generator import analysis, text
from generator.analysis import Practice
from generator.model import Archive, Edition, Example, Topic

Kind = Literal["gold_star", "example", "strength"]
KINDS: tuple[Kind, ...] = ("gold_star", "example", "strength")
FOLDER = "assets/search/"
DISPLAY_TITLE = 80
Named = Counter[tuple[str, int | None]]
BOOSTS = {"title": 3, "text": 1, "topics": 1, "place": 2}

STEMMED_AS = {"sv": "sv", "nb": "nb", "nn": "nb", "da": "nb"}
"""Whose endings a language is cut by. Danish by the Norwegian ones: the two Danish stemmers at hand disagree."""

_STOP_WORDS = """
af alla alle at att av ble blei blev blir bliver både da de dei dem den denna denne der deres det detta
dette du där efter eg ein eit eller en er et ett etter finns for fra frå från få får för ha han har ho hos
hun hur i ikke ikkje in ind inte kan korleis man me med men mod mot när når och också og også om op opp over
på samt seg sig sin sina sine sit sitt ska skal som så til till ud under ut utan var ved vere vi vid være är
över
"""
STOP_WORDS = frozenset(text.fold(word) for word in _STOP_WORDS.split())
"""Words that carry no search in Swedish, Norwegian and Danish, folded; the browser gets the same list."""


class Addresses(Protocol):
    """Where things lie on the site; `pages.address` is one."""

    def practice(self, of: Practice, /) -> str: ...
    def municipality(self, slug: str, /) -> str: ...
    def topic(self, identity: str, /) -> str: ...


@dataclass(frozen=True)
class Record:
    """One example or strength as the search knows it."""

    id: str
    address: str
    kind: Kind
    language: str
    title: str
    """A strength has none: its text, shortened at a word boundary, stands here for display only."""
    text: str
    topics: tuple[str, ...]
    municipality: str
    county: str | None
    country: str
    year: int | None
    edition: str
    area: int | None
    question: str | None
    percent: int | None
    percent_is_of: Literal["question", "area"] | None
    gold_star: bool
    role_model: bool
    """Whether some report points to this municipality as one to learn from in this area."""


# Records ------------------------------------------------------------------------------------------------------------


def records(archive: Archive, address: Addresses) -> list[Record]:
    """Every example and strength of the archive, in its order: by evaluation, area, and as written."""
    named = analysis.named_as_role_model(archive)
    found = []
    for evaluation in archive.evaluations:
        of_it = analysis.practices(evaluation, "examples") + analysis.practices(evaluation, "strengths")
        found += [_record(archive, address, practice, number, named) for number, practice in enumerate(of_it, start=1)]
    return found


def _record(archive: Archive, address: Addresses, practice: Practice, number: int, named: Named) -> Record:
    evaluation, item = practice.evaluation, practice.item
    words = text.plain(item.text)
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
    result = practice.evaluation.areas[practice.area].questions.get(practice.item.question or "")
    return "question" if result is not None and result.percent is not None else "area"


def shortened(words: str, length: int = DISPLAY_TITLE) -> str:
    """The text as it is if it is short, else cut after a whole word, with an ellipsis."""
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


# The index ----------------------------------------------------------------------------------------------------------


def terms(words: str, language: str) -> list[str]:
    """The searchable words of a text: folded, without stop words, stemmed as their language is."""
    folded = (text.fold(word) for word in text.tokens(words))
    stems = STEMMED_AS.get(language, "")
    return [text.stem(word, stems) for word in folded if word not in STOP_WORDS]


def index(found: Iterable[Record], archive: Archive) -> dict[str, Any]:
    """The lunr index over the records, serialised; a document's name is the record's position."""
    builder = Builder()
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for position, record in enumerate(found):
        builder.add({"id": str(position), **_fields(record, archive)})
    return builder.build().serialize() if builder.document_count else {}


def _fields(record: Record, archive: Archive) -> dict[str, list[str]]:
    own_title = record.title if record.kind != "strength" else ""
    topics = [archive.topics[topic] for topic in record.topics]
    return {
        "title": terms(own_title, record.language),
        "text": terms(record.text, record.language),
        "topics": [term for topic in topics for phrase in _phrases(topic) for term in phrase["terms"]],
        "place": _place(record, archive),
    }


def _place(record: Record, archive: Archive) -> list[str]:
    """Names are not stemmed. The slug adds the spelling without dots and rings (vaxjo, baerum)."""
    municipality = archive.municipalities[record.municipality]
    names = (municipality.name, *municipality.parallel_names, record.county or "", municipality.slug)
    return sorted({text.fold(word) for name in names for word in text.tokens(name)} - STOP_WORDS)


def _phrases(topic: Topic) -> list[dict[str, Any]]:
    """Everything a topic is called, in all languages; what is searched for alike stands once."""
    called = [(language, label) for language, label in topic.labels.items()]
    called += [(language, word) for language, words in topic.synonyms.items() for word in words]
    phrases: dict[tuple[str, ...], dict[str, Any]] = {}
    for language, phrase in called:
        searched = terms(phrase, language)
        phrases.setdefault(tuple(searched), {"text": phrase, "language": language, "terms": searched})
    return [phrase for searched, phrase in phrases.items() if searched]


# Files --------------------------------------------------------------------------------------------------------------


def files(archive: Archive, address: Addresses, language: str) -> dict[str, str]:
    """What the search page fetches, by path below the site; only the manifest has a fixed name."""
    found = records(archive, address)
    contents = {"index": _json(index(found, archive)), "records": _json([_row(record, archive) for record in found])}
    names = {kind: f"{kind}.{_hash(content)}.json" for kind, content in contents.items()}
    manifest = _json(names | _manifest(archive, found, address, language))
    return {FOLDER + names[kind]: content for kind, content in contents.items()} | {FOLDER + "manifest.json": manifest}


def _row(record: Record, archive: Archive) -> dict[str, Any]:
    """A record without what it does not say, and with the key of its area."""
    row = {
        name: value
        for name, value in asdict(record).items()
        if value is not None and value is not False and value != ()
    }
    return row | {"area_key": key} if (key := _area_key(record, archive)) else row


def _manifest(archive: Archive, found: list[Record], address: Addresses, language: str) -> dict[str, Any]:
    t = text.words(language)
    used = {topic for record in found for topic in record.topics}
    countries = sorted({record.country for record in found}, key=["se", "no", "dk", "fi"].index)
    return {
        "language": language,
        "labels": {
            "kind": {kind: t(f"search.kind.{kind}") for kind in KINDS},
            "area": _area_labels(archive, found, language),
            "country": {country: t(f"search.country.{country}") for country in countries},
            "topic": {topic: _named(archive.topics[topic].labels, language) for topic in sorted(used)},
        },
        "topics": {
            identity: {"address": address.topic(identity) if identity in used else "", "phrases": _phrases(topic)}
            for identity, topic in sorted(archive.topics.items())
        },
        "municipalities": _municipalities(archive, address),
        "stemmed_as": STEMMED_AS,
        "stop_words": sorted(STOP_WORDS),
        "words": {key.removeprefix("search."): words for key, words in t.entries.items() if key.startswith("search.")},
    }


def _municipalities(archive: Archive, address: Addresses) -> dict[str, dict[str, str]]:
    """Those that have a page."""
    slugs = sorted({evaluation.municipality for evaluation in archive.evaluations})
    names = archive.municipalities
    return {slug: {"name": names[slug].name, "address": address.municipality(slug)} for slug in slugs}


# Areas: the same number means another thing in another structure ------------------------------------------------------


def structure(editions: dict[str, Edition], edition: str, year: int | None) -> str | None:
    """The first edition whose areas an edition shares.

    Where the edition is not known: that of the newest in use that year, in whose structure its areas were placed.
    """
    if edition == analysis.UNKNOWN:
        in_use = [known for known in editions.values() if known.since <= (year or 0)]
        edition = max(in_use, key=lambda known: known.since).id if in_use else analysis.UNKNOWN
    relations = {other: analysis.relation(editions, edition, other) for other in sorted(editions)}
    return next((other for other, relation in relations.items() if analysis.by_area(relation.level)), None)


def _area_key(record: Record, archive: Archive) -> str | None:
    of = structure(archive.editions, record.edition, record.year)
    return f"{of}-{record.area}" if of and record.area else None


def _area_labels(archive: Archive, found: list[Record], language: str) -> dict[str, str]:
    """Areas by key: all of the structure that most records belong to, of others those with a record and with a year."""
    keys = Counter(key for record in found if (key := _area_key(record, archive)))
    structures = Counter(key.partition("-")[0] for key in keys.elements())
    main = max(sorted(structures), key=lambda of: structures[of], default="")
    return {
        f"{of}-{number}": _area_label(archive.editions[of], number, language, of == main)
        for of in sorted(structures)
        for number in sorted(archive.editions[of].areas)
        if of == main or f"{of}-{number}" in keys
    }


def _area_label(edition: Edition, number: int, language: str, main: bool) -> str:
    title = _named(edition.areas[number].titles, language)
    return f"{number} {title}" if main else f"{title} ({edition.id})"


def _named(names: Mapping[Any, str], language: str) -> str:
    """The name in the language of the page, else in the first that has one."""
    return names.get(language) or next(iter(names.values()), "")


def _json(content: Any) -> str:
    """The same bytes for the same content, and no character that could end a script."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def vendor() -> dict[str, Path]:
    """The scripts that run the index in the browser, by path below the site: lunr.js and its Nordic stemmers."""
    folder = Path(mkdocs.__file__).parent / "contrib" / "search"
    stemmers = ("lunr.stemmer.support.js", "lunr.sv.js", "lunr.no.js")
    scripts = [folder / "templates" / "search" / "lunr.js", *(folder / "lunr-language" / name for name in stemmers)]
    return {FOLDER + script.name: script for script in scripts}
