"""Python's search for cycles rests while an index is made: it would look through all that is held again and again.

A hundred thousand words and documents are made here and hold no cycle; what is let go is freed without that search.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """For as long as a call takes; also a decorator."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
