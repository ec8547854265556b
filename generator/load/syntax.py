"""PyYAML's English syntax errors as ours: the same place or a better one, a variant of KK007, and a remedy.

libyaml says where it gave up; the cause often stands earlier, and that is what an editor is shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import yaml

from generator.load.file import File
from generator.problems import Problem

_GLUED = re.compile(r"\s*(?:- +)*(\"[^\"]*\"|[\w.]+):([^\s:/].*?)\s*$")
_KEY_VALUE = re.compile(r"\s*(?:- +)*([^\s:][^:]*):\s+(\S.*?)\s*$")


def quoted(text: str) -> str:
    """The text as YAML in quotation marks that it does not hold itself, ready to be pasted."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def translated(error: yaml.YAMLError, file: File) -> Problem:
    """The problem that a syntax error stands for, on a line that the file has."""
    problem = _explained(error, file)
    if problem.line <= len(file.lines):
        return problem
    last = len(file.lines)
    return replace(problem, line=last, column=len(file.line(last)) + 1, source_line=file.line(last))


def _explained(error: yaml.YAMLError, file: File) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return file.problem("KK007", variant="other", problem=str(error)[:80])
    said = f"{error.context or ''} / {error.problem or ''}"
    for words, explain in _EXPLANATIONS:
        if words in said:
            return explain(file, error)
    return _here(file, error, "other", problem=error.problem or "")


def _here(file: File, error: Any, variant: str, **values: Any) -> Problem:
    mark = error.problem_mark
    return file.problem("KK007", mark.line + 1, mark.column + 1, variant=variant, **values)


def _from(file: File, error: Any, variant: str, **values: Any) -> Problem:
    """At the beginning of what was not finished, not where the parser gave up."""
    mark = error.context_mark or error.problem_mark
    length = len(file.line(mark.line + 1)[mark.column:].rstrip())
    return file.problem("KK007", mark.line + 1, mark.column + 1, max(1, length), variant=variant, **values)


def _tab(file: File, error: Any) -> Problem:
    line = error.problem_mark.line + 1
    return file.problem("KK007", line, file.line(line).find("\t") + 1, variant="tab")


def _token(file: File, error: Any) -> Problem:
    mark = error.problem_mark
    char = file.line(mark.line + 1)[mark.column:mark.column + 1]
    return _tab(file, error) if char == "\t" else _here(file, error, "start", char=char)


def _star(file: File, error: Any) -> Problem:
    mark = error.context_mark
    return _from(file, error, "start", char=file.line(mark.line + 1)[mark.column:mark.column + 1])


def _colon(file: File, error: Any) -> Problem:
    """A colon in a plain value, or a line that stands too far in."""
    mark = error.problem_mark
    line = file.line(mark.line + 1)
    found = _KEY_VALUE.match(line)
    if found and found.end(1) < mark.column:
        start = found.start(2)
        return file.problem("KK007", mark.line + 1, start + 1, len(found[2]), variant="colon",
                            name=found[1], value=quoted(found[2]))
    return _indent(file, error)


def _indent(file: File, error: Any) -> Problem:
    line = error.problem_mark.line + 1
    for number in (line, line - 1):
        if glued := _GLUED.match(file.line(number)):
            return _glued(file, number, glued)
    text = file.line(line)
    start = len(text) - len(text.lstrip())
    return file.problem("KK007", line, start + 1, max(1, len(text.strip())), variant="indent")


def _glued(file: File, line: int, found: re.Match[str]) -> Problem:
    """A colon without the space that makes it one: to YAML the whole line is one word."""
    start = found.start(1) + 1
    return file.problem("KK007", line, start, found.end() - found.start(1), variant="space",
                        name=found[1], value=found[2])


def _no_colon(file: File, error: Any) -> Problem:
    line = (error.context_mark or error.problem_mark).line + 1
    glued = _GLUED.match(file.line(line))
    return _glued(file, line, glued) if glued else _from(file, error, "no_colon")


def _opened(file: File, line: int, mark: str) -> Problem:
    """The quotation mark that was opened last above a line and not closed on its own."""
    for number in range(line - 1, 0, -1):
        text = file.line(number)
        if text.count(mark) % 2:
            start = text.index(mark)
            return file.problem("KK007", number, start + 1, len(text[start:].rstrip()), variant="quote")
    return file.problem("KK007", line, file.line(line).index(mark) + 1, variant="after_quote")


def _expected_key(file: File, error: Any) -> Problem:
    mark = error.problem_mark
    before = file.line(mark.line + 1)[:mark.column]
    ending = before.rstrip()[-1:]
    if ending not in ('"', "'"):
        return _indent(file, error)
    # One mark alone before the place ends a text that began on an earlier line.
    alone = before.count(ending) % 2
    return _opened(file, mark.line + 1, ending) if alone else _here(file, error, "after_quote")


def _tag(file: File, error: Any) -> Problem:
    mark = error.problem_mark
    name = file.line(mark.line + 1)[mark.column:].split(" ")[0]
    return file.problem("KK008", mark.line + 1, mark.column + 1, max(1, len(name)), variant="tag", name=name[:60])


_EXPLANATIONS = (
    ("tab character", _tab),
    ("cannot start any token", _token),
    ("scanning an alias", _star),
    ("scanning an anchor", _star),
    ("mapping values are not allowed", _colon),
    ("quoted scalar / found unexpected end", lambda file, error: _from(file, error, "quote")),
    ("quoted scalar / found unexpected document", lambda file, error: _from(file, error, "quote")),
    ("quoted scalar", lambda file, error: _here(file, error, "escape")),
    ("could not find expected ':'", _no_colon),
    ("parsing a flow", lambda file, error: _from(file, error, "bracket")),
    ("scanning a block scalar", lambda file, error: _here(file, error, "block")),
    ("block sequence entries are not allowed", lambda file, error: _here(file, error, "list")),
    ("undefined tag handle", _tag),
    ("scanning a tag", _tag),
    ("parsing a tag", _tag),
    ("did not find expected key", _expected_key),
    ("expected '-' indicator", _indent),
)
