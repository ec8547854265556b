"""The specifications that Altair made once, one for each form of a drawing: a build only puts data into them.

To load Altair and have it make them takes half a second, in each process of every build.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from generator.charts.figure import Spec

FILE = Path(__file__).with_name("templates.json")


def template(name: str) -> Spec:
    """The specification of a form, without data."""
    return _templates()[name]


@cache
def _templates() -> dict[str, Spec]:
    found: dict[str, Spec] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
