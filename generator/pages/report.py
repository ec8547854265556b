"""The whole evaluation as one document, in the order of a printed report: for reading straight through and for paper.

It is put together from the views of the evaluation's page and of its areas' pages and says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.model import Evaluation
from generator.pages import evaluation as evaluation_page
from generator.pages.area import AreaView
from generator.pages.area import page as area_page
from generator.pages.evaluation import EvaluationView
from generator.pages.parts import Link, Page
from generator.pages.site import Site


@dataclass(frozen=True)
class Chapter:
    """One area of the report. `mark` tells its sections' ids from those of other areas."""

    id: str
    mark: str
    title: str
    lang: str
    lead: str
    long: bool
    """Whether it is worth a new sheet of paper."""
    area: AreaView


@dataclass(frozen=True)
class ReportView:
    """What the whole report shows."""

    whole: EvaluationView
    evaluation_page: Link
    contents: tuple[Link, ...]
    chapters: tuple[Chapter, ...]
    citation: str


def page(site: Site, evaluation: Evaluation) -> Page:
    name, of = site.name(evaluation), evaluation_page.page(site, evaluation)
    title = site.t("pages.report_title", name=name)
    return Page(
        address=address.report(evaluation),
        title=title,
        description=f"{title}. {of.lead}",
        crumbs=(*of.crumbs[:-1], Link(str(evaluation.year), of.address), Link(site.t("pages.report_crumb"))),
        kicker=of.kicker,
        lead=of.lead,
        contents=True,
    )


def view(site: Site, evaluation: Evaluation, whole: EvaluationView, areas: Mapping[int, AreaView]) -> ReportView:
    """The report from the views of the evaluation's page and, by number, of its areas' pages."""
    told = analysis.told_areas(evaluation)
    chapters = tuple(_chapter(site, evaluation, number, areas[number]) for number in told)
    return ReportView(
        whole=whole,
        evaluation_page=Link(site.t("pages.report_from"), address.evaluation(evaluation)),
        contents=_contents(site, evaluation, whole, chapters),
        chapters=chapters,
        citation=_citation(site, evaluation),
    )


def _chapter(site: Site, evaluation: Evaluation, number: int, area: AreaView) -> Chapter:
    title = site.area_title(evaluation, number)
    return Chapter(
        id=f"{site.t('pages.chapter_id')}-{number}",
        mark=f"-{number}",
        title=f"{number} {title.text}",
        lang=title.lang,
        lead=area_page(site, evaluation, number).lead,
        long=bool(area.summary or area.questions),
        area=area,
    )


def _contents(
    site: Site, evaluation: Evaluation, whole: EvaluationView, chapters: tuple[Chapter, ...]
) -> tuple[Link, ...]:
    """The parts that are there, in the order in which they stand."""
    t, here = site.t, address.report(evaluation)
    before = (("summary", whole.summary), ("eight_areas", whole.profile or whole.areas))
    after = (
        ("whole", whole.whole or whole.examples or whole.highlights),
        ("about_evaluation", True),
        ("sources", True),
        ("cite", True),
    )

    def links(parts: tuple[tuple[str, object], ...]) -> list[Link]:
        return [Link(t(f"pages.{name}"), f"{here}#{t(f'pages.{name}_id')}") for name, there in parts if there]

    areas = [Link(chapter.title, f"{here}#{chapter.id}", chapter.lang) for chapter in chapters]
    return (*links(before), *areas, *links(after))


def _citation(site: Site, evaluation: Evaluation) -> str:
    sources = "; ".join(source.title for source in evaluation.sources)
    return site.t("pages.citation", title=site.t("pages.report_title", name=site.name(evaluation)), sources=sources)
