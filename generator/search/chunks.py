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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.postings import Posting

TARGET = 6_000
"""Raw bytes that a chunk is cut at."""
GROWTH = 60
"""For more documents a chunk is longer, by the root of their number: so the manifest grows no faster than a chunk."""
NAMED = 5
"""A name without documents has only its note, and many such notes deflate to so small a part of other entries."""
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
_Encoded = tuple[str, bytes, bytes, bytes]
"""Key, meta, document numbers and weights."""
Units = NDArray[np.float64]
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


def gaps(ascending: NDArray[Any]) -> list[int]:
    """How many numbers lie between each and the one before it."""
    return [int(ascending[0]), *(np.diff(ascending) - 1).tolist()]


def chunks(entries: Sequence[Entry], documents: int) -> Iterator[tuple[str, bytes]]:
    """Where every chunk begins, and its bytes; entries come sorted by key."""
    coder, at = Coder(entries, documents), 0
    while at < len(entries):
        end, chunk = coder.chunk(at)
        yield beginning(entries[at - 1].key if at else "", entries[at].key), chunk
        at = end


class Coder:
    """Cuts entries into chunks."""

    def __init__(self, entries: Sequence[Entry], documents: int) -> None:
        self._entries, self._documents = entries, documents
        self._target = max(TARGET, round(GROWTH * math.sqrt(documents)))
        self._next: tuple[int, _Encoded] = -1, ("", b"", b"", b"")
        """What did not fit in the last chunk, and so begins the next."""

    def chunk(self, first: int) -> tuple[int, bytes]:
        """The chunk that begins there, and where it ends: before what would make it too long."""
        held: list[_Encoded] = []
        size = 0
        for at in range(first, len(self._entries)):
            encoded = self._encoded(at)
            length = (len(encoded[0].encode()) + sum(map(len, encoded[1:]))) // (1 if encoded[2] else NAMED)
            if held and size + length > self._target:
                return at, _chunk(held)
            held.append(encoded)
            size += length
        return len(self._entries), _chunk(held)

    def _encoded(self, at: int) -> _Encoded:
        if self._next[0] != at:
            entry = self._entries[at]
            self._next = at, (entry.key, *_encoded(entry, self._documents))
        return self._next[1]


def beginning(before: str, first: str) -> str:
    """As much of a chunk's first key as tells it from the key before; all of it after the sum of a beginning.

    There `komm*` must be looked for in the chunk that ends with `kom*`, though this one begins with `kommun`.
    """
    return first if not before or before.endswith("*") else first[: _shared(before, first) + 1]


def _chunk(entries: Sequence[_Encoded]) -> bytes:
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
    note = note_bytes(entry.note)
    said = varint(len(note)) + note if note else b""
    posting = entry.posting
    if posting is None or not len(posting.ids):
        return bytes([CONSTANT | NOTED * bool(note)]) + said + varint(0), b"", b""
    if len(posting.ids) == 1 and documents >= FEW and not note:
        # Most words stand in one document.
        return ALONE + varint(int(posting.weights[0] * UNIT)), varint(int(posting.ids[0])), b""
    dense = len(posting.ids) * 8 > documents
    ids = _bitmap(posting.ids, documents) if dense else varints(gaps(posting.ids))
    flags, scale, weights = _weights(posting.weights)
    flags |= BITMAP * dense | NOTED * bool(note)
    meta = bytes([flags]) + said + varint(len(posting.ids)) + scale
    return meta, ids, weights


def note_bytes(note: Mapping[str, Any] | None) -> bytes:
    """A note as it stands in a chunk."""
    return _NOTE(note).encode() if note else b""


def _bitmap(ids: NDArray[np.uint32], documents: int) -> bytes:
    bits = np.zeros(documents, bool)
    bits[ids] = True
    return np.packbits(bits, bitorder="little").tobytes()


def _weights(weights: NDArray[np.float32]) -> tuple[int, bytes, bytes]:
    """Flags, scale and codes: every weight as a step between the lightest and the heaviest of its list."""
    units = weights.astype("f8") * UNIT
    if len(units) > LONG:
        return _headed(units)
    low, span = _range(units)
    if not span:
        return CONSTANT, varint(low), b""
    return 0, varint(low) + varint(span), _codes(units, low, span, levels(len(units)))


def _headed(units: Units) -> tuple[int, bytes, bytes]:
    heaviest = _heaviest(units)
    others = np.delete(units, heaviest)
    low, span = _range(others)
    high, more = _range(units[heaviest])
    told = units.copy()
    told[heaviest] = low
    head = varints(gaps(heaviest)) + _codes(units[heaviest], high, more, 256)
    return HEADED, b"".join(map(varint, (low, span, high, more))), head + _codes(told, low, span, levels(len(units)))


def _heaviest(units: Units) -> NDArray[np.int64]:
    """The places of the HEAD heaviest; of equals, those that come first."""
    least = np.partition(units, -HEAD)[-HEAD]
    heavier = np.flatnonzero(units > least)
    return np.sort(np.append(heavier, np.flatnonzero(units == least)[: HEAD - len(heavier)]))


def _range(units: Units) -> tuple[int, int]:
    least, most = float(units.min()), float(units.max())
    low = math.floor(least)
    return low, math.ceil(most) - low if round(most) > round(least) else 0


def _codes(units: Units, low: int, span: int, steps: int) -> bytes:
    return np.rint((units - low) * (steps - 1) / span).astype("u1").tobytes() if span else bytes(len(units))


def levels(count: int) -> int:
    """How many steps the weights of a list of that length are rounded to."""
    return next(steps for most, steps in LEVELS if count <= most)
