"""The seal of a site: the digest of every file of it, and the means to tell whether they are still those files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.publish.gate.fault import Fault
from generator.publish.store import Held, digest

MANIFEST = "manifest.json"
SERVED = {"evaluations/": "data/"}
"""Where the site itself holds the sources that its pages name."""
_NAMED = re.compile(rb'<meta name="source" content="([^" ]+) sha256:([0-9a-f]{64})">')


def manifest(files: Mapping[str, Held]) -> str:
    """The manifest of a site that holds these files."""
    digests = {path: held.digest for path, held in sorted(files.items())}
    # One on each line; to let Python indent them costs more than all the rest of a site that has not changed.
    told = json.dumps(digests, separators=(",\n", ": "))[1:-1]
    return f'{{\n"sha256": {{\n{told}\n}}\n}}\n'


def seal(site: Path, files: Mapping[str, Held]) -> None:
    """Write the manifest of a site that holds these files."""
    (site / MANIFEST).write_text(manifest(files), encoding="utf-8")


def verify(site: Path) -> list[Fault]:
    """What is no longer as it was built, by file; empty if the site is whole, and made of what its pages say."""
    try:
        expected = _read(site / MANIFEST)
    except (OSError, ValueError, RecursionError) as error:
        return [Fault(MANIFEST, "unreadable", str(error))]
    return sorted(_faults(site, expected))


def _read(path: Path) -> dict[str, str]:
    read = json.loads(path.read_text(encoding="utf-8"))
    digests = read.get("sha256") if isinstance(read, dict) else None
    if not isinstance(digests, dict) or not all(isinstance(one, str) for one in digests.values()):
        raise ValueError("sha256")
    return digests


def _faults(site: Path, expected: Mapping[str, str]) -> Iterator[Fault]:
    found = set(_files(site)) - {MANIFEST}
    yield from (Fault(path, "missing") for path in expected.keys() - found)
    yield from (Fault(path, "added") for path in found - expected.keys())
    for path in expected.keys() & found:
        content = (site / path).read_bytes()
        if digest(content) != expected[path]:
            yield Fault(path, "changed")
        elif path.endswith(".html"):
            yield from (Fault(path, "source", of) for of in _others(content, expected))


def _others(page: bytes, digests: Mapping[str, str]) -> Iterator[str]:
    """The sources that a page names, and that are not those on the site."""
    for name, of in _NAMED.findall(page):
        path = name.decode()
        for ours, served in SERVED.items():
            # The file of a withdrawn evaluation is not on the site.
            if path.startswith(ours) and digests.get(served + path.removeprefix(ours), of.decode()) != of.decode():
                yield path


def _files(site: Path) -> Iterator[str]:
    """Every file and every link by its path."""
    for folder, folders, names in os.walk(site):
        below = Path(folder).relative_to(site)
        links = (name for name in folders if Path(folder, name).is_symlink())
        yield from ((below / name).as_posix() for name in (*names, *links))
