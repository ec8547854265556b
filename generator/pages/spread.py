"""How an area or a question lies across municipalities: its strip, who got most and how, what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator import analysis, charts
from generator.addresses import address
from generator.analysis import Practice, Value
from generator.model import Average, Edition
from generator.pages import figures
from generator.pages.parts import Chart, Link
from generator.pages.site import Site
from generator.text import plain

TOP = 3
"""So many places are told with their example."""


@dataclass(frozen=True)
class Top:
    """One of the highest values, and an example that stands behind it."""

    title: Link
    text: str
    example: Link | None


@dataclass(frozen=True)
class SpreadView:
    """The spread of an area or a question."""

    strip: Chart | None
    rests_on: str
    top: tuple[Top, ...]
    strengths: tuple[Link, ...]


def of_area(site: Site, edition: Edition, area: int, values: Sequence[Value]) -> SpreadView:
    """The spread of an area's points of a hundred."""
    average = _average(site, edition, area)
    figure = charts.strip(values, average, area, site.name, site.language)
    place = address.edition_area(edition.id, area)
    name = f"{site.edition_title(edition, area).text} ({site.edition_name(edition.id)})"
    chart = figures.chart(site, site.t("pages.strip_id"), figure, place, name)
    slugs = [value.evaluation.slug for value in _high(values)]
    strengths = [p for slug in slugs for p in analysis.practices_in_area(site.archive, slug, "strengths", area)]
    return SpreadView(chart, _rests_on(site, values), _top(site, values, area, None), _told(site, strengths))


def of_question(site: Site, edition: Edition, key: str, results: Sequence[Value]) -> SpreadView:
    """The spread of a question's percent, which is the same for all maxima."""
    values = [replace(v, points=v.result.percent) for v in results if v.result and v.result.percent is not None]
    figure = charts.strip(values, None, None, site.name, site.language)
    name = f"{key} {site.say(edition.areas[int(key[0])].questions[key].title)}"
    chart = figures.chart(site, site.t("pages.strip_id"), figure, address.question(edition.id, key), name)
    slugs = [value.evaluation.slug for value in _high(values)]
    strengths = [p for slug in slugs for p in analysis.practices_about(site.archive, slug, "strengths", key)]
    return SpreadView(chart, _rests_on(site, values), _top(site, values, int(key[0]), key), _told(site, strengths))


def _average(site: Site, edition: Edition, area: int) -> Average | None:
    """The newest printed average of an edition that compares area by area."""
    editions = site.archive.editions
    fitting = [
        average
        for average in site.archive.averages
        if area in average.areas and analysis.by_area(analysis.relation(editions, average.edition, edition.id).level)
    ]
    return max(fitting, key=lambda average: average.date, default=None)


def _rests_on(site: Site, values: Sequence[Value]) -> str:
    """Which evaluations our median was taken over."""
    middle = analysis.quartiles(values)
    if middle is None:
        return ""
    names = sorted((site.name(value.evaluation) for value in middle.values), key=site.t.order)
    return site.t("pages.median_rests_on", n=len(names), names=site.t.listing(names))


def _high(values: Sequence[Value]) -> list[Value]:
    """The high scorers: from the upper quartile on, or only the highest where there are too few for quartiles."""
    points = [value.points for value in values if value.points is not None]
    if not points:
        return []
    middle = analysis.quartiles(values)
    least = middle.high if middle else max(points)
    return [value for value in values if value.points is not None and value.points >= least]


def _top(site: Site, values: Sequence[Value], area: int, key: str | None) -> tuple[Top, ...]:
    ranked = [each for each in analysis.ranking(values) if each.place <= TOP] if len(values) > 1 else []
    return tuple(_one(site, each.value, area, key) for each in ranked)


def _one(site: Site, value: Value, area: int, key: str | None) -> Top:
    examples = analysis.practices_in_area(site.archive, value.evaluation.slug, "examples", area)
    fitting = [p for p in examples if p.item.question == key] if key else examples
    text = site.t("pages.top_percent" if key else "pages.top_points", points=value.points)
    example = _link(site, fitting[0]) if fitting else None
    return Top(Link(site.name(value.evaluation), address.area(value.evaluation, area)), text, example)


def _link(site: Site, practice: Practice) -> Link:
    title = getattr(practice.item, "title", "") or plain(practice.item.text)
    return Link(title, address.practice(practice), site.lang(practice.item.lang or practice.evaluation.language))


def _told(site: Site, practices: Sequence[Practice]) -> tuple[Link, ...]:
    return tuple(
        Link(f"{site.name(p.evaluation)}: {plain(p.item.text)}", address.practice(p), site.lang(p.evaluation.language))
        for p in practices
    )
