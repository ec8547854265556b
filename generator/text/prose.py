"""The one door for editors' text: a small Markdown subset in, safe HTML out.

Paragraphs, lists, emphasis and links; everything else is shown as the text it is. HTML in the data never becomes HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "escape", "entity", "link", "list", "newline"])
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
_ADDRESS = re.compile(r"https?://[^\s/?#@\\\[\]]+([/?#][^\s\\]*)?|mailto:[^\s\\]+", re.IGNORECASE)
"""Where a text may lead: another site, said in full, with nothing before its name that looks like one."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""What the loader refuses as letters, and what `&#x202e;` would bring in again."""
_LINE = r"[^\W\d_](?:[^\W_]++|[ ,.;:()?!/%–-]++)*+"
_UNMARKED = re.compile(rf"{_LINE}(?:(?<! )\n+{_LINE})*+\n*")
"""Lines of plain sentences, as most texts are: nothing in them can be markup, so they need not be read for it."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>|{}&#~^=!]")


def html(text: str) -> str:
    """Safe HTML of a text field, one line, so that no blank line can end an HTML block in Markdown."""
    return _paragraphs(text) if _UNMARKED.fullmatch(text) else _rendered(text)


def _paragraphs(text: str) -> str:
    """What becomes of text without markup."""
    inside = re.sub("\n\n+", "</p> <p>", text.strip(" \n")).replace("\n", " ")
    return f"<p>{inside}</p>"


def _rendered(text: str) -> str:
    rendered = nh3.clean(
        _visible(_MARKDOWN.render(text)),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return re.sub(r"\s*\n\s*", " ", rendered).strip()


def _kept(tag: str, name: str, value: str) -> str | None:
    """The attribute, or None where it leads nowhere that a text may lead."""
    return None if (tag, name) == ("a", "href") and not _ADDRESS.fullmatch(value) else value


def _visible(text: str) -> str:
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words of a text field without its markup, on one line."""
    words = text if _UNMARKED.fullmatch(text) else _unmarked(text)
    return " ".join(words.split())


def _unmarked(text: str) -> str:
    parts = []
    for token in _MARKDOWN.parse(text):
        for child in token.children or ():
            parts.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
        if token.type == "inline":
            parts.append(" ")
    return _visible("".join(parts))


@lru_cache(maxsize=20_000)
def entities(text: str) -> str:
    """Text that stands in Markdown itself (titles, headings), so written that Markdown takes none of it as markup."""
    escaped = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
    return re.sub(
        r"^(\d+)([.)])", lambda m: f"{m[1]}&#{ord(m[2])};", re.sub(r"^[-+:]", lambda m: f"&#{ord(m[0])};", escaped)
    )
