"""Dates and the order of a municipality's evaluations."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.rule import At, Context, Finding, rule
from generator.model import Action, Archive, Average, Evaluation, Improvement, Source


@rule("KK040", severity="warning")
def previous_missing(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An earlier evaluation has its file, or is listed in `known.yml`."""
    for index, year in enumerate(evaluation.previous or ()):
        key = (evaluation.municipality, year)
        path = f"{evaluation.country}/{evaluation.municipality}/{year}.yml"
        told = key in context.years or key in context.known or key in context.withdrawn
        if not told and path not in context.failed:
            yield Finding(evaluation, ("previous", index), {"year": year, "path": path})


@rule("KK041")
def previous_not_earlier(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An earlier evaluation is earlier, and named once."""
    for index, year in enumerate(evaluation.previous or ()):
        if evaluation.year is not None and year >= evaluation.year:
            yield Finding(evaluation, ("previous", index), {"given": year, "year": evaluation.year})
        elif year in (evaluation.previous or ())[:index]:
            yield Finding(evaluation, ("previous", index), {"variant": "twice", "given": year})


@rule("KK042")
def read_in_the_future(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A source was read today or earlier."""
    for index, source in enumerate(evaluation.sources):
        if source.read > context.today:
            yield Finding(evaluation, ("sources", index, "read"), {"date": source.read.isoformat()})


@rule("KK042", of="archive")
def lists_read_in_the_future(context: Context, archive: Archive) -> Iterator[Finding]:
    """The sources of averages, editions and known evaluations, too, were read today or earlier."""
    listed: list[tuple[str, At, Source]]
    listed = [("averages.yml", ("averages", each.id, "source", "read"), each.source) for each in archive.averages]
    listed += [(f"editions/{each.id}.yml", ("sources", index, "read"), source)
               for each in archive.editions.values() for index, source in enumerate(each.sources)]
    listed += [("known.yml", ("known", place, "sources", index, "read"), source)
               for place, each in enumerate(archive.known) for index, source in enumerate(each.sources)]
    for where, at, source in listed:
        if source.read > context.today:
            yield Finding(where, at, {"date": source.read.isoformat()})


@rule("KK043")
def evaluated_in_the_future(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An evaluation was made this month or earlier."""
    made = (evaluation.year or 0, evaluation.month or 1)
    if made > (context.today.year, context.today.month):
        late = (evaluation.year or 0) > context.today.year
        values = {"year": evaluation.year, "month": f"{made[1]:02d}", "variant": "year" if late else "month"}
        yield Finding(evaluation, () if late else ("month",), values)


@rule("KK043", of="average")
def average_in_the_future(context: Context, average: Average) -> Iterator[Finding]:
    """An average was printed today or earlier."""
    if average.date[:10] > context.today.isoformat():
        yield Finding("averages.yml", ("averages", average.id, "date"), {"variant": "date", "date": average.date})


@rule("KK044")
def change_since_later_year(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A printed change is counted from an earlier year, once for each year."""
    years = [change.since for change in evaluation.printed_changes]
    for index, since in enumerate(years):
        if evaluation.year is not None and since >= evaluation.year:
            yield Finding(evaluation, ("printed_changes", since, "since"), {"since": since, "year": evaluation.year})
        elif since in years[:index]:
            yield Finding(evaluation, ("printed_changes", index, "since"), {"variant": "twice", "since": since})


@rule("KK045", of="archive", severity="warning")
def known_has_its_file(context: Context, archive: Archive) -> Iterator[Finding]:
    """An evaluation that has its own file is no longer listed in `known.yml`."""
    for index, each in enumerate(archive.known):
        key = each.municipality, each.year
        if each.year and (key in context.years or key in context.withdrawn):
            values = {"municipality": each.municipality, "year": each.year}
            yield Finding("known.yml", ("known", index, "year"), values)


@rule("KK048")
def target_before_its_evaluation(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A target is for the evaluation's own year or a later one."""
    for index, target in enumerate(evaluation.targets):
        if evaluation.year is not None and target.year is not None and target.year < evaluation.year:
            values = {"given": target.year, "year": evaluation.year}
            yield Finding(evaluation, ("targets", index, "year"), values)


@rule("KK049")
def action_out_of_order(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """An action follows its evaluation, and what is reported of it was reported by today and says a state."""
    for at, action in _actions(evaluation):
        if action.by is not None and int(action.by[:4]) < (evaluation.year or 0):
            yield Finding(evaluation, (*at, "by"), {"date": action.by, "year": evaluation.year})
        if action.reported is None:
            continue
        values = {"date": action.reported.isoformat(), "year": evaluation.year}
        if action.reported > context.today:
            yield Finding(evaluation, (*at, "reported"), values | {"variant": "future"})
        elif action.reported.year < (evaluation.year or 0):
            yield Finding(evaluation, (*at, "reported"), values | {"variant": "reported"})
        if action.state is None:
            yield Finding(evaluation, (*at, "reported"), values | {"variant": "state"}, key=True)


def _actions(evaluation: Evaluation) -> Iterator[tuple[At, Action]]:
    """Every action with its place."""
    lists: list[tuple[At, tuple[Improvement, ...]]] = [((), evaluation.improvements)]
    lists += [(("areas", number), area.improvements) for number, area in evaluation.areas.items()]
    for at, improvements in lists:
        for index, improvement in enumerate(improvements):
            for place, action in enumerate(improvement.actions):
                yield (*at, "improvements", index, "actions", place), action
