"""The page of one area of an evaluation: points, questions, summary, strengths beside improvements, examples."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Kind, Practice
from generator.model import AREA_MAXIMUM, AreaResult, Evaluation
from generator.pages import evaluation as evaluation_page
from generator.pages import questions, weak_questions
from generator.pages.parts import Card, ExampleView, Fact, Link, Page, Pair, Scale, SourceView
from generator.pages.questions import QuestionsView
from generator.pages.site import Site
from generator.pages.weak_questions import HelpView
from generator.text import html

LESSONS = 4


@dataclass(frozen=True)
class AreaView:
    """What an area's page shows."""

    scale: Scale | None
    facts: tuple[Fact, ...]
    questions: QuestionsView | None
    about: str
    headings: tuple[str, ...]
    headings_lang: str
    summary: str
    lang: str
    pair: Pair | None
    examples: tuple[ExampleView, ...]
    highlights: tuple[str, ...]
    help: HelpView | None
    lessons: tuple[Card, ...]
    sources: SourceView
    previous: Link | None
    next: Link | None


def page(site: Site, evaluation: Evaluation, number: int) -> Page:
    title, name = site.area_title(evaluation, number), site.name(evaluation)
    lead = _lead(site, evaluation.areas[number])
    return Page(
        address=address.area(evaluation, number),
        title=title.text,
        description=f"{name}: {lead}",
        crumbs=(
            Link(site.t("pages.municipalities"), address.MUNICIPALITIES),
            Link(site.place(evaluation.municipality), address.municipality(evaluation.municipality)),
            Link(str(evaluation.year), address.evaluation(evaluation)),
            Link(site.t("pages.area_number", area=number)),
        ),
        kicker=" · ".join(filter(None, (site.t("pages.area_kicker", name=name, area=number), site.aged(evaluation)))),
        lead=lead,
        contents=bool(evaluation.areas[number].questions),
        title_lang=title.lang,
        of=name,
    )


def view(site: Site, evaluation: Evaluation, number: int) -> AreaView:
    area = evaluation.areas[number]
    structure = site.structure(evaluation).areas[number]
    lessons = (site.card(each) for each in analysis.lessons(evaluation, number, site.archive, LESSONS))
    headings = structure.headings.get(evaluation.language) or next(iter(structure.headings.values()), ())
    return AreaView(
        scale=_scale(site, evaluation, number),
        facts=_facts(site, evaluation, number),
        questions=questions.view(site, evaluation, number),
        about=html(site.say(structure.about)),
        headings=headings,
        headings_lang=site.lang(next(iter(structure.headings), "")),
        summary=html(area.summary) if area.summary else "",
        lang=evaluation.language,
        pair=_pair(site, evaluation, number),
        examples=tuple(map(site.example, _own(evaluation, number, "examples"))),
        highlights=tuple(html(line) for line in area.highlights),
        help=weak_questions.view(site, evaluation, number),
        lessons=tuple(lessons),
        sources=site.sources(evaluation),
        previous=_neighbour(site, evaluation, number, -1),
        next=_neighbour(site, evaluation, number, +1),
    )


def _lead(site: Site, area: AreaResult) -> str:
    if area.points is None:
        return area.brief or site.t("pages.area_lead_no_points")
    return " ".join(part for part in (site.t("pages.area_lead", points=area.points), area.brief) if part)


def _scale(site: Site, evaluation: Evaluation, number: int) -> Scale | None:
    points = evaluation.areas[number].points
    if points is None:
        return None
    average = analysis.areas_average(evaluation, site.archive)
    printed = average.areas.get(number) if average else None
    beside = (printed, average.date) if average and printed is not None else None
    return site.scale(points, AREA_MAXIMUM, str(points), beside)


def _facts(site: Site, evaluation: Evaluation, number: int) -> tuple[Fact, ...]:
    t, facts = site.t, []
    earlier, later = evaluation_page.neighbours(site, evaluation)
    for other, key in ((earlier, "pages.area_before"), (later, "pages.area_after")):
        if other and (value := _other_value(site, evaluation, other, number)):
            facts.append(Fact(t(key, year=other.year), value))
    facts.append(Fact(t("pages.edition_label"), site.edition_link(evaluation.edition)))
    if evaluation.edition in site.archive.editions:
        n = analysis.area_count(site.archive, evaluation.edition, number)
        text = t("pages.see_area", n=n) if n else t("pages.see_area_about")
        drawn = n >= analysis.FEWEST_DRAWN
        place = evaluation.edition, number
        to = address.marked(*place, evaluation.municipality) if drawn else address.edition_area(*place)
        facts.append(Fact(t("pages.other_municipalities"), Link(text, to)))
    return tuple(facts)


def _other_value(site: Site, evaluation: Evaluation, other: Evaluation, number: int) -> Link | None:
    """The same area in a neighbouring evaluation, with the change, where the editions compare area by area."""
    level = analysis.relation(site.archive.editions, evaluation.edition, other.edition).level
    ours, theirs = (analysis.area_points(e).get(number) for e in (evaluation, other))
    if not analysis.by_area(level) or ours is None or theirs is None:
        return None
    change = theirs - ours if (other.year or 0) > (evaluation.year or 0) else ours - theirs
    return Link(site.t("pages.points_change", points=theirs, change=site.t.signed(change)), address.area(other, number))


def _pair(site: Site, evaluation: Evaluation, number: int) -> Pair | None:
    area = evaluation.areas[number]
    if not (area.strengths or area.improvements):
        return None
    strengths = tuple(map(site.item, _own(evaluation, number, "strengths")))
    improvements = tuple(map(site.item, _own(evaluation, number, "improvements")))
    return Pair(strengths, improvements, evaluation.language)


def _own(evaluation: Evaluation, number: int, kind: Kind) -> list[Practice]:
    return [practice for practice in analysis.practices(evaluation, kind) if practice.area == number]


def _neighbour(site: Site, evaluation: Evaluation, number: int, step: int) -> Link | None:
    numbers = sorted(evaluation.areas)
    at = numbers.index(number) + step
    if not 0 <= at < len(numbers):
        return None
    return site.numbered(numbers[at], site.area_title(evaluation, numbers[at]), address.area(evaluation, numbers[at]))
