"""The search as a reader meets it: the page /exempel/ in Chromium, below a path, under a strict content policy."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import markdown
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from search_archive import ARCHIVE, VALLBY

from benchmarks import practices as invented
from benchmarks.engine import lay
from generator import search, text
from generator.addresses import address
from generator.model import Strength
from generator.pages.examples import TopicEntry
from generator.pages.parts import Link
from generator.pages.parts import Page as PageOfSite
from generator.pages.render import render
from generator.search import chunks, postings
from generator.search.entries import entries

ROOT = Path(__file__).parent.parent
POLICY = "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'"
HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
ANSWERED = ".k-results[aria-busy=false]"
HOSTILE = [
    "", " ", "x" * 10_000, "!?", "*", "+a -b ~c ^d :e title:f*", "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>", "😀", "__proto__ constructor toString", "a\u0308ldre", "\u202edialog",
    "%E0%A4%A", "{query} {n}", "\\", "&slag=x", "NULL\x7f", "för",
]  # fmt: skip


# The served folder --------------------------------------------------------------------------------------------------


def write_site(folder: Path) -> None:
    """A site below the path /under/: what the build makes of the search, and nothing else."""
    more = tuple(Strength(id=f"vana-{n}", text=f"Vana nummer {n} i nämnden.") for n in range(25))
    vallby = VALLBY.model_copy(update={"year": 2012, "areas": {}, "strengths": more})
    archive = ARCHIVE.model_copy(update={"evaluations": (*ARCHIVE.evaluations, vallby)})
    shutil.copytree(ROOT / "docs" / "assets", folder / "assets")
    lay(folder, search.files(archive, address, "sv"))
    lunr = search.lean(*(path.read_text(encoding="utf-8") for path in search.sources()))
    (folder / "assets" / "lunr.js").write_text(lunr, encoding="utf-8")
    (folder / "exempel").mkdir()
    (folder / "exempel" / "index.html").write_text(find_page(), encoding="utf-8")
    (folder / "exempel" / "medborgardialog").mkdir()
    (folder / "exempel" / "medborgardialog" / "index.html").write_text(HEAD, encoding="utf-8")
    (folder / "analysis.html").write_text(analysis_page(), encoding="utf-8")
    (folder / "header.html").write_text(header_page(), encoding="utf-8")


def find_page() -> str:
    page = PageOfSite(address.EXAMPLES, "Goda exempel", "Påhittat", (), "", "Påhittat.", contents=False)
    topics = (TopicEntry(Link("Medborgardialog", address.topic("medborgardialog")), "1 exempel"),)
    body = render("find.md.jinja", page, "sv", topics=topics).split("---\n", 2)[2]
    html = markdown.markdown(body, extensions=["attr_list", "toc"])
    return f'{HEAD}<html lang="sv"><title>Sök</title><body>{html}</body></html>'


def header_page() -> str:
    said = 'data-everything data-suggestions="Förslag" data-onward="Sök om {query}" data-found="{n} förslag"'
    form = f'<form action="exempel/"><span><input type="search" name="q" aria-label="Sök" {said}></span></form>'
    script = '<script type="module" src="assets/search-header.js"></script>'
    return f'{HEAD}<html lang="sv"><title>Sök</title>{form}{script}'


def analysis_page() -> str:
    scripts = ["assets/lunr.js", "assets/search-analysis.js"]
    return HEAD + "".join(f'<script src="{script}"></script>' for script in scripts)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder with the strict policy, without a word on the terminal."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    write_site(root / "under")
    return root


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/under/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that fails its test on anything in the console, any dialog and any request that leaves the site."""
    page, faults = browser.new_page(viewport={"width": 1280, "height": 900}), list[str]()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda request: faults.append(request.url) if not request.url.startswith((site, "data:")) else None
    )
    yield page
    page.close()
    assert faults == []


def ask(page: Page, site: str, query: str) -> None:
    """Open the search with a question, and wait for the hits and for the facets, which come a little later."""
    page.goto(f"{site}exempel/{query}")
    page.wait_for_selector(ANSWERED)
    page.wait_for_selector(".k-facet", state="attached")


def titles(page: Page) -> list[str]:
    return page.locator(".k-hit h3").all_inner_texts()


def box(page: Page, facet: str, value: str) -> dict[str, object]:
    label = page.locator("label", has=page.locator(f'input[name="{facet}"][value="{value}"]'))
    return {"count": label.locator(".k-count").inner_text(), "checked": label.locator("input").is_checked()}


# What the reader meets ----------------------------------------------------------------------------------------------


def test_the_browser_analyses_words_as_python_does(page: Page, site: str) -> None:
    written = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "evaluations").rglob("*.yml")))
    words = sorted(
        {*text.tokens(written), *text.tokens("Växjö CAFÉ Æblegrød Straße Ðórr øving ünïcødé a\u030angström 2016 ﬁ ŊÁJ")}
    )
    page.goto(f"{site}analysis.html")
    page.evaluate("tables => analysis.use(tables)", text.browser_tables())
    seen = page.evaluate(
        "words => words.map(analysis.fold).map(f => [f, analysis.stem(f, 'sv'), analysis.stem(f, 'nb')])",
        words,
    )
    assert len(words) > 2_000
    assert seen == [[f := text.fold(word), text.stem(f, "sv"), text.stem(f, "nb")] for word in words]
    assert page.evaluate("text => [...new Set(analysis.tokens(text))].sort()", written) == sorted(
        set(text.tokens(written))
    )


def test_a_swedish_word_finds_norwegian_practice_and_says_how(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgardialog")
    assert {
        "Ortsanalyser i skolmatsalen",
        "Samla arbeid for innbyggardialog",
        "En strateg för demokrati är på plats.",
    } <= set(titles(page))
    expect(page.locator(".k-also")).to_contain_text("Sökte även på: innbyggardialog, delaktighet")
    expect(page.locator("mark", has_text="innbyggardialog").first).to_be_visible()
    hit = page.locator(".k-hit", has_text="Samla arbeid")
    assert hit.locator("h3 a").get_attribute("lang") == "nn"
    assert hit.locator(".k-meta").inner_text() == "Åkerø 2019, Norge"
    assert hit.locator(".k-why").inner_text() == "Område 1 Område 1 av 2010: 72 av 100, ★ Guldstjärna, 2019"


def test_only_exact_words_on_request_and_back_again(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgardialog")
    page.get_by_role("button", name="Utelämna dem").click()
    expect(page.locator(".k-hit")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=medborgardialog&exakt=1$"))
    page.get_by_role("button", name="Sök även på liknande ord").click()
    expect(page.locator(".k-hit")).to_have_count(4)


def test_hits_come_while_typing_and_the_address_follows(page: Page, site: str) -> None:
    ask(page, site, "")
    page.locator("#sok").press_sequentially("skolmats")
    expect(page.locator(".k-hit")).to_have_count(1)
    expect(page.locator(".k-status")).to_have_text("1 träff om skolmats")
    expect(page).to_have_url(re.compile(r"\?q=skolmats$"))


def test_the_manifest_is_fetched_once_and_by_the_page_while_the_worker_comes(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    ask(page, site, "?q=skolmats")
    assert asked.count("examples.json") == 1
    assert asked.index("examples.json") < next(at for at, name in enumerate(asked) if name.endswith(".bin"))


def test_what_is_asked_before_the_worker_knows_anything_is_answered(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/examples.json", lambda route: held.append(route))
    with page.expect_request("**/examples.json"):
        page.goto(f"{site}exempel/")
    page.locator("#sok").fill("skolmats")
    held[0].continue_()
    expect(page.locator(".k-status")).to_have_text("1 träff om skolmats")


def test_facets_count_each_other_but_not_themselves(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgardialog&land=no")
    assert titles(page) == ["Samla arbeid for innbyggardialog"]
    assert box(page, "country", "se") == {"count": "3", "checked": False}
    assert box(page, "country", "no") == {"count": "1", "checked": True}
    assert page.locator("select[name=from] option[value='2016']").inner_text() == "2016 (0)"
    assert box(page, "kind", "gold_star")["count"] == box(page, "kind", "example")["count"] == "1"


def test_a_choice_is_a_step_in_the_history_and_a_chip(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgardialog")
    page.get_by_label("Norge").check()
    expect(page.locator(".k-hit")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=medborgardialog&land=no$"))
    page.go_back()
    expect(page.locator(".k-hit")).to_have_count(4)
    page.go_forward()
    page.get_by_role("button", name="Ta bort filtret Norge").click()
    expect(page.locator(".k-hit")).to_have_count(4)
    expect(page).to_have_url(re.compile(r"\?q=medborgardialog$"))


def test_the_keyboard_keeps_its_place_in_the_facets(page: Page, site: str) -> None:
    ask(page, site, "")
    page.get_by_label("Norge").focus()
    page.keyboard.press("Space")
    expect(page.locator(".k-chips li")).to_have_count(1)
    assert page.evaluate("document.activeElement.value") == "no"


def test_without_a_query_everything_newest_first_and_more_on_request(page: Page, site: str) -> None:
    ask(page, site, "")
    expect(page.locator(".k-status")).to_have_text("32 träffar")
    assert titles(page)[:2] == ["Medarbeiderskap er ein vane.", "Samla arbeid for innbyggardialog"]
    page.get_by_role("button", name="Visa fler").click()
    expect(page.locator(".k-hit")).to_have_count(20)
    assert page.locator(".k-hit h3 a").nth(10).evaluate("a => a === document.activeElement")
    page.get_by_role("button", name="Visa fler").click()
    page.get_by_role("button", name="Visa fler").click()
    expect(page.locator(".k-hit")).to_have_count(32)
    expect(page.locator(".k-more")).to_be_hidden()


def test_the_order_can_be_chosen(page: Page, site: str) -> None:
    ask(page, site, "?ordning=procent")
    assert titles(page)[:2] == ["Samla arbeid for innbyggardialog", "Ortsanalyser i skolmatsalen"]
    page.get_by_label("Ordna efter").select_option("year")
    page.wait_for_url("**/?ordning=nyast")


def test_hits_with_some_of_the_words_follow_where_few_or_none_have_all(page: Page, site: str) -> None:
    ask(page, site, "?q=vana vällby")
    expect(page.locator(".k-status")).to_contain_text("25 träffar")
    ask(page, site, "?q=samla innbyggardialog")
    assert titles(page)[0] == "Samla arbeid for innbyggardialog"
    expect(page.locator(".k-hint")).to_have_text(
        "Få träffar handlar om alla orden. Här är också de som handlar om något av dem."
    )
    ask(page, site, "?q=quiz innbyggardialog")
    expect(page.locator(".k-hint")).to_have_text(
        "Ingen träff handlar om alla orden. Här är de som handlar om något av dem."
    )
    assert "Alla äger sitt medarbetarskap" in titles(page)


def test_a_municipality_in_the_query_is_a_way_to_its_page(page: Page, site: str) -> None:
    for query in ("vällby dialog", "vallby", "Vällbys"):
        ask(page, site, f"?q={query}")
        assert page.locator(".k-towns a").evaluate("a => a.href") == f"{site}kommuner/vallby/"


def test_a_hit_leads_to_its_very_place_below_the_path(page: Page, site: str) -> None:
    ask(page, site, "?q=ortsanalyser")
    assert page.locator(".k-hit h3 a").first.evaluate("a => a.href") == f"{site}kommuner/vallby/2016/1/#ortsanalyser"


def test_no_hit_says_so_and_shows_ways_on(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgarhusen&land=se")
    expect(page.locator(".k-status")).to_have_text("Inga exempel om medborgarhusen.")
    hint = page.locator(".k-hint")
    expect(hint).to_contain_text("Närliggande ämnen: Medborgardialog")
    expect(hint.get_by_role("button")).to_have_text(["Ta bort alla filter", "Sök i alla länder"])


def test_a_slip_of_the_finger_is_understood_and_said(page: Page, site: str) -> None:
    ask(page, site, "?q=medborgardialgo")
    expect(page.locator(".k-instead")).to_have_text(
        "Inget innehåller medborgardialgo. Menade du medborgardialog? Det är det som visas."
    )
    page.get_by_role("button", name="medborgardialog").click()
    expect(page.locator(".k-instead")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?q=medborgardialog$"))


def test_a_slip_and_what_is_no_word_at_all_cost_few_files(page: Page, site: str, folder: Path) -> None:
    lay(folder / "under" / "many", search.files(invented.archive(500), address, "sv"))
    (folder / "under" / "many" / "exempel").mkdir()
    (folder / "under" / "many" / "exempel" / "index.html").write_text(find_page(), encoding="utf-8")
    manifest = json.loads((folder / "under" / "many" / "assets" / "search" / "examples.json").read_text("utf-8"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/t/" in request.url else None)
    ask(page, f"{site}many/", "?q=kvalitetn%20")
    expect(page.locator(".k-instead")).to_contain_text("Menade du kvalitet?")
    assert len(manifest["keys"].split("\n")) > 40 and len(asked) <= 4

    asked.clear()
    ask(page, f"{site}many/", "?q=undersökningsxyzq%20")
    expect(page.locator(".k-status")).to_have_text("Inga exempel om undersökningsxyzq.")
    assert len(asked) <= 22


def test_a_word_that_others_begin_with_is_summed_up_in_one_entry_wherever_a_chunk_is_cut(
    page: Page, site: str, folder: Path
) -> None:
    words = {"kommun": 9_000, "kommunal": 5_000, "kommunstyrelse": 5_000, "kontor": 10}
    said = ((number, {word: (1.0, 1) for word, times in words.items() if number < times}) for number in range(9_000))
    made = list(chunks.chunks(entries(postings.Postings(postings.collected(said), 20_000), [], [], []), 20_000))
    for number, (_, chunk) in enumerate(made):
        path = folder / "under" / "sums" / "t" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zlib.compress(chunk))
    told = {"folder": "sums/", "keys": "\n".join(first for first, _ in made), "documents": 20_000}
    page.goto(f"{site}analysis.html")
    page.add_script_tag(url="assets/search-chunks.js")
    begun = page.evaluate(
        """async ([told, words]) => {
          const index = new chunks.Index(told, location);
          return Promise.all(words.map(async (word) => (await index.beginning(word)).map(({ key }) => key)));
        }""",
        [told, ["ko", "kom", "kommun", "kommuna", "kont"]],
    )
    assert begun == [["ko*"], ["kom*"], ["kom*"], ["kommunal"], ["kontor"]]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:20]))
def test_any_query_is_answered_and_nothing_runs(page: Page, site: str, query: str) -> None:
    ask(page, site, f"?q={quote(query)}&slag=__proto__&omrade=constructor&amne=%3Cb%3E&ar=x&ordning=zzz")
    assert page.locator(".k-status").inner_text()
    assert page.locator(".k-results script, .k-results img").count() == 0
    expect(page.locator(".k-chips")).to_be_hidden()


def test_markup_in_a_title_is_shown_as_text(page: Page, site: str) -> None:
    ask(page, site, "?q=något")
    assert "Något </script> utan år" in titles(page)


def test_narrow_screens_fold_the_facets_and_say_how_many_are_chosen(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    ask(page, site, "?land=no")
    facets = page.locator(".k-facets")
    assert facets.get_attribute("open") is None
    assert facets.locator("> summary").inner_text() == "Avgränsa (1 val)"


def test_a_failed_search_says_so_and_can_be_tried_again(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/examples.json", lambda route: route.abort())
    page.goto(f"{site}exempel/?q=skolmatsalen")
    expect(page.locator(".k-status")).to_contain_text("Sökningen kunde inte laddas.")
    page.unroute("**/examples.json")
    page.get_by_role("button", name="Försök igen").click()
    expect(page.locator(".k-hit")).to_have_count(1)
    page.close()


def test_without_script_the_topics_are_plain_links_and_the_form_is_away(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}exempel/?q=medborgardialog")
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator(".k-find")).to_be_hidden()
    assert page.get_by_role("link", name="Medborgardialog").get_attribute("href") == "medborgardialog/"
    page.close()


# Facets, suggestions, memory ------------------------------------------------------------------------------------------


def test_several_choices_in_one_facet_and_a_range_of_years(page: Page, site: str) -> None:
    ask(page, site, "")
    page.get_by_label("Gott exempel").check()
    page.get_by_label("Styrka").check()
    page.get_by_label("Från", exact=True).select_option("2019")
    expect(page.locator(".k-status")).to_have_text("2 träffar")
    expect(page).to_have_url(re.compile(r"\?slag=example&slag=strength&fran=2019$"))
    expect(page.locator(".k-chips li")).to_have_count(4)
    page.get_by_role("button", name="Ta bort alla filter").click()
    expect(page.locator(".k-status")).to_have_text("32 träffar")
    page.go_back()
    expect(page.locator(".k-status")).to_have_text("2 träffar")
    expect(page.get_by_label("Från", exact=True)).to_have_value("2019")


def test_folded_facets_open_where_something_is_chosen(page: Page, site: str) -> None:
    ask(page, site, "?fraga=1.4&lan=S%C3%B6dra%20l%C3%A4n")
    expect(page.locator(".k-hit")).to_have_count(1)
    expect(page.get_by_label("1.4", exact=False).first).to_be_checked()
    expect(page.locator(".k-chips li")).to_have_count(3)


def test_the_field_suggests_topics_and_the_latest_searches_to_the_keyboard(page: Page, site: str) -> None:
    ask(page, site, "")
    field = page.locator("#sok")
    field.fill("quiz")
    field.press("Enter")
    expect(page.locator(".k-hit")).to_have_count(1)
    field.fill("")
    expect(page.locator(".k-suggestion").first).to_have_text("quiz")
    field.fill("medb")
    expect(page.locator(".k-suggestion")).to_have_text(["Medborgardialog"])
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.locator(".k-suggestion").first.get_attribute("id")
    field.press("Enter")
    expect(field).to_have_value("Medborgardialog")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_words_without_dots_and_parts_of_compounds_are_found(page: Page, site: str) -> None:
    ask(page, site, "?q=namnden%20")
    expect(page.locator(".k-status")).to_contain_text("25 träffar")
    ask(page, site, "?q=dialog%20&exakt=1")
    assert "Samla arbeid for innbyggardialog" in titles(page)


# When something is missing --------------------------------------------------------------------------------------------


def test_a_chunk_that_fails_is_said_and_can_be_tried_again(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/t/*.bin", lambda route: route.abort())
    page.goto(f"{site}exempel/?q=skolmatsalen")
    expect(page.locator(".k-status")).to_contain_text("Sökningen kunde inte laddas.")
    assert page.get_by_role("link", name="Medborgardialog").first.is_visible()
    page.unroute("**/t/*.bin")
    page.get_by_role("button", name="Försök igen").click()
    expect(page.locator(".k-hit")).to_have_count(1)
    page.close()


def test_a_page_from_before_a_new_site_asks_for_the_manifest_and_answers(browser: Browser, tmp_path: Path) -> None:
    write_site(tmp_path / "under")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/under/exempel/?q=quiz")
    expect(page.locator(".k-hit")).to_have_count(1)
    # The facets come after the first hits, and are to be there before the old files go.
    page.wait_for_selector(".k-facet", state="attached")
    manifest = tmp_path / "under" / "assets" / "search" / "examples.json"
    before = manifest.stat().st_mtime
    shutil.rmtree(manifest.parent)
    lay(tmp_path / "under", search.files(ARCHIVE, address, "sv"))
    # This server tells what has changed by the second.
    os.utime(manifest, (before + 10, before + 10))
    page.locator("#sok").fill("vana")
    page.locator("#sok").press("Enter")
    expect(page.locator(".k-status")).to_have_text("1 träff om vana")
    expect(page.locator(".k-hit")).to_contain_text("Medarbeiderskap er ein vane.")
    page.close()
    server.shutdown()
    server.server_close()


def test_an_index_of_another_form_asks_for_the_page_anew(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/examples.json", lambda route: route.fulfill(json={"format": 0}))
    page.goto(f"{site}exempel/")
    expect(page.locator(".k-status")).to_contain_text("Sökningen kunde inte laddas.")
    page.close()


# The field of every page ----------------------------------------------------------------------------------------------


def test_the_header_finds_pages_by_kind_and_leads_there(page: Page, site: str) -> None:
    page.goto(f"{site}header.html")
    field = page.locator("input[data-everything]")
    field.press_sequentially("vallby")
    expect(page.get_by_role("group", name="Kommuner").get_by_role("option")).to_contain_text(["Vällby"])
    expect(page.get_by_role("option").last).to_have_text("Sök om vallby")
    field.fill("dialog")
    expect(page.get_by_role("group", name="Ämnen").get_by_role("option")).to_contain_text(["Medborgardialog"])
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/exempel/medborgardialog/")


@pytest.mark.parametrize("query", HOSTILE[2:8], ids=lambda query: ascii(query[:20]))
def test_the_header_answers_any_query_and_nothing_runs(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}header.html")
    page.locator("input[data-everything]").fill(query)
    expect(page.get_by_role("option").last).to_contain_text("Sök om")
    assert page.locator(".k-suggestions script, .k-suggestions img").count() == 0
