"""What the loader reads, what it refuses, and that nothing is lost or changed on the way."""

import os
import shutil
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import check as benchmark
from benchmarks import files
from generator.load import Remembered, load
from generator.load.events import MAX_DEPTH, MAX_NODES, MAX_SCALAR, document
from generator.load.file import MAX_BYTES, File, Unreadable, read
from generator.model import Evaluation
from generator.problems import Problem, show
from tests.strategies import as_yaml, evaluations

SAMPLE = Path(__file__).parent / "sample" / "evaluations"

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "problems" / "base"
SOURCES = 'sources:\n  - {title: Rapport, url: "https://example.org/", read: 2026-01-01}\n'
HANGS = 10
"""Seconds of processor time after which something hangs. What reading may cost is measured in benchmarks/."""
TOP = f'edition: "2015"\n{SOURCES}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder without evaluations."""
    return Path(shutil.copytree(BASE, tmp_path / "evaluations"))


def write(folder: Path, content: str | bytes, path: str = "se/granby/2016.yml") -> Path:
    """Put a file into the folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def only(folder: Path) -> Evaluation:
    """The one evaluation of a folder that has no problems."""
    loaded = load(folder)
    assert () == loaded.problems
    return loaded.archive.evaluations[0]


def refused(folder: Path) -> tuple[str, str, object]:
    """Code, path inside the folder, and variant of the only problem."""
    problem, = load(folder).problems
    assert show([problem])
    return problem.code, problem.path.removeprefix(f"{folder}/"), problem.values.get("variant")


def value(text: str) -> object:
    """What the loader makes of a text."""
    return document(File("x.yml", text)).value


def unreadable(text: str) -> list[Problem]:
    """Why no document can be made of a text, if none can."""
    try:
        document(File("x.yml", text))
    except Unreadable as error:
        return [error.problem]
    return []


def place(problem: Problem) -> tuple[str, int, int]:
    """Code, line and column."""
    return problem.code, problem.line, problem.column


@given(evaluations())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_evaluation_written_as_yaml_is_read_back_the_same(tmp_path_factory: pytest.TempPathFactory, one: Evaluation):
    folder = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("round") / "evaluations"))
    write(folder, as_yaml(one))

    assert one == only(folder)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_document_or_a_problem_and_nothing_else(text: str):
    for problem in unreadable(text):
        assert show([problem])


@given(st.text("[]{}:,-?&*!|>'\"%@`#\t\n ab1", max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_punctuation_gives_a_document_or_a_problem_with_a_place_in_the_file(text: str):
    for problem in unreadable(text):
        assert 1 <= problem.line <= text.count("\n") + 1
        assert 1 <= problem.column <= len(text.split("\n")[problem.line - 1]) + 1
        assert show([problem])


@pytest.mark.parametrize(("written", "meant"), [
    ("true", True), ("false", False), ("null", None), ("0", 0), ("-7", -7), ("434", 434), ("54.5", 54.5),
    ("no", "no"), ("NO", "NO"), ("on", "on"), ("y", "y"), ("True", "True"), ("~", "~"), ("1.10", "1.10"),
    ("0117", "0117"), ("0180", "0180"), ("0o17", "0o17"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("12:30", "12:30"),
    ("2016-05", "2016-05"), ("2016-05-31", "2016-05-31"), (".5", ".5"), ("1e3", "1e3"), (".inf", ".inf"),
    (".nan", ".nan"), ("+5", "+5"), ("-0", 0), ("'434'", "434"), ('"true"', "true"),
])
def test_a_scalar_is_text_unless_it_is_plainly_something_else(written: str, meant: object):
    found = value(f"a: {written}\n")

    assert {"a": meant} == found
    assert type(meant) is type(found["a"])  # type: ignore[index]


def test_a_question_number_is_a_key_of_its_own_with_or_without_quotes():
    assert {"1.1": 1, "1.10": 2, "1.2": 3} == value('1.1: 1\n1.10: 2\n"1.2": 3\n')


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_gives_the_same(folder: Path, newline: str):
    write(folder, (TOP + "summary: |\n  En rad.\n  En till.\n").replace("\n", newline))

    assert "En rad.\nEn till." == only(folder).summary


def test_a_byte_order_mark_at_the_start_is_fine(folder: Path):
    write(folder, b"\xef\xbb\xbf" + (TOP + "total: 434\n").encode())

    assert 434 == only(folder).total


def test_text_is_stored_composed(folder: Path):
    write(folder, TOP + f"summary: {unicodedata.normalize('NFD', 'Växjö på väg')}\n")

    assert "Växjö på väg" == only(folder).summary


def test_escaped_text_is_stored_composed_too(folder: Path):
    write(folder, TOP + 'summary: "Va\\u0308xjo\\u0308"\n')

    assert "Växjö" == only(folder).summary


def test_the_country_gives_the_language_and_the_path_the_identity(folder: Path):
    write(folder, TOP, "no/fjordby/unknown.yml")
    one = only(folder)

    assert ("no", "fjordby", None, "nb") == (one.country, one.municipality, one.year, one.language)


def test_evaluations_are_sorted_with_the_unknown_year_last(folder: Path):
    for path in ("se/granby/unknown.yml", "se/granby/2016.yml", "no/fjordby/2019.yml", "se/granby/2013.yml"):
        write(folder, TOP, path)

    assert ["fjordby-2019", "granby-2013", "granby-2016", "granby-unknown"] == [
        each.slug for each in load(folder).archive.evaluations]


def test_the_registry_keeps_leading_zeros_and_parallel_names(folder: Path):
    found = load(folder).archive.municipalities

    assert ("0117", 12345, ()) == (found["granby"].code, found["granby"].population, found["granby"].parallel_names)
    assert ("0301", None, ("Vuotna", "Vuono")) == (
        found["fjordby"].code, found["fjordby"].population, found["fjordby"].parallel_names)
    assert "fjordby" == found["gamleby"].successor


@pytest.mark.parametrize(("row", "variant", "column"), [
    ("se,117,nyby,Nyby,,,,,,", None, None),
    ("se,17,nyby,Nyby,,,,,,", "code", 4),
    ("sv,0999,nyby,Nyby,,,,,,", "country", 1),
    ("se,0999,granby,Nyby,,,,,,", "taken", 9),
    ("se,0999,Nyby,Nyby,,,,,,", "slug", 9),
    ("se,0999,nyby,,,,,,,", "name", 14),
    ('se,0999,nyby,"Nyby, Norra",,,12 345,,,', "population", 30),
    ("se,0999,nyby,Nyby,,,,24,,", "population_year", 22),
    ("se,0999,nyby,Nyby,,,,,,Å", "successor", 24),
    ("se,0999,nyby,Nyby", "cells", 1),
    ('se,0999,nyby,"Nyby,,,,,,', "csv", 1),
])
def test_a_wrong_row_of_the_registry_is_shown_at_its_cell(
    folder: Path, row: str, variant: str | None, column: int | None
):
    file = folder / "municipalities.csv"
    file.write_text(file.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    problems = load(folder).problems

    assert ([] if variant is None else [("KK019", 7, column, variant)]) == [
        (each.code, each.line, each.column, each.values["variant"]) for each in problems]


def test_a_registry_with_other_columns_is_refused(folder: Path):
    write(folder, "land,kod\nse,0117\n", "municipalities.csv")

    assert ("KK019", "municipalities.csv", "header") == refused(folder)


def test_latin_1_is_refused_at_the_byte(folder: Path):
    write(folder, TOP.encode() + "summary: Hög nivå\n".encode("latin-1"))
    problem, = load(folder).problems

    assert ("KK004", 4, 11) == place(problem)
    assert "summary: Hög nivå" == problem.source_line
    assert {"position": len(TOP) + 10, "byte": "F6"} == problem.values


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused(folder: Path, encoding: str):
    write(folder, TOP.encode(encoding))

    assert ("KK004", "se/granby/2016.yml", "utf16") == refused(folder)


@pytest.mark.parametrize(
    "char", ["\x00", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\u061c", "\u200b", "\u2060", "\ufeff"]
)
def test_an_invisible_character_is_named_by_its_code_point(folder: Path, char: str):
    write(folder, f"{TOP}notes:\n  - Gran{char}by\n")
    problem = load(folder).problems[0]

    assert ("KK005", 5, 9) == place(problem)
    assert str(problem.values["point"]).startswith(f"U+{ord(char):04X}")


@pytest.mark.parametrize(("content", "variant"), [
    (b"summary: " + b"a" * (MAX_BYTES + 1), "bytes"),
    (b"summary: " + b"a" * (MAX_SCALAR + 1), "scalar"),
    (b"notes: " + b"[" * (MAX_DEPTH + 1), "depth"),
    (b"[" * 40_000 + b"]" * 40_000, "depth"),
    (b"{" * 40_000, None),
    (b"? " * 20_000, None),
    (b"- " * 40_000, "depth"),
    (b"notes: [" + b"1, " * MAX_NODES + b"1]", "nodes"),
    (b"summary: '" + b"a\n" * 900_000, None),
])
def test_limits_hold_and_are_told_at_once(folder: Path, content: bytes, variant: str | None):
    write(folder, content)
    start = time.process_time()
    code, _, found = refused(folder)

    assert time.process_time() - start < HANGS
    assert (code, found) == ("KK006", variant) if variant else code in ("KK006", "KK007", "KK008")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# bara en kommentar\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_in_it_is_told(folder: Path, content: bytes):
    write(folder, content)

    assert ("KK007", "se/granby/2016.yml", "empty") == refused(folder)


@pytest.mark.parametrize("levels", [9, 40])
def test_an_alias_bomb_is_refused_at_its_first_anchor(folder: Path, levels: int):
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, levels))
    write(folder, bomb)
    start = time.process_time()
    problem, = load(folder).problems

    assert ("KK008", 1, 5) == place(problem)
    assert time.process_time() - start < HANGS


def test_a_number_of_five_thousand_digits_is_a_problem_and_no_traceback(folder: Path):
    write(folder, f"{TOP}total: {'9' * 5000}\n")

    assert ("KK024", "se/granby/2016.yml", "digits") == refused(folder)


@pytest.mark.parametrize("target", ["/etc/hostname", ".", "2016.yml", "nowhere"])
def test_a_symbolic_link_is_refused_whatever_it_leads_to(folder: Path, target: str):
    (folder / "se/granby").mkdir(parents=True)
    (folder / "se/granby/2016.yml").symlink_to(target)

    assert ("KK002", "se/granby/2016.yml", None) == refused(folder)


def test_a_file_that_becomes_a_link_after_it_was_listed_is_not_followed(tmp_path: Path):
    (tmp_path / "2016.yml").symlink_to("/etc/hostname")

    with pytest.raises(Unreadable) as refusal:
        read(tmp_path / "2016.yml", "2016.yml")
    assert "KK001" == refusal.value.problem.code


@pytest.mark.parametrize("path", ["se", "se/granby", "editions/2002.yml", "known.yml"])
def test_a_linked_folder_or_list_is_refused_and_not_entered(folder: Path, tmp_path: Path, path: str):
    outside = write(tmp_path / "outside", TOP)
    (folder / path).unlink(missing_ok=True)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).symlink_to(outside.parent)

    assert ("KK002", path, None) == refused(folder)


def test_a_pipe_is_refused_at_once(folder: Path):
    (folder / "se/granby").mkdir(parents=True)
    os.mkfifo(folder / "se/granby/2016.yml")

    assert ("KK001", "se/granby/2016.yml", "special") == refused(folder)


def test_a_folder_in_a_file_s_place_is_refused(folder: Path):
    (folder / "se/granby/2016.yml").mkdir(parents=True)

    assert ("KK001", "se/granby/2016.yml", "special") == refused(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(folder: Path):
    write(folder, TOP).chmod(0)

    assert ("KK001", "se/granby/2016.yml", None) == refused(folder)


@pytest.mark.parametrize(("path", "variant"), [
    ("se/granby/2016.yaml", "evaluation"), ("se/granby/16.yml", "evaluation"), ("se/granby/2016-05.yml", "evaluation"),
    ("se/granby/1889.yml", "evaluation"), ("se/granby/2016.yml~", "evaluation"),
    ("se/Granby/2016.yml", "municipality"), ("se/2016.yml", "municipality"),
    ("se/växjö/2016.yml", "municipality"), ("sv/granby/2016.yml", "top"), ("granby/2016.yml", "top"),
    ("topic.yml", "nearest"), ("editions/2015.txt", "edition"), ("se/granby/2016.yml/x.yml", None),
    ("se/" + "a" * 81 + "/2016.yml", "municipality"), ("se/🙂/2016.yml", "municipality"),
    ("se/con /2016.yml", "municipality"),
])
def test_a_file_in_the_wrong_place_is_told_where_it_belongs(folder: Path, path: str, variant: str | None):
    write(folder, TOP, path)
    code, _, found = refused(folder)

    assert ("KK003" if variant else "KK001", variant or "special") == (code, found)


@pytest.mark.parametrize("names", [("granby", "Granby"), ("växjö", unicodedata.normalize("NFD", "växjö"))])
def test_names_that_differ_only_in_case_or_composition_are_refused_as_twins(folder: Path, names: tuple[str, str]):
    for name in names:
        write(folder, TOP, f"se/{name}/2016.yml")
    twins = {each.values["variant"] for each in load(folder).problems if each.code == "KK003"}

    assert {"twin"} == twins


def test_hidden_files_and_readmes_are_left_alone(folder: Path):
    for path in ("README.md", ".DS_Store", "schema.json", "se/.gitkeep", "se/granby/.2016.yml.swp"):
        write(folder, "x", path)

    assert () == load(folder).problems


def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path):
    outside = write(tmp_path / "other", TOP, "se/granby/2016.yml")
    loaded = load(folder, [outside, folder / "../other/se/granby/2016.yml"])

    assert [("KK003", "outside")] * 2 == [(each.code, each.values["variant"]) for each in loaded.problems]
    assert () == loaded.archive.evaluations


def test_only_the_named_files_are_told_about_but_neighbours_are_read(folder: Path):
    named = write(folder, f"{TOP}totl: 1\n")
    write(folder, f"{TOP}totl: 1\n", "se/granby/2013.yml")
    write(folder, f"{TOP}totl: 1\n", "se/storvik-by/2013.yml")
    loaded = load(folder, [named])

    assert [named.as_posix()] == [each.path for each in loaded.problems]
    assert ["granby-2013", "granby-2016"] == [each.slug for each in loaded.archive.evaluations]


def test_a_named_file_that_is_not_there_is_told(folder: Path):
    problem, = load(folder, [folder / "se/granby/2042.yml"]).problems

    assert ("KK001", "missing") == (problem.code, problem.values["variant"])


def test_an_empty_or_missing_folder_gives_an_empty_archive(tmp_path: Path):
    assert () == load(tmp_path / "nowhere").archive.evaluations


def test_faults_of_one_kind_do_not_hide_the_rest_of_the_file(folder: Path):
    write(folder, f"{TOP}total: 54,5\nmonth: 5\nareas:\n  1: {{points: 54, brif: Kort}}\n  2: {{points: 3.5}}\n")
    loaded = load(folder)

    assert ["KK020", "KK021", "KK020"] == [each.code for each in loaded.problems]
    one, = loaded.archive.evaluations
    assert (None, 5, 54, None) == (one.total, one.month, one.areas[1].points, one.areas[2].points)


def test_a_place_is_found_by_dots_by_parts_by_id_and_by_year(folder: Path):
    write(folder, (
        f"{TOP}areas:\n  4:\n    points: 54\n    questions:\n      4.2: {{points: 9}}\n    examples:\n"
        "      - id: dialog\n        title: A\n        text: B\n        topics: [medborgardialog]\n"
        "printed_changes:\n  - {since: 2013, total: 139}\n"
    ))
    loaded = load(folder)
    one, = loaded.archive.evaluations

    def at(where: str | tuple[str | int, ...]) -> tuple[int, int, int]:
        _, line, column, _, length = loaded.places.at(one, where)
        return line, column, length

    assert (6, 13, 2) == at("areas.4.points")
    assert (8, 21, 1) == at("areas.4.questions.4.2.points") == at(("areas", 4, "questions", "4.2", "points"))
    assert (13, 18, 15) == at("areas.4.examples.dialog.topics.0") == at(("areas", 4, "examples", 0, "topics", 0))
    assert (15, 26, 3) == at("printed_changes.2013.total")
    assert (4, 1, 5) == at("areas")
    assert (4, 1, 5) == at("areas.5.points")
    assert (f"{folder}/se/granby/2016.yml", 15, 26, "  - {since: 2013, total: 139}", 3) == loaded.places.at(
        "se/granby/2016.yml", "printed_changes.2013.total")
    assert [(2, 9), (5, 40)] == [
        loaded.places.at("municipalities.csv", each)[1:3] for each in (("granby",), ("gamleby", "successor"))]


def test_the_whole_archive_is_read_without_an_error():
    loaded = load(ROOT / "evaluations")

    assert [] == [show([each]) for each in loaded.problems if each.severity == "error"]
    assert len(loaded.archive.evaluations) >= 150


@pytest.mark.parametrize("warned", [False, True])
def test_the_corpus_that_speed_is_measured_on_gives_the_warnings_it_is_made_for(tmp_path: Path, warned: bool):
    paths = files.write(tmp_path, 25, benchmark.BYTES, warned)

    assert 3 * len(paths) * warned == len(benchmark.checked(tmp_path))


def test_a_file_that_is_as_it_was_is_read_again_only_to_point_into_it(tmp_path: Path):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (1, 1))
    remembered: Remembered = {}
    first = load(tmp_path, before=remembered)

    again = load(tmp_path, before=remembered)

    assert first.archive == again.archive
    assert all(one is other for one, other in zip(first.archive.evaluations, again.archive.evaluations, strict=True))
    assert not again.places.files
    one = again.archive.evaluations[0]
    assert first.places.at(one, "total") == again.places.at(one, "total")
    assert first.places.at(one, "total")[1] > 1


def test_a_file_that_is_gone_after_it_was_understood_is_pointed_at_as_a_whole(tmp_path: Path):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (1, 1))
    remembered: Remembered = {}
    load(tmp_path, before=remembered)
    again = load(tmp_path, before=remembered)
    one = again.archive.evaluations[0]
    shutil.rmtree(tmp_path / one.country / one.municipality)

    path, line, column, text, _ = again.places.at(one, "total")

    assert (1, 1, "") == (line, column, text)
    assert path.endswith(f"{one.municipality}/{one.year}.yml")
