"""Where values stand in a readable file: found from its events, and only as deep as somebody asks.

Few values are ever pointed at. The places of all would fill the memory, and a tree of them costs as much as reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from generator.load.file import File

MAX_DIGITS = 15
CHUNK = 100
"""Events that are read at once."""
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")


class Spot:
    """Where a value stands: its key's event, its own event, and the spots inside it."""

    def __init__(self, events: _Events, at: int, key: Any = None) -> None:
        self.key, self.value = key, events.get(at)
        self._events, self._at = events, at

    @property
    def scalar(self) -> bool:
        return isinstance(self.value, yaml.ScalarEvent)

    @property
    def listed(self) -> bool:
        return isinstance(self.value, yaml.SequenceStartEvent)

    def inside(self) -> Iterator[tuple[Any, Spot]]:
        """By key, or by index in a list; of a key that stands twice, the first comes first."""
        if self.scalar:
            return
        events, places = self._events, self._events.inside(self._at)
        if self.listed:
            yield from ((index, Spot(events, at)) for index, at in enumerate(places))
            return
        for at in places:
            key = events.get(at)
            yield meant(key), Spot(events, next(places), key)

    def child(self, key: Any) -> tuple[Any, Spot] | None:
        """What stands under a key or its text, with the key as it is meant."""
        return next(((each, spot) for each, spot in self.inside() if each == key or str(each) == str(key)), None)


class _Events:
    """The events of a text, read as far as somebody asks, and the end of each mapping and list."""

    def __init__(self, text: str) -> None:
        self._read = iter(CParser(text).get_event, None)
        self._all: list[Any] = []
        self._ends: dict[int, int] = {}
        self._opened: list[int] = []

    def get(self, at: int) -> Any:
        """The event at a place."""
        while len(self._all) <= at:
            self._more()
        return self._all[at]

    def inside(self, at: int) -> Iterator[int]:
        """Where the nodes begin that stand directly in a mapping or list."""
        at += 1
        while not isinstance(self.get(at), yaml.CollectionEndEvent):
            yield at
            at = self._after(at)

    def _after(self, at: int) -> int:
        if not isinstance(self._all[at], yaml.CollectionStartEvent):
            return at + 1
        while at not in self._ends:
            self._more()
        return self._ends[at] + 1

    def _more(self) -> None:
        every, ends, opened = self._all, self._ends, self._opened
        events = list(islice(self._read, CHUNK))
        if not events:
            raise LookupError("the text ends before")
        for event in events:
            kind = type(event)
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                opened.append(len(every))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                ends[opened.pop()] = len(every)
            every.append(event)


def located(file: File) -> Spot:
    """The spot of everything that a readable file says."""
    return Spot(_Events(file.text), 2)  # after the beginnings of stream and document


def meant(event: Any) -> Any:
    """What a key means: a whole number if it is plainly one, else its text, composed."""
    return _meant(event.value, bool(event.style))


@lru_cache(maxsize=4096)
def _meant(text: str, quoted: bool) -> Any:
    if not quoted and WHOLE.fullmatch(text) and len(text) <= MAX_DIGITS:
        return int(text)
    return unicodedata.normalize("NFC", text)


def extent(event: Any, file: File) -> tuple[int, int, int]:
    """Line and column (from 1) of an event, and how long its token is on that line."""
    start, end = event.start_mark, event.end_mark
    if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
        return start.line + 1, start.column + 1, 1
    if end.line == start.line:
        return start.line + 1, start.column + 1, max(1, end.column - start.column)
    rest = file.line(start.line + 1)[start.column:].rstrip()
    return start.line + 1, start.column + 1, max(1, len(rest))
