"""One report of one municipality and year, as printed, down to its questions and examples."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.model.fields import (
    TOTAL_MAXIMUM,
    ActionState,
    AreaNumber,
    CalendarDate,
    Country,
    Flag,
    FormerAddress,
    KnownMismatch,
    Language,
    Line,
    Link,
    PartialDate,
    Percent,
    Points,
    QuestionNumber,
    Record,
    Slug,
    Source,
    Text,
    Title,
    ToldBy,
    Whole,
    Year,
    _whole,
)


class Target(Record):
    """A total that the municipality set itself as its aim, in a year where one was said."""

    year: Year | None = None
    total: Annotated[Points, Field(le=TOTAL_MAXIMUM)]
    text: Text
    """What the source says of it."""


class Evidence(Record):
    """What the evaluators built on."""

    interviews: Whole | None = None
    approximate: Flag = False
    """True where the report says "about" that many interviews."""
    documents: Flag | None = None
    website: Flag | None = None


class Reference(Record):
    """A municipality the report draws itself against without printing its points: named, never drawn."""

    municipality: Slug
    year: Year | None = None
    label: Line


class RoleModel(Record):
    """A municipality that the report points to as one to learn from."""

    municipality: Slug
    area: AreaNumber | None = None
    about: Line


class PrintedChange(Record):
    """A change that a source prints, in points, since an earlier evaluation's year."""

    since: Year
    total: Whole | None = None
    areas: dict[AreaNumber, Whole] = {}


class Note(Record):
    """Prose with its topics: what strengths and improvements share."""

    id: Slug
    """Its own address on the page it stands on; never changed once published."""
    text: Text
    topics: tuple[Slug, ...] = ()
    question: QuestionNumber | None = None
    told_by: ToldBy = "report"
    """Whose words it rests on: the report's, the municipality's own, or a prize jury's."""
    lang: Language | None = None
    area: Literal["not stated"] | None = None
    """Only outside an area: an imported fact whose area the source does not state."""


class Strength(Note):
    """Something the report counts as a strength (styrka)."""


class Action(Record):
    """What the municipality decided to do about an improvement; written later, by the municipality."""

    what: Line
    responsible: Line | None = None
    """A function, never a person."""
    by: PartialDate | None = None
    """When it is to be done."""
    state: ActionState | None = None
    """How far it has come; left out where nobody has reported."""
    reported: CalendarDate | None = None
    """When the state was last reported."""
    link: Link | None = None
    """To the decision."""


class Improvement(Note):
    """Something the report would have improved (förbättringsmöjlighet)."""

    actions: tuple[Action, ...] = ()


class Example(Note):
    """A practice worth copying (gott exempel), never a mere score."""

    title: Title
    gold_star: Flag = False
    """True where the evaluators gave a guldstjärna (gullstjerne)."""


class QuestionResult(Record):
    """One question as printed: points, maximum (points) and percent. What was not printed is None."""

    points: Points | None = None
    maximum: Points | None = None
    percent: Percent | None = None


class AreaResult(Record):
    """One area as printed, with its prose."""

    points: Points | None = None
    printed_title: Line | None = None
    """Only where it differs from the edition's title."""
    brief: Line | None = None
    """The area in one sentence, for the evaluation's page ("I korthet")."""
    summary: Text | None = None
    questions: dict[QuestionNumber, QuestionResult] = {}
    strengths: tuple[Strength, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    examples: tuple[Example, ...] = ()
    highlights: tuple[Text, ...] = ()


class Withdrawal(Record):
    """That an evaluation is no longer published: its address stays and says since when, and why."""

    on: CalendarDate
    why: Text


class Identity(Record):
    """Which evaluation it is, and nothing of what it says: enough to name it and to lead to it.

    `year` is None for a file called `unknown.yml`: the evaluation exists but its year was not seen.
    """

    country: Country
    municipality: Slug
    year: Year | None
    edition: str
    """An edition's id, or `unknown`: comparable by total only."""
    month: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=12)] | None = None
    language: Language

    @property
    def slug(self) -> str:
        """`enkoping-2016`: unique, since slugs are unique across countries."""
        return f"{self.municipality}-{self.year or 'unknown'}"


class Evaluation(Identity):
    """One report: municipality x year. `country`, `municipality` and `year` come from the file's path."""

    evaluators: tuple[Line, ...] = ()
    """Organisations, never persons."""
    evidence: Evidence = Evidence()
    previous: tuple[Year, ...] | None = None
    """Years of earlier evaluations; `[]` where a source says that this was the first."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    reference: Reference | None = None
    total: Points | None = None
    summary: Text | None = None
    areas: dict[AreaNumber, AreaResult] = {}
    strengths: tuple[Strength, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    examples: tuple[Example, ...] = ()
    highlights: tuple[Text, ...] = ()
    role_models: tuple[RoleModel, ...] = ()
    printed_changes: tuple[PrintedChange, ...] = ()
    targets: tuple[Target, ...] = ()
    known_mismatches: tuple[KnownMismatch, ...] = ()
    notes: tuple[Text, ...] = ()
    """Remarks on the sources and on what does not add up, in our own words and the report's language."""
    former: tuple[FormerAddress, ...] = ()
    """Under which municipality and year it was published before."""
    withdrawn: Withdrawal | None = None
