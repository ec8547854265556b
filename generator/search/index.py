"""An index as the files that the browser fetches: a manifest, word chunks, and what is shown of each document.

Only the manifest has a fixed address. Everything else lies in a folder named by a hash of the contents, so that it can
be kept for ever, and a page from before a change never mixes old with new.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator import text
from generator.model import Topic
from generator.search import vocabulary
from generator.search.chunks import SHORTEST_PREFIX, Entry, chunks, prefixes
from generator.search.postings import Document, Posting, postings

FOLDER = "assets/search/"
GROUP = 4
"""Documents whose texts lie in one file."""
SHELF = 256
"""Such files in one folder."""
FORMAT = 1


def files(
    name: str,
    documents: Sequence[Document],
    boosts: Mapping[str, float],
    topics: Sequence[Topic],
    manifest: Mapping[str, Any],
    beside: Mapping[str, bytes],
) -> dict[str, str | bytes]:
    """The files of one index by path below the site; `beside` are more of them, by name in its folder."""
    firsts, contents = [], dict(beside)
    for number, (first, chunk) in enumerate(chunks(_entries(documents, boosts, topics), len(documents))):
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
    packed = {f"{FOLDER}{folder}/{path}": zlib.compress(content, 9) for path, content in contents.items()}
    return {**packed, f"{FOLDER}{name}.json": written(told)}


def _entries(documents: Sequence[Document], boosts: Mapping[str, float], topics: Sequence[Topic]) -> list[Entry]:
    found = postings(documents, boosts)
    concepts = vocabulary.concepts(topics, documents, found)
    opened = vocabulary.openings(topic for topic in topics if vocabulary.key(topic.id) in concepts)
    words = sorted(found)
    entries = [Entry(word, found[word], _note(opened.get(word))) for word in words]
    entries += [
        Entry(key, posting, {"names": [[each.text, each.language, *each.words] for each in said]})
        for key, (posting, said) in concepts.items()
    ]
    entries += [*_asides(words, found, opened), *prefixes(words, found)]
    return sorted(entries, key=lambda entry: entry.key)


def _note(opened: list[list[str]] | None) -> Mapping[str, Any] | None:
    return {"opens": opened} if opened else None


def _asides(
    words: Iterable[str], found: Mapping[str, Posting], opened: Mapping[str, list[list[str]]]
) -> Iterator[Entry]:
    """What no document says, but a reader may type: words without their dots and rings, other names of topics.

    They are looked up only when a word is in no document, so they lie apart, as `~vaxjo`.
    """
    real: dict[str, list[str]] = {}
    for word in words:
        if (spelling := text.bare(word)) not in found:
            real.setdefault(spelling, []).append(word)
    for word in {*real, *(word for word in opened if word not in found)}:
        note = (_note(opened.get(word)) or {}) if word not in found else {}
        yield Entry(f"~{word}", None, {**note, **({"is": real[word]} if word in real else {})})


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
