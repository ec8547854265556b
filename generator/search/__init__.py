"""The search: records and their words, weights, chunks, and the files that the browser fetches.

Two indexes of one form: good examples and strengths (`practices`), and everything else on the site (`everything`).
`docs/assets/search-*.js` reads them. Nothing here writes files or knows an address.
"""

from __future__ import annotations

from generator.search.index import FOLDER
from generator.search.kept import Keep, unkept
from generator.search.making import files
from generator.search.reading import Reader
from generator.search.records import Addresses, Record, records
from generator.search.scripts import bare, lean, scripts, sources

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
