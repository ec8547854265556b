"""The topics as the search uses them: what each is called, and the documents that any of its names leads to.

`#medborgardialog` is a key like any word. Its list is made when the index is: the documents on the topic, and those
that say one of its names, in any language. So a query is widened by one list, however many names a topic has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce

import numpy as np

from generator import text
from generator.model import Language, Topic, Translation
from generator.search.postings import Posting, Postings, key

ON_TOPIC = 3.0
"""What a document weighs that was put under a topic, beside one that says the typed word."""
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


@dataclass(frozen=True)
class Concept:
    """What a topic leads to: its label and those names that a document says, and the wider topic."""

    topic: str
    names: list[Phrase]
    said: list[Phrase]
    """The names that lead anywhere."""
    wider: str | None
    found: Postings

    @cached_property
    def posting(self) -> Posting:
        """The documents on the topic, and those that say one of its names."""
        said = [_said(phrase, self.found) for phrase in self.said]
        return _joined(self.found.get(key(self.topic)), said, self.found.documents)


def concepts(topics: Sequence[Topic], found: Postings) -> dict[str, Concept]:
    """The concept of each topic that leads anywhere, if only by way of a wider one."""
    known, made = {topic.id for topic in topics}, {}
    for each in topics:
        called = phrases(each)
        said = [phrase for phrase in called if _is_said(phrase, found)]
        wider = each.broader if each.broader in known else None
        made[each.id] = Concept(each.id, list(dict.fromkeys([*called[:1], *said])), said, wider, found)
    return {key(topic): concept for topic, concept in made.items() if _leads(made, topic)}


def _leads(made: Mapping[str, Concept], topic: str | None) -> bool:
    """Whether a topic, or one that it is part of, has a document."""
    if topic is None:
        return False
    concept = made[topic]
    return bool(concept.said) or key(topic) in concept.found or _leads(made, concept.wider)


def _is_said(phrase: Phrase, found: Postings) -> bool:
    if not all(word in found for word in phrase.words):
        return False
    return len(phrase.words) == 1 or len(_said(phrase, found).ids) > 0


def _said(phrase: Phrase, found: Postings) -> Posting:
    """The documents that hold all words of a phrase, and what they weigh."""
    lists = [found[word] for word in dict.fromkeys(phrase.words)]
    common = reduce(partial(np.intersect1d, assume_unique=True), (each.ids for each in lists))
    weights = (each.weights[np.searchsorted(each.ids, common)] for each in lists)
    return Posting(common, sum(weights, np.zeros(len(common), "f4")))


def _joined(under: Posting | None, said: Sequence[Posting], documents: int) -> Posting:
    """What the topic weighs in each document, and the best name of it that the document says."""
    total, held = np.zeros(documents), np.zeros(documents, bool)
    for each in said:
        total[each.ids] = np.maximum(total[each.ids], NAMED * each.weights)
    for each in [under] if under else []:
        total[each.ids] += ON_TOPIC * each.weights
    for each in [*said, *([under] if under else [])]:
        held[each.ids] = True
    numbers = np.flatnonzero(held).astype("u4")
    return Posting(numbers, total[numbers].astype("f4"))


def openings(topics: Iterable[Topic]) -> dict[str, list[list[str]]]:
    """By the first word of a phrase: its topic and its other words."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for topic in topics:
        for phrase in phrases(topic):
            found[phrase.words[0]].append([topic.id, *phrase.words[1:]])
    return found


def translated(equals: Iterable[Translation], found: Container[str]) -> dict[str, list[list[str]]]:
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
