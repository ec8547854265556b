"""What must agree within and across evaluations: one small function for each rule.

A rule's docstring is the rule; its code has a heading in `docs/redigera/fel.md` and its case in `tests/problems/`.
Nothing is read or repaired here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.checks import addresses, arithmetic, history, references, texts, values, vocabulary
from generator.checks.before import Before, findings
from generator.checks.rule import RULES, Context, Finding, Places, Rule, Told, declared, place
from generator.model import Archive
from generator.problems import Problem

__all__ = ["DECLARABLE", "RULES", "Before", "addresses", "arithmetic", "check", "history", "references", "texts",
           "values", "vocabulary"]

DECLARABLE = ("KK025", "KK026", "KK030", "KK031", "KK032", "KK033")
"""Rules on printed figures: a report may break them, and then `known_mismatches` says so."""

Name = tuple[Any, ...]


def check(
    archive: Archive, places: Places, today: date, before: Before | None = None, warnings: bool = True
) -> tuple[Problem, ...]:
    """All problems between the values of the archive, sorted by file and place; without `warnings`, only the errors.

    With what was found `before`, which is brought up to date, only what may be otherwise now is looked at.
    """
    context = Context(archive, today, places.failed)
    rules = tuple(rule for rule in RULES if warnings or rule.severity == "error")
    # Told one by one, so that the rules run while `places` has paused what would slow both down.
    told = _told(context, rules, before or Before())
    return tuple(sorted(places.problems(_said(*each) for each in told if places.asks(each[1].where))))


def _told(context: Context, rules: Sequence[Rule], before: Before) -> Iterator[tuple[Rule, Finding]]:
    """What the rules find and nobody has declared, and what was declared without need."""
    found = [*before.of_evaluations(context, [rule for rule in rules if rule.of == "evaluation"])]
    found += [(rule, each) for rule in rules if rule.of != "evaluation" for each in findings(rule, context)]
    declarations = _declarations(context)
    needed = {_name(rule, finding) for rule, finding in found}
    yield from ((rule, finding) for rule, finding in found if _name(rule, finding) not in declarations)
    yield from ((_UNNEEDED, finding) for finding in _unneeded(context, declarations, needed))


def _said(rule: Rule, finding: Finding) -> Told:
    declared_as = {"at": finding.name} if rule.code in DECLARABLE else {}
    return finding.where, finding.at, finding.key, rule.code, rule.severity, {**finding.values, **declared_as}


def _name(rule: Rule, finding: Finding) -> Name:
    """What a declared mismatch has to say to mean this finding: whose it is, the rule, and the place."""
    code = rule.code if rule.code in DECLARABLE else None
    return code, *_owner(finding), finding.name


def _owner(finding: Finding) -> Name:
    if isinstance(finding.where, str):
        return finding.where, *finding.at[:2]
    return finding.where.slug, None, None


def _declarations(context: Context) -> Mapping[Name, Finding]:
    """Every declared mismatch by its name, as the finding that it is when it is not needed."""
    found: dict[Name, Finding] = {}
    for owner, index, mismatch in declared(context):
        where, at = place(owner, ("known_mismatches", index, "at"))
        finding = Finding(where, at, {"rule": mismatch.rule, "at": mismatch.at})
        found[(mismatch.rule, *_owner(finding), mismatch.at)] = finding
    return found


def _unneeded(context: Context, declarations: Mapping[Name, Finding], needed: set[Name]) -> Iterator[Finding]:
    """A declared mismatch that no rule finds is itself an error: the list can only shrink."""
    for name, finding in declarations.items():
        if name not in needed and not _partly_read(context, finding):
            yield finding


def _partly_read(context: Context, finding: Finding) -> bool:
    """Whether the figure that made it necessary may be among what could not be read."""
    if isinstance(finding.where, str):
        return finding.where in context.failed
    return any(path.startswith(f"{finding.where.country}/{finding.where.municipality}/") for path in context.failed)


_UNNEEDED = Rule("KK035", "error", "archive", lambda context, _: _unneeded(context, {}, set()))
