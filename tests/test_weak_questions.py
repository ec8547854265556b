"""From a weak question to an example: what is weak, who answers, in which order, and what the page says of it."""

from __future__ import annotations

from typing import Any

import pytest
from search_archive import SOURCE, _edition, _evaluation

from generator import analysis
from generator.analysis import Help
from generator.model import Archive, Average, Evaluation, Municipality, Topic
from generator.pages import pages

EDITIONS = [_edition("2010", {}), _edition("2015", {"2010": "note"}), _edition("2020", {"2015": "total"})]
TOPIC = Topic.model_validate({"id": "dialog", "labels": {"sv": "Dialog"}, "areas": [1], "questions": ["1.4"]})
AVERAGE = Average.model_validate({
    "id": "snitt", "country": "se", "edition": "2015", "date": "2014", "basis": {"sv": "Alla."}, "areas": {1: 51},
    "source": SOURCE,
})  # fmt: skip


def place(slug: str, population: int | None) -> Municipality:
    country: Any = "no" if slug.startswith("no") else "se"
    return Municipality(country=country, slug=slug, code="0000", name=slug.title(), population=population)


def result(slug: str, points: int | None = None, percent: int | None = None, edition: str = "2015", **example: Any
           ) -> Evaluation:
    """An evaluation of area 1, with one question and one example, whose id is the municipality."""
    area: dict[str, Any] = {} if points is None else {"points": points}
    if percent is not None:
        area["questions"] = {"1.4": {"percent": percent}}
    if example:
        area["examples"] = [{"id": slug, "title": slug, "text": "Ett sätt.", **example}]
    country = "no" if slug.startswith("no") else "se"
    return _evaluation(country, slug, 2016, edition=edition, language="sv", areas={1: area})


def archive(*evaluations: Evaluation, averages: tuple[Average, ...] = (), **people: int | None) -> Archive:
    slugs = sorted({each.municipality for each in evaluations})
    return Archive(
        municipalities={slug: place(slug, people.get(slug, 10_000)) for slug in slugs},
        editions={edition.id: edition for edition in EDITIONS}, topics={"dialog": TOPIC}, averages=averages,
        evaluations=evaluations,
    )  # fmt: skip


def helped(
    own: Evaluation, *others: Evaluation, averages: tuple[Average, ...] = (), **people: int | None
) -> Help | None:
    return analysis.help_for(own, 1, archive(own, *others, averages=averages, **people))


def names(practices: tuple[analysis.Practice, ...]) -> list[str]:
    return [practice.evaluation.municipality for practice in practices]


ASKED = {"question": "1.4"}


def test_below_five_results_a_question_is_weak_below_half_its_maximum():
    for percent, weak in ((49, True), (50, False)):
        found = helped(result("sjo", percent=percent))
        assert (found is not None) is weak
    assert found is None


def test_from_five_results_our_own_median_is_the_mark():
    others = [result(f"ort{n}", percent=percent) for n, percent in enumerate((60, 62, 70, 90))]
    found = helped(result("sjo", percent=61), *others)

    assert found and (found.questions[0].mark.kind, found.questions[0].mark.percent) == ("median", 62)
    assert found.questions[0].mark.count == 5


def test_a_share_is_taken_from_points_where_no_percent_is_printed():
    area = {"questions": {"1.4": {"points": 4, "maximum": 10}}}
    own = _evaluation("se", "sjo", 2016, edition="2015", language="sv", areas={1: area})
    found = helped(own)

    assert found and found.questions[0].percent == 40


def test_those_who_scored_high_on_the_very_question_answer_and_nobody_below_the_mark():
    found = helped(
        result("sjo", percent=20), result("dal", percent=49, **ASKED), result("berg", percent=50, **ASKED),
        result("as", percent=80, question="1.1"), result("ek", points=90, **ASKED),
    )  # fmt: skip

    assert found and found.questions[0].of == "question"
    assert names(found.questions[0].examples) == ["berg"]


def test_the_nearest_in_size_comes_first_and_three_are_enough():
    sizes = {"sjo": 1_000, "liten": 400, "stor": 9_000, "nara": 2_000, "okand": None, "storst": 90_000}
    others = [result(slug, percent=80, **ASKED) for slug in sizes if slug != "sjo"]
    found = helped(result("sjo", percent=20), *others, **sizes)

    assert found and names(found.questions[0].examples) == ["nara", "liten", "stor"]


def test_the_municipality_itself_does_not_answer():
    later = result("sjo", percent=90, **ASKED).model_copy(update={"year": 2019})
    found = helped(result("sjo", percent=20), later)

    assert found and found.questions[0].examples == ()


def test_without_question_scores_the_area_answers_on_the_subject_of_the_question_own_edition_first():
    found = helped(
        result("sjo", percent=20, points=30), result("aldre", points=70, edition="2010", topics=["dialog"]),
        result("nytt", points=70, edition="2020", topics=["dialog"]), result("samma", points=60, topics=["dialog"]),
        result("lag", points=49, topics=["dialog"]), result("annat", points=80), result("okand", topics=["dialog"]),
        sjo=1_000, samma=50_000, aldre=1_000,
    )  # fmt: skip

    assert found and found.questions[0].of == "area"
    assert names(found.questions[0].examples) == ["samma", "aldre"]


def test_an_example_whose_own_question_is_weak_does_not_answer_for_its_area():
    found = helped(result("sjo", points=30), result("svag", 80, 30, **ASKED), result("stark", 80, 70, **ASKED))

    assert found and names(found.examples) == ["stark"]


def test_what_is_only_about_the_area_is_told_apart_from_the_questions():
    found = helped(result("sjo", percent=20, points=30), result("annat", points=80))
    assert found and not found.examples

    found = helped(result("sjo", percent=20, points=30), result("annat", points=80, topics=[]))
    assert found and names(found.examples) == ["annat"] and not found.questions[0].examples


def test_an_area_without_questions_is_held_against_the_printed_average():
    other = result("annat", points=51, topics=[])

    found = helped(result("sjo", points=50), other, averages=(AVERAGE,))
    assert found and (found.mark.kind, found.mark.percent, names(found.examples)) == ("average", 51, ["annat"])
    assert helped(result("sjo", points=51), other, averages=(AVERAGE,)) is None
    assert helped(result("sjo"), other, averages=(AVERAGE,)) is None


@pytest.mark.parametrize("country", ["se", "no"])
def test_the_page_says_where_an_example_is_from_and_links_to_all_of_the_question(country: str):
    other = result("norrby" if country == "no" else "berg", percent=80, question="1.4")
    made = pages(archive(result("sjo", percent=20), other), "sv").files["kommuner/sjo/2016/1/index.md"]

    assert 'href="../../../../exempel/?fraga=1.4"' in made
    assert f"2016 · {'Norge' if country == 'no' else 'samma land'} · 10\xa0000 invånare" in made
    assert "20 %. Riktmärke: 50 %, halva maxpoängen." in made


def test_adding_many_evaluations_keeps_the_pools_few():
    """The pools are made once for the archive, not once for each page."""
    many = [result(f"ort{n}", percent=20 + n % 70, **ASKED) for n in range(60)]
    whole = archive(*many)
    pool = analysis.weak_questions._on_question(whole, "2015", "1.4")

    for one in many:
        analysis.help_for(one, 1, whole)
    assert analysis.weak_questions._on_question(whole, "2015", "1.4") is pool
