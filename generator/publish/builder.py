"""Turns the builder's folder into the files of a site: only the pages that changed are built, in shards, side by side.

A page's HTML depends on its own Markdown and on its surroundings: theme, configuration and the builder's versions.
Generated pages do not know each other (none is in the navigation), so any split gives the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from generator.progress import Done, counted, stage
from generator.publish.figures import inlined
from generator.publish.shard import Docs, Shard, built, finished, key_of
from generator.publish.store import Entry, Held, Store, digest
from generator.publish.worker import Workers

MAKERS = ("mkdocs", "mkdocs-material", "properdocs", "markdown", "jinja2", "pymdown-extensions")
FEW = 40
"""Pages that one more process is worth."""
MANY = 1500
"""Pages in a shard at most, so that no process grows with the site."""


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
        site = {path: self.store.find(key_of(theme, path)) for path in self._theme(theme) or ()}
        site |= {path: Held(f"{docs.folder}/{path}", of) for path, of in docs.digests.items() if path[-3:] != ".md"}
        site |= {finished(page): self._page(docs, page, keys[page]) for page in counted("inlined", list(keys))}
        self.store.save()
        return {path: held for path, held in site.items() if held}

    def _theme(self, key: str) -> tuple[str, ...] | None:
        """The files that the builder adds by itself, if all of them are there."""
        if not self.store.find(key):
            return None
        paths = self.store.notes(key)
        return paths if all(self.store.find(key_of(key, path)) for path in paths) else None

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
        self.store.folder.mkdir(parents=True, exist_ok=True)
        waiting, running, done = self._shards(docs, keys, missing, theme), dict[Future[dict[str, Entry]], Shard](), 0
        try:
            while waiting or running:
                # One more than there are processes, so that none waits.
                while waiting and len(running) <= self.workers.jobs:
                    shard = waiting.pop(0)
                    running[self.workers.begin(built, shard)] = shard
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self.store.note(future.result())
                    shard = running.pop(future)
                    shutil.rmtree(shard.folder)
                    done += len(shard.keys)
                    came(done)
        finally:
            for future in running:
                future.cancel()
            for future in running:
                future.cancelled() or future.exception()  # one that is running still writes there
            self._clear()

    def _shards(self, docs: Docs, keys: Mapping[str, str], missing: list[str], theme: str) -> list[Shard]:
        """What is to be built, in parts; all that is written by hand is in the first, if any of it is to be built."""
        own, by_hand = [p for p in missing if p in docs.generated], [p for p in missing if p not in docs.generated]
        shards = []
        for n, pages in enumerate(_split(own, self.workers.jobs)):
            wanted, whole = [*pages, *(by_hand if n == 0 else ())], bool(by_hand) and n == 0
            known = docs.only({*wanted, *docs.menu, *(docs.by_hand if whole else ())})
            folder, made = self.work / f"shard-{os.getpid()}-{n}", {page: keys[page] for page in wanted}
            shards.append(Shard(folder, self.config, known, made, whole, self.store.folder, "" if n else theme))
        return shards

    def _clear(self) -> None:
        for left in self.work.glob("shard-*"):
            shutil.rmtree(left, ignore_errors=True)


def _keys(docs: Docs, around: str) -> dict[str, str]:
    """What each page is made of. Pages written by hand know each other, and their pictures."""
    group = digest("\n".join(f"{path} {docs.digests[path]}" for path in sorted(docs.by_hand)).encode())
    made_of = ((page, "" if page in docs.generated else group) for page in docs.pages)
    return {page: key_of(around, page, docs.digests[page], of, docs.origins.get(page, "")) for page, of in made_of}


def surroundings(builder: str, config: Path) -> str:
    """The digest of all that every page depends on."""
    found = hashlib.sha256(f"{builder} {[f'{name} {version(name)}' for name in MAKERS]}".encode())
    theme = sorted(path for path in (config.parent / "generator" / "theme").rglob("*") if path.is_file())
    for path in (config, *theme):
        found.update(f"{path.relative_to(config.parent).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _split(pages: Sequence[str], jobs: int) -> list[Sequence[str]]:
    """The pages in as many parts as there are processes worth it, and where those are too large in twice, or more.

    What lies in a folder stays together, since to make a folder costs as much as to write a page.
    """
    parts = min(jobs, len(pages) // FEW + 1)
    parts *= max(1, -(-len(pages) // (MANY * parts)))
    cuts = [len(pages) * n // parts for n in range(parts + 1)]
    return [sorted(pages)[start:end] for start, end in pairwise(cuts)]
