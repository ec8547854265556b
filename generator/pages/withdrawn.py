"""The page of an evaluation that is no longer published: its address, since when, and why."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import address
from generator.model import Evaluation, Withdrawal
from generator.pages.evaluation import crumbs
from generator.pages.parts import Link, Page
from generator.pages.site import Site
from generator.text import html


@dataclass(frozen=True)
class WithdrawnView:
    """What the page of a withdrawn evaluation shows."""

    why: str
    lang: str
    others: Link


def of_municipality(site: Site, slug: str) -> tuple[Evaluation, ...]:
    """The withdrawn evaluations of a municipality."""
    return tuple(each for each in site.archive.withdrawn if each.municipality == slug)


def page(site: Site, evaluation: Evaluation) -> Page:
    lead = since(site, evaluation)
    return Page(
        address=address.evaluation(evaluation),
        title=site.name(evaluation),
        description=lead,
        crumbs=crumbs(site, evaluation),
        kicker=site.t("pages.withdrawn"),
        lead=lead,
        contents=False,
    )


def view(site: Site, evaluation: Evaluation) -> WithdrawnView:
    place = site.place(evaluation.municipality)
    others = Link(site.t("pages.withdrawn_others", place=place), address.municipality(evaluation.municipality))
    return WithdrawnView(html(_withdrawal(evaluation).why), evaluation.language, others)


def entry(site: Site, evaluation: Evaluation) -> Link:
    """A withdrawn evaluation in the list of its municipality; one whose year was not seen has no page."""
    to = address.evaluation(evaluation) if evaluation.year else ""
    year = str(evaluation.year or site.t("pages.year_unknown"))
    return Link(site.t("pages.withdrawn_entry", year=year, when=_day(site, evaluation)), to)


def since(site: Site, evaluation: Evaluation) -> str:
    """That it is no longer published, and since when."""
    return site.t("pages.withdrawn_since", when=_day(site, evaluation))


def _day(site: Site, evaluation: Evaluation) -> str:
    return site.t.when(_withdrawal(evaluation).on.isoformat())


def _withdrawal(evaluation: Evaluation) -> Withdrawal:
    assert evaluation.withdrawn is not None
    return evaluation.withdrawn
