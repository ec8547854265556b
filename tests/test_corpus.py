"""The invented archives that builds are measured on: as lifelike as they say, and nothing that exists."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.prose import prose
from generator.checks import check
from generator.load import Loaded, load

EVALUATIONS = Path(__file__).parent.parent / "evaluations"
SIZE = 60


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("corpus")
    corpus.write(folder, SIZE)
    return load(folder)


def test_an_invented_archive_has_no_error_and_as_many_evaluations_as_were_asked_for(loaded: Loaded):
    problems = [*loaded.problems, *check(loaded.archive, loaded.places, date(2026, 11, 23))]

    assert [] == [problem for problem in problems if problem.severity == "error"]
    assert SIZE == len(loaded.archive.evaluations)


def test_it_holds_every_edition_and_every_degree_of_completeness_and_repeats(loaded: Loaded):
    every = loaded.archive.evaluations
    asked = [one for one in every if any(area.questions for area in one.areas.values())]
    areas = [one for one in every if one.areas and not any(area.summary for area in one.areas.values())]

    assert {"2002", "2010", "2015", "2020"} <= {one.edition for one in every}
    assert asked and areas
    assert [one for one in every if one.total and not one.areas]
    assert [one for one in every if one.total is None and not one.areas]
    assert max(len(one.previous or ()) for one in every) > 1
    assert {"sv", "nb"} == {one.language for one in every}


def test_no_invented_municipality_exists(loaded: Loaded):
    real = load(EVALUATIONS, [EVALUATIONS / "se/enkoping/2016.yml"]).archive.municipalities
    invented = [*corpus.names("se"), *corpus.names("no")]

    assert set() == {corpus.slug(name) for name in invented} & real.keys()
    assert len(set(map(corpus.slug, invented))) == len(invented) >= corpus.MOST


def test_it_is_the_same_for_the_same_seed_and_another_for_another(tmp_path: Path):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        corpus.write(tmp_path / name, 5, seed)

    assert _texts(tmp_path / "one") == _texts(tmp_path / "same") != _texts(tmp_path / "other")


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*.*"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_invented_prose_has_few_words_that_come_often_and_many_that_are_rare():
    said = prose("sv").said(random.Random(1), 125_000)
    commonest = {*prose("sv").words[:60]}

    assert 0.38 < sum(word in commonest for word in said) / len(said) < 0.5
    assert 22_000 < len(set(said)) < 28_000
