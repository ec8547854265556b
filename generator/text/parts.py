"""The parts of words as they were found before, and which of them are others by what is known now.

A word is cut otherwise only where a word, a stem or a first part stands in it that is known since, or no longer. It
stands there whole but for its last letter, which a joint may change (`skola`, `skol-`); and a stem is a beginning.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from generator.text.learning import Learnt

Cuts = Mapping[str, list[str]]
"""By language a line for every word that was asked about, sorted: the word, then its parts."""


def cut_otherwise(cuts: Cuts, learnt: Learnt) -> set[str]:
    """The words among them that now have other parts."""
    return {word for language, lines in cuts.items() for word in _otherwise(lines, language, learnt)}


def _otherwise(lines: list[str], language: str, learnt: Learnt) -> Iterator[str]:
    text = "\n".join(["", *lines, ""])
    for line in {line for each in learnt.changed for line in _holding(each[:-1], text)}:
        word, *parts = line.split(" ")
        if learnt.lexicon.parts(word, language) != tuple(parts):
            yield word


def _holding(inside: str, text: str) -> Iterator[str]:
    """The lines that hold some letters."""
    at = text.find(inside)
    while at >= 0:
        end = text.index("\n", at)
        yield text[text.rfind("\n", 0, at) + 1 : end]
        at = text.find(inside, end)


def cuts(before: Cuts, learnt: Learnt) -> Cuts:
    """With all that was asked since."""
    return {language: _with(before.get(language, []), asked) for language, asked in learnt.lexicon.asked.items()}


def _with(lines: list[str], asked: Mapping[str, tuple[str, ...]]) -> list[str]:
    told, new = [*lines], []
    for word, parts in asked.items():
        line, at = " ".join((word, *parts)), bisect_left(lines, word)
        if at < len(lines) and lines[at].partition(" ")[0] == word:
            told[at] = line
        else:
            new.append(line)
    return sorted(told + new)
