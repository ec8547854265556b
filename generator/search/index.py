"""An index as the files that the browser fetches: a manifest, word chunks, and what is shown of each document.

Only the manifest has a fixed address. Everything else lies in a folder named by a hash of the contents, so that it can
be kept for ever, and a page from before a change never mixes old with new.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from generator import text
from generator.model import Topic, Translation
from generator.search import vocabulary
from generator.search.chunks import SHORTEST_PREFIX, Entry, chunks, prefixes
from generator.search.postings import Document, postings

FOLDER = "assets/search/"
GROUP = 4
"""Documents whose texts lie in one file."""
SHELF = 256
"""Such files in one folder."""
FORMAT = 4
STREAM = b"\x78\xda"
"""How a zlib stream begins."""


def files(
    name: str,
    documents: Sequence[Document],
    boosts: Mapping[str, float],
    topics: Sequence[Topic],
    equals: Sequence[Translation],
    manifest: Mapping[str, Any],
    beside: Mapping[str, Sequence[bytes]],
) -> dict[str, str | bytes]:
    """The files of one index by path below the site; `beside` are more of them in parts, by name in its folder."""
    firsts, contents = [], {path: b"".join(parts) for path, parts in beside.items()}
    for number, (first, chunk) in enumerate(chunks(_entries(documents, boosts, topics, equals), len(documents))):
        firsts.append(first)
        contents[f"t/{number}.bin"] = chunk
    contents |= _texts(documents)
    folder = _hash(contents)
    told = {
        "format": FORMAT,
        "folder": f"{folder}/",
        "documents": len(documents),
        "group": GROUP,
        "shelf": SHELF,
        "shortest_prefix": SHORTEST_PREFIX,
        "keys": "\n".join(firsts),
        "tables": text.browser_tables(),
        **manifest,
    }
    packed = {
        f"{FOLDER}{folder}/{path}": _columns(beside[path]) if path in beside else zlib.compress(content, 9)
        for path, content in contents.items()
    }
    return {**packed, f"{FOLDER}{name}.json": written(told)}


def _columns(parts: Sequence[bytes]) -> bytes:
    """One zlib stream, each part of it deflated the shorter way."""
    ends = [*[zlib.Z_FULL_FLUSH] * (len(parts) - 1), zlib.Z_FINISH]
    packed = b"".join(_deflated(part, end) for part, end in zip(parts, ends, strict=True))
    return STREAM + packed + zlib.adler32(b"".join(parts)).to_bytes(4, "big")


def _deflated(part: bytes, end: int) -> bytes:
    """As text is, or as long columns of small numbers are: their short repetitions are best passed over."""
    ways = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)
    packers = [zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, way) for way in ways]
    return min((packer.compress(part) + packer.flush(end) for packer in packers), key=len)


def _entries(
    documents: Sequence[Document], boosts: Mapping[str, float], topics: Sequence[Topic], equals: Sequence[Translation]
) -> Iterable[Entry]:
    found = postings(documents, boosts)
    concepts = vocabulary.concepts(topics, documents, found)
    opened = vocabulary.openings(topic for topic in topics if vocabulary.key(topic.id) in concepts)
    notes = _notes(opened, vocabulary.translated(equals, found))
    words = sorted(found)
    standing = {word: note for word, note in notes.items() if word in found}
    # Each comes in order and is made when a chunk wants it, so that none is held.
    return merge(
        (Entry(key, concept.posting, _said_of(concept)) for key, concept in sorted(concepts.items())),
        (Entry(word, found[word], notes.get(word)) for word in words),
        (_opening(entry, standing) for entry in prefixes(words, found)),
        _asides(words, notes),
        key=attrgetter("key"),
    )


def _said_of(concept: vocabulary.Concept) -> dict[str, Any]:
    names = {"names": [[each.text, each.language, *each.words] for each in concept.names]}
    return names | ({"wider": concept.wider} if concept.wider else {})


Notes = Mapping[str, dict[str, list[Any]]]
"""What a word says besides its documents: topics that it `opens`, words that say the same `as` it does elsewhere."""


def _notes(opened: Mapping[str, list[Any]], equal: Mapping[str, list[Any]]) -> Notes:
    kinds = {"as": equal, "opens": opened}
    words = sorted({*opened, *equal})
    return {word: {kind: said[word] for kind, said in kinds.items() if word in said} for word in words}


def _opening(beginning: Entry, notes: Notes) -> Entry:
    """The entry of a beginning, with the topic that is called so if all words that begin so are names of that one."""
    said = beginning.note or {}
    named = [phrase for word in notes if word.startswith(said["to"]) for phrase in notes[word].get("opens", [])]
    topics = {phrase[0] for phrase in named if len(phrase) == 1}
    opens = {"opens": [[*topics]]} if len(topics) == 1 else {}
    return replace(beginning, note={**said, **opens})


def _asides(words: Sequence[str], notes: Notes) -> Iterator[Entry]:
    """What no document says, but a reader may type: words spelt otherwise, names of topics, words of other languages.

    They are looked up only when a word is in no document, so they lie apart, as `~vaxjo`.
    """
    known = set(words)
    told = _unsaid(notes, known)
    spelt = [(spelling, word) for word in words for spelling in text.spellings(word) if spelling not in known]
    spelt += [(spelling, "") for spelling in told]
    spelt.sort()
    for spelling, pairs in groupby(spelt, key=itemgetter(0)):
        own = [word for _, word in pairs if word]
        yield Entry(f"~{spelling}", None, ({"is": own} if own else {}) | told.get(spelling, {}))


def _unsaid(notes: Notes, known: set[str]) -> dict[str, dict[str, list[Any]]]:
    """The notes of words that no document says, by each of their spellings."""
    told: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for word in (word for word in notes if word not in known):
        for spelling in {word, *text.spellings(word)} - known:
            for kind, said in notes[word].items():
                told[spelling][kind] += [each for each in said if each not in told[spelling][kind]]
    return told


def _texts(documents: Sequence[Document]) -> dict[str, bytes]:
    groups = (documents[at : at + GROUP] for at in range(0, len(documents), GROUP))
    rows = enumerate([document.row for document in group] for group in groups)
    return {f"x/{number // SHELF}/{number}.bin": written(group).encode() for number, group in rows}


def written(content: Any) -> str:
    """JSON: the same bytes for the same content, and no character that could end a script."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")


def _hash(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for path, content in sorted(contents.items()):
        digest.update(f"{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
