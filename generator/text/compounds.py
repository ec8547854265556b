"""Compounds and their parts: `medborgardialog` is `medborgar` and `dialog`, since both make other words too.

What is a word by itself is learnt from texts (`learning`), and so are first parts that never stand alone
(`medborgar-`). A word is cut at its shortest known ending whose beginning is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from generator.text.analysis import JOINTS, STEMMED_AS, stem

SHORTEST_HEAD = 3
SHORTEST_TAIL = 4
SHORTEST_COMPOUND = SHORTEST_HEAD + SHORTEST_TAIL
LONG_TAIL = 6
"""Letters that an unknown ending needs after a first part that never stands alone (medborgar-budgetering)."""
_NOT_HEADS = """
inn inne upp opp ute fram genom mer del red redo syn för före föra etter efter med mot till til var hur ned ner åter
"""
_NOT_TAILS = "ingen inger skap skapet lighet ligheten heten elser else"
NOT_HEADS, NOT_TAILS = frozenset(_NOT_HEADS.split()), frozenset(_NOT_TAILS.split())
Cut = dict[str, dict[str, tuple[str, ...]]]
"""By language and word: what it is made of, as far as was asked."""


class Lexicon:
    """Words that compounds are made of."""

    def __init__(self, words: frozenset[str], stems: Mapping[str, frozenset[str]], heads: frozenset[str]) -> None:
        """`words` stand by themselves, `stems` are theirs by language, `heads` are first parts that never do."""
        self.words, self.stems, self.heads = words, stems, heads
        self._starts = frozenset(word[:SHORTEST_TAIL] for each in stems.values() for word in each)
        self.asked: Cut = {language: {} for language in stems}
        """The parts that were asked for."""
        self._cut: Cut = {language: {} for language in stems}

    def parts(self, word: str, language: str) -> tuple[str, ...]:
        """The stems of the words that a folded word is made of, in order; none for a simple word."""
        stems = STEMMED_AS.get(language, "")
        known = self.asked.get(stems)
        if known is None or len(word) < SHORTEST_COMPOUND:
            return ()
        if (found := known.get(word)) is None:
            known[word] = found = tuple(stem(part, stems) for part in self._cutting(word, stems))
        return found

    def _split(self, word: str, stems: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_COMPOUND:
            return ()
        known = self._cut[stems]
        if word not in known:
            known[word] = self._cutting(word, stems)
        return known[word]

    def _cutting(self, word: str, stems: str) -> tuple[str, ...]:
        for at in range(len(word) - SHORTEST_TAIL, SHORTEST_HEAD - 1, -1):
            tail = word[at:]
            if self._ends(tail, stems) and (head := self._head(word[:at], stems)):
                return (*head, tail)
        longest = range(len(word) - LONG_TAIL, SHORTEST_TAIL - 1, -1)
        return next(((word[:at], word[at:]) for at in longest if word[:at] in self.heads), ())

    def _ends(self, tail: str, stems: str) -> bool:
        if tail in self.words:
            return tail not in NOT_TAILS
        # A stem is never cut shorter than this, and few endings begin as a stem does.
        begins = tail[:SHORTEST_TAIL] in self._starts and tail not in NOT_TAILS
        return begins and stem(tail, stems) in self.stems[stems]

    def _head(self, head: str, stems: str) -> tuple[str, ...]:
        if head in NOT_HEADS:
            return ()
        if head in self.heads:
            return (head,)
        for form in alone(head):
            if form in self.words:
                return self._split(form, stems) or (form,)
        return next((parts for form in alone(head) if (parts := self._split(form, stems))), ())


def alone(head: str) -> Iterator[str]:
    """The forms that the first part of a compound may have by itself: of `medborgar` also `medborgare`."""
    for ending, instead in _joints(head[-1:]):
        if len(form := head.removesuffix(ending) + instead) >= SHORTEST_HEAD:
            yield form


@cache
def _joints(last: str) -> tuple[tuple[str, str], ...]:
    """How a first part may change that ends with that letter."""
    return tuple(joint for joint in JOINTS if last.endswith(joint[0]))
