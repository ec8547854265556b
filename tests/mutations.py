"""Sound and faulty files, damaged by chance: `python -m tests.mutations SEED COUNT FOLDER` reads them one by one.

A seed makes the same input as long as the material is the same. Tells each seed before it is tried, so that the last
one is known when the process dies, and then what was wrong with it.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from generator.checks import check
from generator.load import load
from generator.problems import as_github, as_json, show
from tests.test_checks import CASES, lay_out

SAMPLE = Path(__file__).parent / "sample" / "evaluations"
DEFAULT = "se/granby/2016.yml"
OTHERS = ("municipalities.csv", "topics.yml", "averages.yml", "known.yml", "editions/2015.yml")
SLOW = 1.0
HANGS = 20
MOST = 300_000
"""Bytes; a mutation that repeats must not fill the disk."""

NASTY_TEXT = (
    "[", "{", "]", "}", "&a ", "*a", "!!int ", "!!python/object/apply:os.system ", "<<: *a", "? ", "- ", ": ", ", ",
    "\t", "#", " #x", "|", ">-", "|+9\n", "'", '"', "\\", '"\\ud800"', '"\\x41"', '"\\U0010FFFF"', "%YAML 1.1\n",
    "---\n", "...\n", "@", "`", "~", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\u0308",
    "\N{SLIGHTLY SMILING FACE}", "9" * 400, "-1", "1_000", "0x1F", "1e999", ".nan", "2025-13-45", "31/1 2024", "true",
    "null", "FYLL I", "::error::x", "<script>", "[k](javascript:x)", "{{ x }}", "edition: 2015\n", "areas:\n", "1.10",
    "\r", "\r\n", "\n", "\n\n\n", "  ", "        ", "a" * 400,
)
NASTY = (*(text.encode() for text in NASTY_TEXT), b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf6", b"\xff\xfe")
VALUES = ("101", "-1", "54,5", "9.5", "'9'", "0434", "true", "null", "no", "[]", "{}", "[1, a]", "{a: 1}", "unknown",
          "2062-01-31", "2024-02-30", "9999999999999999", "<b>hej</b>", "Mål #1", "a: b", "medborgardialoger", "|",
          '"\\u200b"')


def mutated(seed: int) -> tuple[str, bytes]:
    """A path in the folder and what stands there, both by chance."""
    chance = random.Random(seed)
    path = chance.choice(OTHERS) if chance.random() < 0.2 else DEFAULT
    content = chance.choice(_material()) if path == DEFAULT else (CASES / "base" / path).read_bytes()
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_MUTATIONS)(chance, content)[:MOST]
    return path, content


@cache
def _material() -> list[bytes]:
    files = [*sorted(CASES.glob("*.yml")), *sorted(SAMPLE.glob("*/*/*.yml"))]
    return [file.read_bytes() for file in files if file.stat().st_size < MOST]


def _inserted(chance: random.Random, content: bytes) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(NASTY) + content[at:]


def _replaced(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + chance.choice(NASTY) + content[end:]


def _valued(chance: random.Random, content: bytes) -> bytes:
    """Another value or another key on some line that has both: what still can be read gets furthest."""
    lines = content.split(b"\n")
    at = chance.choice([number for number, line in enumerate(lines) if b": " in line] or [0])
    key, colon, _ = lines[at].partition(b": ")
    changed = key + b": " + chance.choice(VALUES).encode() if chance.random() < 0.8 else key + b"x" + colon + b"1"
    return b"\n".join([*lines[:at], changed, *lines[at + 1:]])


def _doubled(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    start = chance.randrange(len(lines))
    part = lines[start:start + chance.randint(1, 8)]
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], *part, *lines[at:]])


def _repeated(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50, 3000)) + content[end:]


def _flipped(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) or 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1:]


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _ended(chance: random.Random, content: bytes) -> bytes:
    return content[:chance.randint(0, len(content))]


def _spliced(chance: random.Random, content: bytes) -> bytes:
    other = chance.choice(_material())
    start, end = _span(chance, other)
    at = chance.randint(0, len(content))
    return content[:at] + other[start:end] + content[at:]


def _indented(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b" ", b"  ", b"\t")) + lines[at] if chance.random() < 0.5 else lines[at].lstrip()
    return b"\n".join(lines)


def _swapped(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 3, 20, 200)))


_MUTATIONS = (
    *[_valued] * 8, _doubled, _doubled, _inserted, _inserted, _replaced, _repeated, _flipped, _cut, _ended, _spliced,
    _indented, _swapped,
)


def faults(folder: Path, path: str, content: bytes) -> Iterator[str]:
    """What is wrong with how the loader took an input; nothing, whatever the input is."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)
    start = time.process_time()
    try:
        loaded = load(folder)
        problems = [*loaded.problems, *check(loaded.archive, loaded.places, date(2026, 11, 23))]
    except Exception as error:
        yield f"{type(error).__name__}: {error}"
        return
    if (took := time.process_time() - start) > SLOW:
        yield f"took {took:.1f} s"
    for shape in (show, as_json, as_github):
        if "Traceback" in shape(problems) + shape(problems, "en"):
            yield "shows a traceback"
    ends = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    yield from (f"{each.code} on line {each.line} of {ends}"
                for each in problems if each.path.endswith(path) and not 1 <= each.line <= ends)


def main(first: int, count: int, folder: Path) -> None:
    """Try the seeds in one process; a hanging one ends it by a signal."""
    for seed in range(first, first + count):
        print(f"{seed}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        lay_out("edition: unknown\nsources: [{title: A, read: 2026-01-01}]\n", folder)
        signal.alarm(HANGS)
        for fault in faults(folder, *mutated(seed)):
            print(f"{seed}: {fault}", flush=True)
        signal.alarm(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
