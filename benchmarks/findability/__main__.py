"""`python -m benchmarks.findability`: asks every engine, prints tables, and with `--keep DATE` keeps the figures."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.findability import (
    CLASSES,
    FIGURES,
    HELD_OUT,
    QUERIES,
    ROOT,
    Ranked,
    figures,
    invented,
    keep,
    kept_runs,
    others,
    ours,
    queries,
    told_of,
)
from generator.addresses import address
from generator.load import load
from generator.model import Archive
from generator.search import Reader, records, unkept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", metavar="DATE", help="keep answers and figures, told with this date (2026-11-24)")
    chosen, archive = parser.parse_args(), load(ROOT / "evaluations").archive
    runs = _runs(archive, [query.text for path in (QUERIES, HELD_OUT) for query in queries(path)])
    made = invented.archive()
    asked = invented.queries(made)
    more = {name: figures(asked, run) for name, run in _runs(made, [query.text for query in asked]).items()}
    tables = {"real": told_of(QUERIES, runs)["engines"], "held out": told_of(HELD_OUT, runs)["engines"]}
    print(*(_table(name, told) for name, told in (tables | {"invented": more}).items()), sep="\n\n")
    if chosen.keep:
        before = yaml.safe_load(FIGURES.read_text(encoding="utf-8")).get("invented", {"engines": {}})
        told = {"records": invented.EXAMPLES, "queries": len(asked), "engines": before["engines"] | more}
        keep(kept_runs() | runs, told, chosen.keep, len(records(archive, address, Reader(unkept))))


def _runs(archive: Archive, asked: Sequence[str]) -> dict[str, Ranked]:
    """The answers of each engine; without npm only our own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        runs = {"ours": ours.ranked(archive, asked, folder / "ours")}
        if not others.installed(folder):
            print("npm could not be reached: lunr and Pagefind were left out.")
            return runs
        runs |= {f"lunr_{language}": others.lunr(archive, asked, folder, language) for language in ("sv", "multi")}
        return runs | {"pagefind": others.pagefind(archive, asked, folder)}


def _table(title: str, engines: Mapping[str, Mapping[str, Any]]) -> str:
    """nDCG@10, recall@5 and the share without a hit, by engine and class."""
    kinds = [kind for kind in ("all", *CLASSES) if kind in next(iter(engines.values()))]
    rows = [f"{title:12}" + "".join(f"{kind:>18}" for kind in kinds)]
    for name, told in engines.items():
        cells = (f"{told[kind]['ndcg']:.3f} {told[kind]['recall']:.2f} {told[kind]['zero']:.2f}" for kind in kinds)
        rows.append(f"{name:12}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(rows)


if __name__ == "__main__":
    main()
