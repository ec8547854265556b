"""One round of filling the builder's folder: files as they are made, and the pictures when all of them are known."""

from __future__ import annotations

from collections.abc import Callable

from generator.publish.figures import Drawings
from generator.publish.folder import Content, Filling, Folder
from generator.publish.store import Held

Pictures = dict[str, tuple[str, str]]
"""By path, the name of a drawing, and the digest of the picture that was made of it."""


class Laying:
    """Files and pictures, laid one by one. What was neither laid nor kept in a round is gone after it."""

    def __init__(self, folder: Folder, drawings: Drawings, picture: Callable[[str], str], before: Pictures) -> None:
        self._filling, self._drawings, self._picture, self._before = Filling(folder), drawings, picture, before
        self.pictures: Pictures = {}
        self._names: dict[str, str] = {}

    def put(self, path: str, content: Content) -> str:
        """Lay a file, which is written only where it is another; returns its digest."""
        return self._filling.put(path, content)

    def keep(self, path: str, digest: str) -> bool:
        """Leave a file as it was, with that digest; returns whether it is still there like that."""
        return self._filling.keep(path, digest)

    def draw(self, path: str, spec: str) -> str:
        """Have the drawing of a specification at a path; returns the name it goes by."""
        self._names[path] = name = self._drawings.ask(spec)
        return name

    def drawn(self, path: str, name: str) -> bool:
        """Have a drawing again; returns whether it can be had by its name alone."""
        self._names[path] = name
        return self._drawings.has(name)

    def draw_all(self) -> dict[str, Held]:
        """Draw what is missing and lay the pictures; returns the drawings by path."""
        self._drawings.draw()
        held = {path: self._drawings.held(name) for path, name in self._names.items()}
        self.pictures = {path: (name, self._laid(path, name, held[path])) for path, name in self._names.items()}
        return held

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every file that was laid or kept so far."""
        return self._filling.digests

    def finish(self) -> int:
        """Remove what does not belong here any more; returns how many files were written."""
        return self._filling.finish()

    def _laid(self, path: str, name: str, drawing: Held) -> str:
        known, digest = self._before.get(path, ("", ""))
        if known == name and self.keep(path, digest):
            return digest
        return self.put(path, self._picture(drawing.path.read_text(encoding="utf-8")))
