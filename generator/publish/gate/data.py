"""JSON and CSV as the strictest reader takes them, and nothing in them that Vega or a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from generator.publish.gate.allowed import HIDDEN

Refuse = Callable[[str, str], None]
"""Takes a fault's code and what it is about."""

STEERING = ("usermeta", "href")
"""Keys by which a specification steers the page that shows it."""
EXPRESSIONS = frozenset({"expr", "calculate", "signal", "labelExpr", "filter", "test", "update"})
_HARMLESS = re.compile(r"[\w.\s<>=!&|?:+*/%-]*", re.ASCII)
"""An expression of names, numbers and operators: no call, no text, no index."""
_FORMULA = re.compile(r"""(?:^|[;\t\r\n])[\s'"]*(?<!')[=+@\-\0\uff1d\uff0b\uff20\uff0d]""")
"""How a cell begins that a spreadsheet runs; `;` begins a new cell where a comma is the decimal sign, as in Sweden."""
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def read_json(text: str, refuse: Refuse) -> None:
    """Refuse JSON that not every parser reads alike, and keys that steer Vega."""

    def one(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            refuse("json_twice", next(key for key, _ in pairs if [one for one, _ in pairs].count(key) > 1))
        _keys(made, refuse)
        return made

    def constant(name: str) -> None:
        refuse("json", name)

    try:
        json.loads(text, object_pairs_hook=one, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        refuse("json", str(error))


@lru_cache(1_000)
def embedded(text: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with JSON that stands in a page, where `<` could end it; pages have much of it in common."""
    faults: list[tuple[str, str]] = [("json_sign", text[text.index("<") :])] if "<" in text else []
    read_json(text, lambda code, what: faults.append((code, what)))
    return tuple(faults)


def _keys(made: dict[str, Any], refuse: Refuse) -> None:
    for key in STEERING:
        if key in made:
            refuse("json_key", key)
    for data in made["data"] if isinstance(made.get("data"), list) else [made.get("data")]:
        if isinstance(data, dict) and "url" in data:
            refuse("json_key", "data.url")
    for key in EXPRESSIONS & made.keys():
        if isinstance(made[key], str) and not _HARMLESS.fullmatch(made[key]):
            refuse("json_expression", f"{key}: {made[key]}")


def read_csv(text: str, refuse: Refuse) -> None:
    """Refuse a table that is not RFC 4180, has rows of unequal length, or a cell that a spreadsheet runs."""
    width = 0
    if hidden := HIDDEN.search(text):
        refuse("hidden", f"U+{ord(hidden[0]):04X}")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            width = len(row) if number == 1 else width
            if len(row) != width:
                refuse("csv", f"{number}: {len(row)} ≠ {width}")
            for cell in row:
                if _FORMULA.search(cell) and not _NUMBER.fullmatch(cell):
                    refuse("csv_formula", cell)
    except csv.Error as error:
        refuse("csv", str(error))
