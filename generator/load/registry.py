"""`municipalities.csv`: the registry, read strictly, each cell with its place."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator

from generator.load.file import File
from generator.model import Municipality
from generator.problems import Problem

COLUMNS = ("country", "code", "slug", "name", "parallel_names", "county", "population", "population_year", "group",
           "successor")
ALSO = ("former",)
"""Columns that may be left out."""
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_COUNTRIES = ("se", "no", "dk", "fi")


def registry(file: File) -> tuple[dict[str, Municipality], list[Problem]]:
    """The municipalities by slug, and what is wrong with their rows."""
    rows = csv.reader(file.text.removesuffix("\n").split("\n"), strict=True)
    found: dict[str, Municipality] = {}
    problems: list[Problem] = []
    try:
        header = next(rows, [])
        if sorted({*header, *ALSO}) != sorted([*COLUMNS, *ALSO]) or len(header) != len({*header}):
            return {}, [file.problem("KK019", variant="header", columns=",".join(COLUMNS))]
        for cells in rows:
            wrong = list(_wrong(file, rows.line_num, header, cells, found))
            problems += wrong
            if not wrong:
                row = _municipality(dict(zip(header, cells, strict=True)))
                found[row.slug] = row
    except csv.Error as error:
        problems.append(file.problem("KK019", rows.line_num, variant="csv", problem=str(error)))
    return found, problems


def _municipality(cells: dict[str, str]) -> Municipality:
    given = {key: unicodedata.normalize("NFC", value) for key, value in cells.items() if value}
    lists = {key: _several(given.pop(key, "")) for key in ("parallel_names", "former")}
    return Municipality.model_validate({**given, **lists})


def _several(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split("|") if each.strip())


def _wrong(
    file: File, line: int, header: list[str], cells: list[str], found: dict[str, Municipality]
) -> Iterator[Problem]:
    """A row has every cell, a known country, digits for code, a slug of its own and whole numbers."""
    if len(cells) != len(header):
        yield file.problem("KK019", line, variant="cells", given=len(cells), expected=len(header))
        return
    row = dict(zip(header, cells, strict=True))
    faults = {
        "country": row["country"] not in _COUNTRIES,
        "code": not re.fullmatch(r"[0-9]{3,4}", row["code"]),
        "slug": not _SLUG.fullmatch(row["slug"]) or row["slug"] in found,
        "name": not row["name"].strip(),
        "population": not re.fullmatch(r"[0-9]{0,9}", row["population"]),
        "population_year": not re.fullmatch(r"([0-9]{4})?", row["population_year"]),
        "successor": bool(row["successor"]) and not _SLUG.fullmatch(row["successor"]),
        "former": not all(map(_SLUG.fullmatch, _several(row.get("former", "")))),
    }
    for column in (name for name, faulty in faults.items() if faulty):
        at, length = cell(file.line(line), header.index(column))
        taken = column == "slug" and row["slug"] in found
        yield file.problem("KK019", line, at, length, variant="taken" if taken else column, given=row[column][:60])


def cell(line: str, index: int) -> tuple[int, int]:
    """Column (from 1) and length of a cell in its line."""
    start = 0
    for _ in range(index):
        match = _CELL.match(line, start)
        start = (match.end() if match else start) + 1
    match = _CELL.match(line, start)
    return start + 1, max(1, len(match[0]) if match else 1)
