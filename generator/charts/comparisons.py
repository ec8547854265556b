"""Two evaluations side by side: a dot and a diamond in each area, and the same said in words.

The browser says and draws the same on /jamfor/, from the same words; tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis import ComparedArea, Comparison
from generator.charts import profile_drawing as drawing
from generator.charts.figure import Cell, Figure, Key, Rows, texts, values
from generator.charts.letters import one_line
from generator.model import AREA_MAXIMUM
from generator.text import Words, csv_text, words
from generator.text.words import capital

NEXT = 2
"""So many further differences the sentence names."""


def comparison(beside: Comparison, names: tuple[str, str], titles: Mapping[int, str], language: str) -> Figure | None:
    """The figure of two evaluations; None where no area compares."""
    if not beside.compared:
        return None
    t = words(language)
    one, other = (one_line(name) for name in names)
    rows = _table(beside, (one, other), titles, t)
    spoken = sentence(beside, (one, other), t)
    shown = _content(beside, (one, other), titles, t)
    return Figure(
        kind="compare",
        title=title(beside, t),
        measure=t("compare.measure"),
        keys=(Key("own", one), Key("other", other)),
        sentence=spoken,
        table=texts(rows),
        csv=csv_text(values(rows)),
        wide=drawing.specification(shown, drawing.WIDE_PAIR, spoken),
        narrow=drawing.specification(shown, drawing.NARROW_PAIR, spoken),
    )


def title(beside: Comparison, t: Words) -> str:
    """The largest difference, or that there is none beyond rounding."""
    if not beside.compared:
        if beside.totals:
            return t("compare.title_total", one=beside.totals[0].points, other=beside.totals[1].points)
        return t("compare.title_nothing")
    largest = beside.by_size[0]
    if all(row.direction == "unchanged" for row in beside.compared):
        return t("compare.title_within")
    return t("compare.title_largest", area=largest.area, one=largest.one, other=largest.other)


def sentence(beside: Comparison, names: tuple[str, str], t: Words) -> str:
    """Who has more in how many areas, both ways, the largest differences, and the totals."""
    parts = [*_lead(beside, names, t), *_largest(beside, t)] if beside.compared else []
    if beside.totals:
        parts.append(t("compare.total", one=beside.totals[0].points, other=beside.totals[1].points))
    return " ".join(parts)


def _lead(beside: Comparison, names: tuple[str, str], t: Words) -> list[str]:
    more, fewer, within = (
        sum(row.direction == way for row in beside.compared) for way in ("more", "fewer", "unchanged")
    )
    parts = []
    if more or fewer:
        first, second = (names, (more, fewer)) if more >= fewer else (names[::-1], (fewer, more))
        found = {"one": first[0], "areas": _areas(second[0], t), "other": first[1], "others": _areas(second[1], t)}
        parts.append(t("compare.lead_more", **found))
    if within:
        parts.append(t("compare.lead_within", areas=capital(_areas(within, t))))
    return parts


def _areas(count: int, t: Words) -> str:
    return t("compare.areas", n=count, count=t.counted(count)) if count else t("compare.no_areas")


def _largest(beside: Comparison, t: Words) -> list[str]:
    rows = [row for row in beside.by_size if row.direction != "unchanged"]
    if not rows:
        return []
    first = rows[0]
    values = {"area": first.area, "difference": abs(first.difference or 0), "one": first.one, "other": first.other}
    parts = [t("compare.largest", **values)]
    if more := [_next(row, t) for row in rows[1 : 1 + NEXT]]:
        parts.append(t("compare.next", n=len(more), areas=f" {t('compare.and')} ".join(more)))
    return parts


def _next(row: ComparedArea, t: Words) -> str:
    return t("compare.next_area", area=row.area, difference=abs(row.difference or 0))


def basis(beside: Comparison, t: Words) -> str:
    """What the comparison rests on, and why on no more."""
    if beside.ground == "areas":
        return t("compare.basis_areas")
    if beside.ground == "some areas":
        n = len(beside.compared)
        return t("compare.basis_some_areas", n=n, count=t.counted(n))
    return t(f"compare.basis_{beside.ground}_{beside.reason.replace(' ', '_')}")


def _table(beside: Comparison, names: tuple[str, str], titles: Mapping[int, str], t: Words) -> Rows:
    rows = [[Cell(head) for head in (t("compare.head_area"), *names, t("compare.head_difference"))]]
    for row in beside.areas:
        found = row.difference
        difference = Cell("") if found is None else Cell(t.signed(found), found)
        rows.append([Cell(_name(row, titles)), _points(row.one, t), _points(row.other, t), difference])
    if beside.totals:
        one, other = (total.points for total in beside.totals)
        rows.append(
            [Cell(t("compare.total_of")), _points(one, t), _points(other, t), Cell(t.signed(one - other), one - other)]
        )
    return rows


def _name(row: ComparedArea, titles: Mapping[int, str]) -> str:
    return one_line(f"{row.area} {titles.get(row.area, '')}")


def _points(value: int | None, t: Words) -> Cell:
    return Cell(t("compare.not_published")) if value is None else Cell(str(value), value)


def _content(beside: Comparison, names: tuple[str, str], titles: Mapping[int, str], t: Words) -> drawing.Content:
    rows = tuple(
        drawing.Row(row.area, _name(row, titles), row.one, row.other, _tip(row, names, titles, t))
        for row in beside.areas
    )
    return drawing.Content(rows, names[0], names[1], t("compare.not_published"), t("compare.axis"))


def _tip(row: ComparedArea, names: tuple[str, str], titles: Mapping[int, str], t: Words) -> str:
    said = [
        f"{name} {t('compare.not_published') if value is None else t('compare.of', points=value, maximum=AREA_MAXIMUM)}"
        for name, value in zip(names, (row.one, row.other), strict=True)
    ]
    return f"{_name(row, titles)}: {', '.join(said)}"
