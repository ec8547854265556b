"""What the browser needs to compare any evaluations: one compact file, the same for the same archive.

Percents say the points of a question, so points are written only where the print says otherwise.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any

from generator import analysis
from generator.charts.words import average_key, average_name
from generator.model import AREAS, Archive, Average, Edition, Evaluation, Question, QuestionResult
from generator.pages.site import OLD, Site

FOLDER = "assets/compare/"
Pair = tuple[str, str]
Table = list[tuple[str, Question]]
"""The questions of an edition in order, by number."""


def comparable(archive: Archive) -> list[Evaluation]:
    """The evaluations with something to compare: a year, and a total or an area."""
    return [e for e in analysis.in_figures(archive) if e.year and (e.total is not None or analysis.area_points(e))]


def data_file(site: Site, suggested: Pair | None) -> tuple[str, str]:
    """The file's name, which changes with its content, and its content."""
    text = json.dumps(_data(site, suggested), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{FOLDER}{hashlib.sha256(text.encode()).hexdigest()[:12]}.json", text


def _data(site: Site, suggested: Pair | None) -> dict[str, Any]:
    archive, day = site.archive, analysis.as_of(site.archive)
    known, tables = comparable(archive), {e.id: _questions(e) for e in archive.editions.values()}
    return {
        "averages": [_average(site, average) for average in archive.averages],
        "breaks": _breaks(archive),
        "countries": {c: site.t(f"pages.country_{c}") for c in dict.fromkeys(e.country for e in known)},
        "day": day.year if day else 0,
        "editions": {edition.id: _edition(site, edition) for edition in archive.editions.values()},
        "evaluations": [_evaluation(e, tables.get(e.edition, [])) for e in known],
        "old": OLD,
        "places": {e.municipality: _place(site, e.municipality) for e in known},
        "relations": _relations(site),
        "suggested": list(suggested or ()),
        "words": _words(site),
    }


def _words(site: Site) -> dict[str, str]:
    """The page's own words, and small numbers in words."""
    kept = {"compare": 1, "text": 1}
    return {key.split(".", 1)[1]: text for key, text in site.t.entries.items() if key.split(".", 1)[0] in kept}


def _breaks(archive: Archive) -> list[int]:
    """The years from which areas were other than before."""
    ordered = sorted(archive.editions.values(), key=lambda edition: edition.since)
    return [
        later.since
        for earlier, later in pairwise(ordered)
        if not analysis.by_area(analysis.relation(archive.editions, later.id, earlier.id).level)
    ]


def _relations(site: Site) -> dict[str, list[str]]:
    editions = sorted(site.archive.editions)
    pairs = [(one, other) for at, one in enumerate(editions) for other in editions[at + 1 :]]
    found = {pair: analysis.relation(site.archive.editions, *pair) for pair in pairs}
    return {"|".join(pair): [each.level, site.why(each)] for pair, each in found.items()}


def _edition(site: Site, edition: Edition) -> dict[str, Any]:
    return {
        "titles": [site.edition_title(edition, n).text if n in edition.areas else "" for n in AREAS],
        "questions": {key: [site.say(q.title), q.maximum] for key, q in _questions(edition)},
    }


def _questions(edition: Edition) -> Table:
    found = [pair for area in edition.areas.values() for pair in area.questions.items()]
    return sorted(found, key=lambda pair: [int(part) for part in pair[0].split(".")])


def _place(site: Site, slug: str) -> list[Any]:
    of = site.municipality(slug)
    return [site.place(slug), of.country, of.county, of.population, of.population_year]


def _average(site: Site, average: Average) -> list[Any]:
    name = f"{average_name(average, site.t)} {average.year}"
    areas = [average.areas.get(n) for n in AREAS]
    label = average_key(average, site.t)
    head = [average.id, average.country, average.edition, average.year]
    return [*head, name, label, site.basis(average), average.total, areas]


def _evaluation(evaluation: Evaluation, table: Table) -> list[Any]:
    points = analysis.area_points(evaluation)
    areas = [points.get(n) for n in AREAS] if points else 0
    percents, exceptions = _results(evaluation, table)
    row = [evaluation.municipality, evaluation.year, evaluation.edition, evaluation.total, areas, percents, exceptions]
    while row[-1] == 0:
        row.pop()
    return row


def _results(evaluation: Evaluation, table: Table) -> tuple[Any, Any]:
    """Percents in the edition's order, and what they do not say; 0 where there is none."""
    results = {key: result for area in evaluation.areas.values() for key, result in area.questions.items()}
    if not any(key in results for key, _ in table):
        return 0, 0
    percents = [results[key].percent if key in results else None for key, _ in table]
    exceptions = {
        key: [results[key].points, _maximum(results[key], of.maximum), results[key].percent]
        for key, of in table
        if key in results and not _follows(results[key], of.maximum)
    }
    return percents, exceptions or 0


def _maximum(result: QuestionResult, known: int) -> int:
    return known if result.maximum is None else result.maximum


def _follows(result: QuestionResult, maximum: int) -> bool:
    """Whether percent and the edition's maximum say it all."""
    if result.percent is None or _maximum(result, maximum) != maximum:
        return False
    return result.points == (2 * maximum * result.percent + 100) // 200
