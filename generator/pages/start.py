"""The start page: in one screen what this is, the search, and something worth reading."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Practice
from generator.model import Edition
from generator.pages import evaluation as evaluation_page
from generator.pages import figures
from generator.pages.parts import Chart, Link, Page
from generator.pages.site import Site

BORROWED = 3
TRIED = ("medborgardialog", "malstyrning")
AREAS_SHOWN = "2015"
"""The edition whose areas the start page leads to: the one whose questions are known."""


@dataclass(frozen=True)
class Borrowed:
    """An example worth stealing, as a link."""

    title: Link
    meta: str
    gold_star: bool


@dataclass(frozen=True)
class StartView:
    """What the start page shows."""

    examples: tuple[Link, ...]
    latest: Link | None
    profile: Chart | None
    latest_lead: str
    borrowed: tuple[Borrowed, ...]
    areas: tuple[Link, ...]
    areas_note: str
    counts: str


def page(site: Site) -> Page:
    lead = site.t("pages.start_lead")
    return Page(address.START, site.t("pages.start_title"), lead, (), "", lead, contents=False)


def view(site: Site) -> StartView:
    latest = analysis.newest_whole(site.archive)
    return StartView(
        examples=_search_examples(site),
        latest=Link(site.name(latest), address.evaluation(latest)) if latest else None,
        profile=figures.profile_of(site, latest) if latest else None,
        latest_lead=evaluation_page.page(site, latest).lead if latest else "",
        borrowed=tuple(_borrowed(site, practice) for practice in analysis.worth_borrowing(site.archive, BORROWED)),
        areas=areas(site),
        areas_note=site.t("pages.start_areas_note", edition=site.edition_name(_areas_edition(site).id)),
        counts=_count(site),
    )


def areas(site: Site) -> tuple[Link, ...]:
    """Where the start page leads to: the areas of one edition."""
    edition = _areas_edition(site)
    return tuple(
        site.numbered(n, site.edition_title(edition, n), address.edition_area(edition.id, n))
        for n in sorted(edition.areas)
    )


def _areas_edition(site: Site) -> Edition:
    editions = site.archive.editions
    return editions.get(AREAS_SHOWN) or max(editions.values(), key=lambda edition: edition.since)


def _search_examples(site: Site) -> tuple[Link, ...]:
    """Searches to try: the municipality we know most about, and two topics that readers ask for."""
    known = analysis.best_known(site.archive)
    places = [Link(site.place(known.municipality), address.municipality(known.municipality))] if known else []
    topics = [topic for topic in TRIED if topic in analysis.topics_in_use(site.archive)]
    return (*places, *(Link(link.text.lower(), link.to) for link in site.topic_links(topics)))


def _borrowed(site: Site, practice: Practice) -> Borrowed:
    card = site.card(practice)
    topic = site.topic_links(practice.item.topics[:1])
    meta = " · ".join(part for part in (site.name(practice.evaluation), topic[0].text.lower() if topic else "") if part)
    return Borrowed(card.title, meta, card.gold_star)


def _count(site: Site) -> str:
    evaluations, places = analysis.identities(site.archive), len(analysis.places(site.archive))
    practices = sum(analysis.practice_count(site.archive, kind) for kind in ("examples", "strengths"))
    return site.t("pages.start_counts", evaluations=len(evaluations), places=places, practices=practices)
