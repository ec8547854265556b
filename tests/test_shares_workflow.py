"""The workflow that builds a site on several machines: what it may do, and each of its steps run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import SAMPLE

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / "deploy" / "github-shares.yml"
PINNED = re.compile(r"actions/(upload|download)-artifact@[0-9a-f]{40}")


def workflow() -> dict[str, Any]:
    return yaml.load(WORKFLOW.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def steps(job: str) -> list[dict[str, Any]]:
    return workflow()["jobs"][job]["steps"]


def test_it_may_only_read_and_uses_nothing_but_pinned_actions_of_the_host_itself():
    jobs = workflow()["jobs"]
    used = [step["uses"] for job in jobs for step in steps(job) if "uses" in step]

    assert {"contents": "read"} == workflow()["permissions"]
    assert [] == [name for name, job in jobs.items() if "permissions" in job]
    assert used and [] == [name for name in used if not PINNED.fullmatch(name)]


def test_every_share_that_is_built_is_said_to_be_one_of_as_many():
    numbers = workflow()["jobs"]["share"]["strategy"]["matrix"]["number"]

    assert [str(n) for n in range(1, len(numbers) + 1)] == numbers
    assert f"SHARE=\"$NUMBER/{len(numbers)}\"" in " ".join(step.get("run", "") for step in steps("share"))


@pytest.mark.trials
def test_every_step_runs_and_the_site_is_the_one_that_one_machine_makes(tmp_path: Path):
    origin, artefacts = repository(tmp_path / "origin"), tmp_path / "artefacts"
    where = {"GITHUB_SERVER_URL": f"file://{tmp_path}", "GITHUB_REPOSITORY": origin.name, "GITHUB_SHA": head(origin)}
    where["FETCH"] = workflow()["env"]["FETCH"]
    for number in workflow()["jobs"]["share"]["strategy"]["matrix"]["number"]:
        run_all("share", tmp_path / f"machine-{number}", where | {"NUMBER": number}, artefacts)
    run_all("site", tmp_path / "machine", where, artefacts)
    run(tmp_path / "alone", where, 'eval "$FETCH"')
    run(tmp_path / "alone", where, "make site")

    one, other = contents(tmp_path / "alone" / "site"), contents(tmp_path / "machine" / "site")
    assert [] == sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def repository(folder: Path) -> Path:
    """The project as it lies here, with the sample in the place of the evaluations."""
    tracked = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for path in (path for path in tracked if not path.startswith("evaluations/") and (ROOT / path).is_file()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    shutil.copytree(SAMPLE, folder / "evaluations")
    shutil.copy(ROOT / "evaluations" / "editions" / "2002.yml", folder / "evaluations" / "editions")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=Ingen", "-c", "user.email=ingen@kommun.example", "commit", "--quiet", "-m", "Prov")
    return folder


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8").stdout


def run_all(job: str, machine: Path, variables: dict[str, str], artefacts: Path) -> None:
    """Run a job's steps one after the other in a folder of its own; artefacts go from folder to folder."""
    for step in steps(job):
        if "run" in step:
            run(machine, variables, step["run"])
        elif "upload" in step["uses"]:
            name = step["with"]["path"].replace("${{ matrix.number }}", variables.get("NUMBER", ""))
            artefacts.mkdir(exist_ok=True)
            shutil.move(machine / name, artefacts / name)
        else:
            shutil.copytree(artefacts, machine / step["with"]["path"])


def run(machine: Path, variables: dict[str, str], command: str) -> None:
    """Run a step as the host does; what stands ready here need not be fetched again."""
    machine.mkdir(exist_ok=True)
    shell, around = ["bash", "-e", "-o", "pipefail", "-c", command], {**os.environ, **variables}
    done = subprocess.run(shell, cwd=machine, env=around, capture_output=True, check=False)
    assert 0 == done.returncode, f"{command}\n{done.stdout.decode()}\n{done.stderr.decode()}"
    if not (machine / ".venv").exists():
        (machine / ".venv").symlink_to((ROOT / ".venv").resolve())
        os.utime(machine / "requirements.lock", (0, 0))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
