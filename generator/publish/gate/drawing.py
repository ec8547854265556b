"""A drawing as a file of its own: a browser opens it like a page, so it may hold as little as one."""

from __future__ import annotations

from lxml import etree

from generator.publish.gate.allowed import ALSO, DRAWING, DRAWN, FOREIGN, HIDDEN, PLAIN
from generator.publish.gate.fault import Facts

HARMLESS = PLAIN | DRAWN
SVG = "{http://www.w3.org/2000/svg}"


def read_drawing(content: bytes) -> Facts:
    """The facts of an SVG file: well-formed, without a document type, and nothing in it that runs or fetches."""
    facts = Facts()
    root = parsed(content, facts)
    if root is None:
        return facts
    for element in root.iter():
        if isinstance(element.tag, str):
            _element(element, str(element.tag), facts)
        elif not isinstance(element, etree._Comment):
            facts.refuse("element", str(element)[:40])
    if hidden := HIDDEN.search("".join(str(text) for text in root.itertext())):
        facts.refuse("hidden", f"U+{ord(hidden[0]):04X}")
    return facts


def parsed(content: bytes, facts: Facts) -> etree._Element | None:
    """The root of an XML file that stands alone: nothing before it, and nothing that it takes from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        facts.refuse("xml", str(error))
        return None
    if b"<!DOCTYPE" in content or root.getprevious() is not None:
        facts.refuse("xml", "doctype")
        return None
    return root


def _element(element: etree._Element, name: str, facts: Facts) -> None:
    tag = name.removeprefix(SVG)
    styled = tag == "style" and not FOREIGN.search(element.text or "")
    if not styled and (tag not in DRAWING or tag == name):
        facts.refuse("element", tag)
    for attribute, value in zip(map(str, element.attrib.keys()), map(str, element.attrib.values()), strict=True):
        _attribute(f"<{tag} {attribute}={value}>", attribute, value, facts)


def _attribute(shown: str, name: str, value: str, facts: Facts) -> None:
    if name.startswith("on"):
        facts.refuse("handler", shown)
    elif FOREIGN.search(value):
        facts.refuse("host", shown)
    elif name not in HARMLESS and not name.startswith(ALSO):
        facts.refuse("attribute", shown)
