"""From view to page text: the one place that knows the template engine.

Templates loop and test presence; they never compute, sort or hold a word of a human language.
"""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.pages import pieces
from generator.pages.parts import Page
from generator.text import entities, words

TEMPLATES = Path(__file__).parent.parent / "templates"


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = words(language)
    environment.filters |= {each.__name__: each for each in (pieces.anchor, pieces.href, pieces.row, pieces.words)}
    environment.filters |= {"heading": lambda text: Markup(entities(text)), "safe_prose": Markup}
    return environment


def render(template: str, page: Page, language: str, **views: Any) -> str:
    """The Markdown of one page: front matter, then the template's body."""
    pieces.here.set(page.address)
    body = _environment(language).get_template(template).render(page=page, **views)
    return f"{_front_matter(page)}{_closed_up(body).strip()}\n"


def _closed_up(body: str) -> str:
    """With one blank line where there are several."""
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    return body


def plainly(template: str, language: str, **views: Any) -> str:
    """A file that is finished as its template makes it."""
    return _environment(language).get_template(template).render(**views)


def _front_matter(page: Page) -> str:
    """Escaped twice over: for HTML, since the builder does not escape it, and as YAML (JSON is YAML)."""
    hidden = ["navigation"] if page.contents else ["navigation", "toc"]
    title = f"{page.title} – {page.of}" if page.of else page.title
    fields = {"title": title, "description": page.description}
    lines = [
        f"{key}: {json.dumps(html.escape(value, quote=True), ensure_ascii=False)}" for key, value in fields.items()
    ]
    return "---\n" + "\n".join(lines) + f"\nhide: [{', '.join(hidden)}]\n---\n\n"
