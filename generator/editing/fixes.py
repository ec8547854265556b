"""What can be mended with certainty: line ends, composed letters, trailing spaces, quotes around codes. Nothing else.

Every line that needs nothing stays as it is, to the byte, and a fix after which the file would say something else is
not made. No figure is ever touched.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import clean

MAX_DEPTH = 24
"""As deep as the loader goes; deeper files are left alone."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

_QUESTION = re.compile(r"[1-8]\.[1-9]\d?")
_YEAR = re.compile(r"(19|20)\d\d")
_HARD_BREAK = re.compile(r"\S {2,}$")
_BY_KEY = {"edition": _YEAR, "question": _QUESTION}
_UNDER_KEY = {"questions": _QUESTION, "comparable": _YEAR}


@dataclass(frozen=True)
class Fixed:
    """The mended text and what was mended, as keys of `locales/<language>/fixes.yml`."""

    text: str
    kinds: tuple[str, ...]


def fixed(text: str) -> Fixed:
    """The text with everything mended that is certain."""
    kinds = []
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    for name, mend in _FIXES.items():
        better = mend(text)
        if better != text and (name in _ALWAYS or _same(text, better)):
            text = better
            kinds.append(name)
    return Fixed(mark + text, tuple(kinds))


def difference(path: str, before: str, after: str) -> str:
    """What was mended as a unified diff, line ends aside, without a character that a terminal could obey."""
    old, new = (_line_ends(text).splitlines() for text in (before, after))
    lines = difflib.unified_diff(old, new, path, path, lineterm="")
    return "\n".join(clean(line) for line in lines)


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _trimmed(text: str) -> str:
    """Without spaces at the ends of lines; inside a text two of them are a line break, and stay."""
    prose = _prose_lines(text)
    lines = text.split("\n")
    return "\n".join(
        line if number in prose and _HARD_BREAK.search(line) else line.rstrip(" \t")
        for number, line in enumerate(lines)
    )


def _prose_lines(text: str) -> set[int]:
    """The lines of block texts, from 0."""
    found: set[int] = set()
    for event in _events(text) or ():
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            first, last = _lines_of(event)
            found |= {*range(first + 1, last + 1)}
    return found


def _lines_of(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.end_mark.line


def _quoted(text: str) -> str:
    """With quotes around plain editions and question numbers, which are text and not numbers."""
    if _events(text) is None:
        return text
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    lines = text.split("\n")
    for node in sorted(_codes(root, ""), key=lambda node: (node.start_mark.line, node.start_mark.column), reverse=True):
        number, start, end = node.start_mark.line, node.start_mark.column, node.end_mark.column
        line = lines[number]
        if line[start:end] == node.value:
            lines[number] = f'{line[:start]}"{node.value}"{line[end:]}'
    return "\n".join(lines)


def _codes(node: Any, parent: str) -> Iterator[Any]:
    """Every plain scalar that is a code: values of some keys, and keys or items under others."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if _is_code(key, _UNDER_KEY.get(parent)):
                yield key
            if _is_code(value, _BY_KEY.get(name)):
                yield value
            yield from _codes(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if _is_code(item, _UNDER_KEY.get(parent)):
                yield item
            yield from _codes(item, "")


def _is_code(node: Any, pattern: re.Pattern[str] | None) -> bool:
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return bool(plain and pattern and pattern.fullmatch(node.value))


def _same(before: str, after: str) -> bool:
    """Whether both say the same, apart from spaces at the ends of lines; False when that cannot be known."""
    old, new = _said(before), _said(after)
    return old is not None and old == new


def _said(text: str) -> list[tuple[str, str]] | None:
    events = _events(text)
    return None if events is None else [(type(event).__name__, _bare(event)) for event in events]


def _bare(event: Any) -> str:
    value = event.value if isinstance(event, yaml.ScalarEvent) else ""
    return re.sub(r"[ \t]+$", "", value, flags=re.MULTILINE)


def _events(text: str) -> list[Any] | None:
    """The parser's events; None for what is no YAML of ours: too deep, two documents, or anchors, aliases, tags."""
    events, depth, documents = [], 0, 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            events.append(event)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            documents += isinstance(event, yaml.DocumentStartEvent)
            marked = getattr(event, "anchor", None) or getattr(event, "tag", None)
            if marked or depth > MAX_DEPTH or documents > 1:
                return None
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return events


_FIXES: dict[str, Callable[[str], str]] = {
    "line_ends": _line_ends,
    "composed": _composed,
    "trailing": _trimmed,
    "quoted": _quoted,
}
_ALWAYS = ("line_ends", "composed")
"""The loader reads both forms as one, whatever the rest of the file is like."""
