"""What `check --fix` mends, and above all what it leaves alone."""

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.__main__ import main
from generator.editing import difference, fixed
from generator.load import load
from generator.load.events import document
from generator.load.file import File, Unreadable
from generator.model import Evaluation
from generator.publish import replace
from tests.conftest import SAMPLE
from tests.strategies import as_yaml, evaluations

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "problems"
FILES = sorted([*(ROOT / "evaluations").rglob("*.yml"), *SAMPLE.rglob("*.yml")])
SOURCES = "sources:\n  - {title: Rapport, read: 2026-01-01}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder without evaluations."""
    return Path(shutil.copytree(CASES / "base", tmp_path / "evaluations"))


def write(folder: Path, content: str, path: str = "se/granby/2016.yml") -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode())
    return file


def said(text: str) -> object:
    """What a file says, spaces at the ends of lines aside; None when it says nothing."""
    try:
        value = document(File("x.yml", text.replace("\r\n", "\n").replace("\r", "\n"))).value
    except Unreadable:
        return None
    return re.sub(r"[ \t]+(?=\n|$)", "", unicodedata.normalize("NFC", repr(value).replace("\\n", "\n")))


@pytest.mark.parametrize(("before", "after", "kinds"), [
    ("a: b\r\nc: d\r\n", "a: b\nc: d\n", ("line_ends",)),
    ("a: b\rc: d\r", "a: b\nc: d\n", ("line_ends",)),
    ("a: Va\u0308xjo\u0308\n", "a: Växjö\n", ("composed",)),
    ("a: b  \t\n# c \n\nd: e\n", "a: b\n# c\n\nd: e\n", ("trailing",)),
    ("edition: 2015\n", 'edition: "2015"\n', ("quoted",)),
    ("edition: 2015    # sidan 2\n", 'edition: "2015"    # sidan 2\n', ("quoted",)),
    ("areas:\n  4:\n    questions:\n      4.1: {points: 2}\n      4.10: {points: 2}\n",
     'areas:\n  4:\n    questions:\n      "4.1": {points: 2}\n      "4.10": {points: 2}\n', ("quoted",)),
    ("areas: {1: {questions: {1.1: {points: 9}, 1.2: {points: 7}}}}\n",
     'areas: {1: {questions: {"1.1": {points: 9}, "1.2": {points: 7}}}}\n', ("quoted",)),
    ("examples:\n  - question: 1.4\n    id: a\n", 'examples:\n  - question: "1.4"\n    id: a\n', ("quoted",)),
    ("topics:\n  - questions: [1.1, 2.10]\n", 'topics:\n  - questions: ["1.1", "2.10"]\n', ("quoted",)),
    ("comparable:\n  2010: {level: note}\n", 'comparable:\n  "2010": {level: note}\n', ("quoted",)),
    ("edition: 2015 \r\na: e\u0301\r\n", 'edition: "2015"\na: é\n',
     ("line_ends", "composed", "trailing", "quoted")),
])
def test_what_is_certain_is_mended(before: str, after: str, kinds: tuple[str, ...]):
    made = fixed(before)

    assert after == made.text
    assert kinds == made.kinds


@pytest.mark.parametrize("text", [
    "total: 0434\n",
    "total: '434'\n",
    "points: 4,5\n",
    "since: 2013\nprevious: [2013]\nyear: 2015\n",
    "edition: unknown\nedition_x: 2015\n",
    "edition: 20150\n",
    "summary: |\n  edition: 2015\n  questions:\n    4.1: två\n",
    "summary: |\n  En rad  \n  som bryts.\n",
    "summary: 'edition: 2015'\n",
    "# edition: 2015\n",
    "a: &x {edition: 2015}\nb: *x \n",
    "edition: !!str 2015\n",
    "a: [\nedition: 2015 \n",
    "a: \"b\\ \n  c\"\n",
    "areas:\n  4: {points: 4}\n",
    "date: 2014\n",
    "[" * 30_000,
    "edition: 2015\na: " + "[" * 3_000 + "]" * 3_000 + "\n",
    "",
], ids=range(19))
def test_what_is_not_certain_stays(text: str):
    assert (text, ()) == (fixed(text).text, fixed(text).kinds)


def test_a_byte_order_mark_stays():
    assert '\ufeffedition: "2015"\n' == fixed("\ufeffedition: 2015\n").text


def test_lines_that_need_nothing_stay_to_the_byte():
    before = "# hej   # då\nedition:   2015  # sidan 1 \n\n  # indrag\ntotal:  434   # tryckt\nsummary: >-\n   Ett \n\n"
    after = fixed(before).text

    assert [2, 7] == [number for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"),
                                                                         strict=True), 1) if old != new]
    assert 'edition:   "2015"  # sidan 1' == after.split("\n")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_published_file_needs_nothing(path: Path):
    assert () == fixed(path.read_bytes().decode()).kinds


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_a_file_with_faults_keeps_its_figures_and_is_mended_once(path: Path):
    before = path.read_bytes().decode()
    after = fixed(before)

    assert re.findall(r"\d+", before) == re.findall(r"\d+", after.text)
    assert (after.text, ()) == (fixed(after.text).text, fixed(after.text).kinds)


@given(evaluations(), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_spoilt_file_is_mended_to_the_same_evaluation(
    tmp_path_factory: pytest.TempPathFactory, one: Evaluation, windows: bool, apart: bool
):
    folder = Path(shutil.copytree(CASES / "base", tmp_path_factory.mktemp("fix") / "evaluations"))
    text = re.sub(r'^"?edition"?: "(\d+)"$', r"edition: \1", as_yaml(one), flags=re.MULTILINE)
    text = unicodedata.normalize("NFD", text) if apart else text
    file = write(folder, text.replace("\n", "\r\n") if windows else text)
    replace(file, fixed(file.read_bytes().decode()).text)
    loaded = load(folder)

    assert () == loaded.problems
    assert one == loaded.archive.evaluations[0]


@given(st.text(st.sampled_from("[]{}:,-?&*!|>'\"%@`#\t\r\n ab12.\\\u0308\u0338"), max_size=40))
@settings(max_examples=600, deadline=None)
def test_no_text_says_anything_else_afterwards(text: str):
    after = fixed(text).text

    assert said(text) is None or said(text) == said(after)
    assert after == fixed(after).text


def test_the_difference_shows_lines_and_no_control_character():
    shown = difference("a.yml", "edition: 2015\r\nb: \x1b[31m \u202e\n", 'edition: "2015"\nb: \x1b[31m\n')

    assert ["--- a.yml", "+++ a.yml", "@@ -1,2 +1,2 @@", "-edition: 2015", '+edition: "2015"'] == [
        line for line in shown.split("\n") if not line[1:].startswith("b: ") and line[:1] != " "]
    assert not re.search(r"[\x1b\u202e\r]", shown)


# The command ------------------------------------------------------------------------------------------------------


def test_the_command_shows_the_difference_writes_and_checks(folder: Path, capsys: pytest.CaptureFixture[str]):
    file = write(folder, f"edition: 2015  # modellen\r\n{SOURCES}total: 801\n")
    status = main(["check", "--fix", "--evaluations", str(folder)])
    out = capsys.readouterr().out

    assert 1 == status
    assert f'edition: "2015"  # modellen\n{SOURCES}total: 801\n' == file.read_bytes().decode()
    assert out.index("-edition: 2015") < out.index("rättad: radslut och citattecken.") < out.index("fel[KK025]")
    assert "KK020" not in out


def test_a_second_run_finds_nothing_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]):
    file = write(folder, f"edition: 2015\n{SOURCES}")
    main(["check", "--fix", "--evaluations", str(folder)])
    capsys.readouterr()
    before = file.stat().st_mtime_ns, file.stat().st_ino

    assert 0 == main(["check", "--fix", "--evaluations", str(folder)])
    assert "Inget att rätta automatiskt." in capsys.readouterr().out
    assert before == (file.stat().st_mtime_ns, file.stat().st_ino)


def test_only_the_files_that_are_asked_for_are_mended(folder: Path):
    one = write(folder, f"edition: 2015\n{SOURCES}")
    other = write(folder, f"edition: 2015\n{SOURCES}", "se/granby/2013.yml")
    main(["check", "--fix", "--evaluations", str(folder), str(one)])

    assert one.read_text().startswith('edition: "2015"')
    assert other.read_text().startswith("edition: 2015")


def test_without_fix_nothing_is_written(folder: Path):
    file = write(folder, f"edition: 2015 \r\n{SOURCES}")
    main(["check", "--evaluations", str(folder)])

    assert f"edition: 2015 \r\n{SOURCES}" == file.read_bytes().decode()


def test_json_stays_json(folder: Path, capsys: pytest.CaptureFixture[str]):
    write(folder, f"edition: 2015\n{SOURCES}total: 801\n")
    main(["check", "--fix", "--format", "json", "--lang", "en", "--evaluations", str(folder)])
    told = capsys.readouterr()

    assert "KK025" in [each["code"] for each in json.loads(told.out)["problems"]]
    assert "fixed: quotes." in told.err


def test_what_cannot_be_read_is_left_alone(folder: Path, tmp_path: Path):
    latin = write(folder, "")
    latin.write_bytes("edition: 2015 # Växjö \r\n".encode("latin-1"))
    outside = tmp_path / "outside.yml"
    outside.write_text("edition: 2015\n", encoding="utf-8")
    (folder / "se" / "granby" / "2017.yml").symlink_to(outside)

    assert 1 == main(["check", "--fix", "--evaluations", str(folder)])
    assert "edition: 2015 # Växjö \r\n".encode("latin-1") == latin.read_bytes()
    assert "edition: 2015\n" == outside.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_told_and_left_as_it_was(folder: Path, capsys: pytest.CaptureFixture[str]):
    file = write(folder, f"edition: '2015' \n{SOURCES}")
    file.with_name(".2016.yml.new").mkdir()

    assert 1 == main(["check", "--fix", "--evaluations", str(folder)])
    assert "2016.yml går inte att skriva: " in capsys.readouterr().err
    assert f"edition: '2015' \n{SOURCES}" == file.read_text(encoding="utf-8")


def test_a_mended_file_keeps_its_rights_and_leaves_nothing_beside_it(folder: Path):
    file = write(folder, f"edition: 2015\n{SOURCES}")
    file.chmod(0o640)
    main(["check", "--fix", "--evaluations", str(folder)])

    assert 0o640 == file.stat().st_mode & 0o777
    assert [file] == list(file.parent.iterdir())
