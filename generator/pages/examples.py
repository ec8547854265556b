"""Good examples: the page that searches them, and a plain list for every topic."""

from __future__ import annotations

from dataclasses import dataclass

from generator import analysis
from generator.addresses import address
from generator.analysis import Kind, Practice
from generator.model import Language, Topic
from generator.pages.parts import Card, Link, Page
from generator.pages.site import Site, shorten
from generator.text import plain

ALSO: tuple[Language, ...] = ("sv", "nb", "nn")
SHOWN = 8


@dataclass(frozen=True)
class TopicEntry:
    """One topic in the list of all."""

    link: Link
    count: str


@dataclass(frozen=True)
class PlainItem:
    """A strength or improvement in a topic's list."""

    link: Link
    meta: str


@dataclass(frozen=True)
class TopicView:
    """What a topic's page shows."""

    also: str
    cards: tuple[Card, ...]
    strengths: tuple[PlainItem, ...]
    improvements: tuple[PlainItem, ...]
    areas: tuple[Link, ...]
    questions: tuple[Link, ...]
    related: tuple[Link, ...]
    """The wider topic and the narrower ones that have a page."""


def topics_with_hits(site: Site) -> list[Topic]:
    """Topics that hold at least one example or strength, by name."""
    used = analysis.topics_in_use(site.archive)
    return sorted(
        (site.archive.topics[topic] for topic in used), key=lambda topic: site.t.order(site.say(topic.labels))
    )


def search_page(site: Site) -> Page:
    lead = site.t("pages.search_lead")
    return Page(address.EXAMPLES, site.t("pages.examples"), lead, (), "", lead, contents=False)


def topic_entries(site: Site) -> tuple[TopicEntry, ...]:
    entries = []
    for topic in topics_with_hits(site):
        examples, strengths = _counts(site, topic)
        counts = [site.t("pages.count_examples", n=examples)] if examples else []
        counts += [site.t("pages.count_strengths", n=strengths)] if strengths else []
        entries.append(TopicEntry(Link(site.say(topic.labels), address.topic(topic.id)), ", ".join(counts)))
    return tuple(entries)


def topic_page(site: Site, topic: Topic) -> Page:
    t, name = site.t, site.say(topic.labels)
    examples, strengths = _counts(site, topic)
    lead = t(
        "pages.topic_lead",
        examples=t("pages.count_examples", n=examples),
        strengths=t("pages.count_strengths", n=strengths),
    )
    crumbs = (Link(t("pages.examples"), address.EXAMPLES), Link(name))
    return Page(address.topic(topic.id), name, f"{name}: {lead}", crumbs, t("pages.topic"), lead, contents=False)


def topic_view(site: Site, topic: Topic) -> TopicView:
    examples = sorted(
        _on_topic(site, topic, "examples"), key=lambda p: (not analysis.gold_star(p), -(analysis.percent_of(p) or 0))
    )
    edition = (
        site.archive.editions["2015"]
        if "2015" in site.archive.editions
        else max(site.archive.editions.values(), key=lambda e: e.id)
    )
    return TopicView(
        also=site.t.listing(_also(site, topic)),
        cards=tuple(site.card(practice) for practice in examples),
        strengths=tuple(_plain(site, practice) for practice in _on_topic(site, topic, "strengths")),
        improvements=tuple(_plain(site, practice) for practice in _on_topic(site, topic, "improvements")),
        areas=tuple(
            site.numbered(n, site.edition_title(edition, n), address.edition_area(edition.id, n)) for n in topic.areas
        ),
        questions=tuple(
            Link(
                f"{key} {site.say(edition.areas[int(key[0])].questions[key].title)}", address.question(edition.id, key)
            )
            for key in topic.questions
            if analysis.question_count(site.archive, edition.id, key)
        ),
        related=site.topic_links(_related(site, topic)),
    )


def _related(site: Site, topic: Topic) -> list[str]:
    near = [topic.broader or "", *(other.id for other in site.archive.topics.values() if other.broader == topic.id)]
    used = analysis.topics_in_use(site.archive)
    return [identity for identity in near if identity in used]


def _also(site: Site, topic: Topic) -> list[str]:
    """What else the topic is called in the languages of the reports, each spelling once."""
    words = [label for language, label in topic.labels.items() if language in ALSO]
    words += [word for language in ALSO for word in topic.synonyms.get(language, ())]
    once = {word.casefold(): word for word in words if word.casefold() != site.say(topic.labels).casefold()}
    return [once[key].lower() for key in list(once)[:SHOWN]]


def _counts(site: Site, topic: Topic) -> tuple[int, int]:
    return len(_on_topic(site, topic, "examples")), len(_on_topic(site, topic, "strengths"))


def _on_topic(site: Site, topic: Topic, kind: Kind) -> list[Practice]:
    return analysis.practices_on(site.archive, kind, topic.id)


def _plain(site: Site, practice: Practice) -> PlainItem:
    lang = site.lang(practice.item.lang or practice.evaluation.language)
    link = Link(shorten(plain(practice.item.text), 200), address.practice(practice), lang)
    meta = " · ".join(part for part in (site.name(practice.evaluation), site.standing(practice)) if part)
    return PlainItem(link, meta)
