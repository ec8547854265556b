"""Which documents hold a word and how much it says of them: the weights of lunr's index, computed directly.

A weight is what lunr.py's Builder puts into its field vectors (BM25), summed over a document's fields; since lunr's
score is the sum of these, divided by a constant of the query, adding weights keeps its order. What is usual among all
documents is told in three digits, so that one of them more or less is another weight only in the lists that it is in.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
NOT_FIRST = 0.8
"""What a topic weighs that an editor did not name first, beside the first."""
HIGHEST = "\uffff"
"""Python sorts by code point, the browser by UTF-16 unit: the same order up to here."""
TOPICS = "topics"
Lengths = Mapping[str, float]
"""How many words a field has, and how many topics there are, usually or in all."""
Terms = Mapping[str, tuple[float, int]]
"""By word: what it says of a document before its rarity, and in how many fields it stands."""
Ids = NDArray[np.uint32]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Document:
    """What is found: its words by field, the factor of its evidence, its topics, and what is shown of it."""

    fields: Mapping[str, Sequence[str]]
    row: Mapping[str, Any]
    factor: float = 1.0
    topics: Sequence[str] = ()
    facets: Sequence[Any] = ()
    """What it is counted by."""


@dataclass(frozen=True, slots=True)
class Posting:
    """Numbers of the documents that hold a word, ascending, and the weight of each."""

    ids: Ids
    weights: Weights


def key(topic: str) -> str:
    """The key of a topic's list; no word begins so, and all that do come before all words."""
    return f"#{topic}"


@dataclass(frozen=True)
class Columns:
    """The documents of all words, one list after the other."""

    words: Sequence[str] = ()
    """Sorted."""
    starts: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(1, "u4"))
    """Where the list of each word begins; at last, where all end."""
    ids: Ids = field(default_factory=lambda: np.zeros(0, "u4"))
    shares: Weights = field(default_factory=lambda: np.zeros(0, "f4"))
    """Weights before rarity."""
    fields: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, "u1"))
    """In how many fields of the document the word stands: what lunr counts as so many documents with it."""

    def place(self, word: str) -> int:
        """The place of a word, or where it would be."""
        return bisect_left(self.words, word)

    def summed(self, values: NDArray[Any]) -> NDArray[Any]:
        """What is told of documents, summed by word."""
        return np.add.reduceat(values, self.starts[:-1]) if len(self.words) else values[:0]


class Postings(Mapping[str, Posting]):
    """Every word that stands in a document, and every topic, by the word."""

    def __init__(self, columns: Columns, documents: int) -> None:
        self.columns, self.documents = columns, documents

    def __getitem__(self, word: str) -> Posting:
        if word not in self:
            raise KeyError(word)
        return self.at(self.columns.place(word))

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.words)

    def __len__(self) -> int:
        return len(self.columns.words)

    def __contains__(self, word: object) -> bool:
        return word in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.columns.words)

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = self.columns.starts.tolist()
        return starts

    @cached_property
    def _weights(self) -> Weights:
        columns = self.columns
        counts, places = np.unique(columns.summed(columns.fields.astype("u4")), return_inverse=True)
        # By Python's own logarithm: numpy's may be another on another machine.
        rarity = np.array([idf(count, about(self.documents)) for count in counts.tolist()])[places]
        return np.asarray(columns.shares * np.repeat(rarity, np.diff(columns.starts)), "f4")

    @cached_property
    def marks(self) -> NDArray[np.uint64]:
        """Of each word, what tells its documents from others."""
        columns = self.columns
        told = (columns.ids.astype("u8") << np.uint64(32)) ^ columns.shares.view("u4")
        return columns.summed(_mixed(_mixed(told) + columns.fields))

    def mark(self, word: str) -> bytes:
        """The same of one word; nothing where it has no documents."""
        return self.marks[self.columns.place(word)].tobytes() if word in self else b""

    def at(self, at: int) -> Posting:
        """The documents of the word at that place, and what it weighs in each."""
        span = slice(self._starts[at], self._starts[at + 1])
        return Posting(self.columns.ids[span], self._weights[span])

    def union(self, places: range) -> Posting:
        """The documents of all words at these places, with the sum of their weights."""
        span = slice(self._starts[places.start], self._starts[places.stop])
        return summed(self.columns.ids[span], self._weights[span])


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers that are spread over all 64 bits, so that their sums tell them apart (the last steps of splitmix64)."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))


def summed(ids: Ids, weights: NDArray[Any]) -> Posting:
    """Documents that come in any order and more than once, with the sum of what they weigh."""
    numbers, places = np.unique(ids, return_inverse=True)
    return Posting(numbers, np.bincount(places, weights, len(numbers)).astype("f4"))


def about(number: float) -> float:
    """A number in three digits."""
    return float(f"{number:.3g}")


def usual(lengths: Lengths, documents: int) -> Lengths:
    """What is usual, of the lengths of all documents together."""
    return {name: about(length / max(1, documents)) for name, length in lengths.items()}


def lengths(documents: Iterable[Document]) -> Counter[str]:
    """How many words the fields have together, and how many topics there are."""
    found: Counter[str] = Counter()
    for document in documents:
        found.update({name: len(words) for name, words in document.fields.items()})
        found[TOPICS] += len(document.topics)
    return found


def postings(documents: Sequence[Document], boosts: Mapping[str, float]) -> Postings:
    """What the documents say."""
    usually = usual(lengths(documents), len(documents))
    return Postings(collected(enumerate(terms(each, boosts, usually) for each in documents)), len(documents))


def collected(numbered: Iterable[tuple[int, Terms]]) -> Columns:
    """The lists of all words; documents come in order."""
    known: dict[str, int] = {}
    places, ids, shares, fields = array("I"), array("I"), array("f"), array("B")
    for number, said in numbered:
        places.extend([known.setdefault(word, len(known)) for word in said])
        ids.extend([number] * len(said))
        for share, count in said.values():
            shares.append(share)
            fields.append(count)
    rank = np.empty(len(known), "u4")
    words = sorted(known)
    rank[[known[word] for word in words]] = np.arange(len(words), dtype="u4")
    ranks = rank[np.frombuffer(places, "u4")] if words else rank
    order = np.argsort(ranks, kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(ranks, minlength=len(words)))).astype("u4")
    flat = (np.frombuffer(ids, "u4"), np.frombuffer(shares, "f4"), np.frombuffer(fields, "u1"))
    return Columns(words, starts, *(each[order] for each in flat))


def terms(document: Document, boosts: Mapping[str, float], usually: Lengths) -> Terms:
    """What each word of a document weighs before its rarity, over all fields; and each of its topics."""
    shares, fields = dict[str, float](), Counter[str]()
    for name, boost in boosts.items():
        words = document.fields.get(name, ())
        if not words:
            continue
        length = len(words) / usually[name]
        once = boost * saturated(1, length)
        counts = Counter(words)
        for word, times in counts.items():
            share = once if times == 1 else boost * saturated(times, length)
            shares[word] = shares[word] + share if word in shares else share
        fields.update(counts.keys())
    said = {word: (share * document.factor, fields[word]) for word, share in shares.items() if max(word) <= HIGHEST}
    return {**said, **_under(document, usually)} if document.topics else said


def _under(document: Document, usually: Lengths) -> Terms:
    """How much a document is about its topics: less where it is about much else too."""
    share = saturated(1, len(document.topics) / usually[TOPICS]) * document.factor
    return {key(topic): (share * (NOT_FIRST if at else 1), 1) for at, topic in enumerate(document.topics)}


def saturated(times: int, length: float) -> float:
    """What a word weighs that stands so many times in a field of that length (1 is the usual): BM25."""
    return (K1 + 1) * times / (K1 * (1 - B + B * length) + times)


def idf(count: int, documents: float) -> float:
    """How telling a word is that so many of the documents hold."""
    return math.log(1 + abs((documents - count + 0.5) / (count + 0.5)))
