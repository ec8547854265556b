"""What one process remembers for the next is read as data, or not at all."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator.model import Archive
from generator.publish import keep, packed, recall, unpacked

ROOMS = ("generator.model",)


class Calls:
    """What would call a function where it is read as Python reads it."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.made_of = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.made_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "remembered"


def test_records_and_plain_values_come_back_as_they_were(file: Path, sample: Archive):
    one = sample.evaluations[0]
    what = {"a": (sample, one), "b": [Counter("aab"), Fraction(1, 3), date(2026, 1, 2), {"c"}, None, 1.5]}
    keep(file, "1", what)

    [again] = recall(file, "1", ROOMS)

    assert what == again
    assert again["a"][0].evaluations[0] is again["a"][1]
    assert ["remembered"] == [path.name for path in file.parent.iterdir()]


def test_a_part_knows_those_before_it_and_may_be_left_where_it_is(file: Path, sample: Archive):
    one = sample.evaluations[0]
    keep(file, "1", [one], {"of": one})

    first, second = recall(file, "1", ROOMS)

    assert second["of"] is first[0] == one
    assert [one] == next(recall(file, "1", ROOMS))


def test_what_another_process_knows_is_handed_to_it_by_name(sample: Archive):
    one = sample.evaluations[0]

    content = packed(sample, {"one": one})

    assert len(content) < len(packed(sample, {}))
    again = unpacked(content, {"one": one})
    assert sample == again
    assert again.evaluations[0] is one
    assert sample == unpacked(packed(sample, {}), {})


def test_another_version_is_not_read(file: Path):
    keep(file, "1", "a")

    assert ["a"] == [*recall(file, "1", ROOMS)]
    assert [] == [*recall(file, "2", ROOMS)]
    assert [] == [*recall(file.with_name("saknas"), "1", ROOMS)]


@pytest.mark.parametrize("at", [0, 40, 64, -1])
def test_a_damaged_file_is_not_read(file: Path, at: int):
    keep(file, "1", ["a", "b"])
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)

    assert [] == [*recall(file, "1", ROOMS)]


@pytest.mark.parametrize("length", [0, 10, 64, 70])
def test_a_file_that_was_cut_is_not_read(file: Path, length: int):
    keep(file, "1", ["a", "b", "c"])
    file.write_bytes(file.read_bytes()[:length])

    assert [] == [*recall(file, "1", ROOMS)]


@pytest.mark.parametrize(
    "what",
    [Calls(os.mkdir, "gjord"), Calls(eval, "1"), Calls(Path, "a"), Calls(pickle.loads, pickle.dumps(1)), Path("a"),
     keep],
    ids=["os", "eval", "class", "pickle", "path", "function"],
)  # fmt: skip
def test_a_foreign_file_calls_nothing(file: Path, what: object, monkeypatch: pytest.MonkeyPatch):
    """Even where its digest is right."""
    monkeypatch.chdir(file.parent.parent)
    keep(file, "1", [what])

    assert [] == [*recall(file, "1", ROOMS)]
    assert not Path("gjord").exists()
