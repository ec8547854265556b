"""Strict YAML: from parser events to plain values, each with the place it stands at.

PyYAML cuts the text into events; what a scalar means is decided here: text, unless it is plainly true, false, null,
a whole number or a decimal. No anchors, aliases, tags, merge keys or second documents, and limits on everything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from generator.load.file import REFUSED, File, Unreadable, naming
from generator.load.spots import MAX_DIGITS, WHOLE, Spot, extent, located, meant
from generator.load.syntax import translated
from generator.model import UNFILLED
from generator.problems import Problem, Severity

MAX_DEPTH = 24
MAX_NODES = 100_000
MAX_SCALAR = 50_000

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.([0-9]*[1-9]|0)")
_COMMENT = re.compile(r"#(?<=[ \t]#)[^\s#]")
_PLAIN_WORDS = {"true": True, "false": False, "null": None}
_NOTHING = ("", UNFILLED)
_NO_KEY = object()


@dataclass(frozen=True)
class Document:
    """What a file says, and what was wrong with how it was written."""

    file: File
    value: Any
    problems: list[Problem]

    @cached_property
    def spot(self) -> Spot:
        """Where it says it: read once more, since the places of a sound file are never asked for."""
        return located(self.file)


class _Frame:
    """A mapping or list that is being filled."""

    __slots__ = ("key", "keys", "mapping", "value")

    def __init__(self, mapping: bool) -> None:
        self.mapping = mapping
        self.value: Any = {} if mapping else []
        self.keys: dict[Any, Any] = {}
        """The event of each key, the first where it is repeated."""
        self.key: Any = _NO_KEY

    def put(self, value: Any) -> None:
        if not self.mapping:
            self.value.append(value)
            return
        # Of a repeated key the first value stands.
        self.value.setdefault(self.key, value)
        self.key = _NO_KEY


def document(file: File) -> Document:
    """What the file says; `Unreadable` when no sense can be made of it at all."""
    builder = _Builder(file)
    try:
        value = builder.build()
    except yaml.YAMLError as error:
        raise Unreadable(translated(error, file)) from None
    return Document(file, value, builder.problems)


def _cut_lines(text: str) -> frozenset[int]:
    """The lines (from 0) on which a value may be followed by ` #word`."""
    lines, line, last = set(), 0, 0
    for match in _COMMENT.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        lines.add(line)
    return frozenset(lines)


class _Builder:
    """Walks the events with a stack of its own, so that no depth of nesting can end the process."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.root = _Frame(mapping=False)
        self.problems: list[Problem] = []
        self.nodes = 0
        self.as_is = unicodedata.is_normalized("NFC", file.text) and "\\" not in file.text
        """Whether every text is what the file holds: composed, and nothing escaped in it."""
        self.cut_lines = _cut_lines(file.text)

    def build(self) -> Any:
        """The value of the one document."""
        next_event = CParser(self.file.text).get_event
        stack = [self.root]
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event, stack[-1])
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append(self._opened(event, stack))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = stack.pop()
                stack[-1].put(done.value)
            else:
                self._other(event)
        if not self.root.value:
            raise Unreadable(self.file.problem("KK007", variant="empty"))
        return self.root.value[0]

    def _opened(self, event: Any, stack: list[_Frame]) -> _Frame:
        frame = stack[-1]
        if len(stack) > MAX_DEPTH:
            raise self._refused(event, "KK006", "depth", limit=MAX_DEPTH)
        if frame.mapping and frame.key is _NO_KEY:
            raise self._refused(event, "KK008", "complex")
        self.nodes += 1
        self._node(event)
        return _Frame(type(event) is yaml.MappingStartEvent)

    def _scalar(self, event: Any, frame: _Frame) -> None:
        self.nodes += 1
        if event.anchor or event.tag or self.nodes > MAX_NODES:
            self._node(event)
        if len(event.value) > MAX_SCALAR:
            raise self._refused(event, "KK006", "scalar", limit=MAX_SCALAR)
        if frame.mapping and frame.key is _NO_KEY:
            self._take_key(event, frame)
        else:
            frame.put(self._text(event) if event.style else self._resolved(event, frame))

    def _take_key(self, event: Any, frame: _Frame) -> None:
        if event.value == "<<" and not event.style:
            raise self._refused(event, "KK008", "merge")
        if not self.as_is:
            self._text(event)
        frame.key = key = meant(event)
        first = frame.keys.setdefault(key, event)
        if first is not event:
            lines = {"first": first.start_mark.line + 1, "line_number": event.start_mark.line + 1}
            self.problems.append(self._at(event, "KK009", name=key, **lines))

    def _resolved(self, event: Any, frame: _Frame) -> Any:
        text: str = event.value
        if text in _NOTHING:
            return self._empty(event, frame)
        if event.end_mark.line in self.cut_lines:
            self._cut(event)
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text[0] in "-0123456789":
            return self._number(event)
        return self._text(event)

    def _empty(self, event: Any, frame: _Frame) -> None:
        key = frame.key if frame.mapping else "-"
        at = event if event.value else frame.keys.get(key, event)
        self.problems.append(self._at(at, "KK023", name=key))

    def _number(self, event: Any) -> Any:
        text: str = event.value
        if WHOLE.fullmatch(text):
            if len(text) <= MAX_DIGITS:
                return int(text)
            self.problems.append(self._at(event, "KK024", variant="digits", limit=MAX_DIGITS))
            return None
        return float(text) if len(text) <= MAX_DIGITS and _DECIMAL.fullmatch(text) else self._text(event)

    def _text(self, event: Any) -> str:
        text: str = event.value
        if self.as_is:
            return text
        hidden = REFUSED.search(text) if event.style == '"' else None
        if hidden and "\\" in self.file.text:
            self.problems.append(self._at(event, "KK005", **naming(hidden[0])))
        return unicodedata.normalize("NFC", text)

    def _cut(self, event: Any) -> None:
        """Text followed by ` #word` was probably meant as a whole, but YAML takes the rest for a comment."""
        end = event.end_mark
        rest = self.file.line(end.line + 1)[end.column:]
        comment = re.match(r"\s+#(?=[^\s#])", rest)
        if comment:
            self.problems.append(self._at(event, "KK051", "warning", rest=rest.strip()[:40]))

    def _other(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            raise self._refused(event, "KK008", "alias", name=str(event.anchor)[:40])
        if type(event) is yaml.DocumentStartEvent and self.root.value:
            raise self._refused(event, "KK008", "documents")

    def _node(self, event: Any) -> None:
        if self.nodes > MAX_NODES:
            raise self._refused(event, "KK006", "nodes", limit=MAX_NODES)
        if event.anchor:
            raise self._marked(event, "anchor", event.anchor)
        if event.tag:
            raise self._marked(event, "tag", event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _marked(self, event: Any, variant: str, name: str) -> Unreadable:
        """The mark itself is the token, not the value it stands before."""
        line, column, _ = extent(event, self.file)
        length = len(self.file.line(line)[column - 1:].split(maxsplit=1)[0])
        return Unreadable(self.file.problem("KK008", line, column, length, variant=variant, name=name[:60]))

    def _refused(self, event: Any, code: str, variant: str, **values: Any) -> Unreadable:
        return Unreadable(self._at(event, code, variant=variant, **values))

    def _at(self, event: Any, code: str, severity: Severity = "error", **values: Any) -> Problem:
        line, column, length = extent(event, self.file)
        return self.file.problem(code, line, column, length, severity, **values)
