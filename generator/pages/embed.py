"""What a stranger pastes to show a figure of ours: the picture, what it says in words, and where it comes from.

A few lines of HTML without script and without a frame: nothing of ours runs on another's page, and the words are there
to be read, searched and spoken. The picture is fetched from the site, so that it follows when a figure is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from generator.charts import Figure, Key, size
from generator.pages.site import Site

SYMBOLS = {"own": "●", "other": "◆", "average": "❘", "flat": "–", "se": "●", "no": "■"}
NARROW = "40em"
"""Up to this width of a page the narrow drawing is shown, whose letters are made for it."""

OPENING = '<figure style="margin: 1em 0">'
"""Without the wide margins that browsers give, which on a phone would shrink the letters."""


def snippet(site: Site, identity: str, figure: Figure, folder: str, of: str) -> str:
    """The figure as HTML for any page. Addresses are whole where the site knows its own, else from its root."""
    root = site.publisher.address.rstrip("/") + folder
    wide, narrow = f"{root}{identity}.svg", f"{root}{identity}-{site.t('pages.narrow')}.svg"
    page = f"{root}#{site.t('pages.part')}{identity}"
    return (
        f'{OPENING}\n<picture><source media="(max-width: {NARROW})" srcset="{escape(narrow)}"{_size(figure.narrow)}>'
        f'<img src="{escape(wide)}"{_size(figure.wide)} alt="{escape(figure.sentence)}"'
        f' style="height: auto; max-width: 100%"></picture>\n'
        f"<figcaption><strong>{escape(_title(figure, of))}.</strong> {escape(_measure(figure))}\n"
        f"{_source(site, page)}</figcaption>\n</figure>"
    )


def table(site: Site, caption: str, rows: Sequence[Sequence[str]], page: str) -> str:
    """A table as HTML for any page; its first row holds the heads."""
    heads, *lines = rows
    cells = "\n".join(f'<tr><th scope="row">{escape(first)}</th>{_cells(rest)}</tr>' for first, *rest in lines)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return (
        f"{OPENING}\n<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{cells}\n</tbody>\n</table>\n"
        f"<figcaption>{_source(site, site.publisher.address.rstrip('/') + page)}</figcaption>\n</figure>"
    )


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in texts)


def _source(site: Site, page: str) -> str:
    return f'{escape(site.t("pages.embed_source"))} <a href="{escape(page)}">{escape(site.t("pages.embed_site"))}</a>'


def _size(spec: dict[str, object]) -> str:
    width, height = size(spec)
    return f' width="{width}" height="{height}"'


def _title(figure: Figure, of: str) -> str:
    """The finding, which says of what where it does not say so itself."""
    if figure.title.startswith(of):
        return figure.title
    return f"{of}: {figure.title[:1].lower()}{figure.title[1:]}"


def _measure(figure: Figure) -> str:
    return " ".join((figure.measure, *map(_key, figure.keys)))


def _key(key: Key) -> str:
    return f"{SYMBOLS[key.kind]} {key.label}."
