"""The search of the real site: what a practitioner types on /exempel/ and in the header, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Serve
from playwright.sync_api import Browser, Locator, Page, expect

ANSWERED = ".k-results[aria-busy=false]"
HOSTILE = (
    "", " ", "a", "x" * 10_000, "ord " * 2_000, "!?#%&/()=", "*", "+", "-", "+a -b ~c ^d :e title:f*", "dialog^~9 +",
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "a\u0308ldre bo\u0308n",
    "😀😀 👩‍👩‍👧", "\u202edialog\u200b", "__proto__ constructor toString", "%E0%A4%A", "{query} {n} ${1}",
)  # fmt: skip


@pytest.fixture
def site(folder: Path, served: Serve) -> str:
    return served(folder)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that fails its test on anything in the console, any dialog and any request that leaves the site."""
    page, faults = browser.new_page(viewport={"width": 1280, "height": 900}), list[str]()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith((site, "data:")) else None)
    yield page
    page.close()
    assert faults == []


def ask(page: Page, site: str, query: str, more: str = "") -> None:
    page.goto(f"{site}exempel/?q={quote(query)}{more}")
    page.wait_for_selector(ANSWERED)
    page.wait_for_selector(".k-facet", state="attached")


def total(page: Page) -> int:
    """How many hits the page says."""
    return int(re.sub(r"\D", "", page.locator(".k-status strong").inner_text()))


def count_of(page: Page, facet: str, value: str) -> Locator:
    label = page.locator("label", has=page.locator(f'input[name="{facet}"][value="{value}"]'))
    return label.locator(".k-count")


def counted(page: Page, facet: str, value: str) -> int:
    return int(count_of(page, facet, value).inner_text())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dialog ", "Samla arbeid for innbyggardialog"),  # the part of a compound
        ("medborgardi", "Ortsanalyser i skolmatsalen"),  # while typing
        ("brukarundersokning ", "Brukarundersökningar i vård och omsorg"),  # without dots
        ("medborgadialog", "Ortsanalyser i skolmatsalen"),  # a slip
        ("innbyggerdialog", "Ortsanalyser i skolmatsalen"),  # in another language
        ("medarbetarskap", "Helhetlig utviklingsstrategi med fem delstrategier"),
        ("arbeidsmiljo", "Arbetsmiljöarbetet är i stort systematiskt och fungerar väl."),  # both
        ("guldstjärna", "Arbeidet med kommunens visjon"),
        ("Øvre Eiker visjon", "Arbeidet med kommunens visjon"),
    ],
)
def test_what_a_practitioner_types_finds_what_was_meant(page: Page, site: str, typed: str, found: str):
    ask(page, site, typed)

    expect(page.locator(".k-hit h3", has_text=found)).to_have_count(1)


def test_what_was_searched_for_beside_is_told_and_left_out_with_one_click(page: Page, site: str):
    ask(page, site, "undersøkelse")
    expect(page.locator(".k-also")).to_contain_text("Sökte även på: undersökning.")
    assert total(page) >= 3

    page.get_by_role("button", name="Utelämna dem").click()

    expect(page.locator(".k-status")).to_have_text("Inga exempel om undersøkelse.")
    expect(page).to_have_url(re.compile("&exakt=1$"))


def test_a_slip_is_told_as_the_word_that_a_text_says(page: Page, site: str):
    ask(page, site, "kvalitetsarbte")

    expect(page.locator(".k-instead")).to_contain_text("Menade du kvalitetsarbete?")


def test_every_hit_says_why_it_ranks(page: Page, site: str):
    ask(page, site, "ortsanalyser")

    assert all(page.locator(".k-hit .k-why").all_inner_texts())
    hit = page.locator(".k-hit", has_text="Ortsanalyser i skolmatsalen").locator(".k-why")
    assert re.fullmatch("1\\.4 .+: 65\u00a0%, 2016", hit.inner_text())


def test_a_count_is_what_choosing_it_gives_also_with_several_in_one_facet(page: Page, site: str):
    ask(page, site, "utvärdering")
    norway, sweden = counted(page, "country", "no"), counted(page, "country", "se")
    others = counted(page, "kind", "strength")
    page.get_by_label("Norge").check()
    expect(page.locator(".k-status strong")).to_have_text(re.compile(rf"^{norway} träff"))
    expect(count_of(page, "kind", "strength")).not_to_have_text(str(others))  # the new counts are there
    assert counted(page, "country", "se") == sweden

    page.get_by_label("Sverige").check()

    expect(page.locator(".k-status strong")).to_have_text(re.compile(rf"^{norway + sweden} träff"))
    expect(page).to_have_url(re.compile("&land=no&land=se$"))
    page.go_back()
    expect(page.locator(".k-status strong")).to_have_text(re.compile(rf"^{norway} träff"))
    page.go_forward()
    page.get_by_role("button", name="Ta bort alla filter").click()
    expect(page.locator(".k-chips")).to_be_hidden()


def test_hits_can_be_ordered_by_score_and_by_year(page: Page, site: str):
    ask(page, site, "dialog", "&ordning=procent")
    reasons = page.locator(".k-why").all_inner_texts()
    shares = [int(share) for why in reasons for share in re.findall(r"(\d+)\s(?:%|av)", why)]
    assert shares == sorted(shares, reverse=True) and len(shares) > 3

    page.get_by_label("Ordna efter").select_option("year")

    page.wait_for_url("**&ordning=nyast")
    page.wait_for_selector(ANSWERED)
    years = [int(year) for why in page.locator(".k-why").all_inner_texts() for year in re.findall(r"\d{4}$", why)]
    assert years == sorted(years, reverse=True) and len(years) > 3


def test_no_hit_leads_on_to_the_nearest_topics(page: Page, site: str):
    ask(page, site, "medborgarxq")

    expect(page.locator(".k-hint")).to_contain_text("Närliggande ämnen:")
    nearest = page.locator(".k-hint a").first
    name = nearest.inner_text()
    nearest.click()
    expect(page.locator("h1")).to_have_text(name)


def test_a_weak_question_leads_to_the_examples_on_it(page: Page, site: str):
    page.goto(f"{site}kommuner/enkoping/2016/5/")

    page.get_by_role("link", name="Alla exempel för fråga 5.3").click()

    page.wait_for_selector(ANSWERED)
    expect(page.locator(".k-chips")).to_contain_text("5.3")
    expect(page.locator(".k-hit").first).to_contain_text("5.3")


def test_a_narrow_page_never_scrolls_sideways(page: Page, site: str):
    page.set_viewport_size({"width": 320, "height": 700})
    ask(page, site, "medborgardialog")
    page.locator(".k-facets > summary").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_header_groups_what_it_finds_by_kind(page: Page, site: str):
    page.goto(f"{site}kommuner/")
    field = page.locator("input[data-everything]:visible")
    field.fill("medborgardialog")

    for kind in ("Frågor", "Ämnen", "I rapporterna"):
        expect(page.get_by_role("group", name=kind).get_by_role("option").first).to_be_visible()
    field.fill("baerum")
    expect(page.get_by_role("group", name="Kommuner").get_by_role("option").first).to_contain_text("Bærum")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/kommuner/baerum/")


def test_twenty_hostile_queries_are_answered_and_nothing_runs(page: Page, site: str):
    assert len(HOSTILE) == 20
    for query in HOSTILE:
        ask(page, site, query)
        assert page.locator(".k-status").inner_text()
        assert page.locator(".k-results script, .k-results img").count() == 0


def test_where_a_chunk_fails_the_page_says_so_and_the_plain_lists_are_there(browser: Browser, site: str):
    page = browser.new_page()
    page.route("**/t/*.bin", lambda route: route.abort())
    page.goto(f"{site}exempel/?q=medborgardialog")

    expect(page.locator(".k-status")).to_contain_text("Sökningen kunde inte laddas.")
    assert page.get_by_role("link", name="Medborgardialog").first.is_visible()
    page.unroute("**/t/*.bin")
    page.get_by_role("button", name="Försök igen").click()
    expect(page.locator(".k-hit").first).to_be_visible()
    page.close()
