"""What followed the advice, and who is named as a role model. Followed by, never caused by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Direction, FollowUp, Named, Pair
from generator.model import Identity
from generator.pages.parts import ActionView, Cell, Head, Link, Page, Table
from generator.pages.site import Site, shorten
from generator.text import plain

WAYS: tuple[Direction, ...] = ("more", "unchanged", "fewer")


@dataclass(frozen=True)
class FollowedView:
    """One improvement and what followed."""

    text: Link
    change: str
    role_models: str
    actions: tuple[ActionView, ...]


@dataclass(frozen=True)
class PairView:
    """Two evaluations of a municipality, with each improvement of the first."""

    title: Link
    followed: tuple[FollowedView, ...]


@dataclass(frozen=True)
class FollowUpView:
    """What the page of follow-ups shows."""

    counted: str
    whole: Table | None
    pairs: tuple[PairView, ...]
    waiting: tuple[Link, ...]
    actions: Table | None


@dataclass(frozen=True)
class RoleModelView:
    """One municipality that is named, and by whom."""

    title: Link
    count: str
    areas: str
    named_by: tuple[Link, ...]


def page(site: Site) -> Page:
    lead = site.t("follow.lead")
    return Page(address.FOLLOW_UP, site.t("follow.title"), lead, (), "", lead, contents=False)


def view(site: Site) -> FollowUpView:
    pairs = analysis.pairs(site.archive)
    known = analysis.countable(pairs)
    return FollowUpView(
        counted=_counted(site, len(known)),
        whole=_whole(site, known) if len(known) >= analysis.ENOUGH_PAIRS else None,
        pairs=tuple(pair(site, each) for each in pairs),
        waiting=_waiting(site, {each.before.slug for each in pairs}),
        actions=_plans(site),
    )


def _counted(site: Site, count: int) -> str:
    key = "follow.enough" if count >= analysis.ENOUGH_PAIRS else "follow.too_few" if count else "follow.no_pairs"
    return site.t(key, n=count, count=site.t.counted(count), enough=site.t.counted(analysis.ENOUGH_PAIRS))


def _whole(site: Site, known: list[Pair]) -> Table:
    ways = Counter(each.direction for pair in known for each in pair.known)
    rows = tuple((Cell(site.t(f"follow.way_{way}")), Cell(str(ways[way]), number=True)) for way in WAYS)
    heads = (Head(site.t("follow.head_way")), Head(site.t("follow.head_count"), True))
    return Table(site.t("follow.whole_caption", n=len(known)), heads, rows)


def pair(site: Site, found: Pair) -> PairView:
    """Two evaluations and every improvement of the first."""
    t, before, after = site.t, found.before, found.after
    title = t("follow.pair", place=site.place(before.municipality), before=before.year, after=after.year)
    return PairView(
        title=Link(title, address.compare(after, before)), followed=tuple(_followed(site, f) for f in found.followed)
    )


def _followed(site: Site, found: FollowUp) -> FollowedView:
    practice = found.improvement
    text = shorten(plain(practice.item.text))
    names = site.t.listing(site.place(model.municipality) for model in found.role_models)
    return FollowedView(
        text=Link(text, address.practice(practice), site.lang(practice.item.lang or practice.evaluation.language)),
        change=change(site, found),
        role_models=site.t("follow.role_models", names=names) if names else "",
        actions=tuple(site.action(each) for each in found.actions),
    )


def change(site: Site, found: FollowUp) -> str:
    """The change that followed, on its question where known, else its area, else why nothing can be said."""
    t, year = site.t, found.after.year
    if found.question and found.direction:
        shares = (_share(site, each) for each in (found.question.other, found.question.one))
        before, after = shares
        key = f"follow.question_{found.direction}"
        return t(key, number=found.question.number, before=before, after=after, year=year)
    if found.area and found.direction:
        row = found.area
        return t(f"follow.area_{found.direction}", area=row.area, before=row.other, after=row.one, year=year)
    return t("follow.not_known", year=year)


def _share(site: Site, result: object) -> str:
    percent, points = (getattr(result, name, None) for name in ("percent", "points"))
    return site.t("pages.percent", percent=percent) if percent is not None else site.t("pages.points", n=points)


def _plans(site: Site) -> Table | None:
    """Every action by municipality; overdue and unreported told apart."""
    rows = []
    for practice in analysis.all_practices(site.archive, "improvements"):
        for each in getattr(practice.item, "actions", ()):
            told = site.action(each)
            name = site.name(practice.evaluation)
            rows.append((Cell(name, to=address.practice(practice)), Cell(told.what), Cell(told.detail)))
    heads = tuple(Head(site.t(f"follow.head_{key}")) for key in ("evaluation", "what", "detail"))
    return Table(site.t("follow.actions_caption", n=len(rows)), heads, tuple(rows)) if rows else None


def _waiting(site: Site, followed: set[str]) -> tuple[Link, ...]:
    """Evaluations with improvements that no later evaluation follows."""
    single = [e for e in analysis.identities(site.archive) if e.year and e.slug not in followed]
    counted = [(e, len(analysis.practices_in(site.archive, e.slug, "improvements"))) for e in single]
    ordered = sorted(counted, key=lambda pair: (site.t.order(site.place(pair[0].municipality)), pair[0].year or 0))
    return tuple(Link(_with_count(site, e, n), address.evaluation(e)) for e, n in ordered if n)


def _with_count(site: Site, evaluation: Identity, n: int) -> str:
    return f"{site.name(evaluation)} ({site.t('pages.count_improvements', n=n)})"


# Role models --------------------------------------------------------------------------------------------------------


def role_models_page(site: Site) -> Page:
    found = analysis.role_models(site.archive)
    out_of, all_of = (found[0].out_of if found else 0), len(analysis.identities(site.archive))
    lead = site.t("follow.role_models_lead", n=out_of, all=all_of)
    return Page(address.ROLE_MODELS, site.t("follow.role_models_title"), lead, (), "", lead, contents=False)


def role_models(site: Site) -> tuple[RoleModelView, ...]:
    places = frozenset(analysis.places(site.archive))
    return tuple(_role_model(site, named, places) for named in analysis.role_models(site.archive))


def _role_model(site: Site, named: Named, places: frozenset[str]) -> RoleModelView:
    has_page = named.municipality in places
    areas = site.t.listing(str(area) for area in named.areas)
    return RoleModelView(
        title=Link(site.place(named.municipality), address.municipality(named.municipality) if has_page else ""),
        count=site.t("pages.named_of", n=named.evaluations, out_of=named.out_of),
        areas=site.t("follow.role_model_areas", n=len(named.areas), areas=areas) if areas else "",
        named_by=tuple(
            Link(
                site.t("pages.named_by", name=site.name(naming.by), about=naming.model.about),
                address.evaluation(naming.by),
                site.lang(naming.by.language),
            )
            for naming in named.namings
        ),
    )
