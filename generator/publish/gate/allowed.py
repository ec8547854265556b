"""What a page and a drawing may hold. Everything else is refused: what is not known to be harmless is not published.

Something new that is harmless is added here, in one place, where it can be seen and talked about.
"""

from __future__ import annotations

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names("""
    html head title meta link script body header footer main nav article section aside div p span h1 h2 h3 h4 h5 h6
    a abbr b bdi bdo blockquote br cite code dd del details dfn dl dt em figcaption figure hr i img ins kbd li mark
    meter ol picture pre progress q rp rt ruby s samp small source strong sub summary sup time u ul var wbr
    caption col colgroup table tbody td tfoot th thead tr
    button datalist fieldset form input label legend optgroup option output select textarea dialog search
""")
DRAWING = _names("""
    svg g path rect line circle ellipse polygon polyline text tspan title desc defs use symbol clipPath mask pattern
    marker linearGradient radialGradient stop
""")

PLAIN = _names("""
    id class lang dir title role hidden tabindex translate spellcheck inert
    name content charset http-equiv property media rel type as crossorigin integrity async defer nomodule sizes
    fetchpriority hreflang download alt width height loading decoding
    for value placeholder autocomplete checked selected disabled readonly required multiple min max step maxlength
    minlength pattern size rows cols wrap list inputmode enterkeyhint method label popover popovertarget
    open datetime start reversed scope colspan rowspan headers span abbr low high optimum
""")
"""Attributes that hold no address and run nothing."""
DRAWN = _names("""
    xmlns xmlns:xlink version viewBox preserveAspectRatio x y x1 x2 y1 y2 cx cy r rx ry d points width height dx dy
    fill fill-opacity fill-rule clip-rule clip-path mask stroke stroke-width stroke-opacity stroke-linecap
    stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity transform text-anchor font-family
    font-size font-weight font-style dominant-baseline alignment-baseline letter-spacing paint-order
    vector-effect shape-rendering text-rendering focusable offset stop-color stop-opacity gradientUnits
    gradientTransform patternUnits patternContentUnits maskUnits clipPathUnits marker-start marker-mid marker-end
    markerWidth markerHeight refX refY orient textLength lengthAdjust pointer-events display visibility color cursor
""")
ALSO = ("data-", "aria-")
"""How attributes begin that only mean something to our own scripts and to reading aids."""

LEADS = frozenset({("a", "href")})
"""Where a reader is led when she wants to; other sites may be meant."""
LOADS = frozenset({
    ("link", "href"), ("img", "src"), ("source", "src"), ("script", "src"), ("use", "href"), ("use", "xlink:href"),
    ("form", "action"), ("button", "data-spec"), ("button", "data-narrow"), ("button", "data-vega"),
    ("form", "data-compare"),
})  # fmt: skip
"""What a page fetches by itself, or sends to; only the site itself."""
RELATIONS = _names("icon stylesheet preload modulepreload prefetch manifest")
"""How a page may be related to what it fetches."""
NAMED = _names("canonical alternate prev next license author help search describedby")
"""How a page may be related to what it only names; that may be an address of the published site."""
SCHEMES = frozenset({"http", "https", "mailto"})
RUN = frozenset({"", "module", "text/javascript"})
DATA = frozenset({"application/json", "application/ld+json"})

KINDS = _names("""
    .html .css .js .mjs .json .jsonld .geojson .map .csv .svg .xml .yml .yaml .md .txt .png .jpg .jpeg .webp .gif .ico
    .woff2 .ttf .gz .br .bin .zip .pdf .ttl .rdf .webmanifest
""") | {""}
"""Endings of files; a browser shows none of them as a page but .html and .svg, which are looked through."""
NAME = re.compile(r"[\w.+-]+", re.ASCII)
"""How every part of a path is written."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Signs that steer a terminal or the order of the letters, and are seen by nobody."""
FOREIGN = re.compile(r"""(?:url\(\s*['"]?\s*|@import\s+['"]?\s*)(?!data:)(?:[a-z][a-z0-9+.-]*:|//|\\)""", re.IGNORECASE)
"""A style that fetches from another host, or hides the address that it fetches."""
