"""The specifications that Altair makes, one for each form of a drawing: only data is put into them afterwards.

To load Altair and have it make them takes half a second, so a build keeps them as text for the next one.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from functools import cache
from importlib import import_module

from generator.charts.figure import Spec

_KEPT: ContextVar[str] = ContextVar("_KEPT", default="")


def use_templates(text: str) -> None:
    """From now on, take them from here."""
    _KEPT.set(text)


@cache
def made_templates() -> str:
    """All of them as Altair makes them, as JSON by name."""
    # By its name and only here: it knows all drawings, which know this module, and nothing else loads Altair.
    return str(import_module("generator.charts.layers").as_text())


def template(name: str) -> Spec:
    """The specification of a form, without data."""
    return _read(_KEPT.get() or made_templates())[name]


@cache
def _read(text: str) -> dict[str, Spec]:
    found: dict[str, Spec] = json.loads(text)
    return found
