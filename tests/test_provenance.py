"""What a page was made of: its sources, their version, and the manifest that tells whether a site is still whole."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Serve
from playwright.sync_api import expect, sync_playwright

from generator.__main__ import main
from generator.publish import Fault, seal, verify, version
from tests.test_gate import held
from tests.test_publish import write

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r'<meta name="source" content="(evaluations|docs)/(\S*?)(?: sha256:(\w+))?">')
COMMIT = "0123456789abcdef0123456789abcdef01234567"
YML = {"se/x/2016.yml": "total: 434\n", "topics.yml": "topics: []\n", ".hidden": "x"}


# The version --------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    names = [option for name in ("user.name", "user.email") for option in ("-c", f"{name}=x")]
    command = ["git", "-C", str(folder), *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in Git with two evaluations' files and a page."""
    monkeypatch.delenv("SOURCE_COMMIT", raising=False)
    write(tmp_path / "p", {f"evaluations/{path}": text for path, text in YML.items()} | {"docs/a.md": "", "README": ""})
    git(tmp_path / "p", "init", "--quiet")
    git(tmp_path / "p", "add", "--all")
    git(tmp_path / "p", "commit", "--quiet", "--message", "x")
    return tmp_path / "p"


def asked(project: Path) -> tuple[str | None, bool]:
    said = json.loads(version(project / "evaluations", ["docs"]))
    return said["commit"], said["changed"]


def test_the_version_is_the_commit_that_the_sources_are_of(project: Path):
    head = git(project, "rev-parse", "HEAD")
    assert (head, False) == asked(project)

    write(project, {"README": "changed, but nothing is made of it"})
    assert (head, False) == asked(project)

    write(project, {"docs/a.md": "changed"})
    assert (head, True) == asked(project)


def test_a_new_file_among_the_sources_makes_them_others_than_the_commit(project: Path):
    write(project, {"evaluations/se/x/2018.yml": ""})

    assert (git(project, "rev-parse", "HEAD"), True) == asked(project)


def test_a_shallow_copy_has_the_same_version(project: Path, tmp_path: Path):
    git(project, "commit", "--quiet", "--allow-empty", "--message", "y")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project}", "shallow")

    assert "true" == git(tmp_path / "shallow", "rev-parse", "--is-shallow-repository")
    assert version(project / "evaluations") == version(tmp_path / "shallow" / "evaluations")


BARE: dict[str, Callable[[Path], object]] = {
    "no history": lambda project: shutil.rmtree(project / ".git"),
    "no commit": lambda project: (shutil.rmtree(project / ".git"), git(project, "init", "--quiet")),
    "a broken history": lambda project: (project / ".git" / "HEAD").write_text("x"),
}


@pytest.mark.parametrize("state", BARE)
def test_without_history_the_commit_is_unknown_unless_it_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, state: str
):
    BARE[state](project)
    assert (None, False) == asked(project)

    monkeypatch.setenv("SOURCE_COMMIT", COMMIT)
    assert (COMMIT, False) == asked(project)

    monkeypatch.setenv("SOURCE_COMMIT", "main; rm -rf")
    assert (None, False) == asked(project)


def test_without_git_the_commit_is_unknown(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")

    assert (None, False) == asked(project)


def test_the_digest_of_all_sources_is_that_of_the_list_that_a_shell_makes(project: Path):
    command = "find . -type f -not -path '*/.*' -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    done = subprocess.run(command, shell=True, cwd=project / "evaluations", capture_output=True, text=True, check=True)

    assert done.stdout.split()[0] == json.loads(version(project / "evaluations"))["sources"]


# The manifest -------------------------------------------------------------------------------------------------------


def page(source: str) -> str:
    return f'<meta name="source" content="{source}">'


RIGHT = hashlib.sha256(b"total: 434\n").hexdigest()
SITE = {
    "data/se/x/2016.yml": "total: 434\n",
    "kommuner/x/index.html": page(f"evaluations/se/x/2016.yml sha256:{RIGHT}"),
    "om/index.html": page(f"docs/om/index.md sha256:{'0' * 64}"),
    "index.html": page("evaluations/"),
    "kommuner/x/2014/index.html": page(f"evaluations/se/x/2014.yml sha256:{'2' * 64}"),  # withdrawn, and so not on it
}


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    site = write(tmp_path / "site", SITE)
    seal(site, {path: type(one)(one.path, hashlib.sha256(one.digest.encode()).hexdigest())
                for path, one in held(site).items()})  # fmt: skip
    return site


def replaced(path: str, text: str) -> Callable[[Path], object]:
    return lambda site: (site / path).write_text(text)


DAMAGES: dict[str, tuple[Callable[[Path], object], list[Fault]]] = {
    "nothing": (lambda site: None, []),
    "changed": (replaced("index.html", "x"), [Fault("index.html", "changed")]),
    "missing": (lambda site: (site / "om/index.html").unlink(), [Fault("om/index.html", "missing")]),
    "added": (replaced("ny.html", "x"), [Fault("ny.html", "added")]),
    "a link": (lambda site: (site / "etc").symlink_to("/etc"), [Fault("etc", "added")]),
    "no manifest": (lambda site: (site / "manifest.json").unlink(), [Fault("manifest.json", "unreadable")]),
    "half a manifest": (replaced("manifest.json", '{"sha256": {"a'), [Fault("manifest.json", "unreadable")]),
    "another manifest": (replaced("manifest.json", "[1]"), [Fault("manifest.json", "unreadable")]),
    "deep": (replaced("manifest.json", "[" * 100_000), [Fault("manifest.json", "unreadable")]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_site_that_is_not_as_it_was_built_is_found_out(sealed: Path, damage: str):
    change, faults = DAMAGES[damage]
    change(sealed)

    assert [(one.path, one.code) for one in faults] == [(one.path, one.code) for one in verify(sealed)]


def test_a_page_that_names_another_source_than_the_site_holds_is_found_out(tmp_path: Path):
    site = write(tmp_path, {**SITE, "kommuner/x/index.html": page(f"evaluations/se/x/2016.yml sha256:{'1' * 64}")})
    seal(site, {path: type(one)(one.path, hashlib.sha256(one.digest.encode()).hexdigest())
                for path, one in held(site).items()})  # fmt: skip

    assert [Fault("kommuner/x/index.html", "source", "evaluations/se/x/2016.yml")] == verify(site)


def test_the_command_tells_what_is_not_as_it_was_built(sealed: Path, capsys: pytest.CaptureFixture[str]):
    write(sealed, {"index.html": "x", "a.html": "y"})

    assert 1 == main(["verify", str(sealed)])
    assert "a.html: filen hörde inte till webbplatsen när den byggdes.\n" in capsys.readouterr().out


def test_the_command_says_when_there_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert 1 == main(["verify", str(tmp_path / "borta")])
    assert "är ingen mapp. Bygg först" in capsys.readouterr().err


# The real site ------------------------------------------------------------------------------------------------------


def test_every_page_of_the_site_names_sources_that_are_those_of_the_project(folder: Path):
    pages = [path for path in folder.resolve().rglob("*.html") if path.name != "404.html"]
    named = {path: NAMED.findall(path.read_text(encoding="utf-8")) for path in pages}

    assert [] == [path for path, sources in named.items() if not sources]
    found = {source for sources in named.values() for source in sources}
    assert ("evaluations", "", "") in found and len(found) > 100
    assert [] == [
        (place, path) for place, path, of in found
        if path and of != hashlib.sha256((ROOT / place / path).read_bytes()).hexdigest()
    ]  # fmt: skip
    area = named[folder.resolve() / "kommuner/enkoping/2016/4/index.html"]
    assert ["se/enkoping/2016.yml"] == [path for _, path, _ in area]
    assert [] == [path for path in pages if 'version.json" data-version=' not in path.read_text(encoding="utf-8")]


def test_the_site_is_as_it_was_built(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert 0 == main(["verify", str(folder)])
    said = capsys.readouterr().out
    commit = json.loads((folder / "version.json").read_text())["commit"]
    assert "sidor är gjorda av de filer som de anger." in said
    assert (f"versionen {commit}" if commit else "okänd") in said


def test_the_foot_of_a_page_names_the_commit(folder: Path, tmp_path: Path, served: Serve, chromium: str):
    site = shutil.copytree(folder.resolve(), tmp_path / "site", copy_function=lambda a, b: Path(b).symlink_to(a))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for said, shown in ((f'"{COMMIT}"', "Källornas version: 0123456789ab"), ("null", "Källornas version: okänd")):
            (site / "version.json").unlink()
            (site / "version.json").write_text(f'{{"commit": {said}, "changed": false}}')
            page.goto(f"{served(site)}kommuner/enkoping/2016/")
            page.locator(".k-origin").scroll_into_view_if_needed()
            expect(page.locator(".k-origin a").last).to_have_text(shown)
        browser.close()
