"""What of lunr.js and its Nordic stemmers runs in the browser: the parser of queries and the stemmers, as installed.

The index is our own, so lunr's index, builder and English stemmer stay behind; so do comments, but for the licences.
"""

from __future__ import annotations

import re
from pathlib import Path

import mkdocs

LUNR = "assets/search/lunr-nordic.js"
LEFT_OUT = {"Vector", "stemmer", "TokenSet", "Index"}
STEMMERS = ("lunr.stemmer.support.js", "lunr.sv.js", "lunr.no.js")
_SECTION = re.compile(r"(?m)^(?=/\*!$)")
_SECTION_NAME = re.compile(r"/\*!\n \* lunr\.(\w+)\n")
_COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_LICENCE = re.compile(r"@license|Copyright")


def sources() -> list[Path]:
    """Where the installed scripts lie: lunr.js, then its language files."""
    folder = Path(mkdocs.__file__).parent / "contrib" / "search"
    return [folder / "templates" / "search" / "lunr.js", *(folder / "lunr-language" / name for name in STEMMERS)]


def lean(lunr: str, *stemmers: str) -> str:
    """One script from the text of lunr.js and of its language files."""
    kept = (section for section in _SECTION.split(lunr) if _name(section) not in LEFT_OUT)
    bare = _bare("".join(kept))
    return "\n".join([bare, *map(_bare, stemmers)])


def _name(section: str) -> str:
    found = _SECTION_NAME.match(section)
    return found[1] if found else ""


def _bare(script: str) -> str:
    """Without comments and indents; the first comment of a file that names its licence stays."""
    licences = [comment for comment in _COMMENT.findall(script) if _LICENCE.search(comment)]
    lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
    return "\n".join([*dict.fromkeys(licences[:2]), *filter(None, lines)])
