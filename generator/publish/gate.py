"""The gate: reads the finished site as a browser would and says what may not be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from generator.publish.store import Held

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "use": "href"}
STYLES = {"stylesheet", "preload", "modulepreload", "icon", "prefetch"}


@dataclass(frozen=True)
class PageFacts:
    """What the gate needs of one page."""

    path: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    loads: tuple[str, ...]
    headings: int
    lang: str


def inspect(site: Path) -> list[str]:
    """What is wrong with a site, one line each; empty when it may be published."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return Gate().faults({path: Held(site / path, "") for path in paths})


class Gate:
    """Looks over one site after the other; a page that it has seen is not read again."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], PageFacts] = {}
        self._sound: dict[str, set[str]] | None = None
        self._files: frozenset[str] = frozenset()

    def faults(self, files: Mapping[str, Held]) -> list[str]:
        """What is wrong with a site, one line each."""
        pages = {(path, held.digest): held.path for path, held in files.items() if path.endswith(".html")}
        before, self._seen = self._seen, {}
        self._seen = {key: before.get(key) or _read(place, key[0]) for key, place in pages.items()}
        anchors = {page.path: set(page.ids) for page in self._seen.values()}
        lost = self._sound is None or any(self._sound[path] - anchors.get(path, set()) for path in self._sound)
        lost = lost or bool(self._files - files.keys())
        doubtful = [page for key, page in self._seen.items() if lost or key not in before]
        faults = [wrong for page in doubtful for wrong in _faults(page, files, anchors)]
        # What was found sound is so still, as long as nothing that it may lead to is gone.
        self._sound, self._files = (None, frozenset()) if faults else (anchors, frozenset(files))
        return faults


def _read(place: Path, path: str) -> PageFacts:
    root = etree.HTML(place.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return PageFacts(
        path,
        ids=tuple(element.get("id", "") for element in elements if element.get("id")),
        links=tuple(element.get("href", "") for element in elements if element.tag == "a" and element.get("href")),
        loads=tuple(load for element in elements for load in _loads(element)),
        headings=sum(element.tag == "h1" for element in elements),
        lang=root.get("lang", ""),
    )


def _loads(element: etree._Element) -> Iterator[str]:
    """What the page fetches by itself."""
    tag = str(element.tag)
    attribute = LOADING.get(tag)
    if tag == "link" and STYLES & set((element.get("rel") or "").split()):
        attribute = "href"
    if attribute and (value := element.get(attribute)):
        yield value


def _faults(page: PageFacts, files: Collection[str], anchors: dict[str, set[str]]) -> Iterator[str]:
    if page.headings != 1:
        yield f"{page.path}: {page.headings} h1"
    if not page.lang:
        yield f"{page.path}: lang saknas"
    yield from (f"{page.path}: id={name} står {count} gånger" for name, count in Counter(page.ids).items() if count > 1)
    for load in page.loads:
        yield from _missing(page.path, load, files)
    for link in page.links:
        yield from _dead(page.path, link, files, anchors)


def _missing(path: str, load: str, files: Collection[str]) -> Iterator[str]:
    if urlsplit(load).netloc:
        yield f"{path}: hämtar från annan värd: {load}"
    elif _target(path, load) not in files:
        yield f"{path}: filen saknas: {load}"


def _dead(path: str, link: str, files: Collection[str], anchors: dict[str, set[str]]) -> Iterator[str]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if parts.scheme not in ("http", "https", "mailto"):
            yield f"{path}: otillåten länk: {link}"
        return
    target = _target(path, link)
    if target not in files:
        yield f"{path}: död länk: {link}"
    elif parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]:
        yield f"{path}: ankaret saknas: {link}"


def _target(path: str, link: str) -> str:
    """The file that a link on a page leads to."""
    to = unquote(urlsplit(link).path)
    if not to:
        return path
    base = "" if to.startswith("/") else path.rpartition("/")[0]
    target = normpath(f"{base}/{to}").lstrip("/")
    target = "" if target == "." else target
    return (
        f"{target}/index.html".lstrip("/")
        if to.endswith(("/", ".", "..")) or "." not in target.rpartition("/")[2]
        else target
    )
