"""Where addresses on a page lead: every file, anchor and picture that a page names has to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from generator.publish.gate.fault import Facts, Fault


def dead(facts: Mapping[str, Facts], files: frozenset[str] | set[str]) -> Iterator[Fault]:
    """Every address that leads nowhere; `files` are all files of the site."""
    anchors = {path: frozenset(one.ids) for path, one in facts.items()}
    for path, one in facts.items():
        folder = path.rpartition("/")[0]
        missing = (address for address in one.loads if (target(folder, address)[0] or path) not in files)
        yield from (Fault(path, "missing", address) for address in missing)
        codes = ((_code(path, address, files, anchors), address) for address in one.leads)
        yield from (Fault(path, code, address) for code, address in codes if code)
        if one.onward:
            yield from _onward(path, one.onward, facts)


def _code(path: str, address: str, files: frozenset[str] | set[str], anchors: Mapping[str, frozenset[str]]) -> str:
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
