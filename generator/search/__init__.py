"""The search: records and their words, weights, chunks, and the files that the browser fetches.

Two indexes of one form: good examples and strengths (`practices`), and everything else on the site (`everything`).
`docs/assets/search-*.js` reads them. Nothing here writes files or knows an address.
"""

from __future__ import annotations

from generator.model import Archive
from generator.search.kept import Keep, unkept
from generator.search.reading import Reader
from generator.search.records import Addresses, Record, records
from generator.search.scripts import bare, lean, scripts, sources
from generator.search.texts import FOLDER

__all__ = [
    "FOLDER",
    "Addresses",
    "Keep",
    "Reader",
    "Record",
    "bare",
    "files",
    "lean",
    "records",
    "scripts",
    "sources",
    "unkept",
]


def files(archive: Archive, address: Addresses, language: str, keep: Keep = unkept) -> dict[str, str | bytes]:
    """All that the browser fetches to search, by path below the site; only manifests have fixed names."""
    # Only here: what computes it takes long to load, and a build has the search made in another process.
    from generator.search import making

    return making.files(archive, address, language, keep)
