"""The gate: reads the finished site as a browser would and says what may not be published.

Whatever made the files, they decide. What is not known to be harmless (`allowed`) is a fault.
Only faults that take one file are kept between builds, by the file's content; what files say of each other is not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from posixpath import splitext

from generator.publish.gate.allowed import FOREIGN, KINDS, NAME
from generator.publish.gate.data import read_csv, read_json
from generator.publish.gate.drawing import read_drawing
from generator.publish.gate.fault import Facts, Fault
from generator.publish.gate.page import read_page
from generator.publish.gate.references import dead
from generator.publish.gate.scripts import SCRIPTS, loose

__all__ = ["Facts", "Fault", "inspect"]

MANY = 1500
"""Files that more processes are worth."""
READ = frozenset({".html", ".svg", ".json", ".csv", ".css"})
"""Endings of the files that are looked through."""
Kept = dict[str, tuple[str, Facts]]
"""Hash of the content and what was found, by path."""


def inspect(site: Path, policy: str, kept: Path | None = None) -> list[Fault]:
    """What is wrong with a site, by file; empty when it may be published.

    `policy` is what every page has to say. With `kept`, files that did not change since that was written are not read.
    """
    site = site.resolve()
    files, faults = _files(site)
    found = _found(site, [path for path in files if _ending(path) in READ], policy, kept)
    faults += [Fault(path, code, what) for path, one in found.items() for code, what in one.faults]
    faults += dead(found, set(files))
    if weak := loose(policy):
        faults.append(Fault("mkdocs.yml", "policy_loose", weak))
    return sorted(faults)


def _files(site: Path) -> tuple[list[str], list[Fault]]:
    """Every file by its path, and the names and kinds that may not be."""
    files, faults = [], []
    for folder, folders, names in os.walk(site):
        below = Path(folder).relative_to(site).as_posix()
        start = "" if below == "." else f"{below}/"
        links = {name for name in (*folders, *names) if Path(folder, name).is_symlink()}
        files += [start + name for name in names if name not in links]
        faults += [Fault(start + name, "link", str(Path(folder, name).readlink())) for name in links]
        faults += [Fault(start + name, "name", ascii(name)) for name in (*folders, *names) if not NAME.fullmatch(name)]
    faults += [Fault(path, code, what) for path in files for code, what in _kind(path)]
    return sorted(files), faults


def _kind(path: str) -> Iterator[tuple[str, str]]:
    ending = _ending(path)
    if ending not in KINDS:
        yield "kind", ending
    if ending in (".js", ".mjs") and not path.startswith(SCRIPTS):
        yield "script_place", path


def _found(site: Path, paths: Sequence[str], policy: str, kept: Path | None) -> dict[str, Facts]:
    """What is found in each file: what was kept if its content is the same, else read."""
    before = _before(kept, policy) if kept else {}
    hashes = {path: _hash((site / path).read_bytes()) for path in paths} if kept else dict.fromkeys(paths, "")
    unread = [path for path in paths if path not in before or before[path][0] != hashes[path]]
    read = dict(zip(unread, _read_all(site, unread, policy), strict=True))
    found = {path: read[path] if path in read else before[path][1] for path in paths}
    if kept and (read or before.keys() - found.keys()):
        _keep(kept, policy, {path: (hashes[path], facts) for path, facts in found.items()})
    return found


def _read_all(site: Path, paths: Sequence[str], policy: str) -> list[Facts]:
    read = partial(_read, site, policy)
    if len(paths) < MANY or (os.cpu_count() or 1) < 2:
        return [read(path) for path in paths]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        return list(processes.map(read, paths, chunksize=200))


def _read(site: Path, policy: str, path: str) -> Facts:
    content, ending = (site / path).read_bytes(), _ending(path)
    if ending == ".html":
        return read_page(content, policy)
    if ending == ".svg":
        return read_drawing(content)
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


# What is kept -------------------------------------------------------------------------------------------------------


def _before(kept: Path, policy: str) -> Kept:
    """What was kept, if the gate and the policy are the same as then."""
    try:
        written = json.loads(kept.read_text(encoding="utf-8"))
        if written["gate"] == _gate(policy):
            return {path: (digest, Facts(*facts)) for path, (digest, facts) in written["files"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return {}


def _keep(kept: Path, policy: str, found: Kept) -> None:
    """Written beside and moved into place, so that a broken run leaves nothing half."""
    files = {path: (digest, astuple(facts)) for path, (digest, facts) in found.items()}
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"gate": _gate(policy), "files": files}), encoding="utf-8")
    draft.replace(kept)


def _gate(policy: str) -> str:
    """What, besides a file's content, decides what is found in it."""
    digest = hashlib.sha256(policy.encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
