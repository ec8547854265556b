"""What an evaluation is: the frozen, typed model that every other room reads.

One word per thing: a field here is the YAML key, the template variable and the search facet of the same name.
Printed figures are stored as printed and never changed; whatever we compute ourselves lives in `analysis`.
The model says what a valid *value* is. What must agree *between* values is for `checks`.
"""

from generator.model.archive import Archive
from generator.model.edition import ComparableTo, Edition, EditionArea, Question
from generator.model.evaluation import (
    Action,
    AreaResult,
    Evaluation,
    Evidence,
    Example,
    Identity,
    Improvement,
    Note,
    PrintedChange,
    QuestionResult,
    Reference,
    RoleModel,
    Strength,
    Target,
    Withdrawal,
)
from generator.model.fields import (
    AREA_MAXIMUM,
    AREAS,
    COUNTRY_LANGUAGE,
    CURLY,
    TOTAL_MAXIMUM,
    UNFILLED,
    ActionState,
    CalendarDate,
    Comparability,
    Country,
    KnownMismatch,
    Language,
    PartialDate,
    Record,
    Source,
    ToldBy,
)
from generator.model.vocabulary import Average, Known, Municipality, Topic, Translation

__all__ = [
    "AREAS",
    "AREA_MAXIMUM",
    "COUNTRY_LANGUAGE",
    "CURLY",
    "TOTAL_MAXIMUM",
    "UNFILLED",
    "Action",
    "ActionState",
    "Archive",
    "AreaResult",
    "Average",
    "CalendarDate",
    "Comparability",
    "ComparableTo",
    "Country",
    "Edition",
    "EditionArea",
    "Evaluation",
    "Evidence",
    "Example",
    "Identity",
    "Improvement",
    "Known",
    "KnownMismatch",
    "Language",
    "Municipality",
    "Note",
    "PartialDate",
    "PrintedChange",
    "Question",
    "QuestionResult",
    "Record",
    "Reference",
    "RoleModel",
    "Source",
    "Strength",
    "Target",
    "ToldBy",
    "Topic",
    "Translation",
    "Withdrawal",
]
