"""An invented archive of so many good examples, the same on every machine: what the search is measured on.

Ten examples an evaluation, as in the reports. Words are compounds of a few hundred parts, the common ones far more
common than the rare, so that the index has the long tail of a real one.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import accumulate
from typing import Any

from benchmarks.files import FIRST, LAST, SYLLABLES
from generator.model import Archive, Edition, Evaluation, Municipality, Topic

EACH = 10
COUNTIES = 21
TOPICS = 80
PARTS = 900
COMPOUNDS = 60_000
WORDS = 42
SOURCE = {"title": "Påhittad rapport", "read": date(2026, 11, 23).isoformat()}
QUESTIONS = (5, 5, 5, 6, 4, 5, 5, 4)
CONCEPTS = (
    "dialog", "budget", "styrning", "uppföljning", "kvalitet", "ledarskap", "samverkan", "utveckling", "demokrati",
    "service", "brukare", "kommun", "medborgare", "strategi", "mål", "plan", "näringsliv", "skola", "omsorg", "miljö",
)  # fmt: skip


def archive(examples: int) -> Archive:
    """An archive with that many examples and nothing else."""
    chance = random.Random(examples)
    speak = _speaker(chance)
    municipalities = _municipalities(max(30, min(300, examples // 80)))
    topics = [_topic(number, speak) for number in range(TOPICS)]
    evaluations = [
        _evaluation(chance, speak, municipalities[number % len(municipalities)], 2000 + number // len(municipalities))
        for number in range(examples // EACH)
    ]
    return Archive(
        municipalities={each.slug: each for each in municipalities},
        editions={"2015": _edition()},
        topics={topic.id: topic for topic in topics},
        averages=(),
        evaluations=tuple(sorted(evaluations, key=lambda each: (each.country, each.municipality, each.year or 0))),
    )


class _Speaker:
    """Says words: simple ones and compounds, each with how often it comes."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(PARTS)}
        parts = [*CONCEPTS, *sorted(made)]
        compounds = {
            chance.choice(parts) + chance.choice(("", "s", "s")) + chance.choice(parts) for _ in range(COMPOUNDS)
        }
        self.words = [*parts, *sorted(compounds)]
        self.weights = [*accumulate(1 / (place + 4) for place in range(len(self.words)))]
        chance.shuffle(self.words[len(CONCEPTS) :])

    def words_of(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, count: int) -> str:
        return " ".join(self.words_of(count)).capitalize() + "."


def _speaker(chance: random.Random) -> _Speaker:
    return _Speaker(chance)


def _municipalities(count: int) -> list[Municipality]:
    names = [first + last for last in LAST for first in FIRST][:count]
    return [
        Municipality(
            country="no" if number % 4 == 0 else "se",
            slug=f"{name.lower().translate(str.maketrans('åäö', 'aao'))}",
            code=f"{number:04d}",
            name=name,
            county=f"{'Fylke' if number % 4 == 0 else 'Län'} {number % COUNTIES}",
        )
        for number, name in enumerate(names)
    ]


def _topic(number: int, speak: _Speaker) -> Topic:
    name = speak.words[number * 7]
    names = {"sv": [speak.words[number * 7 + 1], speak.words[number * 7 + 2]], "nb": [speak.words[number * 7 + 3]]}
    return Topic.model_validate(
        {"id": f"amne-{number}", "labels": {"sv": name.capitalize()}, "synonyms": names, "areas": [number % 8 + 1]}
    )


def _evaluation(chance: random.Random, speak: _Speaker, of: Municipality, year: int) -> Evaluation:
    areas: dict[int, Any] = {}
    for number in range(EACH):
        area = chance.randint(1, 8)
        question = f"{area}.{chance.randint(1, QUESTIONS[area - 1])}"
        found = areas.setdefault(area, {"points": chance.randint(20, 90), "questions": {}, "examples": []})
        found["questions"][question] = {"percent": chance.randint(10, 100)}
        found["examples"].append(
            {
                "id": f"ett-{number}",
                "title": speak.sentence(5)[:80],
                "text": speak.sentence(WORDS),
                "question": question,
                "topics": sorted({f"amne-{chance.randrange(TOPICS)}" for _ in range(chance.randint(1, 2))}),
                "gold_star": chance.random() < 0.05,
            }
        )
    given = {"country": of.country, "municipality": of.slug, "year": year, "edition": "2015"}
    language = "nb" if of.country == "no" else "sv"
    return Evaluation.model_validate({**given, "language": language, "sources": [SOURCE], "areas": areas})


def _edition() -> Edition:
    areas = {
        area: {
            "titles": {"sv": f"Område {area}"},
            "about": {"sv": "Påhittat."},
            "questions": {f"{area}.{n}": {"title": {"sv": f"Fråga {n}"}, "maximum": 20} for n in range(1, count + 1)},
        }
        for area, count in enumerate(QUESTIONS, 1)
    }
    return Edition.model_validate({"id": "2015", "since": 2015, "about": {"sv": "Påhittad."}, "areas": areas})
