"""Builds a small site while the system says no at a chosen moment, or while the build is killed; and what is left.

The small site is the invented sample, built and then edited, so that there is an old site and a new one. What stands
between the build and the system is `shim.c`: it is in every process of the run, the builder's included.
"""

from __future__ import annotations

import errno
import filecmp
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHIM = Path(__file__).parent / "shim.c"
STATE = struct.Struct("=QQiiIi24s1000s")
SHORT_WRITE, KILL_ALL, KILL_FIRST = -1, -2, -3
WHAT = {
    "ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "EIO": errno.EIO, "short write": SHORT_WRITE,
    "kill": KILL_ALL, "kill the first process": KILL_FIRST,
}  # fmt: skip
LIMIT = 600
"""Seconds after which a build hangs."""
LEFT = (".releases/draft-*", ".build/shard-*", ".site.new", ".cache/*.new", ".cache/*/*.new")
"""What no finished build leaves behind."""


@dataclass(frozen=True)
class Fault:
    """What happens at which file operation; a full disk may stay full."""

    what: str
    at: int
    lasting: bool = False


@dataclass(frozen=True)
class Seen:
    """What a build with a fault did: where the fault came, how it ended, what it said, and which site stands."""

    fault: Fault
    operation: str
    status: int
    said: str
    site: str
    """`old`, `new`, or what differs."""

    @property
    def right(self) -> bool:
        """Whether a whole site stands, the new one where the build said so, and a refusal was told in plain words."""
        killed = self.fault.what.startswith("kill")
        told = "Traceback" not in self.said and (killed or self.status == 0 or "webbplatsen står kvar" in self.said)
        return told and (self.site == "new" if self.status == 0 else self.site in ("old", "new"))


def compiled(folder: Path) -> Path:
    """The shim as a library; a test that needs a compiler fails where none is found, it is never skipped."""
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        pytest.fail("No C compiler was found. On Debian: apt-get install gcc libc6-dev. Or set CC to its path.")
    library = folder / "shim.so"
    command = [compiler, "-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"]
    subprocess.run(command, check=True)
    return library


class Trial:
    """A folder with an old site, an edit that is not built yet, and the new site as it is to be."""

    def __init__(self, folder: Path, evaluations: Path) -> None:
        self.folder, self.evaluations = folder, evaluations
        self.library, self.state = compiled(folder), folder / "state"
        self.old, self.new, self.work = folder / "old", folder / "new", folder / "work"
        assert 0 == self.build(self.old).returncode
        self._precede()
        self._edit()
        subprocess.run(["cp", "-a", self.old, self.new], check=True)  # with times and second names
        self.operations = self._counted()
        assert differing(self.old / "site", self.new / "site")

    def _precede(self) -> None:
        """Let two other sites have been made before, so that the new one is laid over one of them."""
        old = (self.old / "site").resolve()
        for n in (1, 2):
            other = old.with_name(f"{n:012}")
            subprocess.run(["cp", "-al", old, other], check=True)
            os.utime(other, (n, n))

    def _edit(self) -> None:
        """Another total and another sentence, one evaluation less."""
        path = self.evaluations / "se" / "sagovik" / "2016.yml"
        text = path.read_text(encoding="utf-8").replace("summary: |\n", "summary: |\n  Bryggpromenad.\n", 1)
        path.write_text(text, encoding="utf-8")
        shutil.rmtree(self.evaluations / "no" / "ovre-anes")

    def build(self, work: Path, **around: str) -> subprocess.CompletedProcess[str]:
        """Build in a folder, in a process group of its own."""
        options = ["--evaluations", str(self.evaluations), "--work", str(work), "--jobs", "1"]
        return subprocess.run(
            [sys.executable, "-m", "generator", "build", *options], cwd=ROOT, env={**os.environ, **around},
            capture_output=True, encoding="utf-8", check=False, timeout=LIMIT, start_new_session=True,
        )  # fmt: skip

    def _counted(self) -> list[str]:
        """Build the new site; every file operation of it, in order: its number, process, kind and path."""
        log = self.folder / "log"
        done, _ = self._faulty(Fault("EIO", 0), self.new, FAULT_LOG=str(log))
        assert 0 == done.returncode, done.stderr
        return log.read_text(encoding="utf-8", errors="replace").splitlines()

    def run(self, fault: Fault) -> tuple[Seen, str]:
        """What a build with the fault did, and what was wrong with the next one; empty if nothing."""
        with self._afresh():
            done, operation = self._faulty(fault, self.work)
            seen = Seen(fault, operation, done.returncode, done.stdout + done.stderr, self.standing())
            again = self.build(self.work)
            wrong = again.stdout + again.stderr if again.returncode else self.standing().removeprefix("new")
            return seen, wrong or ", ".join(str(path) for one in LEFT for path in self.work.glob(one))

    def standing(self) -> str:
        """Which site stands."""
        for name, work in (("old", self.old), ("new", self.new)):
            if not differing(self.work / "site", work / "site"):
                return name
        return ", ".join(differing(self.work / "site", self.new / "site")[:5])

    @contextmanager
    def _afresh(self) -> Iterator[None]:
        """The folder as it was after the old site was built."""
        subprocess.run(["cp", "-a", self.old, self.work], check=True)
        try:
            yield
        finally:
            shutil.rmtree(self.work)

    def _faulty(self, fault: Fault, work: Path, **around: str) -> tuple[subprocess.CompletedProcess[str], str]:
        """A build with a fault, and which operation it struck."""
        start = STATE.pack(0, fault.at, WHAT[fault.what], fault.lasting, 0, 0, b"", b"")
        self.state.write_bytes(start.ljust(4096, b"\0"))
        under = f"{work}\n{self.evaluations}"
        shim = {"LD_PRELOAD": str(self.library), "FAULT_STATE": str(self.state), "FAULT_UNDER": under}
        done = self.build(work, **shim, **around)
        with self.state.open("r+b") as file, mmap.mmap(file.fileno(), 0) as told:
            *_, fired, error, operation, path = STATE.unpack(told[: STATE.size])
        where = path.rstrip(b"\0").decode(errors="replace").replace(str(self.folder), "")
        name = next((name for name, number in WHAT.items() if number == error), "")
        return done, f"{operation.rstrip(bytes(1)).decode()} {where} {name}" if fired else ""


def differing(one: Path, other: Path) -> list[str]:
    """The files in which two sites differ."""
    files, others = (_files(site) for site in (one, other))
    both = files.keys() & others.keys()
    return sorted((files.keys() ^ others.keys()) | {path for path in both if not _equal(files[path], others[path])})


def _files(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def _equal(one: Path, other: Path) -> bool:
    return filecmp.cmp(one, other, shallow=False)
