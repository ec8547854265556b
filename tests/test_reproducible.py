"""One commit gives one site, byte for byte, wherever and whenever it is built: the real one, in disturbed places."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from generator.commands import reading
from tests.faults.harness import LIMIT, ROOT, compiled

PLAIN = {"PYTHONDONTWRITEBYTECODE": "1"}
BUILD = [sys.executable, "-m", "generator", "build", "--work"]


def test_a_clock_that_was_never_set_makes_nothing_lie_in_the_future(monkeypatch: pytest.MonkeyPatch):
    class Past(date):
        @classmethod
        def today(cls) -> date:
            return datetime(1970, 1, 2)

    assert reading.today() == date.today()
    monkeypatch.setattr(reading, "date", Past)
    assert reading.today() == date.max


# Disturbed places: what is done to a copy of the project, with which command before the build, and with what around it.


def packed(project: Path) -> dict[str, str]:
    """A packed copy: no history, but told its commit."""
    commit = run(["git", "rev-parse", "HEAD"], project).stdout.strip()
    shutil.rmtree(project / ".git")
    return {"SOURCE_COMMIT": commit}


def other_machine(project: Path) -> dict[str, str]:
    """Another time zone, language, hash seed; a moment that is none; rights for nobody else."""
    return {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "abc"}


def backwards(project: Path) -> dict[str, str]:
    """Data and pages written anew against the order of their names, and changes in what no site is made of."""
    for folder in ("evaluations", "docs"):
        shutil.move(project / folder, project / "moved")
        for path in sorted((path for path in (project / "moved").rglob("*") if path.is_file()), reverse=True):
            place = project / folder / path.relative_to(project / "moved")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        shutil.rmtree(project / "moved")
    (project / "README.md").write_text("changed")
    (project / "new.txt").write_text("new")
    return {"PYTHONHASHSEED": "0"}


def long_ago(project: Path) -> dict[str, str]:
    """A clock that was never set, and a copy without the history before its commit."""
    shutil.rmtree(project / ".git")
    run(["git", "clone", "--quiet", "--bare", "--depth", "1", f"file://{ROOT}", project / ".git"], project)
    run(["git", "config", "core.bare", "false"], project)
    run(["git", "reset", "--quiet"], project)
    return {"LD_PRELOAD": str(compiled(project.parent)), "FAULT_CLOCK": "1"}


def locked(project: Path) -> dict[str, str]:
    """Nothing more than usual: this one is built without network, and cannot write to the project."""
    return {"LANG": "sv_SE.UTF-8"}


def in_the_open(command: list[str], project: Path) -> list[str]:
    return command


def behind_bars(command: list[str], project: Path) -> list[str]:
    bars = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift && exec "$@"'
    return ["unshare", "--map-root-user", "--mount", "--net", "sh", "-c", bars, "sh", str(project), *command]


Disturb = Callable[[Path], dict[str, str]]
Place = Callable[[list[str], Path], list[str]]
PLACES: list[tuple[Disturb, Place]] = [
    (other_machine, in_the_open), (backwards, in_the_open), (long_ago, in_the_open), (packed, in_the_open),
    (locked, behind_bars),
]  # fmt: skip


def run(command: list[str | Path], folder: Path, **around: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **PLAIN, **around}, capture_output=True, encoding="utf-8", check=False,
        timeout=LIMIT * 3,
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout + done.stderr
    return done


def copied(folder: Path) -> Path:
    run(["git", "clone", "--quiet", f"file://{ROOT}", folder], ROOT)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the commit that is checked out, built from a copy of it."""
    work = tmp_path_factory.mktemp("plain")
    run([*BUILD, work], copied(work / "project"))
    return work / "site"


@pytest.mark.trials
@pytest.mark.parametrize(("disturb", "place"), PLACES, ids=lambda one: one.__name__)
def test_one_commit_is_one_site_also_in_a_disturbed_place(site: Path, tmp_path: Path, disturb: Disturb, place: Place):
    project = copied(tmp_path / "another folder" / "projekt å")
    around = disturb(project)

    run(place([*BUILD, str(tmp_path / "work")], project), project, **around)

    differing = subprocess.run(
        ["diff", "-r", site, tmp_path / "work" / "site"], capture_output=True, text=True, check=False
    )
    assert "" == differing.stdout[:2000] + differing.stderr[:2000]
