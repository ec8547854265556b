"""`make bench`: runs the measurements and prints a table of each; `python -m benchmarks build 50` runs one alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks import axe, build, check, gate, preview, serving, transfer

PARTS = {
    "check": check, "gate": gate, "axe": axe, "transfer": transfer, "build": build, "preview": preview,
    "serving": serving,
}  # fmt: skip


def main(chosen: Sequence[str]) -> None:
    """Run the part that is named, with what follows its name, or all parts."""
    for name in chosen[:1] or PARTS:
        part = PARTS[name]
        print(_table([part.HEAD, *part.rows(chosen[1:])]))


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_cell(at, cell, widths[at]) for at, cell in enumerate(row)) for row in rows) + "\n"


def _cell(at: int, cell: str, width: int) -> str:
    return cell.ljust(width) if at == 0 else cell.rjust(width)


if __name__ == "__main__":
    main(sys.argv[1:])
