"""A figure: its words, its table, its file of figures and its two drawings, all made from the same values.

What a figure shows of something that was not printed is said in words, in every one of these forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Spec = dict[str, Any]
KeyKind = Literal["own", "other", "average", "flat", "se", "no"]


@dataclass(frozen=True)
class Key:
    """What a symbol stands for: a dot (own), a diamond (other), a tick (average, flat), a grey mark (country)."""

    kind: KeyKind
    label: str


@dataclass(frozen=True)
class Cell:
    """A cell as it is read, and its number where it has one."""

    text: str
    value: int | None = None


@dataclass(frozen=True)
class Figure:
    """Everything a page shows of one chart. The table's first row holds its heads."""

    kind: Literal["profile", "trend", "compare", "strip"]
    title: str
    measure: str
    keys: tuple[Key, ...]
    sentence: str
    table: tuple[tuple[str, ...], ...]
    csv: str
    wide: Spec
    narrow: Spec


Rows = Sequence[Sequence[Cell]]


def texts(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """The rows as they are read."""
    return tuple(tuple(cell.text for cell in row) for row in rows)


def values(rows: Rows) -> list[list[str | int]]:
    """The rows as a file of figures holds them: numbers as numbers."""
    return [[cell.text if cell.value is None else cell.value for cell in row] for row in rows]


def size(spec: Spec) -> tuple[int, int]:
    """Width and height of the drawing of a specification, in pixels."""
    margins = spec["padding"]
    width = spec["width"] + margins["left"] + margins["right"]
    return round(width), round(spec["height"] + margins["top"] + margins["bottom"])


def explore_spec(spec: Spec) -> str:
    """The specification as strict JSON that no HTML parser takes for markup."""
    text = json.dumps(spec, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
