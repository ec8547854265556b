"""Where a published address leads when its page is no longer there: in one step to a page that is, or nowhere.

What was renamed or corrected says so itself (`former`). A part that is gone, such as an area that nothing is told of
any more, leads to what it was part of. Nothing else is guessed: an address that leads nowhere is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.addresses import address
from generator.addresses.live import live
from generator.model import Archive

GENERATED = (address.MUNICIPALITIES, address.AREAS, address.EXAMPLES, address.edition("")[:-1])
"""How the addresses begin that the archive answers for."""


class Ways:
    """The ways from the published addresses of an archive to its pages."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.live = archive, live(archive)
        places, topics = archive.municipalities.values(), archive.topics.values()
        self._places = {former: each.slug for each in places for former in each.former}
        self._topics = {former: each.id for each in topics for former in each.former}
        every = (*archive.evaluations, *archive.withdrawn)
        self._evaluations = {former: each for each in every for former in each.former}

    def onward(self, published: str) -> str:
        """The page that an address leads to: itself where it is still there, empty where it is lost."""
        return next((way for way in self._ways(published) if way in self.live), "")

    def redirects(self) -> dict[str, str]:
        """Every published address whose page is elsewhere now, and where."""
        gone = ((each, self.onward(each)) for each in sorted({*self.archive.published} - self.live))
        return {each: onward for each, onward in gone if onward}

    def lost(self) -> list[str]:
        """The published addresses that the archive answers for and that lead nowhere."""
        gone = sorted({*self.archive.published} - self.live)
        return [each for each in gone if each.startswith(GENERATED) and not self.onward(each)]

    def _ways(self, published: str) -> Iterator[str]:
        """Where an address may lead, the best first."""
        yield published
        _, *rest = published.strip("/").split("/")
        if published.startswith(address.MUNICIPALITIES) and rest:
            yield from self._of_evaluation(rest[0], rest[1], rest[2:]) if rest[1:] else self._of_place(rest[0])
        elif published.startswith(address.EXAMPLES) and rest:
            yield from self._of_topic(rest[0])
        elif published.startswith(address.AREAS) and len(rest) == 3:
            yield address.edition_area(rest[0], int(rest[1])) if rest[1].isdecimal() else ""

    def _of_place(self, slug: str) -> Iterator[str]:
        """A municipality that all evaluations have left leads to its successor, else to the list of all."""
        of = self.archive.municipalities.get(self._places.get(slug, slug))
        if of:
            yield address.municipality(of.slug)
            yield address.municipality(of.successor or of.slug)
            yield address.MUNICIPALITIES

    def _of_evaluation(self, slug: str, year: str, part: Sequence[str]) -> Iterator[str]:
        now = self._places.get(slug, slug)
        moved = [self._evaluations[key] for key in (f"{slug}/{year}", f"{now}/{year}") if key in self._evaluations]
        for page in (*map(address.evaluation, moved), f"{address.municipality(now)}{year}/"):
            yield page + "".join(f"{each}/" for each in part)
            yield page

    def _of_topic(self, identity: str) -> Iterator[str]:
        """A topic without a hit leads to the wider one, else to the search."""
        of = self.archive.topics.get(self._topics.get(identity, identity))
        if of:
            yield address.topic(of.id)
            yield address.topic(of.broader or of.id)
            yield address.EXAMPLES
