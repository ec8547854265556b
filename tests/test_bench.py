"""What the measurements say of their figures, and that a small one runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import results
from benchmarks.watched import run


def cost(seconds: float, megabytes: float = 100) -> dict[str, list[float]]:
    return {"seconds": [seconds * 0.9, seconds, seconds * 1.2], "processor": [seconds], "megabytes": [megabytes]}


def built(pages: int, cold: float, stock: float, edit: float) -> dict[str, Any]:
    costs = {"cold": cost(cold, 700), "edit": cost(edit), "mkdocs": cost(stock), "hugo": cost(10), "hugo edit": cost(9)}
    counts = {"pages": pages, "files": 9, "megabytes": 9, "rounds": 3, "load": [0.1, 0.2]}
    return {**counts, "stages": {"cold": {"built": 10.0, "inlined": 1.0, "gate": 7.0}}, "costs": costs}


def told(**builds: dict[str, Any]) -> str:
    known = {name.removeprefix("of"): found for name, found in builds.items()}
    return results.told({"machine": "2 cores", "versions": "Python 3", "build": known})


def test_a_budget_that_is_held_and_one_that_is_not_are_told_apart():
    text = told(of2600=built(24_000, cold=40, stock=200, edit=6))

    assert "| 2600 evaluations: stock / cold | ≥ 4 | 5.0 | met |" in text
    assert "| 2600 evaluations: one edit | ≤ 5 s | 6.0 s | **not met** |" in text
    assert "| 2600 evaluations: page stage / Hugo | ≥ 0.8 | 0.91 (2182 / 2400 pages/s) | met |" in text
    assert "| pages built | 10.0 |" in text
    assert "| 2600 evaluations: largest process | ≤ 800 MB | 700 MB | met |" in text


def test_a_cost_that_grows_with_the_square_of_the_pages_is_told_as_such():
    sizes = {f"of{n}": built(n * 10, cold=n, stock=n * n, edit=3) for n in (100, 500, 2600)}

    text = told(**sizes)

    assert "| growth of ours, cold: time | ≤ 1.1 | 1.00 | met |" in text
    assert "| stock MkDocs + Material: time | 2.00 |" in text


def test_the_memory_and_the_processor_time_of_a_command_are_those_of_its_children_too(tmp_path: Path):
    child = "import time; held = bytearray(60_000_000); [sum(range(1_000_000)) for _ in range(20)]; time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')"

    found = run([sys.executable, "-c", parent], tmp_path)

    assert "done\n" == found.said
    assert found.megabytes > 57 and found.processor > 0.05


@pytest.mark.trials
def test_a_small_measurement_runs():
    command = [sys.executable, "-c", "import sys; from benchmarks import build, results; results.keep = print; "
               "print(*build.rows(sys.argv[1:]))", "12", "--rounds", "1"]  # fmt: skip

    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, encoding="utf-8", check=False)

    assert 0 == done.returncode, done.stderr
    assert "12 evaluations, hugo edit" in done.stderr
