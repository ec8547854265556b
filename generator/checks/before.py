"""What the rules found the last time, for as long as nothing that they look at is another.

A rule of an evaluation looks at it, at the other evaluations of its municipality, and at the lists that all share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.checks.rule import RULES, Context, Finding, Rule, records
from generator.model import Evaluation

Found = list[tuple[Rule, Finding]]


class Before:
    """Findings by municipality, each with the evaluations that they were found in."""

    def __init__(self) -> None:
        self._around: tuple[Any, ...] = ()
        self._found: dict[str, tuple[list[Evaluation], Found]] = {}

    def __getstate__(self) -> tuple[object, ...]:
        """Another process knows a rule by its place among all."""
        places = {rule: place for place, rule in enumerate(RULES)}
        *lists, rules = self._around or ((),)
        return lists, [places[rule] for rule in rules], _told_by(places, self._found)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        lists, rules, found = state
        self._around = (*lists, tuple(RULES[place] for place in rules)) if lists else ()
        self._found = _told_by(RULES, found)

    def of_evaluations(self, context: Context, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Finding]]:
        """What the rules of evaluations find."""
        around = _around(context, rules)
        before = self._found if around == self._around else {}
        self._around, self._found = around, {}
        for municipality, own in _by_municipality(context).items():
            known, found = before.get(municipality, ([], []))
            if list(map(id, known)) != list(map(id, own)):
                found = [(rule, each) for rule in rules for one in own for each in rule.test(context, one)]
            self._found[municipality] = own, found
            yield from found


def _told_by(names: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Findings with another name for each rule."""
    return {place: (own, [(names[rule], each) for rule, each in told]) for place, (own, told) in found.items()}


def _by_municipality(context: Context) -> dict[str, list[Evaluation]]:
    found: dict[str, list[Evaluation]] = {}
    for evaluation in (*context.archive.evaluations, *context.archive.withdrawn):
        found.setdefault(evaluation.municipality, []).append(evaluation)
    return found


def findings(rule: Rule, context: Context) -> Iterator[Finding]:
    """What a rule finds in all that it is for."""
    for record in records(context, rule.of):
        yield from rule.test(context, record)


def _around(context: Context, rules: Sequence[Rule]) -> tuple[object, ...]:
    of = context.archive
    lists = of.municipalities, of.editions, of.topics, of.averages, of.known, of.withdrawn
    return *lists, context.today, context.failed, tuple(rules)
