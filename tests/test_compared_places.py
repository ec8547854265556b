"""The real municipalities that a fair comparison has to get right, on the pages as they are read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from test_pages import rows

from generator import analysis
from generator.charts import comparisons
from generator.load import load
from generator.model import Archive, Evaluation
from generator.pages import pages
from generator.text import words

EVALUATIONS = Path(__file__).parent.parent / "evaluations"


@cache
def archive() -> Archive:
    return load(EVALUATIONS).archive


@cache
def made() -> dict[str, str]:
    return pages(archive(), "sv").files


def of(slug: str) -> Evaluation:
    return next(each for each in archive().evaluations if each.slug == slug)


def basis(later: str, earlier: str) -> str:
    return comparisons.basis(analysis.comparison(of(later), of(earlier), archive()), words("sv"))


def test_karlskrona_stands_beside_the_printed_average_of_forty():
    page = made()["kommuner/karlskrona/index.md"]
    table = rows(page, 1)

    assert ["1 Offentlighet och demokrati", "48", "69", "+21", "50"] == table[1]
    assert ["Totalt av 800", "415", "509", "+94", "455"] == table[9]
    assert "Jämförelsen vilar på alla åtta områden." == basis("karlskrona-2014", "karlskrona-2011")
    assert "av 40 utvärderingar, tryckt i mars 2014" in made()["kommuner/karlskrona/2014/index.md"]


def test_enkoping_is_compared_in_the_four_areas_known_in_both():
    found = analysis.comparison(of("enkoping-2018"), of("enkoping-2016"), archive())

    assert [1, 2, 4, 8] == [row.area for row in found.compared]
    assert "på fyra av åtta områden: de som är kända i båda." in basis("enkoping-2018", "enkoping-2016")
    assert "4 av 8 områden kända i båda" in made()["jamfor/index.md"]


def test_vallentuna_crosses_the_change_of_2020_with_a_warning_only():
    found = analysis.comparison(of("vallentuna-2021"), of("vallentuna-2019"), archive())
    page = made()["kommuner/vallentuna/index.md"]

    assert ("total", ()) == (found.ground, found.areas)
    assert "Därför jämför vi bara totalen, och med försiktighet." in page
    assert [[2017, 2019], [2021]] == [
        [point.evaluation.year for point in run]
        for run in analysis.trend(analysis.of_municipality(archive(), "vallentuna"), archive()).runs
    ]


def test_hareid_shows_its_printed_changes_beside_ours_and_its_targets():
    page = made()["kommuner/hareid/index.md"]
    table = rows(page, 1)

    assert ["Totalt av 800", "247", "324", "+77", "+77"] == table[9]
    assert ["35", "", "+12"] == table[1][2:]
    assert "Målet var 300 poäng till 2019. Totalen 2019 var 324: målet nåddes." in page
    assert "Målet var 500 poäng till 2025. Ingen utvärdering visar om det nåddes." in page


def test_roros_prints_another_change_than_its_totals_give_and_says_why():
    assert "Källan trycker ändringen 2013–2017 som +139. Totalerna ger +142." in made()["kommuner/roros/index.md"]
    assert "396 − 254 = 142" in made()["luckor/index.md"]


def test_the_follow_up_counts_its_pairs_and_claims_no_cause():
    page = made()["uppfoljning/index.md"]

    assert "Ännu går det bara att se i ett par av utvärderingar." in page
    assert "Följdes av fler poäng i område 4: 42 blev 67 2018." in page
    assert "tack vare" not in page


def test_a_median_of_ours_says_what_it_rests_on():
    page = made()["omraden/2015/4/index.md"]

    assert "Vår median av de 9 är 53" in page
    assert "Medianen är vår egen, av 9 utvärderingar: Enköping 2016, Enköping 2018, Grästorp 2014" in page
    assert "median" not in made()["omraden/2020/1/index.md"].lower().replace("ingen median", "")
