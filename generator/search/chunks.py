"""Sorted words in chunks, so that a query fetches only what lies near its words (the format is told in decisions/0010).

A chunk is four streams behind a header of four lengths: keys, notes, document numbers, weights. They compress
differently, so they lie apart. Every chunk is cut at a size of raw bytes; a long list has a chunk of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from generator.search.postings import Posting, union

TARGET = 6_000
"""Raw bytes that a chunk is cut at."""
GROWTH = 60
"""For more documents a chunk is longer, by the root of their number: so the manifest grows no faster than a chunk."""
NAMED = 5
"""A name without documents has only its note, and many such notes deflate to so small a part of other entries."""
SHORTEST_PREFIX = 2
LEVELS = ((512, 64), (4_096, 32), (16_384, 16), (1 << 32, 8))
"""Steps that weights are rounded to, by the length of the list: up to so many documents, so many steps."""
LONG, HEAD = 512, 64
"""Lists longer than LONG keep their HEAD heaviest documents apart, with finer weights."""
UNIT = 64
"""Weights are told in parts of this."""
BITMAP, CONSTANT, HEADED, NOTED = 1, 2, 4, 8
ALONE = bytes([CONSTANT, 1])
FEW = 8
"""Among fewer documents than this one of them is many."""
_NOTE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One key: the documents it leads to, and a note where it says more (`None` is no documents)."""

    key: str
    posting: Posting | None = None
    note: Mapping[str, Any] | None = None


@cache
def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first, the high bit on all but the last."""
    if number < 128:
        return number.to_bytes(1, "little")
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def varints(numbers: Iterable[int]) -> bytes:
    """Many of them; those below 128, which most are, at once."""
    listed = numbers if isinstance(numbers, list) else list(numbers)
    if not listed or max(listed) < 128:
        return bytes(listed)
    return b"".join(map(varint, listed))


def gaps(ascending: Sequence[int]) -> list[int]:
    """How many numbers lie between each and the one before it."""
    return [ascending[0], *(after - before - 1 for before, after in pairwise(ascending))] if len(ascending) else []


def chunks(entries: Iterable[Entry], documents: int) -> Iterator[tuple[str, bytes]]:
    """Where every chunk begins, and its bytes; entries come sorted by key."""
    held: list[tuple[str, bytes, bytes, bytes]] = []
    size, before, target = 0, "", max(TARGET, round(GROWTH * math.sqrt(documents)))
    for entry in entries:
        encoded = (entry.key, *_encoded(entry, documents))
        length = (len(entry.key.encode()) + sum(map(len, encoded[1:]))) // (1 if entry.posting else NAMED)
        if held and size + length > target:
            yield _beginning(before, held[0][0]), _chunk(held)
            before, held, size = held[-1][0], [], 0
        held.append(encoded)
        size += length
    if held:
        yield _beginning(before, held[0][0]), _chunk(held)


def _beginning(before: str, first: str) -> str:
    """As much of a chunk's first key as tells it from the key before; all of it after the sum of a beginning.

    There `komm*` must be looked for in the chunk that ends with `kom*`, though this one begins with `kommun`.
    """
    return first if not before or before.endswith("*") else first[: _shared(before, first) + 1]


def _chunk(entries: Sequence[tuple[str, bytes, bytes, bytes]]) -> bytes:
    before, keys = b"", []
    for key, *_ in entries:
        written = key.encode()
        shared = _shared(before, written)
        keys.append(varint(shared) + varint(len(written) - shared) + written[shared:])
        before = written
    streams = [b"".join(keys), *(b"".join(stream) for stream in list(zip(*entries, strict=True))[1:])]
    return b"".join(map(varint, (len(entries), *map(len, streams[:3])))) + b"".join(streams)


def _shared(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How long two sequences are the same from their start."""
    length = min(len(one), len(other))
    for at in range(length):
        if one[at] != other[at]:
            return at
    return length


def _encoded(entry: Entry, documents: int) -> tuple[bytes, bytes, bytes]:
    """Meta, document numbers and weights of an entry."""
    note = _NOTE(entry.note).encode() if entry.note else b""
    said = varint(len(note)) + note if note else b""
    posting = entry.posting
    if posting is None or not posting.ids:
        return bytes([CONSTANT | NOTED * bool(note)]) + said + varint(0), b"", b""
    if len(posting.ids) == 1 and documents >= FEW and not note:
        # Most words stand in one document.
        return ALONE + varint(math.floor(posting.weights[0] * UNIT)), varint(posting.ids[0]), b""
    dense = len(posting.ids) * 8 > documents
    ids = _bitmap(posting.ids, documents) if dense else varints(gaps(posting.ids))
    flags, scale, weights = _weights(posting.weights)
    flags |= BITMAP * dense | NOTED * bool(note)
    meta = bytes([flags]) + said + varint(len(posting.ids)) + scale
    return meta, ids, weights


def _bitmap(ids: Sequence[int], documents: int) -> bytes:
    bits = bytearray((documents + 7) // 8)
    for number in ids:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def _weights(weights: Sequence[float]) -> tuple[int, bytes, bytes]:
    """Flags, scale and codes: every weight as a step between the lightest and the heaviest of its list."""
    units = [weight * UNIT for weight in weights]
    if len(units) > LONG:
        return _headed(units)
    low, span = _range(units)
    if not span:
        return CONSTANT, varint(low), b""
    return 0, varint(low) + varint(span), _codes(units, low, span, levels(len(units)))


def _headed(units: list[float]) -> tuple[int, bytes, bytes]:
    heaviest = sorted(sorted(range(len(units)), key=units.__getitem__, reverse=True)[:HEAD])
    apart = set(heaviest)
    low, span = _range([unit for at, unit in enumerate(units) if at not in apart])
    high, more = _range([units[at] for at in heaviest])
    codes = _codes([low if at in apart else unit for at, unit in enumerate(units)], low, span, levels(len(units)))
    head = varints(gaps(heaviest)) + _codes([units[at] for at in heaviest], high, more, 256)
    return HEADED, b"".join(map(varint, (low, span, high, more))), head + codes


def _range(units: Sequence[float]) -> tuple[int, int]:
    least, most = min(units), max(units)
    low = math.floor(least)
    return low, math.ceil(most) - low if round(most) > round(least) else 0


def _codes(units: Sequence[float], low: int, span: int, steps: int) -> bytes:
    most = steps - 1
    return bytes([round((unit - low) * most / span) for unit in units]) if span else bytes(len(units))


def levels(count: int) -> int:
    """How many steps the weights of a list of that length are rounded to."""
    return next(steps for most, steps in LEVELS if count <= most)


# Prefixes -------------------------------------------------------------------------------------------------------------


def prefixes(words: Sequence[str], found: Mapping[str, Posting]) -> Iterator[Entry]:
    """For every beginning that leads to more than a chunk holds: all its documents, summed, as one entry `kom*`.

    A beginning with the same words as a longer one is told once: key = the shortest, `to` = the longest.
    They come sorted, since a shorter one comes before those it begins and `*` before all that a word is written with.
    """
    sizes = [0]
    for word in words:
        sizes.append(sizes[-1] + 3 * len(found[word].ids) + len(word))
    pending = _groups(words, range(len(words)), SHORTEST_PREFIX)
    while pending:
        length, span = pending.pop()
        if len(span) < 2 or sizes[span.stop] - sizes[span.start] <= TARGET:
            continue
        first = words[span.start]
        shared = first[: _shared(first, words[span.stop - 1])]
        yield Entry(f"{shared[:length]}*", union([found[words[at]] for at in span]), {"to": shared})
        pending += _groups(words, span, len(shared) + 1)


def _groups(words: Sequence[str], span: range, length: int) -> list[tuple[int, range]]:
    """The runs of words that share so many first letters, the last run first; shorter words are left out."""
    runs = groupby(span, key=lambda at: words[at][:length])
    found = [(length, range(first, first + len(list(rest)) + 1)) for _, rest in runs for first in [next(rest)]]
    return [run for run in reversed(found) if len(words[run[1].start]) >= length]
