"""One page, read as a browser reads it: every element and attribute is known, or it is a fault."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.publish.gate.allowed import (
    ALSO,
    DRAWING,
    DRAWN,
    ELEMENTS,
    FOREIGN,
    HIDDEN,
    LEADS,
    LOADS,
    NAMED,
    PLAIN,
    RELATIONS,
    SCHEMES,
)
from generator.publish.gate.fault import Facts
from generator.publish.gate.scripts import instruction, script

KNOWN = ELEMENTS | DRAWING
FETCHING = frozenset({"script", "link", "img", "source", "use"})
TELLING = FETCHING | {"meta", "h1", "title"}
SIMPLE = PLAIN - {"id"}
"""Attributes of which nothing has to be known; most are of these, so they are passed over first."""
SOURCE = "source"
"""The name of the `meta` that says what a page was made from."""

_TRICKY = re.compile(r"[\\\t\r\n\0]|^\s|\s$")
_REFERENCE = re.compile(r"&#([0-9]{1,8}|[xX][0-9a-fA-F]{1,6})")

Attributes = dict[str, str | None]


class _Reader:
    """Goes through a page from its beginning to its end, and remembers what only the end decides."""

    def __init__(self, policy: str) -> None:
        self.policy = policy
        self.facts = Facts()
        self.counts: Counter[str] = Counter()
        self.links: set[str] = set()
        """Every address that a link of the page names."""

    def element(self, element: LexborNode) -> None:
        tag, attributes = element.tag or "", element.attributes
        if tag not in KNOWN:
            self.facts.refuse("style" if tag == "style" else "element", tag)
        for name in attributes:
            if name not in SIMPLE:
                self._attribute(tag, name, attributes[name] or "", attributes)
        if tag in TELLING:
            self._telling(tag, element, attributes)

    def _telling(self, tag: str, element: LexborNode, attributes: Attributes) -> None:
        if tag in FETCHING and not self.counts["policy"]:
            self.counts["early"] += 1
        if tag == "script":
            self.counts["script"] += 1
            script(element, attributes, self.policy, self.facts)
        elif tag == "meta":
            self._meta(element, attributes)
        elif tag == "h1":
            self.counts["h1"] += 1
        elif tag == "title" and element.parent is not None and element.parent.tag == "head" and element.text().strip():
            self.counts["title"] += 1

    def _attribute(self, tag: str, name: str, value: str, attributes: Attributes) -> None:
        if name in DRAWN:
            if "(" in value and FOREIGN.search(value):
                self.facts.refuse("host", f"{name}={value}")
        elif name == "id":
            self.facts.ids.append(value)
        elif (tag, name) in LEADS:
            self._lead(value)
        elif (tag, name) in LOADS:
            self._load(tag, value, attributes)
        else:
            self._unknown(tag, name, value)

    def _unknown(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.facts.refuse("handler", f"{name}={value}")
        elif name == "style":
            self.facts.refuse("style", f"style={value}")
        elif not name.startswith(ALSO):
            self.facts.refuse("attribute", f"<{tag} {name}>")

    def _lead(self, address: str) -> None:
        self.links.add(address)
        parts = _parts(address)
        if parts is None or "@" in parts[1]:
            self.facts.refuse("address", address)
        elif parts[0] or parts[1]:
            if parts[0] not in SCHEMES:
                self.facts.refuse("scheme", address)
        else:
            self.facts.leads.append(address)

    def _load(self, tag: str, address: str, attributes: Attributes) -> None:
        if tag == "link" and not self._fetches(address, attributes):
            return
        parts = _parts(address)
        if parts is None:
            self.facts.refuse("address", address)
        elif parts[0] or parts[1]:
            self.facts.refuse("host", address)
        else:
            (self.facts.leads if tag == "form" else self.facts.loads).append(address)

    def _fetches(self, address: str, attributes: Attributes) -> bool:
        """Whether a `link` is fetched, and is not only named."""
        relations = set((attributes.get("rel") or "").lower().split())
        if not relations <= RELATIONS | NAMED:
            self.facts.refuse("relation", " ".join(sorted(relations)))
        self.counts["canonical"] += "canonical" in relations
        if relations & {"prev", "next"}:
            self._lead(address)
        return not relations or bool(relations & RELATIONS)

    def _meta(self, element: LexborNode, attributes: Attributes) -> None:
        if "http-equiv" in attributes:
            self.counts["policy"] += instruction(element, attributes, self.policy, self.facts)
        if (attributes.get("charset") or "").lower() == "utf-8":
            self.counts["charset"] += 1
        if attributes.get("name") == SOURCE and attributes.get("content"):
            self.counts["source"] += 1

    def end(self, root: LexborNode, text: str) -> Facts:
        facts = self.facts
        wrong = {
            "doctype": not text[:100].lstrip().lower().startswith("<!doctype html>"),
            "lang": not (root.attributes.get("lang") or "").strip(),
            "policy_late": self.counts["policy"] and self.counts["early"],
            **{f"no_{name}": not self.counts[name] for name in ("charset", "title", "policy", "source")},
        }
        for code in wrong:
            if wrong[code]:
                facts.refuse(code)
        if self.counts["h1"] != 1:
            facts.refuse("h1", str(self.counts["h1"]))
        if facts.onward and not self._only_leads_on():
            facts.refuse("onward", facts.onward)
        if hidden := HIDDEN.search(text) or HIDDEN.search("".join(map(_meant, _REFERENCE.findall(text)))):
            facts.refuse("hidden", f"U+{ord(hidden[0]):04X}")
        for name, count in Counter(facts.ids).items():
            if count > 1:
                facts.refuse("id", f"{name} ({count})")
        facts.leads, facts.loads = list(dict.fromkeys(facts.leads)), list(dict.fromkeys(facts.loads))
        return facts

    def _only_leads_on(self) -> bool:
        """Whether a page that sends its readers on says where to as a link too, and to machines, and does no more."""
        plain = self.links == {self.facts.onward} and bool(self.counts["canonical"])
        return plain and not self.counts["script"] and not self.facts.loads


def _meant(number: str) -> str:
    """The sign that a reference by number stands for, also where Python's own reader would leave it out."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return chr(code) if code <= 0x10FFFF else ""


@lru_cache(10_000)
def _parts(address: str) -> tuple[str, str] | None:
    """Scheme and host; None for an address that browsers read in another way than it looks."""
    if _TRICKY.search(address):
        return None
    if address.startswith("//"):
        return "", address
    if ":" not in address:
        return "", ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme, parts.netloc


def read_page(content: bytes, policy: str) -> Facts:
    """The facts of a page; `policy` is the one that it has to carry."""
    reader = _Reader(policy)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        reader.facts.refuse("encoding")
        return reader.facts
    root = LexborHTMLParser(text).root
    assert root is not None, "every text has an html element, written or not"
    for element in root.traverse():
        reader.element(element)
    return reader.end(root, text)
