"""How wide text is in Inter, the letters that are shown: for wrapping and for placing labels.

The widths are a table and not a font file, so that a drawing is the same on every machine and in every process.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SEMIBOLD = 1.03
"""Weight 600 beside weight 400."""
UNKNOWN_LETTER = 70
# Hundredths of the type size; letters with accents are as wide as those without.
_LETTERS_OF_WIDTH = {
    24: "ijlł", 26: "’‘", 27: "I", 28: " \xa0", 29: "!,.:·", 30: "';", 32: "`", 33: "t|ŧ", 36: "()/[\\]", 37: "f",
    38: "r", 41: "1", 43: "{}", 44: "”“", 46: "-_°", 47: '"^', 50: "*–", 51: "?", 53: "s", 55: "kxz", 56: "avy",
    57: "7JLc§", 58: "eð", 59: "5FhnuŁŋ", 60: "Eoø", 61: "2bdgpqþđ", 62: "3689ß", 63: "#0Z", 64: "$&PRSÞ", 65: "4BTŦ",
    66: "+<=>~−±×", 67: "K", 68: "XY", 69: "AV", 72: "D", 73: "CÐ", 74: "HU", 75: "GNŊ", 76: "OQØ", 82: "w", 85: "½",
    86: "…", 88: "m", 90: "M", 91: "●■", 92: "æ", 95: "→←", 97: "@", 98: "%", 99: "WÆ", 100: "Œœ—", 104: "★", 105: "◆",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _LETTERS_OF_WIDTH.items() for letter in letters}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def width(text: str, size: int, weight: int = 400) -> float:
    """The width of a line of text in pixels."""
    return sum(map(_letter, text)) * size / 100 * (SEMIBOLD if weight >= 600 else 1)


@cache
def _letter(letter: str) -> int:
    found = _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0])
    return found or (0 if unicodedata.combining(letter) else UNKNOWN_LETTER)


def one_line(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return " ".join(_NOT_IN_XML.sub("", text).split())


def wrapped(text: str, room: float, size: int, indent: float = 0) -> list[str]:
    """The text in lines no wider than the room; the second and later lines have less, by the indent."""
    lines: list[str] = []
    for word in one_line(text).split(" "):
        if lines and width(f"{lines[-1]} {word}", size) <= room - (indent if len(lines) > 1 else 0):
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room - indent, size)
    return lines


def _pieces(word: str, room: float, size: int) -> list[str]:
    """A word, cut with hyphens where it alone is wider than the room."""
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if width(pieces[-1] + letter + "-", size) > room:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += letter
    return pieces
