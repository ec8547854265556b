"""The page of one evaluation: total before profile, profile before table, prose after figures."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.model import TOTAL_MAXIMUM, Evaluation
from generator.pages import figures
from generator.pages.parts import Card, Chart, ExampleView, Fact, Link, Page, Pair, Scale, SourceView, Table
from generator.pages.site import Site, shorten
from generator.text import html, plain
from generator.text.words import capital

CARDS = 6


@dataclass(frozen=True)
class Brief:
    """One area in one sentence."""

    title: Link
    points: str
    text: str
    counts: str


@dataclass(frozen=True)
class EvaluationView:
    """What the evaluation's page shows."""

    scale: Scale | None
    total_note: str
    facts: tuple[Fact, ...]
    profile: Chart | None
    notice: str
    areas: Table | None
    trend: Chart | None
    summary: str
    lang: str
    briefs: tuple[Brief, ...]
    cards: tuple[Card, ...]
    whole: Pair | None
    examples: tuple[ExampleView, ...]
    highlights: tuple[str, ...]
    known: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]
    notes: tuple[str, ...]
    sources: SourceView
    report: Link | None
    """The whole evaluation as one document, where it is spread over several pages."""
    previous: Link | None
    next: Link | None


def crumbs(site: Site, evaluation: Evaluation) -> tuple[Link, ...]:
    """The way to an evaluation, itself the last."""
    municipality = Link(site.place(evaluation.municipality), address.municipality(evaluation.municipality))
    return Link(site.t("pages.municipalities"), address.MUNICIPALITIES), municipality, Link(str(evaluation.year))


def page(site: Site, evaluation: Evaluation) -> Page:
    lead = _lead(site, evaluation)
    return Page(
        address=address.evaluation(evaluation),
        title=site.name(evaluation),
        description=lead,
        crumbs=crumbs(site, evaluation),
        kicker=_kicker(site, evaluation),
        lead=lead,
        contents=len(analysis.area_points(evaluation)) > 1,
    )


def _kicker(site: Site, evaluation: Evaluation) -> str:
    key = "pages.evaluation_when" if evaluation.month else "pages.evaluation_year"
    parts = (site.t(key, when=site.when(evaluation)), site.aged(evaluation))
    return " · ".join(part for part in parts if part)


def view(site: Site, evaluation: Evaluation) -> EvaluationView:
    earlier, later = neighbours(site, evaluation)
    profile = analysis.profile(evaluation, site.archive)
    examples = analysis.practices(evaluation, "examples")
    whole = tuple(practice for practice in examples if practice.area is None)
    complete = analysis.completeness(evaluation) in ("questions", "areas")
    return EvaluationView(
        scale=_scale(site, evaluation),
        total_note=_total_note(site, evaluation),
        facts=_facts(site, evaluation, earlier, later),
        profile=figures.profile_chart(site, evaluation, profile),
        notice=site.why(profile.relation),
        areas=figures.area_table(site, evaluation, profile),
        trend=None if complete else figures.trend(site, evaluation.municipality, address.evaluation(evaluation)),
        summary=html(evaluation.summary) if evaluation.summary else "",
        lang=evaluation.language,
        briefs=_briefs(site, evaluation),
        cards=tuple(site.card(practice, whose="") for practice in examples if practice.area)[:CARDS],
        whole=_whole(site, evaluation),
        examples=tuple(site.example(practice) for practice in whole),
        highlights=tuple(html(line) for line in evaluation.highlights),
        known=() if complete else _known(site, evaluation),
        missing=() if complete else _missing(site, evaluation),
        remarks=_remarks(site, evaluation),
        notes=_notes(evaluation),
        sources=site.sources(evaluation),
        report=_report(site, evaluation),
        previous=_step(site, earlier),
        next=_step(site, later),
    )


def neighbours(site: Site, evaluation: Evaluation) -> tuple[Evaluation | None, Evaluation | None]:
    """The evaluations before and after it in the same municipality, in figures."""
    dated = [e for e in analysis.in_figures_of(site.archive, evaluation.municipality) if e.year]
    at = [e.year for e in dated].index(evaluation.year)
    return (dated[at - 1] if at else None, dated[at + 1] if at + 1 < len(dated) else None)


def _lead(site: Site, evaluation: Evaluation) -> str:
    place, t = site.place(evaluation.municipality), site.t
    if evaluation.total is None and not analysis.area_points(evaluation):
        return t("pages.lead_known", place=place, when=site.at(evaluation))
    return " ".join(part for part in (_total_sentence(site, evaluation), _areas_sentence(site, evaluation)) if part)


def _total_sentence(site: Site, evaluation: Evaluation) -> str:
    t, place = site.t, site.place(evaluation.municipality)
    if evaluation.total is None:
        return t("pages.lead_no_total", place=place)
    earlier, _ = neighbours(site, evaluation)
    change = analysis.change(earlier, evaluation, site.archive) if earlier else None
    if earlier and change and change.total is not None and analysis.joins(earlier, evaluation, site.archive):
        kind = "more" if change.total > 0 else "fewer" if change.total < 0 else "same"
        return t(
            f"pages.lead_total_{kind}", place=place, total=evaluation.total, n=abs(change.total), year=earlier.year
        )
    first = "_first" if evaluation.previous == () else ""
    return t(f"pages.lead_total{first}", place=place, total=evaluation.total)


def _areas_sentence(site: Site, evaluation: Evaluation) -> str:
    points = analysis.area_points(evaluation)
    if not points:
        return site.t("pages.lead_no_areas")
    if len(points) < 8:
        return site.t("pages.lead_some_areas", n=len(points), count=capital(site.t.counted(len(points))))
    most, fewest = max(points.values()), min(points.values())
    return site.t(
        "pages.lead_areas",
        most=_titles(site, evaluation, most),
        fewest=_titles(site, evaluation, fewest),
        top=most,
        low=fewest,
    )


def _titles(site: Site, evaluation: Evaluation, points: int) -> str:
    numbers = [number for number, value in analysis.area_points(evaluation).items() if value == points]
    return site.t.listing([site.area_title(evaluation, number).text for number in numbers])


def _scale(site: Site, evaluation: Evaluation) -> Scale | None:
    summed = analysis.summed_total(evaluation)
    points = evaluation.total if evaluation.total is not None else summed
    if points is None:
        return None
    average = analysis.total_average(evaluation, site.archive)
    beside = (average.total, average.date) if average and average.total is not None else None
    return site.scale(points, TOTAL_MAXIMUM, f"{points}*" if evaluation.total is None else str(points), beside)


def _total_note(site: Site, evaluation: Evaluation) -> str:
    summed = analysis.summed_total(evaluation)
    return site.t("pages.total_summed", total=summed) if summed is not None else ""


def _facts(
    site: Site, evaluation: Evaluation, earlier: Evaluation | None, later: Evaluation | None
) -> tuple[Fact, ...]:
    t, unknown = site.t, Link(site.t("pages.not_stated"))
    evaluators = Link(t.listing(evaluation.evaluators)) if evaluation.evaluators else unknown
    facts = [
        Fact(t("pages.evaluators"), evaluators),
        Fact(t("pages.evidence"), Link(evidence(site, evaluation)) if evidence(site, evaluation) else unknown),
        Fact(t("pages.edition_label"), site.edition_link(evaluation.edition)),
    ]
    step = _step(site, later) or _step(site, earlier)
    if step:
        facts.append(Fact(t("pages.next_evaluation" if later else "pages.previous_evaluation"), step))
    if told := _told_of(site, evaluation):
        facts.append(Fact(t("pages.also_evaluated"), Link(told)))
    return tuple(facts)


def _told_of(site: Site, evaluation: Evaluation) -> str:
    """The years that the report says the municipality was evaluated in, of which there is no page."""
    here = {each.year for each in analysis.in_figures_of(site.archive, evaluation.municipality)}
    return site.t.listing(str(year) for year in evaluation.previous or () if year not in here)


def evidence(site: Site, evaluation: Evaluation) -> str:
    """`cirka 20 intervjuer, dokument och webbplats`; empty where nothing is stated."""
    told, t = evaluation.evidence, site.t
    parts = []
    if told.interviews is not None:
        parts.append(t("pages.interviews_about" if told.approximate else "pages.interviews", n=told.interviews))
    parts += [t(f"pages.{name}") for name, seen in (("documents", told.documents), ("website", told.website)) if seen]
    return t.listing(parts)


def _step(site: Site, evaluation: Evaluation | None) -> Link | None:
    if evaluation is None:
        return None
    if evaluation.total is None:
        return Link(str(evaluation.year), address.evaluation(evaluation))
    return Link(site.t("pages.step", year=evaluation.year, total=evaluation.total), address.evaluation(evaluation))


def _briefs(site: Site, evaluation: Evaluation) -> tuple[Brief, ...]:
    return tuple(
        Brief(
            title=site.numbered(number, site.area_title(evaluation, number), address.area(evaluation, number)),
            points="" if area.points is None else str(area.points),
            text=area.brief or shorten(plain(next(iter(area.highlights), ""))),
            counts=_counts(site, evaluation, number),
        )
        for number, area in sorted(evaluation.areas.items())
        if analysis.has_prose(area)
    )


def _report(site: Site, evaluation: Evaluation) -> Link | None:
    return Link(site.t("pages.whole_report"), address.report(evaluation)) if analysis.told_areas(evaluation) else None


def _counts(site: Site, evaluation: Evaluation, number: int) -> str:
    area, t = evaluation.areas[number], site.t
    counts = (("strengths", area.strengths), ("improvements", area.improvements), ("examples", area.examples))
    return ", ".join(t(f"pages.count_{name}", n=len(items)) for name, items in counts if items)


def _whole(site: Site, evaluation: Evaluation) -> Pair | None:
    if not (evaluation.strengths or evaluation.improvements):
        return None
    found = [analysis.practices(evaluation, kind) for kind in ("strengths", "improvements")]
    strengths, improvements = (tuple(site.item(p) for p in each if p.area is None) for each in found)
    return Pair(strengths, improvements, evaluation.language)


def _known(site: Site, evaluation: Evaluation) -> tuple[str, ...]:
    t, known = site.t, []
    if evaluation.total is not None:
        known.append(t("pages.known_total", total=evaluation.total))
    points = analysis.area_points(evaluation)
    if points:
        known.append(t("pages.known_areas", n=len(points)))
    if evaluation.evaluators:
        known.append(t("pages.known_evaluators", evaluators=t.listing(evaluation.evaluators)))
    if evaluation.previous:
        known.append(t("pages.known_previous", years=t.listing(str(year) for year in evaluation.previous)))
    if not known:
        known.append(t("pages.known_existence", when=site.at(evaluation)))
    return tuple(known)


def _missing(site: Site, evaluation: Evaluation) -> tuple[str, ...]:
    t, points = site.t, analysis.area_points(evaluation)
    missing = [] if evaluation.total is not None else [t("pages.missing_total")]
    missing.append(
        t("pages.missing_areas")
        if not points
        else t("pages.missing_some_areas", n=8 - len(points), count=capital(t.counted(8 - len(points))))
    )
    if not any(analysis.practices(evaluation, kind) for kind in ("examples", "strengths", "improvements")):
        missing.append(t("pages.missing_prose"))
    return tuple(missing)


def _remarks(site: Site, evaluation: Evaluation) -> tuple[str, ...]:
    """What to know about the figures, in the page's words."""
    t, remarks = site.t, []
    if evaluation.reference:
        beside = evaluation.reference
        remarks.append(t("pages.reference", place=site.place(beside.municipality), label=beside.label))
    for change in evaluation.printed_changes:
        if change.total is not None:
            remarks.append(t("pages.printed_change", total=t.signed(change.total), year=change.since))
    for model in evaluation.role_models:
        remarks.append(t("pages.role_model", place=site.place(model.municipality), about=model.about))
    return tuple(remarks)


def _notes(evaluation: Evaluation) -> tuple[str, ...]:
    """The data's own remarks, in the report's language."""
    return tuple(html(mismatch.reason) for mismatch in evaluation.known_mismatches) + tuple(map(html, evaluation.notes))
