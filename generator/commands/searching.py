"""The search as a piece of work by itself, which another process can do while this one makes the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator import search
from generator.addresses import address
from generator.commands.reading import recalled, records
from generator.load.memory import uncollected
from generator.model import Archive
from generator.publish import Beside, Content, Store, packed, unpacked

LANGUAGE = "sv"
WORDS = "words"
MANY = 200
"""Evaluations from which on a process beside this one is worth its start."""
Found = Mapping[str, Content]


class Searches:
    """The search of one archive after the other; while somebody edits, it stays as it was at the start.

    To make it takes longer than all else, so it is made in a process of its own where there may be more than one.
    """

    def __init__(self, cache: Path, version: str, live: bool) -> None:
        self._cache, self._version, self._live = cache, version, live
        self._found: Found = {}
        self._beside: Beside | None = None
        self.known: Mapping[str, object] = {}
        """The records that the other process remembers as well."""

    def start(self, evaluations: Path, code: str) -> None:
        """Begin to load what makes it, where that is worth a process: of few evaluations it is made here.

        It remembers the records of the last build by the same code, so that only new ones have to be handed to it.
        """
        if len([*evaluations.glob("*/*/*.yml")]) >= MANY:
            self._beside = Beside(partial(ready, self._cache, self._version, code))

    def begin(self, archive: Archive) -> Callable[[], Found]:
        """Begin to make its files; they can be had later."""
        if self._found:
            return lambda: self._found
        if self._beside:
            return partial(self._kept, self._beside.do(packed(archive, self.known)))
        return partial(self._kept, partial(searched, archive, self._cache, self._version))

    def _kept(self, made: Callable[[], Found]) -> Found:
        found = made()
        self._found = found if self._live else {}
        return found

    def close(self) -> None:
        """End what was started."""
        if self._beside:
            self._beside.close()


def ready(cache: Path, version: str, code: str) -> Callable[[bytes], dict[str, Content]]:
    """What makes the search of an archive that is handed over without the records of the last build."""
    read, _ = next(recalled(cache, code), ({}, None))
    known = records(read)

    def made(content: bytes) -> dict[str, Content]:
        with uncollected():
            archive = unpacked(content, known)
        return searched(archive, cache, version)

    return made


def searched(archive: Archive, cache: Path, version: str) -> dict[str, Content]:
    """The files of the search; what they are made of is kept, for the next build by the same version."""
    kept = Words(Store(cache / WORDS), version)
    found = search.files(archive, address, LANGUAGE, kept)
    kept.store.save()
    return {**found}


@dataclass(frozen=True)
class Words:
    """What the search keeps: by its own keys, and only for the next build by the same version."""

    store: Store
    version: str

    def find(self, key: str) -> bytes | None:
        """The content of a key, as it was put there."""
        held = self.store.find(self._name(key))
        return held.path.read_bytes() if held else None

    def has(self, key: str) -> bool:
        """Whether there is one; what is asked for stays."""
        return self.store.find(self._name(key)) is not None

    def put(self, key: str, make: Callable[[], bytes]) -> None:
        """Keep a content."""
        self.store.put(self._name(key), make())

    def _name(self, key: str) -> str:
        return sha256(f"{self.version} {key}".encode()).hexdigest()
