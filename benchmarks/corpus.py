"""An invented archive as large as one likes, the same on every machine: what builds are measured on.

    python -m benchmarks.corpus 2600 FOLDER

Municipalities that do not exist, in Sweden and Norway, evaluated again and again over the years; all editions, and
evaluations that are complete, that have areas only or a total only, or are merely known. Nothing that `check` refuses.
Editions, topics and averages are the project's own, since the pages written by hand lead to them.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchmarks.evaluation import EVALUATIONS, Report, scores, text

YEARS = range(2002, 2026)
MOST = 1000
"""As many municipalities as Sweden, Norway and Denmark have, and some more."""
BEGINNINGS = {
    "se": "Ask Björk Djup Fur Gammel Gran Hassel Hög Kvarn Lax Lind Lärk Lång Mellan Norr Ny Rönn Sand Skarp Sten "
          "Strand Svart Söder Tall Trast Vinter Väx Älg Äng Öster",
    "no": "Bratt Djup Einer Furu Gran Hegg Hval Krok Lang Laks Ness Nord Osp Rogn Selje Sild Sør Tind Ulv Vester",
}  # fmt: skip
ENDINGS = {
    "se": "arp berga boda by bäcka dala fors hamra hed hem holma hult inge lunda löv mo näs rum sele sjö skog torp "
          "tuna vik ånger",
    "no": "bygd bø eid fjell foss heim holt li nesse sund vang vatn vær øya åsen",
}  # fmt: skip
ASCII = str.maketrans("åäöæøÅÄÖÆØ", "aaoaoAAOAO")
GROUPS = ("landsbygdskommun", "lågpendlingskommun nära större stad", "mindre stad/tätort",
          "pendlingskommun nära storstad", "pendlingskommun nära större stad", "större stad")  # fmt: skip
HEADER = "country,code,slug,name,parallel_names,county,population,population_year,group,successor\n"
DEPTHS = {"complete": 0.78, "areas": 0.12, "total": 0.06, "known": 0.04}
"""How much is known of an evaluation, and how often."""


def write(folder: Path, size: int, seed: int = 1) -> list[Path]:
    """Lay out a folder like `evaluations/` with so many evaluations; returns their paths in order."""
    shutil.copytree(EVALUATIONS / "editions", folder / "editions")
    for own in ("topics.yml", "translations.yml", "averages.yml"):
        shutil.copy(EVALUATIONS / own, folder)
    places = _places(size)
    _put(folder / "municipalities.csv", HEADER + "".join(_row(n, *place) for n, place in enumerate(places, 1)))
    found = dict(_evaluations(random.Random(f"{seed} {size}"), places, size))
    for path, content in found.items():
        _put(folder / path, content)
    return [folder / path for path in sorted(found)]


def slug(name: str) -> str:
    """A name as it stands in an address."""
    return name.lower().translate(ASCII)


def names(country: str) -> list[str]:
    """The invented municipalities of a country; none of them is the name of a real one."""
    made = [first + last for last in ENDINGS[country].split() for first in BEGINNINGS[country].split()]
    random.Random(country).shuffle(made)
    return made


def _places(size: int) -> list[tuple[str, str]]:
    """Country and name of so many municipalities as have so many evaluations."""
    count = max(12, min(MOST, size // 3))
    norwegian = count * 3 // 10
    return [*(("se", name) for name in names("se")[: count - norwegian]),
            *(("no", name) for name in names("no")[:norwegian])]  # fmt: skip


def _row(number: int, country: str, name: str) -> str:
    chance = random.Random(name)
    population = round(chance.lognormvariate(9.7, 0.9))
    county = f"{'Påhittade län' if country == 'se' else 'Oppdiktede fylke'} {number % 20 + 1}"
    group = chance.choice(GROUPS) if country == "se" else ""
    return f"{country},{number:04d},{slug(name)},{name},,{county},{population},2024,{group},\n"


def _evaluations(chance: random.Random, places: list[tuple[str, str]], size: int) -> Iterator[tuple[str, str]]:
    """Path and text of every evaluation. A municipality is evaluated in every other year at most."""
    possible = [(*place, year) for n, place in enumerate(places) for year in YEARS[n % 2 :: 2]]
    slugs = [slug(name) for _, name in places]
    for (country, name), of_one in groupby(sorted(chance.sample(possible, size)), key=lambda each: each[:2]):
        before: tuple[Report, ...] = ()
        for *_, year in of_one:
            depth = chance.choices([*DEPTHS], [*DEPTHS.values()])[0]
            found = scores(chance, country, year, len(before))
            one = Report(country, name, slug(name), year, depth, found, before)
            unseen = depth == "known" and not before and chance.random() < 0.5
            yield f"{country}/{one.slug}/{'unknown' if unseen else year}.yml", text(one, chance, slugs, unseen)
            before += () if unseen else (one,)


def _put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    made = write(Path(sys.argv[2]), int(sys.argv[1]))
    print(f"{len(made)} evaluations, {sum(path.stat().st_size for path in made) / len(made) / 1000:.1f} kB each")
