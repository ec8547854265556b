"""Attacks in every text field: the site is built, shows each as the text it is, and runs none of it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.__main__ import main
from generator.publish import inspect, policy_in_page
from tests.conftest import Compare, Serve
from tests.hostile.corpus import ATTACKS, FIELDS, MARK, NAMES, expected, mark, slug, squeezed, text, write

ROOT = Path(__file__).parent.parent
ANSWERED = ".k-results[aria-busy=false]"
LIMIT = 600
"""Seconds after which the build hangs."""
NOWHERE = {"parallel name", "target", "average source", "known source"}
"""Fields that the site shows nowhere but in the YAML file."""
PLACES = ("heading", "text", "title", "description", "crumbs", "attribute", "drawing", "search", "JSON", "CSV", "SVG")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hostile") / "evaluations")


@pytest.fixture(scope="session")
def built(corpus: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", "--evaluations", str(corpus), "--work", str(corpus.parent)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=LIMIT)


@pytest.fixture(scope="session")
def site(built: subprocess.CompletedProcess[str], corpus: Path) -> Path:
    assert 0 == built.returncode, built.stdout + built.stderr
    return corpus.parent / "site"


# Text everywhere ----------------------------------------------------------------------------------------------------


class Seen:
    """Where marks were met, and where one stood without its whole attack before it."""

    def __init__(self) -> None:
        self.places: dict[str, set[str]] = defaultdict(set)
        self.broken: list[tuple[str, str, str]] = []

    def read(self, path: str, place: str, words: str) -> None:
        if "zq" not in words:
            return
        words = squeezed(words)
        for found in MARK.finditer(words):
            self.places[found[0]].add(place)
            before = words[: found.end()]
            if not any(before.endswith(whole) or _part(place, before, whole) for whole in expected(found)):
                self.broken.append((path, place, before[-90:]))


def _part(place: str, before: str, whole: str) -> bool:
    """A label is broken into lines, and the search cuts a text into words: then the end of it is what may stand."""
    return place in ("search", "JSON") and whole.endswith(before)


@pytest.fixture(scope="session")
def seen(site: Path) -> Seen:
    """Every text of the site that a mark stands in."""
    seen, readers = Seen(), {".html": _page, ".svg": _drawing, ".json": _data, ".csv": _table}
    for path in sorted(path for path in site.resolve().rglob("*") if path.suffix in readers):
        name = path.relative_to(site.resolve()).as_posix()
        if not name.startswith("assets/search/"):
            readers[path.suffix](seen, name, path.read_bytes().decode("utf-8"))
    for path in sorted(site.resolve().glob("assets/search/**/*.bin")):
        _found(seen, path.name, zlib.decompress(path.read_bytes()))
    return seen


def _drawing(seen: Seen, name: str, content: str) -> None:
    seen.read(name, "SVG", _words(LexborHTMLParser(content).root))


def _data(seen: Seen, name: str, content: str) -> None:
    for words in _strings(json.loads(content)):
        seen.read(name, "JSON", words)


def _found(seen: Seen, name: str, content: bytes) -> None:
    """What the search shows is JSON; its lists of words hold words alone, cut and folded."""
    try:
        shown = json.loads(content)
    except ValueError:
        return
    for words in _strings(shown):
        seen.read(name, "search", words)


def _table(seen: Seen, name: str, content: str) -> None:
    for row in csv.reader(io.StringIO(content, newline="")):
        for cell in row:
            seen.read(name, "CSV", _as_written(cell))


def _page(seen: Seen, name: str, content: str) -> None:
    root = LexborHTMLParser(content).root
    assert root is not None
    for code in root.css("textarea"):
        # Code to paste: on a stranger's page it is read as a page is.
        assert not LexborHTMLParser(code.text()).css("script, iframe, style, svg, object, form, [onerror]")
        _page(seen, name, code.text())
        code.decompose()
    for node in root.traverse():
        for attribute, value in node.attributes.items():
            described = node.tag == "meta" and attribute == "content"
            own = attribute == "href" and "://" not in (value or "")
            seen.read(name, "description" if described else "attribute", unquote(value or "") if own else value or "")
    parts = {"heading": "h1", "title": "head title", "crumbs": ".k-crumbs", "drawing": "figure svg"}
    for place, selector in parts.items():
        for node in root.css(selector):
            seen.read(name, place, _words(node))
    seen.read(name, "text", _words(root.css_first("body")))


def _words(node: LexborNode | None) -> str:
    return node.text(deep=True) if node else ""


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from (str(key), *_strings(value))
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def _as_written(cell: str) -> str:
    """The text of a cell without the signs that keep it from being a formula."""
    return re.sub(r"""((?:^|[;\t\r\n])[\s'"]*)'([=+@-])""", r"\1\2", cell)


def test_every_attack_stands_as_text_wherever_it_stands(seen: Seen):
    assert [] == seen.broken


def test_every_field_of_every_attack_is_on_some_page(seen: Seen):
    some = {"area title", "area about", "edition about"}
    every = [field for field in FIELDS if field not in some and field not in NOWHERE]

    assert [] == [(field, name) for field in every for n, name in enumerate(NAMES) if not seen.places[mark(n, field)]]
    assert [] == [field for field in some if not any(seen.places[mark(n, field)] for n in range(len(NAMES)))]


def test_the_table_of_fields_and_places_is_what_was_seen(seen: Seen, golden: Compare):
    golden("hostile", {"README.md": table(seen)})


def table(seen: Seen) -> str:
    """Which field was met where, as text; and what stood in it."""
    rows = [f"| field | {' | '.join(PLACES)} |", f"|---|{'---|' * len(PLACES)}"]
    for field in FIELDS:
        met = set().union(*(seen.places[mark(n, field)] for n in range(len(NAMES))))
        rows.append(f"| {field} | {' | '.join('text' if place in met else '' for place in PLACES)} |")
    attacks = [f"- {name}: `` {attack['text']} ``" for name, attack in ATTACKS.items()]
    return "\n".join([
        "# Hostile content: fields × places", "",
        "Made by tests/test_hostile_content.py. Each field held each attack below once; wherever one of them came to",
        "stand on the site, all of it stood there as text. An empty cell: nothing of the field stands there.", "",
        *rows, "", "## The attacks", "", *attacks, "",
    ])  # fmt: skip


def test_the_site_passes_the_gate(site: Path):
    assert [] == inspect(site, policy_in_page(ROOT / "mkdocs.yml"))


# The terminal -------------------------------------------------------------------------------------------------------


def quiet(said: str) -> bool:
    """Whether a terminal or a CI log is steered by nothing in it."""
    return not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^\s*(::|##\[)|Traceback", said, re.M)


@pytest.mark.parametrize("shape", ["text", "json", "github"])
def test_check_accepts_the_corpus_and_its_words_steer_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str], shape: str
):
    assert 0 == main(["check", "--evaluations", str(corpus), "--format", shape])
    said = capsys.readouterr()

    ours = re.sub(r"^::(warning|error|notice) (file=[^,:]+,)?[^:]*::", "", said.out, flags=re.M)
    assert quiet(ours if shape == "github" else said.out) and quiet(said.err)
    assert slug(0) in said.out


def test_building_says_nothing_that_steers(built: subprocess.CompletedProcess[str]):
    assert quiet(built.stdout) and "" == built.stderr


REFUSED = {
    "bidi": f"notes: ['Text {chr(0x202E)}baklänges']",
    "escaped bidi": r'notes: ["Text \u202ebaklänges"]',
    "terminal": r'notes: ["\e[31mRöd \e]0;titel\a"]',
    "bare escape": f"notes: ['{chr(27)}[31mRöd']",
    "null": r'notes: ["a\0b"]',
    "zero width": f"notes: ['a{chr(0x200B)}b']",
    "line separator": f"notes: ['a{chr(0x2028)}::error::b']",
    "script link": 'notes: ["[k](javascript:canary(1))"]',
    "data link": 'notes: ["[k](data:text/html,<script>canary(1)</script>)"]',
    "source script": 'sources: [{title: x, url: "javascript:canary(1)", read: 2026-01-31}]',
    "source of another": 'sources: [{title: x, url: "https://bank.example@annan.example/", read: 2026-01-31}]',
    "source backslash": 'sources: [{title: x, url: "https:\\\\\\\\annan.example", read: 2026-01-31}]',
    "id": "notes: []\nstrengths: [{id: '\"><script>canary(1)</script>', text: x, area: not stated}]",
    "tag": "notes: [!!python/object/apply:os.system ['touch canary']]",
    "merge": "notes: &a [x]\nhighlights: *a",
}
NAMED = [
    "se/<script>canary(1)<:script>/2016.yml", "se/'\"onload=canary(1)/2016.yml", "se/../x/2016.yml.yml",
    f"se/{chr(27)}[31m/2016.yml", f"se/a{chr(0x202E)}b/2016.yml", "se/sagovik/::error::x.yml",
    "se/sagovik/2016.yml\n::error::x", "se/sagovik/{{ config }}.yml", "se/=cmd/2016.yml", "xx/sagovik/2016.yml",
]  # fmt: skip
HEAD = 'edition: "2015"\n'
SOURCES = "sources: [{title: x, read: 2026-01-31}]\n"


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_steer_or_lead_elsewhere_is_refused_with_a_plain_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
):
    body = REFUSED[name]
    lay_out(tmp_path, {"se/sagovik/2016.yml": HEAD + ("" if "sources" in body else SOURCES) + body + "\n"})

    assert_refused(tmp_path, capsys)


@pytest.mark.parametrize("path", NAMED, ids=ascii)
def test_a_file_name_that_is_no_municipality_and_year_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str
):
    lay_out(tmp_path, {path: HEAD + SOURCES})

    assert_refused(tmp_path, capsys)


def lay_out(folder: Path, files: Mapping[str, str]) -> None:
    sample = ROOT / "tests" / "sample" / "evaluations"
    shared = {path.name: path.read_text(encoding="utf-8") for path in sample.glob("*.*")}
    editions = {f"editions/{path.name}": path.read_text(encoding="utf-8") for path in sample.glob("editions/*")}
    for path, content in {**shared, **editions, "known.yml": "known: []\n", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")


def assert_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == main(["check", "--evaluations", str(folder)])
    said = capsys.readouterr()
    assert quiet(said.out) and quiet(said.err)
    assert re.search(r"fel\[KK\d{3}\]: \S.*\n(.*\n)*?  råd: \S", said.out)


# The browser --------------------------------------------------------------------------------------------------------

CANARY = """
window.fired = [];
window.canary = window.alert = window.confirm = window.prompt = (...all) => { window.fired.push(all.join()); };
document.addEventListener("securitypolicyviolation", e => { window.fired.push(`${e.violatedDirective} ${e.sample}`); });
"""
TEMPLATES = {
    "start": "", "municipalities": "kommuner/", "municipality": f"kommuner/{slug(1)}/",
    "evaluation": f"kommuner/{slug(1)}/2016/", "report": f"kommuner/{slug(0)}/2016/rapport/",
    "area": f"kommuner/{slug(1)}/2016/2/", "find": "exempel/", "topic": "exempel/amne-00/", "areas": "omraden/",
    "area_across": "omraden/2015/1/", "question": "omraden/2015/1/1.1/", "edition": "om/modell/2015/",
    "role_models": "forebilder/", "follow_up": "uppfoljning/", "gaps": "luckor/", "data": "data/",
    "compare": "jamfor/", "withdrawn": f"kommuner/{slug(0)}/2012/",
}  # fmt: skip
"""A page of every template."""
OTHERS = [f"kommuner/{slug(0)}/2018/", "om/", "om/sokkvalitet/", "redigera/falt/", "404.html"]


class Watched:
    """A browser on the site that notes what it should not do: run, warn, ask another host."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address, self.faults = address, list[str]()
        self.context = browser.new_context(base_url=address)
        self.page: Page = self.context.new_page()
        self.page.add_init_script(CANARY)
        self.page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on("request", self._request)

    def _request(self, request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith((self.address, "data:")):
            self.faults.append(url)

    def open(self, where: str) -> Page:
        self.page.goto(where)
        return self.page

    def still(self) -> None:
        """Nothing ran and nothing was refused on the page that is open."""
        assert ([], []) == (self.page.evaluate("fired"), self.faults), self.page.url


@pytest.fixture
def watched(browser: Browser, site: Path, served: Serve) -> Iterator[Watched]:
    watched = Watched(browser, served(site.resolve()))
    yield watched
    watched.still()
    watched.context.close()


def test_nothing_runs_on_the_pages_of_any_attack(watched: Watched):
    for n in range(len(NAMES)):
        page = watched.open(f"kommuner/{slug(n)}/2016/{1 + n % 8}/")
        watched.still()
        assert squeezed(text(n, "example title")) in squeezed(page.inner_text("main"))
        assert squeezed(text(n, "municipality")) in squeezed(page.inner_text(".k-crumbs"))
        assert squeezed(text(n, "municipality")) in squeezed(page.title())


def test_nothing_runs_on_a_page_of_any_template_or_by_hand(watched: Watched):
    templates = {path.name.partition(".")[0] for path in (ROOT / "generator" / "templates").glob("[!_]*.md.jinja")}
    assert [] == sorted(templates - TEMPLATES.keys())
    for where in (*TEMPLATES.values(), *OTHERS):
        watched.open(where)
        watched.still()


def test_nothing_runs_in_an_opened_chart(watched: Watched):
    page = watched.open(f"kommuner/{slug(0)}/2016/")
    page.get_by_role("button", name="Utforska").first.click()

    expect(page.locator("figure svg:not([focusable]):visible").first).to_be_visible()
    for chart in page.locator("figure svg:not([focusable]):visible").all():
        chart.hover(force=True)
    watched.still()


def test_a_search_result_shows_the_attack_as_text(watched: Watched):
    for n in map(NAMES.index, ("script", "image", "end-of-title", "format")):
        page = watched.open(f"exempel/?q={mark(n, 'example title')}")

        expect(page.locator(".k-hit").first).to_be_visible()
        assert squeezed(text(n, "example title")) in squeezed(page.locator(".k-hit").first.inner_text())
        watched.still()


def test_an_attack_as_a_query_is_shown_as_text_and_runs_nowhere(watched: Watched):
    for name in ("script", "image", "attribute", "end-of-title", "expression"):
        asked = quote(ATTACKS[name]["text"])
        page = watched.open(f"exempel/?q={asked}&h={asked}&slag={asked}&amne={asked}#{asked}")
        page.wait_for_selector(ANSWERED)
        watched.still()


def test_nothing_runs_where_attacks_are_compared(watched: Watched):
    page = watched.open(f"jamfor/?e={slug(0)}-2016,{slug(5)}-2016")
    expect(page.locator("main svg:visible").first).to_be_visible()

    assert squeezed(text(0, "municipality")) in squeezed(page.inner_text("main"))
    watched.open(f"jamfor/?e={quote(ATTACKS['script']['text'])},{slug(5)}-2016")
    watched.still()
