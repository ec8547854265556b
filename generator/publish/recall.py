"""What one process remembers for the next: plain values in a file of their own, which is read as data and nothing else.

The format is Python's own, since in it what is the same thing stays the same thing. It could name any function to be
called; here it may only name classes of plain values, and of the rooms that its reader names. A file that is damaged,
from another version, or holds anything else is not read.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

HEAD = 2 * hashlib.sha256().digest_size
"""Bytes before what is remembered: the version, and the digest of the rest."""
PLAIN = {("collections", "Counter"), ("datetime", "date"), ("fractions", "Fraction")}
"""Classes of plain values from elsewhere."""


class _Reader(pickle.Unpickler):
    def __init__(self, file: BinaryIO, rooms: tuple[str, ...]) -> None:
        super().__init__(file)
        self._rooms = tuple(f"{room}." for room in rooms)

    def find_class(self, module: str, name: str) -> type:
        """A class of plain values, or one that is defined in one of the rooms."""
        if (module, name) in PLAIN or f"{module}.".startswith(self._rooms):
            found = super().find_class(module, name)
            if isinstance(found, type) and (found.__module__, found.__qualname__) == (module, name):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


class _Writer:
    """Writes, and knows the digest of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._file.write(content)


def keep(path: Path, version: str, *parts: object) -> None:
    """Remember something, in parts of which each knows those before it; moved into place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(bytes(HEAD))
        writer = _Writer(file)
        pickler = pickle.Pickler(writer, pickle.HIGHEST_PROTOCOL)
        for part in parts:
            pickler.dump(part)
        file.seek(0)
        file.write(_head(version, writer.digest.digest()))
    draft.replace(path)


def recall(path: Path, version: str, rooms: tuple[str, ...]) -> Iterator[Any]:
    """The parts of what was remembered in this version, of classes in these rooms, each read when it is asked for.

    None where there is nothing to be trusted.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if head != _head(version, hashlib.file_digest(file, "sha256").digest()):
                return
            file.seek(HEAD)
            reader = _Reader(file, rooms)
            while True:
                yield reader.load()
    except Exception:  # whatever a foreign file makes of itself, it is not what was remembered; or it is at its end
        return


def _head(version: str, digest: bytes) -> bytes:
    return hashlib.sha256(version.encode()).digest() + digest


def packed(what: object, known: Mapping[str, object]) -> bytes:
    """Something for another process, which has what is known already and gets only its name."""
    file = BytesIO()
    # A reader of names is asked about every single value, which nobody should pay for who has none.
    (_Naming(file, known) if known else pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)).dump(what)
    return file.getvalue()


def unpacked(content: bytes, known: Mapping[str, object]) -> Any:
    """The same in the other process."""
    return _Named(content, known).load()


class _Naming(pickle.Pickler):
    def __init__(self, file: BinaryIO, known: Mapping[str, object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._names = {id(one): name for name, one in known.items()}

    def persistent_id(self, one: object) -> str | None:
        return self._names.get(id(one))


class _Named(pickle.Unpickler):
    def __init__(self, content: bytes, known: Mapping[str, object]) -> None:
        super().__init__(BytesIO(content))
        self._known = known

    def persistent_load(self, name: str) -> object:
        return self._known[name]
