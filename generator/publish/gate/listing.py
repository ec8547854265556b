"""A sitemap or feed: a browser would run a script in any XML, so only the words of these two may stand in it."""

from __future__ import annotations

from generator.publish.gate.allowed import HIDDEN, SCHEMES
from generator.publish.gate.drawing import parsed
from generator.publish.gate.fault import Facts

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
WORDS = frozenset(
    [ATOM + name for name in ("feed", "title", "id", "updated", "link", "author", "name", "entry", "summary")]
    + [SITEMAP + name for name in ("urlset", "url", "sitemapindex", "sitemap", "loc")]
)
ATTRIBUTES = frozenset({"href", "rel", "{http://www.w3.org/XML/1998/namespace}lang"})


def read_listing(content: bytes) -> Facts:
    """The facts of an XML file: well-formed, and nothing in it but the words of a sitemap or feed."""
    facts = Facts()
    root = parsed(content, facts)
    for element in root.iter() if root is not None else ():
        if element.tag not in WORDS:
            facts.refuse("element", str(element.tag))
        for name, value in element.attrib.items():
            _attribute(str(name), str(value), facts)
    if root is not None and (hidden := HIDDEN.search("".join(str(text) for text in root.itertext()))):
        facts.refuse("hidden", f"U+{ord(hidden[0]):04X}")
    return facts


def _attribute(name: str, value: str, facts: Facts) -> None:
    if name not in ATTRIBUTES:
        facts.refuse("attribute", name)
    elif name == "href" and value.partition(":")[0] not in SCHEMES:
        facts.refuse("scheme", value)
