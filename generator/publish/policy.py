"""What pages may load and run, said in one place: `extra.policy` in mkdocs.yml.

The theme writes it into every page, web servers send it as the header Content-Security-Policy, the gate demands it.
"""

from __future__ import annotations

from pathlib import Path

import yaml

ONLY_AS_HEADER = ("frame-ancestors 'none'",)
"""What browsers take from a header only, and warn of in a page."""


def policy_in_page(config: Path) -> str:
    """The policy as every page carries it."""
    settings = yaml.load(config.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    return "; ".join((settings.get("extra") or {}).get("policy") or ())


def policy(config: Path) -> str:
    """The value of the header Content-Security-Policy that servers send with every answer."""
    return "; ".join(filter(None, (policy_in_page(config), *ONLY_AS_HEADER)))
