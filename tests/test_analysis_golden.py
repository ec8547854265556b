"""Each analysis on the invented sample, as text that a person can read and check against the sample's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import yaml

from generator import analysis
from generator.analysis import Practice
from generator.model import Archive, Average, Edition, Evaluation, Identity, Municipality, Note, Record
from tests.conftest import Compare


def told(value: Any) -> Any:
    """The value as plain YAML: what has a name by its name, everything else in full."""
    if is_dataclass(value) and not isinstance(value, Practice):
        return {field.name: told(getattr(value, field.name)) for field in fields(value)}
    kind = next((kind for kind in KINDS if isinstance(value, kind)), None)
    return KINDS[kind](value) if kind else value


KINDS: dict[type, Callable[[Any], Any]] = {
    Identity: lambda each: each.slug,
    Municipality: lambda each: each.slug,
    Average: lambda each: each.id,
    Edition: lambda each: each.id,
    Note: lambda each: each.id,
    Practice: lambda each: f"{each.evaluation.slug} {each.area} {each.item.id}",
    Record: lambda each: told(each.model_dump(exclude_none=True)),
    Mapping: lambda each: {told(key): told(value) for key, value in each.items()},
    list: lambda each: [told(value) for value in each],
    tuple: lambda each: [told(value) for value in each],
    frozenset: lambda each: sorted(map(told, each), key=str),
    Fraction: str,
    date: str,
}
"""How a kind of thing is written; the first that fits. A dataclass of `analysis` is written field by field."""


def analyses(archive: Archive) -> Iterator[tuple[str, Any]]:
    """Every public analysis by name, over all that it can be asked of the sample."""
    evaluations = sorted(archive.evaluations, key=lambda each: each.slug)
    places = sorted({each.municipality for each in evaluations})
    editions = [*sorted(archive.editions), "unknown"]
    numbers = {name: sorted({n for area in edition.areas.values() for n in area.questions})
               for name, edition in archive.editions.items()}
    yield "comparability", {f"{one} {other}": analysis.relation(archive.editions, one, other)
                            for one in editions for other in editions}
    yield "over_time", {place: analysis.trend(analysis.of_municipality(archive, place), archive) for place in places}
    yield "change", {f"{one.slug} {other.slug}": analysis.change(one, other, archive)
                     for place in places for one, other in combinations(_dated(archive, place), 2)}
    yield "beside", {each.slug: analysis.profile(each, archive) for each in evaluations}
    yield "peers", {each.slug: analysis.peers(each, archive) for each in evaluations}
    yield "comparison", {f"{one.slug} {other.slug}": analysis.comparison(one, other, archive)
                         for one, other in combinations(evaluations, 2)}
    areas = {f"{name} {area}": analysis.area_values(archive, name, area)
             for name in sorted(archive.editions) for area in range(1, 9)}
    questions = {f"{name} {number}": analysis.question_values(archive, name, number)
                 for name in sorted(numbers) for number in numbers[name]}
    yield "across", areas | questions
    yield "ranking", {name: analysis.ranking(values) for name, values in (areas | questions).items() if values}
    yield "quartiles", {name: analysis.quartiles(values) for name, values in areas.items() if values}
    yield "follow_up", analysis.pairs(archive)
    yield "targets", analysis.targets(evaluations, archive)
    yield "role_models", analysis.role_models(archive)
    yield "suggestions", analysis.suggested(archive, 5)


def _dated(archive: Archive, place: str) -> list[Evaluation]:
    return [each for each in analysis.of_municipality(archive, place) if each.year]


def test_each_analysis_of_the_sample_says_what_it_said(sample: Archive, golden: Compare):
    made = {
        f"{name}.yml": yaml.dump(told(found), allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)
        for name, found in analyses(sample)
    }

    golden("analysis", made)
