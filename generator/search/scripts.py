"""The site's scripts as browsers get them: without comments, and the search's worker as one file with all it asks for.

Of lunr.js and its Nordic stemmers only what runs is taken: the parser of queries and the stemmers, as installed. The
index is our own, so lunr's index and builder stay behind, and so do its English words and all lists of stop words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import mkdocs
import rjsmin

LUNR = "lunr-nordic.js"
"""What the worker calls the script made of lunr."""
KEPT = {"version", "utils", "tokenizer", "Query", "QueryParseError", "QueryLexer", "QueryParser"}
STEMMERS = ("lunr.stemmer.support.js", "lunr.sv.js", "lunr.no.js")
_STATEMENT = re.compile(r"(?m)^(?=lunr\.)")
_STATEMENT_NAME = re.compile(r"lunr\.(\w+)")
_COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_LICENCE = re.compile(r"@license|Copyright")
_UNUSED = re.compile(r"(?m)^ *lunr\.(Pipeline\.registerFunction\(|\w+\.(wordCharacters|trimmer|stopWordFilter) = ).*;$")
_ASKED = re.compile(r"importScripts\(([^)]*)\);")
_NAME = re.compile(r'"([^"]+)"')


def scripts(written: Mapping[str, str], lunr: str) -> dict[str, str]:
    """Our scripts by path below the site; what another asks for by importScripts stands in it, and not beside it.

    `lunr` is what `lean` made.
    """
    asked = {name for text in written.values() for name in _asked(text)}
    names = {PurePosixPath(path).name: text for path, text in written.items()} | {LUNR: lunr}
    kept = {path: text for path, text in written.items() if PurePosixPath(path).name not in asked}
    return {path: bare(_joined(text, names)) for path, text in kept.items()}


def _asked(script: str) -> list[str]:
    return [name for found in _ASKED.findall(script) for name in _NAME.findall(found)]


def _joined(script: str, names: Mapping[str, str]) -> str:
    # Some of lunr's files end without a semicolon.
    return _ASKED.sub(lambda found: "".join(f"{names[name]};\n" for name in _NAME.findall(found[1])), script)


def bare(script: str) -> str:
    """Without comments and spaces that mean nothing, but for licences."""
    return str(rjsmin.jsmin(script, keep_bang_comments=True))


def sources() -> list[Path]:
    """Where the installed scripts lie: lunr.js, then its language files."""
    folder = Path(mkdocs.__file__).parent / "contrib" / "search"
    return [folder / "templates" / "search" / "lunr.js", *(folder / "lunr-language" / name for name in STEMMERS)]


def lean(lunr: str, *stemmers: str) -> str:
    """One script from the text of lunr.js and of its language files."""
    statements = _STATEMENT.split(_uncommented(lunr))
    kept = (each for each in statements if not (name := _STATEMENT_NAME.match(each)) or name[1] in KEPT)
    parts = [(lunr, "".join(kept)), *((text, _UNUSED.sub("", _uncommented(text))) for text in stemmers)]
    return ";\n".join(_licences(text) + rest for text, rest in parts)


def _uncommented(script: str) -> str:
    return _COMMENT.sub("", script)


def _licences(script: str) -> str:
    """The first comments of a file that name its licences, so marked that they stay."""
    found = [comment for comment in _COMMENT.findall(script) if _LICENCE.search(comment)]
    return "".join(re.sub(r"^/\*[*!]", "/*!", comment) + "\n" for comment in dict.fromkeys(found[:2]))
