"""Our chunks against plain lunr.js on the whole index: the same totals and the same counts, for random queries."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from benchmarks import practices as invented
from benchmarks.engine import lay
from generator import search, text
from generator.addresses import address
from generator.model import Archive
from generator.search import learning, practices, vocabulary
from generator.search.records import Record, Structures, spot

Serve = Callable[[Path], str]
FEW, ENOUGH = 10, 0.25
FACETS = ("kind", "area", "question", "topic", "country", "county", "edition", "year")

ORACLE = """
([documents, fields]) => {
  const builder = new lunr.Builder();
  fields.forEach((field) => builder.field(field));
  documents.forEach((document, id) => builder.add({ id: String(id), ...document }));
  const index = builder.build(), wildcard = lunr.Query.wildcard.TRAILING;
  const one = ({ stems, begins }) => new Set(index.query((query) => {
    stems.forEach((stem) => query.term(stem, { usePipeline: false }));
    if (begins) query.term(begins, { usePipeline: false, wildcard });
  }).map(({ ref }) => Number(ref)));
  window.plainly = (words) => words.map((word) => [...one(word)]);
}
"""
OURS = """
(manifest) => {
  const worker = new Worker("assets/search-worker.js");
  let heard, number = 0;
  worker.onmessage = ({ data }) => heard(data);
  const until = (last, data) => new Promise((resolve, reject) => {
    const parts = {};
    heard = (part) => {
      Object.assign(parts, part);
      if (part.failed) reject(part.failed);
      if (last(part)) resolve(parts);
    };
    worker.postMessage(data);
  });
  window.ours = (question) => until((part) => part.counts, { number: number += 1, question });
  return until((part) => part.ready, { manifest: new URL(manifest, location).href });
}
"""


class Trial:
    """An invented archive in a browser, searched by us and by plain lunr.js."""

    def __init__(self, page: Page, archive: Archive) -> None:
        read = search.Reader(search.unkept)
        found = search.records(archive, address, read)
        self.page, self.records = page, [record for record, _ in found]
        self.structures = Structures(archive.editions)
        lexicon = learning.learnt(archive, read).lexicon
        blocks = practices.blocks(archive, address, "sv", read, lexicon)
        documents = [document for block in blocks for document in block.make()]
        self.words = sorted({word for _, read_ in found for word in read_.words if len(word) > 3})
        phrases = [phrase for topic in archive.topics.values() for phrase in vocabulary.phrases(topic)]
        assert all(len(phrase.words) == 1 for phrase in phrases)
        self.topics: dict[str, list[str]] = {}
        for phrase in phrases:
            self.topics.setdefault(phrase.topic, []).append(phrase.words[0])
        self.terms = {term for document in documents for words in document.fields.values() for term in words}
        fields = [{name: list(words) for name, words in document.fields.items()} for document in documents]
        page.evaluate(ORACLE, [fields, list(practices.BOOSTS)])
        page.evaluate(OURS, "assets/search/examples.json")

    def same(self, chance: random.Random) -> None:
        """One random question: as many hits and the same counts on both sides."""
        words = chance.sample(self.words, chance.choice((1, 1, 2, 2, 3)))
        exact, begins = chance.random() < 0.5, chance.random() < 0.3
        if begins:
            whole = words[-1]
            starts = [whole[:end] for end in range(2, len(whole) + 1) if text.carrying(whole[:end])]
            words[-1] = chance.choice(starts)  # a beginning that is a stop word is left out while others are typed
        query = " ".join(words) + ("" if begins else " ")
        chosen = self._chosen(chance)
        hits = self._hits(words, exact, begins)
        passing, counts = self._counted(hits, chosen)
        ours = self.page.evaluate("question => ours(question)", {"query": query, "exact": exact, "chosen": chosen})
        told = {facet: dict(Counter(ours["counts"][facet])) for facet in FACETS}
        assert (ours["total"], told) == (len(passing), counts), (query, exact, chosen)

    def _hits(self, words: list[str], exact: bool, begins: bool) -> set[int]:
        """Those with all words, few though they be with most; widened by topics, unless exact ones are asked for."""
        groups = []
        for place, word in enumerate(words):
            stems = list(dict.fromkeys([word, text.stem(word, "sv"), text.stem(word, "nb")]))
            unfinished = word if begins and not exact and place == len(words) - 1 else ""
            found = self._plainly([{"stems": stems, "begins": unfinished}])[0]
            whole = not unfinished or self._plainly([{"stems": stems, "begins": ""}])[0]
            called = set(stems) if whole else self._only_topic(word)
            for topic, names in self.topics.items():
                if not exact and called & set(names):
                    found |= {n for n, record in enumerate(self.records) if topic in record.topics}
                    found = found.union(*self._plainly([{"stems": [name], "begins": ""} for name in names]))
            groups.append(found)
        together = set.intersection(*groups)
        return together if len(groups) == 1 or len(together) >= FEW else self._covering(groups)

    def _only_topic(self, beginning: str) -> set[str]:
        """The names of the one topic whose names begin so, if it is one; they stand in documents."""
        standing = {term for term in self.terms if term.startswith(beginning)}
        called = [set(names) & standing for names in self.topics.values() if set(names) & standing]
        return called[0] if len(called) == 1 else set()

    def _covering(self, groups: list[set[int]]) -> set[int]:
        """The documents that hold enough of what the words tell: the rarer a word, the more it tells."""
        told = [math.log(1 + len(self.records) / len(group)) if group else 0.0 for group in groups]
        share = {
            number: sum(one for one, group in zip(told, groups, strict=True) if number in group)
            for number in set.union(*groups)
        }
        return {number for number, held in share.items() if held >= ENOUGH * sum(told)}

    def _plainly(self, words: list[dict[str, Any]]) -> list[set[int]]:
        return [set(found) for found in self.page.evaluate("words => plainly(words)", words)]

    def _chosen(self, chance: random.Random) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for facet in chance.sample(FACETS[:-1], chance.choice((0, 0, 1, 2))):
            known = sorted({value for record in self.records for value in self._values(record)[facet]})
            chosen[facet] = chance.sample(known, min(len(known), chance.choice((1, 2))))
        if chance.random() < 0.2:
            chosen["from"] = "2001"
        return chosen

    def _values(self, record: Record) -> dict[str, list[str]]:
        area, question = spot(record, self.structures)
        return {
            "kind": ["gold_star", "example"] if record.gold_star else [record.kind],
            "area": [area or "okant"],
            "question": [question or "okant"],
            "topic": list(record.topics) or ["okant"],
            "country": [record.country],
            "county": [record.county or "okant"],
            "edition": [record.edition],
            "year": [str(record.year or "okant")],
        }

    def _counted(self, hits: set[int], chosen: Mapping[str, Any]) -> tuple[list[int], dict[str, dict[str, int]]]:
        """Who passes all that is chosen; a facet counts as if nothing were chosen in it."""
        passing, counts = [], {facet: Counter[str]() for facet in FACETS}
        for number in hits:
            values = self._values(self.records[number])
            failed = {facet for facet in FACETS if chosen.get(facet) and not set(chosen[facet]) & set(values[facet])}
            if "from" in chosen and int(values["year"][0]) < int(chosen["from"]):
                failed.add("year")
            passing += [] if failed else [number]
            for facet in FACETS:
                counts[facet].update(values[facet] if not failed - {facet} else [])
        return passing, {facet: dict(count) for facet, count in counts.items()}


def run(chromium: str, served: Serve, folder: Path, examples: int, queries: int) -> None:
    archive = _in_single_words(invented.archive(examples))
    lay(folder, search.files(archive, address, "sv"))
    (folder / "lunr.js").write_bytes(search.sources()[0].read_bytes())
    (folder / "index.html").write_text('<!doctype html><meta charset="utf-8"><script src="lunr.js"></script>')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(served(folder))
        trial, chance = Trial(page, archive), random.Random(queries)
        for _ in range(queries):
            trial.same(chance)
        browser.close()


def _in_single_words(archive: Archive) -> Archive:
    """Topics without names of several words: lunr, which we are compared with, knows no phrases."""
    topics = {}
    for identity, topic in archive.topics.items():
        names = {
            language: tuple(name for name in names if len(text.carrying(name)) == 1)
            for language, names in topic.synonyms.items()
        }
        labels = {"sv": max(text.carrying(topic.labels["sv"]), key=len)}
        topics[identity] = topic.model_copy(update={"labels": labels, "synonyms": names})
    return archive.model_copy(update={"topics": topics})


def test_totals_and_counts_are_those_of_plain_lunr(chromium: str, served: Serve, tmp_path: Path):
    run(chromium, served, tmp_path, 150, 20)


@pytest.mark.trials
def test_totals_and_counts_are_those_of_plain_lunr_in_three_hundred_queries(
    chromium: str, served: Serve, tmp_path: Path
):
    run(chromium, served, tmp_path, 2_500, 300)
