"""Paper: the real site in the colours of print, and a whole evaluation as a tagged PDF with bookmarks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Serve
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
REPORT, EVALUATION, MUNICIPALITY = "kommuner/enkoping/2016/rapport/", "kommuner/enkoping/2016/", "kommuner/enkoping/"
KINDS = ["", "kommuner/", MUNICIPALITY, EVALUATION, f"{EVALUATION}1/", REPORT, "omraden/2015/1/", "exempel/", "luckor/"]
SCREEN_ONLY = ".k-header, .k-footer, .k-crumbs, .md-sidebar, .k-pager, .k-search, .k-embed, .k-tools > :is(a, button)"
SHOWN = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
A4 = {"width": 658, "height": 975}
"""174 by 258 mm at 96 points an inch: what the margins leave."""


@pytest.fixture(scope="module")
def printed(folder: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `python -m generator pdf` writes of one evaluation."""
    to = tmp_path_factory.mktemp("pdf") / "new"
    command = [sys.executable, "-m", "generator", "pdf", "--site", str(folder), "--to", str(to), "enkoping/2016"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    file = to / "enkoping-2016.pdf"

    assert 0 == done.returncode, done.stdout + done.stderr
    assert done.stdout.startswith(f"{file} (")
    assert [file] == list(to.iterdir())
    return file


@pytest.fixture(scope="module")
def pdf(printed: Path) -> bytes:
    return printed.read_bytes()


@pytest.fixture
def paper(browser: Browser, folder: Path, served: Serve) -> Iterator[Page]:
    """A page as wide as the paper's text, in the colours of print."""
    page = browser.new_page(base_url=served(folder), viewport=A4)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    yield page
    page.close()


def test_the_pdf_is_tagged_has_bookmarks_a_language_and_a_title(pdf: bytes):
    title = "Enköping 2016: hela utvärderingen – Kommunkompassen i Norden"

    assert pdf.startswith(b"%PDF-")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Outlines", b"/Lang (sv)"):
        assert part in pdf
    assert title.encode("utf-16-be").hex().upper().encode() in pdf or title.encode("utf-16-be") in pdf


def test_the_charts_of_the_pdf_are_drawn_not_pictured(pdf: bytes):
    assert b"/Subtype /Image" not in pdf
    assert b"/FontFile2" in pdf or b"/FontFile3" in pdf


def test_the_links_of_the_pdf_lead_within_it_or_to_sources(pdf: bytes):
    """No address is set for the site, so that a link to another page of it would lead nowhere."""
    assert b".invalid" not in pdf and b"127.0.0.1" not in pdf
    assert pdf.count(b"/Dest") > 10


def test_the_pdf_reads_in_order_with_the_letters_of_the_north(printed: Path, pdf: bytes):
    """Where poppler is there to read it."""
    if not shutil.which("pdftotext"):
        assert len(re.findall(rb"/Type /Page\b", pdf)) > 3
        return
    command = ["pdftotext", str(printed), "-"]
    text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    at = 0
    for words in (
        "Enköping 2016: hela utvärderingen", "Innehåll", "Så hänvisar du hit", "Sammanfattning", "Åtta områden",
        "Poäng per område", "1 Offentlighet och demokrati", "Frågor och poäng", "Ortsanalyser i skolmatsalen",
        "8 Kommunen som samhällsbyggare", "Källor", "analys av Enköpings kommun, maj 2016", "Så hänvisar du hit",
    ):  # fmt: skip
        at = text.index(words, at + 1) if at else text.index(words) + 1
    assert "Enköping 2016: hela utvärderingen – Kommunkompassen i Norden\n/kommuner/enkoping/2016/rapport/ · 20" in text


@pytest.mark.parametrize("where", KINDS)
def test_paper_holds_no_navigation_and_is_black_on_white(paper: Page, where: str):
    paper.goto(where)

    assert [] == paper.locator(SCREEN_ONLY).evaluate_all(SHOWN)
    assert "rgb(0, 0, 0)" == paper.locator("h1").evaluate("one => getComputedStyle(one).color")
    assert paper.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_figures_and_rows_are_not_cut_and_long_chapters_begin_a_sheet(paper: Page):
    paper.goto(REPORT)
    breaks = "(all, side) => [...new Set(all.map(one => getComputedStyle(one)[side]))]"

    assert ["avoid"] == paper.locator(".k-fig svg.k-wide, tr, .k-total, .k-example").evaluate_all(breaks, "breakInside")
    assert ["avoid"] == paper.locator(".k-questions, .k-fig:has(.k-questions)").evaluate_all(breaks, "breakInside")
    assert ["page"] == paper.locator("h2.k-sheet").evaluate_all(breaks, "breakBefore")
    assert ["table-row-group"] == paper.locator("tfoot").evaluate_all(breaks, "display")


def test_a_folded_table_is_opened_on_paper_and_the_wide_drawing_is_taken(paper: Page):
    paper.goto(MUNICIPALITY)

    assert paper.locator(".k-data table").first.is_visible()
    assert paper.locator("svg.k-wide").first.is_visible()
    assert not paper.locator("svg.k-narrow").first.is_visible()


def test_of_a_comparison_only_what_was_chosen_is_printed(paper: Page):
    paper.goto("jamfor/?e=enkoping-2016&e=enkoping-2018")
    paper.wait_for_selector("form[data-ready]", state="attached")

    assert ["Poäng per område: Enköping 2016 och Enköping 2018"] == paper.locator("caption:visible").all_inner_texts()
    assert 1 == paper.locator(".k-compared svg.k-wide:visible").count()


def test_the_foot_tells_title_address_and_day(paper: Page):
    paper.goto(f"{EVALUATION}?a=b")
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    foot = paper.evaluate("document.documentElement.style.getPropertyValue('--k-print-foot')")

    address = r"127\.0\.0\.1:\d+/kommuner/enkoping/2016/\?a=b"
    assert re.fullmatch(rf'"Enköping 2016 – Kommunkompassen i Norden\\a {address} · \d{{4}}-\d\d-\d\d"', foot)


def test_the_narrow_header_leads_to_the_search(browser: Browser, folder: Path, served: Serve):
    page = browser.new_page(base_url=served(folder), viewport={"width": 320, "height": 700})
    page.goto(REPORT)
    page.get_by_role("link", name="Sök goda exempel").click()
    page.wait_for_url("**/exempel/#sok")

    assert page.locator("#sok").is_visible()
    page.close()
