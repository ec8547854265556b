"""The tables of the guide to the fields: written from the model, so that they cannot say anything else than it.

A hand-written page says `<!-- fields: source reference -->` where the table of those records is to stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.editing.fields import example, fields, named, records, required, told
from generator.model import Record
from generator.text import Words, words

_PLACE = re.compile(r"<!-- fields: ([a-z_ ]+) -->")


def with_tables(page: str, language: str = "sv") -> str:
    """The page with a table in every place that asks for one."""
    t = words(language)
    known = {named(record): record for record in records()}
    return _PLACE.sub(lambda place: "\n\n".join(_table(t, known[name], name) for name in place[1].split()), page)


def _table(t: Words, record: type[Record], name: str) -> str:
    heads = "".join(f'<th scope="col">{t(f"fields.table.{head}")}</th>' for head in ("field", "meaning"))
    return "\n".join([
        '<table class="k-table">',
        f"<caption>{_code(t(f'fields.table.{name}'))}</caption>",
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
        *_rows(t, record),
        "</tbody>",
        "</table>",
    ])  # fmt: skip


def _rows(t: Words, record: type[Record]) -> Iterator[str]:
    for name in fields(record):
        need = f"<em>{t('draft.required')}</em> " if required(record, name) else ""
        shown = example(t, record, name)
        more = f" {_code(t('draft.example', example=f'`{shown}`'))}" if shown and "\n" not in shown else ""
        label = name.replace("_", "_<wbr>")
        yield f'<tr><th scope="row" translate="no">{label}</th><td>{need}{_code(told(t, record, name))}{more}</td></tr>'


def _code(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
