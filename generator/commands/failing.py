"""What is said when the machine says no: the disk is full, a right is missing, a process died."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from generator.problems import Stop
from generator.text import words
from generator.text.words import capital


def told(error: OSError) -> str:
    """Where it happened, if that is known, what is wrong, and what to do about it."""
    t, key = words("sv"), f"commands.failed.{errno.errorcode.get(error.errno or 0)}"
    text = t(key) if key in t else t("commands.failed.unknown", reason=f"{error.strerror or error}.")
    return f"{error.filename}: {text}" if isinstance(error.filename, str | Path) else capital(text)


@contextmanager
def standing() -> Iterator[None]:
    """Whatever fails in here leaves the old site, and that is said."""
    t = words("sv")
    try:
        yield
    except OSError as error:
        raise Stop(f"{told(error)} {t('commands.stands')}") from None
    except BrokenProcessPool:
        raise Stop(f"{t('commands.died')} {t('commands.stands')}") from None
