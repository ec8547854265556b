"""A municipality: its evaluations over time, the last one beside the one before, its examples. And the list of all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from generator import analysis
from generator.addresses import address
from generator.analysis import Change
from generator.model import COUNTRY_LANGUAGE, Evaluation, Known
from generator.pages import figures, history, withdrawn
from generator.pages.parts import Card, Cell, Chart, ExampleView, Head, Link, Page, Pair, SourceView, Table
from generator.pages.site import Site
from generator.text import html

CARDS = 6
WIDE = ("county", "count", "age")
"""Columns of the list of all that are left out where there is little room."""


@dataclass(frozen=True)
class Entry:
    """One evaluation in the list at the side."""

    title: Link
    text: str
    detail: str


@dataclass(frozen=True)
class Undated:
    """An evaluation whose year was not seen, told here because it has no page of its own."""

    title: str
    facts: str
    pair: Pair | None
    examples: tuple[ExampleView, ...]
    highlights: tuple[str, ...]
    notes: tuple[str, ...]
    lang: str
    sources: SourceView


@dataclass(frozen=True)
class MunicipalityView:
    """What the municipality's page shows."""

    trend: Chart | None
    notices: tuple[str, ...]
    areas: Table | None
    areas_note: str
    questions: Table | None
    targets: tuple[Link, ...]
    named: tuple[Link, ...]
    compared: tuple[Link, ...]
    entries: tuple[Entry, ...]
    known: tuple[str, ...]
    withdrawn: tuple[Link, ...]
    cards: tuple[Card, ...]
    undated: tuple[Undated, ...]
    sources: SourceView | None


def page(site: Site, slug: str) -> Page:
    place = site.place(slug)
    lead = _lead(site, slug)
    return Page(
        address=address.municipality(slug),
        title=place,
        description=lead,
        crumbs=(Link(site.t("pages.municipalities"), address.MUNICIPALITIES), Link(place)),
        kicker=_kicker(site, slug),
        lead=lead,
        contents=False,
    )


def view(site: Site, slug: str) -> MunicipalityView:
    evaluations = analysis.of_municipality(site.archive, slug)
    dated = [evaluation for evaluation in evaluations if evaluation.year]
    changes = [analysis.change(a, b, site.archive) for a, b in pairwise(dated)]
    examples = [p for e in reversed(dated) for p in analysis.practices(e, "examples")]
    return MunicipalityView(
        trend=figures.trend(site, slug, address.municipality(slug)),
        notices=_notices(site, changes),
        areas=history.areas(site, dated),
        questions=history.questions(site, dated),
        targets=history.targets(site, dated),
        named=history.named(site, slug),
        compared=history.compared(site, dated),
        areas_note=site.t("pages.not_published_note")
        if any(0 < len(analysis.area_points(e)) < 8 for e in dated)
        else "",
        entries=tuple(_entry(site, evaluation) for evaluation in reversed(dated)),
        known=tuple(_known(site, entry) for entry in site.archive.known if entry.municipality == slug),
        withdrawn=tuple(withdrawn.entry(site, each) for each in withdrawn.of_municipality(site, slug)),
        cards=tuple(site.card(practice, whose=str(practice.evaluation.year or "")) for practice in examples[:CARDS]),
        undated=tuple(_undated(site, evaluation) for evaluation in evaluations if not evaluation.year),
        sources=site.sources_of(dated),
    )


def _kicker(site: Site, slug: str) -> str:
    of, t = site.municipality(slug), site.t
    parts = [of.county or "", t(f"pages.country_{of.country}")]
    if of.population is not None:
        parts.append(t("pages.population", number=t.number(of.population), year=of.population_year))
    parts.append(of.group or "")
    if of.successor:
        parts.append(t("pages.successor", place=site.place(of.successor)))
    return " · ".join(part for part in parts if part)


def _lead(site: Site, slug: str) -> str:
    evaluations, t, place = analysis.of_municipality(site.archive, slug), site.t, site.place(slug)
    dated = [evaluation for evaluation in evaluations if evaluation.year]
    if not evaluations:
        return t("pages.municipality_withdrawn", place=place)
    count = t("pages.municipality_lead", n=len(evaluations), count=t.counted(len(evaluations)), place=place)
    points = analysis.trend(dated, site.archive).points
    undated = [evaluation.total for evaluation in evaluations if not evaluation.year and evaluation.total is not None]
    if not points and undated:
        return f"{count} {t('pages.municipality_total', total=undated[0], when=t('pages.in_unknown_year'))}"
    if not points:
        return f"{count} {t('pages.municipality_no_totals')}"
    if len(points) == 1:
        only = points[0]
        return f"{count} {t('pages.municipality_total', total=only.total, when=site.at(only.evaluation))}"
    first, last = points[0], points[-1]
    key = (
        "pages.municipality_totals"
        if len(analysis.trend(dated, site.archive).runs) == 1
        else "pages.municipality_totals_apart"
    )
    before, after = site.at(first.evaluation), site.at(last.evaluation)
    return f"{count} {t(key, before=before, first=first.total, after=after, last=last.total)}"


def _notices(site: Site, changes: list[Change]) -> tuple[str, ...]:
    """Why some evaluations cannot be laid beside each other, once per reason, and printed changes that differ."""
    notices = []
    for change in changes:
        reason = site.why(change.relation)
        if change.relation.level == "none" and not reason:
            reason = site.t("pages.not_comparable")
        if change.relation.level == "total" and analysis.UNKNOWN in (change.before.edition, change.after.edition):
            reason = site.t("pages.edition_unknown_notice")
        notices.append(reason)
        notices += history.printed_differences(site, change)
    return tuple(dict.fromkeys(notice for notice in notices if notice))


def _entry(site: Site, evaluation: Evaluation) -> Entry:
    title = Link(str(evaluation.year), address.evaluation(evaluation))
    summed = analysis.summed_total(evaluation)
    if evaluation.total is not None:
        text = site.t("pages.points", n=evaluation.total)
    elif summed is not None:
        text = site.t("pages.points_summed", n=summed)
    else:
        text = site.t("pages.points_unknown")
    parts = (site.edition_name(evaluation.edition), known_of(site, evaluation), site.aged(evaluation))
    return Entry(title, text, " · ".join(part for part in parts if part))


def known_of(site: Site, evaluation: Evaluation) -> str:
    """How much of an evaluation is known, such as `4 av 8 områden`."""
    level = analysis.completeness(evaluation).replace(" ", "_")
    return site.t(f"pages.extent_{level}", n=len(analysis.area_points(evaluation)))


def _known(site: Site, entry: Known) -> str:
    year = str(entry.year) if entry.year else site.t("pages.year_unknown")
    return f"{year}: {entry.text}"


def _undated(site: Site, evaluation: Evaluation) -> Undated:
    examples = analysis.practices(evaluation, "examples")
    strengths = tuple(site.item(p) for p in analysis.practices(evaluation, "strengths"))
    improvements = tuple(site.item(p) for p in analysis.practices(evaluation, "improvements"))
    parts = [site.edition_name(evaluation.edition)]
    if evaluation.total is not None:
        parts.insert(0, site.t("pages.points_of", n=evaluation.total))
    lines = [
        *evaluation.highlights,
        *(line for _, area in sorted(evaluation.areas.items()) for line in area.highlights),
    ]
    return Undated(
        title=site.t("pages.undated"),
        facts=" · ".join(parts),
        pair=Pair(strengths, improvements, evaluation.language) if strengths or improvements else None,
        examples=tuple(site.example(practice) for practice in examples),
        highlights=tuple(html(line) for line in lines),
        notes=tuple(html(note) for note in evaluation.notes),
        lang=evaluation.language,
        sources=site.sources(evaluation),
    )


# All municipalities -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Country:
    """The municipalities of one country, in the order of its alphabet."""

    name: str
    table: Table


def index_page(site: Site, countries: int, evaluations: int) -> Page:
    t = site.t
    places = len(analysis.places(site.archive))
    lead = t("pages.municipalities_lead", evaluations=evaluations, places=places, countries=t.counted(countries))
    return Page(address.MUNICIPALITIES, t("pages.municipalities"), lead, (), "", lead, contents=False)


def countries(site: Site) -> tuple[Country, ...]:
    found = []
    for country in COUNTRY_LANGUAGE:
        known = _by_place(site, country)
        if known:
            rows = tuple(_index_row(site, slug, known[slug]) for slug in known)
            name = site.t(f"pages.country_{country}")
            heads = tuple(
                Head(site.t(f"pages.index_{key}"), key not in ("place", "county"), wide=key in WIDE)
                for key in ("place", "county", "count", "year", "age", "total")
            )
            found.append(
                Country(
                    name, Table(site.t("pages.index_caption", country=name, n=len(rows)), heads, rows, sortable=True)
                )
            )
    return tuple(found)


def _by_place(site: Site, country: str) -> dict[str, list[Evaluation]]:
    """The evaluations of each municipality of a country, in the order of its alphabet."""
    every = analysis.places_in_figures(site.archive).items()
    found = {slug: own for slug, of in every if (own := [each for each in of if each.country == country])}
    return {slug: found[slug] for slug in sorted(found, key=lambda slug: site.t.order(site.place(slug)))}


def _index_row(site: Site, slug: str, evaluations: list[Evaluation]) -> tuple[Cell, ...]:
    dated = [evaluation for evaluation in evaluations if evaluation.year]
    totals = analysis.trend(dated, site.archive).points
    year = str(dated[-1].year) if dated else site.t("pages.unknown_short")
    total = site.points(evaluations[-1].total, own=True)
    if totals:
        after = f" ({totals[-1].evaluation.year})" if totals[-1].evaluation is not dated[-1] else ""
        total = Cell(f"{totals[-1].total}{after}", number=True, own=True, key=str(totals[-1].total))
    return (
        Cell(site.place(slug), to=address.municipality(slug), key=site.t.order(site.place(slug))),
        Cell(site.municipality(slug).county or "", wide=True),
        Cell(str(len(evaluations)), number=True, wide=True, key=str(len(evaluations))),
        Cell(year, number=True, key=year if dated else ""),
        site.age_cell(dated[-1]) if dated else Cell("", wide=True),
        total,
    )
