"""The smallest pieces of a page as HTML: links, and rows of a table.

They stand by the hundred on a page, where a macro of the template engine takes several times as long as a function.
Templates use them as filters: `{{ link | anchor }}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.addresses.address import relative
from generator.pages.parts import Cell, Link

Named = Link | Cell
"""What has words, and may lead somewhere."""
here: ContextVar[str] = ContextVar("here")
"""The address of the page that is made: macros, which are put together once for all pages, know no page."""


@pass_context
def href(_: Context, address: str) -> str:
    """An address as the page that is made links to it.

    What takes a context is not worked out once and for all where a template names the address itself.
    """
    return relative(here.get(), address)


def words(link: Named) -> Markup:
    """The words alone, with the number of an area or question before them."""
    return Markup(_words(link))


def anchor(link: Named) -> Markup:
    """The words as a link; without an address, the words."""
    return Markup(_anchor(link))


def row(cells: Sequence[Cell]) -> Markup:
    """A row of a table; its first cell names it."""
    first, rest = cells[0], cells[1:]
    inside = "".join(f"<td{_about(cell)}>{_content(cell)}</td>" for cell in rest)
    return Markup(f'<tr><th scope="row"{_about(first)}>{_content(first)}</th>{inside}</tr>')


def _words(link: Named) -> str:
    return f'<span class="k-number">{escape(link.mark)}</span> {escape(link.text)}' if link.mark else escape(link.text)


def _anchor(link: Named) -> str:
    lang = f' lang="{escape(link.lang)}"' if link.lang else ""
    if not link.to:
        return f"<span{lang}>{_words(link)}</span>"
    return f'<a href="{escape(relative(here.get(), link.to))}"{lang}>{_words(link)}</a>'


def _about(cell: Cell) -> str:
    """The attributes of a cell: how it looks, and what it is sorted by."""
    kinds = (("num", cell.number), ("own", cell.own), ("missing", cell.missing), ("wide", cell.wide))
    classes = " ".join(f"k-{name}" for name, is_so in kinds if is_so)
    return (f' class="{classes}"' if classes else "") + (f' data-key="{escape(cell.key)}"' if cell.key else "")


def _content(cell: Cell) -> str:
    if cell.short:
        return f'<span class="k-wide">{escape(cell.text)}</span><span class="k-narrow">{escape(cell.short)}</span>'
    return _anchor(cell) if cell.to or cell.lang else _words(cell)
