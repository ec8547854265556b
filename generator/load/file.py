"""The bytes of one file and the text in them: size, encoding and characters, before anything is understood.

Reads a file only when it is an ordinary one; nothing here follows a link or waits for a pipe.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.problems import Problem, Severity

MAX_BYTES = 2_000_000

# Control characters, line separators, bidi overrides and zero-width characters: invisible, so never meant.
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
# Soft hyphen and joiners have honest uses.
SUSPECT = re.compile("[\u00ad\u200c\u200d]")
_BREAKS = re.compile("[\x85\u2028\u2029]")
_HIDDEN = re.compile(f"{REFUSED.pattern}|{SUSPECT.pattern}")


Stamp = tuple[int, int, int]
"""What tells that a file has been written anew: its size, its time and its number on the disk."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells of every later change; clocks of disks are coarse."""


class Unreadable(Exception):
    """Ends the reading of one file; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True)
class File:
    """A file as it was read: the path as shown to the editor, and the text with `\\n` as its only line end."""

    path: str
    text: str = ""

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """The source line, counted from 1; empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def problem(
        self, code: str, line: int = 1, column: int = 1, length: int = 1, severity: Severity = "error", /, **values: Any
    ) -> Problem:
        """A problem in this file."""
        return Problem(self.path, line, column, code, severity, values, self.line(line), length)

    def problem_at(self, code: str, index: int, severity: Severity = "error", **values: Any) -> Problem:
        """A problem at a character of the text."""
        line = self.text.count("\n", 0, index) + 1
        column = index - (self.text.rfind("\n", 0, index) + 1) + 1
        return self.problem(code, line, column, 1, severity, **values)


def read(path: Path, shown: str) -> tuple[File, list[Problem]]:
    """The file's text and what is wrong with its characters."""
    file = File(shown, _text(_bytes(path, shown), shown))
    found = characters(file)
    # YAML would count these as line ends, and every place after them would be wrong.
    return (File(shown, _BREAKS.sub(" ", file.text)) if found else file), found


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file; None where it is not there, or so fresh that it might be written again under its stamp."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    settled = time.time_ns() - status.st_mtime_ns > SETTLED and stat.S_ISREG(status.st_mode)
    return (status.st_size, status.st_mtime_ns, status.st_ino) if settled else None


def _bytes(path: Path, shown: str) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unreadable(File(shown).problem("KK001", reason=error.strerror or "?")) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(File(shown).problem("KK001", variant="special"))
    with os.fdopen(descriptor, "rb") as handle:
        content = handle.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable(File(shown).problem("KK006", variant="bytes", limit=MAX_BYTES // 1_000_000))
    return content


def _text(content: bytes, shown: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise Unreadable(File(shown).problem("KK004", variant="utf16"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf8(content, error.start, shown)) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(content: bytes, position: int, shown: str) -> Problem:
    # As Latin-1 every byte is one character, and the wrong one is shown as the editor meant it.
    before = content[:position].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    rest = re.split(b"[\r\n]", content[position:], maxsplit=1)[0].decode("latin-1")
    file = File(shown, before + rest)
    return file.problem_at("KK004", len(before), position=position, byte=f"{content[position]:02X}")


def characters(file: File) -> list[Problem]:
    """One problem for each invisible character of the text, named by code point (the first twenty)."""
    if not _HIDDEN.search(file.text):
        return []
    refused = [_named(file, "KK005", match.start(), "error") for match in REFUSED.finditer(file.text)]
    suspect = [_named(file, "KK005", match.start(), "warning") for match in SUSPECT.finditer(file.text)]
    return refused[:20] + suspect[:20]


def _named(file: File, code: str, index: int, severity: Severity) -> Problem:
    return file.problem_at(code, index, severity, **naming(file.text[index]))


def naming(char: str) -> dict[str, Any]:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`."""
    name = unicodedata.name(char, "")
    return {"point": f"U+{ord(char):04X}" + (f" {name}" if name else "")}
