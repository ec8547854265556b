"""Which files the folder holds, and what does not belong there. Follows no link and looks nowhere else."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.load.file import File
from generator.model import COUNTRY_LANGUAGE
from generator.problems import Problem

TOP = ("averages.yml", "known.yml", "municipalities.csv", "published.txt", "topics.yml", "translations.yml")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_EVALUATION = re.compile(r"(199\d|20\d\d|2100|unknown)\.yml")
_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\.yml")


def listing(folder: Path) -> tuple[list[str], list[Problem]]:
    """Paths of the files to read, inside the folder and sorted, and problems of the others."""
    found: list[str] = []
    problems: list[Problem] = []
    for path, fault in _entries(folder):
        if fault is None:
            found.append(path)
        else:
            problems.append(fault)
    return sorted(found), problems


def _entries(folder: Path) -> Iterator[tuple[str, Problem | None]]:
    for entry in _scan(folder):
        if entry.is_symlink():
            yield entry.name, _fault(folder, entry.name, "KK002")
        elif entry.name in COUNTRY_LANGUAGE:
            yield from _country(folder, entry)
        elif entry.name == "editions":
            yield from _files(folder, entry, _EDITION, "edition")
        elif entry.name in TOP:
            yield entry.name, None
        elif entry.is_dir(follow_symlinks=False) or entry.name.endswith((".yml", ".yaml")):
            yield entry.name, _misplaced(folder, entry.name, "top", [*TOP, "editions", *COUNTRY_LANGUAGE])


def _country(folder: Path, country: os.DirEntry[str]) -> Iterator[tuple[str, Problem | None]]:
    entries = _scan(country)
    for entry in entries:
        path = f"{country.name}/{entry.name}"
        if entry.is_symlink():
            yield path, _fault(folder, path, "KK002")
        elif not _SLUG.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
            yield path, _twin(folder, path, entries) or _misplaced(folder, path, "municipality", [])
        else:
            yield from _files(folder, entry, _EVALUATION, "evaluation", f"{country.name}/")


def _files(
    folder: Path, parent: os.DirEntry[str], pattern: re.Pattern[str], kind: str, before: str = ""
) -> Iterator[tuple[str, Problem | None]]:
    if not parent.is_dir(follow_symlinks=False):
        yield before + parent.name, _misplaced(folder, before + parent.name, kind, [])
        return
    entries = _scan(parent)
    for entry in entries:
        path = f"{before}{parent.name}/{entry.name}"
        if entry.is_symlink():
            yield path, _fault(folder, path, "KK002")
        elif pattern.fullmatch(entry.name):
            yield path, None
        else:
            yield path, _twin(folder, path, entries) or _misplaced(folder, path, kind, [])


def _scan(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """The entries by name, without hidden ones such as `.DS_Store`."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError:
        return []


def _fault(folder: Path, path: str, code: str, **values: Any) -> Problem:
    return File(shown(folder, path)).problem(code, **values)


def _misplaced(folder: Path, path: str, kind: str, known: Sequence[str]) -> Problem:
    name = path.rsplit("/", 1)[-1]
    near = difflib.get_close_matches(name, known, 1, 0.6)
    if near:
        return _fault(folder, path, "KK003", variant="nearest", nearest=near[0], name=name)
    return _fault(folder, path, "KK003", variant=kind, name=name)


def _twin(folder: Path, path: str, entries: Sequence[os.DirEntry[str]]) -> Problem | None:
    """Two names that differ only in case or in how letters are composed would be one file on another machine."""
    name = path.rsplit("/", 1)[-1]
    others = [each.name for each in entries if each.name != name and _folded(each.name) == _folded(name)]
    return _fault(folder, path, "KK003", variant="twin", name=name, other=others[0]) if others else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def shown(folder: Path, relative: str) -> str:
    """The path as messages show it: from where the command stands, else as the folder was given."""
    path = folder / relative
    inside = path.is_absolute() and path.is_relative_to(Path.cwd())
    return (path.relative_to(Path.cwd()) if inside else path).as_posix()


def chosen(folder: Path, files: Sequence[Path], found: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Of the files that the caller named, the paths inside the folder, and problems of those that are not there."""
    root = _absolute(folder)
    paths: list[str] = []
    problems: list[Problem] = []
    for file in files:
        relative = Path(os.path.relpath(_absolute(file), root)).as_posix()
        if relative in found:
            paths.append(relative)
        elif relative.startswith("../"):
            problems.append(File(file.as_posix()).problem("KK003", variant="outside", name=folder.as_posix()))
        else:
            inside = [each for each in found if each.startswith(relative + "/")]
            paths += inside
            problems += [] if inside else [File(file.as_posix()).problem("KK001", variant="missing")]
    return paths, problems


def _absolute(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links, which are refused here
