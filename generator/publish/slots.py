"""Spares the builder what it only carries along: blocks of HTML are taken out of a page and put back afterwards.

A block of HTML passes Markdown as it is, yet costs more than all the rest of the page. In the place of it and of those
that follow stands one word, which Markdown sees as a paragraph; the page that comes out is the same, byte for byte, as
if they had gone the whole way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

_TAG = re.compile(r"<(/?)(address|article|aside|dl|div|details|figure|form|nav|ol|p|script|section|table|ul)\b")
_FRONT = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
SLOT = "slot-{}"
_SLOT = re.compile(r"slot-\d")
_SLOTS = re.compile(r"<p>slot-(\d+)</p>")
_BLANK = re.compile("\n +\n")
_MARKUP = re.compile("[<`]")
"""What may mean that the next block is not for itself, but within something."""


def emptied(page: str) -> tuple[str, list[str]]:
    """The page with a slot in the place of its blocks of HTML, and what each slot stands for.

    A page is left as it is where a slot might not come out as a block does: one that names slots itself, that has
    spaces which Markdown changes in blocks as well, or that has other HTML than whole blocks, or code.
    """
    front = _FRONT.match(page)
    start = front.end() if front else 0
    found = groupby(_parts(page[start:].rstrip("\n").split("\n\n")), itemgetter(0))
    parts = [(html, "\n\n".join(text for _, text in neighbours)) for html, neighbours in found]
    odd = any(_MARKUP.search(text) for html, text in parts if not html)
    if odd or _SLOT.search(page) or _BLANK.search(page) or "\t" in page:
        return page, []
    # Markdown leaves a blank line behind a block, but not behind a paragraph.
    blocks = [text + "\n" * (n < len(parts)) for n, (html, text) in enumerate(parts, 1) if html]
    slots = map(SLOT.format, range(len(blocks)))
    return page[:start] + "\n\n".join(next(slots) if html else text for html, text in parts) + "\n", blocks


def _parts(chunks: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """What stands between blank lines, a block of HTML as a whole, and whether it is one."""
    at = 0
    while at < len(chunks):
        start, at = at, _end(chunks, at)
        yield at > start, "\n\n".join(chunks[start : max(at, start + 1)])
        at = max(at, start + 1)


def _end(chunks: Sequence[str], start: int) -> int:
    """Where the block ends that begins here, blank lines within it and all; `start` where none does."""
    open_tags: list[str] = []
    for n in range(start, len(chunks) if _TAG.match(chunks[start]) else start):
        if not _follows(chunks[n], open_tags):
            break
        if not open_tags:
            return n + 1
    return start


def _follows(chunk: str, open_tags: list[str]) -> bool:
    """Whether every element that a chunk closes was the last one opened, with nothing but elements outside of them."""
    last = 0
    for tag in _TAG.finditer(chunk):
        if not open_tags and chunk[last : tag.start()].strip():
            return False  # text between elements is for Markdown
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return False
        last = chunk.find(">", tag.end()) + 1
    return bool(open_tags) or last == len(chunk)


def filled(page: str, blocks: list[str]) -> str:
    """The finished page with its blocks; `ValueError` where one has no place in it."""
    found = [int(number) for number in _SLOTS.findall(page)] if blocks else []
    if found != list(range(len(blocks))):
        raise ValueError("a slot was lost")
    return _SLOTS.sub(lambda slot: blocks[int(slot[1])], page) if blocks else page
