"""The accessibility statement: the page written by hand, with what it must tell put in from one file of facts.

The authority asks for eleven parts: who answers, for what, how far it conforms, what is lacking and why, what would be
too heavy a burden, what the law leaves out, how it was assessed and when, when the statement was updated, how to tell
of a fault, and where to complain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

from generator.pages.site import Publisher
from generator.text import Words, words

PARTS = ("draft", "actor", "service", "conformance", "known", "untested", "burden", "exempt", "method", "assessed",
         "updated", "contact", "complaint")  # fmt: skip
"""What the page asks for: the eleven parts, of which what is lacking stands in two, and whether it is a draft."""
_PLACE = re.compile(rf"<!-- statement: ({'|'.join(PARTS)}) -->")


def with_statement(page: str, facts: Mapping[str, Any], publisher: Publisher, language: str) -> str:
    """The page with every part in its place; `facts` is what the file beside it says."""
    t = words(language)
    return _PLACE.sub(lambda place: _part(t, place[1], facts, publisher), page)


def _part(t: Words, name: str, facts: Mapping[str, Any], publisher: Publisher) -> str:
    return _OURS[name](t, publisher) if name in _OURS else _told(t, name, facts[name])


def _told(t: Words, name: str, fact: str | date | list[str]) -> str:
    """A part as the file tells it: a list, a day, one of three answers, or a text."""
    if isinstance(fact, list):
        return "\n".join(f"- {item}" for item in fact)
    if isinstance(fact, date):
        day = f'<time datetime="{fact.isoformat()}">{t.when(fact.isoformat())}</time>'
        return t(f"statement.{name}", day=day)
    return t(f"statement.{name}.{fact}") if name == "conformance" else fact


def _draft(t: Words, publisher: Publisher) -> str:
    return "" if publisher.name else f'<div class="k-notice"><p>{t("statement.draft")}</p></div>'


def _actor(t: Words, publisher: Publisher) -> str:
    return t("statement.actor", name=escape(publisher.name)) if publisher.name else t("statement.no_actor")


def _contact(t: Words, publisher: Publisher) -> str:
    contact = publisher.contact
    if not contact:
        return t("statement.no_contact")
    to = f"mailto:{contact}" if "@" in contact and "/" not in contact else contact
    return t("statement.contact", link=f'<a href="{escape(to)}">{escape(contact)}</a>')


_OURS: dict[str, Callable[[Words, Publisher], str]] = {"draft": _draft, "actor": _actor, "contact": _contact}
"""What follows from who publishes, as mkdocs.yml says."""
