"""What a build costs beside stock MkDocs + Material on the very same Markdown: cold, after one edit, after none.

All are whole commands, timed in turn. `python -m benchmarks build 50 200` takes other numbers of evaluations.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import corpus

SIZES = (50,)
ROUNDS = 3
ROOT = Path(__file__).parent.parent
HEAD = ("Build, s", "evaluations", "pages", "cold", "one edit", "no change", "stock", "stock / cold", "stock / edit",
        "load")


def rows(sizes: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for each size."""
    for size in map(int, sizes or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            yield _row(Path(folder), size)


def _row(folder: Path, size: int) -> tuple[str, ...]:
    paths = corpus.write(folder / "evaluations", size)
    edited = next(path for path in paths if "    brief: " in path.read_text(encoding="utf-8"))
    _ours(folder, "first")  # what is kept of drawings is not part of what is measured
    pages = sum(1 for _ in (folder / "first" / ".build" / "docs").rglob("*.md"))
    costs = [_round(folder, edited, n) for n in range(ROUNDS)]
    cold, edit, none, stock = (statistics.median(column) for column in zip(*costs, strict=True))
    figures = (f"{each:.1f}" for each in (cold, edit, none, stock))
    ratios = (statistics.median(each[3] / each[at] for each in costs) for at in (0, 1))
    told = (f"{each:.1f}" for each in (*ratios, os.getloadavg()[0]))
    return "", str(size), str(pages), *figures, *told


def _round(folder: Path, edited: Path, number: int) -> tuple[float, float, float, float]:
    """Seconds of a cold build, of one after an edit, of one after none, and of stock MkDocs."""
    work = f"work-{number}"
    drawings = folder / work / ".cache" / "drawings"
    drawings.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", folder / "first" / ".cache" / "drawings", drawings], check=True)
    cold = _cost(lambda: _ours(folder, work))
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("    brief: ", f"    brief: Ändrad {number}. ", 1), encoding="utf-8")
    edit, none = _cost(lambda: _ours(folder, work)), _cost(lambda: _ours(folder, work))
    return cold, edit, none, _cost(lambda: _stock(folder, work))


def _ours(folder: Path, work: str) -> None:
    _run(["generator", "build", "--evaluations", str(folder / "evaluations"), "--work", str(folder / work)])


def _stock(folder: Path, work: str) -> None:
    """Material with its own search over the same folder, with nothing of ours but the pages and the menu."""
    settings = {
        "site_name": "Stock", "docs_dir": str(folder / work / ".build" / "docs"), "site_dir": str(folder / "stock"),
        "theme": {"name": "material", "language": "sv", "font": False}, "plugins": ["search"],
        "nav": [{"Start": "index.md"}, {"Om": "om/index.md"}], "not_in_nav": "*",
        "markdown_extensions": ["attr_list", {"toc": {"toc_depth": 2}}],
    }  # fmt: skip
    (folder / "stock.yml").write_text(json.dumps(settings), encoding="utf-8")
    _run(["mkdocs", "build", "--quiet", "--config-file", str(folder / "stock.yml")])


def _run(command: list[str]) -> None:
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, capture_output=True)


def _cost(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
