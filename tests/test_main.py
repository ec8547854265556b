"""The commands as a person runs them: each test starts `python -m generator` and looks at what it says and leaves."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SAMPLE

from benchmarks.serving import free_port
from generator.publish import alone, inspect, policy_in_page
from tests.test_publish import built, shown

ROOT = Path(__file__).parent.parent
REAL = ROOT / "evaluations"
EPOCH = {"SOURCE_DATE_EPOCH": "1000000000", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
ERROR = re.compile(r"^(?P<place>(?P<path>[^:\n]+):\d+:\d+): fel\[(?P<code>KK\d{3})\]: \S", re.MULTILINE)
LIMIT = 300
"""Seconds after which a command counts as hanging."""

Done = subprocess.CompletedProcess[str]


def start(*command: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    shown = [sys.executable, "-m", *map(str, command)]
    variables = {**os.environ, **EPOCH, **environment}
    return subprocess.run(
        shown, cwd=cwd, env=variables, capture_output=True, encoding="utf-8", timeout=LIMIT, check=False
    )


def generator(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """Run a command; whatever happens, nobody ever sees a traceback."""
    done = start("generator", *arguments, cwd=cwd, **environment)
    assert "Traceback" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done


def copy(source: Path, target: Path, backwards: bool = False) -> Path:
    """Copy a folder of evaluations file by file, in or against the order of names."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=backwards):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return target


def invented(target: Path, backwards: bool = False) -> Path:
    """The sample with the one edition more that the hand-written pages name."""
    copy(SAMPLE, target, backwards)
    shutil.copyfile(REAL / "editions" / "2002.yml", target / "editions" / "2002.yml")
    return target


def change(folder: Path, path: str, old: str, new: str) -> int:
    """Replace the first occurrence in a file; returns its line."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def evaluations(tmp_path: Path) -> Path:
    return invented(tmp_path / "evaluations")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample was built; tests that break something after it must find the site as it was."""
    folder = tmp_path_factory.mktemp("work")
    done = generator("build", "--evaluations", invented(folder / "evaluations"), "--work", folder, "--jobs", "1")
    assert 0 == done.returncode, done.stdout + done.stderr
    return folder


# check --------------------------------------------------------------------------------------------------------------


def test_warnings_are_shown_and_are_no_failure(evaluations: Path):
    done = generator("check", "--evaluations", evaluations)

    assert 0 == done.returncode
    assert "varning[KK034]: Område 4: 40 poäng är tryckt" in done.stdout
    assert "0 fel och 3 varningar i 3 filer." in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("finns-inte",),
        ("check", "--finns-inte"),
        ("check", "--format", "xml"),
        ("build", "--builder", "hugo"),
        ("build", "--jobs", "två"),
        ("build", "--share", "3/2"),
        ("build", "--share", "0/2"),
        ("build", "--share", "hälften"),
        ("build", "--share", "1/2", "--no-cache"),
        ("build", "--share", "1/2", "--merge", "del"),
        ("build", "--merge"),
    ],
)
def test_wrong_usage_says_how_and_exits_2(arguments: tuple[str, ...]):
    done = generator(*arguments)

    assert 2 == done.returncode
    assert "usage:" in done.stderr


@pytest.mark.parametrize("command", ["check", "pages"])
@pytest.mark.parametrize("folder", ["finns-inte", "README.md"])
def test_evaluations_that_are_no_folder_are_refused(tmp_path: Path, command: str, folder: str):
    more = ("--work", tmp_path) if command == "pages" else ()

    done = generator(command, "--evaluations", ROOT / folder, *more)

    assert done.returncode in (1, 2)
    assert folder in done.stdout + done.stderr


def plant(folder: Path) -> set[str]:
    """Five faults in four files; returns where each one is and its code."""
    sagovik, later, anes = "se/sagovik/2016.yml", "se/sagovik/2018.yml", "no/ovre-anes/2019.yml"
    faults = [
        (sagovik, change(folder, sagovik, "total: 425", "total: 525"), 8, "KK032"),
        (sagovik, change(folder, sagovik, "month: 5", "month: maj"), 8, "KK020"),
        (anes, change(folder, anes, "evaluators:", "evaluatos:"), 1, "KK021"),
        (later, change(folder, later, "topics: [information", "topics: [infomation"), 18, "KK013"),
        ("averages.yml", change(folder, "averages.yml", "country: se", "country: se\n    country: no") + 1, 5, "KK009"),
    ]
    return {f"{folder}/{path}:{line}:{column} {code}" for path, line, column, code in faults}


def test_all_faults_of_all_files_are_named_at_once_with_line_and_column(evaluations: Path):
    planted = plant(evaluations)

    done = generator("check", "--evaluations", evaluations)

    assert 1 == done.returncode
    assert planted == {f"{match['place']} {match['code']}" for match in ERROR.finditer(done.stdout)}
    assert "Menade du ”evaluators”?" in done.stdout
    assert "Menade du ”information”?" in done.stdout


def test_a_machine_reads_the_same_faults(evaluations: Path):
    planted = plant(evaluations)

    found = json.loads(generator("check", "--evaluations", evaluations, "--format", "json").stdout)
    github = generator("check", "--evaluations", evaluations, "--format", "github")

    errors = [problem for problem in found["problems"] if problem["severity"] == "error"]
    assert planted == {f"{p['path']}:{p['line']}:{p['column']} {p['code']}" for p in errors}
    assert 5 == found["errors"] == github.stdout.count("::error file=")
    assert 1 == github.returncode


def test_a_misspelt_municipality_is_named_with_the_nearest(evaluations: Path):
    (evaluations / "se" / "sagovik").rename(evaluations / "se" / "sagovk")

    done = generator("check", "--evaluations", evaluations)

    assert 1 == done.returncode
    assert re.search(r"se/sagovk/2016\.yml:1:1: fel\[KK\d{3}\]: .*sagovk.*sagovik", done.stdout)


# Broken files -------------------------------------------------------------------------------------------------------

BROKEN = {
    "empty": b"",
    "binary": bytes(range(256)) * 9,
    "latin-1": 'edition: "2015"\nsummary: \u00e5\u00e4\u00f6\n'.encode("latin-1"),
    "utf-16": 'edition: "2015"\n'.encode("utf-16"),
    "tab": b'edition: "2015"\nareas:\n\t1: {points: 4}\n',
    "brackets": b"[" * 40_000,
    "nul": b"edition: \0\n",
    "list": b"- 1\n",
    "word": b"hej\n",
    "colon": b": : : - ? !\n",
    "surrogate": b'edition: "\xed\xa0\x80"\n',
}
ODD = ("folder", "link", "pipe")
YEARS = {kind: f"{year}.yml" for year, kind in enumerate([*BROKEN, *ODD], start=1990)}


@pytest.fixture(scope="module")
def said_of_broken_files(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What check says of a folder that holds one file of every broken kind."""
    folder = invented(tmp_path_factory.mktemp("broken")) / "se" / "sagovik"
    for kind, content in BROKEN.items():
        (folder / YEARS[kind]).write_bytes(content)
    (folder / YEARS["folder"]).mkdir()
    (folder / YEARS["link"]).symlink_to("2016.yml")
    os.mkfifo(folder / YEARS["pipe"])
    return generator("check", "--evaluations", folder.parent.parent)


@pytest.mark.parametrize("kind", YEARS)
def test_a_broken_file_is_named_and_hides_no_other(said_of_broken_files: Done, kind: str):
    named = {Path(match["path"]).name for match in ERROR.finditer(said_of_broken_files.stdout)}

    assert YEARS[kind] in named
    assert 1 == said_of_broken_files.returncode
    assert "varning[KK034]: Område 4: 40 poäng" in said_of_broken_files.stdout


@pytest.mark.parametrize("kind", ["empty", "binary", "folder", "missing"])
@pytest.mark.parametrize("path", ["municipalities.csv", "topics.yml", "editions/2015.yml"])
def test_a_broken_file_that_others_rest_on_is_named(evaluations: Path, path: str, kind: str):
    (evaluations / path).unlink()
    if kind == "folder":
        (evaluations / path).mkdir()
    elif kind != "missing":
        (evaluations / path).write_bytes(BROKEN[kind])

    done = generator("check", "--evaluations", evaluations)

    assert 1 == done.returncode
    assert Path(path).stem in done.stdout


# The real data ------------------------------------------------------------------------------------------------------


def enkoping(folder: Path, points: int) -> tuple[Done, str]:
    """Check the real data with other points in Enköping's area 4; also returns the place of those points."""
    path = "se/enkoping/2016.yml"
    line = change(copy(REAL, folder), path, "points: 42\n", f"points: {points}\n")
    assert f"points: {points}" in (folder / path).read_text(encoding="utf-8").partition("\n  4:")[2][:40]
    return generator("check", "--evaluations", folder), f"{folder / path}:{line}:"


def test_the_real_data_has_no_errors():
    assert 0 == generator("check").returncode


def test_points_out_of_reach_are_an_error_that_names_both_figures(tmp_path: Path):
    done, place = enkoping(tmp_path, 52)

    assert 1 == done.returncode
    assert f"{place}13: fel[KK031]: Område 4 har 52 poäng, men frågorna räcker till 41–42 (" in done.stdout
    assert "se/enkoping/2016.yml:11:8: fel[KK032]: Totalen är 434 poäng, men områdena räcker till" in done.stdout


def test_the_plain_sum_of_rounded_points_says_what_differs(tmp_path: Path):
    # 43 is what the rounded questions come to, but their percents leave no more than 42.3.
    done, place = enkoping(tmp_path, 43)

    assert f"{place}13: fel[KK031]: Område 4 har 43 poäng, men frågorna räcker till 41–42 (" in done.stdout
    assert "Totalen 434 är tryckt, men de avrundade områdena blir 435 tillsammans." in done.stdout


# pages and build ----------------------------------------------------------------------------------------------------


def test_faulty_data_writes_no_page(tmp_path: Path, evaluations: Path):
    plant(evaluations)

    done = generator("pages", "--evaluations", evaluations, "--work", tmp_path / "work")

    assert 1 == done.returncode
    assert 5 == done.stderr.count(": fel[KK")
    assert [] == list((tmp_path / "work").iterdir())


def test_faulty_data_leaves_pages_and_site_as_they_were(work: Path, evaluations: Path):
    pages, site, release = contents(work / ".build"), contents(work / "site"), (work / "site").resolve()
    plant(evaluations)

    done = generator("build", "--evaluations", evaluations, "--work", work)

    assert 1 == done.returncode
    assert 5 == done.stderr.count(": fel[KK")
    assert (pages, site, release) == (contents(work / ".build"), contents(work / "site"), (work / "site").resolve())


def test_the_same_data_gives_the_same_bytes(work: Path, tmp_path: Path):
    """Other folder, order of files, hash seed, number of processes, time zone, language and moment of the machine."""
    other = invented(tmp_path / "other", backwards=True)
    machine = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "skräp"}

    done = generator("build", "--evaluations", other, "--work", tmp_path, "--jobs", "2", **machine)

    assert 0 == done.returncode, done.stderr
    first, second = contents(work / "site"), contents(tmp_path / "site")
    assert [] == sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))
    assert (work / "site").resolve().name == (tmp_path / "site").resolve().name


def test_a_second_build_writes_no_page_and_gives_the_same_site(work: Path):
    before = (work / "site").resolve()

    done = generator("build", "--evaluations", work / "evaluations", "--work", work)

    assert " 0 filer nya eller ändrade" in done.stdout
    assert before == (work / "site").resolve()


def test_without_what_was_kept_the_site_is_the_same(work: Path):
    before = (work / "site").resolve()

    done = generator("build", "--evaluations", work / "evaluations", "--work", work, "--no-cache")

    assert 0 == done.returncode
    assert before == (work / "site").resolve()


def test_an_edit_and_its_undoing_lead_back_to_the_same_site(work: Path, evaluations: Path):
    before, old = (work / "site").resolve(), contents(work / "site")
    shutil.rmtree(evaluations / "no" / "ovre-anes")

    generator("build", "--evaluations", evaluations, "--work", work)
    without = contents(work / "site")
    generator("build", "--evaluations", work / "evaluations", "--work", work)

    assert "kommuner/ovre-anes/2019/index.html" in old
    assert [] == [path for path in without if "ovre-anes" in path]
    assert [] == [path for path, text in without.items() if b"fredagsfeilen" in text]
    assert before == (work / "site").resolve()


@pytest.mark.parametrize("builder", ["mkdocs", "properdocs"])
def test_after_pages_a_plain_strict_build_gives_a_complete_site(tmp_path: Path, evaluations: Path, builder: str):
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.copytree(ROOT / "generator" / "theme", tmp_path / "generator" / "theme")
    assert 0 == generator("pages", "--evaluations", evaluations, "--work", tmp_path).returncode

    done = start(builder, "build", "--strict", "--site-dir", tmp_path / "plain", cwd=tmp_path)

    assert 0 == done.returncode, done.stdout + done.stderr
    docs, site = contents(tmp_path / ".build" / "docs"), contents(tmp_path / "plain")
    pages = {re.sub(r"(^|/)index\.md$", r"\1index.html", path) for path in docs if path.endswith("index.md")}
    others = {path for path in docs if not path.endswith(".md")}
    assert set() == (pages | others) - site.keys()
    assert [] == inspect(tmp_path / "plain", policy_in_page(ROOT / "mkdocs.yml"))
    assert b'<img class="k-wide" src="profil.svg"' in site["kommuner/sagovik/2016/index.html"]


def test_the_other_builder_gives_the_same_pages(work: Path, tmp_path: Path):
    done = generator("build", "--evaluations", work / "evaluations", "--work", tmp_path, "--builder", "properdocs")

    assert 0 == done.returncode, done.stderr
    one, other = contents(work / "site"), contents(tmp_path / "site")
    assert one.keys() == other.keys()
    lines = [pair for path in one if path != "manifest.json" for pair in differing(one[path], other[path])]
    assert len(lines) > 50
    assert [] == [pair for pair in lines if not all(line.strip().startswith(GENERATOR) for line in pair)]


GENERATOR = b'<meta name="generator" content="mkdocs-'
"""The one line in which a page says who built it. The manifest tells the digest of every page."""


def differing(one: bytes, other: bytes) -> list[tuple[bytes, bytes]]:
    """The lines in which two files differ; they have as many."""
    return [pair for pair in zip(one.splitlines(), other.splitlines(), strict=True) if pair[0] != pair[1]]


def test_the_site_may_lie_in_a_folder_that_is_not_there_yet(work: Path, tmp_path: Path):
    site = tmp_path / "ny" / "mapp" / "site"

    done = generator("build", "--evaluations", work / "evaluations", "--work", work, "--site", site)

    assert 0 == done.returncode, done.stderr
    assert contents(work / "site") == contents(site)


def test_a_folder_in_the_place_of_the_site_is_named_and_left_alone(work: Path, tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "min.txt").write_text("egen", encoding="utf-8")

    done = generator("build", "--evaluations", work / "evaluations", "--work", work, "--site", tmp_path / "site")

    assert 1 == done.returncode
    assert f"{tmp_path / 'site'} finns redan" in done.stderr
    assert {"min.txt": b"egen"} == contents(tmp_path / "site")


PLACES: dict[str, Callable[[Path], Path]] = {
    "/": lambda folder: Path("/"),
    "a file": lambda folder: folder / "evaluations" / "topics.yml",
    "in a file": lambda folder: folder / "evaluations" / "topics.yml" / "site",
    "a link to /": lambda folder: folder / "rot",
    "among the evaluations": lambda folder: folder / "evaluations" / "se" / "site",
    "among the pages": lambda folder: ROOT / "docs" / "site",
    "among the code": lambda folder: ROOT / "generator" / "site",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_where_no_site_may_stand_is_named_before_anything_is_done(tmp_path: Path, place: str):
    evaluations, site = invented(tmp_path / "evaluations"), PLACES[place](tmp_path)
    (tmp_path / "rot").symlink_to("/")
    before = contents(tmp_path)

    done = generator("build", "--evaluations", evaluations, "--work", tmp_path / "work", "--site", site)

    assert 1 == done.returncode
    assert re.match(rf"{re.escape(str(site))} (finns redan|ligger bland källorna)", done.stderr)
    assert before == contents(tmp_path) and not (tmp_path / "work").exists()


def test_a_place_that_cannot_be_made_is_named_and_the_old_site_stays(work: Path, tmp_path: Path):
    (tmp_path / "fil").touch()
    before = contents(work / "site")

    done = generator("build", "--evaluations", work / "evaluations", "--work", work, "--site", tmp_path / "fil" / "x")

    assert 1 == done.returncode
    assert f"{tmp_path / 'fil'}: " in done.stderr and "Den gamla webbplatsen står kvar." in done.stderr
    assert before == contents(work / "site")
    assert [] == list((work / ".releases").glob("draft*"))


def test_one_command_leads_back_to_the_site_before(tmp_path: Path):
    old, new = (built(tmp_path, text, ".releases") for text in ("gammal", "ny"))

    done = generator("rollback", "--work", tmp_path)

    assert (0, {"index.html": b"gammal"}) == (done.returncode, shown(tmp_path / "site"))
    assert f"visar åter webbplatsen {old.name}, som byggdes före {new.name}." in done.stdout
    done = generator("rollback", "--work", tmp_path)
    assert 1 == done.returncode and "ingen tidigare webbplats" in done.stderr
    assert {"index.html": b"gammal"} == shown(tmp_path / "site")


def test_going_back_passes_over_a_site_that_is_no_longer_whole(tmp_path: Path):
    oldest, damaged, _ = (built(tmp_path, text, ".releases") for text in ("äldst", "gammal", "ny"))
    (damaged / "index.html").unlink()

    done = generator("rollback", "--work", tmp_path)

    assert (0, oldest) == (done.returncode, (tmp_path / "site").resolve())
    assert f"{damaged.name} hoppas över" in done.stderr


def test_a_second_run_in_the_same_folder_says_that_it_waits(tmp_path: Path):
    command = [sys.executable, "-m", "generator", "rollback", "--work", str(tmp_path)]
    with alone(tmp_path, lambda: None):
        second = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert second.stdout
        said = second.stdout.readline().decode()
    _, refused = second.communicate(timeout=LIMIT)

    assert f"Ett annat bygge pågår i {tmp_path}." in said
    assert "ingen tidigare webbplats" in refused.decode()


# On the way -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["utvärderingar lästa", "sidor skrivna"])
def test_ctrl_c_ends_a_build_quietly_and_leaves_everything_as_it_was(work: Path, tmp_path: Path, said: str):
    """Sent to all processes of the build, as a terminal does: while figures are drawn, and while pages are built."""
    here = shutil.copytree(work, tmp_path / "work", symlinks=True)
    if said == "utvärderingar lästa":
        shutil.rmtree(here / ".cache" / "drawings")
    shutil.rmtree(here / ".cache" / "pages")
    before, releases = contents(here / "site"), set((here / ".releases").iterdir())
    change(here / "evaluations", "se/sagovik/2016.yml", "total: 425", "total: 424")
    command = [sys.executable, "-m", "generator", "build", "--evaluations", here / "evaluations", "--work", here]

    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as building:
        assert building.stdout is not None
        assert any(said in line for line in building.stdout)
        os.killpg(building.pid, signal.SIGINT)
        _, complaint = building.communicate(timeout=LIMIT)

    assert (130, "") == (building.returncode, complaint)
    assert (before, releases) == (contents(here / "site"), set((here / ".releases").iterdir()))
    assert [] == [*here.glob(".build/shard-*"), *here.glob(".releases/draft*")]


def test_timings_tell_where_the_time_went(work: Path):
    done = generator("build", "--evaluations", work / "evaluations", "--work", work, "--timings")

    lines = done.stdout.partition("Tiden gick till:")[2].splitlines()
    told = {name for name in ("utvärderingar läses", "sidor skrivs", "filer granskas", "allt") if name in done.stdout}
    assert {"utvärderingar läses", "sidor skrivs", "filer granskas", "allt"} == told
    seconds = [float(line.split()[0]) for line in lines if " s " in line]
    assert abs(sum(seconds[:-1]) - seconds[-1]) < 0.1 * len(seconds)


# Several machines ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shares(work: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What two machines keep of the sample, each of its half; the slow drawings are there from before."""
    made = []
    for number in (1, 2):
        folder = tmp_path_factory.mktemp("share")
        shutil.copytree(work / ".cache" / "drawings", folder / ".cache" / "drawings")
        done = generator(
            "build", "--evaluations", work / "evaluations", "--work", folder, "--share", f"{number}/2", "--jobs", "1"
        )
        assert f"Klar: del {number} av 2 ligger i {folder / '.cache'}" in done.stdout, done.stderr
        made.append(folder / ".cache")
    return made


def test_shares_laid_together_are_what_one_machine_makes_and_hold_all_its_pages(
    work: Path, shares: list[Path], tmp_path: Path
):
    done = generator("build", "--evaluations", work / "evaluations", "--work", tmp_path, "--merge", *shares)

    assert 0 == done.returncode, done.stderr
    assert contents(work / "site") == contents(tmp_path / "site")
    one, other, all_ = ({path.name for path in (cache / "pages").iterdir()} for cache in (*shares, tmp_path / ".cache"))
    assert all_ == one | other
    assert len(one - other) > 10 and len(other - one) > 10


def test_what_is_damaged_or_missing_in_a_share_is_made_where_they_are_laid_together(
    work: Path, shares: list[Path], tmp_path: Path
):
    damaged = shutil.copytree(shares[0], tmp_path / "share")
    for path in sorted((damaged / "pages").iterdir())[::3]:
        path.write_bytes(b"<h1>damaged")

    done = generator("build", "--evaluations", work / "evaluations", "--work", tmp_path / "merged", "--merge", damaged)

    assert 0 == done.returncode, done.stderr
    assert contents(work / "site") == contents(tmp_path / "merged" / "site")


def test_a_folder_that_is_no_share_is_named(work: Path, tmp_path: Path):
    done = generator("build", "--evaluations", work / "evaluations", "--work", tmp_path, "--merge", tmp_path / "borta")

    assert 1 == done.returncode
    assert f"{tmp_path / 'borta'} är ingen del av en webbplats" in done.stderr


# Faults on the way --------------------------------------------------------------------------------------------------

FAULTS = {
    "builder": ("docs/om/index.md", "# ", "[bort](finns-inte.md)\n\n# ", "om/index.md"),
    "gate": ("docs/om/index.md", "# ", '<a href="../bort/">bort</a>\n\n# ', "om/index.html: död länk: ../bort/"),
    "theme": ("generator/theme/main.html", "{% extends", "{% if %}{% extends", "Expected an expression"),
}  # fmt: skip


@pytest.mark.parametrize("place", FAULTS)
def test_a_fault_on_the_way_says_what_and_leaves_the_old_site(work: Path, tmp_path: Path, place: str):
    path, old, new, said = FAULTS[place]
    for folder in ("generator", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    site, releases = contents(work / "site"), set((work / ".releases").iterdir())
    change(tmp_path, path, old, new)

    done = start("generator", "build", "--evaluations", work / "evaluations", "--work", work, cwd=tmp_path)

    assert 1 == done.returncode
    assert said in done.stderr
    assert "Den gamla webbplatsen står kvar." in done.stderr
    assert (site, releases) == (contents(work / "site"), set((work / ".releases").iterdir()))


# serve --------------------------------------------------------------------------------------------------------------


def answer(address: str) -> str:
    """What the server says, or nothing where none answers."""
    try:
        with urllib.request.urlopen(address) as got:
            return str(got.read().decode())
    except OSError:
        return ""


def wait_for(ready: Callable[[], bool], seconds: float = LIMIT) -> bool:
    last = time.monotonic() + seconds
    while not (done := ready()) and time.monotonic() < last:
        time.sleep(0.1)
    return done


def test_the_preview_follows_an_edit_and_ends_quietly(tmp_path: Path, evaluations: Path):
    port = free_port()
    options = map(str, ["--evaluations", evaluations, "--work", tmp_path, "--port", port])
    page, said = f"http://127.0.0.1:{port}/kommuner/sagovik/2016/", tmp_path / "said.txt"
    with said.open("wb") as terminal, subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", *options], cwd=ROOT, stdout=terminal, stderr=subprocess.STDOUT
    ) as serving:
        try:
            assert wait_for(lambda: "425" in answer(page))
            change(evaluations, "se/sagovik/2016.yml", "summary: |\n", "summary: |\n  Bryggpromenad.\n")
            if not wait_for(lambda: "Bryggpromenad" in answer(page), 10):  # edited before the watch had begun
                (evaluations / "se/sagovik/2016.yml").touch()
            assert wait_for(lambda: "Bryggpromenad" in answer(page))
            assert "/__preview.js" in answer(page)
            assert "location.reload" in answer(f"http://127.0.0.1:{port}/__preview.js")
            assert b"__preview" not in (tmp_path / "site/kommuner/sagovik/2016/index.html").read_bytes()
        finally:
            serving.send_signal(signal.SIGINT)
            status = serving.wait(LIMIT)
    assert (0, 0) == (status, said.read_text(encoding="utf-8").count("Traceback"))


def test_a_reader_that_has_seen_enough_leaves_no_complaint():
    command = f"{sys.executable} -m generator check | true"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "" == done.stderr
