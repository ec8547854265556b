"""The facets of every document in columns, small because documents are numbered so that what is alike lies together.

Per evaluation its county, year and edition, and how many there are of each kind; per document how far its area and
question lie from the one before. Topics and percents lie in files of their own: not every reader needs them. Topics
are numbered anew in every area, by how many documents of it have them: an area has few that are common.

A file comes in parts: what is alike lies in one, and each is packed in its own way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import Any

from generator.search.chunks import varint, varints
from generator.search.records import KINDS, Counted, Structures, spot


def files(records: Sequence[Counted], structures: Structures, labels: dict[str, Any]) -> dict[str, list[bytes]]:
    """The parts of `facets.bin` (labels, evaluations, documents), `topics.bin` and `percents.bin`."""
    counties = _values(records, lambda record: [record.country, record.county or ""])
    editions = _values(records, lambda record: record.edition)
    spots = sorted({spot(record, structures) for record in records})
    topics = _by_size(Counter(topic for record in records for topic in record.topics))
    head = {"counties": counties, "editions": editions, "spots": spots, "topics": topics, "labels": labels}
    told = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    place = {value: number for number, value in enumerate(spots)}
    evaluations = _evaluations(records, counties, editions)
    return {
        "facets.bin": [varint(len(told)) + told, evaluations, _spots(records, lambda r: place[spot(r, structures)])],
        "topics.bin": _topics(records, topics, [spot(record, structures)[0] for record in records]),
        "percents.bin": [bytes(0 if record.percent is None else record.percent + 1 for record in records)],
    }


def _values(records: Sequence[Counted], of: Callable[[Counted], Any]) -> list[Any]:
    return sorted({json.dumps(of(record)): of(record) for record in records}.values())


def _by_size(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda topic: (-counts[topic], topic))


def _evaluations(records: Sequence[Counted], counties: list[Any], editions: list[Any]) -> bytes:
    rows = []
    for (country, county, year, edition, _), group in groupby(records, key=_evaluation):
        kinds = Counter(record.kind for record in group)
        place = counties.index([country, county]), year, editions.index(edition)
        rows.append([*place, *(kinds[kind] for kind in KINDS)])
    # Column by column: what is alike compresses well.
    return varint(len(rows)) + b"".join(varints(list(column)) for column in zip(*rows, strict=True))


def _evaluation(record: Counted) -> tuple[str, str, int, str, str]:
    return record.country, record.county or "", record.year or 0, record.edition, record.municipality


def _spots(records: Sequence[Counted], place: Callable[[Counted], int]) -> bytes:
    """How far each document's spot lies after the one before it, within its evaluation and kind."""
    steps = []
    for _, group in groupby(records, key=lambda record: (*_evaluation(record), record.kind)):
        before = 0
        for record in group:
            steps.append(place(record) - before)
            before = place(record)
    return varints(steps)


def _topics(records: Sequence[Counted], topics: Sequence[str], areas: Sequence[str]) -> list[bytes]:
    """For every area its topics, those of most documents first; then the documents, each by places in that list.

    The first step of each document and its later ones lie apart, area by area.
    """
    number = {topic: at for at, topic in enumerate(topics)}
    counts = {area: Counter[str]() for area in sorted(set(areas))}
    for record, area in zip(records, areas, strict=True):
        counts[area].update(record.topics)
    lists = {area: _by_size(counted) for area, counted in counts.items()}
    place = {area: {topic: at for at, topic in enumerate(found, start=1)} for area, found in lists.items()}
    firsts, laters = ({area: bytearray() for area in lists} for _ in range(2))
    for record, area in zip(records, areas, strict=True):
        first, *later = _steps([place[area][topic] for topic in record.topics])
        firsts[area] += varint(first)
        laters[area] += varints(later)
    told = [
        varints([len(found), *(number[topic] for topic in found), len(firsts[area]), len(laters[area])])
        for area, found in lists.items()
    ]
    return [b"".join(told), b"".join(firsts.values()), b"".join(laters.values())]


def _steps(places: Sequence[int]) -> list[int]:
    """How far each place lies after the one before, doubled, and one more at the last; 0 where there is none."""
    ascending = [0, *sorted(set(places))]
    steps = [2 * (after - before) for before, after in pairwise(ascending)]
    return [*steps[:-1], steps[-1] + 1] if steps else [0]
