"""What we compute: comparability decides what may stand beside what, and nothing joins what the editions keep apart."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import analysis
from generator.analysis import UNKNOWN, by_area, new_structure_between, relation
from generator.model import AREAS, Archive, Average, Edition, Evaluation

SOURCE = {"title": "Påhittad rapport", "read": "2026-11-23"}
COMPARABLE = {
    "2002": {},
    "2010": {"2002": "none"},
    "2015": {"2010": "note"},
    "2020": {"2015": "total", "2010": "total"},
}


def edition(identity: str) -> Edition:
    areas = {n: {"about": {"sv": "Påhittat."}} for n in AREAS}
    beside = {
        other: {"level": level, "why": {"sv": f"{identity}, {other}"}} for other, level in COMPARABLE[identity].items()
    }
    return Edition.model_validate(
        {"id": identity, "since": int(identity), "about": {"sv": "Påhittad."}, "areas": areas, "comparable": beside}
    )


EDITIONS = {identity: edition(identity) for identity in COMPARABLE}


def evaluation(
    municipality: str = "sagovik", year: int | None = 2016, edition: str = "2015", **data: Any
) -> Evaluation:
    identity = {"municipality": municipality, "year": year, "edition": edition, "country": "se", "language": "sv"}
    return Evaluation.model_validate({**identity, "sources": [SOURCE], **data})


def of_points(*points: int | None) -> dict[int, Any]:
    return {n: {"points": value} for n, value in enumerate(points, 1) if value is not None}


def average(date: str, edition: str = "2010", country: str = "se", total: int | None = 440, **data: Any) -> Average:
    identity = {"id": f"{country}-{date}", "country": country, "edition": edition, "date": date, "total": total}
    return Average.model_validate({**identity, "basis": {"sv": "Alla."}, "source": SOURCE, **data})


def archive(*evaluations: Evaluation, averages: tuple[Average, ...] = ()) -> Archive:
    """As the loader orders it: by municipality and year, those without a year last."""
    ordered = sorted(evaluations, key=lambda e: (e.country, e.municipality, e.year is None, e.year or 0))
    return Archive(municipalities={}, editions=EDITIONS, topics={}, averages=averages, evaluations=tuple(ordered))


def runs(*evaluations: Evaluation) -> list[list[int | None]]:
    """The years of each run of a trend."""
    found = analysis.trend(evaluations, archive(*evaluations)).runs
    return [[point.evaluation.year for point in run] for run in found]


# Comparability ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2015", "2015", "same"),
        ("2015", "2010", "note"),
        ("2020", "2015", "total"),
        ("2010", "2002", "none"),
        ("2015", "2002", "none"),
        ("2020", UNKNOWN, "total"),
        (UNKNOWN, UNKNOWN, "total"),
        ("2015", "1999", "none"),
    ],
)
def test_editions_compare_as_far_as_is_declared_in_either_order(one: str, other: str, expected: str):
    assert expected == relation(EDITIONS, one, other).level == relation(EDITIONS, other, one).level


def test_a_relation_says_why():
    assert {"sv": "2015, 2010"} == relation(EDITIONS, "2010", "2015").why
    assert {} == relation(EDITIONS, "2015", "2015").why


@pytest.mark.parametrize(("level", "expected"), [("same", True), ("note", True), ("total", False), ("none", False)])
def test_areas_stand_beside_each_other_within_one_structure(level: Any, expected: bool):
    assert expected == by_area(level)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (2016, 2018, False),
        (2014, 2016, False),
        (2019, 2020, True),
        (2020, 2021, False),
        (2018, 2022, True),
        (2022, 2018, True),
        (2009, 2010, True),
        (2016, 2016, False),
    ],
)
def test_a_new_structure_of_areas_came_in_2010_and_2020(one: int, other: int, expected: bool):
    assert expected == new_structure_between(EDITIONS, one, other)


# One evaluation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "known"),
        ({"total": 434}, "total"),
        ({"total": 434, "areas": of_points(54, 55)}, "some areas"),
        ({"areas": of_points(1, 2, 3, 4, 5, 6, 7, 8)}, "areas"),
        ({"areas": {1: {"points": 54, "questions": {"1.1": {"points": 9}}}}}, "some areas"),
        ({"areas": {n: {"points": 9, "questions": {f"{n}.1": {"points": 9}}} for n in range(1, 9)}}, "questions"),
        ({"areas": {1: {"summary": "Bara text."}}}, "known"),
        ({"total": 0}, "total"),
    ],
)
def test_it_is_told_how_far_down_figures_are_known(data: dict[str, Any], expected: str):
    assert expected == analysis.completeness(evaluation(**data))


def test_only_printed_points_count():
    assert {1: 54, 3: 0} == analysis.area_points(
        evaluation(areas={3: {"points": 0}, 1: {"points": 54}, 2: {"brief": "a"}})
    )


def test_areas_are_summed_only_where_no_total_is_printed_and_all_are_known():
    eight = of_points(1, 2, 3, 4, 5, 6, 7, 8)

    assert 36 == analysis.summed_total(evaluation(areas=eight))
    assert None is analysis.summed_total(evaluation(areas=eight, total=37))
    assert None is analysis.summed_total(evaluation(areas=of_points(1, 2, 3)))


def note(identity: str, *topics: str, **data: Any) -> dict[str, Any]:
    return {"id": identity, "text": "Text.", "title": "Titel", "topics": topics, **data}


def told(identity: str, *topics: str, **data: Any) -> dict[str, Any]:
    return {"id": identity, "text": "Text.", "topics": topics, **data}


def test_practices_stand_in_the_order_of_areas_and_then_the_whole():
    of = evaluation(
        areas={2: {"examples": [note("b")]}, 1: {"examples": [note("a")]}}, examples=[note("c", area="not stated")]
    )

    assert [(1, "a"), (2, "b"), (None, "c")] == [(p.area, p.item.id) for p in analysis.practices(of, "examples")]


@pytest.mark.parametrize(
    ("area", "question", "expected"),
    [
        ({"points": 54, "questions": {"1.4": {"points": 19, "maximum": 30, "percent": 65}}}, "1.4", 65),
        ({"points": 54, "questions": {"1.4": {"points": 19, "maximum": 30}}}, "1.4", 54),
        ({"points": 54}, "1.4", 54),
        ({"points": 54}, None, 54),
        ({"points": 0, "questions": {"1.4": {"percent": 0}}}, "1.4", 0),
        ({}, None, None),
    ],
)
def test_percent_is_that_of_the_question_as_printed_or_else_of_the_area(
    area: dict[str, Any], question: str | None, expected: int | None
):
    of = evaluation(areas={1: {**area, "examples": [note("a", question=question)]}})

    assert expected == analysis.percent_of(analysis.practices(of, "examples")[0])


def test_an_example_of_the_whole_evaluation_has_no_percent():
    of = evaluation(total=434, examples=[note("a")])

    assert None is analysis.percent_of(analysis.practices(of, "examples")[0])


def test_only_an_example_can_have_a_gold_star():
    of = evaluation(areas={1: {"examples": [note("a", gold_star=True), note("b")], "strengths": [told("c")]}})
    found = [*analysis.practices(of, "examples"), *analysis.practices(of, "strengths")]

    assert {"a": True, "b": False, "c": False} == {p.item.id: analysis.gold_star(p) for p in found}


# Printed averages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "dates", "expected"),
    [
        (2016, ["2012", "2014-03"], "2014-03"),
        (2016, ["2014", "2016-12"], "2016-12"),
        (2016, ["2014", "2017"], "2014"),
        (2016, ["2019", "2017-04"], "2017-04"),
        (2016, [], None),
    ],
)
def test_the_nearest_average_is_the_newest_before_or_else_the_first_after(
    year: int, dates: list[str], expected: str | None
):
    of = evaluation(year=year, total=434)
    found = analysis.total_average(of, archive(of, averages=tuple(average(date) for date in dates)))

    assert expected == (found.date if found else None)


@pytest.mark.parametrize(
    ("year", "edition_of", "other", "expected"),
    [
        (2016, "2015", average("2014", "2010"), True),
        (2016, "2015", average("2014", "2010", country="no"), False),
        (2016, "2015", average("2015", "2010", total=None, areas={1: 50}), False),
        (2012, "2010", average("2009", "2002"), False),
        (2016, UNKNOWN, average("2014", "2010"), True),
        (2021, UNKNOWN, average("2014", "2010"), False),
        (2018, "2015", average("2017", UNKNOWN), True),
        (2019, "2015", average("2021", "2020"), False),
        (None, "2015", average("2014", "2010"), False),
    ],
)
def test_a_total_stands_beside_an_average_of_its_country_and_structure(
    year: int | None, edition_of: str, other: Average, expected: bool
):
    of = evaluation(year=year, edition=edition_of, total=434)

    assert expected == (analysis.total_average(of, archive(of, averages=(other,))) is not None)


def test_areas_stand_beside_an_average_only_where_both_editions_are_known():
    both = (average("2014", "2010", areas={1: 50}), average("2015", UNKNOWN, areas={1: 60}))
    known, unknown = evaluation(), evaluation(edition=UNKNOWN)

    assert both[0] == analysis.areas_average(known, archive(known, averages=both))
    assert None is analysis.areas_average(unknown, archive(unknown, averages=both))


def test_a_profile_has_eight_rows_and_a_difference_where_both_are_printed():
    of = evaluation(areas=of_points(54, None, 63))
    found = analysis.profile(of, archive(of, averages=(average("2014", areas={1: 50, 2: 54, 3: 67, 4: 55}),)))

    assert list(AREAS) == [row.area for row in found.rows]
    assert [4, None, -4, None, None, None, None, None] == [row.difference for row in found.rows]
    assert found.relation and found.relation.level == "note"


def test_a_profile_without_an_average_has_only_its_own_points():
    of = evaluation(areas=of_points(54))
    found = analysis.profile(of, archive(of))

    assert (None, None) == (found.average, found.relation)
    assert [54, *[None] * 7] == [row.points for row in found.rows]
    assert {None} == {row.average for row in found.rows}


# One municipality over time -----------------------------------------------------------------------------------------


def test_the_evaluations_of_a_municipality_are_its_own():
    mine, others = evaluation("sagovik"), evaluation("lilla-sagovik")

    assert [mine] == analysis.of_municipality(archive(mine, others), "sagovik")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((2012, "2010"), (2016, "2015"), True),
        ((2016, "2015"), (2018, "2015"), True),
        ((2008, "2002"), (2012, "2010"), False),
        ((2018, "2015"), (2021, "2020"), False),
        ((2016, UNKNOWN), (2018, "2015"), True),
        ((2016, UNKNOWN), (2018, UNKNOWN), True),
        ((2019, UNKNOWN), (2021, UNKNOWN), False),
        ((2018, "2015"), (2022, UNKNOWN), False),
        ((2008, UNKNOWN), (2012, "2010"), False),
        ((2021, "2020"), (2021, "2015"), False),
    ],
)
def test_a_line_is_drawn_only_within_one_structure_of_areas(
    one: tuple[int, str], other: tuple[int, str], expected: bool
):
    before, after = (evaluation(year=year, edition=edition, total=400) for year, edition in (one, other))

    assert expected == analysis.joins(before, after, archive(before, after))


def test_a_trend_is_cut_where_the_structure_changes():
    assert [[2008], [2012, 2016], [2021]] == runs(
        evaluation(year=2008, edition="2002", total=300),
        evaluation(year=2012, edition="2010", total=400),
        evaluation(year=2016, edition="2015", total=420),
        evaluation(year=2021, edition="2020", total=500),
    )


def test_a_trend_passes_over_what_has_no_total_or_no_year():
    assert [[2012, 2018]] == runs(
        evaluation(year=2012, edition="2010", total=400),
        evaluation(year=2016, areas=of_points(1, 2, 3, 4, 5, 6, 7, 8)),
        evaluation(year=2018, total=420),
        evaluation(year=None, total=430),
    )


def test_an_unknown_edition_does_not_bridge_two_that_are_not_comparable():
    assert [[2011, 2012], [2013]] == runs(
        evaluation(year=2011, edition="2002", total=300),
        evaluation(year=2012, edition=UNKNOWN, total=350),
        evaluation(year=2013, edition="2010", total=400),
    )


def test_a_point_of_a_trend_has_only_an_average_printed_in_its_own_year():
    both = evaluation(year=2014, total=400), evaluation(year=2016, total=420)
    found = analysis.trend(both, archive(*both, averages=(average("2014-03"),)))

    assert [(400, "2014-03"), (420, None)] == [(p.total, p.average and p.average.date) for p in found.points]


def test_a_change_is_told_for_the_total_and_for_areas_that_both_have():
    before = evaluation(year=2016, total=425, areas=of_points(57, 53, None))
    after = evaluation(year=2018, total=463, areas=of_points(66, None, 60))
    found = analysis.change(before, after, archive(before, after))

    assert 38 == found.total
    assert {1: 9, 2: None, 3: None} == {row.area: row.difference for row in found.areas}


@pytest.mark.parametrize(
    ("before", "after", "total", "areas"),
    [
        ("2015", "2015", 20, 1),
        ("2010", "2015", 20, 1),
        ("2015", "2020", 20, 0),
        (UNKNOWN, "2015", 20, 0),
        ("2002", "2010", None, 0),
    ],
)
def test_a_change_says_no_more_than_the_editions_allow(before: str, after: str, total: int | None, areas: int):
    one = evaluation(year=2012, edition=before, total=400, areas=of_points(50))
    other = evaluation(year=2016, edition=after, total=420, areas=of_points(60))
    found = analysis.change(one, other, archive(one, other))

    assert (total, areas) == (found.total, len(found.areas))


def test_a_change_from_or_to_a_missing_total_is_missing():
    with_total, without = evaluation(year=2012, total=400), evaluation(year=2016)

    assert None is analysis.change(with_total, without, archive()).total
    assert None is analysis.change(without, with_total, archive()).total
    assert 0 == analysis.change(with_total, evaluation(year=2016, total=400), archive()).total


# Across municipalities ----------------------------------------------------------------------------------------------


def test_values_of_an_area_stand_by_points_and_then_by_name():
    found = archive(
        evaluation("c", areas=of_points(54)),
        evaluation("b", areas=of_points(60)),
        evaluation("a", areas=of_points(54), edition="2010"),
        evaluation("d", areas=of_points(0)),
        evaluation("e", areas=of_points(70), edition="2020", year=2021),
        evaluation("f", areas=of_points(71), edition=UNKNOWN),
        evaluation("g", areas=of_points(72), year=None),
        evaluation("h", areas={2: {"points": 99}}),
    )

    assert [("b", 60), ("a", 54), ("c", 54), ("d", 0)] == [
        (value.evaluation.municipality, value.points) for value in analysis.area_values(found, "2015", 1)
    ]


def test_values_of_a_question_are_those_of_the_same_edition():
    def of(name: str, percent: int | None, **data: Any) -> Evaluation:
        return evaluation(name, areas={1: {"questions": {"1.4": {"points": 9, "percent": percent}}}}, **data)

    found = archive(of("a", 30), of("b", 65), of("c", 70, edition="2010"), of("d", 80, year=None), evaluation("e"))

    assert ["b", "a"] == [value.evaluation.municipality for value in analysis.question_values(found, "2015", "1.4")]


def test_a_topic_is_in_use_when_something_good_is_about_it():
    found = archive(
        evaluation("a", areas={1: {"examples": [note("a", "dialog")], "improvements": [told("b", "ledarskap")]}}),
        evaluation("b", strengths=[told("c", "larande")]),
    )

    assert {"dialog", "larande"} == analysis.topics_in_use(found)


def test_role_models_are_counted_by_area():
    of = evaluation(
        role_models=[{"municipality": "orebro", "area": 1, "about": "a"}, {"municipality": "orebro", "about": "b"}]
    )

    assert {("orebro", 1): 1, ("orebro", None): 1} == analysis.named_as_role_model(archive(of))


def test_lessons_come_from_others_on_the_same_topics_with_the_same_area_first():
    wanting = evaluation(
        "a", areas={1: {"points": 40, "improvements": [told("i", "dialog")], "examples": [note("own", "dialog")]}}
    )
    found = archive(
        wanting,
        evaluation("b", areas={2: {"points": 90, "examples": [note("other-area", "dialog")]}}),
        evaluation("c", areas={1: {"points": 50, "examples": [note("fifty", "dialog"), note("else", "ledarskap")]}}),
        evaluation("d", areas={1: {"points": 60, "examples": [note("sixty", "dialog")]}}),
    )

    assert ["sixty", "fifty", "other-area"] == [practice.item.id for practice in analysis.lessons(wanting, 1, found)]


def test_nothing_is_learnt_where_nothing_is_to_improve():
    wanting = evaluation("a", areas={1: {"points": 40}})
    found = archive(wanting, evaluation("b", areas={1: {"examples": [note("x", "dialog")]}}))

    assert [] == analysis.lessons(wanting, 1, found)


# Properties ---------------------------------------------------------------------------------------------------------

POINTS = st.none() | st.integers(0, 100)
NAMES = st.sampled_from([*COMPARABLE, UNKNOWN])
AVERAGES = st.builds(
    average,
    st.integers(2008, 2022).map(str),
    NAMES,
    total=st.none() | st.integers(0, 800),
    areas=st.dictionaries(st.integers(1, 8), st.integers(0, 100)),
)


@st.composite
def evaluations(draw: st.DrawFn, municipality: str) -> list[Evaluation]:
    """A municipality's evaluations of any edition in any year, as far down as it happens."""
    years = draw(st.lists(st.integers(2008, 2022), max_size=4, unique=True))
    return [
        evaluation(
            municipality,
            year,
            draw(NAMES),
            total=draw(st.sampled_from([None, 0, 254, 396, 434, 800])),
            areas=of_points(*draw(st.lists(POINTS, max_size=8))),
        )
        for year in sorted(years)
    ]


ARCHIVES = st.builds(
    lambda one, other, averages: archive(*one, *other, averages=tuple(averages)),
    evaluations("a"),
    evaluations("b"),
    st.lists(AVERAGES, max_size=4),
)


def may_be_joined(one: Evaluation, other: Evaluation) -> bool:
    """The rule in the editions' own words, told apart from the code: one structure of areas, known or certain."""
    if UNKNOWN in (one.edition, other.edition):
        return not new_structure_between(EDITIONS, one.year or 0, other.year or 0)
    return "/".join(sorted((one.edition, other.edition))) in (
        "2002/2002",
        "2010/2010",
        "2010/2015",
        "2015/2015",
        "2020/2020",
    )


@given(ARCHIVES)
def test_no_trend_joins_evaluations_that_are_not_comparable(found: Archive):
    for slug in ("a", "b"):
        for run in analysis.trend(analysis.of_municipality(found, slug), found).runs:
            for one, other in combinations(run, 2):
                assert may_be_joined(one.evaluation, other.evaluation)


@given(ARCHIVES)
def test_a_trend_loses_no_total_and_keeps_the_order_of_time(found: Archive):
    mine = [e for e in analysis.of_municipality(found, "a") if e.total is not None]

    assert [(e.year, e.total) for e in mine] == [
        (p.evaluation.year, p.total) for p in analysis.trend(analysis.of_municipality(found, "a"), found).points
    ]


@given(ARCHIVES)
def test_no_average_stands_beside_areas_of_another_structure(found: Archive):
    for one in found.evaluations:
        beside = analysis.profile(one, found).average
        assert beside is None or (
            UNKNOWN != beside.edition and by_area(relation(EDITIONS, one.edition, beside.edition).level)
        )


@given(ARCHIVES)
def test_no_average_stands_beside_a_total_of_another_structure(found: Archive):
    for one in found.evaluations:
        beside = analysis.total_average(one, found)
        if beside is not None and beside.edition != UNKNOWN != one.edition:
            assert by_area(relation(EDITIONS, one.edition, beside.edition).level)
        elif beside is not None:
            assert not new_structure_between(EDITIONS, one.year or 0, beside.year)


@given(ARCHIVES)
def test_no_change_compares_what_is_not_comparable(found: Archive):
    for before, after in combinations(analysis.of_municipality(found, "a"), 2):
        told = analysis.change(before, after, found)
        level = relation(EDITIONS, before.edition, after.edition).level
        assert not told.areas or by_area(level)
        assert told.total is None or level != "none"


@given(ARCHIVES, st.sampled_from(list(COMPARABLE)), st.integers(1, 8))
def test_values_of_an_area_are_every_comparable_one_and_no_other(found: Archive, edition: str, area: int):
    expected = [
        (-one.areas[area].points, one.slug)
        for one in found.evaluations
        if one.edition != UNKNOWN and by_area(relation(EDITIONS, one.edition, edition).level)
        if area in one.areas and one.areas[area].points is not None
    ]

    assert sorted(expected) == [
        (-(v.points or 0), v.evaluation.slug) for v in analysis.area_values(found, edition, area)
    ]


@given(ARCHIVES, evaluations("unrelated"))
def test_an_unrelated_municipality_changes_nobody_elses_profile_trend_or_change(
    found: Archive, unrelated: list[Evaluation]
):
    more = archive(*found.evaluations, *unrelated, averages=found.averages)

    def of(where: Archive) -> list[Any]:
        mine = [e for e in where.evaluations if e.municipality != "unrelated"]
        profiles = [(analysis.profile(e, where), analysis.total_average(e, where)) for e in mine]
        trends = [analysis.trend(analysis.of_municipality(where, slug), where) for slug in ("a", "b")]
        changes = [
            analysis.change(one, other, where) for one, other in combinations(analysis.of_municipality(where, "a"), 2)
        ]
        return [profiles, trends, changes]

    assert of(found) == of(more)


@given(ARCHIVES)
def test_no_analysis_gives_a_figure_that_was_not_printed(found: Archive):
    for one in found.evaluations:
        rows = analysis.profile(one, found).rows
        assert {n: area.points for n, area in one.areas.items()} == {
            r.area: r.points for r in rows if r.points is not None
        }
