"""Addresses: what was published stays, what says where it was before says it truly."""

from __future__ import annotations

from collections.abc import Iterator

from generator.addresses import address
from generator.checks.rule import At, Context, Finding, Where, rule
from generator.model import Archive, Evaluation

PUBLISHED = "published.txt"
Claim = tuple[Where, At, str]
"""File and place of a `former`, and the address that it means."""


@rule("KK060", of="archive")
def address_lost(context: Context, archive: Archive) -> Iterator[Finding]:
    """A published address has its page, or leads to one."""
    if archive.published and not context.failed:
        for lost in context.ways.lost():
            yield Finding(PUBLISHED, (lost,), {"address": lost} | _kind(lost))


def _kind(lost: str) -> dict[str, str]:
    """The variant of the message, and what `former` has to say."""
    parts = lost.removeprefix(address.MUNICIPALITIES).strip("/").split("/")
    if lost.startswith(address.MUNICIPALITIES):
        return {"variant": "evaluation" if len(parts) > 1 else "municipality", "former": "/".join(parts[:2])}
    topic = lost.startswith(address.EXAMPLES)
    return {"variant": "topic", "former": lost.strip("/").split("/")[-1]} if topic else {}


def _claims(archive: Archive) -> Iterator[Claim]:
    """Every former address, with who says so."""
    for slug, place in archive.municipalities.items():
        yield from (("municipalities.csv", (slug, "former"), address.municipality(each)) for each in place.former)
    for evaluation in (*archive.evaluations, *archive.withdrawn):
        for index, each in enumerate(evaluation.former):
            yield evaluation, ("former", index), f"{address.MUNICIPALITIES}{each}/"
    for topic in archive.topics.values():
        for index, each in enumerate(topic.former):
            yield "topics.yml", ("topics", topic.id, "former", index), address.topic(each)


@rule("KK061", of="archive")
def former_address_is_in_use(context: Context, archive: Archive) -> Iterator[Finding]:
    """What is called former has no page of its own."""
    for where, at, former in _claims(archive):
        if former in context.ways.live:
            yield Finding(where, at, {"address": former})


@rule("KK062", of="archive")
def former_address_of_two(context: Context, archive: Archive) -> Iterator[Finding]:
    """A former address leads to one page."""
    seen: dict[str, Where] = {}
    for where, at, former in _claims(archive):
        if former in seen:
            yield Finding(where, at, {"address": former, "other": _path(seen[former])})
        seen.setdefault(former, where)


def _path(where: Where) -> str:
    return address.source_path(where) if isinstance(where, Evaluation) else where


@rule("KK063", of="archive", severity="warning")
def former_address_never_published(context: Context, archive: Archive) -> Iterator[Finding]:
    """A former address is on the list of those that were published."""
    known = set(archive.published)
    for where, at, former in _claims(archive) if known else ():
        if not any(each.startswith(former) for each in known):
            yield Finding(where, at, {"address": former})


@rule("KK065")
def withdrawn_in_the_future(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An evaluation was withdrawn today or earlier."""
    if evaluation.withdrawn and evaluation.withdrawn.on > context.today:
        yield Finding(evaluation, ("withdrawn", "on"), {"date": evaluation.withdrawn.on.isoformat()})
