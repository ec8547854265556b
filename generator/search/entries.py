"""All that stands in the chunks of an index, in order: topics, words, sums of beginnings, and other spellings of words.

Each entry has a mark of what it is made of, and is made when a chunk wants it: where all marks are those of the last
build, so is the chunk.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, overload

from generator import text
from generator.model import Topic, Translation
from generator.search import vocabulary
from generator.search.chunks import TARGET, Entry, note_bytes
from generator.search.postings import Postings, key

SHORTEST_PREFIX = 2
MARK = 8
"""Bytes of a mark."""
END = "\U0010ffff"
"""Sorts after all that a word is written with."""
ASIDE = "~"
"""What keys of asides begin with."""
BEFORE_WORDS = "$"
"""Sorts after the keys of topics and before all words."""
Notes = Mapping[str, dict[str, list[Any]]]
"""What a word says besides its documents: topics that it `opens`, words that say the same `as` it does elsewhere."""


class Planned(NamedTuple):
    """An entry that is not made yet, and the mark of what it is made of."""

    key: str
    mark: bytes
    make: Callable[[], Entry]


class Entries(Sequence[Entry]):
    """The entries of an index, each made when it is asked for."""

    def __init__(self, found: Postings, notes: Notes, concepts: Sequence[Planned], asides: Asides) -> None:
        """In the order of their keys; `notes` are those of words that are found."""
        self.keys, self.marks, self._made = list[str](), list[bytes](), list[int | str | Planned]()
        self._found, self._notes, self._asides = found, notes, asides
        words, marks, sums = found.columns.words, _marks(found, notes), list(_sums(found, notes))
        lying = bisect_left(words, ASIDE)
        self._plan(concepts)
        self._say(words, marks, range(bisect_left(words, BEFORE_WORDS), lying), [e for e in sums if e.key < ASIDE])
        self._add(asides.keys, asides.marks, asides.lines)
        self._say(words, marks, range(lying, len(words)), [e for e in sums if e.key > ASIDE])

    def _say(self, words: Sequence[str], marks: list[bytes], places: range, sums: Sequence[Planned]) -> None:
        """The words of these places, and the sums among them."""
        at = places.start
        for each in sums:
            place = bisect_left(words, each.key, at, places.stop)
            self._add(words[at:place], marks[at:place], range(at, place))
            self._plan([each])
            at = place
        self._add(words[at : places.stop], marks[at : places.stop], range(at, places.stop))

    def _plan(self, planned: Sequence[Planned]) -> None:
        self._add([each.key for each in planned], [each.mark for each in planned], planned)

    def _add(self, keys: Iterable[str], marks: Iterable[bytes], made: Iterable[int | str | Planned]) -> None:
        self.keys += keys
        self.marks += marks
        self._made += made

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        made = self._made[at]
        if isinstance(made, int):
            return Entry(self.keys[at], self._found.at(made), self._notes.get(self.keys[at]))
        return self._asides.entry(made) if isinstance(made, str) else made.make()

    def mark(self, first: int, end: int) -> str:
        """The mark of all from one place to another, and of the next, which did not fit in a chunk with them."""
        keys = "\n".join(self.keys[first : end + 1])
        return blake2b(keys.encode() + b"\n" + b"\n".join(self.marks[first : end + 1]), digest_size=16).hexdigest()


def entries(found: Postings, topics: Sequence[Topic], equals: Sequence[Translation], spelled: Sequence[str]) -> Entries:
    """All entries of an index; `spelled` are the other spellings of its words."""
    concepts = vocabulary.concepts(topics, found)
    opened = vocabulary.openings(topic for topic in topics if key(topic.id) in concepts)
    notes = _notes(opened, vocabulary.translated(equals, found))
    standing = {word: note for word, note in notes.items() if word in found}
    planned = [_concept(key, concept, found) for key, concept in sorted(concepts.items())]
    return Entries(found, standing, planned, Asides(spelled, found, notes))


def _marks(found: Postings, notes: Notes) -> list[bytes]:
    """Of each word, what its entry is made of."""
    words, told = found.columns.words, found.marks.tobytes()
    marks = [told[at : at + MARK] for at in range(0, len(told), MARK)]
    for word, note in notes.items():
        marks[bisect_left(words, word)] += note_bytes(note)
    return marks


def _concept(key: str, concept: vocabulary.Concept, found: Postings) -> Planned:
    names = {"names": [[each.text, each.language, *each.words] for each in concept.names]}
    note = names | ({"wider": concept.wider} if concept.wider else {})
    lists = [found.mark(key), *(found.mark(word) for phrase in concept.said for word in phrase.words)]
    return Planned(key, b"".join(lists) + note_bytes(note), lambda: Entry(key, concept.posting, note))


def _notes(opened: Mapping[str, list[Any]], equal: Mapping[str, list[Any]]) -> Notes:
    kinds = {"as": equal, "opens": opened}
    words = sorted({*opened, *equal})
    return {word: {kind: said[word] for kind, said in kinds.items() if word in said} for word in words}


# Sums of beginnings ---------------------------------------------------------------------------------------------------


class Sum(NamedTuple):
    """A beginning that leads to more than a chunk holds, `to` the longest that the same words begin with."""

    key: str
    to: str
    words: range


def sums(words: Sequence[str], starts: Sequence[int]) -> Iterator[Sum]:
    """All of them in order; the documents of each word lie between its start and the next.

    A beginning with the same words as a longer one is told once: key = the shortest, `to` = the longest.
    They come sorted, since a shorter one comes before those it begins and `*` before all that a word is written with.
    """
    sizes = [3 * start for start in starts]
    length = 0
    for at, word in enumerate(words, start=1):
        length += len(word)
        sizes[at] += length
    pending = _groups(words, range(len(words)), SHORTEST_PREFIX)
    while pending:
        length, span = pending.pop()
        if len(span) < 2 or sizes[span.stop] - sizes[span.start] <= TARGET:
            continue
        first = words[span.start]
        shared = _shared(first, words[span.stop - 1])
        yield Sum(f"{shared[:length]}*", shared, span)
        pending += _groups(words, span, len(shared) + 1)


def _groups(words: Sequence[str], span: range, length: int) -> list[tuple[int, range]]:
    """The runs of words that share so many first letters, the last run first; shorter words are left out."""
    found, at = [], span.start
    while at < span.stop:
        start = words[at][:length]
        end = bisect_left(words, start + END, at, span.stop) if len(start) == length else at + 1
        if len(start) == length:
            found.append((length, range(at, end)))
        at = end
    return found[::-1]


def _shared(one: str, other: str) -> str:
    """The beginning that two words share."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:at]


def _sums(found: Postings, notes: Notes) -> Iterator[Planned]:
    columns = found.columns
    first = bisect_left(columns.words, BEFORE_WORDS)
    noted = sorted(notes)
    for each in sums(columns.words[first:], columns.starts[first:].tolist()):
        span = range(each.words.start + first, each.words.stop + first)
        note = {"to": each.to} | _opened(each.to, noted, notes)
        lists = found.marks[span.start : span.stop].tobytes()
        yield Planned(each.key, _digest(lists + note_bytes(note)), partial(_summed, found, each.key, span, note))


def _summed(found: Postings, key: str, span: range, note: Mapping[str, Any]) -> Entry:
    return Entry(key, found.union(span), note)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=MARK).digest()


def _opened(beginning: str, noted: Sequence[str], notes: Notes) -> dict[str, list[list[str]]]:
    """The topic that is called so, if all words that begin so are names of that one."""
    begun = noted[bisect_left(noted, beginning) : bisect_left(noted, beginning + END)]
    named = [phrase for word in begun for phrase in notes[word].get("opens", [])]
    topics = {phrase[0] for phrase in named if len(phrase) == 1}
    return {"opens": [[*topics]]} if len(topics) == 1 else {}


# Other spellings ------------------------------------------------------------------------------------------------------


def spelled(words: Sequence[str], before: Sequence[str] = (), lines: Sequence[str] = ()) -> list[str]:
    """Sorted lines: another spelling, then the words that may be spelt so; `before` are words that `lines` hold."""
    others: dict[str, set[str]] = defaultdict(set)
    for word in set(words).symmetric_difference(before):
        for other in text.spellings(word) - {word}:
            others[other].add(word)
    told, new = [*lines], []
    for other, turned in others.items():
        at = bisect_left(told, other)
        held = told[at].split(" ") if at < len(told) else []
        if held[:1] == [other]:
            told[at] = " ".join([other, *sorted(turned ^ {*held[1:]})])
        else:
            new.append(" ".join([other, *sorted(turned)]))
    return sorted(line for line in told + new if " " in line)


class Asides:
    """What no document says, but a reader may type: words spelt otherwise, names of topics, words of other languages.

    They are looked up only when a word is in no document, so they lie apart, as `~vaxjo`.
    """

    def __init__(self, spelled: Sequence[str], known: Container[str], notes: Notes) -> None:
        self._notes = _unsaid(notes, known)
        held = [(line.partition(" ")[0], line) for line in spelled]
        told = {spelling: line for spelling, line in held if spelling not in known}
        told = dict(sorted({**{spelling: spelling for spelling in self._notes}, **told}.items()))
        self.keys = [f"{ASIDE}{spelling}" for spelling in told]
        self.lines = [*told.values()]
        noted = ((line, self._notes.get(spelling)) for spelling, line in told.items())
        self.marks = [line.encode() + note_bytes(note) for line, note in noted]

    def entry(self, line: str) -> Entry:
        """The entry of a spelling and its words."""
        spelling, *words = line.split(" ")
        return Entry(f"{ASIDE}{spelling}", None, ({"is": words} if words else {}) | self._notes.get(spelling, {}))


def _unsaid(notes: Notes, known: Container[str]) -> dict[str, dict[str, list[Any]]]:
    """The notes of words that no document says, by each of their spellings."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for word in (word for word in notes if word not in known):
        for spelling in {word, *text.spellings(word)}:
            if spelling not in known:
                for kind, said in notes[word].items():
                    found[spelling][kind] += [each for each in said if each not in found[spelling][kind]]
    return found
