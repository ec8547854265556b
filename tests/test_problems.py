"""How problems are shown: to a person, to a program and to GitHub, in words that are all there."""

import json
import re
import string
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator import problems
from generator.problems import Problem
from tests.test_checks import CASES, found, lay_out

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "generator" / "locales"
HELP = ROOT / problems.HELP
SCHEMA = json.loads((ROOT / "docs" / "redigera" / "problem.schema.json").read_text(encoding="utf-8"))
HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def problem(**changes: object) -> Problem:
    """A problem as the rules make it."""
    given = {
        "path": "evaluations/se/granby/2016.yml", "line": 14, "column": 13, "code": "KK025", "severity": "error",
        "values": {"variant": "area", "area": 4, "points": 101, "maximum": 100, "at": "areas.4.points"},
        "source_line": "    points: 101",
        "length": 3,
    }
    return Problem(**{**given, **changes})  # type: ignore[arg-type]


def entries(language: str) -> dict[str, str]:
    """The words of this room in one language."""
    return yaml.safe_load((LOCALES / language / "problems.yml").read_text(encoding="utf-8"))


def codes() -> set[str]:
    """Every code that the rooms use."""
    source = "".join(file.read_text(encoding="utf-8") for room in ("load", "checks")
                     for file in (ROOT / "generator" / room).glob("*.py"))
    return set(re.findall(r'"(KK\d{3})"', source))


def test_text_shows_place_message_caret_advice_and_count():
    expected = """\
evaluations/se/granby/2016.yml:14:13: fel[KK025]: Område 4 har 101 poäng, men kan ge högst 100.
   14 |     points: 101
      |             ^^^
  råd: Jämför med rapporten. Trycker den så, låt talet stå och lägg till under known_mismatches: - {rule: KK025, \
at: areas.4.points, reason: "…"}
  läs mer: docs/redigera/fel.md#kk025

1 fel och 0 varningar i 1 fil.
"""

    assert expected == problems.show([problem()])


def test_text_in_english():
    shown = problems.show([problem(severity="warning")], "en")

    assert "2016.yml:14:13: warning[KK025]: Area 4 has 101 points, but can give 100 at most.\n" in shown
    assert "  advice: Compare with the report." in shown
    assert "0 errors and 1 warning in 1 file." in shown


def test_nothing_wrong_says_so():
    assert "Inga fel.\n" == problems.show([])


def test_problems_are_sorted_by_file_and_place():
    shown = problems.show([problem(path="b.yml"), problem(line=20), problem(line=3), problem(path="a.yml")])

    own = "evaluations/se/granby/2016.yml"
    assert ["a.yml:14:13", "b.yml:14:13", f"{own}:3:13", f"{own}:20:13"] == [
        line.split(": fel")[0] for line in shown.splitlines() if "fel[" in line]


def test_two_missing_keys_of_one_place_are_two_problems():
    first, second = (problem(code="KK022", values={"name": name, "parent": ""}) for name in ("basis", "date"))

    assert 2 == len({first, second})


def test_a_long_source_line_is_cut_around_the_token():
    text = "x" * 500 + "HERE" + "y" * 500
    line, caret = problems.show([problem(source_line=text, column=501, length=4)]).splitlines()[1:3]

    assert len(line) <= problems.WIDTH + 10
    assert line.index("HERE") == caret.index("^^^^")


@given(st.text(), st.text(), st.text())
def test_no_control_character_reaches_the_terminal(path: str, given_value: str, source_line: str):
    values = {"variant": "text", "name": given_value, "given": given_value}
    line = f"\x1b[31m\u202e{source_line}"
    hostile = problem(path=f"{path}\x1b]0;x\x07", code="KK020", values=values, source_line=line)

    for shown in (problems.show([hostile]), problems.as_github([hostile])):
        assert set() == {char for char in shown.replace("\n", "") if unicodedata.category(char) in HIDDEN}


def test_github_escapes_what_could_become_a_command():
    values = {"variant": "nearest", "name": "a\n::error::hej\r%0A", "nearest": "b"}
    shown = problems.as_github([problem(path="a,b:c.yml", code="KK021", values=values)])

    assert 2 == len(shown.splitlines())
    assert shown.startswith("::error file=a%2Cb%3Ac.yml,line=14,col=13,title=KK021::")
    assert "%250A" in shown


@pytest.mark.parametrize(("written", "shown"), [
    ("100 %", "100 %25"), ("%0A", "%250A"), ("a\nb", "a b"), ("a\r\nb", "a\N{REPLACEMENT CHARACTER} b"),
    ("\x1b[31m", "\N{REPLACEMENT CHARACTER}[31m"), ("::error::", "::error::"), ("a,b:c", "a,b:c"),
])
def test_github_escapes_a_message(written: str, shown: str):
    line, _ = problems.as_github([problem(code="KK021", values={"name": written, "allowed": ""})]).splitlines()

    assert f"”{shown}”" in line.split("::", 2)[2]


@pytest.mark.parametrize(("path", "shown"), [
    ("a,b:c.yml", "a%2Cb%3Ac.yml"), ("100%.yml", "100%25.yml"), ("a\nb::error.yml", "a b%3A%3Aerror.yml"),
    ("%2C.yml", "%252C.yml"),
])
def test_github_escapes_a_path(path: str, shown: str):
    assert problems.as_github([problem(path=path)]).startswith(f"::error file={shown},line=14,col=13,title=KK025::")


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=12))
def test_github_has_a_line_for_each_annotation_and_no_other(given_values: list[tuple[str, str]]):
    some = [problem(path=path, code="KK021", values={"name": name, "allowed": name}) for path, name in given_values]
    lines = problems.as_github(some).splitlines()
    commands = [line for line in lines if line.startswith("::")]

    assert min(len(some), problems.ANNOTATIONS) == len(commands)
    assert len(lines) - len(commands) == 1 + (len(some) > problems.ANNOTATIONS)


def test_github_shows_ten_errors_first_and_counts_the_rest():
    many = [problem(line=line, severity="warning") for line in range(1, 9)]
    many += [problem(line=line) for line in range(20, 27)]
    lines = problems.as_github(many).splitlines()

    assert ["::error "] * 7 + ["::warning"] * 3 == [line[:9 if line.startswith("::w") else 8] for line in lines[:10]]
    assert "5 till visas inte här. Kör kontrollen själv för att se alla." == lines[10]
    assert "7 fel och 8 varningar i 1 fil." == lines[11]


def test_json_holds_everything_a_program_needs():
    content = json.loads(problems.as_json([problem()]))

    assert {"errors": 1, "warnings": 0} == {key: content[key] for key in ("errors", "warnings")}
    assert {
        "path": "evaluations/se/granby/2016.yml", "line": 14, "column": 13, "length": 3, "code": "KK025",
        "severity": "error", "message": "Område 4 har 101 poäng, men kan ge högst 100.",
        "advice": problems.advice(problem()),
        "help": "docs/redigera/fel.md#kk025",
    } == content["problems"][0]


def test_the_published_schema_of_the_json_is_one_of_draft_07():
    assert "http://json-schema.org/draft-07/schema#" == SCHEMA["$schema"]
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_json_agrees_with_its_published_schema(tmp_path: Path, language: str):
    for file in CASES.glob("*.yml"):
        lay_out(file.read_text(encoding="utf-8"), tmp_path / file.stem)
        content = json.loads(problems.as_json(found(tmp_path / file.stem), language))

        assert [] == [each.message for each in Draft7Validator(SCHEMA).iter_errors(content)], file.stem


@given(st.text(min_size=1), st.text(), st.integers(1), st.integers(1))
def test_json_of_any_problem_agrees_with_the_schema(path: str, name: str, line: int, column: int):
    some = problem(path=path, line=line, column=column, code="KK021", values={"name": name, "allowed": name})

    assert [] == [*Draft7Validator(SCHEMA).iter_errors(json.loads(problems.as_json([some])))]


def test_the_schema_names_every_field_and_refuses_any_other():
    content = json.loads(problems.as_json([problem()]))
    one = content["problems"][0]

    assert list(SCHEMA["definitions"]["problem"]["properties"]) == list(one)
    assert not Draft7Validator(SCHEMA).is_valid({**content, "problems": [{**one, "more": 1}]})


def test_every_language_has_the_same_keys_and_placeholders():
    def placeholders(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    swedish, english = entries("sv"), entries("en")

    assert list(swedish) == list(english)
    assert {key: placeholders(text) for key, text in swedish.items()} == {
        key: placeholders(text) for key, text in english.items()}


def test_every_code_has_its_message_and_advice_and_no_other_has():
    words = entries("sv")

    assert codes() == {key[:5] for key in words if key.startswith("KK")}
    assert [] == [code for code in codes() if f"{code}.message" not in words or f"{code}.advice" not in words]


def test_every_message_has_its_advice():
    words = entries("sv")

    assert [] == [key for key in words if key.endswith(".message") and key[:-7] + "advice" not in words]


def test_every_code_is_explained_with_an_example_and_a_remedy():
    text = HELP.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (KK\d{3}) [^\n]+\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))

    assert sorted(codes()) == list(sections)
    assert sorted(codes()) == [anchor.upper() for anchor in re.findall(r"^## .*\{#(kk\d{3})\}$", text, re.MULTILINE)]
    assert [] == [code for code, section in sections.items()
                  if "Gör så här: " not in section or not ("Exempel: " in section or "```yaml" in section)]


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_that_a_case_file_can_show_has_one(code: str):
    # Files that are no text cannot be written as a case; test_load makes them.
    elsewhere = {"KK001", "KK002", "KK003", "KK004", "KK019"}
    cases = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "problems").glob("*.yml"))

    assert code in elsewhere or f"# expect: {code} " in cases
