"""How long an editor waits: from saving an evaluation until the preview gives the new page, with what took the time.

    python -m benchmarks preview               the real evaluations, and 500 and 2600 invented ones
    python -m benchmarks preview real 500      some of them

The wait is taken from outside, of `python -m generator serve`; the shares are processor time, of the same edits in a
process of our own, where the builder's is not counted.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path

from benchmarks import corpus
from generator.commands.workshop import Workshop

ROOT = Path(__file__).parent.parent
SIZES = ("real", "500", "2600")
EDITS = 7
PORT = 8765
HOURS = 2
LIMIT = {"real": 1.0, "500": 2.0, "2600": 3.0}
STAGES = ("read", "pages", "builder", "gate")
HEAD = ("Preview", "pages", "wait, s", "longest", "at most", *(f"{stage}, s" for stage in STAGES), "load")
BRIEF = re.compile(r"brief: ?")


def rows(sizes: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for each archive."""
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            evaluations = laid_out(Path(folder), size)
            edited = max(evaluations.glob("??/*/*.yml"), key=lambda path: (path.stat().st_size, path))
            pages, shares = _shares(evaluations, Path(folder), edited)
            waits = [*_waits(evaluations, Path(folder), edited)]
        told = (f"{each:.2f}" for each in (statistics.median(waits), max(waits)))
        limit = str(LIMIT.get(size, ""))
        yield size, str(pages), *told, limit, *(f"{each:.2f}" for each in shares), f"{os.getloadavg()[0]:.1f}"


def laid_out(folder: Path, size: str) -> Path:
    """A folder of evaluations to edit: the real ones, or so many invented."""
    evaluations = folder / "evaluations"
    if size == "real":
        shutil.copytree(ROOT / "evaluations", evaluations)
    else:
        corpus.write(evaluations, int(size))
    return evaluations


def _edit(path: Path, number: int) -> str:
    """Change a sentence of an area; returns what the page of the area says then."""
    text, said = path.read_text(encoding="utf-8"), f"Ändrad {number}."
    before = f"Ändrad {number - 1}. "
    path.write_text(
        text.replace(before, f"{said} ", 1) if before in text else BRIEF.sub(f"brief: {said} ", text, count=1),
        encoding="utf-8",
    )
    return said


def _shares(evaluations: Path, work: Path, edited: Path) -> tuple[int, list[float]]:
    """How many pages there are, and the median processor time of each stage of an edit."""
    options = Namespace(evaluations=evaluations, work=work, site=None, builder="mkdocs", jobs=2, no_cache=False)
    with closing(Workshop(options, 2, live=True)) as workshop:
        pages, _ = _round(workshop)
        costs = []
        for number in range(EDITS):
            _edit(edited, number)
            costs.append(_round(workshop)[1])
    return pages, [statistics.median(column) for column in zip(*costs, strict=True)]


def _round(workshop: Workshop) -> tuple[int, list[float]]:
    times = [time.process_time()]
    archive = workshop.read()
    times.append(time.process_time())
    made, _ = workshop.written(archive)
    times.append(time.process_time())
    files = workshop.built(made)
    times.append(time.process_time())
    assert workshop.gate.faults(files) == []
    times.append(time.process_time())
    return len(made.generated), [after - before for before, after in pairwise(times)]


def _waits(evaluations: Path, work: Path, edited: Path) -> Iterator[float]:
    """Seconds from each save until the page of the first area says what was written."""
    _, municipality, name = edited.relative_to(evaluations).parts
    with _served(evaluations, work):
        for number in range(EDITS, 2 * EDITS):
            time.sleep(1)  # an editor saves when the last round is over
            said = _edit(edited, number)
            start = time.perf_counter()
            _until(f"/kommuner/{municipality}/{name.removesuffix('.yml')}/", said)
            yield time.perf_counter() - start


@contextmanager
def _served(evaluations: Path, work: Path) -> Iterator[None]:
    folders = ["--evaluations", str(evaluations), "--work", str(work)]
    command = [sys.executable, "-m", "generator", "serve", "--port", str(PORT), *folders]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _until("/kommuner/", "k-")
        yield
    finally:
        server.terminate()
        server.wait()


def _until(path: str, said: str) -> None:
    """Ask for a page until it says something."""
    end = time.monotonic() + HOURS * 3600
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        try:
            connection.request("GET", path)
            if said in connection.getresponse().read().decode():
                return
        except OSError:
            pass  # not up yet
        finally:
            connection.close()
        time.sleep(0.01)
    raise TimeoutError(path)
