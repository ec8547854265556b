"""The spread of an area or a question: every value on one axis, and what lies between them said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from generator.analysis import FEWEST_DRAWN, Quartiles, Value, quartiles
from generator.charts import strip_drawing as drawing
from generator.charts import words as said
from generator.charts.figure import Cell, Figure, Key, Rows, texts, values
from generator.model import Average, Identity
from generator.text import Words, csv_text, words

NameOf = Callable[[Identity], str]


def strip(
    found: Sequence[Value], average: Average | None, area: int | None, name: NameOf, language: str
) -> Figure | None:
    """The figure of a spread on a scale of a hundred; None below three values."""
    shown = [value for value in found if value.points is not None]
    if len(shown) < FEWEST_DRAWN:
        return None
    t, middle = words(language), quartiles(shown)
    unit = "points" if area is not None else "percent"
    printed = average.areas.get(area) if average and area is not None else None
    spoken = sentence(shown, middle, unit, name, t)
    content = _content(shown, printed, middle, unit, name, t)
    rows = _table(shown, unit, name, t)
    return Figure(
        kind="strip",
        title=title(shown, unit, t),
        measure=_measure(shown, unit, t),
        keys=_keys(shown, average, printed, t),
        sentence=spoken,
        table=texts(rows),
        csv=csv_text(values(rows)),
        wide=drawing.specification(content, drawing.WIDE, spoken),
        narrow=drawing.specification(content, drawing.NARROW, spoken),
    )


def title(found: Sequence[Value], unit: str, t: Words) -> str:
    """From where to where the values go."""
    points = [value.points or 0 for value in found]
    if min(points) == max(points):
        return t(f"charts.strip.equal_{unit}", value=points[0], count=t.counted(len(points)))
    return t(f"charts.strip.{unit}", low=min(points), high=max(points), count=t.counted(len(points)))


def sentence(found: Sequence[Value], middle: Quartiles | None, unit: str, name: NameOf, t: Words) -> str:
    """Who has the fewest and the most, and our own median and quartiles where there are enough values."""
    ordered = sorted(found, key=lambda value: (value.points or 0, value.evaluation.slug))
    low, high = ordered[0], ordered[-1]
    ends = {
        "low": low.points,
        "low_name": name(low.evaluation),
        "high": high.points,
        "high_name": name(high.evaluation),
    }
    parts = [t(f"charts.strip.ends_{unit}", **ends)]
    if middle is None:
        parts.append(t("charts.strip.few", n=len(found), count=t.counted(len(found))))
    else:
        shares = {key: number(getattr(middle, key), t) for key in ("low", "median", "high")}
        parts.append(t("charts.strip.middle", n=len(middle.values), **shares))
    return " ".join(parts)


def number(value: Fraction, t: Words) -> str:
    """A derived figure with at most one decimal, halves away from zero."""
    tenths = int(value * 10 + Fraction(1, 2))
    whole, rest = divmod(tenths, 10)
    return t.number(whole) if not rest else t("charts.strip.decimal", whole=t.number(whole), tenths=rest)


def _measure(found: Sequence[Value], unit: str, t: Words) -> str:
    years = sorted(value.evaluation.year or 0 for value in found)
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    return t(f"charts.strip.measure_{unit}", n=len(found), count=t.counted(len(found)), years=span)


def _keys(found: Sequence[Value], average: Average | None, printed: int | None, t: Words) -> tuple[Key, ...]:
    countries = {value.evaluation.country for value in found}
    keys = [Key("se", t("charts.country.se"))] if "se" in countries else []
    others = [t(f"charts.country.{country}") for country in ("no", "dk", "fi") if country in countries]
    keys += [Key("no", t.listing(others))] if others else []
    if average is not None and printed is not None:
        keys.append(Key("average", t("charts.strip.average", key=said.average_key(average, t), value=printed)))
    return tuple(keys)


def _table(found: Sequence[Value], unit: str, name: NameOf, t: Words) -> Rows:
    rows = [[Cell(t(f"charts.strip.head_{key}")) for key in ("evaluation", "edition", unit)]]
    for value in found:
        edition = said.edition(value.evaluation, t)
        rows.append([Cell(name(value.evaluation)), Cell(edition), Cell(str(value.points), value.points)])
    return rows


def _content(
    found: Sequence[Value], printed: int | None, middle: Quartiles | None, unit: str, name: NameOf, t: Words
) -> drawing.Content:
    marks = [
        drawing.Mark(
            value.points or 0,
            f"{name(value.evaluation)}: {value.points}",
            value.evaluation.country == "se",
            f"{name(value.evaluation)}: {t(f'charts.strip.tip_{unit}', value=value.points)}",
        )
        for value in found
    ]
    band = (float(middle.low), float(middle.high)) if middle else None
    label = t("charts.trend.average_label", total=printed)
    return drawing.Content(marks, printed, label, band, t(f"charts.strip.axis_{unit}"))
