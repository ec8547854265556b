"""Whatever fails while a site is built, and whenever the build is killed: the old site stands or the new one does."""

from __future__ import annotations

import random

import pytest

from tests.faults.harness import Fault, Seen, Trial
from tests.test_main import invented

SUITED = {
    "ENOSPC": {"create", "write", "mkdir", "link", "symlink", "rename"},
    "EACCES": {"open", "create", "mkdir", "link", "symlink", "rename", "remove", "look", "list", "set"},
    "EIO": {"open", "create", "read", "write", "mkdir", "link", "symlink", "rename", "remove", "look", "list", "set"},
    "short write": {"write"},
}
"""Which operations can say what."""
FAULTS, KILLS = 400, 200
"""So many of each does `make trials` try."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    folder = tmp_path_factory.mktemp("faults")
    return Trial(folder, invented(folder / "evaluations"))


def faults(operations: list[str], number: int, chance: random.Random) -> list[Fault]:
    """So many of each kind, one at a random moment of every equal part of the run; a full disk often stays full."""
    chosen = []
    for what, kinds in SUITED.items():
        places = [n for n, line in enumerate(operations, start=1) if line.split(" ")[2] in kinds]
        moments = [(n * len(places) + chance.randrange(len(places))) // number for n in range(number)]
        chosen += [Fault(what, places[at], what == "ENOSPC" and n % 2 == 0) for n, at in enumerate(moments)]
    return chosen


def kills(operations: list[str], number: int, chance: random.Random) -> list[Fault]:
    """All processes at once, or only the first of them, at random moments."""
    kinds = ("kill", "kill", "kill the first process")
    return [Fault(kinds[n % 3], chance.randint(1, len(operations))) for n in range(number)]


def wrong(trial: Trial, chosen: list[Fault], seen: list[Seen] | None = None) -> list[str]:
    """What was not as it should be, each with what led to it."""
    found = []
    for fault in chosen:
        one, after = trial.run(fault)
        if seen is not None:
            seen.append(one)
        if not one.right:
            found.append(f"{fault} {one.operation}: {one.status}, site {one.site}\n{one.said}")
        if after:
            found.append(f"{fault} {one.operation}: the next build: {after}")
    return found


def test_faults_reach_every_process_and_every_kind_of_operation(trial: Trial):
    processes, kinds = ({line.split(" ")[n] for line in trial.operations} for n in (1, 2))

    assert len(processes) >= 2
    assert set().union(*SUITED.values()) <= kinds
    assert any("/.build/shard-" in line and line.endswith("/site/404.html") for line in trial.operations)


def test_whatever_fails_and_whenever_it_is_killed_the_old_site_or_the_new_one_stands(trial: Trial):
    chance = random.Random(8)
    chosen = [*chance.sample(faults(trial.operations, 1, chance), 2), *kills(trial.operations, 1, chance)]

    assert [] == wrong(trial, chosen)


@pytest.mark.trials
def test_faults_and_kills_all_through_the_run_leave_the_old_site_or_the_new_one(trial: Trial):
    chance, seen = random.Random(9), list[Seen]()
    chosen = faults(trial.operations, FAULTS // len(SUITED), chance) + kills(trial.operations, KILLS, chance)

    found = wrong(trial, chosen, seen)

    print(table(seen, len(trial.operations)))
    assert [] == found


def table(seen: list[Seen], operations: int) -> str:
    """How often what came, and which site stood afterwards."""
    rows = ["| what | tried | old site | new site | neither |", "|---|--:|--:|--:|--:|"]
    for what in dict.fromkeys(one.fault.what for one in seen):
        sites = [one.site if one.site in ("old", "new") else "" for one in seen if one.fault.what == what]
        rows.append(f"| {what} | {len(sites)} | {sites.count('old')} | {sites.count('new')} | {sites.count('')} |")
    return "\n".join([f"{operations} file operations in a run.", "", *rows])
