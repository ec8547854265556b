"""What all pages draw on: the archive, the words of the language, and how both are put into small views."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator import analysis
from generator.addresses import address
from generator.analysis import Direction, Practice, Relation
from generator.model import (
    TOTAL_MAXIMUM,
    Action,
    Archive,
    Average,
    Edition,
    Evaluation,
    Example,
    Identity,
    Improvement,
    Municipality,
    Source,
)
from generator.pages.parts import ActionView, Card, Cell, ExampleView, Item, Link, Scale, SourceView
from generator.text import Words, html, plain, words

CARD_LENGTH = 170
OLD = 10
"""From so many years on, the age of an evaluation is said wherever it is named."""


@dataclass(frozen=True)
class Publisher:
    """Who publishes the site (`extra.publisher` in mkdocs.yml) and where; empty fields are not set."""

    name: str = ""
    contact: str = ""
    repository: str = ""
    address: str = ""
    """The address of the published site, with a slash at its end (`site_url`)."""


@dataclass(frozen=True)
class Site:
    """The archive as one language tells it."""

    archive: Archive
    t: Words
    publisher: Publisher = Publisher()
    ambiguous: frozenset[tuple[str, str]] = frozenset()
    """Names (country, name) that two municipalities of a country share: shown with their county."""

    @property
    def language(self) -> str:
        return self.t.language

    # Names ----------------------------------------------------------------------------------------------------------

    def municipality(self, slug: str) -> Municipality:
        return self.archive.municipalities[slug]

    def place(self, slug: str) -> str:
        of = self.municipality(slug)
        return f"{of.name} ({of.county})" if (of.country, of.name) in self.ambiguous and of.county else of.name

    def name(self, evaluation: Identity) -> str:
        """`Enköping 2016`."""
        place = self.place(evaluation.municipality)
        return f"{place} {evaluation.year}" if evaluation.year else place

    def when(self, evaluation: Identity) -> str:
        """`maj 2016`, or as much of it as is known."""
        if evaluation.year is None:
            return self.t("pages.year_unknown")
        return self.t.when(f"{evaluation.year}-{evaluation.month:02}" if evaluation.month else str(evaluation.year))

    def at(self, evaluation: Identity) -> str:
        """`i maj 2016` or `år 2018`, as it stands in a sentence."""
        return self.t("pages.in_month" if evaluation.month else "pages.in_year", when=self.when(evaluation))

    def edition_name(self, identity: str) -> str:
        return self.t("pages.edition_unknown" if identity == analysis.UNKNOWN else "pages.edition", edition=identity)

    def edition_link(self, identity: str) -> Link:
        known = identity in self.archive.editions
        return Link(self.edition_name(identity), address.edition(identity) if known else "")

    def structure(self, evaluation: Evaluation) -> Edition:
        """The edition whose titles an evaluation's areas are shown under.

        Where the edition is unknown: the newest in use that year, the structure its area numbers were placed in.
        """
        editions = self.archive.editions
        if evaluation.edition in editions:
            return editions[evaluation.edition]
        in_use = [edition for edition in editions.values() if edition.since <= (evaluation.year or 0)]
        return max(in_use or list(editions.values()), key=lambda edition: edition.since)

    def area_title(self, evaluation: Evaluation, number: int) -> Link:
        """An area's title as the report prints it, else as its edition does in the report's language (words only)."""
        printed = evaluation.areas[number].printed_title if number in evaluation.areas else None
        if printed:
            return Link(printed, lang=self.lang(evaluation.language))
        return self.edition_title(self.structure(evaluation), number, evaluation.language)

    def edition_title(self, edition: Edition, number: int, language: str = "") -> Link:
        titles: Mapping[Any, str] = edition.areas[number].titles
        found = next((code for code in (language, self.language, *titles) if code in titles), "")
        return Link(titles.get(found, self.t("pages.area_number", area=number)), lang=self.lang(found))

    def numbered(self, number: int, title: Link, to: str = "") -> Link:
        return Link(title.text, to, title.lang, str(number))

    def lang(self, language: str) -> str:
        """The `lang` that a passage needs: none where it is the page's own."""
        return "" if language in ("", self.language) else language

    def say(self, texts: Mapping[Any, Any]) -> str:
        """A text in the page's language, else in the first it has."""
        return str(texts[self.language] if self.language in texts else next(iter(texts.values()), ""))

    def basis(self, average: Average) -> str:
        return self.say(average.basis)

    def why(self, relation: Relation | None) -> str:
        return self.say(relation.why) if relation else ""

    def scale(self, points: int, maximum: int, figure: str, average: tuple[int, str] | None) -> Scale:
        """The bar of a total or an area, with a printed average (points and its date) as a tick."""
        unit = self.t("pages.of_total" if maximum == TOTAL_MAXIMUM else "pages.of_area")
        bare = Scale(figure, unit, maximum, round(100 * points / maximum, 2))
        if average is None:
            return bare
        value, date = average[0], self.t.when(average[1])
        sentence = self.t("pages.average_sentence", points=value, date=date)
        label = self.t("pages.average_tick", points=value)
        return replace(
            bare,
            average=round(100 * value / maximum, 2),
            average_label=label,
            average_date=date,
            average_sentence=sentence,
        )

    # Cells ----------------------------------------------------------------------------------------------------------

    def points(self, value: int | None, own: bool = False, to: str = "") -> Cell:
        """A printed value, or the words that say it was not published."""
        if value is None:
            return Cell(self.t("pages.not_published"), number=True, missing=True, short=self.t("pages.unknown_short"))
        return Cell(self.t.number(value), to=to, number=True, own=own, key=str(value))

    def difference(self, value: int | None) -> Cell:
        return Cell("" if value is None else self.t.signed(value), number=True, key="" if value is None else str(value))

    def change(self, value: int | None, way: Direction | None) -> Cell:
        """A difference; one within rounding is called so."""
        found = self.difference(value)
        if value is None or way != "unchanged" or value == 0:
            return found
        return replace(found, text=self.t("compare.within_short", change=found.text), short=found.text)

    def aged(self, evaluation: Identity) -> str:
        """`12 år sedan`, for an evaluation made so long ago that its age must be said; else nothing."""
        years = analysis.age(evaluation, self.archive)
        return self.t("pages.aged", n=years) if years is not None and years >= OLD else ""

    def age_cell(self, evaluation: Identity) -> Cell:
        """How old an evaluation is, in a column that is left out where there is little room."""
        years = analysis.age(evaluation, self.archive) or 0
        return Cell(self.t("pages.age_years", n=years), number=True, wide=True, key=str(years))

    # Practices ------------------------------------------------------------------------------------------------------

    def topic_links(self, identities: Sequence[str]) -> tuple[Link, ...]:
        topics = [self.archive.topics[identity] for identity in identities]
        return tuple(Link(self.say(topic.labels), address.topic(topic.id)) for topic in topics)

    def item(self, practice: Practice) -> Item:
        item = practice.item
        actions = tuple(map(self.action, item.actions)) if isinstance(item, Improvement) else ()
        return Item(item.id, html(item.text), self.topic_links(item.topics), actions)

    def action(self, found: Action) -> ActionView:
        """What the municipality will do: who, by when, how far it has come."""
        t, state = self.t, analysis.report(found, self.archive)
        parts = [found.responsible or "", t("follow.by", when=t.when(found.by)) if found.by else ""]
        parts.append(t(f"follow.state_{state}"))
        if found.reported:
            parts.append(t("follow.reported", when=t.when(found.reported.isoformat())))
        link = Link(t("follow.decision"), found.link) if found.link else None
        return ActionView(found.what, " · ".join(part for part in parts if part), link)

    def standing(self, practice: Practice) -> str:
        """What an example rests on: its question's or its area's points, and whose words it is."""
        parts = [self._score(practice)] if practice.area else []
        if practice.item.told_by != "report":
            parts.append(self.t(f"pages.told_by_{practice.item.told_by}"))
        return " · ".join(part for part in parts if part)

    def _score(self, practice: Practice) -> str:
        result = practice.result
        if result and result.points is not None and result.maximum is not None:
            key = "pages.question_score"
            return self.t(
                key, area=practice.area, number=practice.item.question, points=result.points, maximum=result.maximum
            )
        if practice.points is None:
            return self.t("pages.area_number", area=practice.area)
        return self.t("pages.area_score", area=practice.area, points=practice.points)

    def example(self, practice: Practice) -> ExampleView:
        item = practice.item
        assert isinstance(item, Example)
        return ExampleView(
            id=item.id,
            title=item.title,
            html=html(item.text),
            meta=self.standing(practice),
            topics=self.topic_links(item.topics),
            gold_star=item.gold_star,
            lang=item.lang or practice.evaluation.language,
        )

    def card(self, practice: Practice, whose: str | None = None) -> Card:
        """An example in short; `whose` is what tells it from its neighbours, by default the evaluation's name."""
        item = practice.item
        assert isinstance(item, Example)
        lang = self.lang(item.lang or practice.evaluation.language)
        name = self.name(practice.evaluation) if whose is None else whose
        age = self.aged(practice.evaluation) if whose is None else ""
        meta = " · ".join(part for part in (name, age, self.standing(practice)) if part)
        return Card(Link(item.title, address.practice(practice), lang), shorten(plain(item.text)), meta, item.gold_star)

    # Sources --------------------------------------------------------------------------------------------------------

    def sources(self, evaluation: Evaluation) -> SourceView:
        """Where the figures come from, how old they are, and the file itself."""
        data = [Link(self.t("pages.data_file"), address.raw(evaluation))]
        if repository := self.publisher.repository.rstrip("/"):
            data.append(
                Link(self.t("pages.edit"), f"{repository}/edit/main/evaluations/{address.source_path(evaluation)}")
            )
        return SourceView(_links(evaluation.sources), self._age(evaluation, evaluation.sources), tuple(data))

    def sources_of(self, evaluations: Sequence[Identity]) -> SourceView | None:
        """The sources of several evaluations, once each, with their files; None for no evaluation."""
        if not evaluations:
            return None
        read = {evaluation.slug: analysis.sources(self.archive, evaluation.slug) for evaluation in evaluations}
        links = dict.fromkeys(link for sources in read.values() for link in _links(sources))
        data = (Link(self.t("pages.data_file_of", name=self.name(e)), address.raw(e)) for e in evaluations)
        newest = max(evaluations, key=lambda evaluation: evaluation.year or 0)
        return SourceView(tuple(links), self._age(newest, read[newest.slug]), tuple(data))

    def _age(self, evaluation: Identity, sources: Sequence[Source]) -> str:
        read = max((source.read for source in sources if source.read), default=None)
        if read is None:
            return ""
        when = self.t.when(read.isoformat())
        if evaluation.year is None:
            return self.t("pages.read", date=when)
        return self.t("pages.read_age", date=when, year=evaluation.year, n=read.year - evaluation.year)


def tell(archive: Archive, language: str, publisher: Publisher) -> Site:
    """The archive as a language tells it."""
    current = (municipality for municipality in archive.municipalities.values() if not municipality.successor)
    names = Counter((municipality.country, municipality.name) for municipality in current)
    twice = frozenset(name for name, count in names.items() if count > 1)
    return Site(archive, words(language), publisher, twice)


def _links(sources: Sequence[Source]) -> tuple[Link, ...]:
    return tuple(Link(source.title, source.url or "") for source in sources)


def shorten(text: str, length: int = CARD_LENGTH) -> str:
    """The text, or as many whole sentences of it as fit, or else whole words followed by an ellipsis."""
    if len(text) <= length:
        return text
    sentences = [match.end() for match in re.finditer(r"[.!?](?= )", text[: length + 1])]
    if sentences and sentences[-1] * 2 > length:
        return text[: sentences[-1]]
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"
