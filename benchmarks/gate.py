"""What the gate costs: pages a second, and what is left when nothing has changed.

The pages are those of the site, laid out as often as it takes; run `make site` first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.publish import Gate, Held, policy_in_page

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site"
COPIES = (1, 8)
"""How often the site is laid out: as it is, and as large as an archive of 500 evaluations."""
HEAD = ("Gate", "pages", "kB each", "files", "s", "pages/s", "at least", "processor, s", "nothing new, s")
LIMIT = 1000


def rows(_: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
    """One row for each size; none where no site is built."""
    for copies in COPIES if SITE.is_dir() else ():
        with tempfile.TemporaryDirectory() as folder:
            yield _row(copies, Path(folder))


def _row(copies: int, folder: Path) -> tuple[str, ...]:
    site = folder / "site"
    shutil.copytree(SITE.resolve(), site)
    for copy in range(1, copies):
        # Below assets/, where scripts may lie.
        shutil.copytree(SITE.resolve(), site / f"assets/copy-{copy}")
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    files = sum(path.is_file() for path in site.rglob("*"))
    gate = Gate(policy_in_page(ROOT / "mkdocs.yml"))
    held = {path.relative_to(site).as_posix(): Held(path, "") for path in site.rglob("*") if path.is_file()}
    (whole, processor), (again, _) = (_seconds(gate, held) for _ in range(2))
    return (f"the site × {copies}", str(len(pages)), f"{sum(pages) / len(pages) / 1000:.1f}", str(files),
            f"{whole:.2f}", f"{len(pages) / whole:.0f}", str(LIMIT), f"{processor:.2f}", f"{again:.2f}")


def _seconds(gate: Gate, files: dict[str, Held]) -> tuple[float, float]:
    """By the clock, and of processor time, that of helping processes included."""
    start = os.times()
    assert gate.faults(files) == []
    end = os.times()
    return end.elapsed - start.elapsed, sum(end[:4]) - sum(start[:4])
