"""The text of a new evaluation file: every field of the model, in its order, with what it means and how it is written.

What a report nearly always prints stands ready to be filled in; the rest stands with a `#` directly before it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.editing.fields import example, fields, inner, is_list, meaning, required
from generator.editing.wanted import Wanted
from generator.model import (
    AREAS,
    COUNTRY_LANGUAGE,
    UNFILLED,
    AreaResult,
    EditionArea,
    Evaluation,
    Example,
    Improvement,
    Note,
    QuestionResult,
    Record,
)
from generator.text import Words, words

FIRST_LINE = "# yaml-language-server: $schema=../../schema.json"
WIDTH = 100
READY = frozenset({(Evaluation, "total"), (Evaluation, "areas"), (AreaResult, "points")})
"""Optional fields that stand ready to be filled in, since nearly every report prints them."""
ASKED = ("points", "percent")
"""What is asked for each question; the maximum is known from the edition."""


def draft(new: Wanted, language: str = "sv") -> str:
    """The new file's text."""
    t = words(language)
    writer = _Writer(new, t)
    blocks = [writer.head(), *(writer.field(Evaluation, name, True) for name in fields(Evaluation))]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def unfilled(text: str) -> int:
    """How many places of a new file are to be filled in."""
    return sum(line.count(UNFILLED) for line in text.splitlines() if not line.lstrip().startswith("#"))


def _comment(text: str) -> list[str]:
    lines = [textwrap.wrap(line, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
             for line in text.splitlines()]
    return [f"# {line}" for group in lines for line in group]


def _inside(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


def _off(lines: Iterable[str]) -> list[str]:
    """The lines with a `#` directly before what they say; explanations and what is off already stay."""
    return [re.sub(r"^( *)(?=[^ #])", r"\1#", line) if line else "#" for line in lines]


def _item(lines: list[str]) -> list[str]:
    """The lines as the one item of a list: the first that is no explanation gets the dash."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    return _inside([*lines[:first], f"- {lines[first]}", *_inside(lines[first + 1:])])


def _value(name: str, text: str) -> list[str]:
    first, *rest = text.splitlines()
    return [f"{name}: {first}", *_inside(rest)]


@dataclass(frozen=True)
class _Writer:
    """Writes the fields of one new file."""

    new: Wanted
    t: Words

    def head(self) -> list[str]:
        edition = self.new.edition
        said = self.t("draft.edition", edition=edition.id) if edition else self.t("draft.edition_unknown")
        year = self.new.year or self.t("draft.year_unknown")
        text = self.t("draft.head", municipality=self.new.municipality.name, year=year, edition=said, mark=UNFILLED)
        return [FIRST_LINE, *_comment(text)]

    def field(self, record: type[Record], name: str, ready: bool, area: int = 0) -> list[str]:
        """A field with its explanation; off where it is optional and seldom printed."""
        ready = ready and (required(record, name) or (record, name) in READY or self._asks(record, name, area))
        lines = self._lines(record, name, ready, area)
        return [*self._explained(record, name, ready), *(lines if ready else _off(lines))]

    def _asks(self, record: type[Record], name: str, area: int) -> bool:
        return (record, name) == (AreaResult, "questions") and bool(self._questions(area))

    def _explained(self, record: type[Record], name: str, ready: bool) -> list[str]:
        if record in (Improvement, Example) and name in Note.model_fields:
            return []  # said just before, of the strengths
        need = self.t("draft.required" if required(record, name) else "draft.optional")
        shown = example(self.t, record, name)
        more = [self.t("draft.example", example=shown)] if shown and "\n" not in shown else []
        return _comment(" ".join([need, meaning(self.t, record, name), *more]))

    def _lines(self, record: type[Record], name: str, ready: bool, area: int) -> list[str]:
        if (record, name) in ((Evaluation, "areas"), (AreaResult, "questions")):
            return self._areas() if record is Evaluation else self._question_lines(area)
        if (record, name) == (Evaluation, "edition"):
            return [f'edition: "{self.new.edition.id}"' if self.new.edition else "edition: unknown"]
        held = inner(record, name)
        if held and not example(self.t, record, name):
            within = [line for each in self._own(held, area) for line in self.field(held, each, ready)]
            within = within if ready else _on(within)
            return [f"{name}:", *(_item(within) if is_list(record, name) else _inside(within))]
        return _value(name, (None if ready else self._known(record, name)) or UNFILLED)

    def _known(self, record: type[Record], name: str) -> str | None:
        """What we know of this file; an example never stands as a value, or it would be published one day."""
        if (record, name) == (Evaluation, "previous") and self.new.earlier:
            return f"[{', '.join(map(str, self.new.earlier))}]"
        if (record, name) == (Evaluation, "language"):
            return COUNTRY_LANGUAGE[self.new.municipality.country]
        return None

    def _own(self, record: type[Record], area: int) -> Iterator[str]:
        """The fields of a record, its names first; a note inside an area does not say that its area is not stated."""
        names = [name for name in fields(record) if not (area and name == "area")]
        yield from sorted(names, key=lambda name: (name != "id", name != "title"))

    def _areas(self) -> list[str]:
        numbers = sorted(self.new.edition.areas) if self.new.edition else list(AREAS)
        lines = [line for number in numbers for line in ["", *self._area(number, number == numbers[0])]]
        return ["areas:", *_inside([*_comment(self.t("draft.areas")), *lines])]

    def _area(self, number: int, first: bool) -> list[str]:
        title = self._title(self._edition_area(number))
        head = self.t("draft.area", area=number, title=title) if title else self.t("draft.area_untitled", area=number)
        names = fields(AreaResult) if first else [name for name in fields(AreaResult) if self._stands(name, number)]
        lines = [line for name in names for line in self._in_area(name, number, first)]
        return [*_comment(head), f"{number}:", *_inside(lines)]

    def _in_area(self, name: str, number: int, first: bool) -> list[str]:
        return self.field(AreaResult, name, True, number) if first else self._lines(AreaResult, name, True, number)

    def _stands(self, name: str, number: int) -> bool:
        return (AreaResult, name) in READY or self._asks(AreaResult, name, number)

    def _question_lines(self, area: int) -> list[str]:
        asked = ", ".join(f"{name}: {UNFILLED}" for name in ASKED)
        told = [f"{name}: {meaning(self.t, QuestionResult, name)}" for name in fields(QuestionResult)]
        lines = [line for each in told for line in _comment(each)] if area == min(AREAS) else []
        for number, title, maximum in self._questions(area):
            lines += _comment(self.t("draft.question", number=number, title=title, maximum=maximum))
            lines.append(f'"{number}": {{{asked}}}')
        shown = ", ".join(f"{name}: {example(self.t, QuestionResult, name)}" for name in fields(QuestionResult))
        return ["questions:", *_inside(lines if self._questions(area) else [*lines, f'"{area}.1": {{{shown}}}'])]

    def _questions(self, area: int) -> list[tuple[str, str, int]]:
        """Number, title and maximum of the edition's questions in an area."""
        there = self._edition_area(area)
        found = there.questions.items() if there else ()
        return [(number, self._named(each.title) or number, each.maximum)
                for number, each in sorted(found, key=lambda item: _order(item[0]))]

    def _edition_area(self, number: int) -> EditionArea | None:
        return self.new.edition.areas.get(number) if self.new.edition else None

    def _title(self, area: EditionArea | None) -> str | None:
        return (self._named(area.titles) or next(iter(area.other_titles), None)) if area else None

    def _named(self, names: Mapping[Any, str]) -> str | None:
        own = COUNTRY_LANGUAGE[self.new.municipality.country]
        return names.get(own) or names.get(self.t.language) or next(iter(names.values()), None)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _on(lines: Iterable[str]) -> list[str]:
    """What was off for itself, on again: inside something that is off, one `#` is enough."""
    return [re.sub(r"^( *)#(?=[^ ])", r"\1", line) for line in lines]
