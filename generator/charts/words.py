"""Words that both figures use: times, editions and what a printed average rests on."""

from __future__ import annotations

from generator.analysis import UNKNOWN
from generator.model import Average, Identity
from generator.text import Words
from generator.text.words import capital

_EXACTNESS = {1: "year", 2: "month", 3: "day"}


def when(evaluation: Identity, t: Words) -> str:
    """`maj 2016`, or `2018` where the month is not known; empty where the year is not."""
    if evaluation.year is None:
        return ""
    return t.when(f"{evaluation.year}-{evaluation.month:02d}" if evaluation.month else str(evaluation.year))


def at_time(evaluation: Identity, t: Words) -> str:
    """`i maj 2016`, `år 2018`."""
    return t("charts.time.month" if evaluation.month else "charts.time.year", when=when(evaluation, t))


def edition(evaluation: Identity, t: Words) -> str:
    """`2015 års modell`."""
    if evaluation.edition == UNKNOWN:
        return t("charts.edition_unknown")
    return t("charts.edition", edition=evaluation.edition)


def printed(average: Average, t: Words) -> str:
    """When an average was printed: `i mars 2014`."""
    exactness = _EXACTNESS[len(average.date.split("-"))]
    return t(f"charts.printed.{exactness}", when=t.when(average.date))


def average_name(average: Average, t: Words) -> str:
    """What an average is called by itself: by its country if its basis is so called."""
    return t("charts.average.national" if _national(average, t) else "charts.average.name")


def the_average(average: Average, t: Words) -> str:
    """The same in running text: `genomsnittet`."""
    return t("charts.average.the_national" if _national(average, t) else "charts.average.the")


def _national(average: Average, t: Words) -> bool:
    return any(text.startswith(t("charts.average.national")) for text in average.basis.values())


def average_key(average: Average, t: Words) -> str:
    """An average with its basis and date, as the key of a chart says it."""
    name, date = average_name(average, t), printed(average, t)
    if average.count is None:
        return t("charts.average.key", name=name, printed=date)
    return t("charts.average.key_counted", name=name, count=t.number(average.count), printed=date)


def basis(average: Average, t: Words) -> str:
    """How many evaluations an average rests on, or that this is not stated."""
    if average.count is None:
        return t("charts.average.basis")
    return t("charts.average.basis_counted", n=average.count, count=t.number(average.count))


def number(value: int, t: Words) -> str:
    """A count of areas in words: `ett`, `två`."""
    return t("charts.number", n=value, count=t.counted(value))


def areas(value: int, t: Words) -> str:
    """`Två områden`, at the start of a sentence."""
    return capital(t("charts.areas", n=value, count=t.counted(value)))
