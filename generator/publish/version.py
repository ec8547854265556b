"""Which version of the sources a site was made from: their commit, if there is one, and one digest of all of them.

It stands in a file of its own, which every page leads to: in the pages, each commit would change all of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from generator.publish.store import digest

VERSION = "version.json"
TOLD = "SOURCE_COMMIT"
"""Names the commit where the sources lie without their history, as in a packed copy."""
PATIENCE = 60
"""Seconds after which Git is asked in vain."""
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
"""What Git sets for its hooks, and what would lead it to another place than the one that is asked about."""


def version(folder: Path, beside: Sequence[str] = ()) -> str:
    """The version of a folder as JSON; what lies `beside` it in the same history may be changed as well."""
    told = os.environ.get(TOLD, "")
    known = (told, False) if re.fullmatch("[0-9a-f]{40,64}", told) else _asked(folder, beside)
    commit, changed = known or (None, False)
    made = {"commit": commit, "changed": changed, "sources": whole(folder)}
    return json.dumps(made, indent=1) + "\n"


def whole(folder: Path) -> str:
    """One digest of every file below a folder: that of the list that `sha256sum` prints of them, sorted by name."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    seen = sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))
    return digest("".join(f"{digest((folder / path).read_bytes())}  {path}\n" for path in seen).encode())


def _asked(folder: Path, beside: Sequence[str]) -> tuple[str, bool] | None:
    """The commit that Git names, and whether the files are others than it holds; None without Git or commit."""
    question = ["status", "--porcelain=v2", "--branch", "--", ".", *(f":(top){path}" for path in beside)]
    around = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    try:
        answer = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(folder), *question],
            env=around, capture_output=True, encoding="utf-8", errors="replace", check=True, timeout=PATIENCE,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    commit = re.search("^# branch.oid ([0-9a-f]{40,64})$", answer, re.MULTILINE)
    return (commit[1], bool(re.search("^[^#]", answer, re.MULTILINE))) if commit else None
