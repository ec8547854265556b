"""How text becomes the words that are searched: cut, folded, stemmed. The browser does the same, from the same tables.

Cutting and folding keep å ä ö apart from a and o (val is not väl) but let Norwegian æ ø meet Swedish ä ö.
A word typed without its dots and rings is found by its `bare` form, which the index keeps as an alias.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|\w+")
"""A number of a question, `4.2`, is one word."""
_KEPT = "åäö"
_LETTERS = {"æ": "ä", "ø": "ö", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"}
_TRANSLATED = str.maketrans(_LETTERS)
_BARE = str.maketrans("åäö", "aao")
_STEMMERS = {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "da": "danish", "fi": "finnish"}

STEMMED_AS = {"sv": "sv", "nb": "nb", "nn": "nb", "da": "nb"}
"""Whose endings a language is cut by. Danish by the Norwegian ones: the two Danish stemmers at hand disagree."""

JOINTS = (
    ("", ""), ("s", ""), ("", "e"), ("", "a"), ("o", "a"), ("o", "e"), ("u", "a"), ("u", "e"), ("e", ""), ("e", "a"),
)  # fmt: skip
"""How a word changes where it stands first in a compound: what it ends with there, and what instead when alone."""

_STOP_WORDS = """
af alla alle at att av ble blei blev blir bliver både da de dei dem den denna denne der deres det detta
dette du där efter eg ein eit eller en er et ett etter finns for fra frå från få får för ha han har ho hos
hun hur i ikke ikkje in ind inte kan korleis man me med men mod mot när när och också og också om op opp over
på samt seg sig sin sina sine sit sitt ska skal som så til till ud under ut utan var ved vere vi vid være är
över
"""


def tokens(text: str) -> list[str]:
    """The words of a text, lower case, NFC, in order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


@cache
def fold(word: str) -> str:
    """A word without accents that do not tell Nordic words apart: é → e, æ → ä, ø → ö."""
    return "".join(_bare(letter) for letter in word.translate(_TRANSLATED))


def _bare(letter: str) -> str:
    return letter if letter in _KEPT else unicodedata.normalize("NFD", letter)[0]


def bare(word: str) -> str:
    """How a folded word is typed without å, ä and ö: `växjö` → `vaxjo` (the browser reads `vaexjoe` so too)."""
    return word.translate(_BARE)


@cache
def _stemmer(language: str) -> SnowballStemmer:
    # Imported when a stem is wanted: nltk takes longer to import than one evaluation takes to check.
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_STEMMERS[language])


@cache
def stem(word: str, language: str) -> str:
    """The Snowball stem of a folded word, as lunr's stemmers in the browser cut it; as it is where there is none."""
    return str(_stemmer(language).stem(word)) if language in _STEMMERS else word


STOP_WORDS = frozenset(fold(word) for word in _STOP_WORDS.split())
"""Words that carry no search in Swedish, Norwegian and Danish, folded."""


@cache
def carrying(text: str) -> tuple[str, ...]:
    """The words of a text that carry search, folded, in order."""
    return tuple(word for token in tokens(text) if (word := fold(token)) not in STOP_WORDS)


def stemmed(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Folded words stemmed as their language is."""
    stems = STEMMED_AS.get(language, "")
    return tuple(stem(word, stems) for word in words)


def browser_tables() -> dict[str, Any]:
    """What the browser needs to cut, fold and stem as we do."""
    return {
        "kept": _KEPT,
        "letters": _LETTERS,
        "stemmed_as": STEMMED_AS,
        "joints": JOINTS,
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }
