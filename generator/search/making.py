"""The files of both indexes, made from what the last build kept of them and from what is another since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from generator.model import Archive
from generator.search import collector, everything, index, learning, practices
from generator.search.index import Index
from generator.search.kept import Keep, Parts, packed, unpacked
from generator.search.learning import Known
from generator.search.reading import Reader
from generator.search.records import Addresses

Made = TypeVar("Made")


@collector.resting()
def files(archive: Archive, address: Addresses, language: str, keep: Keep) -> dict[str, str | bytes]:
    """All files of the search; whatever is kept of the last ones is brought up to date."""
    read, shared = Reader(keep), _shared(archive, language)
    before = _again(keep, f"learnt {shared}", learning.again)
    known = learning.known(archive, read, before)

    def made(name: str, wanted: index.Wanted) -> Index:
        # An index rests on what was known when it was made, and only leads on from there.
        old = _again(keep, f"{name} {shared} {_made_of(before)}", index.again) if before else None
        found = index.brought_up(old or Index(), wanted)
        _put(keep, f"{name} {shared} {_made_of(known)}", lambda: index.kept(found))
        return found

    examples = made("examples", practices.wanted(archive, address, language, read, known))
    found = practices.files(archive, address, language, examples)
    del examples
    site = made("site", everything.wanted(archive, address, language, read, known))
    _put(keep, f"learnt {shared}", lambda: learning.kept(known))
    return found | everything.files(language, site)


def _shared(archive: Archive, language: str) -> str:
    """What tells apart all that is shared by evaluations: where it is another, everything is made anew."""
    told = [each.model_dump_json() for of in (archive.editions, archive.topics) for each in of.values()]
    told += [each.model_dump_json() for each in archive.translations]
    return hashlib.sha256("\n".join([language, *told]).encode()).hexdigest()


def _made_of(known: Known | None) -> str:
    return hashlib.sha256(json.dumps(known.evaluations, sort_keys=True).encode()).hexdigest() if known else ""


def _again(keep: Keep, key: str, again: Callable[[Mapping[str, memoryview]], Made]) -> Made | None:
    content = keep.find(key)
    parts = unpacked(key, content) if content else None
    return again(parts) if parts else None


def _put(keep: Keep, key: str, parts: Callable[[], Parts]) -> None:
    keep.put(key, lambda: packed(key, parts()))
