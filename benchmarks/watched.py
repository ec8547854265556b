"""Runs a command and watches what it costs: seconds by the clock and of processor time, and its processes' memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.1
"""Seconds between two looks at the processes: what a process has held at most is asked while it lives."""


@dataclass(frozen=True)
class Cost:
    """What a command took. Megabytes are those of its largest process, 0 where a system does not tell."""

    seconds: float
    processor: float
    megabytes: float
    said: str


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, its child processes watched; whatever it says is kept."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=_usual(), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    watch = _Watch(process.pid)
    watch.start()
    assert process.stdout is not None
    with process.stdout as out:
        said = out.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    watch.ended.set()
    watch.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, watch.most / 1024, said)


def _usual() -> dict[str, str]:
    """The environment; but what Python compiles may be kept for the next run, as it is unless somebody forbids it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class _Watch(threading.Thread):
    """Looks at the processes of a session now and then, for the most that any of them has held."""

    session: int
    most: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.ended.wait(EVERY):
            self.most = max([self.most, *_kilobytes(self.session)])


def _kilobytes(session: int) -> Iterator[int]:
    """The most that each process of a session has held at once."""
    for process in PROC.glob("[0-9]*"):
        try:
            # After the name, which may hold anything but ends with the last parenthesis: state, parent, group, session.
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                yield from (
                    int(line.split()[1])
                    for line in (process / "status").read_text().splitlines()
                    if line.startswith("VmHWM:")
                )
        except (OSError, ValueError):
            continue  # it has ended
