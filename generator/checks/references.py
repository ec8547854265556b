"""Names that must exist: municipalities, editions, questions, topics, and ids that must be one thing's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.checks.rule import At, Context, Finding, nearest, rule
from generator.model import CURLY, Archive, AreaResult, Evaluation, Note

QUESTION_EDITION = "2015"
"""The edition whose questions the topics are tied to."""

KINDS = ("strengths", "improvements", "examples")


def notes(evaluation: Evaluation) -> Iterator[tuple[At, int | None, Note]]:
    """Every strength, improvement and example with its place and its area."""
    owners: list[tuple[At, int | None, Evaluation | AreaResult]] = [((), None, evaluation)]
    owners += [(("areas", area), area, result) for area, result in evaluation.areas.items()]
    for at, area, owner in owners:
        for kind in KINDS:
            for index, note in enumerate(getattr(owner, kind)):
                yield (*at, kind, index), area, note


@rule("KK010")
def municipality_unknown(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """The folder of an evaluation is a municipality of that country in the registry."""
    known = context.archive.municipalities
    found = known.get(evaluation.municipality)
    if not known or (found and found.country == evaluation.country):
        return
    values = {"slug": evaluation.municipality, "country": evaluation.country}
    if found:
        yield Finding(evaluation, (), {**values, "variant": "country", "other": found.country})
        return
    slugs = (slug for slug, each in known.items() if each.country == evaluation.country)
    yield Finding(evaluation, (), values | nearest(evaluation.municipality, slugs))


@rule("KK011")
def edition_unknown(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """The edition is one of `editions/`, or `unknown`."""
    known = context.archive.editions
    name = evaluation.edition
    if known and name != "unknown" and name not in known and f"editions/{name}.yml" not in context.failed:
        values = {"edition": name, "known": ", ".join(sorted(known))}
        yield Finding(evaluation, ("edition",), values | ({"variant": "curly"} if name[:1] in CURLY else {}))


@rule("KK018", severity="warning")
def edition_not_known(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An evaluation whose edition is not known can be compared by its total only."""
    if evaluation.edition == "unknown":
        yield Finding(evaluation, ("edition",))


@rule("KK011", of="archive")
def average_of_unknown_edition(context: Context, archive: Archive) -> Iterator[Finding]:
    """An average, too, belongs to a known edition."""
    for each in archive.averages:
        if archive.editions and each.edition not in (*archive.editions, "unknown"):
            values = {"edition": each.edition, "known": ", ".join(sorted(archive.editions))}
            yield Finding("averages.yml", ("averages", each.id, "edition"), values)


@rule("KK012")
def question_not_in_edition(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A question belongs to its area and, where the edition's questions are known, to the edition."""
    for area, result in evaluation.areas.items():
        for number in result.questions:
            if not _exists(context, evaluation, area, number):
                at: At = ("areas", area, "questions", number)
                yield Finding(evaluation, at, _question(evaluation, number, area), key=True)
    for at, inside, note in context.once(notes, evaluation):
        if note.question is None:
            continue
        area = inside or int(note.question[0])
        if not _exists(context, evaluation, area, note.question):
            yield Finding(evaluation, (*at, "question"), _question(evaluation, note.question, area))


def _exists(context: Context, evaluation: Evaluation, area: int, number: str) -> bool:
    edition = context.archive.editions.get(evaluation.edition)
    if edition and any(each.questions for each in edition.areas.values()):
        return area in edition.areas and number in edition.areas[area].questions
    return number.startswith(f"{area}.")


def _question(evaluation: Evaluation, number: str, area: int) -> dict[str, str | int]:
    wrong_area = not number.startswith(f"{area}.")
    values: dict[str, str | int] = {"number": number, "area": area, "edition": evaluation.edition}
    return values | ({"variant": "area"} if wrong_area else {})


@rule("KK013")
def topic_unknown(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A topic is one of `topics.yml`."""
    known = context.archive.topics
    if not known or "topics.yml" in context.failed:
        return
    for at, _, note in context.once(notes, evaluation):
        for index, topic in enumerate(note.topics):
            if topic not in known:
                yield Finding(evaluation, (*at, "topics", index), {"topic": topic} | nearest(topic, known))


@rule("KK014")
def role_model_unknown(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A role model and a reference are municipalities of the registry."""
    named: list[tuple[At, str]]
    named = [(("role_models", index, "municipality"), each.municipality)
             for index, each in enumerate(evaluation.role_models)]
    if evaluation.reference:
        named.append((("reference", "municipality"), evaluation.reference.municipality))
    for at, slug in named:
        if context.archive.municipalities and slug not in context.archive.municipalities:
            yield Finding(evaluation, at, {"slug": slug} | nearest(slug, context.archive.municipalities))


@rule("KK014", of="archive")
def known_municipality_unknown(context: Context, archive: Archive) -> Iterator[Finding]:
    """What `known.yml` lists, and what a former municipality became part of, is in the registry."""
    if not archive.municipalities:
        return
    known = ((("known", index, "municipality"), "known.yml", each.municipality)
             for index, each in enumerate(archive.known))
    successors = (((slug, "successor"), "municipalities.csv", each.successor)
                  for slug, each in archive.municipalities.items() if each.successor)
    for at, where, slug in chain(known, successors):
        if slug not in archive.municipalities:
            yield Finding(where, at, {"slug": slug} | nearest(slug, archive.municipalities))


@rule("KK015")
def example_without_area(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A strength, improvement or example stands in its area; outside one it says `area: not stated`."""
    for at, area, note in context.once(notes, evaluation):
        if area is None and note.area is None:
            yield Finding(evaluation, at, {"kind": at[-2]})
        elif area is not None and note.area is not None:
            yield Finding(evaluation, (*at, "area"), {"variant": "inside", "area": area, "kind": at[-2]}, key=True)


@rule("KK016", of="archive")
def topic_of_unknown_question(context: Context, archive: Archive) -> Iterator[Finding]:
    """A topic's areas and questions exist in the edition of 2015."""
    edition = archive.editions.get(QUESTION_EDITION)
    if edition is None:
        return
    questions = {number for area in edition.areas.values() for number in area.questions}
    for topic in archive.topics.values():
        wrong = [("areas", index, str(area)) for index, area in enumerate(topic.areas) if area not in edition.areas]
        wrong += [("questions", index, name) for index, name in enumerate(topic.questions) if name not in questions]
        for key, index, name in wrong:
            values = {"variant": key, "name": name, "edition": QUESTION_EDITION}
            yield Finding("topics.yml", ("topics", topic.id, key, index), values)


@rule("KK016", of="archive")
def edition_compared_to_unknown(context: Context, archive: Archive) -> Iterator[Finding]:
    """An edition is compared to editions that exist, and its questions stand in their own areas."""
    for edition in archive.editions.values():
        where = f"editions/{edition.id}.yml"
        for other in edition.comparable:
            if other not in archive.editions and f"editions/{other}.yml" not in context.failed:
                yield Finding(where, ("comparable", other), {"variant": "comparable", "name": other}, key=True)
        for area, content in edition.areas.items():
            for number in content.questions:
                if not number.startswith(f"{area}."):
                    at = ("areas", area, "questions", number)
                    yield Finding(where, at, {"variant": "placed", "name": number, "area": area}, key=True)


@rule("KK017")
def id_used_twice(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An id is one thing's own within its evaluation: it is part of an address."""
    first: dict[str, At] = {}
    for at, _, note in context.once(notes, evaluation):
        if note.id and note.id in first:
            yield Finding(evaluation, (*at, "id"), {"id": note.id, "first": _readable(first[note.id])})
        elif note.id:
            first[note.id] = at


@rule("KK017", of="archive")
def entry_twice(context: Context, archive: Archive) -> Iterator[Finding]:
    """An average's id is its own, and `known.yml` lists an evaluation once."""
    seen: set[object] = set()
    averages = (("averages.yml", ("averages", index, "id"), each.id) for index, each in enumerate(archive.averages))
    known = (("known.yml", ("known", index, "municipality"), f"{each.municipality} {each.year}")
             for index, each in enumerate(archive.known) if each.year)
    for where, at, name in chain(averages, known):
        if (where, name) in seen:
            yield Finding(where, at, {"variant": "list", "id": name})
        seen.add((where, name))


def _readable(at: At) -> str:
    return ".".join(str(part) for part in at)

