"""How well the search finds: queries on real records, figures that follow, and a search that does not get worse."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from benchmarks.findability import (
    CLASSES,
    FIGURES,
    HELD_OUT,
    QUERIES,
    ROOT,
    Query,
    figures,
    kept_runs,
    ndcg,
    ours,
    queries,
    recall,
)
from generator.addresses import address
from generator.load import load
from generator.model import Archive
from generator.pages import with_figures
from generator.search import reader, records, unkept

ALLOWED = 0.01
"""By so much a figure may fall: new records move old ones."""


@cache
def archive() -> Archive:
    return load(ROOT / "evaluations").archive


def everything() -> list[Query]:
    return queries() + queries(HELD_OUT)


def test_every_judged_record_is_there():
    known = {record.id for record, _ in records(archive(), address, reader(unkept))}

    assert {record for query in everything() for record in query.grades} - known == set()


@pytest.mark.parametrize("path", [QUERIES, HELD_OUT])
def test_the_queries_are_many_in_every_class(path: Path):
    asked = queries(path)
    kinds = Counter(query.kind for query in asked)

    assert len(asked) >= 120
    assert set(kinds) == set(CLASSES) and min(kinds.values()) >= 10
    assert {grade for query in asked for grade in query.grades.values()} == {1, 2, 3}


def test_no_query_stands_twice():
    assert [text for text, count in Counter(query.text for query in everything()).items() if count > 1] == []


def test_the_best_order_is_worth_one_and_every_slip_costs():
    grades = {"a": 3, "b": 2, "c": 1}

    assert ndcg(["a", "b", "c"], grades) == 1
    assert ndcg(["x", "a", "b"], grades) < ndcg(["b", "a", "c"], grades) < 1
    assert ndcg([], grades) == 0
    assert ndcg(["x", "a"], {"a": 3}) == pytest.approx(0.6309, abs=0.0001)


def test_recall_is_of_the_best_answers_that_five_places_can_hold():
    assert recall(["a", "x", "b"], {"a": 3, "b": 2, "c": 1}) == 1
    assert recall(["x", "c"], {"c": 1}) == 1
    assert recall(["1", "2", "x", "x", "x"], {str(n): 3 for n in range(8)}) == 0.4


def test_the_figures_on_the_site_follow_from_the_kept_answers():
    told = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))

    assert told["queries"] == len(queries())
    assert told["engines"] == {name: figures(queries(), run) for name, run in kept_runs().items()}


def test_the_page_shows_each_engine_and_class():
    told = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))
    page = with_figures(FIGURES.with_suffix(".md").read_text(encoding="utf-8"), told, "sv")

    assert "<!--" not in page
    assert len(re.findall(r"<tr>", page)) == 3 * (2 + len(CLASSES))
    ours_sv = told["engines"]["ours"]["sv"]["ndcg"]
    row = next(line for line in page.splitlines() if ">Svenska (" in line)
    assert f'<td class="k-num">{ours_sv:.2f}</td>'.replace(".", ",") in row


def test_the_search_finds_no_worse_than_the_figures_that_are_published(tmp_path: Path):
    """If it finds better, run `python -m benchmarks.findability --keep DATE` and commit what it writes."""
    asked = queries()
    now = figures(asked, ours.ranked(archive(), [query.text for query in asked], tmp_path / "site"))
    kept = figures(asked, kept_runs()["ours"])

    fallen = {kind: (kept[kind]["ndcg"], now[kind]["ndcg"]) for kind in kept
              if now[kind]["ndcg"] < kept[kind]["ndcg"] - ALLOWED}  # fmt: skip
    assert fallen == {}
