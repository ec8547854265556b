"""The gate: reads the finished site as a browser would and says what may not be published.

Whatever made the files, they decide. What is not known to be harmless (`allowed`) is a fault.
Only what stands in one file is remembered, by the file's content; what files say of each other is asked every time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from posixpath import splitext

from generator.progress import counted
from generator.publish.gate.allowed import FOREIGN, KINDS, NAME
from generator.publish.gate.data import read_csv, read_json
from generator.publish.gate.fault import Facts, Fault
from generator.publish.gate.references import References
from generator.publish.gate.scripts import SCRIPTS, loose
from generator.publish.store import Held
from generator.publish.worker import spread

__all__ = ["Facts", "Fault", "Gate", "inspect"]

MANY = 1500
"""Files that more processes are worth."""
READ = frozenset({".html", ".svg", ".json", ".csv", ".css", ".xml"})
"""Endings of the files that are looked through."""


def inspect(site: Path, policy: str) -> list[Fault]:
    """What is wrong with a site, by file; empty when it may be published.

    `policy` is what every page has to say.
    """
    site = site.resolve()
    files, faults = _files(site)
    return sorted(faults + Gate(policy).faults({path: Held(site / path, "") for path in files}))


class Gate:
    """Looks over one site after the other; a file that it has just seen is not read again."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._seen: dict[tuple[str, str], Facts] = {}
        self._references = References()

    def faults(self, files: Mapping[str, Held]) -> list[Fault]:
        """What is wrong with the files of a site, by path."""
        faults = [Fault(path, code, what) for path in files for code, what in _name(path)]
        found = self._found({path: held for path, held in files.items() if _ending(path) in READ})
        faults += [Fault(path, code, what) for path, one in found.items() for code, what in one.faults]
        faults += self._references.dead(found, frozenset(files))
        if weak := loose(self._policy):
            faults.append(Fault("mkdocs.yml", "policy_loose", weak))
        return sorted({*faults})

    def _found(self, files: Mapping[str, Held]) -> dict[str, Facts]:
        before, keys = self._seen, {(path, held.digest): held.path for path, held in files.items()}
        unread = [key for key in keys if key not in before]
        read = dict(zip(unread, _read_all([(key[0], keys[key]) for key in unread], self._policy), strict=True))
        self._seen = {key: read[key] if key in read else before[key] for key in keys}
        return {path: facts for (path, _), facts in self._seen.items()}


def _files(site: Path) -> tuple[list[str], list[Fault]]:
    """Every file by its path, and what no site may hold: links, and folders of odd names."""
    files, faults = [], []
    for folder, folders, names in os.walk(site):
        below = Path(folder).relative_to(site).as_posix()
        start = "" if below == "." else f"{below}/"
        links = {name for name in (*folders, *names) if Path(folder, name).is_symlink()}
        files += [start + name for name in names if name not in links]
        faults += [Fault(start + name, "link", str(Path(folder, name).readlink())) for name in links]
        faults += [Fault(start + name, "name", ascii(name)) for name in folders if not NAME.fullmatch(name)]
    return sorted(files), faults


def _name(path: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a file's name and kind."""
    name = path.rpartition("/")[2]
    if not NAME.fullmatch(name):
        yield "name", ascii(name)
    yield from _kind(path)


def _kind(path: str) -> Iterator[tuple[str, str]]:
    ending = _ending(path)
    if ending not in KINDS:
        yield "kind", ending
    if ending in (".js", ".mjs") and not path.startswith(SCRIPTS):
        yield "script_place", path


def _read_all(files: Sequence[tuple[str, Path]], policy: str) -> list[Facts]:
    read = partial(_read, policy)
    if len(files) < MANY or (os.cpu_count() or 1) < 2:
        return [read(file) for file in counted("gate", files)]
    found = spread(read, files, 200)
    return [next(found) for _ in counted("gate", files)]


def _read(policy: str, file: tuple[str, Path]) -> Facts:
    # Only who builds reads pages; a check does not wait for the parser.
    from generator.publish.gate.drawing import read_drawing
    from generator.publish.gate.listing import read_listing
    from generator.publish.gate.page import read_page

    content, ending = file[1].read_bytes(), _ending(file[0])
    if ending == ".html":
        return read_page(content, policy)
    if ending in (".svg", ".xml"):
        return read_drawing(content) if ending == ".svg" else read_listing(content)
    facts = Facts()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        facts.refuse("encoding")
        return facts
    if ending == ".css" and (foreign := FOREIGN.search(text)):
        facts.refuse("host", text[foreign.start() :][:60])
    elif ending in (".json", ".csv"):
        (read_json if ending == ".json" else read_csv)(text, facts.refuse)
    return facts


def _ending(path: str) -> str:
    return splitext(path)[1].lower()
