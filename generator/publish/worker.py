"""Ordinary builds in processes that stay: what it costs to start the builder is paid once for each of them."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path

QUIET = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


class BuilderFailed(Exception):
    """The builder refused; the message is what it said."""


class Workers:
    """Up to so many processes that run the builder, started when there is something to do."""

    def __init__(self, builder: str, jobs: int) -> None:
        self.builder = builder
        self.jobs = max(1, jobs)
        # Not forked: threads of this process (of a preview, of the renderer) would hang in the copy.
        self._processes = ProcessPoolExecutor(self.jobs, get_context("spawn"), _ready)

    def start(self) -> None:
        """Begin to load the builder, while something else is made."""
        self._processes.submit(import_module, f"{self.builder}.__main__")

    def build(self, shard: Path) -> Future[str]:
        """Run the builder on a folder with a configuration; what it said, once it is done."""
        return self._processes.submit(run, self.builder, str(shard / "mkdocs.yml"))

    def close(self) -> None:
        """End the processes; what has not begun is not begun any more."""
        self._processes.shutdown(cancel_futures=True)


def _ready() -> None:
    # Ctrl-C is for the process that started this one, which ends it in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(QUIET)
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    """A run that is killed leaves nobody behind who still writes."""
    if parent:
        parent.join()
        os._exit(1)


def run(builder: str, config: str) -> str:
    """What `mkdocs build --strict` says, run in this process; `BuilderFailed` where it refuses."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            command = import_module(f"{builder}.__main__").cli
            command.main(["build", "--strict", "--config-file", config], standalone_mode=False)
        except OSError:
            raise  # the machine's answer, not the builder's
        except (Exception, SystemExit) as refused:  # whatever it raises is its answer
            raise BuilderFailed(f"{said.getvalue()}\n{refused}".strip()) from None
    return said.getvalue()
