"""Spares the builder what it only carries along: blocks of HTML are taken out of a page and put back afterwards.

A block of HTML passes Markdown as it is, yet costs more than all the rest of the page. In its place stands an empty
element; the page that comes out is the same, byte for byte, as if the block had gone the whole way.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)(address|article|aside|dl|div|details|figure|form|nav|ol|p|section|table|ul)\b")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
SLOT = '<div id="slot-{}"></div>'
_SLOTS = re.compile(r'<div id="slot-(\d+)"></div>')


def emptied(page: str) -> tuple[str, list[str]]:
    """The page with a slot for each block of HTML, and the blocks; a page that holds slots already is left as it is."""
    if _SLOTS.search(page):
        return page, []
    front = _FRONT.match(page)
    start = front.end() if front else 0
    blocks: list[str] = []
    chunks = [_slot(chunk, blocks) for chunk in page[start:].rstrip("\n").split("\n\n")]
    return page[:start] + "\n\n".join(chunks) + "\n", blocks


def _slot(chunk: str, blocks: list[str]) -> str:
    if not _whole(chunk.strip("\n")):
        return chunk
    blocks.append(chunk.strip("\n"))
    return SLOT.format(len(blocks) - 1)


def _whole(chunk: str) -> bool:
    """Whether a block begins with an element and ends where the last one it opened is closed."""
    if not _TAG.match(chunk) or not chunk.endswith(">"):
        return False
    open_tags: list[str] = []
    last = 0
    for tag in _TAG.finditer(chunk):
        if not open_tags and last and chunk[last : tag.start()].strip():
            return False  # text between elements is for Markdown
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return False
        last = chunk.find(">", tag.end()) + 1
    return not open_tags and last == len(chunk)


def filled(page: str, blocks: list[str]) -> str:
    """The finished page with its blocks; `ValueError` where one has no place in it."""
    found = [int(number) for number in _SLOTS.findall(page)] if blocks else []
    if found != list(range(len(blocks))):
        raise ValueError("a slot was lost")
    return _SLOTS.sub(lambda slot: blocks[int(slot[1])], page) if blocks else page
