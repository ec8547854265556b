"""Questions to the whole archive: each is worked out once, and noted by whoever wants to know what was asked.

What was made before is still right when everything it asked has the same answer today. So whatever an evaluation's
pages need from other evaluations is asked for here, never looked up in the archive by hand.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from generator.model import Archive

P = ParamSpec("P")
Answer = TypeVar("Answer")
Asked = dict[tuple[Callable[..., Any], tuple[Any, ...]], Any]
"""Answers by question and what it was about."""

_known: dict[int, Asked] = {}
"""The answers of each living archive."""
_noted: ContextVar[Asked | None] = ContextVar("noted", default=None)


def answered(question: Callable[Concatenate[Archive, P], Answer]) -> Callable[Concatenate[Archive, P], Answer]:
    """Make a function of the archive and hashable values a question, answered once for each archive."""
    asked = cast(Callable[..., Answer], question)

    @wraps(question)
    def ask(archive: Archive, *about: Any) -> Answer:
        answers, key = _answers(archive), (ask, about)
        if key not in answers:
            with _noting(None):  # what an answer rests on is not asked by who asks for the answer
                answers[key] = asked(archive, *about)
        notes = _noted.get()
        if notes is not None:
            notes[key] = answers[key]
        return cast(Answer, answers[key])

    return cast(Callable[Concatenate[Archive, P], Answer], ask)


def _answers(archive: Archive) -> Asked:
    known = _known.get(id(archive))
    if known is None:
        known = _known[id(archive)] = {}
        weakref.finalize(archive, _known.pop, id(archive))
    return known


@contextmanager
def _noting(notes: Asked | None) -> Iterator[None]:
    token = _noted.set(notes)
    try:
        yield
    finally:
        _noted.reset(token)


@contextmanager
def asking() -> Iterator[Asked]:
    """Everything that is asked inside, with its answer."""
    notes: Asked = {}
    with _noting(notes):
        yield notes


def still(asked: Asked, archive: Archive) -> bool:
    """Whether everything that was asked has the same answer in this archive."""
    return all(ask(archive, *about) == answer for (ask, about), answer in asked.items())
