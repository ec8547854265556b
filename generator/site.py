"""What the builder reads: every file of `.build/docs`, put together from the rooms that make them.

Pages, drawings, search files, scripts of others, and what is written by hand. Nothing is written here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

import yaml

from generator import charts, search
from generator.addresses import Ways, address
from generator.editing import with_tables
from generator.model import Archive
from generator.pages import (
    WHOLE,
    Draw,
    Figures,
    Pages,
    Publisher,
    Share,
    for_machines,
    onward,
    pages,
    rules,
    with_figures,
    with_statement,
)
from generator.pages import Memory as PagesMemory
from generator.progress import stage
from generator.publish import Content, hand_written, policy_in_page

__all__ = [
    "VEGA_NAME",
    "WHOLE",
    "Contents",
    "Memory",
    "Share",
    "address_of",
    "addresses",
    "contents",
    "drawing_version",
    "drawn",
    "publisher",
    "redirect_rules",
    "words_version",
]

CHARTS = Path(charts.__file__).parent
SEARCH = Path(search.__file__).parent
TEXT = SEARCH.parent / "text"
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
VEGA_NAME = f"vega-{version('vl-convert-python')}"


@dataclass(frozen=True)
class Contents:
    """The files of the builder's folder, which of its pages were generated, and which stand in the menu."""

    files: dict[str, Content]
    generated: tuple[str, ...]
    menu: tuple[str, ...]
    drawings: dict[str, str]
    """SVG by path on the site."""
    origins: dict[str, tuple[str, ...]]
    """By page, the files of the project that it was made of; all evaluations are their folder."""
    addresses: frozenset[str]
    """The addresses of its pages."""
    lost: tuple[str, ...]
    """Published addresses at which there is no page, and from which nothing leads on."""
    served: frozenset[str] = frozenset()
    """Where the site holds the files of evaluations: those that were withdrawn are not among them."""


class Memory:
    """What was made the last time, with what it was made of."""

    def __init__(self, live: bool = False) -> None:
        self.pages, self.figures = PagesMemory(), Figures()
        self._live = live
        """While somebody edits, the search stays as it was at the start: to make it takes longer than all else."""
        self._search: tuple[object, dict[str, Content]] = (None, {})

    def search(self, archive: Archive, keep: search.Keep) -> dict[str, Content]:
        """The files of the search, which finds everything that is told."""
        made_of = archive.evaluations, archive.municipalities, archive.editions, archive.topics
        if self._search[0] != made_of and not (self._live and self._search[1]):
            self._search = made_of, {**search.files(archive, address, LANGUAGE, keep)}
        return self._search[1]


def contents(
    archive: Archive,
    evaluations: Path,
    docs: Path,
    config: Path,
    draw: Draw,
    vega: Callable[[], str],
    memory: Memory | None = None,
    keep: search.Keep = search.unkept,
    share: Share = WHOLE,
) -> Contents:
    """Everything the builder reads; with the memory of the last time, only what is no longer right is made again.

    `keep` keeps the words of an evaluation for the next build. A share of several holds its pages and their figures;
    what the builder has no part in is made where the shares are put together.
    """
    memory = memory or Memory()
    made = pages(archive, LANGUAGE, publisher(config), memory.pages, share)
    figures = memory.figures.drawn(made.drawings.values(), draw)
    written = _with_tables(docs, publisher(config)) if share.first else {}
    files: dict[str, Content] = {**made.files, **written}
    with stage("search"):
        files |= memory.search(archive, keep) if share.whole else {}
    for figure in figures:
        files |= figure.files
    files |= _data_files(archive, evaluations) if share.whole else {}
    if share.whole and _can_be_opened(made, archive):
        files |= {VEGA: vega(), BAR: charts.explore_spec(charts.bar())}
    generated = tuple(sorted(path for path in made.files if path.endswith(".md")))
    places, redirects = _places(files), Ways(archive).redirects() if share.whole else {}
    files |= _for_others(archive, places, redirects, config) if share.whole else {}
    lost = tuple(sorted({*archive.published} - places - redirects.keys())) if share.whole else ()
    origins = _origins(archive, generated) | {path: (f"docs/{path}",) for path in written if path.endswith(".md")}
    drawings = {path: svg for figure in figures for path, svg in figure.svg.items()}
    served = frozenset(_data_files(archive, evaluations))
    return Contents(files, generated, tuple(_menu(config)), drawings, origins, places, lost, served)


def _can_be_opened(made: Pages, archive: Archive) -> bool:
    """Whether any page has a chart for "Utforska"."""
    areas = (area for one in archive.evaluations for area in one.areas.values())
    return bool(made.drawings) or any(area.questions for area in areas)


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
    facts = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    return teller(path.with_suffix(".md").read_text(encoding="utf-8"), facts, language=LANGUAGE)


def words_version() -> str:
    """What, besides an evaluation itself, its words depend on: how texts are read and cut."""
    digest = hashlib.sha256()
    for path in [*sorted(TEXT.glob("*.py")), SEARCH / "reading.py"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _settings(config: Path) -> dict:  # type: ignore[type-arg]
    return yaml.safe_load(config.read_text(encoding="utf-8")) or {}


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
