"""The compare page as a reader meets it: /jamfor/ in Chromium, under a strict content policy, with our own figures."""

from __future__ import annotations

import csv
import functools
import gzip
import http.server
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import markdown
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator import analysis
from generator.charts import comparisons
from generator.load import load
from generator.model import Archive, Evaluation
from generator.pages import compare_data, pages
from generator.pages.site import Publisher, tell
from generator.text import words

ROOT = Path(__file__).parent.parent
POLICY = "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'"
HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
READY = "form[data-ready]"
FIGURE = ".k-compared figure"
HANGS = 1000
"""Milliseconds: ten times the budget of a choice, so that a busy machine does not fail and a slower design does."""


@pytest.fixture(scope="module")
def archive() -> Archive:
    return load(ROOT / "evaluations").archive


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, archive: Archive) -> Path:
    """The page below the path /under/, with the site's scripts and look, and nothing else."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "docs" / "assets", root / "under" / "assets")
    made = pages(archive, "sv").files
    (data,) = [path for path in made if path.startswith(compare_data.FOLDER)]
    for path, text in {data: made[data], "jamfor/index.html": html(made["jamfor/index.md"])}.items():
        target = root / "under" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def html(page: str) -> str:
    """As the builder makes it; the images of the suggested pair are left out, which the site has inline."""
    text = re.sub(r"<img [^>]*>", "", page.split("---\n", 2)[2])
    body = markdown.markdown(text, extensions=["attr_list", "toc"])
    look = '<link rel="stylesheet" href="../assets/kommunkompassen.css">'
    main = f'<main class="md-typeset"><div class="md-content__inner">{body}</div></main>'
    return f'{HEAD}{look}<html lang="sv"><title>Jämför</title><body>{main}</body></html>'


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder with the strict policy, without a word on the terminal."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/under/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that fails its test on anything in the console and on any request that leaves the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: faults.append(request.url) if not request.url.startswith((site, "data:", "blob:")) else None,
    )
    yield page
    context.close()
    assert faults == []


def opened(page: Page, site: str, query: str = "") -> Page:
    page.goto(f"{site}jamfor/{query}")
    page.wait_for_selector(READY, state="attached")
    return page


def table(page: Page) -> list[list[str]]:
    rows = page.locator(".k-compared table").first.locator("tbody tr, tfoot tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def saved(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner CSV").click()
    return list(csv.reader(io.StringIO(download.value.path().read_bytes().decode("utf-8"))))


def of(archive: Archive, slug: str) -> Evaluation:
    return next(each for each in archive.evaluations if each.slug == slug)


def test_a_pair_in_the_address_has_the_right_figures_and_the_right_sentence(page: Page, site: str):
    opened(page, site, "?e=enkoping-2016&e=orebro-2012")

    expect(page.locator("h1")).to_have_text("Enköping 2016 och Örebro 2012")
    expect(page.locator(f"{FIGURE} h2")).to_have_text("Störst skillnad i område 4: 42 mot 74 poäng")
    expect(page.locator(f"{FIGURE} figcaption")).to_contain_text("Örebro 2012 har fler poäng i åtta områden")
    expect(page.locator(FIGURE)).to_contain_text("Jämförelsen vilar på alla åtta områden.")
    expect(page.locator(FIGURE)).to_contain_text("2015 års modell är något strängare än 2010 års.")
    assert [["54", "68", "−14"], ["434", "615", "−181"]] == [table(page)[n][1:] for n in (0, -1)]


def test_the_link_gives_the_same_page_again_and_the_file_equals_it(page: Page, site: str):
    opened(page, site, "?e=orebro-2012")
    page.get_by_role("combobox", name="Utvärdering 2").select_option("enkoping-2016")
    page.get_by_label("Tryckt genomsnitt").select_option("sverige-2014")
    page.get_by_role("button", name="Kopiera länk").click()
    expect(page.locator(".k-comparing .k-status")).to_have_text("Länken är kopierad.")
    shown, link = table(page), page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    page.wait_for_selector(READY, state="attached")

    assert link.endswith("?e=orebro-2012&e=enkoping-2016&a=sverige-2014")
    assert shown == table(page)
    file = saved(page)
    assert ["level", "number", "title", "Örebro 2012", "Enköping 2016", "Genomsnitt 2014"] == file[0]
    assert [row[1:] for row in shown] == [row[3:] for row in (*file[2:10], file[1])]


def test_the_file_of_a_pair_holds_the_table_and_the_difference(page: Page, site: str):
    opened(page, site, "?e=karlskrona-2014&e=karlskrona-2011")
    shown, file = table(page), saved(page)

    assert [[cell.split(" ")[0].replace("−", "-").replace("+", "") for cell in row[1:]] for row in shown] == [
        row[3:] for row in (*file[2:10], file[1])
    ]


def test_the_page_starts_with_a_suggested_pair(page: Page, site: str, archive: Archive):
    ((one, other),) = analysis.suggested(archive, 1)
    opened(page, site)

    expect(page.get_by_role("combobox", name="Första utvärderingen")).to_have_value(one.slug)
    expect(page.get_by_role("combobox", name="Utvärdering 2")).to_have_value(other.slug)
    assert len(table(page)) == 9


def test_what_does_not_compare_is_not_drawn_and_says_why(page: Page, site: str):
    opened(page, site, "?e=vallentuna-2021&e=orebro-2012")

    expect(page.locator(FIGURE)).to_contain_text("Bara totalen går att jämföra: modellerna skiljer sig.")
    assert 0 == page.locator(f"{FIGURE} svg").count()
    assert {"annan modell"} == {row[2] for row in table(page)[:-1]}


def test_six_evaluations_stand_as_small_multiples_beside_the_first(page: Page, site: str):
    six = "enkoping-2016 molndal-2016 gallivare-2016 orebro-2012 grastorp-2014 karlskrona-2014 karlskrona-2011"
    opened(page, site, "?" + "&".join(f"e={slug}" for slug in six.split()))

    expect(page.locator(FIGURE)).to_have_count(5)
    assert 7 == len(table(page)[0])
    expect(page.get_by_role("button", name="Lägg till en utvärdering")).to_be_hidden()


def test_an_unknown_evaluation_in_the_address_is_named(page: Page, site: str):
    opened(page, site, "?e=%3Cb%3Ex&e=enkoping-2016&e=constructor")

    expect(page.locator(".k-compared > .k-notice")).to_contain_text("<b>x, constructor")


def test_a_group_shows_its_rule_its_size_and_can_be_changed(page: Page, site: str):
    opened(page, site, "?e=enkoping-2016&e=molndal-2016&g=country,areas")
    group = page.locator("[data-part=group]")

    expect(group.locator("[data-part=count]")).to_contain_text("utvärderingar i gruppen")
    before = group.locator("[data-add]").count()
    page.get_by_label("Visa gruppens median").check()
    expect(page.locator(".k-compared")).to_contain_text("Den är inte ett tryckt genomsnitt.")
    page.get_by_label("Bara de som fick fler poäng än den första").select_option("4")
    expect(group.locator("[data-add]")).not_to_have_count(before)
    assert 0 < group.locator("[data-add]").count() < before
    page.get_by_label("Folkmängd inom ±30 %").check()
    expect(page).to_have_url(re.compile("g=country,areas,size"))


def choose_by_keyboard(page: Page, label: str, name: str) -> None:
    """Go to a choice of the list with the focus: letters after the first count as one word only if they are quick."""
    field = page.get_by_role("combobox", name=label)
    page.keyboard.press(name[0])
    expect(field.locator("option:checked")).to_have_text(re.compile(f"^{name[0]}"))
    steps = field.evaluate("""(list, name) => {
      const open = [...list.options].filter((one) => !one.disabled);
      return open.findIndex((one) => one.text === name) - open.findIndex((one) => one.selected);
    }""", name)
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    expect(field.locator("option:checked")).to_have_text(name)


def test_the_page_is_used_from_the_keyboard_alone(page: Page, site: str):
    opened(page, site, "?e=enkoping-2016&e=orebro-2012")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Första utvärderingen")).to_be_focused()
    choose_by_keyboard(page, "Första utvärderingen", "Karlskrona 2014")
    page.keyboard.press("Tab")
    expect(page.locator("h1")).to_have_text("Karlskrona 2014 och Örebro 2012")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Örebro 2012 och Karlskrona 2014")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Utvärdering 3")).to_be_focused()
    choose_by_keyboard(page, "Utvärdering 3", "Mölndal 2016")
    page.keyboard.press("Tab")
    expect(page.locator(FIGURE)).to_have_count(2)


@pytest.mark.parametrize("query", ["?e=enkoping-2016&e=orebro-2012", "?e=vallentuna-2021&e=roros-2017&g=country"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(page: Page, site: str, query: str, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, site, query)
    found = Axe().run(page, options={"rules": {"region": {"enabled": False}}}).response["violations"]

    assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_pairs_are_there_to_read(browser: Browser, site: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}jamfor/")

    assert page.locator(".k-compared table tbody tr").count() == 8
    assert page.get_by_role("link", name="Karlskrona").count()
    context.close()


# The browser says what we say ---------------------------------------------------------------------------------------

SAID = """async (pairs) => {
  const rules = await import("../assets/compare-rules.js");
  const form = document.querySelector("[data-compare]");
  const data = rules.read(await (await fetch(form.dataset.compare)).json()), say = rules.speaker(data.words);
  return pairs.map(([one, other]) => {
    const found = rules.comparison(data.bySlug.get(one), data.bySlug.get(other), data);
    return [rules.title(found, say), rules.sentence(found, say), rules.basis(found, say),
      found.questions.map(({number, one, other, way}) => [number, one, other, way])];
  });
}"""


def test_the_browser_says_the_same_of_every_pair_as_we_do(page: Page, site: str, archive: Archive):
    known = compare_data.comparable(archive)
    pairs = list(permutations(known, 2))
    opened(page, site)
    said = page.evaluate(SAID, [[one.slug, other.slug] for one, other in pairs])

    assert [expected(one, other, archive) for one, other in pairs] == said


def expected(one: Evaluation, other: Evaluation, archive: Archive) -> list[Any]:
    t, beside = words("sv"), analysis.comparison(one, other, archive)
    site = tell(archive, "sv", Publisher())
    names = (site.name(one), site.name(other))
    questions = [[q.number, q.one.model_dump(), q.other.model_dump(), q.direction] for q in beside.questions]
    return [
        comparisons.title(beside, t),
        comparisons.sentence(beside, names, t),
        comparisons.basis(beside, t),
        questions,
    ]


def test_the_browser_knows_the_same_peers(page: Page, site: str, archive: Archive):
    opened(page, site)
    script = """async () => {
      const rules = await import("../assets/compare-rules.js");
      const form = document.querySelector("[data-compare]");
      const data = rules.read(await (await fetch(form.dataset.compare)).json());
      const rule = { country: true, areas: true, county: false, size: true };
      const of = (each) => rules.peers(each, rule, data).map(({ slug }) => slug).sort();
      return Object.fromEntries(data.evaluations.map((each) => [each.slug, of(each)]));
    }"""
    ours = {
        e.slug: sorted(p.slug for p in analysis.peers(e, archive).evaluations) for e in compare_data.comparable(archive)
    }

    assert ours == page.evaluate(script)


# Five hundred -------------------------------------------------------------------------------------------------------


def many(archive: Archive, count: int) -> Archive:
    """As many invented evaluations, all complete down to questions, of real municipalities."""
    edition = archive.editions["2015"]
    slugs = [slug for slug, place in sorted(archive.municipalities.items()) if place.country == "se"]
    made = [invented(slugs[n % len(slugs)], 2015 + n // len(slugs), n, edition) for n in range(count)]
    return archive.model_copy(update={"evaluations": tuple(made)})


def invented(slug: str, year: int, seed: int, edition: Any) -> Evaluation:
    areas: dict[int, Any] = {}
    for number, area in edition.areas.items():
        questions = {}
        for at, (key, question) in enumerate(area.questions.items()):
            percent = (seed * 7919 + number * 104729 + at * 1299709) % 101
            points = (2 * question.maximum * percent + 100) // 200
            questions[key] = {"points": points, "maximum": question.maximum, "percent": percent}
        areas[number] = {"points": min(100, sum(q["points"] for q in questions.values())), "questions": questions}
    total = sum(area["points"] for area in areas.values())
    identity = {"country": "se", "municipality": slug, "year": year, "edition": "2015", "language": "sv"}
    source = {"title": "Påhittad", "read": "2026-11-23"}
    return Evaluation.model_validate({**identity, "sources": [source], "total": total, "areas": areas})


def test_five_hundred_evaluations_are_little_to_send_and_quick_to_compare(
    page: Page, site: str, folder: Path, archive: Archive
):
    told = tell(many(archive, 500), "sv", Publisher())
    _, text = compare_data.data_file(told, None)
    assert len(gzip.compress(text.encode(), 6, mtime=0)) <= 60_000
    assert 500 == len(json.loads(text)["evaluations"])

    (folder / "under" / "assets" / "many.json").write_text(text, encoding="utf-8")
    page.route("**/assets/compare/*.json", lambda route: route.fulfill(path=folder / "under" / "assets" / "many.json"))
    first, second = (e.slug for e in told.archive.evaluations[:2])
    opened(page, site, f"?e={first}&e={second}")
    script = """(slug) => {
      const select = document.querySelectorAll("[data-choice]")[1], start = performance.now();
      select.value = slug;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      document.body.getBoundingClientRect();
      return performance.now() - start;
    }"""
    times = sorted(page.evaluate(script, each.slug) for each in told.archive.evaluations[2:13])

    assert times[len(times) // 2] <= HANGS


def test_the_same_archive_gives_the_same_file(archive: Archive):
    one, other = (compare_data.data_file(tell(archive, "sv", Publisher()), None) for _ in range(2))

    assert one == other
