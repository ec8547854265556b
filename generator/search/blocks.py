"""Documents in blocks, each made of one source, and what is known of them from the last build.

A block is made again when its source is another; and of its documents only those count as new that are others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.changes import GONE
from generator.search.postings import Document, lengths
from generator.search.texts import NEW, written

MARK = 8
"""Bytes that tell a document from others."""


@dataclass(frozen=True)
class Block:
    """Documents that lie together: where they come from, and the key of all they are made of (none: not known)."""

    name: str
    key: str
    make: Callable[[], list[Document]]


class Told(NamedTuple):
    """What is kept of a block besides its documents: among others how long their fields are, and their facets."""

    name: str
    key: str
    size: int
    lengths: Mapping[str, int]
    facets: str


@dataclass
class Numbered:
    """The documents of all blocks by number: where each was in the last build, and those that are new."""

    blocks: list[Told] = field(default_factory=list)
    marks: bytearray = field(default_factory=bytearray)
    origins: list[int] = field(default_factory=list)
    new: dict[int, Document] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)

    @property
    def lengths(self) -> Counter[str]:
        """The lengths of all together."""
        total: Counter[str] = Counter()
        for block in self.blocks:
            total.update(block.lengths)
        return total

    def moved(self, before: int) -> NDArray[np.uint32] | None:
        """By each of so many numbers the one that it is now; None where the order of those that stay is another."""
        origins = np.array(self.origins, "i8")
        stay = np.flatnonzero(origins != NEW)
        moved = np.full(before, GONE, "u4")
        moved[origins[stay]] = stay
        return moved if (np.diff(origins[stay]) > 0).all() else None

    def let_go(self) -> None:
        """The documents themselves are needed no more."""
        self.new = {}

    def take(self, told: Told, start: int, marks: bytes) -> None:
        """A block as it was."""
        self.blocks.append(told)
        self.marks += marks
        self.origins += range(start, start + told.size)

    def add(self, block: Block, start: int, before: bytes) -> None:
        """A block as it is now; `before` are the marks of its documents in the last build, which began there."""
        documents = block.make()
        rows = [written(document.row) for document in documents]
        marks = b"".join(_mark(*each) for each in zip(documents, rows, strict=True))
        first, last = _same(before, marks)
        for at, document in enumerate(documents):
            if first <= at < len(documents) - last:
                # What is shown stands in its row from here on: as objects it would take most of the memory.
                self.new[len(self.origins) + at] = replace(document, row={}, facets=())
                self.rows[len(self.origins) + at] = rows[at]
        facets = written([document.facets for document in documents])
        self.blocks.append(Told(block.name, block.key, len(documents), lengths(documents), facets))
        self.marks += marks
        end = start + len(before) // MARK
        new = [NEW] * (len(documents) - first - last)
        self.origins += [*range(start, start + first), *new, *range(end - last, end)]


def numbered(blocks: Sequence[Block], before: Numbered, stale: Callable[[str], bool]) -> Numbered:
    """All blocks in their order; those that are `stale` are made again, whatever their key."""
    known, found = dict(_placed(before)), Numbered()
    for block in blocks:
        start, told, marks = known.get(block.name, (0, None, b""))
        if told and block.key and told.key == block.key and not stale(block.name):
            found.take(told, start, marks)
        else:
            found.add(block, start, marks)
    return found


def _placed(before: Numbered) -> Iterator[tuple[str, tuple[int, Told, bytes]]]:
    """The blocks by name, with the number of the first document and the marks of all."""
    start = 0
    for told in before.blocks:
        end = start + told.size
        yield told.name, (start, told, bytes(before.marks[MARK * start : MARK * end]))
        start = end


def _mark(document: Document, row: str) -> bytes:
    """What tells a document from others."""
    fields = "\n".join(f"{name} {' '.join(words)}" for name, words in document.fields.items())
    content = f"{row}\n{fields}\n{document.factor!r}\n{' '.join(document.topics)}"
    return blake2b(content.encode(), digest_size=MARK).digest()


def _same(before: bytes, marks: bytes) -> tuple[int, int]:
    """How many documents are the same from the first, and how many to the last."""
    old, new = ([one[at : at + MARK] for at in range(0, len(one), MARK)] for one in (before, marks))
    first = _alike(old, new)
    return first, _alike(old[first:][::-1], new[first:][::-1])


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    shortest = min(len(one), len(other))
    return next((at for at in range(shortest) if one[at] != other[at]), shortest)
