"""What we lay side by side, rank and follow up: only what compares, and with what it rests on."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_analysis import ARCHIVES, archive, evaluation, evaluations, of_points

from generator import analysis
from generator.analysis import PeerRule, Value
from generator.analysis.rounding import direction, printed_result
from generator.model import Action, Archive, Evaluation, Municipality, QuestionResult

UNRELATED = "unrelated"
EIGHT = (50, 60, 70, 40, 55, 65, 45, 52)


def full(municipality: str = "a", edition: str = "2015", year: int = 2016, **data: Any) -> Evaluation:
    return evaluation(municipality, year, edition, **{"total": 437, "areas": of_points(*EIGHT), **data})


# Side by side -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ground", "reason"),
    [
        (full(), full("b"), "areas", ""),
        (full(), full("b", "2010"), "areas", ""),
        (full(), full("b", areas=of_points(1, 2, 3, 4)), "some areas", "not printed"),
        (full(), full("b", areas={}), "total", "not printed"),
        (full(), full("b", "2020"), "total", "editions"),
        (full(), full("b", "unknown"), "total", "edition unknown"),
        (full(), full("b", "2002"), "nothing", "editions"),
        (full(), full("b", areas={}, total=None), "nothing", "not printed"),
    ],
)
def test_a_comparison_says_what_it_rests_on(one: Evaluation, other: Evaluation, ground: str, reason: str):
    found = analysis.comparison(one, other, archive(one, other))

    assert (ground, reason) == (found.ground, found.reason)


def test_a_total_that_was_not_printed_is_our_sum_and_says_so():
    found = analysis.comparison(full(), full("b", total=None), archive())

    assert found.totals is not None
    assert (analysis.Total(437, False), analysis.Total(437, True)) == found.totals


def test_differences_stand_by_size():
    found = analysis.comparison(full(), full("b", areas=of_points(51, 20, 70, 70)), archive())

    assert [(2, 40), (4, -30), (1, -1), (3, 0)] == [(row.area, row.difference) for row in found.by_size]


@given(ARCHIVES)
def test_no_comparison_joins_what_the_editions_keep_apart(found: Archive):
    for one in found.evaluations:
        for other in found.evaluations:
            beside = analysis.comparison(one, other, found)
            level = analysis.relation(found.editions, one.edition, other.edition).level
            assert not beside.areas or level in ("same", "note")
            assert not beside.questions or (one.edition == other.edition != "unknown")
            assert beside.totals is None or level != "none"


@given(ARCHIVES)
def test_a_comparison_turned_round_is_the_same_with_the_other_sign(found: Archive):
    for one in found.evaluations:
        for other in found.evaluations:
            there, back = analysis.comparison(one, other, found), analysis.comparison(other, one, found)
            assert (there.ground, there.reason) == (back.ground, back.reason)
            assert [row.difference for row in there.compared] == [-(row.difference or 0) for row in back.compared]


# Within rounding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(50, 52, "more"), (50, 51, "unchanged"), (50, 50, "unchanged"), (50, 48, "fewer")]
)
def test_a_change_within_rounding_is_unchanged(before: int, after: int, expected: str):
    assert expected == analysis.step(before, after, 100)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_change_is_told_only_if_it_holds_for_every_score_behind_the_figures(before: int, after: int):
    low, high = (Fraction(value, 10) for value in (before, after))
    found = analysis.step(round(low), round(high), 100)

    assert found == "unchanged" or (found == "more") == (high > low)


def test_a_percent_is_finer_than_points_and_narrows_them():
    before, after = (printed_result(QuestionResult(points=9, maximum=40, percent=percent), 40) for percent in (22, 23))
    assert before is not None
    assert after is not None

    assert "unchanged" == direction(before, after)
    assert "more" == direction(before, printed_result(QuestionResult(percent=25), 40) or before)


def test_points_and_percent_that_contradict_say_nothing():
    assert None is printed_result(QuestionResult(points=1, percent=90), 10)


def test_printed_changes_stand_beside_derived_ones():
    before = full(total=254, year=2013, edition="2010")
    after = full(total=396, year=2017, edition="2010", printed_changes=[{"since": 2013, "total": 139}])
    found = analysis.change(before, after, archive(before, after))

    assert found.printed is not None
    assert (142, 139, "more") == (found.total, found.printed.total, found.direction)


# Ranks and spread ---------------------------------------------------------------------------------------------------

VALUES = st.lists(st.integers(0, 100), max_size=12).map(
    lambda points: [Value(evaluation(f"m{n}", areas={}), value) for n, value in enumerate(points)]
)


@given(VALUES)
def test_a_ranking_is_a_permutation_and_equal_points_share_a_place(values: list[Value]):
    ranked = analysis.ranking(values)
    by_points = {value.points: {r.place for r in ranked if r.value.points == value.points} for value in values}

    assert sorted(v.evaluation.slug for v in values) == sorted(r.value.evaluation.slug for r in ranked)
    assert all(len(places) == 1 for places in by_points.values())
    assert [r.place for r in ranked] == sorted(r.place for r in ranked)


@given(VALUES, st.integers(0, 99))
def test_a_ranking_does_not_depend_on_the_order_of_its_values(values: list[Value], seed: int):
    shuffled = list(values)
    random.Random(seed).shuffle(shuffled)

    assert analysis.ranking(values) == analysis.ranking(shuffled)


@given(VALUES)
def test_quartiles_rest_on_five_values_or_are_not_given(values: list[Value]):
    found = analysis.quartiles(values)

    assert (found is None) == (len(values) < 5)
    if found:
        points = sorted(value.points or 0 for value in values)
        assert points[0] <= found.low <= found.median <= found.high <= points[-1]
        assert len(found.values) == len(values)
        assert sum(value <= found.median for value in points) * 2 >= len(points)


def test_the_median_lies_between_two_middle_values():
    values = [Value(evaluation(f"m{n}"), points) for n, points in enumerate((10, 20, 30, 41, 50, 60))]
    found = analysis.quartiles(values)

    assert found is not None
    assert (Fraction(45, 2), Fraction(71, 2), Fraction(191, 4)) == (found.low, found.median, found.high)


# Peers --------------------------------------------------------------------------------------------------------------


def with_places(found: Archive, **populations: int | None) -> Archive:
    places = {
        slug: Municipality(country="se", slug=slug, code="1", name=slug, county=f"län {slug[:1]}", population=number)
        for slug, number in populations.items()
    }
    return found.model_copy(update={"municipalities": places})


def peers_of(found: Archive, **rule: bool) -> list[str]:
    return [e.slug for e in analysis.peers(found.evaluations[0], found, PeerRule(**rule)).evaluations]


def test_peers_are_the_newest_comparable_evaluation_of_each_like_municipality():
    made = archive(full(), full("b", year=2014), full("b", year=2018), full("c"), full("d", "2020"), full("e"))
    found = with_places(made, a=1000, b=1300, c=1301, d=1000, e=None)

    assert ["b-2018"] == peers_of(found)
    assert ["b-2018", "c-2016", "e-2016"] == peers_of(found, size=False)
    assert ["b-2018", "c-2016", "d-2016", "e-2016"] == peers_of(found, size=False, areas=False)
    assert [] == peers_of(found, county=True)


def test_size_is_not_asked_for_where_the_own_population_is_unknown():
    found = with_places(archive(full(), full("b")), a=None, b=5)

    assert ["b-2016"] == peers_of(found)
    assert not analysis.peers(found.evaluations[0], found).size_known


def test_few_peers_are_said_to_be_few():
    found = with_places(archive(full(), *(full(slug) for slug in "bcdef")), **dict.fromkeys("abcdef", 100))

    assert not analysis.peers(found.evaluations[0], found).too_few
    assert analysis.peers(found.evaluations[0], with_places(archive(*found.evaluations[:5]))).too_few


@given(ARCHIVES)
def test_no_peer_is_of_an_edition_that_does_not_compare(found: Archive):
    for one in found.evaluations:
        for areas in (True, False):
            for peer in analysis.peers(one, found, PeerRule(areas=areas, size=False)).evaluations:
                level = analysis.relation(found.editions, one.edition, peer.edition).level
                assert level in (("same", "note") if areas else ("same", "note", "total"))
                assert peer.municipality != one.municipality


@given(ARCHIVES, evaluations(UNRELATED))
def test_an_unrelated_municipality_changes_nobodys_follow_up_or_targets(found: Archive, more: list[Evaluation]):
    larger = archive(*found.evaluations, *more, averages=found.averages)
    before = [pair for pair in analysis.pairs(larger) if pair.before.municipality != UNRELATED]

    assert before == analysis.pairs(found)


# Did the advice help ------------------------------------------------------------------------------------------------


def advised(**data: Any) -> Evaluation:
    areas = of_points(*EIGHT)
    areas[1] |= {"improvements": [{"id": "x", "text": "Återkoppla.", "question": "1.4", **data}]}
    areas[1] |= {"questions": {"1.4": {"points": 9, "maximum": 40, "percent": 22}}}
    models = [{"municipality": "b", "area": 1, "about": "dialog"}, {"municipality": "c", "area": 2, "about": "annat"}]
    return full(areas=areas, role_models=models)


def test_an_improvement_is_followed_by_the_change_of_its_question_and_area():
    areas = of_points(*EIGHT)
    areas[1] = {"points": 58, "questions": {"1.4": {"points": 9, "maximum": 40, "percent": 22}}}
    (found,) = analysis.follow_up(advised(), full(year=2018, areas=areas), archive())

    assert found.area is not None
    assert found.question is not None
    assert (8, "more", "unchanged") == (found.area.difference, found.area.direction, found.question.direction)
    assert "unchanged" == found.direction
    assert ["b"] == [model.municipality for model in found.role_models]


def test_what_does_not_compare_is_followed_by_nothing():
    made = archive(advised(), full(edition="2020", year=2021))
    (pair,) = analysis.pairs(made)

    assert [None] == [each.direction for each in pair.followed]
    assert [] == analysis.countable([pair])


@given(ARCHIVES)
def test_no_follow_up_tells_a_change_between_editions_that_do_not_compare(found: Archive):
    for pair in analysis.pairs(found):
        level = analysis.relation(found.editions, pair.before.edition, pair.after.edition).level
        assert level in ("same", "note") or not pair.known


def action(**data: Any) -> Action:
    return Action.model_validate({"what": "Ett beslut", **data})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "unreported"),
        ({"by": "2020"}, "unreported"),
        ({"by": "2020", "state": "underway"}, "overdue"),
        ({"by": "2026", "state": "underway"}, "underway"),
        ({"by": "2026-11", "state": "planned"}, "planned"),
        ({"by": "2026-11-22", "state": "planned"}, "overdue"),
        ({"by": "2020", "state": "done"}, "done"),
        ({"by": "2020", "state": "dropped"}, "dropped"),
    ],
)
def test_overdue_and_unreported_are_told_apart(data: dict[str, Any], expected: str):
    assert expected == analysis.report(action(**data), archive(full()))


def test_the_archive_speaks_of_the_last_day_a_source_was_read():
    made = archive(full())

    assert date(2026, 11, 23) == analysis.as_of(made)
    assert 10 == analysis.age(made.evaluations[0], made)
    assert None is analysis.as_of(archive())


def test_a_target_is_held_against_the_total_of_its_year_if_that_compares():
    aims = [{"year": year, "total": 300, "text": "Ett mål."} for year in (2016, 2018, 2021)] + [
        {"total": 500, "text": "En gång."}
    ]
    known = [full(targets=aims), full(year=2018, total=290), full(year=2021, edition="2020", total=600)]
    found = analysis.targets(known, archive(*known))

    assert [True, False, None, None] == [outcome.reached for outcome in found]


# Role models --------------------------------------------------------------------------------------------------------


def test_role_models_are_counted_once_an_evaluation_and_out_of_those_that_name_any():
    twice = [{"municipality": "x", "area": n, "about": "dialog"} for n in (1, 2)]
    made = archive(full(role_models=twice), full("b", role_models=twice[:1]), full("c"))
    found = analysis.named("x", made)

    assert found is not None
    assert (2, 2, (1, 2)) == (found.evaluations, found.out_of, found.areas)
    assert None is analysis.named("a", made)
