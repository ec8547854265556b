"""Draws figures in parallel, keeps them by content, and puts them inline in the finished pages.

Inline they follow the page's colours in light, dark and print; before that they are ordinary images, so that a plain
build of the Markdown is complete as well.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from posixpath import normpath

from generator.progress import counted
from generator.publish.store import Held, Store
from generator.publish.worker import spread

_IMAGE = re.compile(r'<img class="(k-wide|k-narrow)" src="([^"]+\.svg)" alt="[^"]*"\s*/?>')
FEW = 8
"""Below this, starting processes costs more than drawing."""


class Drawings:
    """Drawings by the name that their specification goes by: asked for one by one, drawn together, and kept."""

    def __init__(self, store: Store, draw: Callable[[str], str], version: str) -> None:
        self._store, self._draw, self._version = store, draw, version
        self._wanted: dict[str, str] = {}
        """By name, the specifications that are still to be drawn."""

    def ask(self, spec: str) -> str:
        """Have a specification drawn; returns the name it goes by."""
        name = hashlib.sha256(f"{self._version}\n{spec}".encode()).hexdigest()[:32]
        if not self.has(name):
            self._wanted[name] = spec
        return name

    def has(self, name: str) -> bool:
        """Whether there is a drawing of this name, or will be."""
        return name in self._wanted or self._store.find(name) is not None

    def draw(self) -> None:
        """Draw what was asked for and is not kept from before."""
        wanted, self._wanted = sorted(self._wanted.items()), {}
        drawn = _draw(self._draw, [spec for _, spec in wanted])
        for name, _ in counted("drawings", wanted):
            self._store.put(name, next(drawn).encode())

    def held(self, name: str) -> Held:
        """A drawing that there is."""
        held = self._store.find(name)
        assert held is not None, name
        return held


def _draw(draw: Callable[[str], str], specs: list[str]) -> Iterator[str]:
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


def inlined(text: str, path: str, drawings: Mapping[str, Held]) -> str:
    """The page with every figure put inline that it shows as an image; `drawings` are SVG by path on the site."""
    return _IMAGE.sub(partial(_inline, posixpath.dirname(path), drawings), text)


def _inline(folder: str, drawings: Mapping[str, Held], image: re.Match[str]) -> str:
    kind, source = image.groups()
    svg = drawings[normpath(f"{folder}/{source}").lstrip("/")].path.read_text(encoding="utf-8")
    return svg.replace("<svg ", f'<svg class="{kind}" focusable="false" ', 1)
