"""The smallest pieces of a page as HTML: links, and rows of a table.

They stand by the hundred on a page, where a macro of the template engine takes several times as long as a function.
Templates use them as filters: `{{ link | anchor }}`.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.addresses.address import relative
from generator.pages.parts import Cell, Link

Named = Link | Cell
"""What has words, and may lead somewhere."""


@pass_context
def href(context: Context, address: str) -> str:
    """An address as the page that is made links to it."""
    return relative(context["page"].address, address)


def words(link: Named) -> Markup:
    """The words alone, with the number of an area or question before them."""
    mark = f'<span class="k-number">{escape(link.mark)}</span> ' if link.mark else ""
    return Markup(f"{mark}{escape(link.text)}")


@pass_context
def anchor(context: Context, link: Named) -> Markup:
    """The words as a link; without an address, the words."""
    return Markup(_anchor(context["page"].address, link))


@pass_context
def row(context: Context, cells: Sequence[Cell]) -> Markup:
    """A row of a table; its first cell names it."""
    here = context["page"].address
    first, rest = cells[0], cells[1:]
    inside = "".join(f"<td{_about(cell)}>{_content(here, cell)}</td>" for cell in rest)
    return Markup(f'<tr><th scope="row"{_about(first)}>{_content(here, first)}</th>{inside}</tr>')


def _anchor(here: str, link: Named) -> str:
    lang = f' lang="{escape(link.lang)}"' if link.lang else ""
    if not link.to:
        return f"<span{lang}>{words(link)}</span>"
    return f'<a href="{escape(relative(here, link.to))}"{lang}>{words(link)}</a>'


def _about(cell: Cell) -> str:
    """The attributes of a cell: how it looks, and what it is sorted by."""
    kinds = (("num", cell.number), ("own", cell.own), ("missing", cell.missing), ("wide", cell.wide))
    classes = " ".join(f"k-{name}" for name, is_so in kinds if is_so)
    return (f' class="{classes}"' if classes else "") + (f' data-key="{escape(cell.key)}"' if cell.key else "")


def _content(here: str, cell: Cell) -> str:
    if cell.short:
        return f'<span class="k-wide">{escape(cell.text)}</span><span class="k-narrow">{escape(cell.short)}</span>'
    return _anchor(here, cell) if cell.to or cell.lang else words(cell)
