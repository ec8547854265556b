"""Which documents hold a word and how much it says of them: the weights of lunr's index, computed directly.

A weight is what lunr.py's Builder puts into its field vectors (BM25), summed over a document's fields; since lunr's
score is the sum of these, divided by a constant of the query, adding weights keeps its order.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

K1 = 1.2
B = 0.75
HIGHEST = "\uffff"
"""Python sorts by code point, the browser by UTF-16 unit: the same order up to here."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is found: its words by field, the factor of its evidence, its topics, and what is shown of it."""

    fields: Mapping[str, Sequence[str]]
    row: Mapping[str, Any]
    factor: float = 1.0
    topics: tuple[str, ...] = ()


@dataclass(slots=True)
class Posting:
    """Numbers of the documents that hold a word, ascending, and the weight of each."""

    ids: array[int] = field(default_factory=lambda: array("I"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    fields: int = 0
    """In how many fields of documents the word stands: what lunr calls the number of documents with it."""

    def add(self, number: int, weight: float) -> None:
        self.ids.append(number)
        self.weights.append(weight)


def postings(documents: Sequence[Document], boosts: Mapping[str, float]) -> dict[str, Posting]:
    """Every word that stands in a document, by the word."""
    average = {name: _average(documents, name) for name in boosts}
    found: dict[str, Posting] = {}
    for number, document in enumerate(documents):
        for word, weight in _shares(document, boosts, average, found).items():
            posting = found[word]
            posting.ids.append(number)
            posting.weights.append(weight * document.factor)
    for posting in found.values():
        rarity = idf(posting.fields, len(documents))
        posting.weights = array("f", [weight * rarity for weight in posting.weights])
    return found


def _shares(
    document: Document, boosts: Mapping[str, float], average: Mapping[str, float], found: dict[str, Posting]
) -> dict[str, float]:
    """What each word of a document weighs before its rarity, over all fields."""
    shares: dict[str, float] = {}
    for name, boost in boosts.items():
        words = document.fields.get(name, ())
        if not words:
            continue
        length = len(words) / average[name]
        once = boost * saturated(1, length)
        for word, times in Counter(words).items():
            if word not in found:
                if max(word) > HIGHEST:
                    continue
                found[word] = Posting()
            share = once if times == 1 else boost * saturated(times, length)
            shares[word] = shares[word] + share if word in shares else share
            found[word].fields += 1
    return shares


def saturated(times: int, length: float) -> float:
    """What a word weighs that stands so many times in a field of that length (1 is the usual): BM25."""
    return (K1 + 1) * times / (K1 * (1 - B + B * length) + times)


def _average(documents: Sequence[Document], name: str) -> float:
    return sum(len(document.fields.get(name, ())) for document in documents) / max(1, len(documents))


def idf(count: int, documents: int) -> float:
    """How telling a word is that so many of the documents hold."""
    return math.log(1 + abs((documents - count + 0.5) / (count + 0.5)))


def union(lists: Sequence[Posting]) -> Posting:
    """The documents of any list, with the sum of their weights."""
    total: dict[int, float] = defaultdict(float)
    for posting in lists:
        for number, weight in zip(posting.ids, posting.weights, strict=True):
            total[number] += weight
    numbers = sorted(total)
    return Posting(array("I", numbers), array("f", map(total.__getitem__, numbers)))
