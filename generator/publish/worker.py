"""Ordinary builds in processes that stay: what it costs to start the builder is paid once for each of them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from io import StringIO
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
QUIET = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
TIMELESS = {"SOURCE_DATE_EPOCH": "0"}
"""No page tells when it was built; the builder stops at a moment that it cannot read, so it gets one that it can."""


class BuilderFailed(Exception):
    """The builder refused; the message is what it said."""


def spread(work: Callable[[Given], Made], items: Sequence[Given], chunk: int) -> Iterator[Made]:
    """What comes of each item, in order, worked out by as many processes as there are processors."""
    # Not forked: a fork of a process whose renderer has started threads hangs in them.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        with deaf():
            found = processes.map(work, items, chunksize=chunk)
        yield from found


class Beside:
    """A process beside this one, which ends with it: begun before there is work for it, since to make ready takes long.

    `ready` is called there, and gives what is done with what is handed over.
    """

    def __init__(self, ready: Callable[[], Callable[[Any], object]]) -> None:
        processes = get_context("spawn")
        self._ours, theirs = processes.Pipe()
        self._process = processes.Process(target=_stand_by, args=(ready, theirs), daemon=True)
        with deaf():
            self._process.start()
        theirs.close()

    def do(self, given: object) -> Callable[[], Any]:
        """Hand over its only piece of work; what comes of it is waited for when it is wanted."""
        # A pipe takes more only when it is read from: nobody waits here for a process that still loads.
        giving = threading.Thread(target=self._give, args=(given,))
        giving.start()

        def made() -> Any:
            giving.join()
            try:
                found = self._ours.recv()
            except (EOFError, ConnectionError):
                self._process.join()
                raise ChildProcessError(f"{self._process.name}: {self._process.exitcode}") from None
            self.close()
            if isinstance(found, Exception):
                raise found
            return found

        return made

    def _give(self, given: object) -> None:
        with suppress(OSError):  # gone: whoever waits for what comes of it is told
            self._ours.send(given)

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._ours.close()
        self._process.terminate()
        self._process.join()


def _stand_by(ready: Callable[[], Callable[[Any], object]], pipe: Connection) -> None:
    _ready()
    try:
        work = ready()
        found = work(pipe.recv())
    except EOFError:  # there was nothing to do
        return
    except Exception as failed:  # whoever waits is told
        found = failed
    pipe.send(found)
    pipe.close()
    # All that it holds would be taken apart piece by piece first, while the other one waits.
    os._exit(0)


class Workers:
    """Up to so many processes that run the builder, started when there is something to do."""

    def __init__(self, builder: str, jobs: int) -> None:
        self.builder = builder
        self.jobs = max(1, jobs)
        # Not forked: threads of this process (of a preview, of the renderer) would hang in the copy.
        self._processes = ProcessPoolExecutor(self.jobs, get_context("spawn"), _ready)

    def start(self) -> None:
        """Begin to load the builder, while something else is made."""
        with deaf():
            self._processes.submit(import_module, f"{self.builder}.__main__")

    def begin(self, work: Callable[[str, Given], Made], given: Given) -> Future[Made]:
        """Have something done with the builder; what comes of it, once it is done."""
        with deaf():
            return self._processes.submit(work, self.builder, given)

    def close(self) -> None:
        """End the processes; what has not begun is not begun any more."""
        self._processes.shutdown(cancel_futures=True)


@contextmanager
def deaf() -> Iterator[None]:
    """Processes that are started in here never hear Ctrl-C: it is for this one, which ends them in good order."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ready() -> None:
    os.environ.update(QUIET | TIMELESS)
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
