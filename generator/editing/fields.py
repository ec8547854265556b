"""The fields that an editor writes: what they mean in words, which hold records, and which come from the path.

The words are those of `locales/<language>/fields.yml`, shared by the new file and by the help while typing.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterator

from generator.model import Evaluation, Record
from generator.text import Words

FROM_PATH = ("country", "municipality", "year")
"""What the path of an evaluation says, and its text therefore does not."""


def fields(record: type[Record]) -> Iterator[str]:
    """The fields of a record that stand in a file, in the model's order."""
    yield from (name for name in record.model_fields if record is not Evaluation or name not in FROM_PATH)


def meaning(t: Words, record: type[Record], name: str) -> str:
    """What a field means, in a sentence or two; neither comments nor editors show the marks around what is code."""
    return told(t, record, name).replace("`", "")


def told(t: Words, record: type[Record], name: str) -> str:
    """What a field means, with marks around what is code."""
    return t(f"fields.{_owner(record, name)}.{name}")


def example(t: Words, record: type[Record], name: str) -> str | None:
    """How a field is written, where that can be said without knowing its record's own fields."""
    for owner in (_words(record.__name__), _owner(record, name)):
        if f"fields.{owner}.{name}.example" in t:
            return t(f"fields.{owner}.{name}.example")
    return None


def required(record: type[Record], name: str) -> bool:
    """Whether an editor has to write it; a language follows from the country."""
    return record.model_fields[name].is_required() and (record, name) != (Evaluation, "language")


def inner(record: type[Record], name: str) -> type[Record] | None:
    """The record that a field holds, alone, in a list or under keys; None for plain values."""
    return _record_in(record.model_fields[name].annotation)


def is_list(record: type[Record], name: str) -> bool:
    """Whether a field holds a list."""
    return typing.get_origin(record.model_fields[name].annotation) is tuple


def records(record: type[Record] = Evaluation) -> Iterator[type[Record]]:
    """The record and every record inside it."""
    yield record
    for name in fields(record):
        held = inner(record, name)
        if held:
            yield from records(held)


def _record_in(annotation: typing.Any) -> type[Record] | None:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation if issubclass(annotation, Record) else None
    return next(filter(None, map(_record_in, typing.get_args(annotation))), None)


def _owner(record: type[Record], name: str) -> str:
    """The record that says what a field means: the first that has it, so that all notes share their words."""
    first = next(each for each in reversed(record.__mro__) if name in inspect.get_annotations(each))
    return _words(first.__name__)


def named(record: type[Record]) -> str:
    """The record's name as its words are listed: `printed_change`."""
    return _words(record.__name__)


def _words(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
