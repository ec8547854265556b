"""Draws figures in parallel, keeps them by content, and puts them inline in the finished pages.

Inline they follow the page's colours in light, dark and print; before that they are ordinary images, so that a plain
build of the Markdown is complete as well.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from posixpath import normpath

from generator.progress import counted
from generator.publish.store import Store
from generator.publish.worker import spread

_IMAGE = re.compile(r'<img class="(k-wide|k-narrow)" src="([^"]+\.svg)" alt="[^"]*"\s*/?>')
FEW = 8
"""Below this, starting processes costs more than drawing."""


def draw_all(specs: Iterable[str], draw: Callable[[str], str], store: Store, version: str) -> dict[str, str]:
    """SVG by specification text; each distinct one is drawn once and kept under the hash of it and `version`."""
    keys = {spec: hashlib.sha256(f"{version}\n{spec}".encode()).hexdigest()[:32] for spec in sorted(set(specs))}
    missing = [spec for spec, key in keys.items() if not store.find(key)]
    drawn = _draw(missing, draw)
    for spec in counted("drawings", missing):
        svg = next(drawn)
        store.put(keys[spec], svg.encode())
    return {spec: store.text(key) for spec, key in keys.items()}


def _draw(specs: list[str], draw: Callable[[str], str]) -> Iterator[str]:
    if len(specs) < FEW:
        yield from map(draw, specs)
    else:
        yield from spread(draw, specs, 4)


def once(store: Store, name: str, make: Callable[[], str]) -> str:
    """What `make` gives, kept under a name from the first time on."""
    if not store.find(name):
        store.put(name, make().encode())
    return store.text(name)


def images(text: str, path: str) -> list[str]:
    """The figures that a finished page shows as images, by path on the site."""
    folder = posixpath.dirname(path)
    return [normpath(f"{folder}/{image[2]}").lstrip("/") for image in _IMAGE.finditer(text)]


def inlined(text: str, path: str, drawings: Mapping[str, str]) -> str:
    """The page with every figure put inline that it shows as an image; `drawings` holds SVG by path on the site."""
    return _IMAGE.sub(partial(_inline, posixpath.dirname(path), drawings), text)


def _inline(folder: str, drawings: Mapping[str, str], image: re.Match[str]) -> str:
    kind, source = image.groups()
    svg = drawings[normpath(f"{folder}/{source}").lstrip("/")]
    return svg.replace("<svg ", f'<svg class="{kind}" focusable="false" ', 1)
