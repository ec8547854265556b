"""What builds work with and remember: one workshop for a single build, and one for a whole preview."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from generator import charts, site
from generator.commands.reading import REMEMBERED, Reading, faulty, read, recalled, records
from generator.commands.searching import Searches
from generator.model import Archive
from generator.problems import Stop, show
from generator.progress import stage
from generator.publish import (
    VERSION,
    Builder,
    Content,
    Docs,
    Drawings,
    Folder,
    Gate,
    Held,
    Laying,
    Pictures,
    Store,
    Workers,
    digest,
    keep,
    make_equal,
    once,
    policy_in_page,
    version,
    with_twins,
)
from generator.text import words

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
DRAWINGS, PAGES = "drawings", "pages"
BESIDE = ("docs", "generator", "mkdocs.yml", "requirements.lock")
"""What a site is made of besides the evaluations."""


class Workshop:
    """Makes the files of the site from the evaluations; what was made before and is still right is used again."""

    def __init__(self, options: Namespace, jobs: int = 0, project: Path = ROOT, live: bool = False) -> None:
        self.options = options
        self._config, self._by_hand = project / "mkdocs.yml", project / "docs"
        self.cache = _cache(options)
        if options.no_cache:
            make_equal(self.cache, {})
        self._code = site.code_version()
        self._jobs, self._recalled = jobs, False
        self._remembered = recalled(self.cache, self._code)
        self._reading, self._memory, self._pictures = Reading(), site.Memory(), Pictures()
        self._searches = Searches(self.cache, site.search_version(), live)
        self._live, self._told = live, ""
        self.docs = Path(options.work, ".build", "docs")
        self._docs = Folder(self.docs, self.cache / "docs.json")
        self._drawings = Store(self.cache / DRAWINGS)
        self._version = site.drawing_version()
        self._workers = Workers(options.builder, jobs) if jobs else None
        self._pages = Store(self.cache / PAGES)
        self.gate = Gate(policy_in_page(self._config), self.cache / "gate")

    def read(self) -> Archive:
        """The evaluations; `Stop`, with everything that is wrong, where there are errors."""
        if not self._recalled:
            self._recall()
        archive, found = read(self.options.evaluations, before=self._reading, warnings=False)
        if faulty(found):
            raise Stop(show([problem for problem in found if problem.severity == "error"]))
        return archive

    def _recall(self) -> None:
        """Go on from what the process before this one read."""
        self._recalled = True
        if before := next(self._remembered, None):
            self._reading = Reading(*before)
            self._searches.known = records(self._reading.read)

    def written(self, archive: Archive, share: site.Share = site.WHOLE) -> tuple[site.Contents, int]:
        """The builder's folder, made equal to what the pages are now; and how many files that took."""
        found = self._searches.begin(archive) if share.whole else dict[str, Content]
        if before := next(self._remembered, None):  # only now, since the search waits for the archive alone
            known, self._pictures = before
            self._memory = site.Memory(known)
        laying = Laying(self._docs, Drawings(self._drawings, site.drawn, self._version), charts.plain, self._pictures)
        made = site.contents(
            archive, self.options.evaluations, self._by_hand, self._config,
            laying, partial(once, self._drawings), found, self._memory, share,
            partial(self._meanwhile, laying, share),
        )  # fmt: skip
        laying.put(VERSION, self._sources())
        self._pictures = laying.pictures
        self._drawings.save()
        with stage("written"):
            return made, laying.finish()

    def _meanwhile(self, laying: Laying, share: site.Share, made: site.Contents) -> None:
        """While the search is made elsewhere, let the next process go on from here, and have the new pages built."""
        if self._live or not share.whole:
            return
        with stage("remembered"):
            if self._memory.anew:
                read, rest = self._reading, (self._memory.remembered, laying.pictures)
                keep(self.cache / REMEMBERED, self._code, (read.read, read.found), rest)
        if self._workers:
            self._builder.make(self._for_builder(made, laying.digests))

    def _sources(self) -> str:
        """The version of the sources; while somebody edits, as it was at the start."""
        if not (self._live and self._told):
            self._told = version(self.options.evaluations, BESIDE)
        return self._told

    def built(self, made: site.Contents) -> dict[str, Held]:
        """Every file of the site by its path; `BuilderFailed` where the builder refuses a page."""
        return self._builder.site(self._for_builder(made, self._docs.digests))

    @property
    def _builder(self) -> Builder:
        assert self._workers is not None
        return Builder(self._workers, self._config, self._pages, Path(self.options.work, ".build"))

    def _for_builder(self, made: site.Contents, digests: Mapping[str, str]) -> Docs:
        origins = self._origins(made, digests)
        return Docs(self.docs, digests, frozenset(made.generated), made.menu, made.drawings, origins)

    def _origins(self, made: site.Contents, digests: Mapping[str, str]) -> dict[str, str]:
        """What each page was made of, as front matter."""

        @cache
        def told(sources: tuple[str, ...]) -> str:
            return f"origin: {json.dumps([one(path) for path in sources])}"

        def one(source: str) -> dict[str, str]:
            served = site.served(source)
            return {"path": source, "sha256": of(source), "served": served if served in made.served else ""}

        def of(source: str) -> str:
            if source == site.SOURCES:
                return ""
            if source.startswith(site.SOURCES):
                file = self.options.evaluations / source.removeprefix(site.SOURCES)
            else:
                file = self._config.parent / source
            return digests.get(site.served(source)) or digest(file.read_bytes())

        return {page: told(sources) for page, sources in made.origins.items()}

    def take(self, cache: Path) -> int:
        """Keep the pages and drawings that another workshop made; how many that was."""
        if not (cache / PAGES).is_dir():
            raise Stop(words("sv")("commands.no_share", path=cache, folder=PAGES))
        return self._pages.take(Store(cache / PAGES)) + self._drawings.take(Store(cache / DRAWINGS))

    def twinned(self, files: Mapping[str, Held]) -> dict[str, Held]:
        """The files, with compressed twins that are kept from build to build."""
        return with_twins(files, Store(self.cache / "twins"))

    def start(self, share: site.Share = site.WHOLE) -> None:
        """Begin to load what makes the search and the builder, while the evaluations are read."""
        if share.whole and self._jobs > 1:
            self._searches.start(self.options.evaluations, self._code)
        if self._workers:
            self._workers.start()

    def close(self) -> None:
        """End the processes that were begun."""
        self._searches.close()
        if self._workers:
            self._workers.close()


def _cache(options: Namespace) -> Path:
    """What is kept between builds; without it, a folder that starts out empty."""
    return Path(options.work, ".build", "uncached") if options.no_cache else Path(options.work, ".cache")
