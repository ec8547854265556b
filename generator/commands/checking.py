"""Commands of editors: check, mend, begin a new evaluation, write the schema."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TextIO

from generator import problems
from generator.commands.reading import faulty, read
from generator.editing import difference, draft, fixed, schema_text, unfilled, wanted
from generator.load import load
from generator.problems import Stop
from generator.publish.source import create, replace
from generator.text import Words, words


def check(options: Namespace) -> int:
    unwritten = _fix(options) if options.fix else 0
    archive, found = read(options.evaluations, options.files)
    shape = {"text": problems.show, "json": problems.as_json, "github": problems.as_github}[options.format]
    if text := shape(found, options.lang):
        print(text)
    if options.format == "text" and options.lang == "sv":
        print(words("sv")("commands.read", n=len(archive.evaluations)))
    return max(unwritten, int(faulty(found)))


def new(options: Namespace) -> int:
    t, archive = words("sv"), load(options.evaluations).archive
    try:
        new = wanted(archive, options.place, options.year, options.edition, date.today(), t)
    except Stop as refused:
        return _say(problems.clean(str(refused)), 2)
    text, path = draft(new), _shown(options.evaluations / new.path)
    try:
        create(options.evaluations, new.path, text)
    except FileExistsError:
        return _say(t("draft.refused.exists", path=path), 1)
    except OSError as error:
        return _say(t("draft.refused.unwritable", path=path, reason=error.strerror), 1)
    print(t("draft.made", path=path, n=unfilled(text)))
    if not options.edition:
        print(t("draft.chosen", edition=new.edition.id if new.edition else "unknown"))
    print(t("draft.next"))
    return 0


def schema(options: Namespace) -> int:
    t, archive = words("sv"), load(options.evaluations).archive
    if not (archive.municipalities and archive.topics and archive.editions):
        return _say(t("schema.empty", path=_shown(options.evaluations)), 1)
    path = options.evaluations / "schema.json"
    try:
        replace(path, schema_text(archive))
    except OSError as error:
        return _say(t("draft.refused.unwritable", path=_shown(path), reason=error.strerror), 1)
    counts = {name: len(getattr(archive, name)) for name in ("municipalities", "topics", "editions")}
    print(t("schema.written", path=_shown(path), **counts))
    return 0


def _fix(options: Namespace) -> int:
    """Mend what is certain in the asked files that could be read: first shown, then written."""
    t, out = words(options.lang), sys.stdout if options.format == "text" else sys.stderr
    places = load(options.evaluations, options.files).places
    asked = sorted(name for name in places.files if name.endswith(".yml") and places.asks(name))
    statuses = [_mend(options.evaluations / name, places.files[name].path, t, out) for name in asked]
    if not any(status is not None for status in statuses):
        print(t("fixes.none"), file=out)
    return max((status or 0 for status in statuses), default=0)


def _mend(path: Path, shown: str, t: Words, out: TextIO) -> int | None:
    """Mend one file; None if it needs nothing, 1 if it cannot be written."""
    before = path.read_bytes().decode("utf-8")
    made = fixed(before)
    if not made.kinds:
        return None
    print(difference(shown, before, made.text), file=out)
    try:
        replace(path, made.text)
    except OSError as error:
        return _say(t("fixes.unwritable", path=shown, reason=error.strerror), 1)
    print(t("fixes.fixed", path=shown, kinds=t.listing(t(f"fixes.{kind}") for kind in made.kinds)) + "\n", file=out)
    return 0


def _say(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status


def _shown(path: Path) -> str:
    """The path from here, if it is below."""
    return str(path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path)
