"""The model refuses what no report can print, and converts nothing in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from generator.model import (
    AREA_MAXIMUM,
    AREAS,
    TOTAL_MAXIMUM,
    AreaResult,
    Average,
    Evaluation,
    Evidence,
    Example,
    KnownMismatch,
    QuestionResult,
    Record,
    RoleModel,
    Source,
    Topic,
)

SOURCE = {"title": "Påhittad rapport", "read": "2026-11-23"}
SMALLEST = {
    "country": "se",
    "municipality": "sagovik",
    "year": 2016,
    "edition": "2015",
    "language": "sv",
    "sources": [SOURCE],
}
AVERAGE = {"id": "a", "country": "se", "edition": "2010", "date": "2014", "basis": {"sv": "Alla."}, "source": SOURCE}
EXAMPLE = {"id": "bryggsamtal", "title": "Bryggsamtal", "text": "Korta samtal."}


def valid(model: type[BaseModel], **data: Any) -> bool:
    try:
        model.model_validate(data)
    except ValidationError:
        return False
    return True


def evaluation(**data: Any) -> Evaluation:
    return Evaluation.model_validate({**SMALLEST, **data})


def test_an_edition_and_a_source_are_all_that_an_evaluation_needs():
    assert (None, {}, ()) == (evaluation().total, evaluation().areas, evaluation().examples)


@pytest.mark.parametrize("key", ["edition", "sources", "language"])
def test_an_evaluation_lacks_nothing_that_it_needs(key: str):
    assert not valid(Evaluation, **{name: value for name, value in SMALLEST.items() if name != key})


def test_an_evaluation_without_a_source_is_refused():
    assert not valid(Evaluation, **{**SMALLEST, "sources": []})


def test_an_evaluation_has_a_name_that_is_its_own():
    assert ["sagovik-2016", "sagovik-unknown"] == [evaluation().slug, evaluation(year=None).slug]


def test_what_is_missing_is_none_and_zero_is_zero():
    assert (0, None) == (QuestionResult.model_validate({"points": 0}).points, QuestionResult().points)
    assert 0 == evaluation(total=0).total


def test_no_earlier_evaluation_is_not_the_same_as_none_stated():
    assert (None, ()) == (evaluation().previous, evaluation(previous=[]).previous)


def test_eight_areas_of_a_hundred_make_the_maximum():
    assert TOTAL_MAXIMUM == len(AREAS) * AREA_MAXIMUM


def test_a_record_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        evaluation(total=434).total = 435  # type: ignore[misc]


def test_a_key_that_is_not_known_is_refused():
    assert not valid(Evaluation, **SMALLEST, totl=434)


@pytest.mark.parametrize("points", ["54", 54.0, 54.5, True, -1, [54], "ja"])
def test_points_are_whole_numbers_and_nothing_that_looks_like_them(points: Any):
    assert valid(AreaResult, points=54)
    assert not valid(AreaResult, points=points)


@pytest.mark.parametrize(("percent", "expected"), [(0, True), (100, True), (101, False), (-1, False), ("60", False)])
def test_percent_lies_between_nothing_and_all(percent: Any, expected: bool):
    assert expected == valid(QuestionResult, percent=percent)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("4.2", True),
        ("1.10", True),
        ("4.0", False),
        ("9.1", False),
        ("0.1", False),
        ("4", False),
        (4.2, False),
        ("4.2 ", False),
    ],
)
def test_the_number_of_a_question_is_text(number: Any, expected: bool):
    assert expected == valid(AreaResult, questions={number: {"points": 1}})


@pytest.mark.parametrize(
    ("number", "expected"), [(1, True), (8, True), (0, False), (9, False), ("1", False), (True, False)]
)
def test_there_are_eight_areas(number: Any, expected: bool):
    assert expected == valid(Evaluation, **SMALLEST, areas={number: {}})


@pytest.mark.parametrize("value", [5, 1.5, True, None, ["text"], {"sv": "text"}, ""])
def test_text_is_text(value: Any):
    assert not valid(Source, title=value, read="2026-11-23")


@pytest.mark.parametrize("value", ["yes", "true", 1, 0, "on", None])
def test_a_flag_is_true_or_false(value: Any):
    assert valid(Evidence, approximate=True)
    assert not valid(Evidence, approximate=value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b", True),
        ("http://a.example", True),
        ("mailto:a@a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,a", False),
        ("//a.example", False),
        ("/kommuner/", False),
        ("https://a.example/b c", False),
        ("https://", False),
    ],
)
def test_a_link_leads_to_the_web_or_to_a_letter(url: str, expected: bool):
    assert expected == valid(Source, title="a", url=url, read="2026-11-23")


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("sagovik", True),
        ("ovre-anes", True),
        ("Övre", False),
        ("../x", False),
        ("a/b", False),
        ("-a", False),
        ("", False),
        ("a b", False),
    ],
)
def test_a_slug_can_stand_in_an_address(slug: str, expected: bool):
    assert expected == valid(RoleModel, municipality=slug, about="a")


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("2026-11-23", True),
        ("2026-02-30", False),
        ("2026-11", False),
        ("23/11 2026", False),
        (20261123, False),
        ("", False),
    ],
)
def test_the_day_something_was_read_is_a_day_of_the_calendar(read: Any, expected: bool):
    assert expected == valid(Source, title="a", read=read)


def test_a_day_is_read_as_that_day():
    assert date(2026, 11, 23) == Source.model_validate(SOURCE).read


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2014", True),
        (2014, True),
        ("2014-03", True),
        ("2015-08-25", True),
        ("2014-13", False),
        ("2014-00", False),
        ("2014-02-31", False),
        ("14", False),
    ],
)
def test_an_average_is_dated_as_exactly_as_it_was_printed(printed: Any, expected: bool):
    assert expected == valid(Average, **{**AVERAGE, "date": printed})


@pytest.mark.parametrize("printed", ["2014", "2014-03", "2014-03-31"])
def test_an_average_knows_its_year(printed: str):
    assert 2014 == Average.model_validate({**AVERAGE, "date": printed}).year


@pytest.mark.parametrize(("length", "expected"), [(1, True), (80, True), (81, False)])
def test_the_title_of_an_example_is_a_title(length: int, expected: bool):
    assert expected == valid(Example, **{**EXAMPLE, "title": "a" * length})


def test_an_example_has_an_address_of_its_own():
    assert not valid(Example, **{key: value for key, value in EXAMPLE.items() if key != "id"})


@pytest.mark.parametrize(("area", "expected"), [("not stated", True), ("1", False), (1, False), ("unknown", False)])
def test_an_example_outside_the_areas_says_so_in_these_words(area: Any, expected: bool):
    assert expected == valid(Example, **EXAMPLE, area=area)


@pytest.mark.parametrize(("rule", "expected"), [("KK033", True), ("KK33", False), ("kk033", False), ("points", False)])
def test_a_declared_mismatch_names_a_rule(rule: str, expected: bool):
    assert expected == valid(KnownMismatch, rule=rule, at="total", reason="Källan trycker så.")


@pytest.mark.parametrize("country", ["is", "SE", "no ", False])
def test_a_country_is_one_of_the_four(country: Any):
    assert not valid(Evaluation, **{**SMALLEST, "country": country})


def test_norway_is_not_false():
    assert valid(Evaluation, **{**SMALLEST, "country": "no", "language": "nn"})


def test_a_topic_is_tied_to_areas():
    assert valid(Topic, id="a", labels={"sv": "A"}, areas=[1])
    assert not valid(Topic, id="a", labels={"sv": "A"}, areas=[9])


@given(st.text(min_size=1, max_size=300).filter(lambda text: not text.startswith("\n") and not text.endswith("\n")))
def test_no_text_is_changed_when_it_is_read(text: str):
    assert text == Source.model_validate({"title": text, "read": "2026-11-23"}).title


def test_every_record_is_frozen_and_strict_about_its_keys():
    def below(model: type[Record]) -> list[type[Record]]:
        return [model, *(one for child in model.__subclasses__() for one in below(child))]

    loose = [
        m.__name__ for m in below(Record) if not m.model_config.get("frozen") or m.model_config.get("extra") != "forbid"
    ]

    assert [] == loose
