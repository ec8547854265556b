"""What we take from others, and what runs with it: pinned, sound as far as we know, and with the least rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import vl_convert
import yaml
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("deploy/github-*.yml")])
GITLAB = ROOT / "deploy/gitlab-pages.yml"
FLOORS = {
    "mkdocs-material": "9.7.7",  # script in ?q= (CVE-2026-73295)
    "pymdown-extensions": "11.0.2",  # reads files (CVE-2026-46338, CVE-2026-61632), slow expressions (CVE-2026-67422)
    "markdown": "3.8.1",  # stops at <![ (CVE-2025-69534)
    "jinja2": "3.1.6",  # leaves its sandbox (CVE-2025-27516)
    "mkdocs": "1.6.1",
}
"""The lowest versions that we know to be sound, and of what."""
VEGA = "6.2.0"
"""Runs text as code below this (CVE-2025-59840)."""
ACTIONS = {
    "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02": "v4.6.2",
    "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093": "v4.3.0",
    "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e": "v4.0.5",
}
"""Every action that may be used: GitHub's own, by commit, and the version that this commit is."""
RIGHTS = {"pages", "id-token"}
"""What a job may write, and only the one that publishes."""


@cache
def locked() -> dict[str, tuple[str, str]]:
    """Version and hashes of every pinned library."""
    entries = re.findall(r"^([\w.-]+)==([^ \\;]+)[^\\\n]*((?:\\\n +--hash=\S+ ?)*)", LOCK.read_text("utf-8"), re.M)
    return {name.lower(): (version, hashes) for name, version, hashes in entries}


def workflow(path: Path) -> dict[str, Any]:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in read.items()}  # YAML takes a bare `on` for yes


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def named(path: Path) -> str:
    return path.name


# Libraries ----------------------------------------------------------------------------------------------------------


def test_every_library_is_pinned_with_its_hashes():
    asked = re.findall(r"^([\w.-]+)", (ROOT / "requirements.in").read_text("utf-8"), re.M)

    assert {name.lower().replace(".", "-") for name in asked} <= locked().keys()
    assert [] == [name for name, (_, hashes) in locked().items() if "--hash=sha256:" not in hashes]


def test_only_built_packages_with_the_right_hashes_are_set_up():
    command = re.sub(r"\\\n", "", (ROOT / ".ci/venv").read_text("utf-8"))

    assert re.search(r"pip install .*--require-hashes +--only-binary :all: +-r requirements.lock", command)


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_library_is_not_older_than_what_we_know_to_be_sound(name: str, floor: str):
    assert Version(floor) <= Version(locked()[name][0])


def test_vega_is_not_older_than_what_we_know_to_be_sound():
    assert Version(VEGA) <= Version(vl_convert.get_vega_version())


def test_no_extension_that_reads_files_or_runs_templates_is_on():
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")

    assert re.search(r"^plugins: \[\]", settings, re.M)
    assert not re.search(r"pymdownx\.(snippets|b64)|macros", settings)


def test_the_audit_says_plainly_that_nothing_was_asked(tmp_path: Path):
    """Without a Python of the project's nothing can be set up to ask with."""
    run = subprocess.run(["sh", str(ROOT / ".ci/audit")], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 3 == run.returncode
    assert "could not be asked" in run.stderr


# Workflows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_workflow_may_read_and_only_who_publishes_may_write(path: Path):
    read = workflow(path)
    written = {name: set(job["permissions"]) for name, job in read["jobs"].items() if "permissions" in job}

    assert {"contents": "read"} == read["permissions"]
    assert all(rights <= RIGHTS for rights in written.values())
    assert all(not any("run" in step for step in read["jobs"][name]["steps"]) for name in written)


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_workflow_runs_what_strangers_send_without_rights_and_for_a_while_only(path: Path):
    read, text = workflow(path), path.read_text("utf-8")

    assert set(read["on"]) <= {"push", "pull_request", "workflow_dispatch"}
    assert "pull_request_target" not in text and "secrets." not in text
    assert all(0 < job["timeout-minutes"] <= 60 for job in read["jobs"].values())
    assert all(re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"]) for job in read["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_an_action_is_one_of_few_pinned_by_commit_and_says_its_version(path: Path):
    said = re.findall(r"uses: (\S+) # (\S+)$", path.read_text("utf-8"), re.M)

    assert len(said) == sum("uses" in step for step in steps(path))
    assert [] == [one for one in said if ACTIONS.get(one[0]) != one[1]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_nothing_is_filled_into_a_command(path: Path):
    """Names of branches and titles of requests are texts of strangers; a shell would run them."""
    assert [] == [step["run"] for step in steps(path) if "${{" in step.get("run", "")]


def test_all_workflows_are_read():
    names = [path.name for path in WORKFLOWS]

    assert {"ci.yml", "github-pages.yml", "github-shares.yml"} <= set(names)
    assert set(names) >= {path.name for path in (ROOT / "deploy").glob("*.yml")} - {GITLAB.name}


# The recipes' own commands ------------------------------------------------------------------------------------------


@pytest.mark.trials
@pytest.mark.parametrize("name", ["github-pages.yml", "gitlab-pages.yml"])
def test_the_steps_of_a_recipe_publish_a_whole_site(name: str, tmp_path: Path):
    """Each command as the host runs it, in a fresh copy of the commit; what installs packages is left out."""
    recipe = yaml.safe_load((ROOT / "deploy" / name).read_text("utf-8"))
    jobs = [recipe["pages"]] if name.startswith("gitlab") else recipe["jobs"].values()
    commands = [line for job in jobs for line in job.get("script", [])]
    commands += [step["run"] for job in jobs for step in job.get("steps", []) if "run" in step]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told = {"GITHUB_SERVER_URL": f"file://{ROOT.parent}", "GITHUB_REPOSITORY": ROOT.name, "GITHUB_SHA": commit.strip()}
    environment = {**os.environ, **told, **recipe.get("env", {})}
    if name.startswith("gitlab"):
        subprocess.run(["git", "clone", "-q", str(ROOT), "."], cwd=tmp_path, check=True)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    for command in commands:
        _run(command, tmp_path, environment)
        if (tmp_path / LOCK.name).is_file():
            os.utime(tmp_path / LOCK.name, (0, 0))  # .venv is ready

    site = tmp_path / "public"
    if not site.is_dir():
        shutil.unpack_archive(tmp_path / "artifact.tar", site)
    assert (site / "kommuner/enkoping/2016/index.html").is_file()
    assert [] == [path for path in site.rglob("*") if path.is_symlink()]


def _run(command: str, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, command + done.stdout + done.stderr
