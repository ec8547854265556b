"""`published.txt`: every address that was ever published, one a line; a line with `#` says something to people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.file import File
from generator.problems import Problem

PUBLISHED = "published.txt"
_ADDRESS = re.compile(r"/([a-z0-9][a-z0-9.-]*/)*")


def published(file: File) -> tuple[tuple[str, ...], list[Problem]]:
    """The addresses in the order of the file, and the lines that are none."""
    found = dict(_addresses(file))
    wrong = [file.problem("KK064", number, 1, len(line), given=line[:60]) for number, line in _lines(file)
             if not _ADDRESS.fullmatch(line)]
    return tuple(found), wrong


def line_of(file: File, address: str) -> int:
    """The line that an address stands on, 1 if on none."""
    return dict(reversed([*_addresses(file)])).get(address, 1)


def _addresses(file: File) -> Iterator[tuple[str, int]]:
    return ((line, number) for number, line in _lines(file) if _ADDRESS.fullmatch(line))


def _lines(file: File) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(file.lines, 1) if line and not line.startswith("#"))
