"""The pages of the site: from the archive to `{path: content}`, in one language, without touching a file.

Each module holds the views of its pages and how they are made; `templates/` holds one template per kind of page.
The chart files that lie beside a page come back as figures, for the publisher to draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator import analysis
from generator.charts import Figure
from generator.model import Archive, Evaluation
from generator.pages import (
    about,
    across,
    address,
    area,
    compare,
    compare_data,
    evaluation,
    examples,
    follow_up,
    gaps,
    municipality,
    report,
    start,
)
from generator.pages.findability import with_figures
from generator.pages.parts import Chart, Page
from generator.pages.render import render
from generator.pages.site import Publisher, Site, tell

__all__ = ["Drawing", "Pages", "Publisher", "address", "pages", "with_figures"]


@dataclass(frozen=True)
class Drawing:
    """A figure and where it lies, without ending: `kommuner/enkoping/2016/profil`."""

    path: str
    figure: Figure
    narrow: str
    """The word that tells the narrow form's files apart."""


@dataclass
class Pages:
    """What the pages come to: texts by path, and the figures that lie beside them."""

    files: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, Drawing] = field(default_factory=dict)

    def add(self, site: Site, template: str, page: Page, **views: Any) -> None:
        """Render one page into its place."""
        star = site.t("pages.gold_star")
        self.files[address.markdown(page.address)] = render(
            template, page, site.language, gold_star_label=star, **views
        )

    def draw(self, site: Site, *charts: Chart | None) -> None:
        """Note the figures that a page shows; a figure two pages show is drawn once."""
        for chart in charts:
            if chart:
                path = f"{chart.folder}{chart.id}".lstrip("/")
                self.drawings[path] = Drawing(path, chart.figure, site.t("pages.narrow"))


def pages(archive: Archive, language: str, publisher: Publisher = Publisher()) -> Pages:  # noqa: B008 (frozen)
    """All generated pages of the site, with their figures and data files."""
    site, made = tell(archive, language, publisher), Pages()
    _start(site, made)
    _municipalities(site, made)
    for one in _dated(site):
        _evaluation(site, made, one)
    _across(site, made)
    _compare(site, made)
    _follow_up(site, made)
    _examples(site, made)
    _about(site, made)
    return made


def _dated(site: Site) -> Iterator[Evaluation]:
    return (one for one in site.archive.evaluations if one.year)


def _start(site: Site, made: Pages) -> None:
    view = start.view(site)
    made.add(site, "start.md.jinja", start.page(site), view=view)
    made.draw(site, view.profile)


def _municipalities(site: Site, made: Pages) -> None:
    countries = municipality.countries(site)
    page = municipality.index_page(site, len(countries), len(site.archive.evaluations))
    made.add(site, "municipalities.md.jinja", page, countries=countries)
    for slug in dict.fromkeys(one.municipality for one in site.archive.evaluations):
        view = municipality.view(site, slug)
        made.add(site, "municipality.md.jinja", municipality.page(site, slug), view=view)
        made.draw(site, view.trend)


def _evaluation(site: Site, made: Pages, one: Evaluation) -> None:
    view = evaluation.view(site, one)
    made.add(site, "evaluation.md.jinja", evaluation.page(site, one), view=view)
    made.draw(site, view.profile, view.trend)
    areas = {number: area.view(site, one, number) for number in sorted(one.areas)}
    for number, of_area in areas.items():
        made.add(site, "area.md.jinja", area.page(site, one, number), view=of_area)
    if view.report:
        whole = report.view(site, one, view, areas)
        made.add(site, "report.md.jinja", report.page(site, one), view=whole)


def _across(site: Site, made: Pages) -> None:
    made.add(site, "areas.md.jinja", across.index_page(site), editions=across.editions(site))
    for edition in site.archive.editions.values():
        for number, of_edition in sorted(edition.areas.items()):
            view = across.area_view(site, edition, number)
            made.add(site, "area_across.md.jinja", across.area_page(site, edition, number), view=view)
            made.draw(site, view.spread.strip)
            for key in of_edition.questions:
                if analysis.question_values(site.archive, edition.id, key):
                    question = across.question_view(site, edition, key)
                    made.add(site, "question.md.jinja", across.question_page(site, edition, key), view=question)
                    made.draw(site, question.spread.strip)


def _compare(site: Site, made: Pages) -> None:
    pair = next(iter(analysis.suggested(site.archive, 1)), None)
    path, text = compare_data.data_file(site, (pair[0].slug, pair[1].slug) if pair else None)
    made.files[path] = text
    view = compare.view(site, path)
    made.add(site, "compare.md.jinja", compare.page(site), view=view)
    made.draw(site, view.suggested.chart if view.suggested else None)


def _follow_up(site: Site, made: Pages) -> None:
    made.add(site, "follow_up.md.jinja", follow_up.page(site), view=follow_up.view(site))
    models = follow_up.role_models(site)
    made.add(site, "role_models.md.jinja", follow_up.role_models_page(site), models=models)


def _examples(site: Site, made: Pages) -> None:
    areas = start.view(site).areas
    made.add(site, "find.md.jinja", examples.search_page(site), topics=examples.topic_entries(site), areas=areas)
    for topic in examples.topics_with_hits(site):
        made.add(site, "topic.md.jinja", examples.topic_page(site, topic), view=examples.topic_view(site, topic))


def _about(site: Site, made: Pages) -> None:
    for edition in site.archive.editions.values():
        made.add(site, "edition.md.jinja", about.edition_page(site, edition), view=about.edition_view(site, edition))
    made.add(site, "gaps.md.jinja", gaps.page(site), view=gaps.view(site))
    made.add(site, "data.md.jinja", about.data_page(site), links=about.data_links(site))
    made.files["data/siffror.csv"] = about.figures_csv(site)
