"""The words of an evaluation's texts, read once and kept from build to build as long as the evaluation is the same.

Rendering prose and cutting it into words is most of what an index costs; the rest depends on all evaluations together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator import text
from generator.model import AreaResult, Evaluation, Example, Note
from generator.search.kept import Keep, packed, unpacked


@dataclass(frozen=True)
class Read:
    """A text without markup, its words (folded, without stop words) and those of its title."""

    plain: str
    words: tuple[str, ...]
    title: tuple[str, ...] = ()


@dataclass(frozen=True)
class Texts:
    """What an evaluation's texts come to."""

    practices: tuple[Read, ...]
    """Examples, then strengths, each as `analysis.practices` orders them."""
    areas: dict[str, Read]
    """The prose of each area, and under `""` that of the whole."""
    words: tuple[str, ...]
    """Each word once for every area it stands in: what compounds are learnt from."""


class Reader:
    """Reads evaluations; `keep` may hold what was read before.

    Each part of what an evaluation says is wanted once, and let go of with that: all together they would fill the
    memory. Whoever asks again has it read again.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._held: dict[str, dict[str, Any]] = {}
        self._keys: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def key(self, evaluation: Evaluation) -> str:
        """What tells an evaluation from others, and from what it was; its words are kept under it."""
        if evaluation.slug not in self._keys:
            key = hashlib.sha256(evaluation.model_dump_json().encode()).hexdigest()[:32]
            self._keys[evaluation.slug] = key
            self._keep.has(key)
        return self._keys[evaluation.slug]

    def before(self, key: str) -> Texts | None:
        """What was kept under a key."""
        content = self._keep.find(key)
        parts = unpacked(key, content) if content else None
        return _loaded(bytes(parts["texts"]), self._known) if parts else None

    def practices(self, evaluation: Evaluation) -> tuple[Read, ...]:
        """What its examples and strengths say."""
        practices: tuple[Read, ...] = self._taken(evaluation, "practices")
        return practices

    def areas(self, evaluation: Evaluation) -> dict[str, Read]:
        """The prose of its areas and of the whole."""
        areas: dict[str, Read] = self._taken(evaluation, "areas")
        return areas

    def words(self, evaluation: Evaluation) -> tuple[str, ...]:
        """What compounds are learnt from."""
        words: tuple[str, ...] = self._taken(evaluation, "words")
        return words

    def _taken(self, evaluation: Evaluation, part: str) -> Any:
        held = self._held.get(evaluation.slug, {})
        if part not in held:
            key = self.key(evaluation)
            held = {**vars(self.before(key) or self._read(key, evaluation))}
            self._held[evaluation.slug] = held
        return held.pop(part)

    def _read(self, key: str, evaluation: Evaluation) -> Texts:
        written = _written(_texts(evaluation))
        self._keep.put(key, lambda: packed(key, {"texts": written}))
        return _loaded(written, self._known)


def _texts(evaluation: Evaluation) -> Texts:
    parts: list[tuple[str, Evaluation | AreaResult]] = [(str(n), area) for n, area in sorted(evaluation.areas.items())]
    parts.append(("", evaluation))
    areas = {name: _read("\n\n".join(_prose(part))) for name, part in parts}
    examples = [_practice(item) for _, part in parts for item in part.examples]
    strengths = [_practice(item) for _, part in parts for item in part.strengths]
    items = [[*part.examples, *part.strengths, *part.improvements] for _, part in parts]
    of_items = ({word for item in each for word in _read(item.text).words} for each in items)
    pairs = zip(of_items, areas.values(), strict=True)
    words = sorted(word for found, read in pairs for word in found.union(read.words))
    return Texts((*examples, *strengths), areas, tuple(words))


def _prose(part: Evaluation | AreaResult) -> Iterator[str]:
    if part.summary:
        yield part.summary
    yield from part.highlights


def _practice(item: Note) -> Read:
    read = _read(item.text)
    return Read(read.plain, read.words, text.carrying(item.title) if isinstance(item, Example) else ())


def _read(prose: str) -> Read:
    words = text.plain(prose) if prose else ""
    return Read(words, text.carrying(words))


def _written(texts: Texts) -> bytes:
    # `vars`, since `asdict` copies every word of every text.
    areas = {name: vars(read) for name, read in texts.areas.items()}
    told = {"practices": [vars(read) for read in texts.practices], "areas": areas, "words": texts.words}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _loaded(written: bytes, known: dict[str, str]) -> Texts:
    """Texts as they were written; a word is held once, however many of them say it."""

    def shared(words: list[str]) -> tuple[str, ...]:
        return tuple(map(known.setdefault, words, words))

    def as_read(read: dict[str, Any]) -> Read:
        return Read(read["plain"], shared(read["words"]), shared(read["title"]))

    found: dict[str, Any] = json.loads(written)
    areas = {name: as_read(read) for name, read in found["areas"].items()}
    return Texts(tuple(map(as_read, found["practices"])), areas, shared(found["words"]))
