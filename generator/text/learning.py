"""What compounds are made of, learnt from texts; and learnt further when some of them have become others.

A word that stands in several texts is a word by itself, and so is one of a vocabulary. A first part that never stands
alone (`medborgar-`) stands before several known words.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.text.analysis import STEMMED_AS, STOP_WORDS, stem
from generator.text.compounds import NOT_TAILS, SHORTEST_HEAD, SHORTEST_TAIL, Lexicon

FEWEST_TEXTS = 2
"""Texts that must hold a word before it counts as one; a slip of the pen seldom stands in two."""
FEWEST_TAILS = 2
"""Known words that a first part must stand before to count as one without standing alone."""
STEMS = tuple(sorted(set(STEMMED_AS.values())))
END = "\U0010ffff"
"""Sorts after all that a word is written with."""


@dataclass(frozen=True)
class Learnt:
    """The words of texts and in how many each stands, the words of a vocabulary, and what is known by them."""

    seen: Mapping[str, int]
    spoken: frozenset[str]
    listed: list[str]
    """All of them, sorted."""
    lexicon: Lexicon
    changed: frozenset[str] = field(default=frozenset())
    """Words, stems and first parts that are known since the texts were others, or no longer."""

    def after(self, gone: Iterable[str], come: Iterable[str]) -> Learnt:
        """As if all were learnt from nothing where `come` stand instead of `gone`; each word once for every text."""
        counts = Counter(come)
        counts.subtract(Counter(gone))
        seen = {**self.seen, **{word: self.seen.get(word, 0) + n for word, n in counts.items() if n}}
        other = [word for word, n in counts.items() if n]
        turned = [word for word in other if self._stands(word, self.seen) != self._stands(word, seen)]
        listed = [*self.listed]
        moved = [word for word in other if (seen[word] > 0) != (self.seen.get(word, 0) > 0) and word not in self.spoken]
        for word in moved:
            _place(listed, word, seen[word] > 0)
        seen = {word: count for word, count in seen.items() if count}
        return self._turned(seen, listed, moved, turned)

    def _stands(self, word: str, seen: Mapping[str, int]) -> bool:
        return _by_itself(word) and (seen.get(word, 0) >= FEWEST_TEXTS or word in self.spoken)

    def _turned(self, seen: Mapping[str, int], listed: list[str], moved: list[str], turned: list[str]) -> Learnt:
        known = self.lexicon
        words = known.words ^ set(turned)
        stems = {of: _stems(known.stems[of], of, turned, words, listed) for of in STEMS}
        text = "\n".join(["", *listed, ""])
        asked = {head for word in moved for head, _ in _cuts(word)}
        asked |= {head for word in turned for head in (word, f"{word}s", *_before(word, text))}
        kept = {head for head in asked if len(head) >= SHORTEST_TAIL and _is_head(head, words, listed)}
        heads = (known.heads - asked) | kept
        changed = {*turned, *(known.heads ^ heads), *(each for of in STEMS for each in known.stems[of] ^ stems[of])}
        return Learnt(seen, self.spoken, listed, Lexicon(words, stems, heads), frozenset(changed))


def learnt(seen: Mapping[str, int], vocabulary: Iterable[str]) -> Learnt:
    """From the words of texts (`seen`: in how many) and those of a vocabulary; all folded."""
    spoken = frozenset(vocabulary)
    known = {word for word, count in seen.items() if count >= FEWEST_TEXTS} | spoken
    words = frozenset(filter(_by_itself, known))
    stems = {of: frozenset(_long(map(_stemmer(of), words))) for of in STEMS}
    listed = sorted(seen.keys() | spoken)
    return Learnt(seen, spoken, listed, Lexicon(words, stems, _heads(words, listed)))


def _by_itself(word: str) -> bool:
    """Whether a word may be part of others."""
    return len(word) >= SHORTEST_HEAD and not word.isdigit() and word not in STOP_WORDS


def _stemmer(language: str) -> Callable[[str], str]:
    return lambda word: stem(word, language)


def _long(stems: Iterable[str]) -> Iterator[str]:
    return (each for each in stems if len(each) >= SHORTEST_TAIL)


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """A word in two, wherever both may be a part."""
    return ((word[:at], word[at:]) for at in range(SHORTEST_TAIL, len(word) - SHORTEST_TAIL + 1))


def _heads(words: frozenset[str], listed: Iterable[str]) -> frozenset[str]:
    """First parts that never stand alone, but before several words that do."""
    tails = defaultdict(set)
    for word in listed:
        for at in range(SHORTEST_TAIL, len(word) - SHORTEST_TAIL + 1):
            if word[at:] in words and word[:at] not in words:
                tails[word[:at]].add(word[at:])
    return frozenset(head for head, found in tails.items() if _stands_before(found) and not _is_genitive(head, words))


def _is_head(head: str, words: frozenset[str], listed: list[str]) -> bool:
    """The same of one."""
    if head in words or _is_genitive(head, words):
        return False
    ends = {word[len(head) :] for word in _beginning(head, listed)}
    return _stands_before({end for end in ends if len(end) >= SHORTEST_TAIL and end in words})


def _stands_before(tails: set[str]) -> bool:
    return len(tails) >= FEWEST_TAILS and not tails & NOT_TAILS


def _is_genitive(head: str, words: frozenset[str]) -> bool:
    return head.endswith("s") and head[:-1] in words


# Learning further -----------------------------------------------------------------------------------------------------


def _place(listed: list[str], word: str, there: bool) -> None:
    if there:
        insort(listed, word)
    else:
        del listed[bisect_left(listed, word)]


def _stems(
    known: frozenset[str], of: str, turned: list[str], words: frozenset[str], listed: list[str]
) -> frozenset[str]:
    """A stem goes with the last word that has it."""
    asked = set(_long(stem(word, of) for word in turned))
    alike = {each: (word for word in _beginning(each, listed) if word in words) for each in asked}
    kept = {each for each, others in alike.items() if any(stem(word, of) == each for word in others)}
    return (known - asked) | kept


def _beginning(start: str, listed: list[str]) -> list[str]:
    """The words that begin so."""
    return listed[bisect_left(listed, start) : bisect_left(listed, start + END)]


def _before(tail: str, text: str) -> Iterator[str]:
    """What stands before an ending, in words that lie each on a line."""
    end = text.find(f"{tail}\n")
    while end >= 0:
        yield text[text.rfind("\n", 0, end) + 1 : end]
        end = text.find(f"{tail}\n", end + 1)
