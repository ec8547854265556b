"""What is kept of a search from build to build: the words of texts, and each index as it was made the last time.

Nothing kept is believed beyond its key: whoever keeps it gives only what was put under that very key, unharmed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

Parts = Mapping[str, bytes | memoryview]
"""Contents by name, as one is kept."""


class Keep(Protocol):
    """Keeps contents by key until the next build."""

    def find(self, key: str) -> bytes | None:
        """The content of a key, as it was put there."""

    def has(self, key: str) -> bool:
        """Whether there is one; what is asked for stays until the next build."""

    def put(self, key: str, content: bytes) -> None:
        """Keep a content."""


class Unkept:
    """Keeps nothing."""

    def find(self, _: str) -> None:
        """There is nothing."""

    def has(self, _: str) -> bool:
        """There never is."""
        return False

    def put(self, _: str, content: bytes) -> None:
        """Let it go."""


unkept = Unkept()


def packed(parts: Parts) -> bytes:
    """Several contents as one."""
    head = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    return b"".join([len(head).to_bytes(8, "little"), head, *parts.values()])


def unpacked(content: bytes) -> dict[str, memoryview]:
    """They again, each where it lies."""
    view = memoryview(content)
    at = 8 + int.from_bytes(view[:8], "little")
    found = {}
    for name, length in json.loads(bytes(view[8:at])).items():
        found[name] = view[at : at + length]
        at += length
    return found


def lines(words: Iterable[str]) -> bytes:
    """Words that each stand on a line."""
    return "\n".join(words).encode()


def unlined(content: memoryview) -> list[str]:
    """The words again."""
    return str(content, "utf-8").split("\n") if content else []


def divided(content: memoryview, lengths: Iterable[int]) -> list[bytes]:
    """Contents of these lengths, one after the other."""
    found, at = [], 0
    for length in lengths:
        found.append(bytes(content[at : at + length]))
        at += length
    return found
