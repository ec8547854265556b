"""How text becomes the words that are searched: cut, folded, stemmed. The browser does exactly the same.

Cutting and folding keep å ä ö apart from a and o (val is not väl) but let Norwegian æ ø meet Swedish ä ö.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

_WORD = re.compile(r"\w+")
_KEPT = {"å", "ä", "ö"}
_LETTERS = str.maketrans({"æ": "ä", "ø": "ö", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"})
_STEMMERS = {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "da": "danish", "fi": "finnish"}


def tokens(text: str) -> list[str]:
    """The words of a text, lower case, NFC, in order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def fold(word: str) -> str:
    """A word without accents that do not tell Nordic words apart: é → e, æ → ä, ø → ö."""
    return "".join(_bare(letter) for letter in word.translate(_LETTERS))


def _bare(letter: str) -> str:
    return letter if letter in _KEPT else unicodedata.normalize("NFD", letter)[0]


@cache
def _stemmer(language: str) -> SnowballStemmer:
    # Imported when a stem is wanted: nltk takes longer to import than one evaluation takes to check.
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_STEMMERS[language])


@cache
def stem(word: str, language: str) -> str:
    """The Snowball stem of a folded word, as lunr's stemmers in the browser cut it; as it is where there is none."""
    return str(_stemmer(language).stem(word)) if language in _STEMMERS else word
