"""One problem in one place, and how problems are shown to people and machines.

Knows no rules: a code and its values come in, words come from `locales/<language>/problems.yml` and text goes out.
What an editor wrote is shown, but never a control character of it: neither terminal nor CI log can be steered by data.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.text import Words, words

Severity = Literal["error", "warning"]

HELP = "docs/redigera/fel.md"
ANNOTATIONS = 10
"""GitHub shows no more than ten annotations of a step."""
WIDTH = 110
"""A longer source line is cut to this many characters around the token."""


class Stop(Exception):
    """What ends a run with a plain sentence for the user and no traceback."""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong and where; `values` fill the message, and a `variant` among them chooses between messages."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity = "error"
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    source_line: str = field(default="", compare=False)
    length: int = field(default=1, compare=False)
    about: str = field(init=False, repr=False)
    """Tells two problems of one place and code apart, such as two missing keys."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", repr(sorted(self.values.items())))


def clean(text: str) -> str:
    """The text on one line, with a visible mark for each character that a terminal could obey or hide."""
    return "".join(
        " " if char in "\t\n" else "\N{REPLACEMENT CHARACTER}" if _invisible(char) else char for char in text
    )


def _invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def message(problem: Problem, language: str = "sv") -> str:
    """What is wrong, in one sentence."""
    return _worded(problem, "message", words(language))


def advice(problem: Problem, language: str = "sv") -> str:
    """What to do about it."""
    return _worded(problem, "advice", words(language))


def _worded(problem: Problem, part: str, t: Words) -> str:
    variant = problem.values.get("variant")
    special = f"problems.{problem.code}.{variant}.{part}"
    known = special in t or f"{special}.other" in t
    values = {key: value for key, value in problem.values.items() if key != "variant"}
    return clean(t(special if known else f"problems.{problem.code}.{part}", **values))


def help_link(problem: Problem) -> str:
    """Where the code is explained."""
    return f"{HELP}#{problem.code.lower()}"


def show(problems: Iterable[Problem], language: str = "sv") -> str:
    """All problems as text for a terminal, sorted by file and place, ending with a line that counts them."""
    found = sorted(problems)
    return "\n".join([*(_shown(problem, language) for problem in found), count_line(found, language)]) + "\n"


def _shown(problem: Problem, language: str) -> str:
    t = words(language)
    label = t(f"problems.label.{problem.severity}")
    place = clean(f"{problem.path}:{problem.line}:{problem.column}")
    return "\n".join([
        f"{place}: {label}[{problem.code}]: {message(problem, language)}",
        *_caret(problem),
        f"  {t('problems.label.advice')}: {advice(problem, language)}",
        f"  {t('problems.label.more')}: {help_link(problem)}",
        "",
    ])


def _caret(problem: Problem) -> list[str]:
    """The source line with the token marked under it, cut to a window when it is long."""
    if not problem.source_line.strip():
        return []
    at = problem.column - 1
    start = max(0, min(at - WIDTH // 3, len(problem.source_line) - WIDTH))
    line = clean(problem.source_line[start:start + WIDTH])
    length = max(1, min(problem.length, len(line) - (at - start)))
    margin = f"{problem.line:>5} | "
    return [margin + line, " " * (len(margin) - 2) + "| " + " " * (at - start) + "^" * length]


def count_line(problems: Sequence[Problem], language: str = "sv") -> str:
    """How many errors and warnings there are, in how many files."""
    t = words(language)
    if not problems:
        return t("problems.count.none")
    errors = sum(problem.severity == "error" for problem in problems)
    counts = [t("problems.count.error", n=errors), t("problems.count.warning", n=len(problems) - errors)]
    files = t("problems.count.file", n=len({problem.path for problem in problems}))
    return t("problems.count.all", errors=counts[0], warnings=counts[1], files=files)


def as_json(problems: Iterable[Problem], language: str = "sv") -> str:
    """All problems for a program: counts first, then one object each."""
    found = sorted(problems)
    errors = sum(problem.severity == "error" for problem in found)
    content = {
        "errors": errors,
        "warnings": len(found) - errors,
        "problems": [_object(problem, language) for problem in found],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _object(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "path": clean(problem.path),
        "line": problem.line,
        "column": problem.column,
        "length": problem.length,
        "code": problem.code,
        "severity": problem.severity,
        "message": message(problem, language),
        "advice": advice(problem, language),
        "help": help_link(problem),
    }


def as_github(problems: Iterable[Problem], language: str = "sv") -> str:
    """Annotations for GitHub: errors first, ten at most, then the count."""
    found = sorted(problems)
    first = sorted(found, key=lambda problem: problem.severity)[:ANNOTATIONS]
    lines = [_annotation(problem, language) for problem in first]
    if len(found) > len(first):
        lines.append(words(language)("problems.count.more", n=len(found) - len(first)))
    return "\n".join([*lines, count_line(found, language)]) + "\n"


def _annotation(problem: Problem, language: str) -> str:
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    text = f"{message(problem, language)} {advice(problem, language)}"
    return f"::{problem.severity} {place},title={_property(problem.code)}::{_data(text)}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25")


def _property(text: str) -> str:
    return re.sub("[:,]", lambda match: f"%{ord(match[0]):02X}", _data(text))
