"""The words of an evaluation's texts, read once and kept from build to build as long as the evaluation is the same.

Rendering prose and cutting it into words is most of what an index costs; the rest depends on all evaluations together.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator import text
from generator.model import AreaResult, Evaluation, Example, Note

Keep = Callable[[str, Callable[[], str]], str]
"""Gives the text kept under a key, or makes, keeps and gives it."""


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


Reader = Callable[[Evaluation], Texts]


def reader(keep: Keep) -> Reader:
    """Reads evaluations, each once; `keep` may hold what was read before."""
    done: dict[str, Texts] = {}
    known: dict[str, str] = {}

    def read(evaluation: Evaluation) -> Texts:
        if evaluation.slug not in done:
            key = hashlib.sha256(evaluation.model_dump_json().encode()).hexdigest()[:32]
            done[evaluation.slug] = _loaded(keep(key, lambda: _written(_texts(evaluation))), known)
        return done[evaluation.slug]

    return read


def unkept(_: str, make: Callable[[], str]) -> str:
    """Keeps nothing."""
    return make()


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


def _written(texts: Texts) -> str:
    # `vars`, since `asdict` copies every word of every text.
    areas = {name: vars(read) for name, read in texts.areas.items()}
    told = {"practices": [vars(read) for read in texts.practices], "areas": areas, "words": texts.words}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _loaded(written: str, known: dict[str, str]) -> Texts:
    """Texts as they were written; a word is held once, however many of them say it."""

    def shared(words: list[str]) -> tuple[str, ...]:
        return tuple(map(known.setdefault, words, words))

    def as_read(read: dict[str, Any]) -> Read:
        return Read(read["plain"], shared(read["words"]), shared(read["title"]))

    found: dict[str, Any] = json.loads(written)
    areas = {name: as_read(read) for name, read in found["areas"].items()}
    return Texts(tuple(map(as_read, found["practices"])), areas, shared(found["words"]))


def learnt(texts: Iterable[Texts], vocabulary: Iterable[str]) -> text.Lexicon:
    """The lexicon of compounds: words of several areas, and those of a vocabulary."""
    seen: Counter[str] = Counter()
    for each in texts:
        seen.update(each.words)
    return text.lexicon(seen, [word for phrase in vocabulary for word in text.carrying(phrase)])
