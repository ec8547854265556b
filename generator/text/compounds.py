"""Compounds and their parts: `medborgardialog` is `medborgar` and `dialog`, since both make other words too.

What is a word by itself is learnt from texts, and so are first parts that never stand alone (`medborgar-`): they stand
before several known words. A word is cut at its shortest known ending whose beginning is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from generator.text.analysis import JOINTS, STEMMED_AS, STOP_WORDS, stem

SHORTEST_HEAD = 3
SHORTEST_TAIL = 4
SHORTEST_COMPOUND = SHORTEST_HEAD + SHORTEST_TAIL
LONG_TAIL = 6
"""Letters that an unknown ending needs after a first part that never stands alone (medborgar-budgetering)."""
FEWEST_TEXTS = 2
"""Texts that must hold a word before it counts as one; a slip of the pen seldom stands in two."""
FEWEST_TAILS = 2
"""Known words that a first part must stand before to count as one without standing alone."""
_NOT_HEADS = """
inn inne upp opp ute fram genom mer del red redo syn för före föra etter efter med mot till til var hur ned ner åter
"""
_NOT_TAILS = "ingen inger skap skapet lighet ligheten heten elser else"
NOT_HEADS, NOT_TAILS = frozenset(_NOT_HEADS.split()), frozenset(_NOT_TAILS.split())
Cut = dict[str, dict[str, tuple[str, ...]]]
"""By language and word: what it is made of, as far as was asked."""


class Lexicon:
    """Words that compounds are made of."""

    def __init__(self, words: Iterable[str], seen: Iterable[str] = ()) -> None:
        """`words` stand by themselves, `seen` are all words of the texts; both folded."""
        self.words = frozenset(word for word in words if len(word) >= SHORTEST_HEAD and not word.isdigit())
        self._stems = {
            language: frozenset(s for word in self.words if len(s := stem(word, language)) >= SHORTEST_TAIL)
            for language in sorted(set(STEMMED_AS.values()))
        }
        self._starts = frozenset(word[:SHORTEST_TAIL] for each in self._stems.values() for word in each)
        self.heads = _heads(self.words, seen)
        self._parts: Cut = {language: {} for language in self._stems}
        self._cut: Cut = {language: {} for language in self._stems}

    def parts(self, word: str, language: str) -> tuple[str, ...]:
        """The stems of the words that a folded word is made of, in order; none for a simple word."""
        stems = STEMMED_AS.get(language, "")
        known = self._parts.get(stems)
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
        return begins and stem(tail, stems) in self._stems[stems]

    def _head(self, head: str, stems: str) -> tuple[str, ...]:
        if head in NOT_HEADS:
            return ()
        if head in self.heads:
            return (head,)
        for form in alone(head):
            if form in self.words:
                return self._split(form, stems) or (form,)
        return next((parts for form in alone(head) if (parts := self._split(form, stems))), ())


def _heads(words: frozenset[str], seen: Iterable[str]) -> frozenset[str]:
    """First parts that never stand alone, but before several words that do."""
    tails = defaultdict(set)
    for word in seen:
        for at in range(SHORTEST_TAIL, len(word) - SHORTEST_TAIL + 1):
            if word[at:] in words and word[:at] not in words:
                tails[word[:at]].add(word[at:])
    many = (head for head, found in tails.items() if len(found) >= FEWEST_TAILS and not found & NOT_TAILS)
    return frozenset(head for head in many if not (head.endswith("s") and head[:-1] in words))


def alone(head: str) -> Iterator[str]:
    """The forms that the first part of a compound may have by itself: of `medborgar` also `medborgare`."""
    for ending, instead in _joints(head[-1:]):
        if len(form := head.removesuffix(ending) + instead) >= SHORTEST_HEAD:
            yield form


@cache
def _joints(last: str) -> tuple[tuple[str, str], ...]:
    """How a first part may change that ends with that letter."""
    return tuple(joint for joint in JOINTS if last.endswith(joint[0]))


def lexicon(seen: Mapping[str, int], vocabulary: Iterable[str]) -> Lexicon:
    """The words that stand in several texts (`seen`: in how many), or at all in a vocabulary; all folded."""
    spoken = set(vocabulary)
    known = {word for word, count in seen.items() if count >= FEWEST_TEXTS} | spoken
    return Lexicon(known - STOP_WORDS, sorted(seen.keys() | spoken))
