"""How well the search finds: queries on real records, figures that follow, and a search that does not get worse."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.findability import (
    CLASSES,
    FIGURES,
    HELD_OUT,
    QUERIES,
    ROOT,
    Query,
    invented,
    kept_runs,
    ndcg,
    ours,
    queries,
    recall,
    told_of,
)
from generator.addresses import address
from generator.load import load
from generator.model import Archive
from generator.pages import with_figures
from generator.search import Reader, records, unkept

ALLOWED = 0.01
"""By so much a figure may fall: new records move old ones."""


@cache
def archive() -> Archive:
    return load(ROOT / "evaluations").archive


def told_figures() -> dict[str, Any]:
    figures: dict[str, Any] = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))
    return figures


def everything() -> list[Query]:
    return queries() + queries(HELD_OUT)


def test_every_judged_record_is_there():
    known = {record.id for record, _ in records(archive(), address, Reader(unkept))}

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
    told = told_figures()

    assert {"queries": told["queries"], "engines": told["engines"]} == told_of(QUERIES, kept_runs())
    assert told["held_out"] == told_of(HELD_OUT, kept_runs())


def test_what_is_asked_of_invented_examples_is_the_same_every_time():
    archive = invented.archive()

    assert invented.queries(archive) == invented.queries(archive)
    assert len(invented.queries(archive)) == told_figures()["invented"]["queries"]


def test_the_page_shows_each_engine_and_class():
    told = told_figures()
    page = with_figures(FIGURES.with_suffix(".md").read_text(encoding="utf-8"), told, "sv")

    assert "<!--" not in page
    assert len(re.findall(r"<tr>", page)) == 4 * (2 + len(CLASSES)) + 2 + len(invented.MADE)
    ours_sv = told["engines"]["ours"]["sv"]["ndcg"]
    row = next(line for line in page.splitlines() if f">Svenska ({told['engines']['ours']['sv']['queries']})" in line)
    assert f'<td class="k-num">{ours_sv:.2f}</td>'.replace(".", ",") in row


def test_the_search_finds_no_worse_than_the_figures_that_are_published(tmp_path: Path):
    """If it finds better, run `python -m benchmarks.findability --keep DATE` and commit what it writes."""
    now = {"ours": ours.ranked(archive(), [query.text for query in everything()], tmp_path / "site")}
    fallen = {
        (path.stem, kind): (kept["ndcg"], told["ndcg"])
        for path in (QUERIES, HELD_OUT)
        for kind, kept in told_of(path, kept_runs())["engines"]["ours"].items()
        if (told := told_of(path, now)["engines"]["ours"][kind])["ndcg"] < kept["ndcg"] - ALLOWED
    }

    assert fallen == {}
