"""Where addresses on a page lead: every file, anchor and picture that a page names has to be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from generator.publish.gate.fault import Facts, Fault

Ask = Callable[[str], Facts | None]
"""Gives the facts of a file; None where it is not one that is looked through."""


class References:
    """The addresses of one site: page by page it is seen where they lead, and at the end whether all anchors are there.

    Of the pages, only the anchors that they lead to are held.
    """

    def __init__(self, files: AbstractSet[str]) -> None:
        """`files` are all files of the site."""
        self._files = files
        self._anchors: dict[str, set[str]] = {}
        """By file, the anchors that pages lead to."""
        self._onward: dict[str, str] = {}
        self.faults: list[Fault] = []

    def ask(self, path: str, one: Facts) -> set[str]:
        """Look after the addresses of a page; returns the files that they mean."""
        led = {self._lead(path, address) for address in one.leads}
        led |= {self._load(path, address) for address in one.loads}
        if one.onward:
            self._onward[path] = one.onward
            led.add(_meant(path, one.onward)[0])
        return led

    def _lead(self, path: str, address: str) -> str:
        to, fragment = _meant(path, address)
        if to not in self._files:
            self.faults.append(Fault(path, "dead", address))
        elif fragment:
            self._anchors.setdefault(to, set()).add(fragment)
        return to

    def _load(self, path: str, address: str) -> str:
        to, _ = _meant(path, address)
        if to not in self._files:
            self.faults.append(Fault(path, "missing", address))
        return to

    def lost(self, ask: Ask) -> dict[str, set[str]]:
        """By file, the anchors that pages lead to and that are not in it."""
        anchored = ((to, anchors, ask(to)) for to, anchors in self._anchors.items())
        missing = {to: anchors.difference(facts.ids) for to, anchors, facts in anchored if facts}
        return {to: anchors for to, anchors in missing.items() if anchors}

    def onward(self, ask: Ask) -> Iterator[Fault]:
        """A former address leads to a page of the site, in one step."""
        for path, address in self._onward.items():
            parts, to = urlsplit(address), _meant(path, address)[0]
            facts = ask(to) if to in self._files and to.endswith(".html") else None
            if parts.scheme or parts.netloc:
                yield Fault(path, "host", address)
            elif not facts:
                yield Fault(path, "dead", address)
            elif facts.onward:
                yield Fault(path, "chain", address)


def astray(path: str, one: Facts, lost: dict[str, set[str]]) -> Iterator[Fault]:
    """The addresses on a page that lead to an anchor that is not there."""
    meant = ((address, *_meant(path, address)) for address in one.leads)
    yield from (Fault(path, "anchor", address) for address, to, fragment in meant if fragment in lost.get(to, ()))


def _meant(path: str, address: str) -> tuple[str, str]:
    to, fragment = target(path.rpartition("/")[0], address)
    return to or path, fragment


def target(folder: str, address: str) -> tuple[str, str]:
    """The file that an address on a page in `folder` means, empty for the page itself; and the anchor in it."""
    to, _, fragment = address.partition("#")
    to = to.partition("?")[0]
    if "%" in address:
        to, fragment = unquote(to), unquote(fragment)
    if not to:
        return "", fragment
    whole = normpath(to.lstrip("/") or "." if to.startswith("/") else f"{folder}/{to}".lstrip("/"))
    last = to.rpartition("/")[2]
    if last in ("", ".", "..") or "." not in last:
        whole = "index.html" if whole == "." else f"{whole}/index.html"
    return whole, fragment
