"""Three ways to search the same invented examples, each built in a folder and asked in a page of its own.

Ours, as the site has it; lunr in one file, built by lunr.py; Pagefind, as it comes from npm. A page understands
`ask(query)`, which tells when the first hit was painted and when all ten were; opened with `#query` it asks as soon as
it can, and `cold` is what that gave. `answered(query)` and then `counted()` fetch what ten hits and the counts of all
facets need; ours is opened with `?q=query` for that, as a link opens it.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeVar

import markdown
from lunr.builder import Builder
from lunr.languages.trimmer import generate_trimmer
from lunr.pipeline import Pipeline
from lunr.stop_word_filter import generate_stop_word_filter

from benchmarks import practices as invented
from benchmarks.engine import ASSETS, lay
from benchmarks.prose import prose
from generator import search, text
from generator.addresses import address
from generator.model import Archive

T = TypeVar("T")
PAGEFIND = "pagefind@1.5.2"
HEAD = '<!doctype html><html lang="sv"><meta charset="utf-8"><link rel="icon" href="data:,"><title>.</title>'
PAINTED = """
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const asked = decodeURIComponent(location.hash.slice(1));
const list = document.querySelector("ol");
"""
COLD = "window.answered ??= window.ask; if (asked) window.cold = ask(asked);"
OURS = """
const field = document.querySelector("#sok"), results = document.querySelector(".k-results");
const told = (query) => document.querySelector(".k-status").textContent.includes(query.trim());
const until = (query, all) => new Promise((done) => {
  const whole = () => results.getAttribute("aria-busy") === "false";
  const shown = () => told(query) && (whole() || (!all && list.children.length));
  const watch = new MutationObserver(() => { if (shown()) watch.disconnect(), done(); });
  watch.observe(results, { childList: true, subtree: true, attributes: true });
  if (shown()) done();
});
window.ask = async (query) => {
  const start = performance.now();
  list.replaceChildren();
  results.setAttribute("aria-busy", "true");
  field.value = query;
  field.dispatchEvent(new Event("input"));
  const all = until(query, true);
  await until(query, false), await painted();
  const first = performance.now() - start;
  await all;
  return { first, all: performance.now() - start };
};
window.answered = (query) => until(query, true);
window.counted = () => new Promise((done) => {
  const look = () => (document.querySelector(".k-count")?.textContent ? done() : setTimeout(look, 5));
  look();
});
"""
LUNR = """
const json = (name) => fetch(name).then((answer) => answer.json());
let coming;
window.ask = async (query) => {
  const start = performance.now();
  coming ??= Promise.all([json("index.json"), json("texts.json")]).then(([index, texts]) => [lunr.Index.load(index), texts]);
  const [index, texts] = await coming;
  const words = query.toLowerCase().split(" ").filter(Boolean);
  const last = query.endsWith(" ") ? "" : words.pop();
  const found = index.search([...words.flatMap((word) => [lunr.sv.stemmer(word), lunr.no.stemmer(word)]), ...(last ? [`${last}*`] : [])].join(" "));
  const items = found.slice(0, 10).map(({ ref }) => Object.assign(document.createElement("li"), { textContent: texts[ref].join(" ") }));
  list.replaceChildren(...items);
  await painted();
  return { first: performance.now() - start, all: performance.now() - start };
};
window.counted = async () => {};
"""  # noqa: E501
FOUND = """
let coming;
window.ask = async (query) => {
  const start = performance.now();
  list.replaceChildren();
  coming ??= import("./pagefind/pagefind.js");
  const pagefind = await coming, { results } = await pagefind.search(query.trim());
  const hits = results.slice(0, 10).map((result) => result.data());
  const show = ({ meta, excerpt }) => list.append(Object.assign(document.createElement("li"), { innerHTML: meta.title + excerpt }));
  if (hits.length) show(await hits[0]);
  await painted();
  const first = performance.now() - start;
  for (const hit of hits.slice(1)) show(await hit);
  return { first, all: performance.now() - start };
};
window.counted = async () => (await coming).filters();
"""  # noqa: E501


@dataclass(frozen=True)
class Built:
    """What it took to build a way to search: processor seconds, megabytes at most and without the archive."""

    seconds: float
    peak: float
    own: float


@dataclass(frozen=True)
class Way:
    """How to build one, and how many first queries it is asked: one that fetches all at once needs few."""

    name: str
    build: Callable[[int, Path], Built]
    firsts: int
    later: int


def _archive(examples: int) -> Archive:
    """The archive alone: the vocabularies that it was said with are let go, or they would count as its memory."""
    archive = invented.archive(examples)
    prose.cache_clear()
    return archive


def ours(examples: int, folder: Path) -> Built:
    """The site's index, scripts and page."""
    archive = _archive(examples)
    built, files = _spent(lambda: search.files(archive, address, "sv"))
    lay(folder, files)
    shutil.copy(ASSETS / "kommunkompassen.css", folder / "assets")
    (folder / "ask.js").write_text(PAINTED + OURS + COLD, encoding="utf-8")
    # Only here: what draws charts comes with the pages, and would count as the index's memory.
    from generator.pages.parts import Page
    from generator.pages.render import render

    page = Page(address.EXAMPLES, "Påhittat", "Påhittat", (), "", "Påhittat.", contents=False)
    body = render("find.md.jinja", page, "sv", gold_star_label="", topics=()).split("---\n", 2)[2]
    body = markdown.markdown(body, extensions=["attr_list", "toc"]).replace("../assets", "assets")
    more = '<script type="module" src="assets/search-header.js"></script><script type="module" src="ask.js"></script>'
    style = '<link rel="stylesheet" href="assets/kommunkompassen.css">'
    (folder / "index.html").write_text(f"{HEAD}{style}<body>{body}{more}", encoding="utf-8")
    return built


def lunr(examples: int, folder: Path) -> Built:
    """Stock lunr.py for Swedish with our stop words: one index, and the texts beside it."""
    archive = _archive(examples)
    built, (index, texts) = _spent(lambda: _lunr(archive))
    folder.mkdir(parents=True)
    (folder / "index.json").write_text(index, encoding="utf-8")
    (folder / "texts.json").write_text(texts, encoding="utf-8")
    scripts = "\n;".join(path.read_text(encoding="utf-8") for path in search.sources())
    (folder / "lunr.js").write_text(search.bare(scripts), encoding="utf-8")
    (folder / "ask.js").write_text(PAINTED + LUNR + COLD, encoding="utf-8")
    page = f'{HEAD}<body><ol></ol><script src="lunr.js"></script><script type="module" src="ask.js"></script>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    return built


def _lunr(archive: Archive) -> tuple[str, str]:
    """The builder that lunr.py makes for a language, without the download of stop words that it begins with."""
    found = [record for record, _ in search.records(archive, address, search.Reader(search.unkept))]
    builder = Builder()
    builder.pipeline.reset()
    trimmer = generate_trimmer(r"\w")
    Pipeline.register_function(trimmer, "trimmer-benchmark")
    stop = generate_stop_word_filter(text.browser_tables()["stop_words"].split(), language="benchmark")
    for step in (trimmer, stop, Pipeline.registered_functions["stemmer-sv"]):
        builder.pipeline.add(step)
    for field in ("title", "text", "place"):
        builder.field(field)
    for number, record in enumerate(found):
        builder.add({"id": str(number), "title": record.title, "text": record.text, "place": record.municipality})
    texts = [[record.title, record.text, record.municipality] for record in found]
    return json.dumps(builder.build().serialize(), ensure_ascii=False), json.dumps(texts, ensure_ascii=False)


def pagefind(examples: int, folder: Path) -> Built:
    """Pagefind over one page for each example, with five filters."""
    archive = _archive(examples)
    for number, page in enumerate(_pages(archive)):
        path = folder / str(number % 1000) / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    command = ["npx", "--yes", PAGEFIND, "--site", str(folder), "--force-language", "sv"]
    subprocess.run(command, capture_output=True, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in folder.rglob("*.html"):
        path.unlink()
    (folder / "ask.js").write_text(PAINTED + FOUND + COLD, encoding="utf-8")
    page = f'{HEAD}<body><ol></ol><script type="module" src="ask.js"></script>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    return Built(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, used.ru_maxrss / 1024)


def _pages(archive: Archive) -> Iterator[str]:
    for record, _ in search.records(archive, address, search.Reader(search.unkept)):
        said = {"land": record.country, "lan": record.county, "ar": record.year, "fraga": record.question}
        filters = [*said.items(), *(("amne", topic) for topic in record.topics)]
        marks = "".join(f'<i data-pagefind-filter="{name}:{escape(str(value))}"></i>' for name, value in filters)
        body = f"<h1>{escape(record.title)}</h1><p>{escape(record.text)}</p><p>{record.municipality}</p>"
        yield f'<!doctype html><html lang="sv"><title>.</title><main data-pagefind-body>{marks}{body}</main>'


WAYS = (Way("ours", ours, 24, 240), Way("lunr, one file", lunr, 3, 240), Way(PAGEFIND, pagefind, 8, 120))


def _spent(work: Callable[[], T]) -> tuple[Built, T]:
    """What a piece of work takes of this process, and what it gives."""
    before, start = _resident(), time.process_time()
    made = work()
    seconds, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Built(seconds, peak, peak - before), made


def _resident() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024 / 1024
