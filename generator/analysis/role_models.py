"""Who is named as one to learn from, where, and by how many evaluations out of how many."""

from __future__ import annotations

from dataclasses import dataclass

from generator.analysis.answers import answered, gathered
from generator.analysis.single import identity
from generator.model import Archive, Identity, RoleModel


@dataclass(frozen=True)
class Naming:
    """One evaluation that points to a municipality."""

    by: Identity
    model: RoleModel


@dataclass(frozen=True)
class Named:
    """A municipality that is pointed to, by whom, and out of how many evaluations that point to anyone."""

    municipality: str
    namings: tuple[Naming, ...]
    out_of: int

    @property
    def evaluations(self) -> int:
        """How many evaluations name it, each counted once."""
        return len({naming.by.slug for naming in self.namings})

    @property
    def areas(self) -> tuple[int, ...]:
        """The areas it is named in."""
        return tuple(sorted({naming.model.area for naming in self.namings if naming.model.area is not None}))


@gathered
def role_models(archive: Archive) -> list[Named]:
    """Everyone named, by the most evaluations first and then by name."""
    naming: dict[str, list[Naming]] = {}
    for evaluation in archive.evaluations:
        for model in evaluation.role_models:
            naming.setdefault(model.municipality, []).append(Naming(identity(evaluation), model))
    out_of = sum(bool(evaluation.role_models) for evaluation in archive.evaluations)
    found = [Named(slug, tuple(each), out_of) for slug, each in naming.items()]
    return sorted(found, key=lambda named: (-named.evaluations, named.municipality))


def named(municipality: str, archive: Archive) -> Named | None:
    """Where a municipality is named, if anywhere."""
    return _named(archive, municipality)


@answered
def _named(archive: Archive, municipality: str) -> Named | None:
    return _by_municipality(archive).get(municipality)


@answered
def _by_municipality(archive: Archive) -> dict[str, Named]:
    return {each.municipality: each for each in role_models(archive)}
