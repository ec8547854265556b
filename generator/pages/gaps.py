"""What we do not know: what is missing, what is old, what nobody shows, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.model import AREAS, Evaluation
from generator.pages.municipality import known_of
from generator.pages.parts import Cell, Head, Link, Page, Table
from generator.pages.site import Site


@dataclass(frozen=True)
class GapsView:
    """What the page of gaps shows."""

    counts: Table
    totals_only: tuple[Link, ...]
    nothing: tuple[Link, ...]
    areas: tuple[Link, ...]
    old: tuple[Link, ...]
    questions: tuple[Link, ...]
    lonely: tuple[Link, ...]
    disagree: tuple[Link, ...]
    undated: tuple[Link, ...]
    known: tuple[Link, ...]


def page(site: Site) -> Page:
    lead = site.t("pages.gaps_lead")
    return Page(address.GAPS, site.t("pages.gaps"), lead, (), "", lead, contents=False)


def view(site: Site) -> GapsView:
    evaluations = analysis.in_figures(site.archive)
    levels = {e.slug: analysis.completeness(e) for e in evaluations}
    dated = [e for e in evaluations if e.year]
    return GapsView(
        counts=_counts(site, evaluations),
        totals_only=_links(site, [e for e in dated if levels[e.slug] in ("total", "some areas")]),
        nothing=_links(site, [e for e in dated if levels[e.slug] == "known"]),
        areas=_areas(site),
        old=_old(site, dated),
        questions=_questions(site),
        lonely=_lonely(site, dated),
        disagree=_disagree(site, evaluations),
        undated=_links(site, [e for e in evaluations if not e.year]),
        known=tuple(
            Link(
                f"{site.place(k.municipality)}{f' {k.year}' if k.year else ''}: {k.text}",
                _page_of(site, k.municipality),
            )
            for k in sorted(site.archive.known, key=lambda k: (site.t.order(site.place(k.municipality)), k.year or 0))
        ),
    )


def _counts(site: Site, evaluations: Iterable[Evaluation]) -> Table:
    levels = [analysis.completeness(evaluation) for evaluation in evaluations]
    rows = tuple(
        (Cell(site.t(f"pages.level_{level.replace(' ', '_')}")), Cell(str(levels.count(level)), number=True))
        for level in analysis.LEVELS
    )
    heads = (Head(site.t("pages.level")), Head(site.t("pages.evaluations"), True))
    return Table(
        site.t("pages.gaps_caption"), heads, rows, (Cell(site.t("pages.total")), Cell(str(len(levels)), number=True))
    )


def _links(site: Site, evaluations: list[Evaluation]) -> tuple[Link, ...]:
    ordered = sorted(evaluations, key=lambda e: (site.t.order(site.place(e.municipality)), e.year or 0))
    return tuple(Link(f"{site.name(e)} ({known_of(site, e)})", address.evaluation(e)) for e in ordered)


def _page_of(site: Site, slug: str) -> str:
    """A municipality's page, where it has one."""
    return address.municipality(slug) if slug in analysis.places(site.archive) else ""


def _areas(site: Site) -> tuple[Link, ...]:
    """Areas of an edition that no evaluation shows points for."""
    found = []
    for edition in site.archive.editions.values():
        for number in AREAS:
            if number in edition.areas and not analysis.area_count(site.archive, edition.id, number):
                title = site.edition_title(edition, number).text
                text = site.t("pages.gaps_area", edition=site.edition_name(edition.id), area=number, title=title)
                found.append(Link(text, address.edition_area(edition.id, number)))
    return tuple(found)


def _old(site: Site, dated: Sequence[Evaluation]) -> tuple[Link, ...]:
    """Municipalities whose newest evaluation is old, the oldest first."""
    newest = {e.municipality: e for e in dated}
    found = [e for e in newest.values() if site.aged(e)]
    ordered = sorted(found, key=lambda e: (e.year or 0, site.t.order(site.place(e.municipality))))
    return tuple(Link(f"{site.name(e)} ({site.aged(e)})", address.municipality(e.municipality)) for e in ordered)


def _questions(site: Site) -> tuple[Link, ...]:
    """Questions that no good example is about."""
    shown = analysis.shown_questions(site.archive)
    found = []
    for edition in site.archive.editions.values():
        for area in edition.areas.values():
            for key, question in area.questions.items():
                if (edition.id, key) not in shown:
                    known = bool(analysis.question_count(site.archive, edition.id, key))
                    to = address.question(edition.id, key) if known else ""
                    found.append(Link(site.say(question.title), to, mark=key))
    return tuple(found)


def _lonely(site: Site, dated: Sequence[Evaluation]) -> tuple[Link, ...]:
    """Evaluations with areas whose peers are too few for a median."""
    found = [
        (e, analysis.peer_count(site.archive, e.municipality, e.country, e.edition))
        for e in dated
        if analysis.area_points(e)
    ]
    return tuple(
        Link(site.t("pages.gaps_peers", name=site.name(e), n=n), address.evaluation(e))
        for e, n in found
        if n < analysis.FEWEST_SUMMARISED
    )


def _disagree(site: Site, evaluations: Sequence[Evaluation]) -> tuple[Link, ...]:
    """Evaluations whose printed figures do not add up, with the reason that was given."""
    return tuple(
        Link(f"{site.name(e)}: {mismatch.reason}", address.evaluation(e), site.lang(e.language))
        for e in evaluations
        for mismatch in e.known_mismatches
    )
