"""Invented prose with the statistics of real prose: few words that come all the time, and a long tail of compounds.

How often the n-th word comes falls as Zipf and Mandelbrot say. The sixty commonest are nearly half of a text; 2 500
texts of 50 words hold some 25 000 different words, and 25 000 texts some 110 000.
"""

from __future__ import annotations

import random
from array import array
from functools import cache
from itertools import accumulate
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("words.yml")
VOCABULARY = 300_000
FLAT, STEEP = 2.7, 1.15


class Prose:
    """Says sentences of one language; what is random comes from the one who asks."""

    def __init__(self, language: str) -> None:
        self.words = _vocabulary(language)
        self._weights = array("d", accumulate((place + FLAT) ** -STEEP for place in range(1, len(self.words) + 1)))

    def said(self, chance: random.Random, count: int) -> list[str]:
        """So many words, none of them with a capital."""
        return chance.choices(self.words, cum_weights=self._weights, k=count)

    def sentence(self, chance: random.Random, middle: int = 14) -> str:
        """A sentence of about so many words."""
        words = self.said(chance, max(4, round(chance.gauss(middle, middle / 3))))
        if len(words) > 9:
            words[len(words) // 2] += ","
        return f"{words[0][0].upper()}{words[0][1:]} {' '.join(words[1:])}."

    def sentences(self, chance: random.Random, count: int) -> str:
        """A paragraph."""
        return " ".join(self.sentence(chance) for _ in range(count))

    def paragraphs(self, chance: random.Random, count: int, sentences: int) -> list[str]:
        """So many paragraphs of so many sentences."""
        return [self.sentences(chance, sentences) for _ in range(count)]


@cache
def prose(language: str) -> Prose:
    """The prose of a language, `sv` or `nb`."""
    return Prose(language)


def _vocabulary(language: str) -> list[str]:
    """All words, the commonest first: small words, then the others, then compounds of two and three parts."""
    known = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[language]
    nouns = [line.split() for line in known["nouns"]]
    small, others = known["small"].split(), [*known["others"].split(), *(form for noun in nouns for form in noun[1:])]
    chance = random.Random(language)
    chance.shuffle(others)
    compounds = [first[0] + form for first in nouns for last in nouns if first is not last for form in last[1:]]
    chance.shuffle(compounds)
    found = dict.fromkeys([*small, *others, *compounds])
    while len(found) < VOCABULARY:
        found[chance.choice(nouns)[0] + chance.choice(compounds)] = None
    return [*found]
