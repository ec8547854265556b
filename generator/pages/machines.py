"""What machines read of a site whose address is known: the list of its pages, what is new, and that they may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.addresses import address
from generator.model import Archive, Evaluation
from generator.pages import evaluation as evaluation_page
from generator.pages.render import plainly
from generator.pages.site import Publisher, Site, tell

SITEMAP = "sitemap.xml"
FEED = "flode.xml"
ROBOTS = "robots.txt"
MANY = 50_000
"""Pages that one sitemap may hold."""
NEWEST = 50
"""Evaluations in the feed."""


@dataclass(frozen=True)
class Entry:
    """One evaluation in the feed."""

    title: str
    address: str
    updated: str
    summary: str


def for_machines(
    archive: Archive, language: str, publisher: Publisher, pages: Iterable[str], root: str
) -> dict[str, str]:
    """Sitemap, feed and rules for robots of a site at `root`, by path; nothing where no root is known."""
    if not root:
        return {}
    site = tell(archive, language, publisher)
    places = [f"{root}{page.lstrip('/')}" for page in sorted(pages)]
    robots = f"User-agent: *\nDisallow:\nSitemap: {root}{SITEMAP}\n"
    return {**_sitemaps(site, places, root), FEED: _feed(site, root), ROBOTS: robots}


def _sitemaps(site: Site, places: list[str], root: str) -> dict[str, str]:
    """One list, or a list of lists where it would be too long."""
    if len(places) <= MANY:
        return {SITEMAP: _sitemap(site, "urlset", "url", places)}
    cut = enumerate(places[start : start + MANY] for start in range(0, len(places), MANY))
    parts = {f"sitemap-{n}.xml": _sitemap(site, "urlset", "url", part) for n, part in cut}
    return {SITEMAP: _sitemap(site, "sitemapindex", "sitemap", [f"{root}{path}" for path in parts]), **parts}


def _sitemap(site: Site, kind: str, entry: str, places: Iterable[str]) -> str:
    return plainly("sitemap.xml.jinja", site.language, kind=kind, entry=entry, addresses=places)


def _feed(site: Site, root: str) -> str:
    """The evaluations that were read last, each dated by the day when its newest source was read."""
    dated = ((_read(one), one) for one in site.archive.evaluations if one.year)
    newest = sorted(dated, key=lambda each: (each[0], each[1].slug), reverse=True)[:NEWEST]
    entries = [_entry(site, one, day, root) for day, one in newest]
    about: dict[str, Any] = {
        "root": root,
        "path": FEED,
        "author": site.publisher.name or site.t("pages.feed_title"),
        "updated": max((entry.updated for entry in entries), default=_moment("1970-01-01")),
    }
    return plainly("feed.xml.jinja", site.language, entries=entries, **about)


def _entry(site: Site, one: Evaluation, day: str, root: str) -> Entry:
    page = evaluation_page.page(site, one)
    return Entry(page.title, f"{root}{address.evaluation(one).lstrip('/')}", _moment(day), page.lead)


def _read(one: Evaluation) -> str:
    return max(source.read for source in one.sources).isoformat()


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
