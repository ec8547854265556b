"""What is shown of the documents: JSON, a few documents to a file, and many files to a folder named by its contents."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FOLDER = "assets/search/"
"""Where the search lies on the site."""
GROUP = 4
"""Documents whose texts lie in one file."""
SHELF = 256
"""Such files in one folder: it is another as soon as one of them is, and the others stay what they were."""
NEW = -1


def written(content: Any) -> str:
    """JSON: the same bytes for the same content, and no character that could end a script."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")


def files(rows: Mapping[int, str], origins: Sequence[int], before: Sequence[bytes]) -> list[bytes]:
    """The files of all documents: `origins` are their numbers in the files `before`, `rows` those of NEW ones."""
    return [
        _file(range(at, min(at + GROUP, len(origins))), rows, origins, before) for at in range(0, len(origins), GROUP)
    ]


def _file(numbers: range, rows: Mapping[int, str], origins: Sequence[int], before: Sequence[bytes]) -> bytes:
    first = origins[numbers.start]
    if first % GROUP == 0 and all(origins[number] == first + at for at, number in enumerate(numbers)):
        file = before[first // GROUP]
        if len(numbers) == GROUP or len(_rows(file)) == len(numbers):
            return file
    told = (rows[n] if origins[n] == NEW else _rows(before[origins[n] // GROUP])[origins[n] % GROUP] for n in numbers)
    return zlib.compress(f"[{','.join(told)}]".encode(), 9)


def _rows(file: bytes) -> list[str]:
    return [written(row) for row in json.loads(zlib.decompress(file))]


def shelves(files: Sequence[bytes]) -> Iterator[tuple[str, dict[int, bytes]]]:
    """The folders, each with its files by number."""
    for first in range(0, len(files), SHELF):
        held = dict(enumerate(files[first : first + SHELF], start=first))
        yield named(f"{number} {len(file)}".encode() + file for number, file in held.items()), held


def named(contents: Iterable[bytes]) -> str:
    """The name of a folder, by what it holds."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:12]
