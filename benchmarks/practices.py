"""An invented archive of so many good examples, the same on every machine: what the search is measured on.

Ten examples an evaluation, as in the reports, in the prose of `benchmarks.prose`: three sentences and a title each,
longer than most real ones. Edition, questions and topics are the project's own.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Literal

from benchmarks.corpus import names, slug
from benchmarks.evaluation import EVALUATIONS
from benchmarks.prose import prose
from generator import load
from generator.model import Archive, Edition, Evaluation, Municipality, Topic

EACH = 10
COUNTIES, PLACES = 21, 300
EDITION = "2015"
TITLE, SENTENCES = 5, 3
"""Words of a title, and sentences of a text."""
SOURCE = {"title": "Påhittad rapport", "read": date(2026, 11, 23).isoformat()}


def archive(examples: int) -> Archive:
    """An archive with that many examples and nothing else; a larger one begins with the same."""
    edition, topics = _own()
    count = examples // EACH
    places = _municipalities(min(PLACES, count))
    evaluations = [
        _evaluation(number, edition, topics, places[number % PLACES], 1990 + number // PLACES)
        for number in range(count)
    ]
    return Archive(
        municipalities={each.slug: each for each in places},
        editions={edition.id: edition},
        topics=topics,
        averages=(),
        evaluations=tuple(sorted(evaluations, key=lambda each: (each.country, each.municipality, each.year or 0))),
    )


@cache
def _own() -> tuple[Edition, Mapping[str, Topic]]:
    own = load.load(EVALUATIONS).archive
    return own.editions[EDITION], own.topics


def _municipalities(count: int) -> list[Municipality]:
    """Every fourth is Norwegian."""
    of = {"no": iter(names("no")), "se": iter(names("se"))}
    countries: list[Literal["no", "se"]] = ["se" if number % 4 else "no" for number in range(count)]
    return [_municipality(country, next(of[country]), number) for number, country in enumerate(countries)]


def _municipality(country: Literal["no", "se"], name: str, number: int) -> Municipality:
    county = f"{'Fylke' if country == 'no' else 'Län'} {number % COUNTIES}"
    return Municipality(country=country, slug=slug(name), code=f"{number:04d}", name=name, county=county)


def _evaluation(
    number: int, edition: Edition, topics: Mapping[str, Topic], of: Municipality, year: int
) -> Evaluation:
    chance = random.Random(number)
    language = "nb" if of.country == "no" else "sv"
    found = sorted(chance.choice(_questions(edition)) for _ in range(EACH))
    areas = {
        number: _area(chance, language, _topics(number, topics), [key for _, key in keys])
        for number, keys in groupby(found, key=lambda question: question[0])
    }
    given = {"country": of.country, "municipality": of.slug, "year": year, "edition": edition.id}
    return Evaluation.model_validate({**given, "language": language, "sources": [SOURCE], "areas": areas})


def _questions(edition: Edition) -> list[tuple[int, str]]:
    return [(number, key) for number, area in edition.areas.items() for key in area.questions]


def _topics(area: int, topics: Mapping[str, Topic]) -> list[str]:
    """The topics of an area: an example is seldom about another."""
    return sorted(topic.id for topic in topics.values() if area in topic.areas)


def _area(chance: random.Random, language: str, topics: Sequence[str], questions: Sequence[str]) -> dict[str, Any]:
    examples = [
        {
            "id": f"ett-{key[0]}-{number}",
            "title": prose(language).sentence(chance, TITLE)[:80],
            "text": prose(language).sentences(chance, SENTENCES),
            "question": key,
            "topics": sorted(set(chance.choices(topics, k=chance.randint(1, 2)))),
            "gold_star": chance.random() < 0.05,
        }
        for number, key in enumerate(questions)
    ]
    scores = {key: {"percent": chance.randint(10, 100)} for key in questions}
    return {"points": chance.randint(20, 90), "questions": scores, "examples": examples}
