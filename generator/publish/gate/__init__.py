"""The gate: reads the finished site as a browser would and says what may not be published.

Whatever made the files, they decide. What is not known to be harmless (`allowed`) is a fault.
What stands in one file is remembered by the file's content; what files say of each other is asked again when a file
is another, or one that it leads to.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from posixpath import splitext

from generator.progress import counted
from generator.publish.gate.allowed import FOREIGN, KINDS, NAME
from generator.publish.gate.data import read_csv, read_json
from generator.publish.gate.fault import Facts, Fault
from generator.publish.gate.findings import Findings, packed, same, unpacked
from generator.publish.gate.references import References, astray
from generator.publish.gate.scripts import SCRIPTS, loose
from generator.publish.store import Held, digest
from generator.publish.worker import spread

__all__ = ["Facts", "Fault", "Gate", "inspect"]

MANY = 1500
"""Files that more processes are worth."""
READ = frozenset({".html", ".svg", ".json", ".csv", ".css", ".xml"})
"""Endings of the files that are looked through."""
PARSERS = ("selectolax", "lxml")


def inspect(site: Path, policy: str) -> list[Fault]:
    """What is wrong with a site, by file; empty when it may be published.

    `policy` is what every page has to say.
    """
    site = site.resolve()
    files, faults = _files(site)
    return sorted(faults + Gate(policy).faults({path: Held(site / path, "") for path in files}))


class Gate:
    """Looks over one site after the other: a file when it is new, its addresses also when what they mean has moved."""

    def __init__(self, policy: str, folder: Path | None = None) -> None:
        """In the `folder` lies what was found, for the next process."""
        self._policy = policy
        self._found = Findings(folder, f"{_code()} {policy}")

    def faults(self, files: Mapping[str, Held]) -> list[Fault]:
        """What is wrong with the files of a site, by path."""
        with self._found.opened():
            faults = self._look(files)
        if weak := loose(self._policy):
            faults.append(Fault("mkdocs.yml", "policy_loose", weak))
        return sorted({*faults})

    def _look(self, files: Mapping[str, Held]) -> list[Fault]:
        """Look over what is new, and once more what it concerns."""
        found, references = self._found, References(files.keys())
        entries = {path: entry for path, entry in found.entries.items() if path in files}
        named = (path for path in files if path not in entries or path in found.faulty)
        faults = [Fault(path, code, what) for path in named for code, what in _name(path)]
        new = [path for path, held in files.items() if not same(entries.get(path), held.digest)]
        read = [path for path in new if _ending(path) in READ]
        entries |= {path: found.add(files[path].digest) for path in new}
        records = _read_all([(path, files[path].path) for path in read], self._policy)
        for path, record in zip(read, records, strict=True):
            facts = unpacked(record)
            faults += _own(path, facts)
            entries[path] = found.add(files[path].digest, record, references.ask(path, facts) if record else ())
        again = (found.leading(self._moved(new, entries), entries) | (found.faulty & entries.keys())).difference(read)
        for path in sorted(again):
            facts = found.facts(entries[path])
            faults += _own(path, facts)
            references.ask(path, facts)
        faults += [*references.faults, *self._answered(references, [*read, *again], entries)]
        found.save(entries, {fault.path for fault in faults})
        return faults

    def _moved(self, new: Iterable[str], entries: Mapping[str, str]) -> Iterator[str]:
        """The files that have come or gone, or hold other anchors."""
        before = self._found.entries
        yield from before.keys() - entries.keys()
        for path in new:
            if path not in before or self._held(before[path]) != self._held(entries[path]):
                yield path

    def _held(self, entry: str) -> tuple[frozenset[str], str]:
        facts = self._found.facts(entry)
        return frozenset(facts.ids), facts.onward

    def _answered(self, references: References, asked: Iterable[str], entries: Mapping[str, str]) -> Iterator[Fault]:
        """What only the files tell that the asked ones lead to."""

        def ask(path: str) -> Facts | None:
            return self._found.facts(entries[path]) if _ending(path) in READ else None

        yield from references.onward(ask)
        if lost := references.lost(ask):
            for path in asked:
                yield from astray(path, self._found.facts(entries[path]), lost)


def _own(path: str, facts: Facts) -> list[Fault]:
    """What is wrong with a file by itself."""
    return [Fault(path, code, what) for code, what in facts.faults]


def _code() -> str:
    """What, besides a file and the policy, decides what is found in it."""
    code = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return digest(b"".join(code) + "".join(map(version, PARSERS)).encode())


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


def _read_all(files: Sequence[tuple[str, Path]], policy: str) -> Iterator[bytes]:
    read = partial(_read, policy)
    few = len(files) < MANY or (os.cpu_count() or 1) < 2
    found: Iterator[bytes] = map(read, files) if few else spread(read, files, 200)
    return (next(found) for _ in counted("gate", files))


def _read(policy: str, file: tuple[str, Path]) -> bytes:
    return packed(_facts(policy, file))


def _facts(policy: str, file: tuple[str, Path]) -> Facts:
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
