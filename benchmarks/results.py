"""Keeps what was measured in results.json, and writes it as RESULTS.md with a chart, against the budgets.

Each part may be run alone, and on another day: what it told before is replaced, all else stays.
"""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair

HERE = Path(__file__).parent
KEPT, TOLD, CHART = HERE / "results.json", HERE / "RESULTS.md", HERE / "growth.svg"
Found = dict[str, Any]
WAYS = {
    "first": "ours, nothing kept", "cold": "ours, cold", "edit": "ours, one evaluation edited",
    "template": "ours, template of an area changed", "theme": "ours, theme changed", "none": "ours, nothing changed",
    "mkdocs": "stock MkDocs + Material", "properdocs": "stock ProperDocs + Material", "hugo": "Hugo",
    "hugo edit": "Hugo, one page edited",
}  # fmt: skip
STAGES = {
    "read": "evaluations read", "checked": "evaluations checked", "pages": "Markdown made", "drawings": "figures drawn",
    "search": "search made", "written": "Markdown and files written", "built": "pages built",
    "inlined": "figures put into pages", "gate": "files looked over", "published": "site laid out and swapped in",
    "remembered": "remembered for the next",
    "rest": "else", "whole": "all",
}  # fmt: skip
PAGE_STAGE = ("built", "inlined")
DRAWN = ("cold", "edit", "mkdocs", "hugo")
EDIT_LIMITS = {500: 2.0, 2600: 5.0}
"""Seconds that an edit may take, by evaluations."""
PEAK = (2600, 800)
EXPONENT = 1.1
PACKAGES = ("mkdocs", "mkdocs-material", "properdocs", "Markdown", "Jinja2")
ABOUT = """# What builds cost

Made by `python -m benchmarks build` on invented archives (`benchmarks/corpus.py`). Seconds by the clock, medians; all
builds of a size run in turn. *Cold* is without finished pages, the drawings kept from before; *nothing kept* draws them
too. *Stock* is MkDocs or ProperDocs with Material and its own search over the very same Markdown, with nothing of ours
in it. Hugo makes the same pages with one template, a finished page of ours without its text; it has no index, no
drawings and no checks to make. Memory is that of the largest process. *Page stage*: from Markdown on disk to HTML kept.
"""
SAME = """## Whoever builds

The sites that are built with one process and with two, with what was kept and without (`--no-cache`), in shares and
whole, are the same byte for byte: `diff -r` says nothing. By ProperDocs, one line of each page is another, the one that
names its builder (`<meta name="generator" …>`), and with it the page's digest in `manifest.json`.
`tests/test_main.py` and `tests/test_incremental.py` hold all of that.
"""


def keep(part: str, name: str, found: Found) -> None:
    """Keep what was measured, and write everything that is known."""
    known: Found = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    known |= {"machine": _machine(), "versions": _versions()}
    known.setdefault(part, {})[name] = found
    KEPT.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    TOLD.write_text(told(known), encoding="utf-8")
    _chart(_builds(known)).save(CHART)


def told(known: Found) -> str:
    """RESULTS.md."""
    builds = _builds(known)
    head = [ABOUT, f"Machine: {known['machine']}. {known['versions']}.", ""]
    return "\n".join([*head, *_budgets(builds), *_costs(builds), *_growth(builds), SAME])


def _builds(known: Found) -> dict[int, Found]:
    """What was measured by evaluations, the fewest first."""
    return {size: known["build"][str(size)] for size in sorted(map(int, known["build"]))}


# Tables -------------------------------------------------------------------------------------------------------------


def _budgets(builds: dict[int, Found]) -> Iterator[str]:
    """Every budget that what was measured can tell of."""
    rows = [row for size, found in builds.items() if "mkdocs" in found["costs"] for row in _held(size, found)]
    ours = {what: of for what, of in _exponents(builds).items() if what.startswith("ours")}
    rows += [(f"growth of {what}", f"≤ {EXPONENT}", f"{of:.2f}", of <= EXPONENT) for what, of in ours.items()]
    shown = [(what, budget, measured, "met" if met else "**not met**") for what, budget, measured, met in rows]
    yield from ("## Against the budgets", "")
    yield from _table(("what", "budget", "measured", ""), shown)


def _held(size: int, found: Found) -> Iterator[tuple[str, str, str, bool]]:
    """The budgets of one size: what, how much, what was measured, and whether it holds."""
    at, pages = f"{size} evaluations: ", found["pages"]
    cold, edit = _ratio(found, "mkdocs", "cold"), _ratio(found, "mkdocs", "edit")
    yield f"{at}stock / cold", "≥ 4", f"{cold:.1f}", cold >= 4
    yield f"{at}stock / one edit", "≥ 20", f"{edit:.0f}", edit >= 20
    seconds = _seconds(found, "edit")
    if size in EDIT_LIMITS:
        yield f"{at}one edit", f"≤ {EDIT_LIMITS[size]:.0f} s", f"{seconds:.1f} s", seconds <= EDIT_LIMITS[size]
    if "hugo" in found["costs"]:
        ours, hugo = pages / page_stage(found), pages / _seconds(found, "hugo")
        told, again = f"{ours / hugo:.2f} ({ours:.0f} / {hugo:.0f} pages/s)", _seconds(found, "hugo edit")
        yield f"{at}page stage / Hugo", "≥ 0.8", told, ours >= 0.8 * hugo
        yield f"{at}one edit, beside Hugo's", "less", f"{seconds:.1f} / {again:.1f} s", seconds < again
    if size == PEAK[0]:
        most = max(found["costs"]["cold"]["megabytes"])
        yield f"{at}largest process", f"≤ {PEAK[1]} MB", f"{most:.0f} MB", most <= PEAK[1]


def _costs(builds: dict[int, Found]) -> Iterator[str]:
    for size, found in builds.items():
        kept = f"{found['pages']} pages, {found['files']} files, {found['megabytes']} MB"
        yield from (f"## {size} evaluations: {kept}", "")
        on = f" Files on {found['disk']}." if found.get("disk") else ""
        yield f"Rounds: {found['rounds']}. Load of the machine: {found['load'][0]:.1f} to {found['load'][1]:.1f}.{on}"
        yield ""
        rows = [(WAYS[way], *_cost(found, way)) for way in WAYS if way in found["costs"]]
        yield from _table(("build", "s", "least", "most", "processor s", "MB", "pages/s"), rows)


        yield from ("Where the time of ours goes, s:", "")
        yield from _stages(found["stages"])


def _stages(stages: dict[str, dict[str, float]]) -> Iterator[str]:
    known = dict.fromkeys(name for taken in stages.values() for name in taken)
    rows = [(STAGES[name], *(f"{taken.get(name, 0):.1f}" for taken in stages.values())) for name in known]
    yield from _table(("stage", *(WAYS[way].removeprefix("ours, ") for way in stages)), rows)


def _cost(found: Found, way: str) -> tuple[str, ...]:
    cost = found["costs"][way]
    seconds, middle = cost["seconds"], _seconds(found, way)
    whole = f"{found['pages'] / middle:.0f}" if way in ("cold", "mkdocs", "properdocs", "hugo") else ""
    processor = statistics.median(cost["processor"])
    return (f"{middle:.1f}", f"{min(seconds):.1f}", f"{max(seconds):.1f}", f"{processor:.1f}",
            f"{max(cost['megabytes']):.0f}", whole)  # fmt: skip


def _growth(builds: dict[int, Found]) -> Iterator[str]:
    yield from ("## Growth", "", "Cost ∝ pages^exponent, fitted over all sizes above.", "")
    yield from _table(("what", "exponent"), [(what, f"{of:.2f}") for what, of in _exponents(builds).items()])
    yield from ("![Seconds by pages, both logarithmic](growth.svg)", "")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    yield ""


# Figures ------------------------------------------------------------------------------------------------------------


def page_stage(found: Found) -> float:
    """Seconds from Markdown on disk to finished pages on disk, in a cold build."""
    return sum(found["stages"]["cold"].get(name, 0.0) for name in PAGE_STAGE)


def _seconds(found: Found, way: str) -> float:
    return statistics.median(found["costs"][way]["seconds"])


def _ratio(found: Found, way: str, to: str) -> float:
    """The median of the ratios of each round: what was measured in turn is compared in turn."""
    pairs = zip(found["costs"][way]["seconds"], found["costs"][to]["seconds"], strict=True)
    return statistics.median(one / other for one, other in pairs)


def _exponents(builds: dict[int, Found]) -> dict[str, float]:
    """How each cost grows with the pages, where at least three sizes tell."""
    found: dict[str, float] = {}
    for way in DRAWN:
        sizes = [each for each in builds.values() if way in each["costs"]]
        if len(sizes) > 2:
            found[f"{WAYS[way]}: time"] = _exponent(sizes, [_seconds(each, way) for each in sizes])
            found[f"{WAYS[way]}: memory"] = _exponent(sizes, [max(each["costs"][way]["megabytes"]) for each in sizes])
    return found


def _exponent(sizes: Sequence[Found], costs: Sequence[float]) -> float:
    pages, logs = [math.log(each["pages"]) for each in sizes], [math.log(cost) for cost in costs]
    return statistics.linear_regression(pages, logs).slope


def _chart(builds: dict[int, Found]) -> altair.Chart:
    """Seconds by pages."""
    points = [
        {"pages": found["pages"], "seconds": _seconds(found, way), "build": WAYS[way]}
        for found in builds.values() for way in DRAWN if way in found["costs"]
    ]  # fmt: skip
    axis = {"scale": altair.Scale(type="log"), "axis": altair.Axis(format="~s")}
    return altair.Chart(altair.Data(values=points), width=560, height=320).mark_line(point=True).encode(
        x=altair.X("pages:Q", **axis), y=altair.Y("seconds:Q", **axis), color=altair.Color("build:N", sort=None),
    )  # fmt: skip


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores, {platform.machine()}, {memory:.0f} GB, {platform.system()}"


def _versions() -> str:
    found = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    if program := shutil.which("hugo"):
        told = subprocess.run([program, "version"], capture_output=True, encoding="utf-8", check=True).stdout
        found.append(f"Hugo {told.split()[1].removeprefix('v').partition('-')[0]}")
    return ", ".join(found)
