"""The life of an address: what was published stays, leads on in one step, or stops the build."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import sync_playwright

from generator import site
from generator.__main__ import main
from generator.addresses import Ways, live
from generator.commands.searching import Searches
from generator.load import load
from generator.model import Archive
from generator.pages import rules
from generator.publish import Content, Held, Laying, inspect, policy_in_page
from tests.conftest import SAMPLE, Serve

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "mkdocs.yml"
ADDRESS = "https://kompassen.example/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SAGOVIK = "/kommuner/sagovik/"
Change = Callable[[Path], None]
Files = dict[str, object]


@pytest.fixture
def evaluations(tmp_path: Path) -> Path:
    """The sample, all of whose addresses are on the list."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "evaluations"))
    (folder / "published.txt").write_text("\n".join(sorted(live(load(folder).archive))) + "\n", encoding="utf-8")
    return folder


class Noted(Laying):
    """Takes what is laid, and neither writes nor draws it."""

    def __init__(self) -> None:
        self.files: Files = {}

    def put(self, path: str, content: Content) -> str:
        self.files[path] = content
        return ""

    def draw(self, path: str, spec: str) -> str:
        return self.put(path, "<svg/>")

    def draw_all(self) -> dict[str, Held]:
        return {}


def laid(folder: Path, config: Path) -> tuple[site.Contents, Files]:
    """What the builder would read, without drawings."""
    archive, place = load(folder).archive, Noted()
    found = Searches(folder.parent, "1", live=False).begin(archive)
    once = lambda name, make: name if name.startswith("vega") else make()  # noqa: E731
    made = site.contents(archive, folder, ROOT / "docs", config, place, once, found)
    return made, place.files


def made(folder: Path, config: Path) -> Files:
    return laid(folder, config)[1]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The project's settings, with an address."""
    path = tmp_path / "mkdocs.yml"
    path.write_text(re.sub(r'^site_url: ""', f"site_url: {ADDRESS}", CONFIG.read_text("utf-8"), flags=re.M), "utf-8")
    return path


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8", newline="")


def sitemap(files: Files) -> set[str]:
    root = etree.fromstring(str(files["sitemap.xml"]).encode())
    return {f"/{loc.text.removeprefix(ADDRESS)}" for loc in root.iter(LOC)}


def found(files: Files) -> set[str]:
    """The pages that the searches lead to."""
    packed = [each for each in files.values() if isinstance(each, bytes) and each[:1] == b"x"]
    texts = [zlib.decompress(each).decode(errors="replace") for each in packed]
    texts += [str(text) for path, text in files.items() if path.startswith("assets/search/") and path.endswith(".json")]
    return set(re.findall(r"kommuner/[\w-]+/\d{4}/", "".join(texts)))


def onward(files: Files) -> dict[str, str]:
    """Former address and where its page leads."""
    pages = {path: re.search(r"url=(\S+)\"", str(text)) for path, text in files.items() if path.endswith("index.html")}
    return {f"/{path.removesuffix('index.html')}": to[1] for path, to in pages.items() if to}


# Which addresses there are ------------------------------------------------------------------------------------------


def test_the_addresses_that_are_told_are_those_of_the_pages(sample: Archive, folder: Path):
    real = load(ROOT / "evaluations").archive
    built = {f"/{path.parent.relative_to(folder).as_posix()}/".replace("/./", "/") for path in folder.rglob("*.html")}

    assert site.addresses(real, ROOT / "docs") == built - set(Ways(real).redirects()) - {"/404/"}
    assert live(sample) <= site.addresses(sample, ROOT / "docs")


def test_every_address_that_was_published_is_there_or_leads_on(folder: Path):
    archive = load(ROOT / "evaluations").archive

    assert archive.published
    assert [] == [each for each in archive.published if not (folder / each.lstrip("/") / "index.html").is_file()]


# A change, and what follows from it ---------------------------------------------------------------------------------


def corrected(folder: Path) -> None:
    """2018 was really 2019."""
    (folder / "se/sagovik/2018.yml").rename(folder / "se/sagovik/2019.yml")
    add(folder / "se/sagovik/2019.yml", "former: [sagovik/2018]\n")


def withdrawn(folder: Path) -> None:
    add(folder / "se/sagovik/2018.yml", "withdrawn: {on: 2026-01-02, why: 'Den *lästes* <b>fel</b>.'}\n")


def renamed(folder: Path) -> None:
    """Sagovik is called Nya Sagovik."""
    (folder / "se/sagovik").rename(folder / "se/nya-sagovik")
    registry = folder / "municipalities.csv"
    head, *rows = registry.read_text("utf-8").splitlines()
    rows = [row + ("," + "sagovik" * (",sagovik," in row)).replace(",sagovik,", ",") for row in rows]
    rows = [row.replace(",sagovik,", ",nya-sagovik,") for row in rows]
    registry.write_text("\n".join([f"{head},former", *rows]) + "\n", encoding="utf-8")
    for path in folder.rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("municipality: sagovik", "municipality: nya-sagovik"), "utf-8")


def parts(files: Files, year: int) -> set[str]:
    return {place for place in sitemap(files) if place.startswith(f"{SAGOVIK}{year}/")}


def test_a_corrected_year_moves_its_addresses_and_leaves_the_way_to_them(evaluations: Path, config: Path):
    before = made(evaluations, config)
    corrected(evaluations)
    after = made(evaluations, config)
    old, new = parts(before, 2018), {place.replace("2018", "2019") for place in parts(before, 2018)}

    assert len(old) > 2
    assert (old, new) == (sitemap(before) - sitemap(after), sitemap(after) - sitemap(before))
    assert ({"kommuner/sagovik/2018/"}, {"kommuner/sagovik/2019/"}) == (
        found(before) - found(after),
        found(after) - found(before),
    )
    assert old == onward(after).keys()
    assert {place.replace("2018", "2019") for place in old} == {
        str(Path(place, to).resolve()) + "/" for place, to in onward(after).items()
    }


def test_a_withdrawn_evaluation_is_nowhere_but_at_its_address(evaluations: Path, config: Path):
    before = made(evaluations, config)
    withdrawn(evaluations)
    after = made(evaluations, config)
    page = str(after["kommuner/sagovik/2018/index.md"])

    assert parts(before, 2018) == sitemap(before) - sitemap(after)
    assert set() == sitemap(after) - sitemap(before)
    assert {"kommuner/sagovik/2018/"} == found(before) - found(after)
    assert parts(before, 2018) - {f"{SAGOVIK}2018/"} == onward(after).keys()
    assert "data/se/sagovik/2018.yml" not in after
    assert "2 januari 2026" in page and "<em>lästes</em> &lt;b&gt;fel" in page
    assert "2018" not in str(after["data/siffror.csv"])
    assert 'href="2018/">2018, tillbakadragen 2 januari 2026' in str(after["kommuner/sagovik/index.md"])


def test_a_renamed_municipality_leads_on_from_every_address_below_it(evaluations: Path, config: Path):
    before = made(evaluations, config)
    renamed(evaluations)
    contents, after = laid(evaluations, config)
    old = {place for place in sitemap(before) if place.startswith(SAGOVIK)}

    assert old == sitemap(before) - sitemap(after) == onward(after).keys()
    assert {place.replace("sagovik", "nya-sagovik") for place in old} == sitemap(after) - sitemap(before)
    assert () == contents.lost


def test_merged_municipalities_keep_their_addresses_and_name_their_successor(evaluations: Path, config: Path):
    before = sitemap(made(evaluations, config))
    registry = evaluations / "municipalities.csv"
    merged = re.sub(r"^(se,.*,sagovik,.*),$", r"\1,lilla-odland", registry.read_text("utf-8"), flags=re.M)
    assert merged != registry.read_text("utf-8")
    registry.write_text(merged, encoding="utf-8")
    after = made(evaluations, config)

    assert before == sitemap(after)
    assert "Lilla Ödland" in re.findall(r"k-kicker\">(.*?)<", str(after["kommuner/sagovik/index.md"]))[0]


def test_a_deleted_evaluation_stops_the_build_which_names_its_addresses_and_the_way_out(
    evaluations: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (evaluations / "se/sagovik/2018.yml").unlink()

    assert 1 == main(["build", "--evaluations", str(evaluations), "--work", str(tmp_path / "work")])
    said = capsys.readouterr().err
    assert f"published.txt:{line(evaluations, '/kommuner/sagovik/2018/')}:1: fel[KK060]" in said
    assert "/kommuner/sagovik/2018/ leder ingenstans" in said
    assert "former: [sagovik/2018]" in said and "withdrawn" in said
    assert not (tmp_path / "work/site").exists()


def line(folder: Path, address: str) -> int:
    return (folder / "published.txt").read_text("utf-8").splitlines().index(address) + 1


def test_a_page_written_by_hand_that_is_gone_stops_the_build_too(
    evaluations: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for country in ("se", "no"):
        shutil.rmtree(evaluations / country)
    (evaluations / "published.txt").write_text("/\n/om/borta/\n", encoding="utf-8")

    assert 1 == main(["pages", "--evaluations", str(evaluations), "--work", str(tmp_path / "work")])
    assert "En publicerad adress skulle försvinna: /om/borta/. Lägg tillbaka sidan i docs/" in capsys.readouterr().err


def test_a_chain_of_changes_is_one_step_from_every_former_address(evaluations: Path):
    corrected(evaluations)
    renamed(evaluations)
    (evaluations / "se/nya-sagovik/2019.yml").rename(evaluations / "se/nya-sagovik/2020.yml")
    path = evaluations / "se/nya-sagovik/2020.yml"
    path.write_text(path.read_text("utf-8").replace("[sagovik/2018]", "[sagovik/2018, nya-sagovik/2019]"), "utf-8")
    ways = Ways(load(evaluations).archive)

    assert "/kommuner/nya-sagovik/2020/" == ways.onward("/kommuner/sagovik/2018/")
    assert "/kommuner/nya-sagovik/2020/" == ways.onward("/kommuner/sagovik/2019/")
    assert "/kommuner/nya-sagovik/2016/" == ways.onward("/kommuner/sagovik/2016/")
    assert [] == [to for to in ways.redirects().values() if to in ways.redirects()]


def test_parts_that_are_gone_lead_to_what_they_were_part_of(sample: Archive):
    topic = next(iter(sample.topics.values())).model_copy(update={"id": "unused", "broader": None})
    ways = Ways(sample.model_copy(update={"topics": {**sample.topics, "unused": topic}}))

    assert "/exempel/" == ways.onward("/exempel/unused/")
    assert "/omraden/2015/4/" == ways.onward("/omraden/2015/4/4.77/")
    assert "/kommuner/sagovik/2018/" == ways.onward("/kommuner/sagovik/2018/77/")
    assert ["", ""] == [ways.onward(each) for each in ("/kommuner/sagovik/1999/", "/omraden/1999/4/4.1/")]


# What servers and readers meet --------------------------------------------------------------------------------------


def test_a_former_address_passes_the_gate_and_leads_a_browser_on(
    evaluations: Path, config: Path, tmp_path: Path, served: Serve, chromium: str
):
    corrected(evaluations)
    files = made(evaluations, config)
    page = tmp_path / "site/kommuner/sagovik/2018/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(str(files["kommuner/sagovik/2018/index.html"]), encoding="utf-8")
    there = tmp_path / "site/kommuner/sagovik/2019/index.html"
    there.parent.mkdir(parents=True)
    there.write_text(re.sub("<meta http-equiv=.refresh.*\n|<a.*</a>", "", page.read_text("utf-8")), encoding="utf-8")

    assert [] == inspect(tmp_path / "site", policy_in_page(CONFIG))
    assert f'<link rel="canonical" href="{ADDRESS}kommuner/sagovik/2019/">' in page.read_text("utf-8")
    with sync_playwright() as play, play.chromium.launch(executable_path=chromium) as browser:
        tab = browser.new_page()
        tab.goto(f"{served(tmp_path / 'site')}kommuner/sagovik/2018/")
        tab.wait_for_url("**/kommuner/sagovik/2019/")


def test_rules_for_servers_name_both_addresses(evaluations: Path, config: Path, capsys: pytest.CaptureFixture[str]):
    corrected(evaluations)
    assert 0 == main(["addresses", "--evaluations", str(evaluations), "--rules", "nginx"])

    assert "/kommuner/sagovik/2018/ /kommuner/sagovik/2019/;\n" in capsys.readouterr().out
    assert "/kommuner/sagovik/2018/ /kommuner/sagovik/2019/ 301\n" in str(made(evaluations, config)["_redirects"])
    assert "redir /a/ /b/ 301\n" == rules("caddy", {"/a/": "/b/"})


# The list -----------------------------------------------------------------------------------------------------------


def test_new_addresses_are_told_and_noted_on_purpose(evaluations: Path, capsys: pytest.CaptureFixture[str]):
    before = (evaluations / "published.txt").read_text("utf-8")
    shutil.copy(evaluations / "se/sagovik/2016.yml", evaluations / "se/sagovik/2014.yml")

    assert 0 == main(["addresses", "--evaluations", str(evaluations)])
    assert "/kommuner/sagovik/2014/\n" in capsys.readouterr().out
    assert before == (evaluations / "published.txt").read_text("utf-8")

    assert 0 == main(["addresses", "--evaluations", str(evaluations), "--keep"])
    after = (evaluations / "published.txt").read_text("utf-8")
    assert set(before.splitlines()) < set(after.splitlines()) and "/kommuner/sagovik/2014/\n" in after

    capsys.readouterr()
    assert 0 == main(["addresses", "--evaluations", str(evaluations), "--keep"])
    assert "0 nya adresser antecknade" in capsys.readouterr().out
    assert after == (evaluations / "published.txt").read_text("utf-8")


# What machines read -------------------------------------------------------------------------------------------------


def test_the_feed_is_dated_by_the_data_and_shows_words_as_words(evaluations: Path, config: Path, tmp_path: Path):
    registry = evaluations / "municipalities.csv"
    registry.write_text(registry.read_text("utf-8").replace("Sagovik", '<script>&"'), encoding="utf-8")
    files = made(evaluations, config)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/flode.xml").write_text(str(files["flode.xml"]), encoding="utf-8")
    (tmp_path / "site/sitemap.xml").write_text(str(files["sitemap.xml"]), encoding="utf-8")
    feed = etree.fromstring(str(files["flode.xml"]).encode())
    entries = feed.findall("{*}entry")

    assert [] == inspect(tmp_path / "site", policy_in_page(CONFIG))
    assert f"{ADDRESS}kommuner/sagovik/2018/" in [each.findtext("{*}id") for each in entries]
    assert any('<script>&"' in str(each.findtext("{*}title")) for each in entries)
    days = [str(each.findtext("{*}updated")) for each in entries]
    assert days == sorted(days, reverse=True) and feed.findtext("{*}updated") == days[0]
    assert f"Sitemap: {ADDRESS}sitemap.xml" in str(files["robots.txt"])


def test_without_an_address_there_is_nothing_that_needs_one(evaluations: Path):
    files = made(evaluations, CONFIG)

    assert set() == {"sitemap.xml", "flode.xml", "robots.txt"} & files.keys()
    json.dumps(sorted(files))
