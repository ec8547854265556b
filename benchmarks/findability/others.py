"""Stock lunr and Pagefind on the same records, as they come from npm, in a folder that is thrown away.

Each document is what a page would show of the record: title, text, place and the Swedish names of its topics.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

from benchmarks.findability import SHOWN, Ranked
from benchmarks.findability.ours import chromium, served
from generator.addresses import address
from generator.model import Archive
from generator.search import Reader, records, unkept

PACKAGES = ("lunr@2.3.9", "lunr-languages@1.22.0", "pagefind@1.5.2")
LUNR = """
const lunr = require("lunr"), [, , language, input] = process.argv;
for (const part of ["lunr.stemmer.support", "lunr.sv", "lunr.no", "lunr.multi"]) {
  require(`lunr-languages/${part}`)(lunr);
}
const { documents, queries, shown } = JSON.parse(require("fs").readFileSync(input));
const index = lunr(function () {
  this.use(language === "sv" ? lunr.sv : lunr.multiLanguage("sv", "no"));
  this.ref("id");
  for (const [field, boost] of [["title", 3], ["text", 1], ["topics", 1], ["place", 2]]) this.field(field, { boost });
  documents.forEach((document) => this.add(document));
});
const plain = (query) => query.replace(/[-+~^:*]/g, " ");
const found = queries.map((query) => [query, index.search(plain(query)).slice(0, shown).map(({ ref }) => ref)]);
console.log(JSON.stringify(Object.fromEntries(found)));
"""
PAGEFIND = """async ([address, queries, shown]) => {
  const pagefind = await import(address), found = {};
  await pagefind.init();
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.slice(0, shown).map((result) => result.data()));
    found[query] = pages.map(({ meta }) => meta.record);
  }
  return found;
}"""


def installed(folder: Path) -> bool:
    """Whether npm could fetch the packages."""
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def documents(archive: Archive) -> list[dict[str, str]]:
    """What the other engines get of each record."""
    return [
        {
            "id": record.id,
            "title": record.title if record.kind != "strength" else "",
            "text": record.text,
            "topics": " ".join(archive.topics[topic].labels["sv"] for topic in record.topics),
            "place": f"{archive.municipalities[record.municipality].name} {record.county or ''}",
        }
        for record, _ in records(archive, address, Reader(unkept))
    ]


def lunr(archive: Archive, queries: Sequence[str], folder: Path, language: str) -> Ranked:
    """Stock lunr with one language (`sv`) or with Swedish and Norwegian at once (`multi`)."""
    (folder / "lunr.js").write_text(LUNR, encoding="utf-8")
    given = {"documents": documents(archive), "queries": queries, "shown": SHOWN}
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    done = subprocess.run(["node", "lunr.js", language, "given.json"], cwd=folder, capture_output=True, check=True)
    answers: Ranked = json.loads(done.stdout)
    return answers


def pagefind(archive: Archive, queries: Sequence[str], folder: Path) -> Ranked:
    """Pagefind over one Swedish page for each record."""
    site = folder / "site"
    for document in documents(archive):
        page = site / document["id"] / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(_page(document), encoding="utf-8")
    (site / "index.html").write_text("<!doctype html><html lang=sv><title>.</title>", encoding="utf-8")
    command = ["npx", "--no-install", "pagefind", "--site", "site", "--force-language", "sv"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    with served(site) as home, chromium() as browser:
        tab = browser.new_page()
        tab.goto(home)
        answers: Ranked = tab.evaluate(PAGEFIND, [f"{home}pagefind/pagefind.js", list(queries), SHOWN])
        return answers


def _page(document: dict[str, str]) -> str:
    title, text, topics, place, record = (escape(document[key]) for key in ("title", "text", "topics", "place", "id"))
    return (
        f'<!doctype html><html lang="sv"><title>{title}</title><body><main data-pagefind-body '
        f'data-pagefind-meta="record:{record}"><h1>{title}</h1><p>{text}</p><p>{topics}</p><p>{place}</p></main>'
    )
