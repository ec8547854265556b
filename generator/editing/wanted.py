"""Which new file is asked for, or in a plain sentence why it cannot be."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from datetime import date

from generator.model import COUNTRY_LANGUAGE, Archive, Edition, Municipality
from generator.problems import Stop
from generator.text import Words

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Wanted:
    """A new evaluation: of whom, of which year, and by which edition; None is not known."""

    municipality: Municipality
    year: int | None
    edition: Edition | None
    earlier: tuple[int, ...] = ()
    """Years of the municipality's earlier evaluations that we have."""

    @property
    def path(self) -> str:
        """Where it belongs inside the folder."""
        return f"{self.municipality.country}/{self.municipality.slug}/{self.year or 'unknown'}.yml"


def wanted(archive: Archive, place: str, year: str, edition: str | None, today: date, t: Words) -> Wanted:
    """What is asked for; `Stop` says what of it does not exist, and what is near."""
    municipality = _municipality(archive, place, t)
    when = _year(year, today, t)
    same = (each.year for each in archive.evaluations if each.municipality == municipality.slug)
    earlier = tuple(sorted(each for each in same if each and when and each < when))
    return Wanted(municipality, when, _edition(archive, edition, when, t), earlier)


def _municipality(archive: Archive, place: str, t: Words) -> Municipality:
    country, _, slug = place.strip("/").partition("/")
    if not slug:
        raise Stop(t("draft.refused.place", given=place))
    if country not in COUNTRY_LANGUAGE:
        raise Stop(t("draft.refused.country", given=country, known=", ".join(COUNTRY_LANGUAGE)))
    found = archive.municipalities.get(slug)
    if found and found.country == country:
        return found
    if found:
        raise Stop(t("draft.refused.elsewhere", given=slug, country=country, nearest=f"{found.country}/{slug}"))
    near = _nearest(archive, country, slug)
    if near:
        raise Stop(t("draft.refused.nearest", given=slug, country=country, nearest=f"{country}/{near}"))
    raise Stop(t("draft.refused.municipality", given=slug, country=country))


def _nearest(archive: Archive, country: str, given: str) -> str | None:
    """The slug that is most like what was given, which may be the name instead."""
    here = {each.slug for each in archive.municipalities.values() if each.country == country}
    plain = unicodedata.normalize("NFKD", given.lower().translate(str.maketrans("æøđ ", "aod-")))
    near = difflib.get_close_matches(plain.encode("ascii", "ignore").decode(), sorted(here), 1, 0.6)
    return near[0] if near else None


def _year(given: str, today: date, t: Words) -> int | None:
    if given == "unknown":
        return None
    if given.isascii() and given.isdecimal() and len(given) == 4 and FIRST_YEAR <= int(given) <= today.year:
        return int(given)
    raise Stop(t("draft.refused.year", given=given, first=FIRST_YEAR, last=today.year))


def _edition(archive: Archive, given: str | None, year: int | None, t: Words) -> Edition | None:
    """The edition that was asked for, or the newest that there was in that year."""
    if given == "unknown" or (given is None and year is None):
        return None
    if given is None:
        then = [each for each in archive.editions.values() if year and each.since <= year]
        return max(then, key=lambda each: each.since, default=None)
    if given not in archive.editions:
        raise Stop(t("draft.refused.edition", given=given, known=", ".join(sorted(archive.editions))))
    return archive.editions[given]
