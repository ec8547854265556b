"""The style sheet's colours: every pair that meets is far enough apart, in light, dark and print, for every reader."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

SHEET = Path(__file__).parent.parent / "docs" / "assets" / "kommunkompassen.css"
SELECTORS = {
    "light": ":root",
    "dark": '[data-md-color-scheme="slate"]',
    "dark without script": '.no-js [data-md-color-scheme="default"]',
    "print": ":root, [data-md-color-scheme], .no-js [data-md-color-scheme]",
}
TEXT, LARGE, MARK = 7.0, 4.5, 3.0
"""What running text aims at (AAA), what any text must have (AA), what a mark or a frame must have."""
PAIRS = {
    ("ink", "paper"): TEXT,
    ("ink", "tint"): TEXT,
    ("ink", "mark"): TEXT,
    ("soft", "paper"): LARGE,
    ("soft", "tint"): LARGE,
    ("accent", "paper"): TEXT,
    ("accent", "tint"): TEXT,
    ("compare-text", "paper"): LARGE,
    ("compare-text", "tint"): LARGE,
    ("edge", "paper"): MARK,
    ("edge", "tint"): MARK,
    ("compare", "paper"): MARK,
    ("compare", "tint"): MARK,
    ("accent", "compare"): MARK,
}
"""Who meets whom, and how far apart they must be. The accent is links, the ground of buttons, and the focus ring."""
SHOWN = {
    "light": {("ink", "paper"): 16.5, ("soft", "paper"): 6.8, ("accent", "paper"): 11.6, ("compare-text", "tint"): 6.1},
    "dark": {("ink", "paper"): 15.5, ("soft", "paper"): 9.1, ("accent", "paper"): 12.4, ("compare-text", "tint"): 7.4},
}
"""Some ratios as they were measured by others, so that our own arithmetic is tried as well."""


@cache
def sheet() -> str:
    return re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)


def tokens(kind: str) -> dict[str, str]:
    """The colours of a scheme by their names."""
    block = re.search(rf"(?:^|[{{}}])\s*{re.escape(SELECTORS[kind])}\s*\{{([^}}]*--k-paper[^}}]*)\}}", sheet())
    assert block, f"no colours for {kind}"
    return dict(re.findall(r"--k-([a-z-]+):\s*(#[0-9a-f]{6})\b", block[1]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 for black and 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("kind", SELECTORS)
def test_every_pair_of_colours_that_meets_is_far_enough_apart(kind: str):
    colours = tokens(kind)
    near = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PAIRS}

    assert {} == {pair: ratio for pair, ratio in near.items() if ratio < PAIRS[pair]}


@pytest.mark.parametrize("kind", SHOWN)
def test_the_ratios_are_those_that_others_measured(kind: str):
    colours = tokens(kind)

    assert SHOWN[kind] == {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 1) for pair in SHOWN[kind]}


def test_every_scheme_has_every_colour_and_dark_is_the_same_with_and_without_script():
    assert 10 == len(tokens("light"))
    assert all(tokens(kind).keys() == tokens("light").keys() for kind in SELECTORS)
    assert tokens("dark") == tokens("dark without script")


def test_no_colour_is_used_that_has_no_name():
    """Only the tokens hold colours, so that every scheme can change all of them."""
    used = [line.strip() for line in sheet().splitlines() if re.search(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(", line)]

    assert [] == [line for line in used if not re.fullmatch(r"--k-[a-z-]+: #[0-9a-f]{6};", line)]
