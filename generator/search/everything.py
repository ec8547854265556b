"""The index behind the search field of every page: municipalities, areas, questions, topics and the prose of reports.

The same words, weights and chunks as for the good examples; what is found is shown by kind, and a kind lies together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

from generator import analysis, text
from generator.model import Archive, Evaluation, Municipality
from generator.search import index
from generator.search.blocks import Block
from generator.search.index import Index, Wanted
from generator.search.learning import Known, names_of
from generator.search.postings import Document
from generator.search.reading import Reader
from generator.search.records import Addresses, Structures, named_in, shortened
from generator.text import Lexicon

Kind = Literal["municipality", "area", "question", "topic", "prose"]
KINDS: tuple[Kind, ...] = ("municipality", "area", "question", "topic", "prose")
BOOSTS = {"title": 4.0, "text": 1.0, "place": 4.0, "parts": 0.3}
Asked = tuple[str, int, str]
SHOWN = 600
"""Letters of a text that are kept to be shown."""


def wanted(archive: Archive, address: Addresses, language: str, read: Reader, known: Known) -> Wanted:
    """What the index is to be made of."""
    found = blocks(archive, address, language, read, known.learnt.lexicon)
    return Wanted(found, BOOSTS, list(archive.topics.values()), archive.translations, known.otherwise)


def files(language: str, made: Index) -> dict[str, str | bytes]:
    """The files of the index by path below the site."""
    t = text.words(language)
    counts = Counter[str]()
    for block in made.documents.blocks:
        counts[block.name.partition(" ")[0]] += block.size
    at, groups = 0, []
    for kind in KINDS:
        if count := counts[kind]:
            groups.append({"kind": kind, "title": t(f"search.everything.{kind}"), "from": at, "to": at + count})
        at += count
    manifest = {"language": language, "groups": groups, "words": {"none": t("search.everything.none")}}
    return index.files("site", made, manifest)


def blocks(archive: Archive, address: Addresses, language: str, read: Reader, lexicon: Lexicon) -> list[Block]:
    """Everything that has a page, kind by kind."""
    asked, used, structures = list(_asked(archive)), analysis.topics_in_use(archive), Structures(archive.editions)

    def prose(evaluation: Evaluation) -> Block:
        name = archive.municipalities[evaluation.municipality].name
        make = partial(_prose, archive, address, evaluation, lexicon, read, structures)
        return Block(f"prose {evaluation.slug}", f"{read.key(evaluation)} {name}", partial(_listed, make))

    lists: list[tuple[Kind, str, Callable[[], Iterator[Document]]]] = [
        ("municipality", "", partial(_municipalities, archive, address, language)),
        ("area", "areas", partial(_areas, archive, address, language, lexicon)),
        ("question", f"{asked}", partial(_questions, archive, asked, address, language, lexicon)),
        ("topic", f"{sorted(used)}", partial(_topics, archive, used, address, language, lexicon)),
    ]
    made = [Block(kind, key, partial(_listed, make)) for kind, key, make in lists]
    return made + [prose(evaluation) for evaluation in archive.evaluations]


def _listed(make: Callable[[], Iterator[Document]]) -> list[Document]:
    return list(make())


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


def _questions(
    archive: Archive, asked: Sequence[Asked], address: Addresses, language: str, lexicon: Lexicon
) -> Iterator[Document]:
    for identity, number, key in asked:
        edition = archive.editions[identity]
        question = edition.areas[number].questions[key]
        title = f"{key} {named_in(question.title, language)}"
        area = named_in(edition.areas[number].titles, language)
        place = address.question(edition.id, key)
        yield _document("question", place, title, area, [title, *question.title.values()], language, lexicon)


def _asked(archive: Archive) -> Iterator[Asked]:
    """The questions that have a page, with their edition and area: those with at least one value."""
    for edition in archive.editions.values():
        for number, area in sorted(edition.areas.items()):
            for key in area.questions:
                if analysis.question_values(archive, edition.id, key):
                    yield edition.id, number, key


def _topics(
    archive: Archive, used: Container[str], address: Addresses, language: str, lexicon: Lexicon
) -> Iterator[Document]:
    for topic in archive.topics.values():
        if topic.id in used:
            names = [*names_of(topic)]
            title = named_in(topic.labels, language)
            about = ", ".join(dict.fromkeys(name for name in names if name != title))
            yield _document("topic", address.topic(topic.id), title, about, names, language, lexicon, (topic.id,))


def _prose(
    archive: Archive,
    address: Addresses,
    evaluation: Evaluation,
    lexicon: Lexicon,
    read: Reader,
    structures: Structures,
) -> Iterator[Document]:
    name = archive.municipalities[evaluation.municipality].name
    for area, said in read.areas(evaluation).items():
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
