"""The YAML of one invented evaluation, as an editor would have written it: what `corpus` lays out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from benchmarks.prose import Prose, prose

EVALUATIONS = Path(__file__).parent.parent / "evaluations"
LANGUAGES = {"se": "sv", "no": "nb"}
EVALUATORS = {"se": "Påhittade utvärderare", "no": "Oppdiktede evaluatorer"}
EDITIONS = {"se": (2002, 2010, 2015, 2020), "no": (2002, 2010)}
"""In Norway the edition of 2010 stayed."""
AREAS = range(1, 9)
NOTES = {"strengths": (4, 8, 1), "improvements": (3, 6, 1), "examples": (1, 2, 3)}
"""How many there are in an area, at least and at most, and how many sentences each has."""
STATES = ("planned", "underway", "done", "dropped")
TITLE = 80


@dataclass(frozen=True)
class Report:
    """What an evaluation is about, and the scores that its printed figures are roundings of."""

    country: str
    name: str
    slug: str
    year: int
    depth: str
    """`complete`, `areas` (only their points), `total` or `known` (no figures at all)."""
    scores: dict[int, dict[str, float]]
    """By area and question; by area alone where the edition's questions are not known."""
    before: tuple[Report, ...]

    @property
    def edition(self) -> str:
        """The newest one of its year."""
        return _edition(self.country, self.year)

    @property
    def total(self) -> int:
        """What is printed for all areas."""
        return round(sum(sum(scores.values()) for scores in self.scores.values()))

    def points(self, area: int) -> int:
        """What is printed for an area."""
        return round(sum(self.scores[area].values()))


def scores(chance: random.Random, country: str, year: int, earlier: int) -> dict[int, dict[str, float]]:
    """The scores of a municipality that has been evaluated so many times before, and learnt a little each time."""
    level = chance.gauss(0.48, 0.08) + 0.03 * earlier
    found = {}
    for area in AREAS:
        share = chance.gauss(level, 0.08)
        parts = maxima(_edition(country, year), area) or {"": 100}
        found[area] = {number: m * min(0.97, max(0.05, chance.gauss(share, 0.1))) for number, m in parts.items()}
    return found


def text(one: Report, chance: random.Random, slugs: Sequence[str], unseen: bool) -> str:
    """The evaluation's file; `unseen` where its year is not known. Role models are among the `slugs`."""
    said = prose(LANGUAGES[one.country])
    lines = [*_head(one, chance, said, unseen)]
    if one.depth != "known":
        lines.append(f"total: {one.total}")
    if one.depth == "complete":
        lines += _block("summary", said.paragraphs(chance, 2, 3), "  ")
    if one.depth in ("complete", "areas"):
        lines += ["areas:", *(line for area in AREAS for line in _area(one, chance, said, area))]
    if one.depth == "complete" and chance.random() < 0.4:
        lines += ["role_models:", *(_role_model(chance, said, slugs) for _ in range(chance.randint(1, 4)))]
    return "\n".join([*lines, *_change(one), ""])


def _head(one: Report, chance: random.Random, said: Prose, unseen: bool) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../schema.json"
    yield "edition: unknown" if unseen else f'edition: "{one.edition}"'
    if one.depth == "complete":
        yield f"month: {chance.randint(1, 12)}"
        yield f"evidence: {{interviews: {chance.randint(8, 40)}, documents: true, website: true}}"
    yield f"evaluators: [{EVALUATORS[one.country]}]"
    yield f"previous: [{', '.join(str(each.year) for each in one.before)}]"
    yield "sources:"
    title, address = f"{one.name}: {said.sentence(chance, 5)}", f"https://{one.slug}.example/"
    yield f'  - {{title: "{title}", url: "{address}", read: 2026-01-31}}'
    if one.depth == "known":
        yield from ("notes:", f"  - {said.sentence(chance)}")


def _role_model(chance: random.Random, said: Prose, slugs: Sequence[str]) -> str:
    model = f"municipality: {chance.choice(slugs)}, area: {chance.choice(AREAS)}"
    return f'  - {{{model}, about: "{" ".join(said.said(chance, 3))}"}}'


def _change(one: Report) -> Iterator[str]:
    """The change since the last evaluation, where both print a total in the same edition."""
    last = one.before[-1] if one.before else one
    if last is not one and "known" not in (last.depth, one.depth) and last.edition == one.edition:
        yield from ("printed_changes:", f"  - {{since: {last.year}, total: {one.total - last.total}}}")


# Areas --------------------------------------------------------------------------------------------------------------


def _area(one: Report, chance: random.Random, said: Prose, area: int) -> Iterator[str]:
    yield f"  {area}:"
    yield f"    points: {one.points(area)}"
    if one.depth == "areas":
        return
    yield f"    brief: {said.sentence(chance, 8)}"
    yield from _block("summary", said.paragraphs(chance, 3, 4), "      ")
    asked = maxima(one.edition, area)
    if asked:
        yield "    questions:"
        yield from (_question(number, one.scores[area][number], maximum) for number, maximum in asked.items())
    for kind, (least, most, sentences) in NOTES.items():
        yield f"    {kind}:"
        for number in range(1, chance.randint(least, most) + 1):
            yield f"      - id: {kind}-{area}-{number}"
            yield from (f"        {line}" for line in _note(one, chance, said, area, kind, sentences))
    if chance.random() < 0.2:
        yield from ("    highlights:", f"      - {said.sentence(chance)}")


def _question(number: str, score: float, maximum: int) -> str:
    printed = f"points: {round(score)}, maximum: {maximum}, percent: {round(100 * score / maximum)}"
    return f'      "{number}": {{{printed}}}'


def _note(one: Report, chance: random.Random, said: Prose, area: int, kind: str, sentences: int) -> Iterator[str]:
    known, asked = topics(area), maxima(one.edition, area)
    chosen = chance.sample([*known], chance.choice((1, 1, 2, 3)))
    if kind == "examples":
        words = [known[chosen[0]].get(LANGUAGES[one.country], known[chosen[0]]["sv"]), *said.said(chance, 3)]
        yield f"title: {' '.join(words)[:TITLE].strip()}"
    yield from _block("text", [said.sentences(chance, sentences)], "  ", folded=True)
    if asked and chance.random() < 0.8:
        yield f'question: "{chance.choice([*asked])}"'
    yield f"topics: [{', '.join(chosen)}]"
    if kind == "examples" and chance.random() < 0.06:
        yield "gold_star: true"
    if kind == "improvements" and chance.random() < 0.05:
        yield from ("actions:", f"  - what: {said.sentence(chance, 7)}", f"    by: {one.year + 1}")
        yield from (f"    state: {chance.choice(STATES)}", "    reported: 2026-01-31")


# Files --------------------------------------------------------------------------------------------------------------


def _block(key: str, paragraphs: Sequence[str], indent: str, folded: bool = False) -> Iterator[str]:
    """A text of several lines, one for each sentence."""
    yield f"{indent[2:]}{key}: {'>-' if folded else '|'}"
    for number, paragraph in enumerate(paragraphs):
        yield from [""] * (number > 0)
        yield from (f"{indent}{sentence.removesuffix('.')}." for sentence in paragraph.split(". "))


def _edition(country: str, year: int) -> str:
    return str(max(since for since in EDITIONS[country] if since <= year))


@cache
def maxima(edition: str, area: int) -> dict[str, int]:
    """The maximum of each question of an area, where the edition's questions are known."""
    known = _read(f"editions/{edition}")["areas"][area].get("questions", {})
    return {number: question["maximum"] for number, question in known.items()}


@cache
def topics(area: int) -> dict[str, dict[str, str]]:
    """The labels of the topics that belong to an area."""
    return {topic["id"]: topic["labels"] for topic in _read("topics")["topics"] if area in topic.get("areas", ())}


@cache
def _read(name: str) -> dict:  # type: ignore[type-arg]
    return yaml.safe_load((EVALUATIONS / f"{name}.yml").read_text(encoding="utf-8"))
