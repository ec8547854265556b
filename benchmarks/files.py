"""Invented evaluations of one size, the same on every machine: what a check is measured on.

A file is as long and as varied as a complete evaluation. With warnings, every file has three of different kinds.
How an archive is made up as a whole is for `corpus`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

FIRST = ("Gran", "Sten", "Björk", "Alm", "Lind", "Hög", "Djup", "Norr", "Söder", "Öster", "Väster", "Ny", "Gammel",
         "Ek", "Ask", "Hassel", "Rönn", "Tall", "Äng", "Strand")
LAST = ("by", "torp", "vik", "ås", "näs", "hult", "rum", "sele", "hamra", "fors", "sjö", "dal", "mark", "tuna", "inge",
        "löv", "boda", "arp", "hem", "lunda", "berga", "skog", "hed", "mo", "å")
SYLLABLES = ("an", "bor", "da", "el", "för", "gen", "hål", "in", "kom", "led", "mun", "när", "om", "plan", "rå", "sam",
             "ta", "ut", "val", "verk", "ång", "ära", "öns")
ASCII = str.maketrans("åäö", "aao")
HEADER = "country,code,slug,name,parallel_names,county,population,population_year,group,successor\n"
AREA_MAXIMA = ((15, 20, 25, 30, 10), (25, 25, 20, 15, 15), (20, 20, 20, 20, 20), (15, 25, 20, 20, 10, 10),
               (30, 20, 25, 25), (20, 15, 15, 25, 25), (25, 30, 20, 15, 10), (20, 30, 20, 30))
TOPICS = ("medborgardialog", "ledarskap", "styrning", "uppfoljning", "utveckling")


def write(folder: Path, files: int, bytes_each: int, warned: bool) -> list[Path]:
    """Lay out a folder like `evaluations/` with that many evaluations; returns their paths."""
    names = [first + last for last in LAST for first in FIRST][:files]
    rows = [f"se,{number:04d},{_slug(name)},{name},,,,,,\n" for number, name in enumerate(names, 1)]
    _put(folder / "municipalities.csv", HEADER + "".join(rows))
    _put(folder / "topics.yml", "topics:\n" + "".join(
        f"  - {{id: {topic}, labels: {{sv: {topic}}}, areas: [1]}}\n" for topic in TOPICS))
    _put(folder / "editions/2015.yml", _edition())
    paths = [folder / f"se/{_slug(name)}/2016.yml" for name in names]
    for path, name in zip(paths, names, strict=True):
        _put(path, evaluation(name, bytes_each, warned))
    return paths


def evaluation(name: str, size: int, warned: bool) -> str:
    """A complete evaluation of about `size` bytes; what is random follows from the name."""
    chance = random.Random(name)
    shares = [[chance.randint(1, maximum - 1) for maximum in maxima] for maxima in AREA_MAXIMA]
    parts = [_head(name, sum(map(sum, shares)) - warned, warned)]
    where = chance.randint(1, len(shares)) if warned else 0
    fixed = [_figures(area, points, area == where) for area, points in enumerate(shares, 1)]
    left = (size - sum(len(part.encode()) for part in [*parts, *fixed])) // len(fixed)
    for area, figures in enumerate(fixed, 1):
        parts += [figures, _prose(chance, area, left)]
    return "".join(parts)


def _head(name: str, total: int, warned: bool) -> str:
    cut = "\n  - Andra #uppgiften i källan" if warned else ""
    return (
        f'# yaml-language-server: $schema=../../schema.json\nedition: "2015"\nmonth: 5\nevaluators: [{name}s råd]\n'
        "evidence: {interviews: 20, documents: true, website: true}\n"
        f'sources:\n  - {{title: "Analys av {name}, maj 2016", url: "https://{_slug(name)}.example/", '
        f"read: 2026-01-31}}\ntotal: {total}\nnotes:\n  - Invånarna i {name} finns inte.{cut}\nareas:\n"
    )


def _figures(area: int, points: list[int], warned: bool) -> str:
    """An area's figures; with a warning, one point less than its rounded questions, which rounding can explain."""
    maxima = AREA_MAXIMA[area - 1]
    questions = "".join(
        f'      "{area}.{number}": {{points: {each}, maximum: {maximum}'
        + ("" if warned else f", percent: {round(each * 100 / maximum)}") + "}\n"
        for number, (each, maximum) in enumerate(zip(points, maxima, strict=True), 1)
    )
    highlight = "    highlights: [Området fick <b>flest</b> poäng.]\n" if warned else ""
    return f"  {area}:\n    points: {sum(points) - warned}\n    questions:\n{questions}{highlight}"


def _prose(chance: random.Random, area: int, size: int) -> str:
    """A summary, and then strengths and improvements until the area is as long as it should be."""
    lines = [f"    brief: {_sentence(chance, 8)}", "    summary: |"]
    lines += [f"      {_sentence(chance, 13)}" for _ in range(8)]
    items = _items(chance, area)
    length = sum(len(line.encode()) + 1 for line in lines)
    for kind, share in (("strengths", 0.6), ("improvements", 0.9), ("examples", 1.0)):
        lines.append(f"    {kind}:")
        first = True
        while first or length < size * share - 140:
            item = next(items) + (f"\n        title: {_sentence(chance, 4)}" if kind == "examples" else "")
            lines.append(item)
            length += len(item.encode()) + 1
            first = False
    return "\n".join(lines) + "\n"


def _items(chance: random.Random, area: int) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield (f"      - id: punkt-{area}-{number}\n        text: {_sentence(chance, 14)}\n"
               f'        question: "{area}.{chance.randint(1, len(AREA_MAXIMA[area - 1]))}"\n'
               f"        topics: [{', '.join(chance.sample(TOPICS, 2))}]")


def _sentence(chance: random.Random, words: int) -> str:
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(words)]
    return f"{' '.join(made).capitalize()} och är."


def _edition() -> str:
    areas = "".join(
        f"  {area}:\n    about: {{sv: Område {area}.}}\n    questions:\n" + "".join(
            f'      "{area}.{number}": {{title: {{sv: Fråga}}, maximum: {maximum}}}\n'
            for number, maximum in enumerate(maxima, 1))
        for area, maxima in enumerate(AREA_MAXIMA, 1))
    return f"since: 2015\nabout: {{sv: En modell.}}\nareas:\n{areas}"


def _slug(name: str) -> str:
    return name.lower().translate(ASCII)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
