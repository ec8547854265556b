"""What a build costs: cold, after an edit, a change of a template or of the theme, and after none; and other builders.

    python -m benchmarks build 500 2600          two sizes, each as often as is usual for it
    python -m benchmarks build 2600 --rounds 3

All are whole commands, in turn, so that a busy machine slows them alike. Cold is without pages kept, but with drawings.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks import corpus, others, results
from benchmarks.watched import Cost, run

ROOT = Path(__file__).parent.parent
ROUNDS = {110: 3, 500: 3, 2600: 1, 8400: 0}
"""Sizes, and how often each is measured besides the build from nothing."""
HEAD = ("Build, s", "evaluations", "pages", "cold", "page stage", "edit", "template", "theme", "none", "stock",
        "properdocs", "hugo", "hugo edit", "MB cold", "MB stock", "MB hugo")  # fmt: skip
WAYS = ("edit", "template", "theme", "none", "mkdocs", "properdocs", "hugo", "hugo edit")
OURS = ("first", "cold", "edit", "template", "theme", "none")
STAGE = re.compile(r"^ *([\d.]+) s +\d+%  (.+?)(?: {2,}.*)?$", re.MULTILINE)
"""A line of what `--timings` tells."""
TEMPLATE, THEME = "generator/templates/area.md.jinja", "generator/theme/main.html"
TOP = "{{ parts.top(page, t) }}"
BRIEF, EXAMPLE = "    brief: ", "        text: >-\n          "


def rows(given: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for each size; the figures are kept for RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks build")
    parser.add_argument("sizes", type=int, nargs="*", default=[*ROUNDS])
    parser.add_argument("--rounds", type=int, metavar="N")
    options = parser.parse_args(given)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = _measured(Ground(Path(folder), size), options.rounds or ROUNDS.get(size, 1))
            results.keep("build", str(size), found)  # before all that was built is taken away, which takes minutes
        yield "", str(size), *_told(found)


@dataclass
class Ground:
    """Where a size is measured: a copy of the project, to be changed, and invented evaluations beside it."""

    folder: Path
    size: int
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    """By what was done, once for each round."""

    def __post_init__(self) -> None:
        self.project, self.evaluations = self.folder / "project", self.folder / "evaluations"
        self.project.mkdir()
        for name in ("generator", "docs"):
            shutil.copytree(ROOT / name, self.project / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", self.project)
        paths = corpus.write(self.evaluations, self.size)
        self.edited = next(path for path in paths if BRIEF in path.read_text(encoding="utf-8"))

    def build(self, work: Path) -> Cost:
        """Ours, as anybody runs it."""
        command = ["generator", "build", "--timings", "--evaluations", str(self.evaluations), "--work", str(work)]
        return run([sys.executable, "-m", *command], self.project)

    def measure(self, what: str, command: Sequence[str] | Path | None) -> None:
        """Run a command, or a build of ours in a folder, and note what it cost."""
        if command is not None:
            cost = self.build(command) if isinstance(command, Path) else run(command, self.folder)
            print(f"{self.size} evaluations, {what}: {cost.seconds:.1f} s", file=sys.stderr, flush=True)
            self.costs.setdefault(what, []).append(cost)

    def change(self, path: Path, *changes: tuple[str, str]) -> None:
        """Change a file: each text, where it first comes, to another."""
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{path}: {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")


def _measured(ground: Ground, rounds: int) -> dict[str, object]:
    first = ground.folder / "first"
    ground.measure("first", first)
    drawings = first / ".cache" / "drawings"
    site = {"pages": _count(first / ".build" / "docs", "*.md"), **_sizes(first / "site")}
    loads = [os.getloadavg()[0]]
    for number in range(rounds):
        work = ground.folder / f"work-{number}"
        shutil.copytree(drawings, work / ".cache" / "drawings")
        _round(ground, work, number)
        shutil.rmtree(work)
        loads.append(os.getloadavg()[0])
    costs = {what: _figures(of) for what, of in ground.costs.items()}
    stages = {what: _stages([cost.said for cost in ground.costs[what]]) for what in OURS if what in ground.costs}
    told = {"rounds": rounds, "load": [min(loads), max(loads)], "disk": _file_system(ground.folder)}
    return {**site, **told, "stages": stages, "costs": costs}


def _file_system(folder: Path) -> str:
    """What a folder lies on: `ext4`, or `tmpfs`, which is memory; nothing where a system does not tell."""
    mounts = Path("/proc/mounts")
    places = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()] if mounts.exists() else []
    return max(((len(place), kind) for place, kind in places if folder.is_relative_to(place)), default=(0, ""))[1]


def _round(ground: Ground, work: Path, number: int) -> None:
    """Everything once, in turn."""
    said, docs = f"Ändrad {number}. ", work / ".build" / "docs"
    ground.measure("cold", work)
    ground.change(ground.edited, (BRIEF, BRIEF + said), (EXAMPLE, EXAMPLE + said))
    ground.measure("edit", work)
    ground.measure("none", work)
    ground.change(ground.project / TEMPLATE, (TOP, f"{TOP}\n\n<p>{number}</p>"))
    ground.measure("template", work)
    ground.change(ground.project / THEME, ("{% extends", f"{{# {number} #}}{{% extends"))
    ground.measure("theme", work)
    for builder in ("mkdocs", "properdocs"):
        ground.measure(builder, others.stock(ground.folder, docs, builder))
    hugo = others.hugo(ground.folder, docs, work / "site")
    ground.measure("hugo", hugo)
    if hugo:
        others.edited(ground.folder, number)
    ground.measure("hugo edit", hugo)
    for name in (TEMPLATE, THEME):
        shutil.copy(ROOT / name, ground.project / name)


def _figures(costs: Sequence[Cost]) -> dict[str, list[float]]:
    return {
        "seconds": [round(cost.seconds, 2) for cost in costs],
        "processor": [round(cost.processor, 2) for cost in costs],
        "megabytes": [round(cost.megabytes) for cost in costs],
    }


def _stages(said: Sequence[str]) -> dict[str, float]:
    """Seconds by stage, medians of what each run told."""
    words = yaml.safe_load((ROOT / "generator/locales/sv/commands.yml").read_text(encoding="utf-8"))
    names = {word: key.removeprefix("stage.") for key, word in words.items() if key.startswith("stage.")}
    runs = [{names[name]: float(seconds) for seconds, name in STAGE.findall(each)} for each in said]
    found = dict.fromkeys(name for run in runs for name in run)
    return {name: round(statistics.median(run.get(name, 0.0) for run in runs), 2) for name in found}


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.rglob(pattern))


def _sizes(site: Path) -> dict[str, int]:
    """Files and megabytes of a finished site."""
    files = [path.stat().st_size for path in site.resolve().rglob("*") if path.is_file()]
    return {"files": len(files), "megabytes": round(sum(files) / 1e6)}


def _told(found: Mapping[str, object]) -> list[str]:
    seconds = [_median(found, what) for what in WAYS]
    memory = [_median(found, what, "megabytes", 0) for what in ("cold", "mkdocs", "hugo")]
    stage = f"{results.page_stage(found):.1f}" if "cold" in found["stages"] else "–"
    return [str(found["pages"]), _median(found, "cold"), stage, *seconds, *memory]


def _median(found: Mapping[str, object], what: str, of: str = "seconds", digits: int = 1) -> str:
    costs = found["costs"].get(what)
    return f"{statistics.median(costs[of]):.{digits}f}" if costs else "–"
