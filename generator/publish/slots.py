"""Spares the builder what it only carries along: blocks of HTML are taken out of a page and put back afterwards.

A block of HTML passes Markdown as it is, yet costs more than all the rest of the page. In the place of it and of those
that follow stands an empty element; the page that comes out is the same, byte for byte, as if they had gone the whole
way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

_TAG = re.compile(r"<(/?)(address|article|aside|dl|div|details|figure|form|nav|ol|p|section|table|ul)\b")
_FRONT = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
SLOT = '<div id="slot-{}"></div>'
_SLOTS = re.compile(r'<div id="slot-(\d+)"></div>')
_BLANK = re.compile("\n +\n")


def emptied(page: str) -> tuple[str, list[str]]:
    """The page with a slot in the place of its blocks of HTML, and what each slot stands for.

    A page that holds slots already is left as it is, and so is one where Markdown changes spaces in blocks as well.
    """
    if _SLOTS.search(page) or _BLANK.search(page) or "\t" in page:
        return page, []
    front = _FRONT.match(page)
    start = front.end() if front else 0
    left: list[str] = []
    blocks: list[str] = []
    for html, parts in groupby(_parts(page[start:].rstrip("\n").split("\n\n")), itemgetter(0)):
        text = "\n\n".join(part for _, part in parts)
        left.append(SLOT.format(len(blocks)) if html else text)
        blocks += [text] * html
    return page[:start] + "\n\n".join(left) + "\n", blocks


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
