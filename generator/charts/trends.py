"""The trend of a municipality: printed totals over time, in runs that may be joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from generator.analysis import Trend, TrendPoint
from generator.charts import trend_drawing as drawing
from generator.charts import words as said
from generator.charts.figure import Cell, Figure, Key, Rows, texts, values
from generator.charts.letters import one_line
from generator.text import Words, csv_text, words
from generator.text.words import capital


def trend(trend: Trend, place: str, language: str) -> Figure | None:
    """The figure of a trend; None for fewer than two printed totals."""
    if len(trend.points) < 2:
        return None
    t, place = words(language), one_line(place)
    rows = _table(trend, t)
    spoken = sentence(trend, t)
    shown = content(trend, t)
    return Figure(
        kind="trend",
        title=title(trend, place, t),
        measure=t("charts.trend.measure_broken" if len(trend.runs) > 1 else "charts.trend.measure"),
        keys=_keys(trend, place, t),
        sentence=spoken,
        table=texts(rows),
        csv=csv_text(values(rows)),
        wide=drawing.specification(shown, drawing.WIDE, spoken),
        narrow=drawing.specification(shown, drawing.NARROW, spoken),
    )


def title(trend: Trend, place: str, t: Words) -> str:
    """What changed within the last run of two or more; nothing is claimed across runs."""
    runs = [run for run in trend.runs if len(run) > 1]
    if not runs:
        return t("charts.trend.apart", place=place, n=len(trend.points), count=t.counted(len(trend.points)))
    first, last = runs[-1][0], runs[-1][-1]
    change, before, after = last.total - first.total, _year(first), _year(last)
    values = {"place": place, "points": abs(change), "before": before, "after": after}
    if change == 0:
        return t("charts.trend.even", **values)
    if len(trend.runs) > 1:
        return t("charts.trend.more" if change > 0 else "charts.trend.fewer", **values)
    way = "up" if change > 0 else "down"
    if len(trend.points) > 2:
        return t(f"charts.trend.{way}_long", **values)
    years = t("charts.trend.years", n=after - before, count=t.counted(after - before))
    return t(f"charts.trend.{way}", years=years, **values)


def _year(point: TrendPoint) -> int:
    return point.evaluation.year or 0


def sentence(trend: Trend, t: Words) -> str:
    """Every total with its time, and every average with its date and basis."""
    first, *later = trend.runs
    parts = [t("charts.trend.run", totals=_totals(first, t, beginning=True))]
    for run in later:
        parts.append(t("charts.trend.later_run", edition=_edition(run, t), totals=_totals(run, t)))
    return " ".join(parts + _averages(trend, t))


def _totals(run: Sequence[TrendPoint], t: Words, beginning: bool = False) -> str:
    return t.listing(
        t(
            "charts.trend.first" if beginning and number == 0 else "charts.trend.next",
            total=point.total,
            when=said.at_time(point.evaluation, t),
        )
        for number, point in enumerate(run)
    )


def _edition(run: Sequence[TrendPoint], t: Words) -> str:
    return said.edition(run[0].evaluation, t)


def _averages(trend: Trend, t: Words) -> list[str]:
    averages = dict.fromkeys(point.average.id for point in trend.points if point.average)
    printed = {point.average.id: point.average for point in trend.points if point.average}
    return [
        t(
            "charts.trend.average",
            printed=said.printed(printed[id], t),
            total=printed[id].total,
            basis=said.basis(printed[id], t),
        )
        for id in averages
    ]


def _keys(trend: Trend, place: str, t: Words) -> tuple[Key, ...]:
    if not any(point.average for point in trend.points):
        return ()
    return Key("own", place), Key("flat", t("charts.trend.key_average"))


def _table(trend: Trend, t: Words) -> Rows:
    averages = any(point.average for point in trend.points)
    heads = [t(f"charts.trend.head_{head}") for head in ("when", "edition", "total")]
    rows = [[Cell(head) for head in heads + ([t("charts.trend.head_average")] if averages else [])]]
    for point in trend.points:
        when, edition = said.when(point.evaluation, t), said.edition(point.evaluation, t)
        cells = [Cell(when), Cell(edition), Cell(str(point.total), point.total)]
        rows.append(cells + ([_average(point, t)] if averages else []))
    return rows


def _average(point: TrendPoint, t: Words) -> Cell:
    total = point.average.total if point.average else None
    return Cell(t("charts.not_published")) if total is None else Cell(str(total), total)


def content(trend: Trend, t: Words) -> drawing.Content:
    runs = tuple(tuple(_mark(point, t) for point in run) for run in trend.runs)
    return drawing.Content(runs, tuple(drawing.Break(_new_since(run[0]), _edition(run, t)) for run in trend.runs[1:]))


def _mark(point: TrendPoint, t: Words) -> drawing.Mark:
    evaluation, average = point.evaluation, point.average
    total = average.total if average else None
    tip = t("charts.trend.tip", when=capital(said.when(evaluation, t)), total=point.total)
    label = "" if total is None else t("charts.trend.average_label", total=total)
    return drawing.Mark(_time(point), str(_year(point)), point.total, total, label, tip)


def _time(point: TrendPoint) -> float:
    """The middle of the month, or of the year where the month is not known."""
    month = point.evaluation.month
    return round(_year(point) + ((month - 0.5) / 12 if month else 0.5), 3)


def _new_since(point: TrendPoint) -> int | None:
    """The year an edition came into use: editions are named after it."""
    return int(point.evaluation.edition) if point.evaluation.edition.isdecimal() else None
