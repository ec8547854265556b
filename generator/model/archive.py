"""Everything that was read, together."""

from __future__ import annotations

from generator.model.edition import Edition
from generator.model.evaluation import Evaluation
from generator.model.fields import Record, Slug
from generator.model.vocabulary import Average, Known, Municipality, Topic, Translation


class Archive(Record):
    """Everything that was read, in a fixed order: what the pages, the search and the analyses are made from."""

    municipalities: dict[Slug, Municipality]
    editions: dict[str, Edition]
    topics: dict[Slug, Topic]
    translations: tuple[Translation, ...] = ()
    averages: tuple[Average, ...]
    evaluations: tuple[Evaluation, ...]
    """Sorted by country, municipality and year; those without a year last."""
    known: tuple[Known, ...] = ()
    withdrawn: tuple[Evaluation, ...] = ()
    """Those that are no longer published: known by their addresses only, and to no figure, list or search."""
    published: tuple[str, ...] = ()
    """Every address that was ever published, as the list of them says."""
