"""Pages as text: the golden ones can be read, and whatever editors write stays the text it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from conftest import SAMPLE, Compare
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as markup
from lxml.html import HtmlElement
from markdown import Markdown
from strategies import awkward_text

from generator.addresses import address
from generator.addresses.address import relative
from generator.load import load
from generator.model import Archive, Evaluation
from generator.pages import Pages, Publisher, pages
from generator.pages.site import shorten

GOLDEN = (
    "index.md",
    "kommuner/index.md",
    "kommuner/lilla-odland/index.md",
    "kommuner/ovre-anes/index.md",
    "kommuner/ovre-anes/2019/index.md",
    "kommuner/ovre-anes/2019/7/index.md",
    "kommuner/sagovik/index.md",
    "kommuner/sagovik/2016/index.md",
    "kommuner/sagovik/2016/1/index.md",
    "kommuner/sagovik/2016/4/index.md",
    "kommuner/sagovik/2016/6/index.md",
    "kommuner/sagovik/2016/rapport/index.md",
    "kommuner/sagovik/2018/index.md",
    "kommuner/sagovik/2018/3/index.md",
    "omraden/index.md",
    "omraden/2010/7/index.md",
    "omraden/2015/1/index.md",
    "omraden/2015/1/1.4/index.md",
    "omraden/2015/6/6.2/index.md",
    "omraden/2020/7/index.md",
    "exempel/index.md",
    "exempel/kvalitetsarbete/index.md",
    "om/modell/2010/index.md",
    "om/modell/2020/index.md",
    "jamfor/index.md",
    "uppfoljning/index.md",
    "forebilder/index.md",
    "luckor/index.md",
    "data/index.md",
    "data/siffror.csv",
)
"""One page of each kind, and those where something is missing. The addresses of all stand in `addresses.txt`."""
BY_HAND = {"om/index.md", "om/metod/index.md"}
"""Pages of `docs/` that generated pages lead to."""
SCRIPTS = ("assets/search.js", "assets/compare.js")
HOSTILE = "</title><script>a</script> # {x} | [a](javascript:b) {{ c }}"
FREE_TEXT = {
    "title",
    "printed_title",
    "brief",
    "summary",
    "text",
    "label",
    "reason",
    "name",
    "county",
    "about",
    "group",
}
FREE_LISTS = {
    "evaluators",
    "highlights",
    "notes",
    "headings",
    "synonyms",
    "other_titles",
    "labels",
    "titles",
    "basis",
    "why",
}


@pytest.fixture(scope="module")
def made(sample: Archive) -> Pages:
    return pages(sample, "sv")


def body(text: str) -> str:
    """A page without its front matter."""
    return text.split("---\n", 2)[2]


def front_matter(text: str) -> dict[str, Any]:
    found = yaml.safe_load(text.split("---\n", 2)[1])
    assert isinstance(found, dict)
    return found


def parsed(text: str) -> HtmlElement:
    """A page as the builder's Markdown makes it."""
    rendered = Markdown(extensions=["attr_list", "toc"]).convert(body(text))
    return markup.fragment_fromstring(rendered, create_parent="div")


def words_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(text: str, table: int = 0) -> list[list[str]]:
    """The cells of a page's table, as a reader with room for them sees them."""
    found = parsed(text).findall(".//table")[table]
    for narrow in found.xpath('.//*[@class="k-narrow"]'):
        narrow.drop_tree()
    return [[words_of(cell) for cell in row.xpath("./th|./td")] for row in found.iter("tr")]


def markdown_pages(made: Pages) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in made.files.items() if path.endswith(".md"))


# Golden pages -------------------------------------------------------------------------------------------------------


def test_the_pages_of_the_sample_read_as_they_did(made: Pages, golden: Compare):
    addresses = "".join(f"{path}\n" for path in sorted([*made.files, *made.drawings]))
    texts = {"addresses.txt": addresses, **{path: made.files[path] for path in GOLDEN}}

    golden("pages", {path: re.sub(r"compare/[0-9a-f]{12}", "compare/…", text) for path, text in texts.items()})


def test_the_same_archive_gives_the_same_pages(made: Pages, sample: Archive):
    assert made.files == pages(sample, "sv").files


def test_the_start_page_tells_the_latest_whole_evaluation_and_what_to_borrow(made: Pages):
    start = made.files["index.md"]

    assert "Område 4: 40 av 100, 11 under genomsnittet 51 (40 utvärderingar, mars 2014)." in start
    assert ["Bryggsamtal på färjekajen", "Fredagsfeilen – ti minutt om det som ikkje gjekk"] == [
        words_of(link) for link in parsed(start).xpath("//aside//li/a")
    ]
    assert 'action="exempel/"' in start


def test_all_municipalities_stand_by_country_with_their_last_total(made: Pages):
    page = made.files["kommuner/index.md"]

    assert [
        ["Lilla Ödland", "Sagans län", "1", "okänt", "", "inte publicerat"],
        ["Sagovik", "Sagans län", "2", "2018", "8 år", "463"],
    ] == (rows(page)[1:])
    assert [["Øvre Ånes", "Eventyrfylket", "1", "2019", "7 år", "355"]] == rows(page, 1)[1:]


def test_a_municipality_of_which_nothing_is_known_says_so(made: Pages):
    page = made.files["kommuner/lilla-odland/index.md"]

    assert "Ingen totalpoäng är publicerad." in page
    assert "Utvärdering, år okänt" in page
    assert [] == parsed(page).findall(".//table")


def test_a_municipality_shows_its_last_two_evaluations_with_the_change(made: Pages):
    table = rows(made.files["kommuner/sagovik/index.md"], 1)

    assert ["1 Offentlighet och demokrati", "57", "66", "+9", "+9", "52"] == table[1]
    assert ["2 Tillgänglighet och brukarorientering", "53", "inte publicerat", "", "", "55"] == table[2]
    assert ["Totalt av 800", "425", "463", "+38", "+41", "441"] == table[9]
    assert (
        "Målet var 450 poäng till 2018. Totalen 2018 var 463: målet nåddes." in made.files["kommuner/sagovik/index.md"]
    )
    assert "Källan trycker ändringen 2016–2018 som +41. Totalerna ger +38." in made.files["kommuner/sagovik/index.md"]


def test_an_evaluation_shows_its_total_and_every_area_beside_the_printed_average(made: Pages):
    page = made.files["kommuner/sagovik/2016/index.md"]
    table = rows(page)

    assert ["57", "53", "61", "40", "46", "58", "48", "62", "425"] == [row[1] for row in table[1:]]
    assert ["52", "55", "60", "51", "53", "54", "50", "66", "441"] == [row[2] for row in table[1:]]
    assert ["+5", "−2", "+1", "−11", "−7", "+4", "−2", "−4", "−16"] == [row[3] for row in table[1:]]
    assert "cirka 18 intervjuer, dokument och webbplats" in page
    assert "Ekebyvik" in page


def test_an_evaluation_with_gaps_says_what_is_known_and_what_is_missing(made: Pages):
    page = made.files["kommuner/sagovik/2018/index.md"]

    assert [
        "66",
        "inte publicerat",
        "68",
        "inte publicerat",
        "49",
        "inte publicerat",
        "inte publicerat",
        "62",
        "463",
    ] == ([row[1] for row in rows(page)[1:]])
    assert "Fyra av åtta områden är publicerade." in page
    assert "Det här saknas" in page
    assert "Nyheten trycker +41, men 463 − 425 = 38." in page


def test_an_area_shows_every_question_with_points_maximum_and_percent(made: Pages):
    table = rows(made.files["kommuner/sagovik/2016/1/index.md"])

    assert [["1.1", "14 av 25", "56 %"], ["1.3", "19 av 35", "54 %"], ["1.4", "24 av 40", "60 %"]] == [
        [row[0].split()[0], row[2], row[3]] for row in table[1:]
    ]


def test_a_question_whose_points_were_not_printed_says_so(made: Pages):
    assert "inte publicerat (max 30)" == rows(made.files["kommuner/sagovik/2016/6/index.md"])[2][2]
    assert ["Sagovik 2016", "inte publicerat", "30", "60 %"] == rows(made.files["omraden/2015/6/6.2/index.md"])[1]


def test_an_area_whose_questions_do_not_add_up_says_that_they_are_rounded(made: Pages):
    note = "Frågornas poäng är avrundade och blir tillsammans 39. Området är tryckt som 40."

    assert note in made.files["kommuner/sagovik/2016/4/index.md"]
    assert "avrundade" not in made.files["kommuner/sagovik/2016/1/index.md"]


def test_an_area_holds_its_strengths_improvements_and_examples_each_with_an_address(made: Pages):
    page = parsed(made.files["kommuner/sagovik/2016/1/index.md"])

    assert {"ungdomsting", "kort-arsredovisning", "bryggsamtal"} <= set(page.xpath("//@id"))
    assert 10 == len(page.xpath('//h2[.="Sammanfattning"]/following-sibling::div[1]/p'))
    assert "★ Guldstjärna" in words_of(page.get_element_by_id("bryggsamtal"))


def test_words_of_a_report_carry_their_language_and_ours_do_not(made: Pages):
    page = parsed(made.files["kommuner/ovre-anes/2019/7/index.md"])

    assert "nn" == page.get_element_by_id("fredagsfeilen").find("h3").get("lang")
    assert [] == page.xpath('//p[@class="k-lead"]/@lang')


def test_an_area_across_municipalities_says_when_editions_differ_and_how_few_there_are(made: Pages):
    page = made.files["omraden/2010/7/index.md"]

    assert [["Øvre Ånes 2019", "2010", "7 år", "52"], ["Sagovik 2016", "2015", "10 år", "48"]] == [
        [row[0], *row[2:]] for row in rows(page)[1:]
    ]
    assert "2015 års modell är något strängare än 2010 års." in page
    assert "Underlaget är litet." in page


def test_an_area_that_nobody_has_points_in_says_so(made: Pages):
    assert "Vi har inte sett några poäng för det här området." in made.files["omraden/2020/7/index.md"]


def test_a_question_counts_the_evaluations_that_it_rests_on(made: Pages):
    assert "1 utvärdering. Frågan ger högst 40 poäng i 2015 års modell." in made.files["omraden/2015/1/1.4/index.md"]


def test_a_topic_gathers_examples_strengths_and_improvements_across_countries(made: Pages):
    page = made.files["exempel/kvalitetsarbete/index.md"]

    assert "Øvre Ånes 2019" in page and "Sagovik 2016" in page
    assert "../../kommuner/ovre-anes/2019/7/#skriv-det-ned" in page
    assert "læring av feil" in page


def test_an_edition_tells_how_far_it_compares_with_each_other(made: Pages):
    assert "2020 års modell har andra områden. Därför jämför vi bara totalen." in made.files["om/modell/2020/index.md"]
    assert "441" in made.files["om/modell/2010/index.md"]


def test_the_gaps_name_what_is_only_known_to_exist(made: Pages):
    page = made.files["luckor/index.md"]

    assert "Kuusijoki 2012" in page
    assert "Lilla Ödland" in page


def test_a_plan_stands_with_its_improvement_and_in_the_follow_up(made: Pages):
    area, page = made.files["kommuner/sagovik/2016/1/index.md"], made.files["uppfoljning/index.md"]

    assert "Ekonomikontoret · klart juni 2017 · klar · rapporterat 15 januari 2018" in area
    assert "Kommunikationsenheten · klart 2017 · läget är inte rapporterat" in area
    assert "Följdes av fler poäng i område 1: 57 blev 66 2018." in page
    assert "Ännu går det bara att se i ett par av utvärderingar. Vi räknar inte samman förrän det finns fem." in page
    assert ["Sagovik 2016", "Ge ut en årsredovisning på två sidor"] == rows(page)[1][:2]


def test_role_models_are_counted_the_same_everywhere(made: Pages):
    assert 2 == made.files["forebilder/index.md"].count("1 av 1 som nämner någon")
    assert "1 av 4 utvärderingar nämner någon" in made.files["forebilder/index.md"]


def test_the_compare_page_can_be_read_without_script(made: Pages):
    page = made.files["jamfor/index.md"]

    assert ["Sagovik", "425 (2016)", "463 (2018)", "+38", "4 av 8 områden kända i båda"] in rows(page)


def test_the_figures_to_take_away_are_the_printed_ones(made: Pages):
    lines = made.files["data/siffror.csv"].split("\r\n")

    assert "se,sagovik,Sagovik,2016,2015,question,6.2,,30,60" in lines
    assert 1 + 3 + 13 + 21 == len([line for line in lines if line])


# Every page ---------------------------------------------------------------------------------------------------------


def test_nothing_of_the_machinery_shows(made: Pages):
    found = re.compile(r"\bNone\b|\{\{|\}\}|\{%|\bnan\b|Undefined|Traceback|<generator| object at ")

    assert {} == {path: found.findall(text) for path, text in markdown_pages(made) if found.search(text)}


def test_every_row_of_a_table_has_the_same_number_of_cells(made: Pages):
    for path, text in markdown_pages(made):
        for table in parsed(text).findall(".//table"):
            assert 1 == len({len(row.xpath("./th|./td")) for row in table.iter("tr")}), path


def test_every_page_has_one_heading_of_the_first_level_and_its_title_begins_with_it(made: Pages):
    for path, text in markdown_pages(made):
        [heading] = parsed(text).findall(".//h1")
        assert html.unescape(front_matter(text)["title"]).startswith(words_of(heading)), path


def test_no_heading_is_empty_and_no_level_is_passed_over(made: Pages):
    for path, text in markdown_pages(made):
        headings = parsed(text).xpath("//h1|//h2|//h3|//h4")
        levels = [int(heading.tag[1]) for heading in headings]
        assert all(map(words_of, headings)), path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_no_identity_stands_twice_on_a_page(made: Pages):
    for path, text in markdown_pages(made):
        found = parsed(text).xpath("//@id")
        assert sorted(set(found)) == sorted(found), path


def test_every_page_with_figures_names_its_sources_and_links_to_the_data(made: Pages):
    for path, text in markdown_pages(made):
        if re.fullmatch(r"kommuner/.+/index\.md|omraden/\d+/\d/\d\..+", path):
            assert re.search(r'href="(\.\./)+data/(se|no)/[a-z-]+/(\d{4}|unknown)\.yml"', text), path
            assert "Läst 23 november 2026" in text, path


def test_every_link_within_the_site_leads_to_something(made: Pages):
    known = {f"/{path.removesuffix('index.md')}" for path in {*made.files, *BY_HAND}}
    known |= {f"/{path}{end}" for path in made.drawings for end in (".svg", ".csv", ".json", "-smal.svg", "-smal.json")}
    for path, text in markdown_pages(made):
        here = f"/{path.removesuffix('index.md')}"
        for link in parsed(text).xpath("//@href|//@src|//@action|//@data-spec|//@data-narrow"):
            there = urljoin(f"https://site{here}", link).removeprefix("https://site").split("#")[0].split("?")[0]
            assert there in known or there.startswith(("/assets/", "/data/", "https://", "mailto:")), f"{path}: {link}"


def test_what_can_be_corrected_leads_to_the_repository_where_one_is_named(sample: Archive):
    page = pages(sample, "sv", Publisher(repository="https://code.example/a/")).files["kommuner/sagovik/2016/index.md"]

    assert 'href="https://code.example/a/edit/main/evaluations/se/sagovik/2016.yml"' in page


# Little is known ---------------------------------------------------------------------------------------------------


def with_areas(archive: Archive, edition: str, areas: dict[int, Any]) -> dict[str, str]:
    """The pages when Ekebyvik has an evaluation with these areas."""
    given = {"country": "se", "municipality": "ekebyvik", "year": 2017, "edition": edition, "language": "sv"}
    one = Evaluation.model_validate({**given, "areas": areas, "sources": [{"title": "a", "read": "2026-11-23"}]})
    return pages(archive.model_copy(update={"evaluations": (*archive.evaluations, one)}), "sv").files


@pytest.mark.parametrize("edition", ["2010", "2020", "unknown"])
@pytest.mark.parametrize(
    ("result", "points", "percent"),
    [
        ({"points": 2, "maximum": 15}, "2 av 15", "inte publicerat"),
        ({"points": 2}, "2 (max inte publicerat)", "inte publicerat"),
        ({"percent": 20}, "inte publicerat", "20 %"),
        ({"maximum": 15}, "inte publicerat (max 15)", "inte publicerat"),
    ],
)
def test_a_question_that_the_edition_does_not_hold_is_shown_without_a_page_of_its_own(
    sample: Archive, edition: str, result: dict[str, int], points: str, percent: str
):
    made = with_areas(sample, edition, {4: {"points": 42, "questions": {"4.1": result}}})
    [row] = rows(made["kommuner/ekebyvik/2017/4/index.md"])[1:]

    assert [points, percent] == row[2:]
    assert f"omraden/{edition}/4/4.1/" not in made["kommuner/ekebyvik/2017/4/index.md"]


def test_no_heading_is_empty_where_no_percent_is_printed(sample: Archive):
    made = with_areas(sample, "2015", {4: {"points": 42, "questions": {"4.1": {"points": 2, "maximum": 30}}}})

    assert all(map(words_of, parsed(made["kommuner/ekebyvik/2017/4/index.md"]).xpath("//h2|//h3")))


def test_an_area_with_nothing_but_an_improvement_has_its_page(sample: Archive):
    made = with_areas(sample, "2015", {4: {"improvements": [{"id": "a", "text": "Sätt mål."}]}})

    assert "Sätt mål." in made["kommuner/ekebyvik/2017/4/index.md"]
    assert "k-total" not in made["kommuner/ekebyvik/2017/4/index.md"]


# Addresses ----------------------------------------------------------------------------------------------------------

SEGMENT = st.sampled_from(["kommuner", "sagovik", "2016", "4", "om", "1.4", "a"])
ADDRESSES = st.lists(SEGMENT, max_size=5).map(lambda parts: "".join(["/", *(f"{part}/" for part in parts)]))
FILES = st.builds(lambda folder, name: folder + name, ADDRESSES, st.sampled_from(["profil.svg", "2016.yml"]))
PLACES = st.builds(lambda folder, mark: folder + mark, ADDRESSES, st.sampled_from(["#bryggsamtal", "#x"]))


@given(ADDRESSES, ADDRESSES | FILES | PLACES)
@example("/", "/")
@example("/kommuner/", "/")
@example("/a/", "/a/#x")
def test_a_relative_link_leads_from_here_to_there(here: str, there: str):
    link = relative(here, there)

    assert not link.startswith("/")
    assert f"https://site{there}" == urljoin(f"https://site{here}", link)


@pytest.mark.parametrize("there", ["https://a.example/b", "mailto:a@a.example", ""])
def test_a_link_off_the_site_stays_as_it_is(there: str):
    assert there == relative("/kommuner/", there)


@pytest.mark.parametrize(
    ("of", "expected"),
    [("/", "index.md"), ("/kommuner/", "kommuner/index.md"), ("/omraden/2015/1/1.4/", "omraden/2015/1/1.4/index.md")],
)
def test_an_address_is_a_file_in_the_builders_folder(of: str, expected: str):
    assert expected == address.markdown(of)


# Text that wants to be more -----------------------------------------------------------------------------------------


def rewritten(archive: Archive, write: Callable[[str, str], str]) -> Archive:
    """The archive with each free text replaced by `write(key, text)`."""

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {k: walk(v, key if key in FREE_LISTS | {"about"} else str(k)) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [walk(item, key) for item in value]
        if isinstance(value, date):
            return value.isoformat()
        return write(key, value) if isinstance(value, str) and key in FREE_TEXT | FREE_LISTS else value

    return Archive.model_validate(walk(archive.model_dump(), ""))


def skeleton(text: str) -> list[str]:
    return [str(element.tag) for element in parsed(text).iter()]


def test_text_that_looks_like_markup_changes_no_page(sample: Archive):
    hostile = pages(rewritten(sample, lambda key, text: HOSTILE), "sv")
    tame = pages(
        rewritten(sample, lambda key, text: "Vanlig text utan minsta märke, lika lång som den andra är nu."), "sv"
    )

    assert dict(markdown_pages(tame)).keys() == dict(markdown_pages(hostile)).keys()
    for path, text in markdown_pages(tame):
        assert skeleton(text) == skeleton(hostile.files[path]), path


def test_text_that_looks_like_markup_can_be_read_as_it_was_written(sample: Archive):
    made = pages(rewritten(sample, lambda key, text: HOSTILE), "sv").files
    page = parsed(made["kommuner/sagovik/2016/1/index.md"])

    assert HOSTILE in words_of(parsed(made["kommuner/sagovik/index.md"]).find(".//h1"))
    assert HOSTILE == words_of(page.get_element_by_id("bryggsamtal").find("h3"))
    assert HOSTILE == words_of(page.get_element_by_id("ungdomsting"))
    assert HOSTILE in [words_of(card) for card in parsed(made["exempel/medborgardialog/index.md"]).xpath("//h3")]
    assert HOSTILE in [words_of(link) for link in page.xpath('//section[@class="k-source"]//a')]


def test_no_page_runs_what_an_editor_wrote(sample: Archive):
    for path, text in markdown_pages(pages(rewritten(sample, lambda key, text: HOSTILE), "sv")):
        page = parsed(text)
        assert [] == [a for a in page.xpath("//@href|//@src") if a.startswith(("javascript", "data:"))], path
        assert [] == [s for s in page.xpath("//script") if s.text or not s.get("src", "").endswith(SCRIPTS)], path


def test_a_title_cannot_leave_the_front_matter(sample: Archive):
    made = pages(rewritten(sample, lambda key, text: HOSTILE), "sv").files["kommuner/sagovik/index.md"]

    assert HOSTILE in html.unescape(front_matter(made)["title"])
    assert "<" not in front_matter(made)["title"] + front_matter(made)["description"]


@cache
def small() -> Archive:
    """One evaluation of the sample and its edition."""
    whole = load(SAMPLE).archive
    return whole.model_copy(update={"evaluations": whole.evaluations[:1], "editions": {"2010": whole.editions["2010"]}})


@settings(max_examples=25, deadline=None)
@given(awkward_text(80).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_title_survives_on_every_page_that_shows_it(title: str):
    made = pages(rewritten(small(), lambda key, text: title if "title" in key else text), "sv").files
    page = parsed(made["kommuner/ovre-anes/2019/7/index.md"])

    assert title == words_of(page.get_element_by_id("fredagsfeilen").find("h3"))
    assert title in [words_of(heading) for heading in parsed(made["kommuner/ovre-anes/index.md"]).xpath("//h3")]
    assert title in [words_of(link) for link in page.xpath('//section[@class="k-source"]//a')]
    assert html.unescape(front_matter(made["omraden/2010/7/index.md"])["title"]).startswith(title)
    assert title == words_of(parsed(made["omraden/2010/7/index.md"]).find(".//h1"))


# Short texts of cards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort.", "Kort."),
        ("En mening. En till som är lång.", "En mening."),
        ("Ett enda långt utan punkt", "Ett enda långt utan…"),
        ("Den har 7.5 poäng, och mer följer", "Den har 7.5 poäng, och…"),
        ("Första ordet, och sedan ett till", "Första ordet, och sedan…"),
        ("Ett här. Två där. Tre är för mycket.", "Ett här. Två där."),
    ],
)
def test_a_card_holds_whole_sentences_or_whole_words(text: str, expected: str):
    length = {"En mening. En till som är lång.": 15, "Ett enda långt utan punkt": 21}.get(text, 25)

    assert expected == shorten(text, length)


@given(st.text(st.sampled_from("ab ,.!?"), max_size=80), st.integers(5, 60))
def test_a_card_holds_the_beginning_of_the_text_and_no_more_than_there_is_room_for(text: str, length: int):
    short = shorten(text, length)

    assert text.startswith(short.removesuffix("…"))
    assert len(short) <= length + 1
