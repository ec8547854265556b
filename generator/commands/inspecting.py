"""The commands that look a finished site over, and the words for what they find."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from generator.problems import Stop, clean
from generator.publish import VERSION, Fault, inspect, policy, policy_in_page, verify
from generator.text import Words, words

CONFIG = Path(__file__).parent.parent.parent / "mkdocs.yml"
SHOWN = 5
"""Faults shown of each kind: one broken template breaks every page in the same way."""


def inspect_site(options: Namespace) -> int:
    """Look a finished site over, or print the policy that its server sends."""
    if options.policy:
        print(policy(CONFIG))
        return 0
    t, site = words("sv"), options.folder
    if not site.is_dir():
        raise Stop(t("gate.no_folder", path=site))
    if faults := inspect(site, policy_in_page(CONFIG)):
        print(refused(faults, t))
        return 1
    files = [path for path in site.resolve().rglob("*") if path.is_file()]
    print(t("gate.passed", files=len(files), pages=sum(path.suffix == ".html" for path in files)))
    return 0


def verify_site(options: Namespace) -> int:
    """Compute again what the manifest of a finished site says of its files, and the pages of their sources."""
    t, site = words("sv"), options.folder
    if not site.is_dir():
        raise Stop(t("gate.no_folder", path=site))
    site = site.resolve()
    if faults := verify(site):
        print(refused(faults, t, "verify"))
        return 1
    files = [path for path in site.rglob("*") if path.is_file()]
    print(t("verify.passed", files=len(files), pages=sum(path.suffix == ".html" for path in files)))
    print(_version(json.loads((site / VERSION).read_text(encoding="utf-8")), t))
    return 0


def _version(said: dict[str, Any], t: Words) -> str:
    if not said["commit"]:
        return t("verify.commit_unknown")
    return t("verify.commit_changed" if said["changed"] else "verify.commit", commit=clean(said["commit"]))


def refused(faults: Sequence[Fault], t: Words, by: str = "gate") -> str:
    """What is wrong, of each kind the first few, and how much there is in all."""
    lines = []
    for code, count in Counter(fault.code for fault in faults).items():
        some = islice((fault for fault in faults if fault.code == code), SHOWN)
        lines += [t(f"{by}.fault", path=clean(one.path), text=t(f"{by}.{code}", what=clean(one.what))) for one in some]
        if count > SHOWN:
            lines.append(t(f"{by}.more", n=count - SHOWN, code=code))
    return "\n".join([*lines, t(f"{by}.count", n=len(faults))])

