"""Pages about the material: each edition of the instrument, what we do not know, and the data to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.model import AREA_MAXIMUM, TOTAL_MAXIMUM, Average, Edition, Evaluation
from generator.pages.parts import Cell, Head, Link, Page, Table
from generator.pages.site import Site
from generator.text import csv_text


@dataclass(frozen=True)
class EditionView:
    """What an edition's page shows."""

    about: str
    areas: tuple[Link, ...]
    titles: Table
    comparable: tuple[str, ...]
    averages: Table | None
    used_by: tuple[Link, ...]
    sources: tuple[Link, ...]


def edition_page(site: Site, edition: Edition) -> Page:
    about = site.say(edition.about)
    crumbs = (Link(site.t("pages.about"), address.ABOUT), Link(site.edition_name(edition.id)))
    title = site.t("pages.edition_title", edition=edition.id)
    lead, _ = _first_sentence(about)
    return Page(
        address.edition(edition.id),
        title,
        about,
        crumbs,
        site.t("pages.edition_kicker", year=edition.since),
        lead,
        contents=False,
    )


def _first_sentence(text: str) -> tuple[str, str]:
    """The first sentence, which is the lead, and the rest."""
    first, stop, rest = text.partition(". ")
    return first + stop.strip(), rest


def edition_view(site: Site, edition: Edition) -> EditionView:
    used = [e for e in analysis.identities(site.archive) if e.edition == edition.id and e.year]
    return EditionView(
        about=_first_sentence(site.say(edition.about))[1],
        areas=tuple(
            site.numbered(n, site.edition_title(edition, n), address.edition_area(edition.id, n))
            for n in sorted(edition.areas)
        ),
        titles=_titles(site, edition),
        comparable=_comparable(site, edition),
        averages=_averages(site, [a for a in site.archive.averages if a.edition == edition.id]),
        used_by=tuple(
            Link(site.name(e), address.evaluation(e)) for e in sorted(used, key=lambda e: site.t.order(site.name(e)))
        ),
        sources=tuple(Link(source.title, source.url or "") for source in edition.sources),
    )


def _titles(site: Site, edition: Edition) -> Table:
    """The titles as seen, one column for each language they were seen in."""
    languages = [
        lang for lang in ("sv", "nb", "nn", "da") if any(lang in area.titles for area in edition.areas.values())
    ]
    heads = (Head(site.t("pages.area")), *(Head(site.t(f"pages.language_{lang}")) for lang in languages))
    rows = []
    for number, area in sorted(edition.areas.items()):
        cells = [Cell(str(number), to=address.edition_area(edition.id, number))]
        cells += [
            Cell(area.titles[lang], lang=site.lang(lang))
            if lang in area.titles
            else Cell(site.t("pages.not_seen"), missing=True)
            for lang in languages
        ]
        rows.append(tuple(cells))
    return Table(site.t("pages.titles_caption"), heads, tuple(rows))


def _comparable(site: Site, edition: Edition) -> tuple[str, ...]:
    lines = []
    for other in sorted(site.archive.editions):
        if other != edition.id:
            found = analysis.relation(site.archive.editions, edition.id, other)
            level = site.t(f"pages.comparable_{found.level}", edition=other)
            lines.append(f"{level} {site.why(found)}".strip())
    return tuple(lines)


def _averages(site: Site, averages: list[Average]) -> Table | None:
    if not averages:
        return None
    heads = (
        Head(site.t("pages.printed")),
        Head(site.t("pages.basis")),
        *(Head(str(n), True) for n in range(1, 9)),
        Head(site.t("pages.total"), True),
    )
    rows = tuple(
        (
            Cell(site.t.when(a.date), to=a.source.url or ""),
            Cell(site.basis(a)),
            *(
                Cell(str(a.areas[n]), number=True) if n in a.areas else Cell("–", number=True, missing=True)
                for n in range(1, 9)
            ),
            Cell(str(a.total), number=True) if a.total is not None else Cell("–", number=True, missing=True),
        )
        for a in averages
    )
    return Table(site.t("pages.averages_caption"), heads, rows)


# Data ---------------------------------------------------------------------------------------------------------------


def data_page(site: Site) -> Page:
    lead = site.t("pages.data_lead")
    return Page(address.DATA, site.t("pages.data"), lead, (), "", lead, contents=False)


def data_links(site: Site) -> tuple[Link, ...]:
    ordered = sorted(
        analysis.identities(site.archive), key=lambda e: (site.t.order(site.place(e.municipality)), e.year or 9999)
    )
    return tuple(Link(f"{site.name(e)}: {address.source_path(e)}", address.raw(e)) for e in ordered)


FIGURES = ("country", "municipality", "name", "year", "edition", "level", "number", "points", "maximum", "percent")
Row = tuple[str | int | None, ...]


def figures_csv(site: Site) -> str:
    """Every printed figure, one per row; what was not printed is empty."""
    return csv_text([FIGURES, *(row for each in analysis.in_figures(site.archive) for row in _figures(site, each))])


def _figures(site: Site, e: Evaluation) -> Iterator[Row]:
    head = (e.country, e.municipality, site.place(e.municipality), e.year, e.edition)
    if e.total is not None:
        yield (*head, "total", None, e.total, TOTAL_MAXIMUM, None)
    for number, area in sorted(e.areas.items()):
        if area.points is not None:
            yield (*head, "area", number, area.points, AREA_MAXIMUM, None)
        for key, result in area.questions.items():
            yield (*head, "question", key, result.points, result.maximum, result.percent)
