"""Finished pages kept from before, by what they were made of, so that an edit hands the builder only what it changed.

A page's HTML depends on its own Markdown and on its surroundings: theme, configuration and the builder's versions.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from generator.publish.figures import once

MAKERS = ("mkdocs", "mkdocs-material", "properdocs", "markdown", "jinja2", "pymdown-extensions")


class Kept:
    """A folder of finished pages; a page is found again only if nothing it was made of has changed."""

    def __init__(self, folder: Path, builder: str, config: Path) -> None:
        self.folder = folder
        self.surroundings = _surroundings(builder, config)

    def place(self, docs: Path, page: str) -> Path:
        """Where the HTML of a page is kept."""
        content = hashlib.sha256((docs / page).read_bytes()).hexdigest()
        key = hashlib.sha256(f"{self.surroundings}\n{page}\n{content}".encode()).hexdigest()
        return self.folder / f"{key[:40]}.html"

    def missing(self, docs: Path, pages: Iterable[str]) -> list[str]:
        """The pages that have to be built."""
        return [page for page in pages if not self.place(docs, page).is_file()]

    def keep(self, docs: Path, pages: Sequence[str], target: Path) -> None:
        """Keep what was built of `pages`, put in place what was kept, and forget what no page uses any more."""
        self.folder.mkdir(parents=True, exist_ok=True)
        places = {page: self.place(docs, page) for page in pages}
        for page, place in places.items():
            finished = (target / page).with_suffix(".html")
            if place.is_file():
                finished.parent.mkdir(parents=True, exist_ok=True)
                os.link(place, finished)
            else:
                os.link(finished, place)
        for old in set(self.folder.iterdir()) - set(places.values()):
            old.unlink()


class KeptTexts:
    """Texts kept by key from build to build; what a whole build did not ask for is forgotten at its end."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version
        self._used: set[Path] = set()

    def __enter__(self) -> KeptTexts:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        for old in set(self.folder.iterdir()) - self._used if kind is None else ():
            old.unlink()

    def keep(self, key: str, make: Callable[[], str]) -> str:
        """What is kept under the key, else what `make` gives, kept from now on."""
        file = self.folder / f"{hashlib.sha256(f'{self.version} {key}'.encode()).hexdigest()[:40]}.txt"
        self._used.add(file)
        return once(file, make)


def _surroundings(builder: str, config: Path) -> str:
    digest = hashlib.sha256(f"{builder} {[f'{name} {version(name)}' for name in MAKERS]}".encode())
    theme = sorted(path for path in (config.parent / "generator" / "theme").rglob("*") if path.is_file())
    for path in (config, *theme):
        digest.update(f"{path.relative_to(config.parent).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()
