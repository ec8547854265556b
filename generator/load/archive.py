"""All files of the folder as one archive, in a fixed order, with every problem on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from generator.load.events import Document, document
from generator.load.file import File, Stamp, Unreadable, read, stamp
from generator.load.folder import chosen, listing, shown
from generator.load.memory import uncollected
from generator.load.places import REGISTRY, Places
from generator.load.published import PUBLISHED, published
from generator.load.registry import registry
from generator.load.validation import place, validated
from generator.model import (
    COUNTRY_LANGUAGE,
    Archive,
    Average,
    Edition,
    Evaluation,
    Known,
    Municipality,
    Record,
    Topic,
    Translation,
)
from generator.problems import Problem
from generator.progress import counted

Item = TypeVar("Item", bound=Record)
Made = TypeVar("Made")
NEEDED = ("municipalities.csv", "topics.yml")
"""What every evaluation refers to."""


@dataclass(frozen=True)
class Loaded:
    """The archive as far as it could be read, what was wrong, and where things stand."""

    archive: Archive
    problems: tuple[Problem, ...]
    places: Places


@dataclass(frozen=True)
class Understood:
    """A sound file: its stamp when it was read, the digest of its text, and what came of it."""

    stamp: Stamp | None
    digest: str
    made: Any


Remembered = dict[str, Understood]
"""By path."""


class _Files(dict[str, File]):
    """Files by path; one that was left unread, since it is as it was, is read when somebody asks for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self.unread = folder, set[str]()

    def __missing__(self, relative: str) -> File:
        if relative not in self.unread:
            raise KeyError(relative)
        path = shown(self._folder, relative)
        try:
            self[relative], _ = read(self._folder / relative, path)
        except Unreadable:  # it is gone by now
            self[relative] = File(path)
        return self[relative]


@dataclass
class _Reading:
    """What has been read so far."""

    folder: Path
    before: Remembered
    files: _Files
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def once(self, relative: str, make: Callable[[_Reading, str], Made]) -> Made:
        """What comes of a file: as it was known before, where its text is the same and nothing was wrong with it."""
        known, now = self.before.pop(relative, None), stamp(self.folder / relative)
        if known and now and known.stamp == now and relative not in self.problems:
            self.before[relative] = known
            self.files.unread.add(relative)
            return cast(Made, known.made)
        file = self.file(relative)
        digest = sha256(file.text.encode()).hexdigest() if file and relative not in self.problems else ""
        made = cast(Made, known.made) if known and digest == known.digest else make(self, relative)
        if file is not None and relative not in self.problems:
            self.before[relative] = Understood(now, digest, made)
        return made

    def file(self, relative: str) -> File | None:
        if relative in self.files:
            return self.files[relative]
        if relative in self.problems:
            return None
        path = shown(self.folder, relative)
        try:
            self.files[relative], found = read(self.folder / relative, path)
        except Unreadable as error:
            self.add(relative, [error.problem])
            return None
        self.add(relative, found)
        return self.files[relative]

    def mapping(self, relative: str) -> Document | None:
        """The file's document, if it can be understood and is a mapping."""
        file = self.file(relative)
        if file is None:
            return None
        try:
            doc = document(file)
        except Unreadable as error:
            # The place of an invisible character is the better explanation of a syntax error that it caused.
            self.add(relative, [] if self.problems.get(relative) else [error.problem])
            return None
        self.add(relative, doc.problems)
        if not isinstance(doc.value, dict):
            empty = doc.value is None
            self.problems[relative] = [file.problem("KK007", variant="empty" if empty else "top")]
            return None
        return doc

    def record(
        self, model: type[Item], data: dict[str, Any], doc: Document, relative: str, base: tuple[Any, ...] = ()
    ) -> Item | None:
        """A validated record; a place that already has a problem is not given a second one."""
        record, found = validated(model, data, doc, self.files[relative], base)
        earlier = self.problems.get(relative, [])
        told = {(each.line, each.column) for each in earlier}
        hidden = {each.line for each in earlier if each.code == "KK005"}
        self.add(relative, [each for each in found if (each.line, each.column) not in told and each.line not in hidden])
        return record

    def add(self, relative: str, found: list[Problem]) -> None:
        if found:
            self.problems.setdefault(relative, []).extend(found)


def load(folder: Path, files: Sequence[Path] = (), before: Remembered | None = None) -> Loaded:
    """The archive in a folder; with `files`, only those evaluations and their municipalities' other years.

    With what is remembered of the reading `before`, which is brought up to date, only what changed is understood anew.
    """
    with uncollected():
        return _loaded(folder, files, {} if before is None else before)


def _loaded(folder: Path, files: Sequence[Path], before: Remembered) -> Loaded:
    found, problems = listing(folder)
    asked, missing = chosen(folder, files, found)
    reading = _Reading(folder, before, _Files(folder))
    for gone in before.keys() - set(found):
        del before[gone]
    partly = files and PUBLISHED not in asked
    evaluations = _evaluations(reading, _neighbours(found, asked) if partly else found)
    archive = Archive(
        municipalities=_municipalities(reading, found),
        editions=_editions(reading, found),
        topics={topic.id: topic for topic in _items(reading, found, "topics", Topic)},
        translations=tuple(_items(reading, found, "translations", Translation)),
        averages=tuple(_items(reading, found, "averages", Average)),
        known=tuple(_items(reading, found, "known", Known)),
        evaluations=tuple(each for each in evaluations if not each.withdrawn),
        withdrawn=tuple(each for each in evaluations if each.withdrawn),
        published=reading.once(PUBLISHED, _published) if PUBLISHED in found else (),
    )
    told = [each for path, group in reading.problems.items() if not files or path in asked for each in group]
    failed = {path for path, group in reading.problems.items() if any(each.severity == "error" for each in group)}
    wanted = asked or (["-"] if files else [])
    lost = [_lost(folder, name) for name in NEEDED if name not in found]
    every = [*lost, *problems, *told] if not files else [*lost, *missing, *told]
    return Loaded(archive, tuple(sorted(every)), Places(reading.files, wanted, failed))


def _lost(folder: Path, name: str) -> Problem:
    return Problem(shown(folder, name), 1, 1, "KK001", values={"variant": "missing"})


def _neighbours(found: Sequence[str], asked: Sequence[str]) -> list[str]:
    """The files of the same municipalities: what a file's previous years and changes refer to."""
    folders = {path.rsplit("/", 1)[0] for path in asked if "/" in path}
    return [path for path in found if path.rsplit("/", 1)[0] in folders]


def _municipalities(reading: _Reading, found: Sequence[str]) -> dict[str, Municipality]:
    return reading.once(REGISTRY, _registry) if REGISTRY in found else {}


def _registry(reading: _Reading, path: str) -> dict[str, Municipality]:
    file = reading.file(path)
    if file is None:
        return {}
    rows, problems = registry(file)
    reading.add(path, problems)
    return rows


def _published(reading: _Reading, path: str) -> tuple[str, ...]:
    file = reading.file(path)
    if file is None:
        return ()
    addresses, problems = published(file)
    reading.add(path, problems)
    return addresses


def _editions(reading: _Reading, found: Sequence[str]) -> dict[str, Edition]:
    read = (reading.once(path, _edition) for path in found if path.startswith("editions/"))
    return {edition.id: edition for edition in read if edition}


def _edition(reading: _Reading, path: str) -> Edition | None:
    doc = reading.mapping(path)
    if doc is None:
        return None
    identity = {"id": Path(path).stem}
    _refuse_identity(reading, path, doc, [*identity])
    return reading.record(Edition, {**doc.value, **identity}, doc, path)


def _items(reading: _Reading, found: Sequence[str], name: str, model: type[Item]) -> list[Item]:
    """The records under the one key of a list file."""
    path = f"{name}.yml"
    return reading.once(path, partial(_listed, name, model)) if path in found else []


def _listed(name: str, model: type[Item], reading: _Reading, path: str) -> list[Item]:
    doc = reading.mapping(path)
    if doc is None:
        return []
    file = reading.files[path]
    items = doc.value.get(name)
    if set(doc.value) != {name} or not isinstance(items, list):
        reading.add(path, [file.problem("KK022", variant="list", name=name, parent="")])
    records = [
        reading.record(model, item if isinstance(item, dict) else {}, doc, path, (name, index))
        for index, item in enumerate(items if isinstance(items, list) else [])
    ]
    if model is Topic and isinstance(items, list):
        reading.add(path, list(_twice(file, doc, name, items)))
    return [record for record in records if record is not None]


def _twice(file: File, doc: Document, name: str, items: list[Any]) -> Iterator[Problem]:
    """Of two items with one id only the second would be left, so no rule could see both."""
    ids = [item.get("id") if isinstance(item, dict) else None for item in items]
    for index, identity in enumerate(ids):
        if isinstance(identity, str) and identity in ids[:index]:
            line, column, length = place(doc.spot, (name, index, "id"), file)
            yield file.problem("KK017", line, column, length, variant="list", id=identity)


def _evaluations(reading: _Reading, found: Sequence[str]) -> tuple[Evaluation, ...]:
    paths = [path for path in found if path.split("/")[0] in COUNTRY_LANGUAGE]
    records = [record for path in counted("read", paths) if (record := reading.once(path, _evaluation))]
    return tuple(sorted(records, key=_order))


def _evaluation(reading: _Reading, path: str) -> Evaluation | None:
    doc = reading.mapping(path)
    if doc is None:
        return None
    country, municipality, name = path.split("/")
    year = None if name == "unknown.yml" else int(name[:4])
    identity = {"country": country, "municipality": municipality, "year": year}
    data = {"language": COUNTRY_LANGUAGE[country], **doc.value, **identity}
    _refuse_identity(reading, path, doc, [*identity])
    return reading.record(Evaluation, data, doc, path)


def _refuse_identity(reading: _Reading, path: str, doc: Document, keys: list[str]) -> None:
    """The path is the identity; a second one in the file could only contradict it."""
    file = reading.files[path]
    for key in (key for key in keys if key in doc.value):
        line, column, length = place(doc.spot, (key,), file, at_key=True)
        reading.add(path, [file.problem("KK021", line, column, length, variant="path", name=key)])


def _order(evaluation: Evaluation) -> tuple[str, str, bool, int]:
    return evaluation.country, evaluation.municipality, evaluation.year is None, evaluation.year or 0
