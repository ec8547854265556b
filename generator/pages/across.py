"""Areas and questions across municipalities: every printed value with its year and edition. No ranks, no medals."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Value
from generator.model import Edition
from generator.pages import spread
from generator.pages.parts import Card, Cell, Head, Link, Page, SourceView, Table
from generator.pages.site import Site
from generator.pages.spread import SpreadView

SMALL = 20
CARDS = 6


@dataclass(frozen=True)
class EditionAreas:
    """One edition's areas, for the index."""

    name: Link
    about: str
    areas: tuple[Link, ...]


@dataclass(frozen=True)
class AreaAcrossView:
    """What an area's page across municipalities shows."""

    finding: str
    values: Table | None
    small: str
    headings: tuple[str, ...]
    questions: Table | None
    cards: tuple[Card, ...]
    notice: str
    other_titles: str
    titles: tuple[Link, ...]
    sources: SourceView | None
    spread: SpreadView


@dataclass(frozen=True)
class QuestionView:
    """What a question's page shows."""

    values: Table
    small: str
    cards: tuple[Card, ...]
    spread: SpreadView
    topics: tuple[Link, ...]
    sources: SourceView | None
    previous: Link | None
    next: Link | None


def index_page(site: Site) -> Page:
    lead = site.t("pages.areas_lead")
    return Page(address.AREAS, site.t("pages.areas_title"), lead, (), "", lead, contents=False)


def editions(site: Site) -> tuple[EditionAreas, ...]:
    """All editions, newest first."""
    found = sorted(site.archive.editions.values(), key=lambda edition: edition.id, reverse=True)
    return tuple(
        EditionAreas(
            site.edition_link(edition.id),
            site.say(edition.about),
            tuple(
                site.numbered(n, site.edition_title(edition, n), address.edition_area(edition.id, n))
                for n in sorted(edition.areas)
            ),
        )
        for edition in found
    )


def area_page(site: Site, edition: Edition, number: int) -> Page:
    t, title = site.t, site.edition_title(edition, number)
    about = site.say(edition.areas[number].about)
    return Page(
        address=address.edition_area(edition.id, number),
        title=title.text,
        description=about,
        crumbs=(
            Link(t("pages.areas_title"), address.AREAS),
            Link(site.edition_name(edition.id), address.edition(edition.id)),
            Link(t("pages.area_number", area=number)),
        ),
        kicker=t("pages.across_kicker", area=number, editions=t.listing(_comparable_editions(site, edition.id))),
        lead=about,
        contents=False,
        title_lang=title.lang,
        of=site.edition_name(edition.id),
    )


def _comparable_editions(site: Site, identity: str) -> list[str]:
    """Names of the editions whose values stand on the page."""
    comparable = [
        e
        for e in site.archive.editions
        if analysis.by_area(analysis.relation(site.archive.editions, e, identity).level)
    ]
    return [site.t("pages.edition_short", edition=edition) for edition in sorted(comparable)]


def area_view(site: Site, edition: Edition, number: int) -> AreaAcrossView:
    values = analysis.area_values(site.archive, edition.id, number)
    area = edition.areas[number]
    examples = analysis.examples_in(site.archive, edition.id, number)
    best = sorted(
        examples, key=lambda practice: (not analysis.gold_star(practice), -(analysis.percent_of(practice) or 0))
    )
    return AreaAcrossView(
        finding=_finding(site, values),
        values=_values_table(site, values, number),
        small=site.t("pages.small_basis") if 0 < len(values) < SMALL else "",
        headings=next(iter(area.headings.values()), ()),
        questions=_questions_table(site, edition, number),
        cards=tuple(site.card(practice) for practice in best[:CARDS]),
        notice=_notice(site, edition, values),
        other_titles=site.t.listing(area.other_titles),
        sources=site.sources_of([value.evaluation for value in values]),
        spread=spread.of_area(site, edition, number, values),
        titles=tuple(Link(title, lang=site.lang(lang)) for lang, title in area.titles.items() if lang != site.language),
    )


def _finding(site: Site, values: list[Value]) -> str:
    points = [value.points for value in values if value.points is not None]
    if len(points) < 2:
        return ""
    key = "pages.across_finding" if min(points) < max(points) else "pages.across_equal"
    return site.t(key, low=min(points), high=max(points), n=len(points))


def _notice(site: Site, edition: Edition, values: list[Value]) -> str:
    others = {value.evaluation.edition for value in values} - {edition.id}
    return site.why(analysis.relation(site.archive.editions, edition.id, min(others))) if others else ""


def _values_table(site: Site, values: list[Value], number: int) -> Table | None:
    if not values:
        return None
    heads = (
        Head(site.t("pages.evaluation")),
        Head(site.t("pages.country")),
        Head(site.t("pages.edition_label"), wide=True),
        Head(site.t("pages.age"), True, wide=True),
        Head(site.t("pages.points_head"), True),
    )
    rows = tuple(
        (
            Cell(
                site.name(v.evaluation),
                to=address.area(v.evaluation, number),
                key=site.t.order(site.name(v.evaluation)),
            ),
            Cell(site.t(f"pages.country_{v.evaluation.country}")),
            Cell(v.evaluation.edition, wide=True),
            site.age_cell(v.evaluation),
            site.points(v.points, own=True),
        )
        for v in values
    )
    return Table(site.t("pages.across_caption", n=len(rows), area=number), heads, rows, sortable=True)


def _questions_table(site: Site, edition: Edition, number: int) -> Table | None:
    questions = edition.areas[number].questions
    if not questions:
        return None
    rows = tuple(
        (
            Cell(
                site.say(question.title),
                mark=key,
                to=address.question(edition.id, key) if analysis.question_count(site.archive, edition.id, key) else "",
            ),
            Cell(str(question.maximum), number=True),
        )
        for key, question in sorted(questions.items())
    )
    heads = (
        Head(site.t("pages.question_in", edition=site.edition_name(edition.id))),
        Head(site.t("pages.maximum_head"), True),
    )
    return Table(site.t("pages.questions_of_area_caption", edition=site.edition_name(edition.id)), heads, rows)


# One question -------------------------------------------------------------------------------------------------------


def question_page(site: Site, edition: Edition, key: str) -> Page:
    t, number = site.t, int(key[0])
    question = edition.areas[number].questions[key]
    n = analysis.question_count(site.archive, edition.id, key)
    lead = t("pages.question_lead", n=n, maximum=question.maximum, edition=site.edition_name(edition.id))
    title = site.say(question.title)
    return Page(
        address=address.question(edition.id, key),
        title=f"{key} {title}",
        description=lead,
        crumbs=(
            Link(t("pages.areas_title"), address.AREAS),
            Link(site.edition_name(edition.id), address.edition(edition.id)),
            Link(t("pages.area_number", area=number), address.edition_area(edition.id, number)),
            Link(key),
        ),
        kicker=t("pages.question_kicker", area=number, title=site.edition_title(edition, number).text),
        lead=lead,
        contents=False,
    )


def question_view(site: Site, edition: Edition, key: str) -> QuestionView:
    values = analysis.question_values(site.archive, edition.id, key)
    examples = analysis.examples_of(site.archive, edition.id, key)
    order = sorted(edition.areas[int(key[0])].questions)
    at = order.index(key)
    used = analysis.topics_in_use(site.archive)
    return QuestionView(
        values=_results_table(site, values, key),
        small=site.t("pages.small_basis") if len(values) < SMALL else "",
        cards=tuple(site.card(practice) for practice in examples[:CARDS]),
        spread=spread.of_question(site, edition, key, values),
        topics=site.topic_links(
            [topic for topic in _topics(site, key) if topic in used]
        ),
        sources=site.sources_of([value.evaluation for value in values]),
        previous=_question_link(site, edition, order[at - 1]) if at else None,
        next=_question_link(site, edition, order[at + 1]) if at + 1 < len(order) else None,
    )


def _topics(site: Site, key: str) -> list[str]:
    return [topic.id for topic in site.archive.topics.values() if key in topic.questions]


def _question_link(site: Site, edition: Edition, key: str) -> Link | None:
    if not analysis.question_count(site.archive, edition.id, key):
        return None
    return Link(site.t("pages.question_number", number=key), address.question(edition.id, key))


def _results_table(site: Site, values: list[Value], key: str) -> Table:
    heads = (
        Head(site.t("pages.evaluation")),
        Head(site.t("pages.points_head"), True),
        Head(site.t("pages.maximum_head"), True),
        Head(site.t("pages.percent_head"), True),
    )
    rows = []
    for value in values:
        result = value.result
        percent = None if result is None or result.percent is None else site.t("pages.percent", percent=result.percent)
        rows.append(
            (
                Cell(site.name(value.evaluation), to=address.area(value.evaluation, int(key[0]))),
                site.points(value.points, own=True),
                site.points(result.maximum if result else None),
                Cell(percent, number=True) if percent else site.points(None),
            )
        )
    return Table(site.t("pages.question_caption", n=len(rows)), heads, tuple(rows), sortable=len(rows) > 1)
