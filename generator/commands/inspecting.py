"""The command that looks a finished site over, and the words for what the gate finds."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from generator.problems import Stop, clean
from generator.publish import Fault, inspect, policy, policy_in_page
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


def refused(faults: Sequence[Fault], t: Words) -> str:
    """What is wrong, of each kind the first few, and how much there is in all."""
    lines = []
    for code, count in Counter(fault.code for fault in faults).items():
        some = islice((fault for fault in faults if fault.code == code), SHOWN)
        lines += [t("gate.fault", path=clean(one.path), text=t(f"gate.{code}", what=clean(one.what))) for one in some]
        if count > SHOWN:
            lines.append(t("gate.more", n=count - SHOWN, code=code))
    return "\n".join([*lines, t("gate.count", n=len(faults))])

