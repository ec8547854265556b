"""What a page says may run in it, and what it has that runs: its policy, its scripts, its redirects."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from generator.publish.gate.allowed import DATA, RUN
from generator.publish.gate.data import embedded
from generator.publish.gate.fault import Facts

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

POLICY = "content-security-policy"
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "http:", "https:", "*")
"""What no policy of scripts may hold."""
_ONWARD = re.compile(r"0\s*;\s*url=(\S+)", re.IGNORECASE)
SCRIPTS = "assets/"
"""The only folder with scripts; nothing that comes from the data lies there under a name of its own."""


def loose(policy: str) -> str:
    """What in a policy would let foreign scripts run; empty if nothing."""
    rules = {name: sources for name, *sources in (rule.split() for rule in policy.split(";") if rule.strip())}
    scripts = rules.get("script-src", rules.get("default-src"))
    if scripts is None or rules.get("default-src") != ["'none'"]:
        return "default-src"
    return next((source for source in scripts if source.strip("'").lower() in LOOSE or source == "data:"), "")


def sha256(script: str) -> str:
    """A script as a policy names it."""
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def script(element: LexborNode, attributes: dict[str, str | None], policy: str, facts: Facts) -> None:
    """A script is a file of the site's own, data, or one that the policy knows by its hash."""
    kind = (attributes.get("type") or "").strip().lower()
    text = element.text(deep=True)
    if "src" in attributes:
        if not re.fullmatch(rf"(\.{{0,2}}/)*{SCRIPTS}[\w./-]+\.m?js", attributes["src"] or ""):
            facts.refuse("script_place", attributes["src"] or "")
        if kind not in RUN or text.strip():
            facts.refuse("script_kind", kind or text)
    elif kind in DATA:
        for code, what in embedded(text):
            facts.refuse(code, what)
    elif kind not in RUN:
        facts.refuse("script_kind", kind)
    elif sha256(text) not in policy:
        facts.refuse("script", f"{' '.join(text.split())[:40]} {sha256(text)}")


def instruction(element: LexborNode, attributes: dict[str, str | None], policy: str, facts: Facts) -> bool:
    """A `meta http-equiv`: the policy, or the way on from a former address; returns whether it was the policy."""
    kind, content = (attributes.get("http-equiv") or "").strip().lower(), attributes.get("content") or ""
    if kind == POLICY:
        if content != policy:
            facts.refuse("policy_other", content)
        return element.parent is not None and element.parent.tag == "head"
    onward = _ONWARD.fullmatch(content.strip())
    if kind == "refresh" and onward:
        facts.onward = onward[1].strip("'\"")
    else:
        facts.refuse("instruction", f"{kind} {content}")
    return False
