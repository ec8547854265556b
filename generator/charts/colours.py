"""The colours of drawings: placeholders that pass the renderer unchanged and stand for the site's own tokens.

The renderer drops `var()`. A placeholder is replaced in the finished drawing, so that it follows light, dark and print.
"""

from __future__ import annotations

import re

LIGHT = {
    "accent": "#083c5a",
    "compare": "#c96f16",
    "compare-text": "#8f4a06",
    "ink": "#182026",
    "soft": "#515c65",
    "line": "#d3dadf",
    "edge": "#76828b",
    "paper": "#ffffff",
    "tint": "#e9eef0",
}
"""The tokens of the style sheet as they are in the light scheme, for a drawing that stands alone."""
PLACEHOLDERS = {token: f"#00030{number}" for number, token in enumerate(LIGHT, start=1)}
_TOKENS = {placeholder: token for token, placeholder in PLACEHOLDERS.items()}


def property_of(colour: str) -> str:
    """`var(--k-ink, #182026)` for the ink's placeholder; any other colour as it is."""
    token = _TOKENS.get(colour)
    return f"var(--k-{token}, {LIGHT[token]})" if token else colour


def plain(drawing: str) -> str:
    """A finished drawing as a file of its own: on paper, in light colours only, wherever it is shown."""
    coloured = re.sub(r"var\(--k-[a-z-]+, (#[0-9a-f]{6})\)", r"\1", drawing)
    return coloured.replace(">", f'><rect width="100%" height="100%" fill="{LIGHT["paper"]}"/>', 1)
