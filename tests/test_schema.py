"""The help while typing: fresh, valid, in words, and of one mind with the loader."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.__main__ import main
from generator.editing import draft, schema, schema_text, wanted, with_tables
from generator.editing.fields import fields, records
from generator.load import load
from generator.load.events import document
from generator.load.file import File, Unreadable
from generator.model import COUNTRY_LANGUAGE, UNFILLED, Evaluation
from generator.text import words
from tests.conftest import SAMPLE
from tests.test_draft import TODAY, all_on, filled

ROOT = Path(__file__).parent.parent
REAL = ROOT / "evaluations"
CASES = ROOT / "tests" / "problems"
VALUES = {"KK007", "KK011", "KK013", "KK014", "KK020", "KK021", "KK022", "KK023", "KK024", "KK027", "KK028"}
"""The codes that say of one value, whatever the others are, that it cannot be: what a schema can say too."""
BEYOND = {
    "zero-width-in-key": "the loader names the character and not the key",
    "topic-of-unknown-question": "another file than an evaluation",
    "text-of-images": "what is too long stands in the tail that its first line asks for",
}
"""Cases with such a code that a schema still cannot judge, and why."""


@cache
def validator(folder: Path) -> Draft7Validator:
    return Draft7Validator(schema(load(folder).archive), format_checker=Draft7Validator.FORMAT_CHECKER)


def evaluations(folder: Path) -> list[Path]:
    return sorted(path for country in COUNTRY_LANGUAGE for path in (folder / country).rglob("*.yml"))


def content(text: str) -> Any:
    """The text as an editor's language server sees it: JSON, with text for keys."""
    return plain(document(File("x.yml", text)).value)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def faults(folder: Path, text: str) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in validator(folder).iter_errors(content(text))]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(each)


def test_the_committed_schema_is_fresh():
    committed = (REAL / "schema.json").read_text(encoding="utf-8")

    assert committed == schema_text(load(REAL).archive), "run python -m generator schema"


def test_it_is_a_schema_of_draft_07_and_uses_nothing_newer():
    made = schema(load(REAL).archive)
    Draft7Validator.check_schema(made)
    newer = {"$defs", "prefixItems", "unevaluatedProperties", "dependentRequired", "nullable", "ge", "le", "anyOf"}

    assert "http://json-schema.org/draft-07/schema#" == made["$schema"]
    assert set() == newer & {key for node in nodes(made) for key in node}
    assert [] == [node for node in nodes(made) if "$ref" in node and len(node) > 1]


def test_numbers_are_keys_by_pattern_since_the_language_server_refuses_them_as_properties():
    made = schema(load(REAL).archive)
    patterns = [pattern for node in nodes(made) for pattern in node.get("patternProperties", {})]

    assert {"^(?:1|2|3|4|5|6|7|8)$", r"^(?:[1-8]\.[1-9]\d?)$"} == set(patterns)
    assert [] == [name for node in nodes(made.get("properties")) for name in node if str(name).isdigit()]


@pytest.mark.parametrize("path", [*evaluations(REAL), *evaluations(SAMPLE)],
                         ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_evaluation_agrees_with_the_schema_of_its_folder(path: Path):
    folder = SAMPLE if path.is_relative_to(SAMPLE) else REAL

    assert [] == faults(folder, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", evaluations(REAL), ids=lambda path: path.relative_to(REAL).as_posix())
def test_every_file_names_the_schema(path: Path):
    first = path.read_text(encoding="utf-8").split("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert named is not None
    assert (REAL / "schema.json").resolve() == (path.parent / named[1]).resolve()


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_schema_and_loader_agree_on_a_case(path: Path):
    case = path.read_text(encoding="utf-8")
    text, *_ = re.split(r"^#### ", case, flags=re.MULTILINE)
    codes = {code for code, end in re.findall(r"^# expect: (KK\d{3})( warning)?(?! \S+ \S)", text, re.MULTILINE)
             if not end}
    own = re.search(r"^# file: (\S+)", text, re.MULTILINE)
    if (own and own[1].split("/")[0] not in COUNTRY_LANGUAGE) or path.stem in BEYOND:
        return
    try:
        found = faults(CASES / "base", text)
    except Unreadable:
        return

    assert bool(codes & VALUES) == bool(found), found


def test_the_cases_that_a_schema_can_judge_are_many():
    texts = [path.read_text(encoding="utf-8") for path in CASES.glob("*.yml")]
    codes = {code for text in texts for code in re.findall(r"^# expect: (KK\d{3})", text, re.MULTILINE)}

    assert codes >= VALUES
    assert BEYOND.keys() <= {path.stem for path in CASES.glob("*.yml")}


@pytest.mark.parametrize("edition", ["2010", "2015", "2020", "unknown"])
def test_a_new_file_agrees_once_it_is_filled_in_and_not_before(edition: str):
    archive = load(REAL).archive
    text = draft(wanted(archive, "se/tranemo", "2024", edition, TODAY, words("sv")))

    assert [] == faults(REAL, filled(text))
    assert [] == faults(REAL, all_on(filled(text)))
    assert text.count(f"points: {UNFILLED}") == sum(".points: " in fault for fault in faults(REAL, text))


@pytest.mark.parametrize("key", ["country", "municipality", "year"])
def test_what_the_path_says_is_no_field(key: str):
    assert key not in schema(load(REAL).archive)["properties"]


def test_only_edition_and_sources_are_required():
    assert ["edition", "sources"] == schema(load(REAL).archive)["required"]


def test_every_field_is_explained():
    made = schema(load(REAL).archive)
    for record in records():
        own = made if record is Evaluation else made["definitions"][record.__name__]
        assert list(fields(record)) == list(own["properties"])
        assert [] == [name for name, each in own["properties"].items() if not each.get("description")]


def test_the_guide_to_the_fields_names_every_field():
    written = (ROOT / "docs" / "redigera" / "falt.md").read_text(encoding="utf-8")
    guide = with_tables(written).replace("<wbr>", "")
    there = set(re.findall(r"[>.]([a-z_]+)</(?:th|code)>", guide))

    assert [] == [name for record in records() for name in fields(record) if name not in there]


def test_editions_topics_and_municipalities_can_be_chosen():
    archive = load(REAL).archive
    made = schema(archive)
    chosen = {name: made["definitions"][name]["enum"] for name in ("topic", "municipality")}

    assert [*sorted(archive.editions), "unknown"] == made["properties"]["edition"]["enum"]
    assert {"topic": sorted(archive.topics), "municipality": sorted(archive.municipalities)} == chosen
    for record in ("Strength", "Improvement", "Example"):
        assert {"$ref": "#/definitions/topic"} == made["definitions"][record]["properties"]["topics"]["items"]
    for record in ("RoleModel", "Reference"):
        one = made["definitions"][record]["properties"]["municipality"]
        assert [{"$ref": "#/definitions/municipality"}] == one["allOf"]


@pytest.mark.parametrize(("line", "path"), [
    ("edition: 2015", "$.edition"), ("total: 4,5", "$.total"), ("month: 13", "$.month"), ("total:", "$.total"),
    ("previous: [1066]", "$.previous[0]"), ("areas: {9: {points: 1}}", "$.areas"),
    ("areas: {1: {questions: {9.1: {points: 1}}}}", "$.areas['1'].questions"),
    ("areas: {1: {poäng: 54}}", "$.areas['1']"), ("role_models: [{municipality: x, about: A}]", "$.role_models[0]."),
    ("known_mismatches: [{rule: KK1, at: total, reason: A}]", "$.known_mismatches[0].rule"),
    ("strengths: [{id: a, text: B, topics: [finns-inte]}]", "$.strengths[0].topics[0]"),
    ("strengths: [{id: Å, text: B}]", "$.strengths[0].id"), ("year: 2015", "$"),
])
def test_a_wrong_value_is_found_where_it_stands(line: str, path: str):
    key = line.split(":")[0]
    base = {"edition": 'edition: "2015"\n', "sources": "sources: [{title: A, read: 2026-01-01}]\n"}
    text = "".join(each for name, each in base.items() if name != key) + line + "\n"
    found = faults(REAL, text)

    assert found
    assert [] == [fault for fault in found if not fault.startswith(path)]


# The command and the editor -----------------------------------------------------------------------------------------


def test_the_command_writes_the_schema_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)

    assert 0 == main(["schema", "--evaluations", str(tmp_path)])
    assert schema_text(load(SAMPLE).archive) == (tmp_path / "schema.json").read_text(encoding="utf-8")
    assert "schema.json är skriven" in capsys.readouterr().out


def test_a_schema_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "schema.json").mkdir()

    assert 1 == main(["schema", "--evaluations", str(tmp_path)])
    assert "går inte att skriva" in capsys.readouterr().err
    assert not (tmp_path / ".schema.json.new").exists()


def test_a_folder_without_registry_gets_no_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert 1 == main(["schema", "--evaluations", str(tmp_path)])
    assert "Inget är skrivet." in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def test_the_editor_uses_the_schema_for_every_evaluation():
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    assert [f"evaluations/{country}/**/*.yml" for country in COUNTRY_LANGUAGE] == (
        settings["yaml.schemas"]["evaluations/schema.json"])


def test_the_hooks_run_targets_that_exist_and_name_no_host():
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert {"local"} == set(re.findall(r"repo: (\S+)", text))
    assert {"lint"} <= set(re.findall(r"make ([a-z]+)", text)) <= targets
    assert "-m generator check --fix" in text and "-m generator check\n" in text and "-m yamllint" in text
    assert "://" not in text
