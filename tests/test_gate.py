"""The gate: one small broken file for each fault, and sound ones that pass."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

from generator.__main__ import main
from generator.publish import Fault, Gate, Held, inspect, policy, policy_in_page
from generator.publish.gate.scripts import loose, sha256
from tests.test_publish import write

ROOT = Path(__file__).parent.parent
POLICY = policy_in_page(ROOT / "mkdocs.yml")
SAID = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
CHARSET, TITLE = '<meta charset="utf-8">', "<title>Sida</title>"
SOURCE = '<meta name="source" content="se/pahittad/2016.yml">'
HEAD = SAID + CHARSET + TITLE + SOURCE
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def page(body: str = "", head: str = HEAD, lang: str = ' lang="sv"', h1: str = "<h1>Sida</h1>") -> str:
    return f"<!doctype html><html{lang}><head>{head}</head><body>{h1}{body}</body></html>"


def data(text: str) -> str:
    return page(f'<script type="application/json">{text}</script>')


def onward(address: str) -> str:
    head = f'{HEAD}<meta http-equiv="refresh" content="0; url={address}"><link rel="canonical" href="{address}">'
    return page(f'<a href="{address}">Vidare</a>', head)


SITE = {
    "a.css": "p{background:url(bild.svg)}", "assets/a.js": "", "bild.svg": SVG.format("<style>g{}</style><g/>"),
    "kommuner/x/index.html": page('<p id="rätt">'), "data/x.yml": "", "data/x.csv": "a,b\r\n-3,'=1\r\n",
    "data/x.json": '{"data":{"values":[1]},"url":"x"}', "former/index.html": onward("../kommuner/x/"), "CNAME": "",
}  # fmt: skip
SOUND = [
    '<a href="kommuner/x/">', '<a href="kommuner/x">', '<a href="./kommuner/x/index.html">', '<a href="#a"><hr id="a">',
    '<a href="kommuner/x/#r%C3%A4tt">', '<a href="data/x.yml" download>', '<a href="kommuner/x/?q=a:b#rätt">',
    '<a href="">', '<a href="#">', '<a href="https://example.org/#x">', '<a href="mailto:a@example.org">',
    '<img src="bild.svg" alt="">', '<script src="assets/a.js" type="module"></script>', "<b>&lt;script&gt; onclick=1",
    '<script type="application/ld+json">{"a": "\\u003c/script>", "url": "x"}</script>', '<p data-x="" aria-label="">',
    '<svg viewBox="0 0 1 1"><defs><g id="g"/></defs><use href="#g"/><path d="M0 0" fill="url(#g)"/></svg>',
    '<form action="kommuner/x/"><input name="q"></form>', '<i lang="nb" title="onclick=alert(1) javascript:x">',
]  # fmt: skip
HEADED = [
    '<link rel="canonical" href="https://example.org/">', '<link rel="stylesheet" href="a.css">',
    '<link rel="icon" href="bild.svg">', '<link rel="next" href="kommuner/x/">',
]  # fmt: skip
OTHER = "default-src 'none'; script-src 'self' 'unsafe-inline'"
RIGHT_TO_LEFT = chr(0x202E)

PAGES = {
    # What a page has to be
    page().removeprefix("<!doctype html>"): ("doctype", ""),
    page(lang=""): ("lang", ""),
    page(lang=' lang=" "'): ("lang", ""),
    page(head=HEAD.replace(CHARSET, "")): ("no_charset", ""),
    page(head=HEAD.replace("utf-8", "iso-2022-jp")): ("no_charset", ""),
    page(head=HEAD.replace(TITLE, "<title> </title>")): ("no_title", ""),
    page(SVG.format("<title>Bild</title>"), HEAD.replace(TITLE, "")): ("no_title", ""),
    page(head=HEAD.replace(SOURCE, "")): ("no_source", ""),
    page(head=HEAD.replace(SAID, "")): ("no_policy", ""),
    page(SAID, HEAD.replace(SAID, "")): ("no_policy", ""),
    page(head=HEAD.replace(POLICY, OTHER)): ("policy_other", OTHER),
    page(head=f'<link rel="stylesheet" href="a.css">{HEAD}'): ("policy_late", ""),
    page("<h1>Två</h1>"): ("h1", "2"),
    page(h1=""): ("h1", "0"),
    page('<i id="a"></i><i id="a"></i><i id="a"></i>'): ("id", "a (3)"),
    page(f"<p>{RIGHT_TO_LEFT}</p>"): ("hidden", "U+202E"),
    page("<p>&#x1b;[31m</p>"): ("hidden", "U+001B"),
    # What runs
    page("<script>alert(1)</script>"): ("script", f"alert(1) {sha256('alert(1)')}"),
    page("<script type=module>alert(1)</script>"): ("script", f"alert(1) {sha256('alert(1)')}"),
    page('<script type="importmap">{}</script>'): ("script_kind", "importmap"),
    page('<script type="speculationrules">{}</script>'): ("script_kind", "speculationrules"),
    page('<script src="assets/a.js" type="text/babel"></script>'): ("script_kind", "text/babel"),
    page('<script src="data/x.yml"></script>'): ("script_place", "data/x.yml"),
    page('<p onclick="alert(1)">'): ("handler", "onclick=alert(1)"),
    page("<img src=bild.svg/onerror=alert(1) alt=''>"): ("missing", "bild.svg/onerror=alert(1)"),
    page("<img src='bild.svg'/onerror=alert(1) alt=''>"): ("handler", "onerror=alert(1)"),
    page("<svg><p ONLOAD=alert(1)></svg>"): ("handler", "onload=alert(1)"),
    page('<a href="javascript:alert(1)">'): ("scheme", "javascript:alert(1)"),
    page('<a href="JavaScript:alert(1)">'): ("scheme", "JavaScript:alert(1)"),
    page('<a href="java&#10;script:alert(1)">'): ("address", "java\nscript:alert(1)"),
    page('<a href=" javascript:alert(1)">'): ("address", " javascript:alert(1)"),
    page('<a href="data:text/html,x">'): ("scheme", "data:text/html,x"),
    page('<a href="vbscript:x">'): ("scheme", "vbscript:x"),
    page('<svg><a xlink:href="javascript:alert(1)"/></svg>'): ("attribute", "<a xlink:href>"),
    page(head=f'{HEAD}<meta http-equiv="refresh" content="5; url=./">'): ("instruction", "refresh 5; url=./"),
    page(head=f'{HEAD}<meta http-equiv="Content-Type" content="text/html">'): ("instruction", "content-type text/html"),
    # What is not known
    page("<iframe></iframe>"): ("element", "iframe"),
    page("<object></object>"): ("element", "object"),
    page("<embed>"): ("element", "embed"),
    page("<noscript><p></noscript>"): ("element", "noscript"),
    page("<template><p onclick=x></template>"): ("element", "template"),
    page("<x-y></x-y>"): ("element", "x-y"),
    page("<svg><foreignObject/></svg>"): ("element", "foreignObject"),
    page("<svg><animate/></svg>"): ("element", "animate"),
    page("<svg><set/></svg>"): ("element", "set"),
    page(head=f"{HEAD}<base>"): ("element", "base"),
    page("<p srcdoc='x'>"): ("attribute", "<p srcdoc>"),
    page("<a ping='x'>"): ("attribute", "<a ping>"),
    page("<button formaction='x'>"): ("attribute", "<button formaction>"),
    page("<img srcset='x' alt=''>"): ("attribute", "<img srcset>"),
    page("<p style='color:red'>"): ("style", "style=color:red"),
    page("<style>p{}</style>"): ("style", "style"),
    # Other hosts
    page('<a href="//annan.example/">'): ("scheme", "//annan.example/"),
    page('<a href="///annan.example/">'): ("scheme", "///annan.example/"),
    page('<a href="/\\annan.example/">'): ("address", "/\\annan.example/"),
    page('<a href="https://bank.example@annan.example/">'): ("address", "https://bank.example@annan.example/"),
    page('<a href="https://[annan/">'): ("address", "https://[annan/"),
    page('<img src="https://annan.example/a.png" alt="">'): ("host", "https://annan.example/a.png"),
    page('<img src="//annan.example/a.png" alt="">'): ("host", "//annan.example/a.png"),
    page('<img src="\\\\annan.example\\a.png" alt="">'): ("address", "\\\\annan.example\\a.png"),
    page('<form action="https://annan.example/"></form>'): ("host", "https://annan.example/"),
    page('<svg><use href="https://annan.example/a.svg#b"/></svg>'): ("host", "https://annan.example/a.svg#b"),
    page('<svg><g fill="url(//annan.example/a)"/></svg>'): ("host", "fill=url(//annan.example/a)"),
    page(head=f'{HEAD}<link rel="stylesheet" href="https://annan.example/a.css">'): (
        "host", "https://annan.example/a.css",
    ),
    page(head=f'{HEAD}<link rel="preconnect" href="./">'): ("relation", "preconnect"),
    onward("https://annan.example/"): ("host", "https://annan.example/"),
    # Where addresses lead
    page('<a href="kommuner/y/">'): ("dead", "kommuner/y/"),
    page('<a href="../../../../etc/">'): ("dead", "../../../../etc/"),
    page('<a href="data/y.csv" download>'): ("dead", "data/y.csv"),
    page('<form action="exempel/"></form>'): ("dead", "exempel/"),
    page('<a href="kommuner/x/#fel">'): ("anchor", "kommuner/x/#fel"),
    page('<a href="#fel">'): ("anchor", "#fel"),
    page('<img src="borta.svg" alt="">'): ("missing", "borta.svg"),
    page('<script src="assets/borta.js"></script>'): ("missing", "assets/borta.js"),
    page('<button data-spec="borta.json">'): ("missing", "borta.json"),
    page(head=f'{HEAD}<link rel="preload" href="borta.woff2" as="font">'): ("missing", "borta.woff2"),
    onward("borta/"): ("dead", "borta/"),
    onward("bild.svg"): ("dead", "bild.svg"),
    onward("former/"): ("chain", "former/"),
    onward("kommuner/x/").replace("<a href", "<a lang"): ("onward", "kommuner/x/"),
    onward("kommuner/x/").replace("Vidare", '<a href="data/x.yml">'): ("onward", "kommuner/x/"),
    onward("kommuner/x/").replace("canonical", "help"): ("onward", "kommuner/x/"),
    onward("kommuner/x/").replace("Vidare", '<script src="assets/a.js"></script>'): ("onward", "kommuner/x/"),
    onward("kommuner/x/").replace("Vidare", '<img src="bild.svg" alt="">'): ("onward", "kommuner/x/"),
    # Data in a page
    data('{"a": NaN}'): ("json", "NaN"),
    data("{'a': 1}"): ("json", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    data('{"a": 1, "a": 2}'): ("json_twice", "a"),
    data('{"a": "<b>"}'): ("json_sign", "<b>\"}"),
    data('[{"usermeta": {}}]'): ("json_key", "usermeta"),
    data('{"encoding": {"href": "x"}}'): ("json_key", "href"),
    data('{"data": {"url": "x"}}'): ("json_key", "data.url"),
    data('{"data": [{"url": "x"}]}'): ("json_key", "data.url"),
    data('{"expr": "open(1)"}'): ("json_expression", "expr: open(1)"),
}  # fmt: skip
"""What is wrong with a page, by its text: the one fault that the gate names."""

FILES: dict[str, tuple[str | bytes, str, str]] = {
    "latin.html": (page("å").encode("latin-1"), "encoding", ""),
    "latin.csv": ("å".encode("latin-1"), "encoding", ""),
    "a.json": ('{"a": Infinity}', "json", "Infinity"),
    "b.json": ('{"layer": [{"usermeta": {"embedOptions": {"actions": true}}}]}', "json_key", "usermeta"),
    "c.json": ('{"transform": [{"filter": "datum[\'a\'] > 1"}]}', "json_expression", "filter: datum['a'] > 1"),
    "d.json": ("[" * 100_000, "json", ""),
    "a.csv": ("a,b\r\n=cmd|'/c calc'!A0,1\r\n", "csv_formula", "=cmd|'/c calc'!A0"),
    "b.csv": ('a,b\r\n"text;=1+1",1\r\n', "csv_formula", "text;=1+1"),
    "c.csv": ('a,b\r\n" \t@x",1\r\n', "csv_formula", " \t@x"),
    "d.csv": ("a,b\r\n1\r\n", "csv", "2: 1 ≠ 2"),
    "e.csv": ('a,b\r\n"1"2,3\r\n', "csv", "',' expected after '\"'"),
    "f.csv": (f"a\r\n{RIGHT_TO_LEFT}\r\n", "hidden", "U+202E"),
    "a.svg": (SVG.format("<script>alert(1)</script>"), "element", "script"),
    "b.svg": (SVG.format('<g onload="alert(1)"/>'), "handler", "<g onload=alert(1)>"),
    "c.svg": (SVG.format('<foreignObject xmlns="http://www.w3.org/1999/xhtml"/>'), "element", "{http://www.w3.org/1999/xhtml}foreignObject"),
    "d.svg": (SVG.format('<g fill="url(https://annan.example/a)"/>'), "host", "<g fill=url(https://annan.example/a)>"),
    "e.svg": (SVG.format("<a>text</a>"), "element", "a"),
    "f.svg": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "xml", "doctype"),
    "g.svg": (SVG.format("<g>"), "xml", ""),
    "h.svg": (SVG.format("<style>@import '//annan.example/a.css'</style>"), "element", "style"),
    "i.svg": ('<?xml-stylesheet href="a.css"?>' + SVG.format(""), "xml", "doctype"),
    "j.svg": (SVG.format(f"<text>{RIGHT_TO_LEFT}</text>"), "hidden", "U+202E"),
    "k.svg": (SVG.format('<g style="fill:red"/>'), "attribute", "<g style=fill:red>"),
    "l.svg": (SVG.format('<?xml-stylesheet href="a.css"?>'), "element", ""),
    "b.css": ("@import 'https://annan.example/a.css'", "host", "@import 'https://annan.example/a.css'"),
    "c.css": ("p{background:URL( //annan.example/a.png)}", "host", "URL( //annan.example/a.png)}"),
    "kommuner/a.js": ("", "script_place", "kommuner/a.js"),
    "a.xhtml": ("", "kind", ".xhtml"),
    "a.php": ("", "kind", ".php"),
    "a b.txt": ("", "name", "'a b.txt'"),
    "å.txt": ("", "name", r"'\xe5.txt'"),
}  # fmt: skip
"""What is wrong with another file: its content, code and what."""


def faults_of(folder: Path, files: dict[str, str]) -> list[Fault]:
    return inspect(write(folder, {**SITE, **files}), POLICY)


def test_a_sound_site_passes_the_gate(tmp_path: Path):
    text = page("</a>".join(SOUND), HEAD + "".join(HEADED))

    assert [] == faults_of(tmp_path, {"index.html": text})


@pytest.mark.parametrize(("text", "fault"), PAGES.items(), ids=[f"{code} {what}" for code, what in PAGES.values()])
def test_the_gate_names_the_fault_and_its_page(tmp_path: Path, text: str, fault: tuple[str, str]):
    assert [Fault("index.html", *fault)] == faults_of(tmp_path, {"index.html": text})


@pytest.mark.parametrize("name", FILES)
def test_the_gate_looks_through_other_files_too(tmp_path: Path, name: str):
    content, code, what = FILES[name]
    write(tmp_path, {**SITE, name: ""})
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    found = inspect(tmp_path, POLICY)

    assert [(name, code)] == [(one.path, one.code) for one in found]
    assert what in ("", found[0].what)


def test_a_link_out_of_the_site_is_not_published(tmp_path: Path):
    site = write(tmp_path / "site", SITE)
    (site / "hemlig.txt").symlink_to("/etc/hostname")
    (site / "mapp").symlink_to(tmp_path)

    assert [Fault("hemlig.txt", "link", "/etc/hostname"), Fault("mapp", "link", str(tmp_path))] == inspect(site, POLICY)


def test_an_address_that_hides_its_scheme_is_refused_twice(tmp_path: Path):
    found = faults_of(tmp_path, {"index.html": page('<a href="&#1;javascript:alert(1)">')})

    assert ["hidden", "scheme"] == [one.code for one in found]


def test_all_faults_of_all_pages_come_at_once(tmp_path: Path):
    found = faults_of(tmp_path, {"a.html": page('<a href="x/">', lang=""), "b.html": page('<a href="y/">')})

    assert [("a.html", "dead"), ("a.html", "lang"), ("b.html", "dead")] == [(one.path, one.code) for one in found]


def test_every_fault_has_a_broken_file_here_and_words_that_say_what_to_do(tmp_path: Path):
    words = yaml.safe_load((ROOT / "generator/locales/sv/gate.yml").read_text(encoding="utf-8"))
    codes = {code for code, _ in PAGES.values()} | {code for _, code, _ in FILES.values()} | {"link", "policy_loose"}

    assert codes == words.keys() - {"passed", "count.one", "count.other", "more", "no_folder", "fault"}
    assert [] == [code for code in codes if not re.search(r"[.;] \w", words[code])]


# The policy ---------------------------------------------------------------------------------------------------------


def test_the_policy_lets_in_nothing_but_the_site_itself():
    rules = dict(rule.split(maxsplit=1) for rule in POLICY.split("; "))

    assert "" == loose(POLICY)
    assert ("'self'", "'self'", "'none'") == (rules["script-src"], rules["style-src"], rules["base-uri"])
    assert {"'none'", "'self'", "data:"} == set(" ".join(rules.values()).split())
    assert f"{POLICY}; frame-ancestors 'none'" == policy(ROOT / "mkdocs.yml")


@pytest.mark.parametrize(("loosened", "by"), [
    (POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), "'unsafe-inline'"),
    (POLICY.replace("script-src 'self'", "script-src 'unsafe-eval'"), "'unsafe-eval'"),
    (POLICY.replace("script-src 'self'", "script-src https:"), "https:"),
    (POLICY.replace("script-src 'self'", "script-src *"), "*"),
    (POLICY.replace("default-src 'none'; ", ""), "default-src"),
    ("", "default-src"),
])
def test_a_policy_that_lets_more_in_is_a_fault_of_the_whole_site(tmp_path: Path, loosened: str, by: str):
    site = write(tmp_path, {"index.html": page(head=HEAD.replace(POLICY, loosened))})

    assert [Fault("mkdocs.yml", "policy_loose", by)] == inspect(site, loosened)


def test_a_script_that_the_policy_names_by_its_hash_may_stand_in_a_page(tmp_path: Path):
    named = POLICY.replace("script-src", f"script-src {sha256('let a = 1')}")
    site = write(tmp_path, {"index.html": page("<script>let a = 1</script>", HEAD.replace(POLICY, named))})

    assert [] == inspect(site, named)


# One site after the other -------------------------------------------------------------------------------------------


def held(site: Path) -> dict[str, Held]:
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {path.relative_to(site).as_posix(): Held(path, path.read_text(encoding="utf-8")) for path in paths}


def test_a_gate_that_has_seen_a_site_finds_what_is_wrong_with_the_next(tmp_path: Path):
    site, gate = write(tmp_path, {**SITE, "index.html": page('<a href="kommuner/x/">')}), Gate(POLICY)
    assert [] == gate.faults(held(site))

    write(site, {"index.html": page('<a href="kommuner/x/">', lang="")})
    assert [Fault("index.html", "lang")] == gate.faults(held(site))
    assert [Fault("index.html", "lang")] == gate.faults(held(site))

    (site / "kommuner/x/index.html").unlink()
    assert {("former/index.html", "dead"), ("index.html", "dead"), ("index.html", "lang")} == {
        (one.path, one.code) for one in gate.faults(held(site))
    }


def test_a_gate_that_has_seen_other_sites_finds_what_a_fresh_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    chance, gate, site, wrong = random.Random(1), Gate(POLICY), tmp_path / "site", 0
    monkeypatch.setattr("generator.publish.gate.findings.SMALL", 0)  # so that what is of no use is cleared up
    names = [f"{name}/index.html" for name in "abcd"]
    for _ in range(40):
        name = chance.choice(names)
        leads = "".join(f'<a href="../{chance.choice("abcd")}/{chance.choice(("", "#x", "#y"))}">' for _ in range(2))
        anchors = "".join(f'<p id="{each}">' for each in "xy" if chance.random() < 0.7)
        to = onward(f"../{chance.choice('abcd')}/")
        write(site, {name: chance.choice((page(leads + anchors), page(leads + anchors), to))})
        if chance.random() < 0.2:
            (site / name).unlink()

        found = gate.faults(held(site))

        assert Gate(POLICY).faults(held(site)) == found
        assert Gate(POLICY, tmp_path / "gate").faults(held(site)) == found, "in the next process"
        wrong += bool(found)
    assert wrong > 10


def test_a_file_that_has_just_been_seen_is_not_read_again(tmp_path: Path):
    site, gate = write(tmp_path, {**SITE, "index.html": page()}), Gate(POLICY)
    files = held(site)
    assert [] == gate.faults(files)

    (site / "index.html").unlink()

    assert [] == gate.faults(files)


def test_a_file_that_has_been_seen_is_not_read_again_in_the_next_process(tmp_path: Path):
    site = write(tmp_path / "site", {**SITE, "index.html": page('<a href="kommuner/x/#rätt">')})
    files = held(site)
    assert [] == Gate(POLICY, tmp_path / "gate").faults(files)
    for path in files:
        (site / path).unlink()

    assert [] == Gate(POLICY, tmp_path / "gate").faults(files)
    files.pop("bild.svg")
    assert [] == Gate(POLICY, tmp_path / "gate").faults(files)
    write(site, {"kommuner/x/index.html": page()})
    files["kommuner/x/index.html"] = Held(site / "kommuner/x/index.html", "annan")
    for _ in range(2):
        assert [Fault("index.html", "anchor", "kommuner/x/#rätt")] == Gate(POLICY, tmp_path / "gate").faults(files)


@pytest.mark.parametrize("damaged", ["index.json", "records"])
@pytest.mark.parametrize("damage", ["", "skräp", "byte", None])
def test_what_was_found_is_not_believed_where_it_is_damaged(tmp_path: Path, damaged: str, damage: str | None):
    site = write(tmp_path / "site", {**SITE, "index.html": page('<a href="kommuner/x/">')})
    files = held(site)
    assert [] == Gate(POLICY, tmp_path / "gate").faults(files)
    write(site, {"index.html": page(lang="")})

    place = tmp_path / "gate" / damaged
    content = place.read_bytes()
    if damage is None:
        place.unlink()
    else:
        place.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if damage == "byte" else damage.encode())

    for _ in range(2):
        assert [Fault("index.html", "lang")] == Gate(POLICY, tmp_path / "gate").faults(files)


def test_what_was_found_under_another_policy_is_not_believed(tmp_path: Path):
    site = write(tmp_path / "site", {**SITE, "index.html": page()})
    assert [] == Gate(POLICY, tmp_path / "gate").faults(held(site))

    assert {"policy_other"} == {one.code for one in Gate(f"{POLICY} ", tmp_path / "gate").faults(held(site))}


def test_what_another_process_found_meanwhile_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generator.publish.gate.findings.SMALL", 0)
    leading = {f"{name}/index.html": page('<a href="../kommuner/x/#rätt">') for name in "abcd"}
    site, gate = write(tmp_path / "site", {**SITE, **leading}), Gate(POLICY, tmp_path / "gate")
    files = held(site)
    assert [] == gate.faults(files)

    small = write(tmp_path / "other", {**SITE, "d/index.html": leading["d/index.html"]})
    assert [] == Gate(POLICY, tmp_path / "gate").faults(held(small))
    write(site, {"kommuner/x/index.html": page()})

    assert [(path, "anchor") for path in leading] == [(one.path, one.code) for one in gate.faults(held(site))]


def test_many_files_are_read_by_processes_with_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site = write(tmp_path, {**SITE, "index.html": page('<a href="x/">'), "b.json": "[NaN]"})
    one = inspect(site, POLICY)
    monkeypatch.setattr("generator.publish.gate.MANY", 1)

    assert one == inspect(site, POLICY)
    assert 2 == len(one)


# The command --------------------------------------------------------------------------------------------------------


def test_the_command_says_that_a_site_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(tmp_path, SITE)

    assert 0 == main(["inspect", str(tmp_path)])
    assert "9 filer granskade, varav 2 sidor: inga fel.\n" == capsys.readouterr().out


def test_the_command_names_each_fault_with_cause_and_remedy_and_cuts_what_repeats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    esc = chr(27)
    broken = {f"{n}/index.html": page(f"<p style='{esc}[31m\n::error::'>") for n in range(9)}
    write(tmp_path, {**SITE, **broken})

    assert 1 == main(["inspect", str(tmp_path)])
    said = capsys.readouterr().out
    assert said.startswith("0/index.html: ")
    assert "stil i sidan: style=�[31m ::error::. Ge elementet en klass och skriv stilen i docs/assets/.\n" in said
    assert "… och 4 till av samma slag (style).\n" in said
    assert said.endswith("18 fel. Webbplatsen får inte publiceras.\n")
    assert esc not in said and "\n::error" not in said


def test_the_command_says_when_there_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert 1 == main(["inspect", str(tmp_path / "borta")])
    assert "är ingen mapp. Bygg först" in capsys.readouterr().err


def test_the_command_prints_the_policy_for_servers(capsys: pytest.CaptureFixture[str]):
    assert 0 == main(["inspect", "--policy"])
    assert f"{policy(ROOT / 'mkdocs.yml')}\n" == capsys.readouterr().out
