"""The one door for editors' text: a small Markdown subset in, safe HTML out.

Paragraphs, lists, emphasis and links; everything else is shown as the text it is. HTML in the data never becomes HTML.
"""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "escape", "entity", "link", "list", "newline"])
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|{}&#~^=!]")


def html(text: str) -> str:
    """Safe HTML of a text field, one line, so that no blank line can end an HTML block in Markdown."""
    rendered = nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return re.sub(r"\s*\n\s*", " ", rendered).strip()


def plain(text: str) -> str:
    """The words of a text field without its markup, on one line."""
    parts = []
    for token in _MARKDOWN.parse(text):
        for child in token.children or ():
            parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        if token.type == "inline":
            parts.append(" ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def entities(text: str) -> str:
    """Text that stands in Markdown itself (titles, headings), so written that Markdown takes none of it as markup."""
    escaped = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
    return re.sub(
        r"^(\d+)([.)])", lambda m: f"{m[1]}&#{ord(m[2])};", re.sub(r"^[-+:]", lambda m: f"&#{ord(m[0])};", escaped)
    )
