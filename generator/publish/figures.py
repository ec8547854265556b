"""Draws figures in parallel, keeps them by content, and puts them inline in the finished pages.

Inline they follow the page's colours in light, dark and print; before that they are ordinary images, so that a plain
build of the Markdown is complete as well.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from posixpath import normpath

_IMAGE = re.compile(r'<img class="(k-wide|k-narrow)" src="([^"]+\.svg)" alt="[^"]*"\s*/?>')
FEW = 8
"""Below this, starting processes costs more than drawing."""


def draw_all(specs: Iterable[str], draw: Callable[[str], str], cache: Path, version: str) -> dict[str, str]:
    """SVG by specification text; each distinct one is drawn once and kept under the hash of it and `version`."""
    kept, missing = {}, []
    for spec in sorted(set(specs)):
        key = hashlib.sha256(f"{version}\n{spec}".encode()).hexdigest()[:32]
        file = cache / f"{key}.svg"
        if file.is_file():
            kept[spec] = file.read_text(encoding="utf-8")
        else:
            missing.append((spec, file))
    for (spec, file), svg in zip(missing, _draw([spec for spec, _ in missing], draw), strict=True):
        _keep(file, svg)
        kept[spec] = svg
    return kept


def _draw(specs: list[str], draw: Callable[[str], str]) -> list[str]:
    if len(specs) < FEW:
        return [draw(spec) for spec in specs]
    # Not forked: a fork of a process that has drawn before hangs in the renderer's threads.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        return list(processes.map(draw, specs, chunksize=4))


def _keep(file: Path, svg: str) -> None:
    """Written beside and moved into place, so that a broken run leaves no half figure behind."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(svg, encoding="utf-8")
    draft.replace(file)


def once(file: Path, make: Callable[[], str]) -> str:
    """What `make` gives, kept in `file` from the first time on."""
    if not file.is_file():
        _keep(file, make())
    return file.read_text(encoding="utf-8")


def fill(site: Path, drawings: Mapping[str, str]) -> None:
    """Put every figure inline that a page shows as an image; `drawings` holds SVG by path on the site."""
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if _IMAGE.search(text):
            folder = page.parent.relative_to(site).as_posix()
            page.unlink()  # it may be linked to a page kept for the next build, which stays as it is
            page.write_text(_IMAGE.sub(partial(_inline, folder, drawings), text), encoding="utf-8")


def _inline(folder: str, drawings: Mapping[str, str], image: re.Match[str]) -> str:
    kind, source = image.groups()
    svg = drawings[normpath(f"{folder}/{source}")]
    return svg.replace("<svg ", f'<svg class="{kind}" focusable="false" ', 1)
