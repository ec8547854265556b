"""How well the search finds: queries and graded answers on the real data, and the arithmetic of ranked lists.

`queries.yml` was written before any ranking was measured, `held_out.yml` before it was tuned. `runs.json` holds what
each engine answered, and `docs/om/sokkvalitet.yml` the figures that follow; the site shows them at `/om/sokkvalitet/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUERIES, HELD_OUT = HERE / "queries.yml", HERE / "held_out.yml"
RUNS = HERE / "runs.json"
FIGURES = ROOT / "docs" / "om" / "sokkvalitet.yml"
CLASSES = ("sv", "nb", "nn", "inflected", "part", "folded", "typo", "two_words", "concept")
SHOWN, FEW = 10, 5

Ranked = Mapping[str, Sequence[str]]
"""The ten first record ids by query."""


@dataclass(frozen=True)
class Query:
    """What somebody types, its class, and the grades (1-3) of the records that answer it; all others are 0."""

    text: str
    kind: str
    grades: Mapping[str, int]


def queries(path: Path = QUERIES) -> list[Query]:
    """Every query in the order of the file."""
    return [
        Query(text, kind, _grades(need))
        for need in _needs(path)
        for kind, texts in need["queries"].items()
        for text in texts
    ]


@cache
def _needs(path: Path) -> list[dict[str, Any]]:
    needs: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["needs"]
    return needs


def _grades(need: Mapping[str, Any]) -> dict[str, int]:
    """The judgement of a need: its own, or that of the need in `queries.yml` that it names."""
    judged = need["judged"]
    if isinstance(judged, str):
        judged = next(other["judged"] for other in _needs(QUERIES) if other["id"] == judged)
    return {record: grade for grade, records in judged.items() for record in records}


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """The gain 2^grade - 1, discounted by place, of the ten first, as a share of the best that could be."""
    best = sorted(grades.values(), reverse=True)[:SHOWN]
    return _gain([grades.get(record, 0) for record in ranked[:SHOWN]]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """How many of the best answers (grade 2 and 3, else all) stand among the five first, of those that could."""
    wanted = {record for record, grade in grades.items() if grade >= 2} or set(grades)
    return len(wanted.intersection(ranked[:FEW])) / min(len(wanted), FEW)


def figures(asked: Sequence[Query], ranked: Ranked) -> dict[str, dict[str, float]]:
    """nDCG@10, recall@5 and the share without any hit, for all queries and for each class."""
    groups = {"all": asked, **{kind: [query for query in asked if query.kind == kind] for kind in CLASSES}}
    return {kind: _figures(group, ranked) for kind, group in groups.items() if group}


def _figures(asked: Sequence[Query], ranked: Ranked) -> dict[str, float]:
    count = len(asked)
    return {
        "queries": count,
        "ndcg": round(sum(ndcg(ranked[query.text], query.grades) for query in asked) / count, 3),
        "recall": round(sum(recall(ranked[query.text], query.grades) for query in asked) / count, 3),
        "zero": round(sum(not ranked[query.text] for query in asked) / count, 3),
    }


def kept_runs(path: Path = RUNS) -> dict[str, Ranked]:
    """The committed answers by engine: records are numbered in the file, to keep it small."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    ids: list[str] = kept["records"]
    return {name: {query: [ids[at] for at in found] for query, found in run.items()}
            for name, run in kept["engines"].items()}  # fmt: skip


def keep(runs: Mapping[str, Ranked], invented: Mapping[str, Any], date: str, records: int) -> None:
    """Write the answers and the figures that follow from them; `invented` holds those on invented records."""
    ids = sorted({record for run in runs.values() for found in run.values() for record in found})
    number = {record: at for at, record in enumerate(ids)}
    engines = {name: {query: [number[record] for record in found] for query, found in run.items()}
               for name, run in runs.items()}  # fmt: skip
    RUNS.write_text(_lines({"records": ids, "engines": engines}), encoding="utf-8")
    told = {"date": date, "records": records, **told_of(QUERIES, runs), "held_out": told_of(HELD_OUT, runs)}
    head = "# Made by `python -m benchmarks.findability`; the page /om/sokkvalitet/ shows it.\n"
    body = yaml.safe_dump(told | {"invented": dict(invented)}, sort_keys=False, default_flow_style=None, width=110)
    FIGURES.write_text(head + body, encoding="utf-8")


def told_of(path: Path, runs: Mapping[str, Ranked]) -> dict[str, Any]:
    """How many queries a list has, and the figures of each engine on it."""
    asked = queries(path)
    return {"queries": len(asked), "engines": {name: figures(asked, run) for name, run in runs.items()}}


def _lines(content: dict[str, Any]) -> str:
    """JSON with a line for each query, so that a diff can be read."""
    engines = ",\n".join(
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"{json.dumps(query, ensure_ascii=False)}: {json.dumps(found)}" for query, found in run.items())
        + "}"
        for name, run in content["engines"].items()
    )
    return f'{{"records": {json.dumps(content["records"], indent=0)},\n"engines": {{\n{engines}}}}}\n'
