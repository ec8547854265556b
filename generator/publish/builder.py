"""Runs the site builder on shards: ordinary builds of small folders, side by side, laid together afterwards.

Generated pages do not know each other (none is in the navigation), so any split gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.publish.kept import Kept

SHARED = (".md", ".png", ".jpg")
"""What every shard holds: the pages written by hand and their pictures, since the builder looks after their links."""
FEW = 20
"""Pages that one more process is worth."""
QUIET = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


class BuilderFailed(Exception):
    """The builder refused; the message is what it said."""


def run_builder(
    builder: str,
    config: Path,
    docs: Path,
    shared: Sequence[str],
    own: Sequence[str],
    work: Path,
    target: Path,
    jobs: int,
    kept: Kept | None = None,
) -> None:
    """Build `docs` into `target`. `shared` pages are in every shard, `own` pages are split over `jobs` processes.

    With `kept`, only the own pages that changed are built, and the others are linked in as they were.
    """
    wanted = kept.missing(docs, own) if kept else list(own)
    _build_shards(builder, config, docs, shared, wanted, work, target, max(1, min(jobs, len(wanted) // FEW + 1)))
    if kept:
        kept.keep(docs, own, target)


def _build_shards(
    builder: str,
    config: Path,
    docs: Path,
    shared: Sequence[str],
    own: Sequence[str],
    work: Path,
    target: Path,
    count: int,
) -> None:
    pages = [path for path in shared if path.endswith(SHARED)]
    shards = [
        _shard(work / f"shard-{n}", config, docs, [*(pages if n else shared), *own[n::count]]) for n in range(count)
    ]
    running = [_start(builder, shard) for shard in shards]
    said = [process.communicate()[0] for process in running]
    for process, output in zip(running, said, strict=True):
        if process.returncode:
            raise BuilderFailed(output.strip())
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(shards[0] / "site", target)
    for n, shard in enumerate(shards[1:], start=1):
        for page in own[n::count]:
            place = target / Path(page).parent
            place.mkdir(parents=True, exist_ok=True)
            shutil.move(shard / "site" / Path(page).parent / "index.html", place / "index.html")
    for shard in shards:
        shutil.rmtree(shard)
    _remove_sitemap(target)


def _shard(folder: Path, config: Path, docs: Path, pages: Sequence[str]) -> Path:
    """A folder with its share of the pages and a configuration that inherits the project's own."""
    shutil.rmtree(folder, ignore_errors=True)
    for page in pages:
        place = folder / "docs" / page
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(docs / page, place)
    theme = {"custom_dir": str((config.parent / "generator" / "theme").resolve())}
    settings = {"INHERIT": str(config.resolve()), "docs_dir": "docs", "site_dir": "site", "theme": theme}
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _start(builder: str, shard: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        builder,
        "build",
        "--strict",
        "--config-file",
        str(shard / "mkdocs.yml"),
    ]
    environment = {**os.environ, **QUIET}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)


def _remove_sitemap(target: Path) -> None:
    """A shard's sitemap holds only its own pages, so none is better than a part of one."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (target / name).unlink(missing_ok=True)
