"""Rows as a CSV file that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_FORMULA = re.compile(r"""((?:^|[;\t\r\n])[\s'"]*)([=+@\-\0\uff1d\uff0b\uff20\uff0d])""")
"""How a formula begins: first in a cell, or after what begins a new cell where a comma is the decimal sign (`;`)."""


def csv_text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """RFC 4180: numbers stay numbers, None is empty, and no text can be taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


@lru_cache(maxsize=10_000)
def _harmless(cell: str) -> str:
    return _FORMULA.sub(r"\1'\2", cell)
