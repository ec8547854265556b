"""Figures: the words, the table, the file and the drawings say the same, and what was not printed is said in words."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import altair
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError
from lxml import etree

from generator import charts
from generator.analysis import (
    ComparedArea,
    Comparison,
    Profile,
    ProfileRow,
    Relation,
    Total,
    Trend,
    TrendPoint,
    Value,
)
from generator.charts import letters, profile_drawing, trend_drawing
from generator.charts.colours import PLACEHOLDERS
from generator.charts.figure import Cell, Figure, values
from generator.charts.spec import Label
from generator.model import Average, Evaluation, Source
from generator.text import csv_text
from tests.conftest import Compare

ROOT = Path(__file__).parent.parent
SOURCE = Source.model_validate({"title": "Sagoviks kommun", "read": "2026-11-23"})
PLACE = "Sagovik"
TITLES = {
    1: "Samspel mellan förtroendevalda och medborgare i hela kommunen",
    2: "Tillgänglighet och brukarorientering",
    3: "Politisk styrning och kontroll",
    4: "Ledarskap, ansvar och delegation",
    5: "Resultat och effektivitet",
    6: "Kommunen som arbetsgivare",
    7: "Ständiga förbättringar",
    8: "Kommunen som samhällsbyggare",
}
POINTS = (54, 55, 63, 42, 43, 55, 56, 66)
AVERAGES = (50, 54, 67, 55, 56, 55, 51, 66)
FORTY = Average(
    id="landet-2014",
    country="se",
    edition="2010",
    date="2014-03",
    basis={"sv": "De 40 senaste."},
    count=40,
    source=SOURCE,
)
NATIONAL = Average(
    id="landet-2021", country="se", edition="2020", date="2021-04", basis={"sv": "Sverigesnitt 2021."}, source=SOURCE
)


def evaluation(
    year: int | None = 2016, month: int | None = 5, edition: str = "2015", total: int | None = None
) -> Evaluation:
    return Evaluation(
        country="se",
        municipality="sagovik",
        year=year,
        month=month,
        edition=edition,
        language="sv",
        sources=(SOURCE,),
        total=total,
    )


def some_profile(
    points: tuple[int | None, ...] = POINTS,
    averages: tuple[int | None, ...] | None = AVERAGES,
    average: Average | None = FORTY,
) -> Profile:
    beside = averages if average and averages else (None,) * 8
    rows = tuple(ProfileRow(n, *pair) for n, pair in enumerate(zip(points, beside, strict=True), start=1))
    return Profile(evaluation(), average if averages else None, None, rows)


def point(
    year: int, total: int, month: int | None = None, edition: str = "2010", average: int | None = None
) -> TrendPoint:
    printed = average and FORTY.model_copy(update={"total": average, "date": f"{year}-08", "id": f"landet-{year}"})
    return TrendPoint(evaluation(year, month, edition, total), total, printed or None)


SOME_AREAS = (71, 62, None, 67, None, None, None, 71)
JOINED = Trend(((point(2016, 434, 5), point(2018, 519, average=475)),))
BROKEN = Trend(((point(2017, 555, 2, "unknown"), point(2019, 603, None, "unknown")), (point(2021, 648, 2, "2020"),)))
LOW = Trend(
    ((point(2013, 190, 12), point(2014, 170), point(2014, 254, 12), point(2017, 396), point(2021, 593, average=475)),)
)


def profile_figure(profile: Profile, place: str = PLACE, titles: dict[int, str] = TITLES) -> Figure:
    figure = charts.profile(profile, place, titles, "sv")
    assert figure
    return figure


def trend_figure(trend: Trend, place: str = PLACE) -> Figure:
    figure = charts.trend(trend, place, "sv")
    assert figure
    return figure


def compared(one: tuple[int, ...], other: tuple[int, ...]) -> Figure:
    """Two invented evaluations of one edition."""
    both = (evaluation(2016), evaluation(2015))
    rows = tuple(ComparedArea(n, *values) for n, values in enumerate(zip(one, other, strict=True), 1))
    found = Comparison(both[0], both[1], Relation("same", {}), (Total(434, False), Total(446, True)), rows, ())
    figure = charts.comparison(found, ("Sagovik 2016", "Ekebyvik 2016"), TITLES, "sv")
    assert figure
    return figure


def spread(*points: int) -> Figure:
    """An area in invented evaluations."""
    found = [Value(evaluation(2010 + n), value) for n, value in enumerate(points)]
    average = FORTY.model_copy(update={"areas": {4: 55}})
    figure = charts.strip(found, average, 4, lambda e: f"Sagovik {e.year}", "sv")
    assert figure
    return figure


FIGURES = {
    "compare": compared(POINTS, (49, 61, 73, 61, 43, 56, 45, 67)),
    "strip": spread(74, 42, 67, 61, 61, 53, 44, 41, 40),
    "strip-few": spread(3, 97, 98),
    "profile": profile_figure(some_profile()),
    "profile-some-areas": profile_figure(some_profile(SOME_AREAS)),
    "profile-no-average": profile_figure(some_profile(average=None)),
    "trend": trend_figure(JOINED),
    "trend-broken": trend_figure(BROKEN),
    "trend-low": trend_figure(LOW),
}
every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
every_drawing = pytest.mark.parametrize(
    "spec",
    [spec for figure in FIGURES.values() for spec in (figure.wide, figure.narrow)],
    ids=[f"{name}-{form}" for name in FIGURES for form in ("wide", "narrow")],
)


# What is shown ------------------------------------------------------------------------------------------------------


def test_figures_are_as_the_golden_files_say(golden: Compare) -> None:
    golden("charts", {f"{name}.json": _readable(figure) for name, figure in FIGURES.items()})


def _readable(figure: Figure) -> str:
    return json.dumps(vars(figure), default=vars, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_sentence_states_difference_average_basis_and_date() -> None:
    assert FIGURES["profile"].sentence == (
        "Område 4: 42 av 100, 13 under genomsnittet 55 (40 utvärderingar, mars 2014). "
        "Område 5: 43 av 100, 13 under genomsnittet 56. I de andra sex områdena är skillnaden högst 5 poäng."
    )


@pytest.mark.parametrize(
    ("points", "averages", "average", "title"),
    [
        (POINTS, AVERAGES, FORTY, "Två områden ligger 13 poäng under genomsnittet, sex ligger nära det"),
        (POINTS, (40,) * 8, NATIONAL, "Över Sverigesnittet i alla åtta områden"),
        (POINTS, (70,) * 8, FORTY, "Under genomsnittet i alla åtta områden"),
        (POINTS, POINTS, FORTY, "Samma poäng som genomsnittet i alla åtta områden"),
        ((50,) * 8, (46,) * 7 + (52,), FORTY, "Nära genomsnittet i alla åtta områden"),
        ((50,) * 7 + (20,), (50,) * 8, FORTY, "Ett område ligger 30 poäng under genomsnittet, sju ligger nära det"),
        ((50,) * 6 + (20, 90), (50,) * 8, FORTY,
         "Ett område ligger mer än 5 poäng över genomsnittet, ett under och sex nära det"),
        ((10,) * 4 + (90,) * 4, (50,) * 8, FORTY, "Fyra områden ligger mer än 5 poäng över genomsnittet, fyra under"),
        (POINTS, None, None, "Flest poäng i område 8, färst i område 4"),
        ((54, 55, 66, 42, 43, 55, 56, 66), None, None, "Flest poäng i område 3 och 8, färst i område 4"),
        ((50,) * 8, None, None, "Lika många poäng i alla åtta områden"),
        ((40,) * 4 + (50,) * 4, None, None, "Mellan 40 och 50 poäng i de åtta områdena"),
        (SOME_AREAS, None, None, "Fyra av åtta områden är publicerade"),
        (SOME_AREAS, AVERAGES, FORTY, "Fyra av åtta områden är publicerade, alla över genomsnittet"),
        ((None,) * 6 + (10, 20), AVERAGES, FORTY, "Två av åtta områden är publicerade, båda under genomsnittet"),
        ((None,) * 7 + (10,), AVERAGES, FORTY, "Ett av åtta områden är publicerat och ligger under genomsnittet"),
    ],
)  # fmt: skip
def test_the_title_of_a_profile_is_its_finding(
    points: tuple[int | None, ...], averages: tuple[int, ...] | None, average: Average | None, title: str
) -> None:
    assert profile_figure(some_profile(points, averages, average)).title == title


@pytest.mark.parametrize(
    ("trend", "title"),
    [
        (JOINED, "Sagovik steg 85 poäng på två år"),
        (BROKEN, "Sagovik fick 48 fler poäng 2019 än 2017"),
        (Trend(((point(2016, 500), point(2017, 480)),)), "Sagovik sjönk 20 poäng på ett år"),
        (Trend(((point(2016, 500), point(2018, 500)),)), "Sagovik fick lika många poäng 2018 som 2016"),
        (LOW, "Sagovik steg 403 poäng från 2013 till 2021"),
        (
            Trend(((point(2009, 500),), (point(2012, 400),))),
            "Sagovik: två utvärderingar som inte går att jämföra rakt av",
        ),
    ],
)
def test_the_title_of_a_trend_claims_only_what_compares(trend: Trend, title: str) -> None:
    assert trend_figure(trend).title == title


def test_nothing_to_show_is_no_figure() -> None:
    assert charts.profile(some_profile((None,) * 8), PLACE, TITLES, "sv") is None
    assert charts.trend(Trend(()), PLACE, "sv") is None
    assert charts.trend(Trend(((point(2016, 434),),)), PLACE, "sv") is None


def test_keys_name_place_time_basis_and_date() -> None:
    assert [key.label for key in FIGURES["profile"].keys] == [
        "Sagovik maj 2016",
        "Genomsnitt av 40 utvärderingar, tryckt i mars 2014",
    ]
    assert [key.kind for key in FIGURES["trend"].keys] == ["own", "flat"]


def test_what_is_not_printed_is_said_in_words_everywhere() -> None:
    figure = FIGURES["profile-some-areas"]
    assert figure.table[3] == ("3 Politisk styrning och kontroll", "inte publicerat", "67", "okänd")
    assert figure.sentence.endswith("Område 3, 5, 6 och 7 är inte publicerade.")
    for spec in (figure.wide, figure.narrow):
        assert drawn_texts(spec).count("inte publicerat") == 4


def test_no_line_runs_between_runs_and_the_break_is_named() -> None:
    spec = FIGURES["trend-broken"].wide
    assert [row["run"] for row in spec["datasets"]["marks"]] == [1, 1, 2]
    assert spec["datasets"]["breaks"] == [{"time": 2020.0}]
    assert "2020 års modell" in drawn_texts(spec)


def test_the_scale_of_a_trend_is_the_same_unless_a_figure_lies_below() -> None:
    assert scale_of(FIGURES["trend"].wide) == scale_of(FIGURES["trend-broken"].narrow) == [200, 800]
    assert scale_of(FIGURES["trend-low"].wide) == [0, 800]


def scale_of(spec: dict[str, Any]) -> Any:
    return next(domain for domain in values_of(spec["layer"], "domain") if isinstance(domain, list))


# The same figures everywhere ----------------------------------------------------------------------------------------


@every_figure
def test_table_file_and_drawings_hold_the_same_figures(figure: Figure) -> None:
    in_file = [[cell.replace("-", "−") for cell in row[1:]] for row in list(csv.reader(io.StringIO(figure.csv)))[1:]]
    assert in_file == [[cell.lstrip("+±") for cell in row[1:]] for row in figure.table[1:]]
    for spec in (figure.wide, figure.narrow):
        if figure.kind == "strip":
            marks = [row for name in ("se", "others") for row in spec["datasets"][name]]
            assert sorted(str(row["value"]) for row in marks) == sorted(row[-1] for row in figure.table[1:])
            continue
        marks = spec["datasets"].get("areas") or spec["datasets"]["marks"]
        held = [row.get("points", row.get("total")) for row in marks] + [row["average"] for row in marks]
        shown = figure.table[1:9] if figure.kind == "compare" else figure.table[1:]
        in_table = [cell for row in shown for cell in row[1:] if re.fullmatch(r"\d+", cell)]
        assert sorted(str(value) for value in held if value is not None) == sorted(in_table)
        assert {str(value) for value in held if value is not None} <= numbers_in(drawn_texts(spec))


@every_figure
def test_the_sentence_holds_only_figures_of_the_table(figure: Figure) -> None:
    said = re.sub(
        r"\(.*?\)|\b(år|augusti|maj|februari|december|Med|[A-Z]\w+) \d{4}|av [18]00|[Oo]mråde [\d, och]+|Vår median.*",
        "",
        figure.sentence,
    )
    assert numbers_in([said]) <= numbers_in(cell for row in figure.table[1:] for cell in row)


def numbers_in(texts: Any) -> set[str]:
    return {number for text in texts for number in re.findall(r"\d+", text)}


def drawn_texts(spec: dict[str, Any]) -> list[str]:
    root = etree.fromstring(charts.svg(spec).encode())
    return ["".join(str(part) for part in text.itertext()) for text in root.iter("{*}text")]


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=8, max_size=8).filter(any),
       st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=8, max_size=8))  # fmt: skip
def test_any_profile_is_said_shortly_and_drawn_inside(points: list[int | None], averages: list[int | None]) -> None:
    profile = some_profile(tuple(points), tuple(averages))
    figure = profile_figure(profile)
    assert len(figure.title.split()) <= 15
    assert len(figure.table) == 9 and all(all(row) for row in figure.table)
    for form, spec in ((profile_drawing.WIDE, figure.wide), (profile_drawing.NARROW, figure.narrow)):
        for label in labels_of(spec, profile_drawing.TEXTS):
            assert -form.left - 0.1 <= label.left and label.right <= form.plot + form.right + 0.1, label


@given(st.lists(st.integers(0, 800), min_size=2, max_size=7), st.integers(1, 3))
def test_the_labels_of_any_trend_lie_inside_and_years_apart(totals: list[int], step: int) -> None:
    run = tuple(point(2002 + step * number, total, average=min(total + 30, 800)) for number, total in enumerate(totals))
    figure = trend_figure(Trend((run,)))
    assert len(figure.title.split()) <= 15
    for form, spec in ((trend_drawing.WIDE, figure.wide), (trend_drawing.NARROW, figure.narrow)):
        for label in labels_of(spec, trend_drawing.TEXTS):
            assert -form.left - 0.1 <= label.left and label.right <= form.plot + form.right + 0.1, label
        years = list(labels_of(spec, ["years"]))
        assert all(one.right < next.left or one.y != next.y for one, next in combinations(years, 2))


def test_the_averages_of_a_crowded_trend_are_not_written_over_each_other() -> None:
    run = tuple(point(2002 + 2 * n, 300 + 37 * n % 260, average=430 + n) for n in range(12))
    figure = trend_figure(Trend((run,)))
    for spec in (figure.wide, figure.narrow):
        labels = list(labels_of(spec, ["averages"]))
        assert len(labels) > 3 and len(spec["datasets"]["marks"]) == 12
        for one, other in combinations(labels, 2):
            assert one.right < other.left or other.right < one.left or abs(one.y - other.y) >= 12, (one, other)


def test_words_and_marks_of_a_row_keep_apart() -> None:
    low = profile_figure(some_profile((None, 0, 100) + (50,) * 5, (9, 100, 0) + (50,) * 5))
    for spec in (low.wide, low.narrow):
        first = min(row["y"] for row in spec["datasets"]["areas"])
        labels = [label for label in labels_of(spec, ("averages", "notes")) if label.y == first]
        average, note = labels
        assert average.right < note.left
    names = labels_of(low.wide, ["names"])
    assert max(name.right for name in names) < min(own.left for own in labels_of(low.wide, ["own"]))


def labels_of(spec: dict[str, Any], styles: Any) -> Iterator[Label]:
    return (Label(style, **row) for style in styles for row in spec["datasets"][style])


# Specification ------------------------------------------------------------------------------------------------------


def test_what_altair_made_is_enough_for_the_next_build() -> None:
    code = "import sys, generator.site; from generator import charts; charts.use_templates(sys.argv[1]); "
    code += "print(charts.bar(), 'altair' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code, charts.made_templates()], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert run.stdout == f"{charts.bar()} False\n"


@every_drawing
def test_a_specification_is_sound(spec: dict[str, Any]) -> None:
    altair.LayerChart.from_dict(spec)
    altair.LayerChart.from_dict(charts.bar())
    with pytest.raises(ValidationError):
        altair.LayerChart.from_dict({**spec, "width": "bred"})


@every_drawing
def test_a_specification_holds_no_address_and_no_expression_of_data(spec: dict[str, Any]) -> None:
    for forbidden in ("usermeta", "href", "url", "filter", "transform", "params", "signal"):
        assert list(values_of(spec, forbidden)) == []
    assert set(values_of(spec, "expr")) == {"datum.align"}


def values_of(node: Any, name: str) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == name)
        for value in node.values():
            yield from values_of(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from values_of(value, name)


def test_the_json_of_a_specification_holds_no_markup_and_no_nan() -> None:
    spec = profile_figure(some_profile(), "</script><b>&\u2028").wide
    text = charts.explore_spec(spec)
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == spec
    with pytest.raises(ValueError, match="Out of range"):
        charts.explore_spec({"a": float("nan")})


# Drawing ------------------------------------------------------------------------------------------------------------


@every_drawing
def test_a_drawing_is_the_same_each_time_and_safe_beside_others(spec: dict[str, Any]) -> None:
    drawing = charts.svg(spec)
    assert drawing == charts.svg(spec)
    root = etree.fromstring(drawing.encode())
    names = {str(name) for element in root.iter() for name in element.attrib}
    assert not names & {"id", "class", "style", "href", "clip-path", "aria-roledescription"}
    assert {etree.QName(element).localname for element in root.iter()} <= {"svg", "g", "line", "path", "text"}
    assert root.get("role") == "img" and root.get("aria-label") == spec["description"]


@every_drawing
def test_a_drawing_has_our_colours_and_letters_of_twelve_pixels_or_more(spec: dict[str, Any]) -> None:
    drawing = charts.svg(spec)
    root = etree.fromstring(drawing.encode())
    assert "#0003" not in drawing and drawing.count("font-family") == 1
    for name in ("fill", "stroke"):
        assert {v for e in root.iter() if (v := e.get(name)) and not v.startswith("var(--k-")} <= {"none"}
    assert min(int(text.get("font-size", "0")) for text in root.iter("{*}text")) >= 12
    assert root.get("width") in ("800", "288") and "var(" not in charts.plain(drawing)


def test_awkward_names_are_text_and_wrap_without_losing_a_letter() -> None:
    titles = TITLES | {2: "<script>alert(1)</script> & \x00\x1b" + "Kommunikationsmöjlighetsstrategi" * 3}
    figure = profile_figure(some_profile(), "]]><b>=1+1</b>", titles)
    for spec in (figure.wide, figure.narrow):
        root = etree.fromstring(charts.svg(spec).encode())
        shown = "".join(str(part) for part in root.itertext()).replace("-", "").replace(" ", "")
        assert not list(root.iter("{*}script")) and not list(root.iter("{*}b"))
        assert "Kommunikationsmöjlighetsstrategi" * 3 in shown and "<script>alert(1)</script>" in shown


def test_second_lines_of_names_are_indented() -> None:
    rows = FIGURES["profile"].narrow["datasets"]["names"]
    assert [row["text"] for row in rows[:2]] == ["1 Samspel mellan förtroendevalda och", "medborgare i hela kommunen"]
    assert rows[1]["x"] > rows[0]["x"]


# File and letters ---------------------------------------------------------------------------------------------------


def test_the_file_of_figures_keeps_numbers_and_disarms_formulas() -> None:
    rows = [[Cell("=HYPERLINK(1)"), Cell("−13", -13)], [Cell('a "b", c'), Cell("@x")], [Cell("-1"), Cell("+1")]]
    assert csv_text(values(rows)) == '\'=HYPERLINK(1),-13\r\n"a ""b"", c",\'@x\r\n\'-1,\'+1\r\n'


def test_letters_are_as_wide_as_in_the_shipped_font() -> None:
    font = TTFont(ROOT / "generator" / "fonts" / "Inter-Regular.ttf")
    glyphs, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for text in (*TITLES.values(), "Genomsnitt", "0123456789", "Ærø Kommune", "ÅÄÖåäöøæé"):
        real = sum(widths[glyphs[ord(letter)]][0] for letter in text) * 14 / unit
        assert letters.width(text, 14) == pytest.approx(real, rel=0.02)


def test_the_script_knows_the_same_placeholder_colours() -> None:
    script = (ROOT / "docs" / "assets" / "explore.js").read_text(encoding="utf-8")
    assert dict(re.findall(r'"(#00030\d)": "([a-z-]+)"', script)) == {v: k for k, v in PLACEHOLDERS.items()}
