"""Where addresses on a page lead: every file, anchor and picture that a page names has to be there."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Set
from itertools import chain
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from generator.publish.gate.fault import Facts, Fault


class References:
    """Looks over the addresses of one site after the other: a page's again where it or what it leads to is another."""

    def __init__(self) -> None:
        self._facts: Mapping[str, Facts] = {}
        self._files: Set[str] = frozenset()
        self._faults: dict[str, list[Fault]] = {}
        self._numbers: dict[str, int] = {}
        """Of the files that are led to: a page's are noted by number, since there are many."""
        self._leads: dict[str, array[int]] = {}

    def dead(self, facts: Mapping[str, Facts], files: Set[str]) -> Iterator[Fault]:
        """Every address that leads nowhere; `files` are all files of the site."""
        pages = facts.keys() | self._facts.keys()
        other = {path for path in pages if facts.get(path) is not self._facts.get(path)}
        asked = (other & facts.keys()) | self._leading(self._moved(other, facts, files), facts)
        self._faults = {path: found for path, found in self._faults.items() if path in facts and path not in asked}
        anchors = {path: frozenset(one.ids) for path, one in facts.items()} if asked else {}
        for path in asked:
            self._leads[path] = array("I", self._led_to(path, facts[path]))
            if found := list(_dead(path, facts, files, anchors)):
                self._faults[path] = found
        self._facts, self._files = facts, files
        return chain.from_iterable(self._faults.values())

    def _led_to(self, path: str, one: Facts) -> Set[int]:
        addresses = (*one.leads, *one.loads, one.onward)
        led = {target(path.rpartition("/")[0], address)[0] or path for address in addresses}
        return {self._numbers.setdefault(to, len(self._numbers)) for to in led}

    def _moved(self, other: Set[str], facts: Mapping[str, Facts], files: Set[str]) -> Set[int]:
        """The numbers of the files that have come or gone, or hold other anchors."""
        moved = {path for path in other if _held(facts.get(path)) != _held(self._facts.get(path))}
        return {self._numbers[path] for path in moved | (files ^ self._files) if path in self._numbers}

    def _leading(self, moved: Set[int], facts: Mapping[str, Facts]) -> Set[str]:
        if not moved:
            return frozenset()
        return {path for path, numbers in self._leads.items() if path in facts and not moved.isdisjoint(numbers)}


def _held(facts: Facts | None) -> tuple[frozenset[str], str] | None:
    return (frozenset(facts.ids), facts.onward) if facts else None


def _dead(path: str, facts: Mapping[str, Facts], files: Set[str], anchors: Mapping[str, Set[str]]) -> Iterator[Fault]:
    folder, one = path.rpartition("/")[0], facts[path]
    missing = (address for address in one.loads if (target(folder, address)[0] or path) not in files)
    yield from (Fault(path, "missing", address) for address in missing)
    codes = ((_code(path, address, files, anchors), address) for address in one.leads)
    yield from (Fault(path, code, address) for code, address in codes if code)
    if one.onward:
        yield from _onward(path, one.onward, facts)


def _code(path: str, address: str, files: Set[str], anchors: Mapping[str, Set[str]]) -> str:
    to, fragment = target(path.rpartition("/")[0], address)
    to = to or path
    if to not in files:
        return "dead"
    return "anchor" if fragment and to in anchors and fragment not in anchors[to] else ""


def _onward(path: str, address: str, facts: Mapping[str, Facts]) -> Iterator[Fault]:
    """A former address leads to a page of the site, in one step."""
    parts = urlsplit(address)
    to, _ = target(path.rpartition("/")[0], address)
    if parts.scheme or parts.netloc:
        yield Fault(path, "host", address)
    elif to not in facts or not to.endswith(".html"):
        yield Fault(path, "dead", address)
    elif facts[to].onward:
        yield Fault(path, "chain", address)


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
