"""The kinds of value that a field can hold, and what all records share.

A value is what was written or it is refused: nothing is converted, rounded or trimmed into shape.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

Country = Literal["se", "no", "dk", "fi"]
Language = Literal["sv", "nb", "nn", "da", "fi", "en"]
Comparability = Literal["same", "note", "total", "none"]
ToldBy = Literal["report", "municipality", "jury"]
ActionState = Literal["planned", "underway", "done", "dropped"]

COUNTRY_LANGUAGE: dict[str, Language] = {"se": "sv", "no": "nb", "dk": "da", "fi": "fi"}
TOTAL_MAXIMUM = 800
AREA_MAXIMUM = 100
AREAS = range(1, 9)
LINK = r"https?://[^\s/?#@\\\[\]]+([/?#][^\s\\]*)?|mailto:[^\s\\]+"
"""An address said in full; no user's name before the host, which would make it look like another's."""
CURLY = tuple("”“„’‘»«")
"""Quotation marks that a word processor sets; to YAML they are letters like others."""
UNFILLED = "FYLL I"
"""What a new file says where an editor has something to fill in; nothing else is ever called that."""


def _whole(value: Any) -> Any:
    """Refuse text, booleans and decimals where a report prints whole points."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("heltal")
    return value


def _text(value: Any) -> Any:
    """Refuse numbers and booleans where text is meant; a silent str() would change what was written."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value.strip("\n")


def _pattern(pattern: str, kind: str) -> AfterValidator:
    return AfterValidator(partial(_matching, re.compile(pattern), kind))


def _matching(pattern: re.Pattern[str], kind: str, value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(kind)
    return value


def _calendar_date(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value)
    raise ValueError("datum")


def _in_the_calendar(value: str) -> str:
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError("datum") from error
    return value


Flag = Annotated[bool, Strict()]
"""`true` or `false`; pydantic alone would take `on`, `yes` and `1` too."""
Whole = Annotated[int, BeforeValidator(_whole)]
Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=20_000)]
Line = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=300)]
Word = Annotated[str, BeforeValidator(_text), _pattern(r"\w{2,60}", "ord")]
Title = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=80)]
Year = Annotated[int, BeforeValidator(_whole), Field(ge=1990, le=2100)]
Slug = Annotated[str, BeforeValidator(_text), _pattern(r"[a-z0-9][a-z0-9-]{0,79}", "slug")]
Link = Annotated[str, BeforeValidator(_text), _pattern(LINK, "länk")]
FormerAddress = Annotated[
    str, BeforeValidator(_text), _pattern(r"[a-z0-9][a-z0-9-]{0,79}/(199\d|20\d\d|2100)", "tidigare")
]
"""`enkoping/2015`: municipality and year as they once stood in an address."""
QuestionNumber = Annotated[str, BeforeValidator(_text), _pattern(r"[1-8]\.[1-9]\d?", "frågenummer")]
PartialDate = Annotated[
    str,
    BeforeValidator(_text),
    BeforeValidator(lambda v: str(v) if isinstance(v, int) else v),
    _pattern(r"\d{4}(-\d{2}(-\d{2})?)?", "datum"),
    AfterValidator(_in_the_calendar),
]
"""A date as exact as the source prints it: `2014`, `2014-03` or `2015-08-25`."""
CalendarDate = Annotated[date, BeforeValidator(_calendar_date)]
Points = Annotated[int, BeforeValidator(_whole), Field(ge=0)]
Percent = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=100)]
AreaNumber = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=8)]
Names = dict[Language, Line]
Texts = dict[Language, Text]


class Record(BaseModel):
    """What all records share: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    def __getstate__(self) -> dict[Any, Any]:
        """The values alone: what is noted beside them is the same for all of ours, and there are very many."""
        return self.__dict__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(
            {
                "__dict__": state,
                "__pydantic_fields_set__": set(state),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )


class Source(Record):
    """Where something was read."""

    title: Line
    url: Link | None = None
    read: CalendarDate


class KnownMismatch(Record):
    """A printed figure that does not add up, declared with its reason. `at` is the place that the rule names."""

    rule: Annotated[str, BeforeValidator(_text), _pattern(r"KK\d{3}", "kod")]
    at: Line
    reason: Text
