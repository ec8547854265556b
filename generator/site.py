"""What the builder reads: every file of `.build/docs`, put together from the rooms that make them.

Pages, drawings, search files, scripts of others, and what is written by hand; each is laid as soon as it is made.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

import yaml

from generator import charts, search
from generator.addresses import Ways, address
from generator.editing import with_tables
from generator.model import Archive
from generator.pages import (
    WHOLE,
    Memory,
    Publisher,
    Share,
    for_machines,
    lay,
    onward,
    rules,
    with_figures,
    with_statement,
)
from generator.progress import stage
from generator.publish import Content, Held, Laying, hand_written, policy_in_page

__all__ = [
    "WHOLE",
    "Contents",
    "Memory",
    "Share",
    "address_of",
    "addresses",
    "code_version",
    "contents",
    "drawing_version",
    "drawn",
    "publisher",
    "redirect_rules",
    "search_version",
]

PACKAGE = Path(__file__).parent
CHARTS = PACKAGE / "charts"
SEARCH_ROOMS = ("addresses", "analysis", "model", "search", "text")
SEARCHED_BY = ("markdown-it-py", "nltk", "numpy")
"""Whose versions the words and weights of the search depend on."""
REMEMBERED_BY = ("altair", "jinja2", "markdown-it-py", "pydantic")
"""Whose versions pages and records depend on."""
LANGUAGE = "sv"
SOURCES = "evaluations/"
"""How a page names the folder of its sources, wherever it lies."""
GUIDES = ("redigera/falt.md",)
"""Hand-written pages with tables that come from the model."""
FINDABILITY, STATEMENT = "om/sokkvalitet", "om/tillganglighet"
"""Pages that show the figures or facts of a file beside them."""
VEGA = "assets/vega.js"
BAR = "assets/fragor.json"
"""The specification of the bars that tables of questions draw by themselves."""
Once = Callable[[str, Callable[[], str]], str]
TEMPLATES = f"templates-{version('altair')}"
VEGA_NAME = f"vega-{version('vl-convert-python')}"


@dataclass(frozen=True)
class Contents:
    """What lies in the builder's folder: which of its pages were generated, and which stand in the menu."""

    generated: tuple[str, ...]
    menu: tuple[str, ...]
    drawings: dict[str, Held]
    """Where the SVG of each figure is kept, by path on the site."""
    origins: dict[str, tuple[str, ...]]
    """By page, the files of the project that it was made of; all evaluations are their folder."""
    addresses: frozenset[str]
    """The addresses of its pages."""
    lost: tuple[str, ...]
    """Published addresses at which there is no page, and from which nothing leads on."""
    served: frozenset[str] = frozenset()
    """Where the site holds the files of evaluations: those that were withdrawn are not among them."""


Found = Callable[[], Mapping[str, Content]]
"""What gives the files of the search, which finds everything that is told, when they are made."""


def contents(
    archive: Archive,
    evaluations: Path,
    docs: Path,
    config: Path,
    place: Laying,
    once: Once,
    found: Found,
    memory: Memory | None = None,
    share: Share = WHOLE,
    meanwhile: Callable[[Contents], None] = lambda made: None,
) -> Contents:
    """Lay everything the builder reads; of what the memory knows, only what is no longer right is made again.

    `once` makes by its name what is not kept; `found` waits for the search, which is made beside the pages, and
    beside what is done `meanwhile`, when all but the search is laid. A share of several holds its pages and their
    figures; the builder has no part in the rest, which a merge makes.
    """
    memory = memory or Memory()
    charts.use_templates(once(f"{TEMPLATES}-{drawing_version()[:32]}", charts.made_templates))
    lay(archive, LANGUAGE, publisher(config), memory, share, place)
    drawings, laid = place.draw_all(), memory.files
    written = _with_tables(docs, publisher(config)) if share.first else {}
    data = _data_files(archive, evaluations)
    files: dict[str, Content] = written | (data if share.whole else {})
    if share.whole and _can_be_opened(drawings, archive):
        files |= {VEGA: once(VEGA_NAME, charts.vega), BAR: once(f"bar-{drawing_version()[:32]}", _bar)}
    generated = tuple(sorted(path for path in laid if path.endswith(".md")))
    places, redirects = _places([*laid, *files]), Ways(archive).redirects() if share.whole else {}
    files |= _for_others(archive, places, redirects, config) if share.whole else {}
    for path, content in files.items():
        place.put(path, content)
    lost = tuple(sorted({*archive.published} - places - redirects.keys())) if share.whole else ()
    origins = _origins(archive, generated) | {path: (f"docs/{path}",) for path in written if path.endswith(".md")}
    made = Contents(generated, tuple(_menu(config)), drawings, origins, places, lost, frozenset(data))
    meanwhile(made)
    with stage("search"):
        searched = found()
    for path, content in searched.items():
        place.put(path, content)
    return made


def _bar() -> str:
    return charts.explore_spec(charts.bar())


def _can_be_opened(drawings: Collection[str], archive: Archive) -> bool:
    """Whether any page has a chart for "Utforska"."""
    areas = (area for one in archive.evaluations for area in one.areas.values())
    return bool(drawings) or any(area.questions for area in areas)


def addresses(archive: Archive, docs: Path) -> frozenset[str]:
    """The address of every page, those written by hand too."""
    return Ways(archive).live | _places(hand_written(docs))


def redirect_rules(archive: Archive, server: str) -> str:
    """The former addresses as rules of a web server."""
    return rules(server, Ways(archive).redirects())


def _places(files: Iterable[str]) -> frozenset[str]:
    return frozenset(map(address.of_markdown, (path for path in files if path.endswith(".md"))))


def _for_others(
    archive: Archive, places: frozenset[str], redirects: Mapping[str, str], config: Path
) -> dict[str, Content]:
    """What leads on from former addresses, and what machines read; withdrawn pages are no news to either."""
    root, told = address_of(config), places - {address.evaluation(each) for each in archive.withdrawn if each.year}
    led = onward(redirects, LANGUAGE, policy_in_page(config), root)
    return {**led, **for_machines(archive, LANGUAGE, publisher(config), told, root)}


def _written(docs: Path) -> dict[str, Content]:
    """What is written by hand; of scripts only what browsers run."""
    found = {path: file for path, file in hand_written(docs).items() if not path.startswith(".")}
    scripts = {path: (docs / path).read_text(encoding="utf-8") for path in found if path.endswith(".js")}
    lunr = search.lean(*(path.read_text(encoding="utf-8") for path in search.sources()))
    return {path: file for path, file in found.items() if path not in scripts} | search.scripts(scripts, lunr)


def publisher(config: Path) -> Publisher:
    """Who publishes and where, as mkdocs.yml says."""
    return Publisher(**(_settings(config).get("extra", {}).get("publisher") or {}), address=address_of(config))


def address_of(config: Path) -> str:
    """The address of the published site with a slash at the end, as mkdocs.yml says; empty where it is not set."""
    address = str(_settings(config).get("site_url") or "")
    return f"{address.rstrip('/')}/" if address else ""


def drawn(spec: str) -> str:
    """The SVG of a specification's JSON text: what drawing processes run."""
    return charts.svg(json.loads(spec))


@cache
def drawing_version() -> str:
    """What, besides its specification, a drawing depends on: the renderer, its letters and our own hand."""
    digest = hashlib.sha256(version("vl-convert-python").encode())
    for folder, pattern in ((CHARTS, "*.py"), (CHARTS.parent / "fonts", "*.ttf")):
        for path in sorted(folder.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _with_tables(docs: Path, publisher: Publisher) -> dict[str, Content]:
    """What is written by hand, with the tables and facts that come from elsewhere."""
    written = _written(docs)
    written |= {path: with_tables((docs / path).read_text(encoding="utf-8")) for path in GUIDES if path in written}
    stated = partial(with_statement, publisher=publisher)
    tellers: dict[str, Callable[..., str]] = {FINDABILITY: with_figures, STATEMENT: stated}
    told = {path: teller for path, teller in tellers.items() if f"{path}.md" in written}
    return {**written, **{f"{path}.md": _told(docs / path, teller) for path, teller in told.items()}}


def _told(path: Path, teller: Callable[..., str]) -> str:
    """A page with what the file beside it says."""
    facts = yaml.load(path.with_suffix(".yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return teller(path.with_suffix(".md").read_text(encoding="utf-8"), facts, language=LANGUAGE)


def search_version() -> str:
    """What, besides the archive, the search depends on: our rooms that it asks, and libraries."""
    digest = hashlib.sha256(f"{ZLIB_RUNTIME_VERSION} {[version(name) for name in SEARCHED_BY]}".encode())
    rooms = [path for room in SEARCH_ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]
    for path in [*rooms, *sorted((PACKAGE / "locales" / LANGUAGE).glob("*.yml"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def code_version() -> str:
    """What, besides what it is made of, all that is remembered depends on: our own code, words and templates."""
    digest = hashlib.sha256(f"{platform.python_version()} {[version(name) for name in REMEMBERED_BY]}".encode())
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".yml", ".jinja"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _settings(config: Path) -> dict:  # type: ignore[type-arg]
    return _read(config.read_text(encoding="utf-8"))


@cache
def _read(settings: str) -> dict:  # type: ignore[type-arg]
    return yaml.load(settings, yaml.CSafeLoader) or {}


def _menu(config: Path) -> list[str]:
    return [path for entry in _settings(config)["nav"] for path in entry.values()]


def _origins(archive: Archive, generated: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """A page below an evaluation or a municipality is made of their files, any other of all evaluations."""
    files = defaultdict[str, list[str]](list)
    for evaluation in (*archive.evaluations, *archive.withdrawn):
        source = f"{SOURCES}{address.source_path(evaluation)}"
        for place in {address.municipality(evaluation.municipality), address.evaluation(evaluation)}:
            files[place.strip("/")].append(source)
    made_of = {place: tuple(sources) for place, sources in files.items()}
    return {page: _nearest(page.split("/"), made_of) for page in generated}


def _nearest(parts: list[str], made_of: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return made_of.get("/".join(parts[:3])) or made_of.get("/".join(parts[:2])) or (SOURCES,)


def _data_files(archive: Archive, evaluations: Path) -> dict[str, Content]:
    """The evaluations as their editors wrote them, under the site's data."""
    sources = (address.source_path(evaluation) for evaluation in archive.evaluations)
    return {served(f"{SOURCES}{path}"): evaluations / path for path in sources}


def served(source: str) -> str:
    """Where the site itself holds an evaluation's file."""
    return f"{address.DATA.lstrip('/')}{source.removeprefix(SOURCES)}"
