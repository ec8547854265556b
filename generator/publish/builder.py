"""Turns the builder's folder into the files of a site: only the pages that changed are built, in shards, side by side.

A page's HTML depends on its own Markdown and on its surroundings: theme, configuration and the builder's versions.
Generated pages do not know each other (none is in the navigation), so any split gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from generator.progress import Done, counted, stage
from generator.publish.figures import images, inlined
from generator.publish.slots import emptied, filled
from generator.publish.store import Held, Store, digest
from generator.publish.worker import BuilderFailed, Workers, deaf

MAKERS = ("mkdocs", "mkdocs-material", "properdocs", "markdown", "jinja2", "pymdown-extensions")
PICTURES = (".png", ".jpg")
FEW = 40
"""Pages that one more process is worth."""
MANY = 1500
"""Pages in a shard at most, so that no process grows with the site."""
SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
STUB = "---\nhide: [navigation, toc]\n---\n\n# –\n"


@dataclass(frozen=True)
class Docs:
    """The builder's folder: the digest of every file, which pages were generated, and which stand in the menu."""

    folder: Path
    digests: Mapping[str, str]
    generated: frozenset[str]
    menu: tuple[str, ...]
    drawings: Mapping[str, Held]
    """Where the SVG of each figure lies, by path on the site."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """What a page was made of, as front matter; it is told to the builder only."""

    @property
    def pages(self) -> list[str]:
        return [path for path in self.digests if path.endswith(".md")]

    def text(self, page: str) -> str:
        """The Markdown of a page, with what it was made of."""
        text, origin = (self.folder / page).read_text(encoding="utf-8"), self.origins.get(page)
        if not origin:
            return text
        start, found, rest = text.partition("---\n")
        return f"---\n{origin}\n{rest}" if found and not start else f"---\n{origin}\n---\n\n{text}"

    @property
    def by_hand(self) -> list[str]:
        """Pages written by hand, and their pictures: the builder looks after the links between these."""
        written = (path for path in self.digests if path not in self.generated)
        return [path for path in written if path.endswith((".md", *PICTURES))]


@dataclass(frozen=True)
class _Shard:
    """A folder that is being built, its pages, and the blocks that were left out of each."""

    folder: Path
    pages: Sequence[str]
    blocks: Mapping[str, list[str]]


class Builder:
    """The site builder, and the finished pages that are kept from before."""

    def __init__(self, workers: Workers, config: Path, store: Store, work: Path) -> None:
        self.workers, self.config, self.store, self.work = workers, config, store, work

    def make(self, docs: Docs) -> tuple[dict[str, str], str]:
        """Have every page built that is not kept; the keys under which pages and theme are kept from then on.

        `BuilderFailed` where the builder refuses a page.
        """
        around = surroundings(self.workers.builder, self.config)
        keys = _keys(docs, around)
        missing = [page for page, key in keys.items() if not self.store.find(key)]
        theme = f"theme-{around[:40]}"
        if missing or self._theme(theme) is None:
            with stage("built", len(missing)) as came:
                self._build(docs, keys, missing, theme, came)
        return keys, theme

    def site(self, docs: Docs) -> dict[str, Held]:
        """Every file of the site by its path. `BuilderFailed` where the builder refuses a page."""
        keys, theme = self.make(docs)
        site = {path: self.store.find(_theme_key(theme, path)) for path in self._theme(theme) or ()}
        site |= {path: Held(f"{docs.folder}/{path}", of) for path, of in docs.digests.items() if path[-3:] != ".md"}
        site |= {finished(page): self._page(docs, page, keys[page]) for page in counted("inlined", list(keys))}
        self.store.save()
        return {path: held for path, held in site.items() if held}

    def _theme(self, key: str) -> tuple[str, ...] | None:
        """The files that the builder adds by itself, if all of them are there."""
        if not self.store.find(key):
            return None
        paths = self.store.notes(key)
        return paths if all(self.store.find(_theme_key(key, path)) for path in paths) else None

    def _page(self, docs: Docs, page: str, key: str) -> Held | None:
        """A finished page, its drawings put inline."""
        shown = self.store.notes(key)
        if not shown:
            return self.store.find(key)
        drawn = "".join(docs.drawings[path].digest for path in shown)
        whole = hashlib.sha256(f"{key} {drawn}".encode()).hexdigest()[:40]
        held, bare = self.store.find(whole), self.store.find(key)
        if held or not bare:
            return held
        text = bare.path.read_text(encoding="utf-8")
        return self.store.put(whole, inlined(text, finished(page), docs.drawings).encode())

    # Shards ---------------------------------------------------------------------------------------------------------

    def _build(self, docs: Docs, keys: Mapping[str, str], missing: list[str], theme: str, came: Done) -> None:
        self._clear()  # what a run left that was killed
        own, by_hand = [p for p in missing if p in docs.generated], [p for p in missing if p not in docs.generated]
        waiting, running, done = [*enumerate(_split(own, self.workers.jobs))], dict[Future[str], _Shard](), 0
        try:
            while waiting or running:
                # One more than there are processes, so that none waits; not all, since their blocks are held.
                while waiting and len(running) <= self.workers.jobs:
                    n, pages = waiting.pop(0)
                    shard = self._shard(n, docs, pages, [] if n else by_hand)
                    with deaf():
                        running[self.workers.build(shard.folder)] = shard
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    future.result()
                    shard = running.pop(future)
                    self._take(shard, docs, keys, theme)
                    done += len(shard.pages)
                    came(done)
        finally:
            for future in running:
                future.cancel()
            for future in running:
                future.cancelled() or future.exception()  # one that is running still writes there
            self._clear()

    def _shard(self, n: int, docs: Docs, pages: Sequence[str], by_hand: Sequence[str]) -> _Shard:
        folder = self.work / f"shard-{os.getpid()}-{n}"
        return _Shard(folder, [*pages, *by_hand], _shard(folder, self.config, docs, pages, whole=bool(by_hand)))

    def _take(self, shard: _Shard, docs: Docs, keys: Mapping[str, str], theme: str) -> None:
        """Keep what the builder made of a shard."""
        site = shard.folder / "site"
        for page in shard.pages:
            self._keep(keys[page], site / finished(page), finished(page), shard.blocks.get(page, []))
        if self._theme(theme) is None:
            self._keep_theme(theme, site, docs)
        shutil.rmtree(shard.folder)

    def _clear(self) -> None:
        for left in self.work.glob("shard-*"):
            shutil.rmtree(left, ignore_errors=True)

    def _keep(self, key: str, html: Path, path: str, blocks: list[str]) -> None:
        try:
            text = filled(html.read_text(encoding="utf-8"), blocks)
        except (FileNotFoundError, ValueError) as lost:
            raise BuilderFailed(f"{path}: {lost}") from None
        self.store.put(key, text.encode(), tuple(images(text, path)))

    def _keep_theme(self, key: str, site: Path, docs: Docs) -> None:
        """Keep what the builder put there that is not ours."""
        ours = {finished(page) for page in docs.pages} | docs.digests.keys() | set(SITEMAPS)
        found = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
        paths = tuple(path for path in found if path not in ours)
        for path in paths:
            self.store.put(_theme_key(key, path), (site / path).read_bytes())
        self.store.put(key, b"", paths)


def finished(page: str) -> str:
    """Where a page of the builder's folder comes to lie on the site."""
    stem = page.removesuffix(".md")
    return f"{stem}.html" if f"/{page}".endswith("/index.md") else f"{stem}/index.html"


def _keys(docs: Docs, around: str) -> dict[str, str]:
    """What each page is made of. Pages written by hand know each other, and their pictures."""
    group = digest("\n".join(f"{path} {docs.digests[path]}" for path in sorted(docs.by_hand)).encode())
    made_of = ((page, "" if page in docs.generated else group) for page in docs.pages)
    return {page: _key(around, page, docs.digests[page], of, docs.origins.get(page, "")) for page, of in made_of}


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


def _theme_key(theme: str, path: str) -> str:
    return _key(theme, path)


def surroundings(builder: str, config: Path) -> str:
    """The digest of all that every page depends on."""
    found = hashlib.sha256(f"{builder} {[f'{name} {version(name)}' for name in MAKERS]}".encode())
    theme = sorted(path for path in (config.parent / "generator" / "theme").rglob("*") if path.is_file())
    for path in (config, *theme):
        found.update(f"{path.relative_to(config.parent).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _split(pages: Sequence[str], jobs: int) -> list[Sequence[str]]:
    """The pages in as many parts as there are processes worth it, and in more where one would be too large."""
    parts = max(1, min(jobs, len(pages) // FEW + 1), -(-len(pages) // MANY))
    return [pages[n::parts] for n in range(parts)]


def _shard(folder: Path, config: Path, docs: Docs, pages: Iterable[str], whole: bool) -> dict[str, list[str]]:
    """A folder with its share of the pages and a configuration that inherits the project's own; the blocks left out.

    The `whole` of what is written by hand stands in one shard, and the pages it leads to; the others have something
    in the place of the pages in the menu, for the menu's sake.
    """
    shutil.rmtree(folder, ignore_errors=True)
    blocks: dict[str, list[str]] = {}
    for page in pages:
        text = docs.text(page)
        if page in docs.generated:
            text, blocks[page] = emptied(text)
        _write(folder / "docs" / page, text)
    for path in docs.menu:
        if whole or path not in blocks:
            _write(folder / "docs" / path, docs.text(path) if whole else STUB)
            blocks.pop(path, None)
    for path in docs.by_hand if whole else ():
        _write(folder / "docs" / path, docs.text(path) if path.endswith(".md") else docs.folder / path)
    theme = {"custom_dir": str((config.parent / "generator" / "theme").resolve())}
    settings = {"INHERIT": str(config.resolve()), "docs_dir": "docs", "site_dir": "site", "theme": theme}
    _write(folder / "mkdocs.yml", json.dumps(settings))
    return blocks


def _write(path: Path, content: str | Path) -> None:
    """A text, or another name of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif not path.exists():
        os.link(content, path)
