"""The compare page: a suggested pair in full, further pairs as tables, and with script the choice of any six."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from generator import analysis, charts
from generator.addresses import address
from generator.analysis import Comparison
from generator.charts.comparisons import basis
from generator.model import AREAS, Evaluation
from generator.pages import figures
from generator.pages.compare_data import comparable
from generator.pages.parts import Cell, Chart, Head, Item, Link, Page, Table
from generator.pages.site import Site

ASKED = 3
"""So many pairs of municipalities stand on the page as tables."""
MOST = 6
RULES = ("country", "areas", "county", "size")


@dataclass(frozen=True)
class PairView:
    """Two evaluations side by side, for reading without script."""

    names: str
    chart: Chart | None
    basis: tuple[str, ...]
    table: Table
    link: Link


@dataclass(frozen=True)
class CompareView:
    """What the compare page shows."""

    data: str
    site_name: str
    choices: tuple[str, ...]
    rules: tuple[Item, ...]
    """What peers must have in common: the name of each part of the rule, and its words."""
    suggested: PairView | None
    asked: tuple[PairView, ...]
    pairs: Table | None


def page(site: Site) -> Page:
    lead = site.t("compare.page_lead")
    return Page(address.COMPARE, site.t("compare.page_title"), lead, (), "", lead, contents=False)


def view(site: Site, data: str) -> CompareView:
    chosen = analysis.suggested(site.archive, ASKED)
    views = [pair(site, *each) for each in chosen]
    further = (site.t("compare.further", number=n) for n in range(2, MOST + 1))
    return CompareView(
        data=f"/{data}",
        site_name=site.t("compare.site"),
        choices=(site.t("compare.first"), *further),
        rules=tuple(Item(rule, site.t(f"compare.group_{rule}")) for rule in RULES),
        suggested=views[0] if views else None,
        asked=tuple(views[1:]),
        pairs=_pairs(site),
    )


def pair(site: Site, one: Evaluation, other: Evaluation) -> PairView:
    """Two evaluations as drawing, table and words."""
    beside = analysis.comparison(one, other, site.archive)
    names = (site.name(one), site.name(other))
    edition = site.structure(one)
    titles = {n: site.edition_title(edition, n).text for n in AREAS}
    figure = charts.comparison(beside, names, titles, site.language)
    shown = site.t("compare.and_names", one=names[0], other=names[1])
    return PairView(
        names=shown,
        chart=figures.chart(site, f"{one.slug}-{other.slug}", figure, address.COMPARE, shown),
        basis=tuple(line for line in (_basis(site, beside), site.why(beside.relation)) if line),
        table=areas_table(site, beside, names, titles),
        link=Link(site.t("compare.names", names=shown), address.compare(one, other)),
    )


def _basis(site: Site, beside: Comparison) -> str:
    t, (one, other) = site.t, (beside.one.edition, beside.other.edition)
    if one == other:
        return f"{basis(beside, t)} {t('compare.made_with_same', edition=one)}"
    named = (t("compare.edition_unknown") if each == analysis.UNKNOWN else each for each in (one, other))
    return f"{basis(beside, t)} {t('compare.made_with', **dict(zip(('one', 'other'), named, strict=True)))}"


def areas_table(site: Site, beside: Comparison, names: tuple[str, str], titles: dict[int, str]) -> Table:
    """Points of both in every area, the difference, and the totals."""
    heads = (site.t("compare.head_area"), *names, site.t("compare.head_difference"))
    rows = tuple(
        (
            Cell(titles[row.area], mark=str(row.area)),
            site.points(row.one, own=True),
            site.points(row.other),
            site.change(row.difference, row.direction),
        )
        for row in beside.areas
    )
    caption = site.t("compare.table_caption", one=names[0], other=names[1])
    return Table(caption, tuple(Head(text, at > 0) for at, text in enumerate(heads)), rows, _foot(site, beside))


def _foot(site: Site, beside: Comparison) -> tuple[Cell, ...]:
    if not beside.totals:
        return ()
    one, other = (Cell(f"{t.points}{' *' if t.summed else ''}", number=True) for t in beside.totals)
    step = analysis.total_step(beside.totals)
    difference = site.change(beside.totals[0].points - beside.totals[1].points, step)
    return (Cell(site.t("pages.total_of")), one, other, difference)


# The same municipality, twice ---------------------------------------------------------------------------------------


def _pairs(site: Site) -> Table | None:
    by_place: dict[str, list[Evaluation]] = {}
    for evaluation in comparable(site.archive):
        by_place.setdefault(evaluation.municipality, []).append(evaluation)
    found = [analysis.comparison(b, a, site.archive) for known in by_place.values() for a, b in pairwise(known)]
    ordered = sorted(found, key=lambda each: (site.t.order(site.place(each.one.municipality)), each.one.year or 0))
    if not ordered:
        return None
    keys = ("pages.index_place", "compare.pairs_before", "compare.pairs_after", "compare.pairs_change")
    heads = [Head(site.t(key), at > 0, wide=at == 1) for at, key in enumerate(keys)]
    heads.append(Head(site.t("compare.pairs_ground"), wide=True))
    return Table(site.t("compare.pairs_caption"), tuple(heads), tuple(_pair_row(site, each) for each in ordered))


def _pair_row(site: Site, beside: Comparison) -> tuple[Cell, ...]:
    before, after = beside.other, beside.one
    change = Cell("", number=True)
    if beside.totals:
        points = beside.totals[0].points - beside.totals[1].points
        change = site.change(points, analysis.total_step(beside.totals))
    return (
        Cell(site.place(after.municipality), to=address.municipality(after.municipality)),
        replace(_total(before), wide=True),
        _total(after),
        change,
        Cell(ground(site, beside), to=address.compare(after, before), wide=True),
    )


def _total(evaluation: Evaluation) -> Cell:
    total = analysis.total_of(evaluation)
    text = f"{total.points}{' *' if total.summed else ''} ({evaluation.year})" if total else f"– ({evaluation.year})"
    return Cell(text, number=True)


def ground(site: Site, beside: Comparison) -> str:
    """What a comparison rests on, in a few words."""
    if beside.compared:
        key = "areas" if beside.ground == "areas" else "some_areas"
        return site.t(f"compare.pairs_ground_{key}", n=len(beside.compared))
    return site.t(f"compare.pairs_ground_{beside.ground}_{beside.reason.replace(' ', '_')}")
