"""The golden comparison must not let anything through: it guards all other golden tests."""

import urllib.request
from pathlib import Path

import pytest
from conftest import Serve, compare


def _kept(folder: Path, texts: dict[str, str]) -> Path:
    for path, text in texts.items():
        (folder / "golden" / "name" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "golden" / "name" / path).write_text(text, encoding="utf-8")
    return folder / "golden"


def test_equal_folders_pass_and_leave_nothing_behind(tmp_path: Path):
    golden = _kept(tmp_path, {"a/b.md": "å\n"})
    (tmp_path / "actual" / "name").mkdir(parents=True)

    compare("name", {"a/b.md": "å\n"}, golden, tmp_path / "actual")

    assert not (tmp_path / "actual" / "name").exists()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"a.md": "en\n"}, "-två"),
        ({}, "missing: a.md"),
        ({"a.md": "två\n", "b.md": ""}, "extra: b.md"),
        ({"a.md": "två"}, "only line ends differ: a.md"),
    ],
)
def test_a_difference_fails_and_is_kept(tmp_path: Path, made: dict[str, str], said: str):
    golden = _kept(tmp_path, {"a.md": "två\n"})

    with pytest.raises(pytest.fail.Exception, match=said):
        compare("name", made, golden, tmp_path / "actual")

    kept = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "actual").rglob("*.md")}
    assert kept == made


def test_a_served_folder_can_be_read(tmp_path: Path, served: Serve):
    (tmp_path / "a.txt").write_text("å", encoding="utf-8")

    with urllib.request.urlopen(served(tmp_path) + "a.txt") as answer:
        assert answer.read().decode() == "å"
