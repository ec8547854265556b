"""The lists of documents brought up to date, without those that are gone or others now, and with those that are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.postings import Columns, Terms

GONE = 0xFFFFFFFF
"""The new number of a document that is no more."""


def brought_up(before: Columns, moved: NDArray[np.uint32], new: Mapping[int, Terms]) -> Columns:
    """With documents numbered as `moved` says by their old number, and `new` ones by theirs.

    Those that stay are in the same order as before.
    """
    left = _left(before, moved)
    rows = sorted((word, number, *of) for number, said in new.items() for word, of in said.items())
    spread = _spread(left, sorted({word for word, *_ in rows}.difference(_standing(left, rows))))
    return _told(_with(spread, rows))


def _left(before: Columns, moved: NDArray[np.uint32]) -> Columns:
    """Without the documents that are gone; a word may be left with none."""
    numbers = moved[before.ids]
    stays = numbers != GONE
    starts = np.append(0, np.cumsum(stays))[before.starts].astype("u4")
    return Columns(before.words, starts, numbers[stays], before.shares[stays], before.fields[stays])


def _standing(columns: Columns, rows: Sequence[tuple[str, int, float, int]]) -> set[str]:
    """The words among them that have a place."""
    places = {word: columns.place(word) for word, *_ in rows}
    return {word for word, at in places.items() if at < len(columns.words) and columns.words[at] == word}


def _spread(columns: Columns, words: Sequence[str]) -> Columns:
    """With a place for more words, that have no documents yet."""
    places = [columns.place(word) for word in words]
    starts = np.insert(columns.starts, places, columns.starts[places]) if words else columns.starts
    return Columns(sorted([*columns.words, *words]), starts, columns.ids, columns.shares, columns.fields)


def _with(columns: Columns, rows: Sequence[tuple[str, int, float, int]]) -> Columns:
    """With documents in the lists of words; both come sorted."""
    words, starts = [columns.place(word) for word, *_ in rows], columns.starts
    spots = [
        int(starts[at]) + int(np.searchsorted(columns.ids[starts[at] : starts[at + 1]], number))
        for at, (_, number, *_) in zip(words, rows, strict=True)
    ]
    _, ids, shares, fields = zip(*rows, strict=True) if rows else ((), (), (), ())
    more = np.append(0, np.cumsum(np.bincount(words, minlength=len(columns.words)))) if words else 0
    return Columns(
        columns.words,
        (starts + more).astype("u4"),
        _inserted(columns.ids, spots, ids),
        _inserted(columns.shares, spots, shares),
        _inserted(columns.fields, spots, fields),
    )


def _inserted(values: NDArray[Any], spots: Sequence[int], more: Sequence[float]) -> NDArray[Any]:
    return np.insert(values, spots, np.array(more, values.dtype)) if spots else values


def _told(columns: Columns) -> Columns:
    """Without words that no document says."""
    said = np.diff(columns.starts) > 0
    if said.all():
        return columns
    words = [word for word, there in zip(columns.words, said.tolist(), strict=True) if there]
    starts = np.append(columns.starts[:-1][said], columns.starts[-1])
    return Columns(words, starts, columns.ids, columns.shares, columns.fields)
