"""An index as the files that the browser fetches: a manifest, word chunks, and what is shown of each document.

Only the manifest has a fixed address. Everything else lies in folders named by a hash of their contents, so that it can
be kept for ever, and a page from before a change never mixes old with new.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from generator import text
from generator.model import Topic, Translation
from generator.search import changes, texts
from generator.search.blocks import Block, Numbered, Told, numbered
from generator.search.chunks import Coder, beginning
from generator.search.entries import BEFORE_WORDS, SHORTEST_PREFIX, Entries, entries, spelled
from generator.search.kept import Parts, divided, lines, unlined
from generator.search.postings import Columns, Lengths, Postings, collected, key, terms, usual
from generator.search.texts import FOLDER, GROUP, SHELF, named, written

FORMAT = 5
STREAM = b"\x78\xda"
"""How a zlib stream begins."""
ARRAYS = {"starts": "<u4", "ids": "<u4", "shares": "<f4", "fields": "<u1"}
"""The columns of numbers that are kept, and what each holds."""


class Chunk(NamedTuple):
    """A chunk as it is served: the keys that it begins and ends with, how many entries it holds, and their mark."""

    first: str
    last: str
    entries: int
    mark: str
    content: bytes


@dataclass
class Index:
    """All that an index is made of; and so, of the last build, all that the next can take over."""

    documents: Numbered = field(default_factory=Numbered)
    usually: Lengths = field(default_factory=dict)
    postings: Postings = field(default_factory=lambda: Postings(Columns(), 0))
    spelled: list[str] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    beside: tuple[str, dict[str, bytes]] = ("", {})
    """More files, by name, and the mark of what they are made of."""

    @property
    def facets(self) -> str:
        """The facets of all documents, as JSON."""
        return f"[{','.join(block.facets[1:-1] for block in self.documents.blocks if block.size)}]"

    @property
    def topics(self) -> list[str]:
        """The topics that documents are under."""
        words = self.postings.columns.words
        return [word.removeprefix(key("")) for word in words[: bisect_left(words, BEFORE_WORDS)]]

    def holding(self, words: Collection[str]) -> set[str]:
        """The blocks with documents that hold one of these words, however it is stemmed."""
        ends = list(accumulate(block.size for block in self.documents.blocks))
        stems = {text.stem(word, language) for word in words for language in ("sv", "nb")}
        numbers = {number for stem in stems if stem in self.postings for number in self.postings[stem].ids.tolist()}
        return {self.documents.blocks[bisect_right(ends, number)].name for number in numbers}


@dataclass(frozen=True)
class Wanted:
    """What an index is to be made of."""

    blocks: Sequence[Block]
    boosts: Mapping[str, float]
    topics: Sequence[Topic]
    equals: Sequence[Translation]
    otherwise: Collection[str] = ()
    """Words that have other parts than in the last build."""
    beside: Callable[[str], Mapping[str, Sequence[bytes]]] = lambda _: {}
    """More files in parts, made of the facets of all documents."""


def brought_up(before: Index, wanted: Wanted) -> Index:
    """The index as it is to be; what the last build had of it already is taken over."""
    documents = numbered(wanted.blocks, before.documents, before.holding(wanted.otherwise).__contains__)
    count, usually = len(documents.origins), usual(documents.lengths, len(documents.origins))
    moved = documents.moved(len(before.documents.origins))
    if before.documents.blocks and (moved is None or usually != before.usually):
        return brought_up(Index(), wanted)
    found = Index(documents, usually)
    found.texts = texts.files(documents.rows, documents.origins, before.texts)
    documents.rows = {}
    said = ((number, terms(each, wanted.boosts, usually)) for number, each in documents.new.items())
    old = before.postings.columns
    columns = (
        changes.brought_up(old, moved, dict(said)) if before.documents.blocks and moved is not None else collected(said)
    )
    documents.let_go()
    found.postings = Postings(columns, count)
    found.spelled = spelled(columns.words, old.words, before.spelled)
    told = entries(found.postings, wanted.topics, wanted.equals, found.spelled)
    found.chunks = list(_chunks(told, count, {chunk.first: chunk for chunk in before.chunks}))
    del told  # as many keys and marks as there are words
    made_of = hashlib.sha256(found.facets.encode()).hexdigest()
    found.beside = before.beside if before.beside[0] == made_of else (made_of, _columns(wanted.beside(found.facets)))
    return found


def _chunks(told: Entries, documents: int, before: Mapping[str, Chunk]) -> Iterator[Chunk]:
    coder, at = Coder(told, documents), 0
    while at < len(told):
        first = told.keys[at]
        old = before.get(first)
        if old is None or old.mark != f"{documents} {told.mark(at, at + old.entries)}":
            end, content = coder.chunk(at)
            old = Chunk(
                first, told.keys[end - 1], end - at, f"{documents} {told.mark(at, end)}", zlib.compress(content, 9)
            )
        yield old
        at += old.entries


def _columns(files: Mapping[str, Sequence[bytes]]) -> dict[str, bytes]:
    """Each file as one zlib stream, every part of it deflated the shorter way."""
    return {name: _stream(parts) for name, parts in files.items()}


def _stream(parts: Sequence[bytes]) -> bytes:
    ends = [*[zlib.Z_FULL_FLUSH] * (len(parts) - 1), zlib.Z_FINISH]
    packed = b"".join(_deflated(part, end) for part, end in zip(parts, ends, strict=True))
    return STREAM + packed + zlib.adler32(b"".join(parts)).to_bytes(4, "big")


def _deflated(part: bytes, end: int) -> bytes:
    """As text is, or as long columns of small numbers are: their short repetitions are best passed over."""
    ways = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)
    packers = [zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, way) for way in ways]
    return min((packer.compress(part) + packer.flush(end) for packer in packers), key=len)


# Files ----------------------------------------------------------------------------------------------------------------


def files(name: str, index: Index, manifest: Mapping[str, Any]) -> dict[str, str | bytes]:
    """The files of one index by path below the site."""
    contents = {f"t/{number}.bin": chunk.content for number, chunk in enumerate(index.chunks)} | index.beside[1]
    shelves = list(texts.shelves(index.texts))
    folder = _folder(contents, [shelf for shelf, _ in shelves])
    firsts, lasts = [chunk.first for chunk in index.chunks], ["", *(chunk.last for chunk in index.chunks)]
    told = {
        "format": FORMAT,
        "folder": f"{folder}/",
        "shelves": [shelf for shelf, _ in shelves],
        "documents": index.postings.documents,
        "group": GROUP,
        "shelf": SHELF,
        "shortest_prefix": SHORTEST_PREFIX,
        "keys": "\n".join(beginning(before, first) for before, first in zip(lasts, firsts, strict=False)),
        "tables": text.browser_tables(),
        **manifest,
    }
    found: dict[str, str | bytes] = {f"{FOLDER}{folder}/{path}": content for path, content in contents.items()}
    for shelf, held in shelves:
        found |= {f"{FOLDER}{shelf}/{number}.bin": content for number, content in held.items()}
    return {**found, f"{FOLDER}{name}.json": written(told)}


def _folder(contents: Mapping[str, bytes], shelves: Sequence[str]) -> str:
    """Its name: another as soon as anything of the index is, so that it also tells manifests apart."""
    told = [f"{FORMAT} {' '.join(shelves)}".encode()]
    for path, content in sorted(contents.items()):
        told += [f"{path} {len(content)}\n".encode(), content]
    return named(told)


# Kept -----------------------------------------------------------------------------------------------------------------


def kept(index: Index) -> Parts:
    """An index, for the next build."""
    columns = index.postings.columns
    told = {
        "blocks": index.documents.blocks,
        "usually": index.usually,
        "chunks": [[*chunk[:-1], len(chunk.content)] for chunk in index.chunks],
        "texts": [len(file) for file in index.texts],
        "beside": [index.beside[0], {name: len(content) for name, content in index.beside[1].items()}],
    }
    return {
        "told": json.dumps(told).encode(),
        "documents": bytes(index.documents.marks),
        "words": lines(columns.words),
        **{name: getattr(columns, name).astype(code, copy=False).view("u1").data for name, code in ARRAYS.items()},
        "spelled": lines(index.spelled),
        "chunks": b"".join(chunk.content for chunk in index.chunks),
        "texts": b"".join(index.texts),
        "beside": b"".join(index.beside[1].values()),
    }


def again(parts: Mapping[str, memoryview]) -> Index:
    """The index that was kept."""
    told = json.loads(bytes(parts["told"]))
    blocks = [Told(*block) for block in told["blocks"]]
    arrays = [np.frombuffer(parts[name], code) for name, code in ARRAYS.items()]
    columns = Columns(unlined(parts["words"]), *arrays)
    count = sum(block.size for block in blocks)
    made_of, sizes = told["beside"]
    cut = divided(parts["chunks"], [chunk[-1] for chunk in told["chunks"]])
    return Index(
        Numbered(blocks, bytearray(parts["documents"]), [*range(count)]),
        told["usually"],
        Postings(columns, count),
        unlined(parts["spelled"]),
        divided(parts["texts"], told["texts"]),
        [
            Chunk(first, last, size, of, content)
            for (first, last, size, of, _), content in zip(told["chunks"], cut, strict=True)
        ],
        (made_of, dict(zip(sizes, divided(parts["beside"], sizes.values()), strict=True))),
    )
