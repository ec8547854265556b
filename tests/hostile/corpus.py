"""A folder like `evaluations/` where every text field of every file is an attack, each with a mark of its own.

The municipalities do not exist. A text is the attack and then the mark, so that wherever a mark stands on the site,
the whole attack has to stand before it, as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ATTACKS: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("attacks.yml").read_text(encoding="utf-8"))
NAMES = tuple(ATTACKS)
FIELDS = (
    "municipality", "parallel name", "county", "group", "evaluator", "source title", "source address",
    "reference", "summary", "printed title", "brief", "area summary", "strength", "improvement", "action",
    "responsible", "example title", "example text", "highlight", "role model", "target", "reason", "note",
    "topic", "synonym", "edition about", "edition source", "area title", "area about", "heading", "question",
    "average basis", "average source", "known", "known source", "withdrawn",
)  # fmt: skip
MARK = re.compile(r"zq(\d\d)(\d\d)z")
COLUMNS = ("country", "code", "slug", "name", "parallel_names", "county", "population", "population_year", "group",
           "successor")
DAY = date(2026, 1, 31)


def mark(attack: int, field: str) -> str:
    return f"zq{attack:02d}{FIELDS.index(field):02d}z"


def text(attack: int, field: str) -> str:
    """What stands in a field: the attack, and the mark that it is found by."""
    return f"{ATTACKS[NAMES[attack]]['text']} {mark(attack, field)}"


def expected(found: re.Match[str]) -> set[str]:
    """How the text with this mark may read, squeezed: as written, or as prose shows it."""
    attack = ATTACKS[NAMES[int(found[1])]]
    return {squeezed(f"{attack[form]}{found[0]}") for form in ("text", "shown") if form in attack}


def squeezed(words: str) -> str:
    """Without what drawings, sorting and addresses may change in a text: blanks, hyphens, \\ and capitals."""
    return re.sub(r"[\s\-\\]", "", words).lower()


def slug(attack: int) -> str:
    return f"pahittad-{attack:02d}"


def files() -> Iterator[tuple[str, str]]:
    """The files of the corpus by path."""
    yield "municipalities.csv", _municipalities()
    yield "topics.yml", _yaml({"topics": [_topic(n) for n in range(len(NAMES))]})
    yield "averages.yml", _yaml({"averages": [_average(n) for n in range(len(NAMES))]})
    yield "known.yml", _yaml({"known": [_known(n) for n in range(len(NAMES))]})
    for since in (2002, 2010, 2015, 2020):
        yield f"editions/{since}.yml", _yaml(_edition(since))
    for n in range(len(NAMES)):
        yield f"se/{slug(n)}/2016.yml", _yaml(_evaluation(n))
        yield f"se/{slug(n)}/2012.yml", _yaml(_withdrawn(n))
    yield f"se/{slug(0)}/2018.yml", _yaml(_evaluation(0) | {"previous": [2016], "month": 6})


def write(folder: Path) -> Path:
    for path, content in files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")
    return folder


class _Plain(yaml.SafeDumper):
    """Writes everything out, since the loader takes no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(content: Any) -> str:
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


def _municipalities() -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(COLUMNS)
    for n in range(len(NAMES)):
        name, parallel = text(n, "municipality"), text(n, "parallel name").replace("|", "")
        county, group = text(n, "county"), text(n, "group")
        writer.writerow(["se", f"{n:04d}", slug(n), name, parallel, county, 1000 + n, 2024, group, ""])
    return rows.getvalue()


def _source(n: int, title: str) -> dict[str, Any]:
    address = re.sub(r"[\s\\]", "", text(n, "source address"))
    return {"title": text(n, title), "url": f"https://annan.example/?{address}", "read": DAY}


def _topic(n: int) -> dict[str, Any]:
    labels = {"sv": text(n, "topic"), "nb": text(n, "topic")}
    return {"id": f"amne-{n:02d}", "labels": labels, "synonyms": {"sv": [text(n, "synonym")]}, "areas": [1 + n % 8]}


def _average(n: int) -> dict[str, Any]:
    return {
        "id": f"snitt-{n:02d}", "country": "se", "edition": "2015" if n % 5 else "2010",
        "date": f"2016-{1 + n % 12:02d}", "count": 40, "basis": {"sv": text(n, "average basis")}, "total": 400,
        "areas": dict.fromkeys(range(1, 9), 50), "source": _source(n, "average source"),
    }  # fmt: skip


def _known(n: int) -> dict[str, Any]:
    return {"municipality": slug(n), "year": 2004, "text": text(n, "known"), "sources": [_source(n, "known source")]}


def _edition(since: int) -> dict[str, Any]:
    """Area a has the attacks a − 1, a + 7, … as questions, so that each attack is a question once."""
    areas = {
        area: {
            "titles": {"sv": text(area - 1 + (8 if since == 2015 else 0), "area title")},
            "about": {"sv": text(area + 15, "area about")},
            "headings": {"sv": [text(n, "heading") for n in range(area - 1, len(NAMES), 8)]},
            "questions": _questions(area),
        }
        for area in range(1, 9)
    }
    return {"since": since, "about": {"sv": text(since % 7, "edition about")}, "areas": areas,
            "comparable": {"2010": {"level": "note", "why": {"sv": text(3, "edition about")}}} if since == 2015 else {},
            "sources": [_source(n, "edition source") for n in range(len(NAMES))]}


def _questions(area: int) -> dict[str, Any]:
    """Twenty points each, and the last what is left of the hundred."""
    numbered = list(enumerate(range(area - 1, len(NAMES), 8), start=1))
    maxima = [20] * (len(numbered) - 1) + [100 - 20 * (len(numbered) - 1)]
    return {
        f"{area}.{number}": {"title": {"sv": text(n, "question")}, "maximum": maximum}
        for (number, n), maximum in zip(numbered, maxima, strict=True)
    }


def _evaluation(n: int) -> dict[str, Any]:
    other = slug((n + 1) % len(NAMES))
    areas = {area: {"points": 40 + area} for area in range(1, 9) if n % 5 == 0}
    return {
        "edition": "2015", "month": 5, "evaluators": [text(n, "evaluator")], "previous": [],
        "sources": [_source(n, "source title")],
        "reference": {"municipality": other, "year": 2015, "label": text(n, "reference")},
        "total": 20, "summary": text(n, "summary"),
        "areas": areas | {1 + n % 8: {"points": 41 + n % 8, **_area(n, 1 + n % 8)}},
        "role_models": [{"municipality": other, "area": 1, "about": text(n, "role model")}],
        "targets": [{"year": 2019, "total": 500, "text": text(n, "target")}],
        "known_mismatches": [{"rule": "KK032", "at": "total", "reason": text(n, "reason")}],
        "notes": [text(n, "note")],
    }  # fmt: skip


def _withdrawn(n: int) -> dict[str, Any]:
    why = {"on": DAY, "why": text(n, "withdrawn")}
    return {"edition": "2015", "sources": [_source(n, "source title")], "withdrawn": why}


def _area(n: int, area: int) -> dict[str, Any]:
    topics, question = [f"amne-{n:02d}"], f"{area}.1"
    action = {"what": text(n, "action"), "responsible": text(n, "responsible"), "by": "2025-05", "state": "planned",
              "reported": DAY, "link": "https://annan.example/?'\"><script>canary(1)</script>"}
    return {
        "printed_title": text(n, "printed title"), "brief": text(n, "brief"), "summary": text(n, "area summary"),
        "questions": {question: {"points": 9, "maximum": 20}},
        "strengths": [{"id": "styrka", "text": text(n, "strength"), "topics": topics, "question": question}],
        "improvements": [{"id": "brist", "text": text(n, "improvement"), "topics": topics, "actions": [action]}],
        "examples": [{"id": "exempel", "title": text(n, "example title"), "text": text(n, "example text"),
                      "question": question, "topics": topics, "gold_star": n % 2 == 0}],
        "highlights": [text(n, "highlight")],
    }  # fmt: skip
