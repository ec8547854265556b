"""What pydantic refuses, told at the exact node with a remedy, and what is left when the refused parts are taken away.

The rest is validated again, so that the rules of `checks` can speak about a file that has faults of this kind too.
"""

from __future__ import annotations

import copy
import difflib
import re
import typing
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.load.events import Document
from generator.load.file import File
from generator.load.spots import Spot, extent
from generator.load.syntax import quoted
from generator.model import CURLY
from generator.problems import Problem

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[Any, ...]

ROUNDS = 5
_FROM_PATH = ("country", "municipality", "year", "id")

# What an editor may write instead of the key; nothing of it is accepted, it only leads to the right word.
_SAID = {
    "poäng": "points", "poeng": "points", "max": "maximum", "maxpoäng": "maximum", "procent": "percent",
    "prosent": "percent", "summa": "total", "totalt": "total", "områden": "areas", "områder": "areas",
    "frågor": "questions", "fragor": "questions", "spørsmål": "questions", "styrkor": "strengths",
    "styrker": "strengths", "exempel": "examples",
    "eksempler": "examples", "förbättringar": "improvements", "forbedringer": "improvements", "modell": "edition",
    "källor": "sources", "kilder": "sources", "källa": "source", "språk": "language", "månad": "month",
    "ämnen": "topics",
    "emner": "topics", "sammanfattning": "summary", "sammendrag": "summary", "rubrik": "title", "titel": "title",
    "noter": "notes", "utvärderare": "evaluators", "förebilder": "role_models", "guldstjärna": "gold_star",
    "läst": "read", "lest": "read", "fråga": "question", "tidigare": "previous", "notiser": "highlights",
}


def validated(
    model: type[Model], data: dict[str, Any], doc: Document, file: File, base: Loc = ()
) -> tuple[Model | None, list[Problem]]:
    """The record, or what of it can stand without the refused parts, and the problems of those."""
    found: list[Problem] | None = None
    for _ in range(ROUNDS):
        try:
            return model.model_validate(data), found or []
        except ValidationError as error:
            errors = _causes([dict(each) for each in error.errors(include_url=False)])
        # What is missing after a part was taken away, or stands there misspelt, is no second fault.
        misspelt = [_instead(each, model) for each in errors if each["type"] == "extra_forbidden"]
        own = [each for each in errors if not _is_told(each) and each["loc"] not in misspelt]
        if found is None:
            found = [_problem(each, model, doc, file, base) for each in own]
        data = copy.deepcopy(data)
        pruned = [_pruned(data, each) for each in errors]
        if not all(pruned):
            break
    return None, found or []


def _is_told(error: dict[str, Any]) -> bool:
    """Whether there was no value at all: that is said where the file is read."""
    return error["input"] is None and error["type"] != "missing"


def _causes(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The errors without those that only say that a list is short of an item which is itself refused."""
    places = [error["loc"] for error in errors]

    def is_cause(error: dict[str, Any]) -> bool:
        inside = any(len(place) > len(error["loc"]) and place[:len(error["loc"])] == error["loc"] for place in places)
        return error["type"] != "too_short" or not inside

    return [error for error in errors if is_cause(error)]


def _pruned(data: dict[str, Any], error: dict[str, Any]) -> bool:
    """Take the refused part away; whole lists, so that the places of what is left do not move.

    A number that lacks its quotes stays as the text that it was meant as.
    """
    loc = [part for part in error["loc"] if part != "[key]"]
    if error["type"] == "missing":
        loc = loc[:-1]
    nodes: list[Any] = [data]
    for part in loc:
        nodes.append(_child(nodes[-1], part))
    if loc and isinstance(nodes[-2], dict | list) and _is_number_for_text(error):
        nodes[-2][_key(nodes[-2], loc[-1])] = str(error["input"])
        return True
    while loc and isinstance(nodes[-2], list):
        loc, nodes = loc[:-1], nodes[:-1]
    if not loc:
        return False
    if isinstance(nodes[-2], dict):
        nodes[-2].pop(_key(nodes[-2], loc[-1]), None)
    return True


def _is_number_for_text(error: dict[str, Any]) -> bool:
    meant = error["type"] == "string_type" or str((error.get("ctx") or {}).get("error")) == "text"
    return meant and isinstance(error["input"], int | float) and not isinstance(error["input"], bool)


def _child(node: Any, part: Any) -> Any:
    if isinstance(node, dict):
        return node.get(_key(node, part))
    return node[part] if isinstance(node, list) and isinstance(part, int) and part < len(node) else None


def _key(node: Any, part: Any) -> Any:
    """The key that pydantic means: it names a decimal key by its text."""
    if isinstance(node, list) or part in node:
        return part
    return next((key for key in node if str(key) == str(part)), part)


def _problem(error: dict[str, Any], model: type[BaseModel], doc: Document, file: File, base: Loc) -> Problem:
    loc = tuple(error["loc"])
    code, values = _explained(error, model)
    at_key = error["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    path = base + tuple(part for part in loc if part != "[key]")
    if error["type"] == "missing":
        path, at_key = path[:-1], True
    line, column, length = place(doc.spot, path, file, at_key)
    return file.problem(code, line, column, length, **values)


def place(root: Spot, loc: Iterable[Any], file: File, at_key: bool = False) -> tuple[int, int, int]:
    """Line, column and length of the deepest part of `loc` that is in the file: its value, or its key.

    A value that is a mapping or a list begins on a later line; its key is what an editor looks for.
    """
    spot, missing = root, False
    for part in loc:
        found = spot.child(part)
        if found is None:
            missing = True
            break
        spot = found[1]
    if spot is root:
        return 1, 1, 1
    whole = not spot.scalar or missing
    return extent(spot.key if spot.key is not None and (at_key or whole) else _start(spot), file)


def _start(spot: Spot) -> Any:
    """For a list item that is a mapping, its first key; else the value itself."""
    _, first = next(spot.inside(), (None, None))
    return first.key if first is not None and first.key is not None else spot.value


def _explained(error: dict[str, Any], model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    """Code and values of the message."""
    kind, loc, given = error["type"], error["loc"], error["input"]
    name = str(next((part for part in reversed(loc) if isinstance(part, str) and part != "[key]"), ""))
    context = error.get("ctx") or {}
    values: dict[str, Any] = {"name": _named(loc), "given": _short(given)}
    if kind == "extra_forbidden":
        return "KK021", values | _nearest_key(loc, model)
    if kind == "missing":
        return "KK022", values | {"parent": loc[-2] if len(loc) > 1 else ""}
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        bound = "low" if "ge" in context else "high"
        return ("KK027", values) if name == "percent" else ("KK024", values | {"variant": bound, "limit": limit})
    if kind in ("too_short", "string_too_short"):
        return "KK028", values | {"variant": "empty"}
    if kind in ("too_long", "string_too_long"):
        return "KK028", values | {"limit": context["max_length"], "count": context.get("actual_length", len(given))}
    if kind == "string_type" and _is_sentence(given):
        (before, after), = given.items()
        return "KK020", values | {"variant": "colon", "text": quoted(f"{before}: {after}")}
    return "KK020", values | {"variant": _wrong_kind(kind, context, given)} | _choices(kind, context)


def _is_sentence(given: Any) -> bool:
    """A text with a colon in it that YAML took for a key and its value."""
    return isinstance(given, dict) and len(given) == 1 and not isinstance(next(iter(given.values())), dict | list)


def _named(loc: Loc) -> Any:
    """The key that an editor sees: for an item of a list the list's, since nobody counts from nought."""
    path = [part for part in loc if part != "[key]"]
    return path[-2] if isinstance(path[-1], int) and path[-2:-1] != ["areas"] and len(path) > 1 else path[-1]


def _short(given: Any) -> str:
    if isinstance(given, bool) or given is None:
        return {True: "true", False: "false", None: "null"}[given]
    text = given if isinstance(given, str | int | float) else ""
    return str(text) if len(str(text)) <= 60 else str(text)[:57] + "…"


def _choices(kind: str, context: dict[str, Any]) -> dict[str, str]:
    return {"choices": re.sub(" or ", ", ", context["expected"]).replace("'", "")} if kind == "literal_error" else {}


def _wrong_kind(kind: str, context: dict[str, Any], given: Any) -> str:
    """The variant of KK020 that names what was expected."""
    if isinstance(given, str) and given[:1] in CURLY:
        return "curly"
    if kind in ("dict_type", "model_type") and isinstance(given, str) and re.match(r"[\w.]+:[^\s/]", given):
        return "space"
    if kind == "value_error":
        meant = str(context.get("error"))
        kinds = {"text": "quote" if isinstance(given, int | float) else "text", "datum": "date", "slug": "slug",
                 "länk": "link", "frågenummer": "question", "kod": "code", "tidigare": "former",
                 "ord": "word", "heltal": _number_variant(given)}
        return kinds.get(meant, "date" if "month" in meant or "day" in meant else "other")
    names = {"bool_type": "flag", "bool_parsing": "flag", "tuple_type": "list", "dict_type": "mapping",
             "model_type": "mapping", "literal_error": "choice",
             "string_type": "quote" if isinstance(given, int | float) else "text"}
    return names.get(kind, "other")


_NUMBERS = {r"-?\d+": "unquote", r"-?\d+,\d+": "comma", r"-?\d+\.\d+": "decimal", r"\d+([.,]\d+)?\s*%": "percent_sign"}


def _number_variant(given: Any) -> str:
    if isinstance(given, float):
        return "decimal"
    if not isinstance(given, str):
        return "whole"
    return next((variant for pattern, variant in _NUMBERS.items() if re.fullmatch(pattern, given.strip())), "whole")


def _nearest_key(loc: Loc, model: type[BaseModel]) -> dict[str, str]:
    key = str(loc[-1])
    if len(loc) == 1 and key in _FROM_PATH:
        return {"variant": "path"}
    allowed = list(_fields(model, loc[:-1]))
    said = _SAID.get(key.lower(), "")
    if said in allowed:
        return {"variant": "nearest", "nearest": said}
    words = [*allowed, *(word for word in _SAID if _SAID[word] in allowed)]
    near = difflib.get_close_matches(key.lower(), words, 1, 0.6)
    if near:
        return {"variant": "nearest", "nearest": _SAID.get(near[0], near[0])}
    return {"allowed": ", ".join(allowed)}


def _instead(error: dict[str, Any], model: type[BaseModel]) -> Loc:
    """Where the key belongs that an unknown one was meant as."""
    loc = tuple(error["loc"])
    return *loc[:-1], _nearest_key(loc, model).get("nearest")


def _fields(model: type[BaseModel], loc: Loc) -> Iterator[str]:
    """The keys that the model allows at a place; those that come from the file's path are not for editors."""
    current: Any = model
    for part in loc:
        if isinstance(current, type) and issubclass(current, BaseModel) and part in current.model_fields:
            current = _inner(current.model_fields[str(part)].annotation)
    top = not loc
    yield from (name for name in current.model_fields if not (top and name in _FROM_PATH))


def _inner(annotation: Any) -> Any:
    """The record inside `X | None`, `dict[int, X]` or `tuple[X, ...]`."""
    arguments = [each for each in typing.get_args(annotation) if each is not Ellipsis and each is not type(None)]
    if isinstance(annotation, type) and not arguments:
        return annotation
    records = [_inner(each) for each in arguments]
    return next((each for each in records if isinstance(each, type) and issubclass(each, BaseModel)), str)
