"""Finding one invented example among 2 500: by words of its title, whole, without dots, or with a slip.

Nobody judged anything here, so the figures tell how a search holds when there is much, and are told apart from those
on real data.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks import practices
from benchmarks.findability import Query
from generator.addresses import address
from generator.model import Archive
from generator.search import Reader, Record, records, unkept
from generator.text import tokens

EXAMPLES, ASKED = 2_500, 40
BARE = str.maketrans("åäö", "aao")
LONG = 6
"""Letters that a word has at least that is asked for."""


def archive() -> Archive:
    """The invented archive."""
    return practices.archive(EXAMPLES)


def queries(invented: Archive) -> list[Query]:
    """So many questions of each class, the same every time; each is answered by the one it was made of."""
    chance = random.Random(EXAMPLES)
    found = [record for record, _ in records(invented, address, Reader(unkept))]
    titles = {" ".join(_words(record)): record for record in chance.sample(found, len(found))}
    asked = [_asked(kind, record, chance) for record in titles.values() for kind in ("two_words", "folded", "typo")]
    kinds = {kind: [query for query in asked if query and query.kind == kind][:ASKED] for kind in MADE}
    return [query for each in kinds.values() for query in each]


def _words(record: Record) -> Sequence[str]:
    return [word for word in tokens(record.title) if len(word) >= LONG]


def _asked(kind: str, record: Record, chance: random.Random) -> Query | None:
    """Two words of a title as they stand, without dots, or with a letter less; none where that is the same."""
    known = _words(record)
    if len(known) < 2:
        return None
    words = chance.sample(known, 2)
    typed = MADE[kind](words)
    return Query(" ".join(typed), kind, {record.id: 3}) if kind == "two_words" or typed != words else None


def _slipped(words: Sequence[str]) -> list[str]:
    first, *others = words
    middle = len(first) // 2
    return [first[:middle] + first[middle + 1 :], *others]


MADE = {
    "two_words": list,
    "folded": lambda words: [word.translate(BARE) for word in words],
    "typo": _slipped,
}
