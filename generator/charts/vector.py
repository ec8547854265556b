"""A specification as a finished SVG: the renderer's drawing, made ours.

What is left is shapes and text with presentation attributes only: no ids, classes, styles or addresses that could
clash or be refused on a page; colours are the site's tokens, and the letters are the page's.
"""

from __future__ import annotations

import re

import vl_convert
from lxml import etree

from generator.charts.colours import LIGHT, property_of
from generator.charts.figure import Spec

NAMESPACE = "http://www.w3.org/2000/svg"
FONT = "Inter, system-ui, sans-serif"
_SHAPES = {"g", "line", "path", "rect", "text", "tspan"}
_POSITIONS = {"d", "dx", "dy", "height", "transform", "width", "x", "x1", "x2", "y", "y1", "y2"}
_LOOKS = {
    "fill", "font-size", "font-weight", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-width", "text-anchor",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-\d+")
# A stroke of paper behind the letters: numbers stand clear of lines in every scheme and in print.
_CLEAR = {
    "paint-order": "stroke",
    "stroke": f"var(--k-paper, {LIGHT['paper']})",
    "stroke-linejoin": "round",
    "stroke-width": "4",
}


def vega() -> str:
    """The Vega bundle as a module that exports `vegaEmbed`: what "Utforska" loads when it is asked for."""
    return str(vl_convert.javascript_bundle("export { vegaEmbed };"))


def svg(spec: Spec) -> str:
    """The drawing of a specification; its description is the label that assistive technology reads."""
    drawn = etree.fromstring(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode())
    size = {name: drawn.get(name, "") for name in ("viewBox", "width", "height")}
    label = {"role": "img", "aria-label": str(spec["description"])}
    root = _element("svg", size | label | {"font-family": FONT, "fill": "none"})
    for child in drawn:
        root.extend(_ours(child))
    return etree.tostring(root, encoding="unicode")


def _ours(drawn: etree._Element) -> list[etree._Element]:
    """The element as we keep it: one, none, or what it held if it says nothing itself."""
    tag, attributes = etree.QName(drawn).localname, _attributes(drawn)
    if _invisible(drawn, tag, attributes):
        return []
    children = [kept for child in drawn for kept in _ours(child)]
    if tag == "g":
        children = _clear(children)
    if tag == "g" and (not children or not attributes):
        return children
    element = _element(tag, attributes)
    element.text = drawn.text
    element.extend(children)
    return [element]


def _invisible(drawn: etree._Element, tag: str, attributes: dict[str, str]) -> bool:
    if tag not in _SHAPES or drawn.get("opacity") == "0" or drawn.get("display") == "none":
        return True
    if tag == "text":
        return not drawn.text and not len(drawn)
    return tag not in ("g", "tspan") and not {"fill", "stroke"} & attributes.keys()


def _element(tag: str, attributes: dict[str, str]) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for name, value in attributes.items():
        element.set(name, value)
    return element


def _clear(children: list[etree._Element]) -> list[etree._Element]:
    """Texts that stand together, in a group with paper behind their letters."""
    if not children or any(etree.QName(child).localname != "text" for child in children):
        return children
    group = _element("g", _CLEAR)
    group.extend(children)
    return [group]


def _attributes(element: etree._Element) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in sorted((str(name), str(value)) for name, value in element.attrib.items()):
        if name in _POSITIONS:
            kept[name] = _NUMBER.sub(_rounded, value)
        elif name in _LOOKS:
            kept[name] = property_of(value).removesuffix("px")
    if kept.get("transform") == "translate(0,0)":
        del kept["transform"]
    return {name: value for name, value in kept.items() if (name, value) != ("fill", "none")}


def _rounded(match: re.Match[str]) -> str:
    return f"{float(match[0]) + 0.0:.1f}".replace("-0.0", "0").removesuffix(".0")
