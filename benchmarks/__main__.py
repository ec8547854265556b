"""`make bench`: runs the measurements and prints a table of each."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import check, gate


def main() -> None:
    for benchmark in (check, gate):
        print(_table([benchmark.HEAD, *benchmark.rows()]))


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_cell(at, cell, widths[at]) for at, cell in enumerate(row)) for row in rows) + "\n"


def _cell(at: int, cell: str, width: int) -> str:
    return cell.ljust(width) if at == 0 else cell.rjust(width)


if __name__ == "__main__":
    main()
