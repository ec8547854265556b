"""What many tests share: the invented sample, golden folders, a browser and a small web server."""

import difflib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from generator import load
from generator.model import Archive

TESTS = Path(__file__).parent
SAMPLE = TESTS / "sample" / "evaluations"
GOLDEN = TESTS / "golden"
ACTUAL = TESTS / "actual"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHOWN = 200
"""Lines of difference that a failing golden test prints."""

# `make test` tries the same seeded sample every time, and no law fails because a machine is slow.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.register_profile("trials", max_examples=1000, deadline=None)
settings.load_profile("seeded")
# Nor does a browser test fail because the machine is busy: it waits for what it expects.
expect.set_options(timeout=30_000)

Compare = Callable[[str, Mapping[str, str]], None]
Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def sample() -> Archive:
    """The four invented evaluations and what belongs to them, as the loader reads them."""
    return load.load(SAMPLE).archive


@pytest.fixture
def golden() -> Compare:
    """Compare texts by path with the folder of that name in `golden/`; leave what was made in `actual/`."""
    return compare


def compare(name: str, made: Mapping[str, str], expected_in: Path = GOLDEN, actual_in: Path = ACTUAL) -> None:
    """Fail with a unified diff where the folder and the mapping differ, missing and extra files included."""
    expected = _texts(expected_in / name)
    actual = actual_in / name
    shutil.rmtree(actual, ignore_errors=True)
    if expected == dict(made):
        return
    for path, text in made.items():
        target = actual / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    pytest.fail(_difference(expected, made) + f"\n\n{name}: if this is meant, run make golden and read the diff.")


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8") for path in files}


def _difference(expected: Mapping[str, str], made: Mapping[str, str]) -> str:
    lines = [f"missing: {path}" for path in sorted(expected.keys() - made.keys())]
    lines += [f"extra: {path}" for path in sorted(made.keys() - expected.keys())]
    for path in sorted(expected.keys() & made.keys()):
        before, after = expected[path].splitlines(), made[path].splitlines()
        lines += difflib.unified_diff(before, after, f"golden/{path}", f"actual/{path}", lineterm="")
        if before == after and expected[path] != made[path]:
            lines.append(f"only line ends differ: {path}")
    more = [f"… {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a test that needs one fails where none is found, it is never skipped."""
    wanted = filter(None, (os.environ.get("CHROMIUM"), *BROWSERS))
    found = next(filter(None, map(shutil.which, wanted)), None)
    if found is None:
        pytest.fail("No Chromium was found. On Debian: apt-get install chromium. Or set CHROMIUM to its path.")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for the tests of one file."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once for all tests that look at it."""
    work = tmp_path_factory.mktemp("real")
    command = [sys.executable, "-m", "generator", "build", "--work", str(work)]
    done = subprocess.run(command, cwd=TESTS.parent, capture_output=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
    return work / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the browser."""


@pytest.fixture
def served() -> Iterator[Serve]:
    """Serve a folder on 127.0.0.1 for the length of the test; returns the address with a closing slash."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
