"""The questions of an area: a table that draws its own bars, and the same said as a finding, a sentence and a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.addresses import address
from generator.model import AreaResult, Evaluation, QuestionResult
from generator.pages import embed
from generator.pages.parts import Link, QuestionRow
from generator.pages.site import Site
from generator.text import csv_text
from generator.text.words import capital

HALF = 50
"""From so many percent on, a question counts as half reached."""
FILE_HEADS = ("area", "question", "points", "maximum", "percent")


@dataclass(frozen=True)
class QuestionsView:
    """What is shown of the questions of an area."""

    finding: str
    rows: tuple[QuestionRow, ...]
    sentence: str
    sum_note: str
    csv: str
    """Where the file of all questions of the evaluation lies."""
    embed: str


def view(site: Site, evaluation: Evaluation, number: int) -> QuestionsView | None:
    area = evaluation.areas[number]
    if not area.questions:
        return None
    finding, rows = _finding(site, area), _rows(site, evaluation, number)
    return QuestionsView(
        finding=finding,
        rows=rows,
        sentence=_sentence(site, evaluation, number),
        sum_note=_sum_note(site, evaluation, number),
        csv=_file(site, evaluation),
        embed=_embed(site, evaluation, number, finding, rows),
    )


def data_file(site: Site, evaluation: Evaluation) -> tuple[str, str] | None:
    """Path and text of the file of all questions of an evaluation, as printed; None where none is known."""
    rows = [row for number, area in sorted(evaluation.areas.items()) for row in _figures(number, area)]
    if not rows:
        return None
    heads = [site.t(f"pages.questions_file_{head}") for head in FILE_HEADS]
    return _file(site, evaluation).lstrip("/"), csv_text([heads, *rows])


def _file(site: Site, evaluation: Evaluation) -> str:
    return f"{address.evaluation(evaluation)}{site.t('pages.questions_file')}.csv"


def _figures(number: int, area: AreaResult) -> Iterator[list[str | int | None]]:
    for key, result in _ordered(area.questions):
        yield [number, key, result.points, result.maximum, result.percent]


def _ordered(results: Mapping[str, QuestionResult]) -> list[tuple[str, QuestionResult]]:
    return sorted(results.items(), key=lambda pair: [int(part) for part in pair[0].split(".")])


# Finding and sentence -----------------------------------------------------------------------------------------------


def _shares(area: AreaResult) -> dict[str, int]:
    """The printed percent of each question that has one."""
    return {key: result.percent for key, result in _ordered(area.questions) if result.percent is not None}


def _finding(site: Site, area: AreaResult) -> str:
    """The questions that got the largest and the smallest share of their points, in words."""
    shares = _shares(area)
    if not shares:
        return ""
    top, low = max(shares.values()), min(shares.values())
    most = site.t.listing(key for key, share in shares.items() if share == top)
    if top == low:
        return site.t("pages.questions_finding_one", most=most, top=top)
    fewest = site.t.listing(key for key, share in shares.items() if share == low)
    return site.t("pages.questions_finding", most=most, top=top, fewest=fewest, low=low)


def _sentence(site: Site, evaluation: Evaluation, number: int) -> str:
    """Which questions reached half of their points, of how many whose percent is printed."""
    t, shares = site.t, _shares(evaluation.areas[number])
    if not shares:
        return ""
    reached = {key: share for key, share in shares.items() if share >= HALF}
    every = set(shares) == set(site.structure(evaluation).areas[number].questions)
    of = {"n": len(shares), "count": t.counted(len(shares)), "known": "" if every else t("pages.questions_known")}
    if not reached:
        return t("pages.questions_none", **of)
    listed = t.listing(t("pages.questions_share", question=key, percent=share) for key, share in reached.items())
    if len(reached) == len(shares):
        return t("pages.questions_both" if len(shares) == 2 else "pages.questions_all", **of, questions=listed)
    few = capital(t("pages.questions_number", n=len(reached), count=t.counted(len(reached))))
    return t("pages.questions_half", **of, number=few, questions=listed)


# Rows ---------------------------------------------------------------------------------------------------------------


def _rows(site: Site, evaluation: Evaluation, number: int) -> tuple[QuestionRow, ...]:
    results = evaluation.areas[number].questions
    edition = site.archive.editions.get(evaluation.edition)
    known = edition.areas[number].questions if edition else {}
    maxima = {key: result.maximum or (known[key].maximum if key in known else 0) for key, result in results.items()}
    longest = max([*maxima.values(), *(question.maximum for question in known.values())], default=0)
    rows = []
    for key, result in _ordered(results):
        frame = 100 * maxima[key] / longest if maxima[key] else 0
        share = result.percent if result.percent is not None else 100 * (result.points or 0) / (maxima[key] or 1)
        link = Link(site.say(known[key].title), address.question(evaluation.edition, key)) if key in known else Link("")
        printed = _printed(site, result.points, maxima[key] or None, result.percent)
        rows.append(QuestionRow(key, link, round(frame, 2), round(frame * share / 100, 2), *printed))
    return tuple(rows)


def _printed(site: Site, points: int | None, maximum: int | None, percent: int | None) -> tuple[str, str, str]:
    """Points, what they are out of, and percent, as they are read."""
    t, missing = site.t, site.t("pages.not_published")
    return (
        missing if points is None else str(points),
        _out_of(site, points, maximum),
        missing if percent is None else t("pages.percent", percent=percent),
    )


def _out_of(site: Site, points: int | None, maximum: int | None) -> str:
    if points is None:
        return "" if maximum is None else site.t("pages.maximum_only", maximum=maximum)
    return site.t("pages.maximum_unknown") if maximum is None else site.t("pages.out_of", maximum=maximum)


def _sum_note(site: Site, evaluation: Evaluation, number: int) -> str:
    """Said when all questions are known and, rounded, do not add up to the printed area: nothing is wrong."""
    area, edition = evaluation.areas[number], site.archive.editions.get(evaluation.edition)
    points = [result.points for result in area.questions.values()]
    complete = edition is not None and set(area.questions) == set(edition.areas[number].questions)
    if not points or not complete or area.points is None or None in points:
        return ""
    total = sum(value for value in points if value is not None)
    return "" if total == area.points else site.t("pages.sum_note", total=total, points=area.points)


def _embed(site: Site, evaluation: Evaluation, number: int, finding: str, rows: Iterable[QuestionRow]) -> str:
    t = site.t
    of = f"{site.name(evaluation)}, {site.area_title(evaluation, number).text}"
    heads = (t("pages.question"), t("pages.points_head"), t("pages.percent_head"))
    cells = [
        (f"{row.number} {row.title.text}".strip(), f"{row.points} {row.out_of}".strip(), row.percent) for row in rows
    ]
    caption = f"{of}: {finding[:1].lower()}{finding[1:]}" if finding else of
    return embed.table(site, caption, (heads, *cells), address.area(evaluation, number))
