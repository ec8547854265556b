"""A share of the pages, built in a process of its own: laid out, handed to the builder, and kept.

What goes back to the process that asked is only what is to be noted of each page; its text never leaves this one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.publish.figures import images
from generator.publish.slots import emptied, filled
from generator.publish.store import Entry, Held, digest, stored
from generator.publish.worker import BuilderFailed, run

PICTURES = (".png", ".jpg")
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

    def only(self, paths: set[str]) -> Docs:
        """What the builder is to know of some of the files."""
        digests = {path: self.digests[path] for path in paths if path in self.digests}
        origins = {path: self.origins[path] for path in paths if path in self.origins}
        return replace(self, digests=digests, generated=self.generated & paths, drawings={}, origins=origins)


@dataclass(frozen=True)
class Shard:
    """A folder that is to be built, and where what comes of it is to be kept.

    The `whole` of what is written by hand stands in one shard, and the pages it leads to; the others have something
    in the place of the pages in the menu, for the menu's sake.
    """

    folder: Path
    config: Path
    docs: Docs
    keys: Mapping[str, str]
    """The pages that are wanted, each with the key to keep it under."""
    whole: bool
    store: Path
    """The folder where it is kept."""
    theme: str
    """The key of what the builder adds by itself; empty where that is there already."""


def built(builder: str, shard: Shard) -> dict[str, Entry]:
    """What is kept now, by key. `BuilderFailed` where the builder refuses a page; the folder is left to the caller."""
    blocks = _lay(shard)
    run(builder, str(shard.folder / "mkdocs.yml"))
    made = {key: _page(shard, page, blocks.get(page, [])) for page, key in shard.keys.items()}
    return made | _theme(shard) if shard.theme else made


def finished(page: str) -> str:
    """Where a page of the builder's folder comes to lie on the site."""
    stem = page.removesuffix(".md")
    return f"{stem}.html" if f"/{page}".endswith("/index.md") else f"{stem}/index.html"


def key_of(*parts: str) -> str:
    """The key to keep something under that is made of these."""
    return digest("\n".join(parts).encode())[:40]


def _lay(shard: Shard) -> dict[str, list[str]]:
    """Lay out the pages, and a configuration that inherits the project's own; the blocks left out of each page."""
    docs, blocks = shard.docs, dict[str, list[str]]()
    for page in shard.keys:
        text = docs.text(page)
        if page in docs.generated:
            text, blocks[page] = emptied(text)
        _write(shard.folder / "docs" / page, text)
    for path in docs.menu:
        if shard.whole or path not in shard.keys:
            _write(shard.folder / "docs" / path, docs.text(path) if shard.whole else STUB)
            blocks.pop(path, None)
    for path in docs.by_hand if shard.whole else ():
        _write(shard.folder / "docs" / path, docs.text(path) if path.endswith(".md") else docs.folder / path)
    theme = {"custom_dir": str((shard.config.parent / "generator" / "theme").resolve())}
    settings = {"INHERIT": str(shard.config.resolve()), "docs_dir": "docs", "site_dir": "site", "theme": theme}
    _write(shard.folder / "mkdocs.yml", json.dumps(settings))
    return blocks


def _write(path: Path, content: str | Path) -> None:
    """A text, or another name of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    elif not path.exists():
        os.link(content, path)


def _page(shard: Shard, page: str, blocks: list[str]) -> Entry:
    """Keep what the builder made of a page, its blocks put back."""
    path = finished(page)
    try:
        text = filled((shard.folder / "site" / path).read_text(encoding="utf-8"), blocks)
    except (FileNotFoundError, ValueError) as lost:
        raise BuilderFailed(f"{path}: {lost}") from None
    return stored(shard.store, shard.keys[page], text.encode(), tuple(images(text, path)))


def _theme(shard: Shard) -> dict[str, Entry]:
    """Keep what the builder put there that is not ours."""
    site, docs = shard.folder / "site", shard.docs
    ours = {finished(page) for page in docs.pages} | docs.digests.keys() | set(SITEMAPS)
    found = [path.relative_to(site).as_posix() for path in _files(site)]
    paths = tuple(path for path in found if path not in ours)
    keys = {path: key_of(shard.theme, path) for path in paths}
    made = {key: stored(shard.store, key, (site / path).read_bytes()) for path, key in keys.items()}
    return {**made, shard.theme: stored(shard.store, shard.theme, b"", paths)}


def _files(folder: Path) -> Iterator[Path]:
    """Every file in a folder and below. `rglob` would say nothing of a folder that it may not list."""
    for path in sorted(folder.iterdir()):
        yield from _files(path) if path.is_dir() else [path]
