"""How far work has come: what is told, what is heard, and what a terminal shows of it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import yaml

from generator.progress import counted, heard, stage

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "generator" / "locales" / "sv" / "commands.yml"
SLOW = """
import time
from generator.commands.showing import shown
from generator.progress import counted
with shown(timings=False):
    for _ in counted("drawings", range(40)):
        time.sleep(0.04)
print("klar")
"""


class Notes:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int] | int | None] = []

    def began(self, name: str, of: int) -> None:
        self.heard.append((name, of))

    def came(self, done: int) -> None:
        self.heard.append(done)

    def ended(self) -> None:
        self.heard.append(None)


def test_a_listener_hears_of_every_stage_and_every_part():
    notes = Notes()

    with heard(notes):
        assert ["a", "b"] == list(counted("pages", ["a", "b"]))
        with stage("search"):
            pass

    assert [("pages", 2), 1, 2, None, ("search", 0), None] == notes.heard


def test_nobody_need_listen():
    notes = Notes()
    with heard(notes):
        pass

    assert ["a"] == list(counted("pages", ["a"]))
    assert [] == notes.heard


def test_a_stage_that_fails_has_ended_too():
    notes = Notes()
    try:
        with heard(notes), stage("built", 3) as came:
            came(1)
            raise ValueError
    except ValueError:
        assert [("built", 3), 1, None] == notes.heard


def test_every_stage_has_its_word():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py"))
    names = set(re.findall(r'\b(?:stage|counted)\("(\w+)"', code))

    assert len(names) > 8
    assert {f"stage.{name}" for name in names} <= yaml.safe_load(WORDS.read_text(encoding="utf-8")).keys()


def test_a_terminal_shows_how_far_a_stage_has_come_its_pace_and_the_time_that_is_left():
    shown = on_a_terminal(SLOW)

    assert re.search(r"diagram ritas .*\b\d+/40\b.* \d+ per sekund.* \d:\d\d:\d\d", shown)
    assert "klar" in shown


def test_elsewhere_nothing_is_shown_on_the_way():
    done = subprocess.run([sys.executable, "-c", SLOW], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    assert ("klar\n", "") == (done.stdout, done.stderr)


def on_a_terminal(program: str) -> str:
    """What a program writes on a terminal that is wide enough."""
    ours, theirs = pty.openpty()
    command, around = [sys.executable, "-c", program], {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    with subprocess.Popen(command, cwd=ROOT, env=around, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        written = b""
        try:
            while more := os.read(ours, 4096):
                written += more
        except OSError:  # how a terminal says that nobody writes there any more
            pass
        assert 0 == running.wait()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written.decode())
