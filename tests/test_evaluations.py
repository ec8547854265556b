"""The real files, one by one: each can be read, breaks no rule, and has its page. And some figures we know by heart."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.addresses import address
from generator.checks import check
from generator.load import Loaded, load
from generator.model import COUNTRY_LANGUAGE, Evaluation
from generator.pages import pages
from generator.problems import Problem, show

ARCHIVE = Path(__file__).parent.parent / "evaluations"
FILES = sorted(path for country in COUNTRY_LANGUAGE for path in (ARCHIVE / country).rglob("*.yml"))
OTHERS = sorted(path for path in ARCHIVE.rglob("*") if path.is_file() and path not in FILES and path.suffix != ".json")
QUESTIONS = """
    1.1:9/15/60 1.2:12/20/61 1.3:8/25/30 1.4:19/30/65 1.5:6/10/55
    2.1:8/15/50 2.2:13/25/53 2.3:14/20/68 2.4:8/20/42 2.5:12/20/60
    3.1:10/15/66 3.2:14/25/57 3.3:13/25/52 3.4:17/20/86 3.5:9/15/57
    4.1:2/15/10 4.2:7/10/65 4.3:5/20/25 4.4:6/15/40 4.5:12/20/58 4.6:11/20/56
    5.1:10/15/65 5.2:5/20/25 5.3:7/20/36 5.4:7/15/47 5.5:7/20/37 5.6:7/10/72
    6.1:12/15/80 6.2:8/20/40 6.3:15/25/59 6.4:7/15/47 6.5:8/15/56 6.6:5/10/53
    7.1:6/15/42 7.2:14/25/57 7.3:14/20/70 7.4:10/20/50 7.5:11/20/56
    8.1:9/15/61 8.2:13/15/87 8.3:13/15/83 8.4:13/15/86 8.5:5/10/48 8.6:8/15/56 8.7:6/15/38
"""
"""The table of questions printed for Enköping 2016: number:points/maximum/percent."""


def name(path: Path) -> str:
    return path.relative_to(ARCHIVE).as_posix()


@cache
def loaded() -> Loaded:
    return load(ARCHIVE)


@cache
def errors() -> tuple[Problem, ...]:
    found = (*loaded().problems, *check(loaded().archive, loaded().places, date.today()))
    return tuple(problem for problem in found if problem.severity == "error")


@cache
def site() -> dict[str, str]:
    return pages(loaded().archive, "sv").files


def evaluation(path: str) -> Evaluation:
    [found] = [one for one in loaded().archive.evaluations if address.source_path(one) == path]
    return found


@pytest.mark.parametrize("path", [*FILES, *OTHERS], ids=name)
def test_a_file_breaks_no_rule(path: Path):
    own = [problem for problem in errors() if problem.path.endswith(f"evaluations/{name(path)}")]

    assert not own, show(own)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_evaluation_has_its_pages_with_what_was_printed(path: Path):
    one = evaluation(name(path))
    page = site()[address.markdown(address.evaluation(one))]

    assert one.total is None or f">{one.total}<" in page or f"{one.total} " in page
    for number, area in one.areas.items() if one.year else ():
        text = site()[address.markdown(address.area(one, number))]
        assert area.points is None or f"<b>{area.points}</b> av 100 poäng" in text
        assert all(f'id="{note.id}"' in text for note in (*area.strengths, *area.improvements, *area.examples))


def test_nothing_is_wrong_with_the_archive_as_a_whole():
    assert () == errors(), show(errors())


def test_every_file_became_an_evaluation():
    assert sorted(map(name, FILES)) == sorted(address.source_path(one) for one in loaded().archive.evaluations)


def test_all_that_we_know_of_is_there():
    dated = [one for one in loaded().archive.evaluations if one.year]

    assert 146 <= len(dated)
    assert {"se", "no", "dk"} <= {one.country for one in dated}
    assert 101 <= len({one.municipality for one in dated})


# Enköping 2016, the one report that is read in full -----------------------------------------------------------------


def test_enkoping_2016_has_its_total_and_its_eight_areas():
    one = evaluation("se/enkoping/2016.yml")

    assert 434 == one.total
    assert [54, 55, 63, 42, 43, 55, 56, 66] == [one.areas[number].points for number in range(1, 9)]


def test_enkoping_2016_has_every_question_as_printed():
    areas = evaluation("se/enkoping/2016.yml").areas
    found = [
        f"{number}:{result.points}/{result.maximum}/{result.percent}"
        for _, area in sorted(areas.items())
        for number, result in area.questions.items()
    ]

    assert 45 == len(found)
    assert QUESTIONS.split() == found


def test_the_questions_of_each_area_of_enkoping_2016_can_give_a_hundred():
    areas = evaluation("se/enkoping/2016.yml").areas

    assert [100] * 8 == [sum(result.maximum or 0 for result in area.questions.values()) for area in areas.values()]


def test_the_edition_has_the_questions_and_maxima_of_enkoping_2016():
    edition = loaded().archive.editions["2015"]
    expected = [
        (number, int(figures.split("/")[1])) for number, _, figures in (q.partition(":") for q in QUESTIONS.split())
    ]

    assert expected == [
        (number, question.maximum)
        for _, area in sorted(edition.areas.items())
        for number, question in sorted(area.questions.items())
    ]


def test_enkoping_2016_has_its_prose_in_full():
    areas = [area for _, area in sorted(evaluation("se/enkoping/2016.yml").areas.items())]

    assert [9, 4, 8, 7, 5, 8, 6, 5] == [len(area.strengths) for area in areas]
    assert [4, 6, 5, 7, 4, 3, 7, 2] == [len(area.improvements) for area in areas]
    assert (52, 38) == (sum(len(a.strengths) for a in areas), sum(len(a.improvements) for a in areas))
    assert 120 <= min(len((area.summary or "").split()) for area in areas)
    assert all(area.brief for area in areas)


def test_the_pages_of_enkoping_2016_hold_all_its_questions():
    for question in QUESTIONS.split():
        number, points, maximum, percent = question.replace("/", ":").split(":")
        page = site()[f"kommuner/enkoping/2016/{number[0]}/index.md"]
        [row] = [line for line in page.splitlines() if f">{number}</span>" in line and "<tr" in line]
        assert f"<b>{points}</b> av {maximum}<" in row
        assert f">{percent} %<" in row


# Others that are known for something --------------------------------------------------------------------------------


def test_kumla_2017_has_no_total_since_none_is_printed():
    assert None is evaluation("se/kumla/2017.yml").total
    assert ">420<" not in site()["kommuner/kumla/2017/index.md"]


def test_roros_2017_prints_a_change_that_does_not_add_up_and_says_so():
    before, one = evaluation("no/roros/2013.yml"), evaluation("no/roros/2017.yml")

    assert (254, 396, 139) == (before.total, one.total, one.printed_changes[0].total)
    assert ["KK033"] == [mismatch.rule for mismatch in one.known_mismatches]
    assert "+139" in site()["kommuner/roros/index.md"] and "+142" in site()["kommuner/roros/index.md"]
