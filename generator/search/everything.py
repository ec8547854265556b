"""The index behind the search field of every page: municipalities, areas, questions, topics and the prose of reports.

The same words, weights and chunks as for the good examples; what is found is shown by kind, and a kind lies together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

from generator import analysis, text
from generator.model import Archive, Edition, Evaluation, Municipality, Topic
from generator.search import collector, index
from generator.search.postings import Document
from generator.search.practices import SPOKEN, lexicon_of
from generator.search.reading import Reader
from generator.search.records import Addresses, Structures, named_in, shortened
from generator.text import Lexicon

Kind = Literal["municipality", "area", "question", "topic", "prose"]
KINDS: tuple[Kind, ...] = ("municipality", "area", "question", "topic", "prose")
BOOSTS = {"title": 4.0, "text": 1.0, "place": 4.0, "parts": 0.3}
SHOWN = 600
"""Letters of a text that are kept to be shown."""


@collector.resting()
def files(archive: Archive, address: Addresses, language: str, read: Reader) -> dict[str, str | bytes]:
    """The files of the index by path below the site."""
    found = documents(archive, address, language, read)
    t = text.words(language)
    at, groups = 0, []
    for kind, of_kind in groupby(found, key=lambda document: document.row["kind"]):
        count = len(list(of_kind))
        groups.append({"kind": kind, "title": t(f"search.everything.{kind}"), "from": at, "to": at + count})
        at += count
    manifest = {"language": language, "groups": groups, "words": {"none": t("search.everything.none")}}
    return index.files("site", found, BOOSTS, list(archive.topics.values()), archive.translations, manifest, {})


def documents(archive: Archive, address: Addresses, language: str, read: Reader) -> list[Document]:
    """Everything that has a page, kind by kind."""
    lexicon = lexicon_of(archive, read)
    return [
        *_municipalities(archive, address, language),
        *_areas(archive, address, language, lexicon),
        *_questions(archive, address, language, lexicon),
        *_topics(archive, address, language, lexicon),
        *_prose(archive, address, language, lexicon, read),
    ]


def _municipalities(archive: Archive, address: Addresses, language: str) -> Iterator[Document]:
    t = text.words(language)
    years: dict[str, list[int]] = {}
    for evaluation in archive.evaluations:
        years.setdefault(evaluation.municipality, []).extend([evaluation.year] if evaluation.year else [])
    for slug, of in sorted(years.items()):
        municipality = archive.municipalities[slug]
        names = (municipality.name, *municipality.parallel_names, municipality.county or "")
        words = [word for name in names for word in text.carrying(name)]
        said = ", ".join(map(str, sorted(of))) or t("search.no_year")
        row = {"title": municipality.name, "text": f"{_where(municipality, language)}: {said}"}
        yield Document({"place": words}, {**row, "kind": "municipality", "address": address.municipality(slug)})


def _where(municipality: Municipality, language: str) -> str:
    return municipality.county or text.words(language)(f"search.country.{municipality.country}")


def _areas(archive: Archive, address: Addresses, language: str, lexicon: Lexicon) -> Iterator[Document]:
    for edition in archive.editions.values():
        for number, area in sorted(edition.areas.items()):
            title = f"{number} {named_in(area.titles, language)} ({edition.id})"
            others = [*area.titles.values(), *area.other_titles, *(h for each in area.headings.values() for h in each)]
            about = named_in(area.about, language)
            place = address.edition_area(edition.id, number)
            yield _document("area", place, title, about, [title, *others], language, lexicon)


def _questions(archive: Archive, address: Addresses, language: str, lexicon: Lexicon) -> Iterator[Document]:
    for edition, number, key in _asked(archive):
        question = edition.areas[number].questions[key]
        title = f"{key} {named_in(question.title, language)}"
        area = named_in(edition.areas[number].titles, language)
        place = address.question(edition.id, key)
        yield _document("question", place, title, area, [title, *question.title.values()], language, lexicon)


def _asked(archive: Archive) -> Iterator[tuple[Edition, int, str]]:
    """The questions that have a page: those with at least one value."""
    for edition in archive.editions.values():
        for number, area in sorted(edition.areas.items()):
            for key in area.questions:
                if analysis.question_values(archive, edition.id, key):
                    yield edition, number, key


def _topics(archive: Archive, address: Addresses, language: str, lexicon: Lexicon) -> Iterator[Document]:
    used = analysis.topics_in_use(archive)
    for topic in archive.topics.values():
        if topic.id in used:
            names = _names(topic)
            title = named_in(topic.labels, language)
            about = ", ".join(dict.fromkeys(name for name in names if name != title))
            yield _document("topic", address.topic(topic.id), title, about, names, language, lexicon, (topic.id,))


def _names(topic: Topic) -> list[str]:
    labels = [label for language, label in topic.labels.items() if language in SPOKEN]
    return labels + [name for language, names in topic.synonyms.items() if language in SPOKEN for name in names]


def _prose(
    archive: Archive, address: Addresses, language: str, lexicon: Lexicon, read: Reader
) -> Iterator[Document]:
    structures = Structures(archive.editions)
    for evaluation in archive.evaluations:
        name = archive.municipalities[evaluation.municipality].name
        for area, said in read(evaluation).areas.items():
            if not said.plain:
                continue
            number = int(area) if area else None
            whole = " ".join(filter(None, (name, str(evaluation.year or ""))))
            title = ": ".join(filter(None, (whole, _title(archive, evaluation, number, structures))))
            place = address.area(evaluation, number) if number else address.evaluation(evaluation)
            yield _document("prose", place, title, said.plain, [title], evaluation.language, lexicon, words=said.words)


def _title(archive: Archive, evaluation: Evaluation, number: int | None, structures: Structures) -> str:
    if number is None:
        return ""
    printed = evaluation.areas[number].printed_title
    edition = archive.editions.get(evaluation.edition) or archive.editions.get(
        structures(evaluation.edition, evaluation.year) or ""
    )
    return printed or (named_in(edition.areas[number].titles, evaluation.language) if edition else str(number))


def _document(
    kind: Kind,
    address: str,
    title: str,
    shown: str,
    names: Iterable[str],
    language: str,
    lexicon: Lexicon,
    topics: tuple[str, ...] = (),
    words: tuple[str, ...] | None = None,
) -> Document:
    """A document with its names in the title and its text beside; `words` where the text was cut before."""
    own = [word for name in dict.fromkeys(names) for word in text.carrying(name)]
    said = text.carrying(shown) if words is None else words
    fields: Mapping[str, Any] = {
        "title": text.stemmed(own, language),
        "text": text.stemmed(said, language),
        "parts": sorted({part for word in (*own, *said) for part in lexicon.parts(word, language)}),
    }
    row = {"kind": kind, "title": title, "text": shortened(shown, SHOWN), "address": address, "language": language}
    return Document(fields, row, topics=topics)
