"""The charts of an evaluation and of a municipality, and the table of eight areas that stands with them."""

from __future__ import annotations

from dataclasses import replace

from generator import analysis, charts
from generator.addresses import address
from generator.analysis import Profile
from generator.charts import Figure
from generator.model import Average, Evaluation
from generator.pages import embed
from generator.pages.parts import Cell, Chart, Head, Table
from generator.pages.site import Site


def chart(
    site: Site, identity: str, figure: Figure | None, folder: str, of: str, table: Table | None = None
) -> Chart | None:
    """A figure in its place on a page, ready for strangers' pages as well; `of` is what it shows there, by name."""
    if figure is None:
        return None
    return Chart(identity, figure, folder, embed.snippet(site, identity, figure, folder, of), table)


def profile_of(site: Site, evaluation: Evaluation) -> Chart | None:
    """The profile as another page shows it, with its table folded; its files lie with the evaluation."""
    profile = analysis.profile(evaluation, site.archive)
    shown = profile_chart(site, evaluation, profile)
    return replace(shown, table=area_table(site, evaluation, profile)) if shown else None


def profile_chart(site: Site, evaluation: Evaluation, profile: Profile) -> Chart | None:
    titles = {number: site.area_title(evaluation, number).text for number in range(1, 9)}
    figure = charts.profile(profile, site.place(evaluation.municipality), titles, site.language)
    return chart(site, site.t("pages.profile_id"), figure, address.evaluation(evaluation), site.name(evaluation))


def trend(site: Site, slug: str, folder: str) -> Chart | None:
    """The trend of a municipality, with its table, if it has two totals or more."""
    figure = charts.trend(
        analysis.trend(analysis.in_figures_of(site.archive, slug), site.archive), site.place(slug), site.language
    )
    if figure is None:
        return None
    head, *rows = figure.table
    cells = tuple(tuple(Cell(text, number=column > 0) for column, text in enumerate(row)) for row in rows)
    table = Table(figure.title, tuple(Head(text, column > 0) for column, text in enumerate(head)), cells)
    return chart(site, site.t("pages.trend_id"), figure, folder, site.place(slug), table)


def area_table(site: Site, evaluation: Evaluation, profile: Profile) -> Table | None:
    """All eight areas with the printed average beside them; None where no area has points."""
    if not analysis.area_points(evaluation):
        return None
    rows = tuple(_area_row(site, evaluation, profile, number) for number in range(1, 9))
    heads = [
        Head(site.t("pages.area")),
        Head(site.place(evaluation.municipality), True, str(evaluation.year), site.when(evaluation)),
    ]
    if profile.average:
        heads += [average_head(site, profile.average), Head(site.t("pages.difference"), True)]
    return Table(site.t("pages.areas_caption"), tuple(heads), rows, _area_foot(site, evaluation, profile))


def average_head(site: Site, average: Average) -> Head:
    """The head of a column of printed averages: with its date, on little room with its year."""
    t = site.t
    return Head(t("pages.average"), True, t("pages.average_short", year=average.year), t.when(average.date))


def _area_row(site: Site, evaluation: Evaluation, profile: Profile, number: int) -> tuple[Cell, ...]:
    row = profile.rows[number - 1]
    title = site.area_title(evaluation, number)
    to = address.area(evaluation, number) if number in evaluation.areas else ""
    cells = [Cell(title.text, to=to, lang=title.lang, mark=str(number)), site.points(row.points, own=True)]
    if profile.average:
        cells += [site.points(row.average), site.difference(row.difference)]
    return tuple(cells)


def _area_foot(site: Site, evaluation: Evaluation, profile: Profile) -> tuple[Cell, ...]:
    summed = analysis.summed_total(evaluation)
    total = Cell(f"{summed}*", number=True, own=True) if summed is not None else site.points(evaluation.total, own=True)
    cells = [Cell(site.t("pages.total_of")), total]
    if profile.average:
        printed = profile.average.total
        both = printed is not None and evaluation.total is not None
        difference = (
            evaluation.total - printed if both and evaluation.total is not None and printed is not None else None
        )
        cells += [site.points(printed), site.difference(difference)]
    return tuple(cells)
