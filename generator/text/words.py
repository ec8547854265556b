"""The site's own words in one language, and its numbers, dates and lists as that language writes them.

Reads only `locales/`. A missing key is a programming error and fails: there is no fallback language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

_ALPHABET = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "á": "a"})
LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = tuple(sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir()))


class Words:
    """The words of one language; call it with a key: `t("pages.sources", n=2)`.

    A key is `<file>.<key in that file>`. Given `n`, the forms `<key>.one` and `<key>.other` are used.
    """

    def __init__(self, language: str, entries: dict[str, str]) -> None:
        self.language = language
        self.entries = entries

    def __call__(self, key: str, /, **values: Any) -> str:
        if "n" in values and f"{key}.other" in self.entries:
            key = f"{key}.one" if values["n"] == 1 else f"{key}.other"
        return self.entries[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def number(self, value: int) -> str:
        """`48 591`, with the language's own grouping and a real minus."""
        return _number(value, self.language)

    def signed(self, value: int) -> str:
        """A difference: `+4`, `−13`, `±0`."""
        return "±0" if value == 0 else ("+" if value > 0 else "") + self.number(value)

    def counted(self, value: int) -> str:
        """Small numbers in words, as running text wants them: `tre`, `tolv`, `13`."""
        return self.entries.get(f"text.count.{value}", self.number(value))

    def listing(self, items: Iterable[str]) -> str:
        """`a, b och c`."""
        return _listing(tuple(items), self.language)

    def order(self, name: str) -> str:
        """A key that sorts names as Nordic readers look them up: å, ä, ö (and æ, ø) after z."""
        return unicodedata.normalize("NFC", name).lower().translate(_ALPHABET)

    def when(self, partial: str) -> str:
        """A date as exact as it is known: `2014`, `mars 2014` or `25 augusti 2015`."""
        parts = [int(part) for part in partial.split("-")]
        if len(parts) == 1:
            return partial
        pattern = "MMMM y" if len(parts) == 2 else "d MMMM y"
        return _date(date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1), pattern, self.language)


@lru_cache(maxsize=10_000)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=language).replace("-", "\N{MINUS SIGN}")


@lru_cache(maxsize=10_000)
def _listing(items: tuple[str, ...], language: str) -> str:
    return format_list(items, style="standard", locale=language)


@lru_cache(maxsize=10_000)
def _date(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@cache
def words(language: str) -> Words:
    """The words of a language that `locales/` holds."""
    entries: dict[str, str] = {}
    for file in sorted((LOCALES / language).glob("*.yml")):
        for key, value in (yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}).items():
            entries[f"{file.stem}.{key}"] = value
    return Words(language, entries)


def capital(text: str) -> str:
    """The text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]
