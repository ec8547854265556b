"""How well the search finds, as tables in the page written by hand: figures that `benchmarks/findability` measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.text import Words, words

_PLACE = re.compile(r"<!-- findability: (?:(held_out|invented) )?(ndcg|recall|zero) -->")
PRECISE = "ndcg"
"""Told as a number with two decimals; the others are shares."""


def with_figures(page: str, figures: Mapping[str, Any], language: str) -> str:
    """The page with a table of the engines in every place that asks for one measure."""
    t = words(language)
    return _PLACE.sub(lambda place: _table(t, figures, place[1], place[2]), page)


def _table(t: Words, told: Mapping[str, Any], part: str | None, measure: str) -> str:
    """A table of the figures, or of a part of them: queries that stood apart, invented records."""
    figures, name = ({**told, **told[part]}, f"{part}.{measure}") if part else (told, measure)
    engines: Mapping[str, Mapping[str, Mapping[str, float]]] = figures["engines"]
    kinds = list(next(iter(engines.values())))
    values = {"date": t.when(str(figures["date"])), "records": figures["records"], "queries": figures["queries"]}
    heads = "".join(f'<th scope="col" class="k-num">{t(f"findability.engine.{engine}")}</th>' for engine in engines)
    rows = "\n".join(_row(t, kind, [by_kind[kind] for by_kind in engines.values()], measure) for kind in kinds)
    return "\n".join([
        '<div class="k-scroll" tabindex="0" role="region" aria-label="' + t(f"findability.{name}_short") + '">',
        '<table class="k-table">',
        f"<caption>{t(f'findability.{name}', **values)}</caption>",
        f'<thead><tr><th scope="col">{t("findability.kind_head")}</th>{heads}</tr></thead>',
        f"<tbody>{rows}</tbody>",
        "</table>",
        "</div>",
    ])  # fmt: skip


def _row(t: Words, kind: str, told: list[Mapping[str, float]], measure: str) -> str:
    head = t("findability.kind", kind=t(f"findability.kind.{kind}"), n=told[0]["queries"])
    cells = "".join(f'<td class="k-num">{_figure(t, each[measure], measure)}</td>' for each in told)
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


def _figure(t: Words, value: float, measure: str) -> str:
    return f"{value:.2f}".replace(".", t("findability.point")) if measure == PRECISE else t(
        "findability.percent", n=round(100 * value)
    )
