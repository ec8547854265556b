"""What is kept of a search from build to build: the words of texts, and each index as it was made the last time.

Nothing kept is believed beyond its key and its digest: what is not as it was put there is made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

Parts = Mapping[str, bytes | memoryview]
"""Contents by name, as one is kept."""


class Keep(Protocol):
    """Keeps contents by key until the next build."""

    def find(self, key: str) -> bytes | None:
        """The content of a key, as it was put there."""

    def has(self, key: str) -> bool:
        """Whether there is one; what is asked for stays until the next build."""

    def put(self, key: str, make: Callable[[], bytes]) -> None:
        """Keep a content, which is made for that alone."""


class Unkept:
    """Keeps nothing."""

    def find(self, _: str) -> None:
        """There is nothing."""

    def has(self, _: str) -> bool:
        """There never is."""
        return False

    def put(self, _: str, make: Callable[[], bytes]) -> None:
        """Let it be."""


unkept = Unkept()
DIGEST = 32
"""Bytes of a digest."""


def packed(key: str, parts: Parts) -> bytes:
    """Several contents as one, after the digest of all and of their key."""
    head = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    told = [len(head).to_bytes(8, "little"), head, *parts.values()]
    return b"".join([_digest(key, told), *told])


def unpacked(key: str, content: bytes) -> dict[str, memoryview] | None:
    """They again, each where it lies; None where they are not what was packed for that key."""
    view = memoryview(content)
    if _digest(key, [view[DIGEST:]]) != content[:DIGEST]:
        return None
    at = DIGEST + 8 + int.from_bytes(view[DIGEST : DIGEST + 8], "little")
    found = {}
    for name, length in json.loads(bytes(view[DIGEST + 8 : at])).items():
        found[name] = view[at : at + length]
        at += length
    return found


def _digest(key: str, told: Iterable[bytes | memoryview]) -> bytes:
    digest = hashlib.sha256(f"{key}\n".encode())
    for each in told:
        digest.update(each)
    return digest.digest()


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
