"""A new file: complete, explained, and `check` lists exactly what is left to fill in."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.__main__ import main
from generator.checks import check
from generator.editing import draft, unfilled, wanted
from generator.editing.fields import fields, records, required
from generator.load import Loaded, load
from generator.model import UNFILLED, AreaResult, Evaluation, QuestionResult, Record
from generator.problems import Problem, Stop
from generator.text import words
from tests.conftest import SAMPLE

TODAY = date(2026, 11, 23)
REAL = Path(__file__).parent.parent / "evaluations"
PATH = "se/sagovik/2024.yml"
EDITIONS = ["2010", "2015", "2020", "unknown"]
FILLED = {"title": "Rapporten", "read": "2026-01-01", "total": "0", "points": "0", "percent": "0"}
BAR = re.compile(r"^( *)#(?=[^ ]|$)", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented sample, to write in."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "evaluations"))


def new(edition: str | None = "2015", place: str = "se/sagovik", year: str = "2024", folder: Path = SAMPLE) -> str:
    return draft(wanted(load(folder).archive, place, year, edition, TODAY, words("sv")))


def filled(text: str) -> str:
    """The draft as an editor fills it in."""
    return re.sub(rf"(\w+): {UNFILLED}", lambda found: f"{found[1]}: {_answer(found[1])}", text)


def _answer(name: str) -> str:
    """What an editor writes: what the case says, else the example that the explanation gives."""
    told = words("sv").entries
    shown = [told[key].format() for key in told if re.fullmatch(rf"fields\.\w+\.{name}\.example", key)]
    return FILLED.get(name) or next((text for text in shown if "\n" not in text), "Med egna ord.")


def all_on(text: str) -> str:
    """The draft with every optional field taken into use."""
    return BAR.sub(r"\1", text)


def checked(folder: Path, text: str, path: str = PATH) -> tuple[Loaded, list[Problem]]:
    (folder / path).write_text(text, encoding="utf-8")
    loaded = load(folder, [folder / path])
    return loaded, sorted([*loaded.problems, *check(loaded.archive, loaded.places, TODAY)])


def marks(text: str) -> list[tuple[int, int, int]]:
    """Line, column and length of every place that is to be filled in."""
    return [
        (number, found.start() + 1, len(UNFILLED))
        for number, line in enumerate(text.splitlines(), 1) if not line.lstrip().startswith("#")
        for found in re.finditer(UNFILLED, line)
    ]


def held(value: object) -> Iterator[Record]:
    """Every record inside a value."""
    if isinstance(value, Record):
        yield value
        value = [getattr(value, name) for name in type(value).model_fields]
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from held(each)


@pytest.mark.parametrize("edition", EDITIONS)
def test_check_lists_exactly_the_places_to_fill_in(folder: Path, edition: str):
    text = new(edition)
    _, found = checked(folder, text)

    assert marks(text) == [(each.line, each.column, each.length) for each in found]
    assert {("KK023", "error")} == {(each.code, each.severity) for each in found}
    assert unfilled(text) == len(found)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_draft_that_is_filled_in_has_no_problems(folder: Path, edition: str):
    loaded, found = checked(folder, filled(new(edition)))

    assert (["KK018"] if edition == "unknown" else []) == [each.code for each in found]
    assert (edition, 0, 8) == next((each.edition, each.total, len(each.areas)) for each in loaded.archive.evaluations
                                   if (each.municipality, each.year) == ("sagovik", 2024))


@pytest.mark.parametrize("edition", EDITIONS)
def test_with_all_optional_fields_on_every_field_of_the_model_is_there_and_valid(folder: Path, edition: str):
    loaded, _ = checked(folder, all_on(filled(new(edition))))
    one = next(each for each in loaded.archive.withdrawn if each.year == 2024)
    there = defaultdict(set)
    for record in held(one):
        there[type(record)] |= record.model_fields_set
    # A known question's maximum stands in the comment beside it; whether the report prints it, only the editor knows.
    there[QuestionResult].add("maximum")

    assert () == loaded.problems
    assert {record: set(record.model_fields) for record in records()} == there


def test_every_required_field_says_so_and_every_other_too():
    pairs = re.findall(r"^# (Krävs|Frivilligt)\.[^\n]*\n(?:# [^\n]*\n)*#?(\w+):", new(), re.MULTILINE)

    assert [("Krävs" if required(Evaluation, name) else "Frivilligt", name) for name in fields(Evaluation)] == pairs


def test_areas_and_questions_stand_with_their_titles():
    text = " ".join(re.sub(r"\n *# ", " ", new("2015", "se/enkoping", folder=REAL)).split())
    edition = load(REAL).archive.editions["2015"]
    for area, content in edition.areas.items():
        assert f"Område {area}: {content.titles['sv']} {area}: " in text
        for number, question in content.questions.items():
            asked = f'"{number}": {{points: {UNFILLED}, percent: {UNFILLED}}}'
            assert f"{number} {' '.join(question.title['sv'].split())} (max {question.maximum}) {asked}" in text


def test_an_edition_whose_questions_are_unknown_asks_for_none():
    assert not re.search(r'^ *"\d\.\d"', new("2020"), re.MULTILINE)
    assert 8 == len(re.findall(rf"^    points: {UNFILLED}", new("2020"), re.MULTILINE))


def test_no_figure_is_filled_in_for_the_editor():
    written = [line for line in new().splitlines() if line and not line.lstrip().startswith("#")]

    assert [] == [line for line in written if re.search(r"(points|maximum|percent|total): *\d", line)]


def test_a_norwegian_file_has_norwegian_titles_where_they_are_known():
    text = new("2020", "no/ulstein", "2022", REAL)

    assert "# Område 2: Samfunnsutvikling\n" in text
    assert "#language: nb\n" in text
    assert "#previous: [2013, 2015, 2017, 2019]\n" in text


def test_without_an_edition_it_is_the_newest_of_that_year():
    assert 'edition: "2010"' in new(None, year="2012")
    assert 'edition: "2020"' in new(None, year="2024")
    assert "edition: unknown" in new(None, year="unknown")


@pytest.mark.parametrize(("place", "year", "edition", "message"), [
    ("se/sagvik", "2024", "2015", "Kommunen ”sagvik” finns inte i municipalities.csv för landet se. "
                                  "Menade du se/sagovik?"),
    ("se/Sagovik", "2024", "2015", "Menade du se/sagovik?"),
    ("no/sagovik", "2024", "2015", "Menade du se/sagovik?"),
    ("se/qqqq", "2024", "2015", "Kommunen ”qqqq” finns inte i municipalities.csv för landet se."),
    ("se/../../x", "2024", "2015", "finns inte i municipalities.csv"),
    ("xx/sagovik", "2024", "2015", "”xx” är inget land här. Välj bland se, no, dk, fi."),
    ("sagovik", "2024", "2015", "Skriv land och kommun som se/enkoping, inte ”sagovik”."),
    ("", "2024", "2015", "Skriv land och kommun"),
    ("se/sagovik", "2024", "2016", "Modellen ”2016” finns inte. Välj bland 2010, 2015, 2020, eller unknown."),
    ("se/sagovik", "1066", "2015", "Skriv ett år mellan 1990 och 2026, eller unknown."),
    ("se/sagovik", "2027", "2015", "”2027” går inte att använda som år."),
    ("se/sagovik", "\uff12\uff10\uff12\uff14", "2015", "går inte att använda som år."),
    ("se/sagovik", "-1", "2015", "”-1” går inte att använda som år."),
])
def test_what_does_not_exist_is_refused_in_a_plain_sentence(place: str, year: str, edition: str, message: str):
    with pytest.raises(Stop, match=re.escape(message)):
        new(edition, place, year)


# The command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_the_file_and_says_how_to_go_on(folder: Path, capsys: pytest.CaptureFixture[str]):
    status = main(["new", "--evaluations", str(folder), "se/sagovik", "2024", "--edition", "2015"])
    said = capsys.readouterr().out

    assert 0 == status
    assert new("2015", folder=SAMPLE) == (folder / PATH).read_text(encoding="utf-8")
    assert f"{PATH} är skapad, med {unfilled(new('2015'))} platser att fylla i." in said
    assert "make check" in said


def test_the_command_makes_the_folder_of_a_municipality_without_evaluations(folder: Path):
    shutil.rmtree(folder / "se" / "lilla-odland")

    assert 0 == main(["new", "--evaluations", str(folder), "se/lilla-odland", "2024"])
    assert (folder / "se" / "lilla-odland" / "2024.yml").is_file()


def test_a_file_that_exists_is_never_written_over(folder: Path, capsys: pytest.CaptureFixture[str]):
    before = (folder / "se/sagovik/2016.yml").read_bytes()
    status = main(["new", "--evaluations", str(folder), "se/sagovik", "2016", "--edition", "2015"])

    assert 1 == status
    assert "finns redan och skrivs inte över." in capsys.readouterr().err
    assert before == (folder / "se/sagovik/2016.yml").read_bytes()


@pytest.mark.parametrize("arguments", [["se/sagvik", "2024"], ["se/sagovik", "24"], ["se/sagovik", "2024", "--edition",
                                       "1999"], ["\x1b[31m/x", "2024"]])
def test_wrong_use_ends_with_2_and_writes_nothing(
    folder: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    before = sorted(folder.rglob("*"))
    status = main(["new", "--evaluations", str(folder), *arguments])

    assert 2 == status
    assert re.fullmatch(r"[^\x1b\n]+\.|[^\x1b\n]+\?", capsys.readouterr().err.strip())
    assert before == sorted(folder.rglob("*"))


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "outside").mkdir()
    shutil.rmtree(folder / "se" / "lilla-odland")
    (folder / "se" / "lilla-odland").symlink_to(tmp_path / "outside")

    assert 1 == main(["new", "--evaluations", str(folder), "se/lilla-odland", "2024"])
    assert "går inte att skriva" in capsys.readouterr().err
    assert [] == list((tmp_path / "outside").iterdir())


def test_the_first_area_explains_every_field_of_an_area():
    first = new().split("# Område 2")[0]

    assert [] == [name for name in fields(AreaResult) if not re.search(rf"^    #?{name}:", first, re.MULTILINE)]
