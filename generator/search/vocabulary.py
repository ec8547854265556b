"""The topics as the search uses them: what each is called, and the documents that any of its names leads to.

`#medborgardialog` is a key like any word. Its list is made when the index is: the documents on the topic, and those
that say one of its names, in any language. So a query is widened by one list, however many names a topic has.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import text
from generator.model import Topic
from generator.search.postings import Document, Posting, idf

ON_TOPIC = 2.0
"""What a document weighs that was put under a topic, beside one that says its name."""


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


def concepts(
    topics: Iterable[Topic], documents: Sequence[Document], found: Mapping[str, Posting]
) -> dict[str, tuple[Posting, list[Phrase]]]:
    """The list of each topic that leads anywhere, by its key, and those of its names that a document says."""
    under = defaultdict(list)
    for number, document in enumerate(documents):
        for topic in document.topics:
            under[topic].append(number)
    made = {}
    for each in topics:
        said = [(phrase, weights) for phrase in phrases(each) if (weights := _said(phrase, found))]
        posting = _joined(under[each.id], [weights for _, weights in said], len(documents))
        if posting.ids:
            made[key(each.id)] = posting, [phrase for phrase, _ in said]
    return made


def _said(phrase: Phrase, found: Mapping[str, Posting]) -> dict[int, float]:
    """The documents that hold all words of a phrase, and what they weigh."""
    lists = [found[word] for word in dict.fromkeys(phrase.words) if word in found]
    if len(lists) < len(set(phrase.words)):
        return {}
    weights = [dict(zip(each.ids, each.weights, strict=True)) for each in lists]
    common = set(weights[0]).intersection(*weights[1:])
    return {number: sum(each[number] for each in weights) for number in common}


def _joined(under: Sequence[int], said: Sequence[Mapping[int, float]], documents: int) -> Posting:
    """The best that speaks for each document."""
    best = dict.fromkeys(under, ON_TOPIC * idf(len(under), documents))
    for weights in said:
        for number, weight in weights.items():
            best[number] = max(best.get(number, 0.0), weight)
    numbers = sorted(best)
    return Posting(array("I", numbers), array("f", map(best.__getitem__, numbers)))


def openings(topics: Iterable[Topic]) -> dict[str, list[list[str]]]:
    """By the first word of a phrase: its topic and its other words."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for topic in topics:
        for phrase in phrases(topic):
            found[phrase.words[0]].append([topic.id, *phrase.words[1:]])
    return found
