"""`python -m benchmarks.findability`: asks every engine, prints a table, and with `--keep DATE` keeps the figures."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.findability import CLASSES, ROOT, Ranked, figures, keep, kept_runs, others, ours, queries
from generator.addresses import address
from generator.load import load
from generator.model import Archive
from generator.search import reader, records, unkept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", metavar="DATE", help="keep answers and figures, told with this date (2026-11-24)")
    chosen, archive = parser.parse_args(), load(ROOT / "evaluations").archive
    runs = _runs(archive)
    print(_table(runs))
    if chosen.keep:
        count = len(records(archive, address, reader(unkept)))
        keep(kept_runs() | runs if len(runs) == 1 else runs, chosen.keep, count)


def _runs(archive: Archive) -> dict[str, Ranked]:
    """The answers of each engine; without npm only our own."""
    asked = [query.text for query in queries()]
    with TemporaryDirectory() as name:
        folder = Path(name)
        runs = {"ours": ours.ranked(archive, asked, folder / "ours")}
        if not others.installed(folder):
            print("npm could not be reached: lunr and Pagefind were left out.")
            return runs
        runs |= {f"lunr_{language}": others.lunr(archive, asked, folder, language) for language in ("sv", "multi")}
        return runs | {"pagefind": others.pagefind(archive, asked, folder)}


def _table(runs: Mapping[str, Ranked]) -> str:
    asked = queries()
    rows = ["{:12}{}".format("", "".join(f"{kind:>18}" for kind in ("all", *CLASSES)))]
    for name, run in runs.items():
        told = figures(asked, run)
        cells = (f"{told[kind]['ndcg']:.3f} {told[kind]['recall']:.2f} {told[kind]['zero']:.2f}" for kind in told)
        rows.append(f"{name:12}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(rows)


if __name__ == "__main__":
    main()
