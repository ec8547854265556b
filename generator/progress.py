"""How far long work has come: told by whoever does it, heard by whoever shows it; nobody in between need know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Done = Callable[[int], None]
"""Is told how many are done by now."""


class Listener(Protocol):
    """Hears of every stage: when it begins and how many there are to do, how far it has come, when it ends."""

    def began(self, stage: str, of: int) -> None: ...
    def came(self, done: int) -> None: ...
    def ended(self) -> None: ...


_LISTENER: ContextVar[Listener | None] = ContextVar("_LISTENER", default=None)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Everything that is told in here is heard."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def stage(name: str, of: int = 0) -> Iterator[Done]:
    """A stage of the work, of so many parts where they can be counted."""
    listener = _LISTENER.get()
    if listener is None:
        yield lambda done: None
        return
    listener.began(name, of)
    try:
        yield listener.came
    finally:
        listener.ended()


def counted(name: str, items: Sequence[Item]) -> Iterator[Item]:
    """The items of a stage one by one; each counts as done when the next is asked for."""
    with stage(name, len(items)) as came:
        for done, item in enumerate(items):
            yield item
            came(done + 1)
