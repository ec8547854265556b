"""Shows a run as it goes: on a terminal how far each stage has come, and with `--timings` where the time went."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.progress import heard
from generator.text import words

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5
"""Seconds after which a stage is shown: what is over at once would only flicker."""


class Watch:
    """Hears of the stages, shows the one that goes on, and remembers what each has taken."""

    def __init__(self, terminal: bool) -> None:
        self.taken: dict[str, tuple[float, int]] = {}
        """Seconds by stage, and how many parts it had."""
        self._terminal = terminal
        self._bar: Progress | None = None
        self._now, self._of, self._start = "", 0, 0.0

    def began(self, stage: str, of: int) -> None:
        """Note when a stage began."""
        self._now, self._of, self._start = stage, of, time.monotonic()

    def came(self, done: int) -> None:
        """Show how far the stage has come, once it is worth it."""
        if self._bar is None and self._terminal and time.monotonic() - self._start > PATIENCE:
            self._bar = _bar()
            self._bar.start()
            self._bar.add_task(words("sv")(f"commands.stage.{self._now}"), total=self._of or None, pace="")
        if self._bar is not None:
            pace = f"{done / (time.monotonic() - self._start):.0f} {words('sv')('commands.stage.rate')}"
            self._bar.update(self._bar.task_ids[0], completed=done, pace=pace)

    def ended(self) -> None:
        """Leave the line to what is told next."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        seconds, parts = self.taken.get(self._now, (0.0, 0))
        self.taken[self._now] = seconds + time.monotonic() - self._start, parts + self._of


@contextmanager
def shown(timings: bool) -> Iterator[None]:
    """Show what is done in here as it goes; afterwards, where the time went."""
    watch, start = Watch(sys.stdout.isatty()), time.monotonic()
    with heard(watch):
        yield
    if timings:
        print("\n".join(_lines(watch, time.monotonic() - start)), flush=True)


def _bar() -> Progress:
    # Only a terminal waits for the library that draws on it.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    count, pace = MofNCompleteColumn(), TextColumn("{task.fields[pace]}")
    return Progress(TextColumn("{task.description}"), BarColumn(), count, pace, TimeRemainingColumn(), transient=True)


def _lines(watch: Watch, whole: float) -> Iterator[str]:
    """A line for each stage: seconds, their share of the whole, parts, and parts a second."""
    t = words("sv")
    yield t("commands.timings")
    for name, (seconds, parts) in watch.taken.items():
        pace = f"{parts:8d} {parts / max(seconds, 0.001):8.0f} {t('commands.stage.rate')}" if parts else ""
        yield f"{seconds:7.1f} s {seconds / whole:5.0%}  {t(f'commands.stage.{name}'):<30}{pace}".rstrip()
    rest = whole - sum(seconds for seconds, _ in watch.taken.values())
    yield f"{rest:7.1f} s {rest / whole:5.0%}  {t('commands.stage.rest')}"
    yield f"{whole:7.1f} s {1:5.0%}  {t('commands.stage.whole')}"
