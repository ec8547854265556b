"""The topics as the search uses them: what each is called, and the documents that any of its names leads to.

`#medborgardialog` is a key like any word. Its list is made when the index is: the documents on the topic, and those
that say one of its names, in any language. So a query is widened by one list, however many names a topic has.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import text
from generator.model import Language, Topic, Translation
from generator.search.postings import Document, Posting, idf, saturated

ON_TOPIC = 3.0
"""What a document weighs that was put under a topic, beside one that says the typed word."""
NOT_FIRST = 0.8
"""What a topic weighs that an editor did not name first, beside the first."""
NAMED = 0.2
"""What another name of the topic in a document's text weighs: editors' word for the topic goes before it."""


@dataclass(frozen=True)
class Phrase:
    """One name of a topic, and the words it is searched by."""

    topic: str
    text: str
    language: str
    words: tuple[str, ...]


def phrases(topic: Topic) -> list[Phrase]:
    """Everything a topic is called, in all languages; what is searched for alike stands once."""
    called = [(language, label) for language, label in topic.labels.items()]
    called += [(language, word) for language, words in topic.synonyms.items() for word in words]
    found: dict[tuple[str, ...], Phrase] = {}
    for language, name in called:
        words = text.stemmed(text.carrying(name), language)
        found.setdefault(words, Phrase(topic.id, name, language, words))
    return [phrase for words, phrase in found.items() if words]


def key(topic: str) -> str:
    """The key of a topic's list; no word begins so."""
    return f"#{topic}"


@dataclass(frozen=True)
class Concept:
    """What a topic leads to: its documents, its label and those names that a document says, and the wider topic."""

    posting: Posting
    names: list[Phrase]
    wider: str | None = None


def concepts(
    topics: Sequence[Topic], documents: Sequence[Document], found: Mapping[str, Posting]
) -> dict[str, Concept]:
    """The concept of each topic that leads anywhere, if only by way of a wider one."""
    under, known = _under(documents), {topic.id: topic for topic in topics}
    made = {}
    for each in topics:
        called = phrases(each)
        said = {phrase: weights for phrase in called if (weights := _said(phrase, found))}
        posting = _joined(under[each.id], list(said.values()), len(documents))
        wider = each.broader if each.broader in known else None
        made[each.id] = Concept(posting, list(dict.fromkeys([*called[:1], *said])), wider)
    return {key(topic): concept for topic, concept in made.items() if _leads(made, topic)}


def _leads(made: Mapping[str, Concept], topic: str | None) -> bool:
    """Whether a topic, or one that it is part of, has a document."""
    return topic is not None and (bool(made[topic].posting.ids) or _leads(made, made[topic].wider))


def _under(documents: Sequence[Document]) -> dict[str, dict[int, float]]:
    """The documents under each topic, and how much each is about it: less where it is about much else too."""
    usual = sum(len(document.topics) for document in documents) / max(1, len(documents))
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for number, document in enumerate(documents):
        share = saturated(1, len(document.topics) / usual) if usual else 0
        for at, topic in enumerate(document.topics):
            found[topic][number] = share * document.factor * (NOT_FIRST if at else 1)
    return found


def _said(phrase: Phrase, found: Mapping[str, Posting]) -> dict[int, float]:
    """The documents that hold all words of a phrase, and what they weigh."""
    lists = [found[word] for word in dict.fromkeys(phrase.words) if word in found]
    if len(lists) < len(set(phrase.words)):
        return {}
    weights = [dict(zip(each.ids, each.weights, strict=True)) for each in lists]
    common = set(weights[0]).intersection(*weights[1:])
    return {number: sum(each[number] for each in weights) for number in common}


def _joined(under: Mapping[int, float], said: Sequence[Mapping[int, float]], documents: int) -> Posting:
    """What the topic weighs in each document, and the best name of it that the document says."""
    rarity = ON_TOPIC * idf(len(under), documents)
    names: dict[int, float] = {}
    for weights in said:
        for number, weight in weights.items():
            names[number] = max(names.get(number, 0.0), NAMED * weight)
    numbers = sorted({*under, *names})
    summed = (rarity * under.get(number, 0.0) + names.get(number, 0.0) for number in numbers)
    return Posting(array("I", numbers), array("f", summed))


def openings(topics: Iterable[Topic]) -> dict[str, list[list[str]]]:
    """By the first word of a phrase: its topic and its other words."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for topic in topics:
        for phrase in phrases(topic):
            found[phrase.words[0]].append([topic.id, *phrase.words[1:]])
    return found


def translated(equals: Iterable[Translation], found: Mapping[str, Posting]) -> dict[str, list[list[str]]]:
    """By a word: what says the same and stands in a document, each as it is written, its language and its stem."""
    said: dict[str, list[list[str]]] = defaultdict(list)
    for each in equals:
        by_stem = {stem: [word, language, stem] for word, language, stem in reversed(list(_stemmed(each)))}
        for stem in by_stem:
            said[stem] += [told for other, told in sorted(by_stem.items()) if other != stem and other in found]
    return {stem: told for stem, told in said.items() if told}


def _stemmed(translation: Translation) -> Iterator[tuple[str, Language, str]]:
    """Each word that carries search, with its language and its stem."""
    for language, word in translation.words():
        yield from ((word, language, stem) for stem in text.stemmed(text.carrying(word), language))
