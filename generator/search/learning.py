"""What compounds are made of by the archive's texts and topics, and what is another since the last build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from generator import text
from generator.model import Archive, Topic
from generator.search.kept import Parts, lines, unlined
from generator.search.reading import Reader
from generator.text import Cuts, Learnt, Lexicon

SPOKEN = ("sv", "nb", "nn", "da")
"""Languages whose names of topics teach the words of compounds."""


@dataclass(frozen=True)
class Known:
    """What is known by the texts of evaluations (their keys, by name), and the parts that were found by it."""

    evaluations: Mapping[str, str]
    learnt: Learnt
    cuts: Cuts
    otherwise: frozenset[str] = frozenset()
    """Words that have other parts than in the last build."""


def known(archive: Archive, read: Reader, before: Known | None) -> Known:
    """What is known now; from nothing, where it is not known what was read before."""
    keys = {evaluation.slug: read.key(evaluation) for evaluation in archive.evaluations}
    changed = _changed(archive, read, keys, before) if before else None
    if before is None or changed is None:
        return Known(keys, learnt(archive, read), {})
    now = before.learnt.after(*changed)
    return Known(keys, now, before.cuts, frozenset(text.cut_otherwise(before.cuts, now)))


def learnt(archive: Archive, read: Reader) -> Learnt:
    """From all texts and topics."""
    seen: Counter[str] = Counter()
    for evaluation in archive.evaluations:
        seen.update(read.words(evaluation))
    names = (name for topic in archive.topics.values() for name in names_of(topic))
    return text.learnt(seen, [word for name in names for word in text.carrying(name)])


def names_of(topic: Topic) -> Iterator[str]:
    """What a topic is called in the languages that teach words: labels, then synonyms."""
    yield from (label for language, label in topic.labels.items() if language in SPOKEN)
    yield from (name for language, names in topic.synonyms.items() if language in SPOKEN for name in names)


def _changed(
    archive: Archive, read: Reader, keys: Mapping[str, str], before: Known
) -> tuple[list[str], list[str]] | None:
    """The words of texts that are no more, and of those that are new; None where the former are not known."""
    old = [read.before(key) for slug, key in before.evaluations.items() if keys.get(slug) != key]
    new = [each for each in archive.evaluations if before.evaluations.get(each.slug) != keys[each.slug]]
    gone = [texts.words for texts in old if texts]
    if len(gone) < len(old):
        return None
    return [word for words in gone for word in words], [word for each in new for word in read.words(each)]


def kept(known: Known) -> Parts:
    """All of it, for the next build."""
    learnt, lexicon = known.learnt, known.learnt.lexicon
    stems = {f"stems {language}": lines(sorted(stems)) for language, stems in lexicon.stems.items()}
    cuts = text.cuts(known.cuts, learnt)
    return {
        "evaluations": json.dumps(known.evaluations).encode(),
        "seen": lines([*learnt.seen]),
        "counts": np.array([*learnt.seen.values()], "<u4").tobytes(),
        "spoken": lines(sorted(learnt.spoken)),
        "listed": lines(learnt.listed),
        "words": lines(sorted(lexicon.words)),
        "heads": lines(sorted(lexicon.heads)),
        "languages": lines([*lexicon.stems]),
        **stems,
        **{f"cuts {language}": lines(cuts[language]) for language in lexicon.stems},
    }


def again(parts: Mapping[str, memoryview]) -> Known:
    """What was kept."""
    held = {name: unlined(part) for name, part in parts.items() if name not in ("evaluations", "counts")}
    seen = dict(zip(held["seen"], np.frombuffer(parts["counts"], "<u4").tolist(), strict=True))
    stems = {language: frozenset(held[f"stems {language}"]) for language in held["languages"]}
    lexicon = Lexicon(frozenset(held["words"]), stems, frozenset(held["heads"]))
    learnt = Learnt(seen, frozenset(held["spoken"]), held["listed"], lexicon)
    cuts = {language: held[f"cuts {language}"] for language in stems}
    return Known(json.loads(bytes(parts["evaluations"])), learnt, cuts)
