"""A municipality's evaluations beside each other: every area and question that compares, targets, and who names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator import analysis
from generator.addresses import address
from generator.analysis import Change
from generator.model import AREAS, Average, Evaluation
from generator.pages import figures
from generator.pages.parts import Cell, Head, Link, Table
from generator.pages.site import Site

COLUMNS = 4
"""So many evaluations stand beside each other; on little room the last two."""


def areas(site: Site, dated: Sequence[Evaluation]) -> Table | None:
    """The newest evaluation with points per area, beside those before it that compare, or else an average."""
    with_points = [evaluation for evaluation in dated if analysis.area_points(evaluation)]
    if not with_points:
        return None
    last = with_points[-1]
    known = [e for e in _comparable(site, dated, last) if analysis.area_points(e) or _printed(site, e, last)]
    shown = known[-COLUMNS:]
    if len(shown) > 1:
        return _side_by_side(site, shown)
    return figures.area_table(site, last, analysis.profile(last, site.archive))


def _comparable(site: Site, dated: Sequence[Evaluation], last: Evaluation) -> list[Evaluation]:
    """Up to the last: those whose editions compare area by area with its."""
    editions = site.archive.editions
    before = dated[: dated.index(last) + 1]
    return [e for e in before if analysis.by_area(analysis.relation(editions, e.edition, last.edition).level)]


def _printed(site: Site, before: Evaluation, after: Evaluation) -> bool:
    """Whether the later one prints changes of areas since the earlier one."""
    if before is after:
        return False
    change = analysis.change(before, after, site.archive)
    return bool(change.printed and change.printed.areas)


def _side_by_side(site: Site, shown: Sequence[Evaluation]) -> Table:
    """Evaluations area by area, the last change, what is printed of it, and the printed average beside the last."""
    before, after = shown[-2], shown[-1]
    change = analysis.change(before, after, site.archive)
    heads = [Head(site.t("pages.area")), *(Head(str(e.year), True, wide=_wide(shown, e)) for e in shown)]
    heads.append(Head(site.t("pages.change"), True))
    rows = [_row(site, shown, change, number) for number in AREAS]
    foot = [Cell(site.t("pages.total_of")), *(_total(site, shown, e) for e in shown)]
    foot.append(site.change(change.total, change.direction))
    caption = site.t("pages.two_years_caption", before=shown[0].year, after=after.year)
    table = Table(caption, tuple(heads), tuple(rows), tuple(foot))
    if change.printed and change.printed.areas:
        table = _with_printed(site, table, change)
    average = analysis.areas_average(after, site.archive)
    return _with_average(site, table, average) if average else table


def _wide(shown: Sequence[Evaluation], evaluation: Evaluation) -> bool:
    return evaluation not in shown[-2:]


def _total(site: Site, shown: Sequence[Evaluation], evaluation: Evaluation) -> Cell:
    own = evaluation is shown[-1]
    return replace(site.points(evaluation.total, own=own), wide=_wide(shown, evaluation))


def _row(site: Site, shown: Sequence[Evaluation], change: Change, number: int) -> tuple[Cell, ...]:
    title = site.area_title(change.after, number)
    values = {row.area: row for row in change.areas}
    cells = [Cell(title.text, lang=title.lang, mark=str(number))]
    for evaluation in shown:
        to = address.area(evaluation, number) if number in evaluation.areas else ""
        points = analysis.area_points(evaluation).get(number)
        cell = site.points(points, own=evaluation is change.after, to=to)
        cells.append(replace(cell, wide=_wide(shown, evaluation)))
    row = values.get(number)
    cells.append(site.change(row.difference if row else None, row.direction if row else None))
    return tuple(cells)


def _with_printed(site: Site, table: Table, change: Change) -> Table:
    """With the changes that the source prints; never mixed with those we work out."""
    printed = change.printed
    assert printed is not None
    values = [*(printed.areas.get(number) for number in AREAS), printed.total]
    return _with_column(
        table,
        Head(site.t("pages.printed_change_head"), True, site.t("pages.printed")),
        [site.difference(v) for v in values],
    )


def _with_average(site: Site, table: Table, average: Average) -> Table:
    """With a last column of printed averages, left out where there is little room."""
    values = [*(average.areas.get(number) for number in AREAS), average.total]
    head = replace(figures.average_head(site, average), wide=True)
    return _with_column(table, head, [replace(site.points(value), wide=True) for value in values])


def _with_column(table: Table, head: Head, cells: Sequence[Cell]) -> Table:
    rows = tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=False))
    return replace(table, heads=(*table.heads, head), rows=rows, foot=(*table.foot, cells[-1]))


def questions(site: Site, dated: Sequence[Evaluation]) -> Table | None:
    """The last two evaluations of one edition question by question, with the change."""
    with_questions = [e for e in dated if any(area.questions for area in e.areas.values())]
    if len(with_questions) < 2:
        return None
    after, before = with_questions[-1], with_questions[-2]
    beside = analysis.comparison(after, before, site.archive)
    if not beside.questions:
        return None
    edition = site.archive.editions[after.edition]
    rows = []
    for row in beside.questions:
        title = site.say(edition.areas[int(row.number[0])].questions[row.number].title)
        both = row.one.points is not None and row.other.points is not None
        difference = (row.one.points or 0) - (row.other.points or 0) if both else None
        to = address.question(edition.id, row.number)
        rows.append((
            Cell(title, mark=row.number, to=to),
            Cell(str(row.maximum), number=True, wide=True),
            site.points(row.other.points),
            site.points(row.one.points, own=True),
            site.change(difference, row.direction),
        ))  # fmt: skip
    heads = (
        Head(site.t("pages.question_in", edition=site.edition_name(edition.id))),
        Head(site.t("pages.maximum_head"), True, wide=True),
        Head(str(before.year), True),
        Head(str(after.year), True),
        Head(site.t("pages.change"), True),
    )
    return Table(site.t("pages.two_years_questions", before=before.year, after=after.year), heads, tuple(rows))


def printed_differences(site: Site, change: Change) -> list[str]:
    """Said where a source prints another change than the totals give."""
    printed = change.printed
    if change.total is None or printed is None or printed.total is None or printed.total == change.total:
        return []
    t = site.t
    years = {"before": change.before.year, "after": change.after.year}
    return [t("pages.printed_differs", printed=t.signed(printed.total), derived=t.signed(change.total), **years)]


def targets(site: Site, dated: Sequence[Evaluation]) -> tuple[Link, ...]:
    """What the municipality aimed for, and how it went where that can be said."""
    lines = []
    for outcome in analysis.targets(dated, site.archive):
        target, t = outcome.target, site.t
        aim = t("pages.target_year" if target.year else "pages.target", total=target.total, year=target.year)
        result = outcome.result
        if outcome.reached is None or result is None:
            lines.append(Link(f"{aim} {t('pages.target_open')}", address.evaluation(outcome.set_in)))
        else:
            key = "pages.target_reached" if outcome.reached else "pages.target_missed"
            lines.append(Link(f"{aim} {t(key, total=result.total, year=result.year)}", address.evaluation(result)))
    return tuple(lines)


def named(site: Site, slug: str) -> tuple[Link, ...]:
    """Where the municipality is named as a role model, and by how many evaluations out of how many."""
    found = analysis.named(slug, site.archive)
    if found is None:
        return ()
    out_of = site.t("pages.named_of", n=found.evaluations, out_of=found.out_of)
    lines = [Link(out_of, address.ROLE_MODELS)]
    for naming in found.namings:
        text = site.t("pages.named_by", name=site.name(naming.by), about=naming.model.about)
        lines.append(Link(text, address.evaluation(naming.by), site.lang(naming.by.language)))
    return tuple(lines)


def compared(site: Site, dated: Sequence[Evaluation]) -> tuple[Link, ...]:
    """Ways to compare: the last two of its own, the nearest of its peers, and the free choice."""
    known = [e for e in dated if e.total is not None or analysis.area_points(e)]
    if not known:
        return ()
    links = []
    if len(known) > 1:
        text = site.t("pages.compare_own", before=known[-2].year, after=known[-1].year)
        links.append(Link(text, address.compare(known[-1], known[-2])))
    last = known[-1]
    peer = analysis.first_peer(site.archive, last.municipality, last.country, last.edition)
    if peer:
        links.append(Link(site.t("pages.compare_with", name=site.name(peer)), address.compare(known[-1], peer)))
    return (*links, Link(site.t("pages.compare_choose"), address.compare(known[-1])))
