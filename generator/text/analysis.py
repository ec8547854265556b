"""How text becomes the words that are searched: cut, folded, stemmed. The browser does the same, from the same tables.

Cutting and folding keep å ä ö apart from a and o (val is not väl) but let Norwegian æ ø meet Swedish ä ö.
A word typed without its dots and rings is found by its `rough` form, which the index keeps as an alias.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nltk.stem.snowball import SnowballStemmer

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|\w+")
"""A number of a question, `4.2`, is one word."""
_KEPT = "åäö"
_LETTERS = {"æ": "ä", "ø": "ö", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"}
_TRANSLATED = str.maketrans(_LETTERS)
_TWICE = re.compile(r"(.)\1+")
_STEMMERS = {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "da": "danish", "fi": "finnish"}

SPELLINGS = (
    ("aa", "a"), ("ae", "a"), ("oe", "o"), ("å", "a"), ("ä", "a"), ("ö", "o"), ("beid", "bet"), ("bejd", "bet"),
    ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("w", "v"),
    ("hv", "v"), ("th", "t"), ("tion", "sjon"), ("sion", "sjon"),
)  # fmt: skip
"""Letters that the Nordic languages, and keyboards, write in more than one way, and one of the ways; in this order."""

STEMMED_AS = {"sv": "sv", "nb": "nb", "nn": "nb", "da": "nb"}
"""Whose endings a language is cut by. Danish by the Norwegian ones: the two Danish stemmers at hand disagree."""

JOINTS = (
    ("", ""), ("s", ""), ("", "e"), ("", "a"), ("o", "a"), ("o", "e"), ("u", "a"), ("u", "e"), ("e", ""), ("e", "a"),
)  # fmt: skip
"""How a word changes where it stands first in a compound: what it ends with there, and what instead when alone."""

MORE_ENDINGS = {"sv": "(?<=[iyåäö])n$|(?<!it)ets?$|(?<=iv)t$|(?<=al)t$"}
"""Endings that Snowball leaves: `demokratin`, `arbetet` (but `kvalitet`), `effektivt`, `lokalt`. Read by both sides."""
WHOLE = "(?<=enhet)(?:en|er|erna|ene|ens|ers|s|)$"
"""Where a word ends that Snowball would break: `resultatenheter` are no `resultaten`, `erfarenhet` is not `erfar`."""
SHORTEST_STEM = 4
"""Letters that must be left of a word when such an ending is taken."""
_WHOLE = re.compile(WHOLE)
_MORE_ENDINGS = {language: re.compile(endings) for language, endings in MORE_ENDINGS.items()}

_STOP_WORDS = """
af alla alle at att av ble blei blev blir bliver både da de dei dem den denna denne der deres det detta dette
du där efter eg ein eit eller en er et ett etter finns for fra frå från få får för gjer gjere gjør gjøre gör
göra ha han har ho hos hun hur hva hvem hverandre hvilke hvilken hvordan hvorfor i ikke ikkje in ind inte kan
korleis kva kvarandre kven kvifor man me med men mod mot när och också og om op opp over på samt seg sig sin
sina sine sit sitt ska skal som så til till ud under ut utan vad var varandra varför ved vem vere vi vid vilka
vilken vilket være är över
"""


def tokens(text: str) -> list[str]:
    """The words of a text, lower case, NFC, in order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


@cache
def fold(word: str) -> str:
    """A word without accents that do not tell Nordic words apart: é → e, æ → ä, ø → ö."""
    return word if word.isascii() else "".join(map(_bare, word.translate(_TRANSLATED)))


@cache
def _bare(letter: str) -> str:
    return letter if letter in _KEPT else unicodedata.normalize("NFD", letter)[0]


def rough(word: str) -> str:
    """A folded word as it may be typed without å, ä and ö (`vaxjo`, `vaexjoe`), or spelt in a sister language.

    So `nettverk` meets `nätverk` and `organisasjon` meets `organisation`.
    """
    for spelling, instead in SPELLINGS:
        word = word.replace(spelling, instead)
    return _TWICE.sub(r"\1", word)


def spellings(word: str) -> set[str]:
    """The rough spellings of a word that is in the texts: ä may be typed as a, but is e in Norwegian (`nätverk`)."""
    return {rough(word), rough(word.replace("ä", "e"))} if "ä" in word else {rough(word)}


@cache
def _stemmer(language: str) -> SnowballStemmer:
    # Imported when a stem is wanted: nltk takes longer to import than one evaluation takes to check.
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(_STEMMERS[language])


class _Stems(dict[str, str]):
    """The stems of one language by the word, each found once: a text's words are looked up without a call."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, word: str) -> str:
        self[word] = found = self._cut(word)
        return found

    def _cut(self, word: str) -> str:
        if self._language not in _STEMMERS:
            return word
        if whole := _WHOLE.search(word):
            return word[: whole.start()]
        shorter = str(_stemmer(self._language).stem(_shorter(word, self._language)))
        return word if shorter == word else self[shorter]


@cache
def _stems(language: str) -> _Stems:
    return _Stems(language)


def stem(word: str, language: str) -> str:
    """The Snowball stem of a folded word, as lunr's stemmers in the browser cut it; as it is where there is none.

    Snowball takes one ending (`koncernen` → `koncern`, but `koncern` → `konc`), so it is asked until nothing comes off.
    """
    return _stems(language)[word]


def _shorter(word: str, language: str) -> str:
    """Without an ending that Snowball leaves, if enough of the word is left."""
    shorter = _MORE_ENDINGS[language].sub("", word) if language in _MORE_ENDINGS else word
    return shorter if len(shorter) >= SHORTEST_STEM else word


STOP_WORDS = frozenset(fold(word) for word in _STOP_WORDS.split())
"""Words that carry no search in Swedish, Norwegian and Danish, folded."""


@lru_cache(maxsize=4096)  # of texts, which are many; names come again and again
def carrying(text: str) -> tuple[str, ...]:
    """The words of a text that carry search, folded, in order."""
    return tuple(word for token in tokens(text) if (word := fold(token)) not in STOP_WORDS)


def stemmed(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Folded words stemmed as their language is."""
    return tuple(map(_stems(STEMMED_AS.get(language, "")).__getitem__, words))


def browser_tables() -> dict[str, Any]:
    """What the browser needs to cut, fold and stem as we do."""
    return {
        "kept": _KEPT,
        "letters": _LETTERS,
        "stemmed_as": STEMMED_AS,
        "joints": JOINTS,
        "spellings": SPELLINGS,
        "more_endings": MORE_ENDINGS,
        "whole": WHOLE,
        "shortest_stem": SHORTEST_STEM,
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }
