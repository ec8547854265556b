"""The pages of the site: from the archive to texts by path, in one language, without touching a file.

Each module holds the views of its pages and how they are made; `templates/` holds one template per kind of page.
The chart files that lie beside a page come back as figures, for the publisher to draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import analysis
from generator.model import Archive, Edition, Evaluation, Topic
from generator.pages import (
    about,
    across,
    area,
    compare,
    compare_data,
    evaluation,
    examples,
    follow_up,
    gaps,
    municipality,
    questions,
    report,
    start,
    withdrawn,
)
from generator.pages.findability import with_figures
from generator.pages.machines import for_machines
from generator.pages.memory import WHOLE, Drawing, Memory, Pages, Place, Share, Unit
from generator.pages.onward import RULES, onward, rules
from generator.pages.site import Publisher, Site, tell
from generator.pages.statement import with_statement
from generator.progress import counted

__all__ = ["RULES", "WHOLE", "Drawing", "Memory", "Pages", "Place", "Publisher", "Share", "for_machines",
           "lay", "onward", "pages", "rules", "with_figures", "with_statement"]  # fmt: skip


def pages(archive: Archive, language: str, publisher: Publisher = Publisher()) -> Pages:  # noqa: B008 (frozen)
    """All generated pages of the site, with their figures and data files."""
    site, made = tell(archive, language, publisher), Pages()
    for unit in _units(site):
        unit.make(made)
    return made


def lay(archive: Archive, language: str, publisher: Publisher, memory: Memory, share: Share, place: Place) -> None:
    """Lay all pages, or a share of them, one after the other; of what the memory knows only what changed is made."""
    site = tell(archive, language, publisher)
    memory.meet(site)
    memory.lay(site, counted("pages", share.units(_units(site))), place)


def _units(site: Site) -> Iterator[Unit]:
    """What is made together, in order. What is made of all evaluations asks for what it tells of them."""
    every = site.archive.evaluations
    for make in (_start, _municipalities):
        yield Unit((make.__name__,), None, partial(make, site))
    for slug in dict.fromkeys(one.municipality for one in (*every, *site.archive.withdrawn)):
        yield Unit(("municipality", slug), withdrawn.of_municipality(site, slug), partial(_municipality, site, slug))
    for one in (one for one in site.archive.withdrawn if one.year):
        yield Unit(("withdrawn", one.slug), one, partial(_withdrawn, site, one))
    for one in (one for one in every if one.year):
        yield Unit(("evaluation", one.slug), one, partial(_evaluation, site, one))
    yield from _across(site)
    yield Unit(("compare",), None, partial(_compare, site))
    for make in (_follow_up, _role_models, _find):
        yield Unit((make.__name__,), None, partial(make, site))
    for topic in examples.topics_with_hits(site):
        yield Unit(("topic", topic.id), None, partial(_topic, site, topic))
    yield from _about(site)


def _start(site: Site, made: Pages) -> None:
    view = start.view(site)
    made.add(site, "start.md.jinja", start.page(site), view=view)
    made.draw(site, view.profile)


def _municipalities(site: Site, made: Pages) -> None:
    countries = municipality.countries(site)
    page = municipality.index_page(site, len(countries), len(analysis.identities(site.archive)))
    made.add(site, "municipalities.md.jinja", page, countries=countries)


def _municipality(site: Site, slug: str, made: Pages) -> None:
    view = municipality.view(site, slug)
    made.add(site, "municipality.md.jinja", municipality.page(site, slug), view=view)
    made.draw(site, view.trend)


def _withdrawn(site: Site, one: Evaluation, made: Pages) -> None:
    made.add(site, "withdrawn.md.jinja", withdrawn.page(site, one), view=withdrawn.view(site, one))


def _evaluation(site: Site, one: Evaluation, made: Pages) -> None:
    view = evaluation.view(site, one)
    made.add(site, "evaluation.md.jinja", evaluation.page(site, one), view=view)
    made.draw(site, view.profile, view.trend)
    areas = {number: area.view(site, one, number) for number in sorted(one.areas)}
    for number, of_area in areas.items():
        made.add(site, "area.md.jinja", area.page(site, one, number), view=of_area)
    if file := questions.data_file(site, one):
        made.files[file[0]] = file[1]
    if view.report:
        whole = report.view(site, one, view, areas)
        made.add(site, "report.md.jinja", report.page(site, one), view=whole)


def _across(site: Site) -> Iterator[Unit]:
    yield Unit(("areas",), None, partial(_areas, site))
    for edition in site.archive.editions.values():
        for number, of_edition in sorted(edition.areas.items()):
            yield Unit(("area", edition.id, str(number)), None, partial(_area, site, edition, number))
            for key in of_edition.questions:
                if analysis.question_count(site.archive, edition.id, key):
                    yield Unit(("question", edition.id, key), None, partial(_question, site, edition, key))


def _areas(site: Site, made: Pages) -> None:
    made.add(site, "areas.md.jinja", across.index_page(site), editions=across.editions(site))


def _area(site: Site, edition: Edition, number: int, made: Pages) -> None:
    view = across.area_view(site, edition, number)
    made.add(site, "area_across.md.jinja", across.area_page(site, edition, number), view=view)
    made.draw(site, view.spread.strip)


def _question(site: Site, edition: Edition, key: str, made: Pages) -> None:
    view = across.question_view(site, edition, key)
    made.add(site, "question.md.jinja", across.question_page(site, edition, key), view=view)
    made.draw(site, view.spread.strip)


def _compare(site: Site, made: Pages) -> None:
    pair = next(iter(analysis.suggested(site.archive, 1)), None)
    path, text = compare_data.data_file(site, (pair[0].slug, pair[1].slug) if pair else None)
    made.files[path] = text
    view = compare.view(site, path)
    made.add(site, "compare.md.jinja", compare.page(site), view=view)
    made.draw(site, view.suggested.chart if view.suggested else None)


def _follow_up(site: Site, made: Pages) -> None:
    made.add(site, "follow_up.md.jinja", follow_up.page(site), view=follow_up.view(site))


def _role_models(site: Site, made: Pages) -> None:
    models = follow_up.role_models(site)
    made.add(site, "role_models.md.jinja", follow_up.role_models_page(site), models=models)


def _find(site: Site, made: Pages) -> None:
    areas = start.areas(site)
    made.add(site, "find.md.jinja", examples.search_page(site), topics=examples.topic_entries(site), areas=areas)


def _topic(site: Site, topic: Topic, made: Pages) -> None:
    made.add(site, "topic.md.jinja", examples.topic_page(site, topic), view=examples.topic_view(site, topic))


def _about(site: Site) -> Iterator[Unit]:
    for edition in site.archive.editions.values():
        yield Unit(("edition", edition.id), None, partial(_edition, site, edition))
    yield Unit(("data",), None, partial(_data, site))
    for make in (_gaps, _figures):
        yield Unit((make.__name__,), None, partial(make, site))


def _edition(site: Site, edition: Edition, made: Pages) -> None:
    made.add(site, "edition.md.jinja", about.edition_page(site, edition), view=about.edition_view(site, edition))


def _data(site: Site, made: Pages) -> None:
    made.add(site, "data.md.jinja", about.data_page(site), links=about.data_links(site))


def _gaps(site: Site, made: Pages) -> None:
    made.add(site, "gaps.md.jinja", gaps.page(site), view=gaps.view(site))


def _figures(site: Site, made: Pages) -> None:
    made.files["data/siffror.csv"] = about.figures_csv(site)
