"""On an area's page: each question below its mark, with examples from municipalities that scored high on it."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Mark, Practice, Weak
from generator.model import Evaluation, Identity
from generator.pages.parts import Card, Link
from generator.pages.site import Site


@dataclass(frozen=True)
class WeakView:
    """One weak question: its score beside its mark, what the examples rest on, and where there are more."""

    title: Link
    score: str
    basis: str
    cards: tuple[Card, ...]
    more: Link | None


@dataclass(frozen=True)
class HelpView:
    """What helps an area: its weak questions, and examples about the whole area."""

    lead: str
    questions: tuple[WeakView, ...]
    area: str
    cards: tuple[Card, ...]


def view(site: Site, evaluation: Evaluation, number: int) -> HelpView | None:
    """None where nothing is weak, and where nothing is known that could help an area without questions."""
    found = analysis.help_for(evaluation, number, site.archive)
    if found is None or not (found.questions or found.examples):
        return None
    return HelpView(
        lead=site.t("pages.weak_lead" if found.questions else "pages.weak_lead_area"),
        questions=tuple(_question(site, evaluation, weak) for weak in found.questions),
        area=_beside(site, found.percent, found.mark) if found.examples else "",
        cards=_cards(site, evaluation, found.examples),
    )


def _question(site: Site, evaluation: Evaluation, weak: Weak) -> WeakView:
    edition, key = site.archive.editions.get(evaluation.edition), weak.question
    known = edition.areas[int(key[0])].questions if edition else {}
    title = Link(site.say(known[key].title) if key in known else "", mark=key)
    practised = key in analysis.practised(site.archive)
    basis = f"pages.weak_of_{weak.of}" if weak.examples else "pages.weak_none"
    return WeakView(
        title,
        _beside(site, weak.percent, weak.mark),
        site.t(basis, area=key[0]),
        _cards(site, evaluation, weak.examples),
        Link(site.t("pages.weak_more", number=key), address.examples_of(key)) if practised else None,
    )


def _beside(site: Site, percent: int | None, mark: Mark) -> str:
    """`42 % – under 55 %, vår median av 7 utvärderingar`."""
    own = site.t("pages.not_published") if percent is None else site.t("pages.percent", percent=percent)
    date = site.t.when(mark.average.date) if mark.average else ""
    return site.t(f"pages.weak_{mark.kind}", own=own, mark=site.t.number(round(mark.percent)), n=mark.count, date=date)


def _cards(site: Site, evaluation: Evaluation, practices: tuple[Practice, ...]) -> tuple[Card, ...]:
    return tuple(site.card(practice, _whose(site, evaluation, practice.evaluation)) for practice in practices)


def _whose(site: Site, evaluation: Evaluation, other: Identity) -> str:
    """The other's name, whether it lies in the same country, how many live there, and how old the evaluation is."""
    people = site.municipality(other.municipality).population
    own = other.country == evaluation.country
    country = site.t("pages.weak_own_country" if own else f"pages.country_{other.country}")
    size = site.t("pages.weak_people", people=site.t.number(people)) if people else ""
    return " · ".join(part for part in (site.name(other), country, size, site.aged(other)) if part)
