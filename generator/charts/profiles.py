"""The profile of an evaluation: the points of its eight areas, each beside a printed average where one exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.analysis import UNKNOWN, Profile, ProfileRow
from generator.charts import profile_drawing as drawing
from generator.charts import words as said
from generator.charts.figure import Cell, Figure, Key, Rows, texts, values
from generator.charts.letters import one_line
from generator.model import AREA_MAXIMUM, AREAS, Average
from generator.text import Words, csv_text, words
from generator.text.words import capital

NEAR = 5
"""A difference of so many points is called near."""
NAMED = 2
"""So many areas the sentence names with their figures."""
FEW = 3
"""No more areas than these are listed in a title."""


def profile(profile: Profile, place: str, titles: Mapping[int, str], language: str) -> Figure | None:
    """The figure of a profile; None where no area has points."""
    if not known(profile):
        return None
    t, place = words(language), one_line(place)
    rows = _table(profile, place, titles, t)
    spoken = sentence(profile, t)
    shown = content(profile, place, titles, t)
    return Figure(
        kind="profile",
        title=title(profile, t),
        measure=_measure(profile, t),
        keys=_keys(profile, place, t),
        sentence=spoken,
        table=texts(rows),
        csv=csv_text(values(rows)),
        wide=drawing.specification(shown, drawing.WIDE, spoken),
        narrow=drawing.specification(shown, drawing.NARROW, spoken),
    )


def known(profile: Profile) -> list[ProfileRow]:
    """The rows whose points are printed."""
    return [row for row in profile.rows if row.points is not None]


def differences(profile: Profile) -> dict[int, int]:
    """Per area the difference to the average, where both are printed."""
    return {row.area: row.difference for row in profile.rows if row.difference is not None}


# The finding --------------------------------------------------------------------------------------------------------


def title(profile: Profile, t: Words) -> str:
    """What the figure shows, in at most fifteen words."""
    points, beside = known(profile), differences(profile)
    average = said.the_average(profile.average, t) if profile.average and len(beside) == len(points) else None
    if len(points) < len(AREAS):
        return _some_areas(len(points), list(beside.values()) if average else [], average, t)
    return _beside_average(list(beside.values()), average, t) if average else _most_and_fewest(points, t)


def _some_areas(count: int, beside: Sequence[int], average: str | None, t: Words) -> str:
    side = _side(beside)
    key = f"charts.profile.some_{side}" if side else "charts.profile.some"
    together = t("charts.all.two" if count == 2 else "charts.all.more")
    return t(key, n=count, count=capital(t.counted(count)), average=average, all=together)


def _side(beside: Sequence[int]) -> str | None:
    if beside and min(beside) > 0:
        return "over"
    return "under" if beside and max(beside) < 0 else None


def _beside_average(beside: Sequence[int], average: str, t: Words) -> str:
    over = [value for value in beside if value > NEAR]
    under = [-value for value in beside if value < -NEAR]
    if not any(beside):
        return t("charts.profile.all_equal", average=average)
    if side := _side(beside):
        return t(f"charts.profile.all_{side}", average=average)
    if not over and not under:
        return t("charts.profile.all_near", average=average)
    near = said.number(len(beside) - len(over) - len(under), t)
    if over and under:
        key = "both_sides_only" if len(over) + len(under) == len(beside) else "both_sides"
        below = said.number(len(under), t)
        return t(f"charts.profile.{key}", areas=said.areas(len(over), t), under=below, near=near, average=average)
    side, away = ("over", over) if over else ("under", under)
    areas = said.areas(len(away), t)
    return t(f"charts.profile.one_side_{side}", areas=areas, span=_span(away), average=average, near=near)


def _span(values: Sequence[int]) -> str:
    return str(min(values)) if min(values) == max(values) else f"{min(values)}–{max(values)}"


def _most_and_fewest(rows: Sequence[ProfileRow], t: Words) -> str:
    values = [row.points or 0 for row in rows]
    most, fewest = (_areas_with(rows, value) for value in (max(values), min(values)))
    if max(values) == min(values):
        return t("charts.profile.even")
    if len(most) > FEW or len(fewest) > FEW:
        return t("charts.profile.between", fewest=min(values), most=max(values))
    return t("charts.profile.most_and_fewest", most=t.listing(most), fewest=t.listing(fewest))


def _areas_with(rows: Sequence[ProfileRow], points: int) -> list[str]:
    return [str(row.area) for row in rows if row.points == points]


# The sentence -------------------------------------------------------------------------------------------------------


def sentence(profile: Profile, t: Words) -> str:
    """The same with figures: the biggest differences, and what the average rests on."""
    beside = profile.average if differences(profile) else None
    parts = _differences(profile, beside, t) if beside else _extremes(profile, t)
    return " ".join(parts + _missing([str(row.area) for row in profile.rows if row.points is None], t))


def _missing(areas: Sequence[str], t: Words) -> list[str]:
    if not areas:
        return []
    if len(areas) > len(AREAS) / 2:
        return [t("charts.profile.missing_many", count=t.counted(len(areas)))]
    return [t("charts.profile.missing", n=len(areas), areas=t.listing(areas))]


def _differences(profile: Profile, average: Average, t: Words) -> list[str]:
    compared = [row for row in profile.rows if row.difference is not None]
    rows = sorted(compared, key=lambda row: (-abs(row.difference or 0), row.area))
    count = max(1, len([row for row in rows[:NAMED] if row.difference]))
    named = [_compared(row, average, t) for row in rows[:count]]
    named[0] = t("charts.profile.basis", compared=named[0], basis=said.basis(average, t), when=t.when(average.date))
    return [f"{part}." for part in named] + _rest(rows[count:], t)


def _compared(row: ProfileRow, average: Average, t: Words) -> str:
    return t("charts.profile.compared", area=row.area, points=row.points, difference=_difference(row, average, t))


def _difference(row: ProfileRow, average: Average, t: Words) -> str:
    value = row.difference or 0
    key = "over" if value > 0 else "under" if value < 0 else "equal"
    return t(f"charts.profile.{key}", points=abs(value), average=said.the_average(average, t), printed=row.average)


def _rest(rows: Sequence[ProfileRow], t: Words) -> list[str]:
    if not rows:
        return []
    areas = t("charts.other_areas", n=len(rows), count=t.counted(len(rows)))
    largest = abs(rows[0].difference or 0)
    return [t("charts.profile.rest" if largest else "charts.profile.rest_equal", areas=areas, points=largest)]


def _extremes(profile: Profile, t: Words) -> list[str]:
    rows = known(profile)
    most, fewest = (choose(row.points or 0 for row in rows) for choose in (max, min))
    if most == fewest:
        return [t("charts.profile.only", areas=t.listing(_areas_with(rows, most)), points=most)]
    return [
        t("charts.profile.most", areas=t.listing(_areas_with(rows, most)), points=most),
        t("charts.profile.fewest", areas=t.listing(_areas_with(rows, fewest)), points=fewest),
    ]


# Measure, table and drawing -----------------------------------------------------------------------------------------


def _measure(profile: Profile, t: Words) -> str:
    if profile.evaluation.edition == UNKNOWN:
        return t("charts.profile.measure")
    return t("charts.profile.measure_edition", edition=said.edition(profile.evaluation, t))


def _own(profile: Profile, place: str, t: Words) -> str:
    return f"{place} {said.when(profile.evaluation, t)}".strip()


def _keys(profile: Profile, place: str, t: Words) -> tuple[Key, ...]:
    own = Key("own", _own(profile, place, t))
    return (own, Key("average", said.average_key(profile.average, t))) if profile.average else (own,)


def _table(profile: Profile, place: str, titles: Mapping[int, str], t: Words) -> Rows:
    heads = [t("charts.profile.head_area"), _own(profile, place, t)]
    if profile.average:
        average = f"{said.average_name(profile.average, t)} {t.when(profile.average.date)}"
        heads += [average, t("charts.profile.head_difference")]
    rows = [[Cell(head) for head in heads]]
    for row in profile.rows:
        cells = [Cell(_name(row, titles, t)), _points(row.points, t)]
        if profile.average:
            cells += [_points(row.average, t), _signed(row.difference, t)]
        rows.append(cells)
    return rows


def _name(row: ProfileRow, titles: Mapping[int, str], t: Words) -> str:
    return one_line(t("charts.profile.area", area=row.area, title=titles.get(row.area, "")))


def _points(value: int | None, t: Words) -> Cell:
    return Cell(t("charts.not_published")) if value is None else Cell(str(value), value)


def _signed(value: int | None, t: Words) -> Cell:
    return Cell(t("charts.profile.difference_unknown")) if value is None else Cell(t.signed(value), value)


def content(profile: Profile, place: str, titles: Mapping[int, str], t: Words) -> drawing.Content:
    rows = tuple(
        drawing.Row(row.area, _name(row, titles, t), row.points, row.average, _tip(profile, row, titles, t))
        for row in profile.rows
    )
    average = said.average_name(profile.average, t) if profile.average else ""
    return drawing.Content(rows, place, average, t("charts.not_published"), t("charts.profile.axis"))


def _tip(profile: Profile, row: ProfileRow, titles: Mapping[int, str], t: Words) -> str:
    parts = [t("charts.not_published")]
    if row.points is not None:
        parts = [t("charts.out_of", points=row.points, maximum=AREA_MAXIMUM)]
        if profile.average and row.difference is not None:
            parts.append(_difference(row, profile.average, t))
    return f"{_name(row, titles, t)}: {', '.join(parts)}"
