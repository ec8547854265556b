"""A small invented archive for the tests of the search: two countries, three structures of areas, three languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.model import Archive, Edition, Evaluation, Municipality, Topic

SOURCE = {"title": "Påhittad rapport", "read": date(2026, 11, 23).isoformat()}


def _edition(identity: str, comparable: dict[str, str]) -> Edition:
    areas = {n: {"titles": {"sv": f"Område {n} av {identity}"}, "about": {"sv": "Påhittat."}} for n in range(1, 9)}
    declared = {other: {"level": level, "why": {"sv": "Påhittat."}} for other, level in comparable.items()}
    data = {
        "id": identity,
        "since": int(identity),
        "about": {"sv": "Påhittad."},
        "areas": areas,
        "comparable": declared,
    }
    return Edition.model_validate(data)


def _municipality(country: str, slug: str, name: str, county: str) -> Municipality:
    return Municipality(country=country, slug=slug, code="0000", name=name, county=county)  # type: ignore[arg-type]


def _evaluation(country: str, municipality: str, year: int | None, **data: Any) -> Evaluation:
    given = {"country": country, "municipality": municipality, "year": year, "sources": [SOURCE], **data}
    return Evaluation.model_validate(given)


VALLBY = _evaluation(
    "se", "vallby", 2016, edition="2015", language="sv",
    areas={
        1: {
            "points": 54,
            "questions": {"1.4": {"points": 19, "maximum": 30, "percent": 65}},
            "examples": [
                {"id": "ortsanalyser", "title": "Ortsanalyser i skolmatsalen", "question": "1.4",
                 "topics": ["medborgardialog"], "text": "Invånarna bjöds in till *medborgardialoger* i <b>skolan</b>."},
            ],
            "strengths": [
                {"id": "strateg", "text": "En strateg för demokrati är på plats.", "topics": ["medborgardialog"]},
                {"id": "planering", "text": "Kommunen har länge arbetat med delaktighet i planeringen, och det syns i "
                         "hur förslagen ser ut när de kommer."},
            ],
        },
        6: {"points": 0, "examples": [
            {"id": "medarbetarskap", "title": "Alla äger sitt medarbetarskap", "text": "Café för quiz och wifi.",
             "topics": ["medarbetarskap"]},
        ]},
    },
)  # fmt: skip
AKERO = _evaluation(
    "no", "akero", 2019, edition="2010", language="nn",
    areas={1: {"points": 72, "examples": [
        {"id": "innbyggardialog", "title": "Samla arbeid for innbyggardialog", "gold_star": True,
         "text": "Det samla arbeidet med innbyggardialog blir rekna som beste praksis.", "topics": []},
    ]}},
)  # fmt: skip
AKERO_LATER = _evaluation(
    "no", "akero", 2022, edition="2020", language="nn",
    areas={2: {"strengths": [
        {"id": "medarbeiderskap", "text": "Medarbeiderskap er ein vane.", "topics": ["medarbetarskap"]},
    ]}},
    role_models=[{"municipality": "vallby", "area": 1, "about": "dialog"}],
)  # fmt: skip
WITHOUT_YEAR = _evaluation(
    "se", "vallby", None, edition="unknown", language="sv",
    examples=[{"id": "utan-ar", "title": "Något </script> utan år", "text": "Ett arbetssätt.", "area": "not stated"}],
)  # fmt: skip

TOPICS = [
    Topic.model_validate({
        "id": "medborgardialog", "areas": [1],
        "labels": {"sv": "Medborgardialog", "nb": "Innbyggerdialog", "nn": "Innbyggardialog"},
        "synonyms": {"sv": ["delaktighet", "dialog med invånarna"], "nb": ["medvirkning"],
                     "nn": ["innbyggarmedvirkning"]},
    }),
    Topic.model_validate({
        "id": "medarbetarskap", "areas": [6],
        "labels": {"sv": "Medarbetarskap", "nb": "Medarbeiderskap"}, "synonyms": {},
    }),
]  # fmt: skip
EDITIONS = [
    _edition("2010", {}),
    _edition("2015", {"2010": "note"}),
    _edition("2020", {"2015": "total", "2010": "total"}),
]
MUNICIPALITIES = [
    _municipality("se", "vallby", "Vällby", "Södra län"),
    _municipality("no", "akero", "Åkerø", "Vestfylke"),
]

ARCHIVE = Archive(
    municipalities={m.slug: m for m in MUNICIPALITIES},
    editions={edition.id: edition for edition in EDITIONS},
    topics={topic.id: topic for topic in TOPICS},
    averages=(),
    evaluations=(AKERO, AKERO_LATER, VALLBY, WITHOUT_YEAR),
)
