"""The command that keeps the list of published addresses, and tells web servers of former ones."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from generator import site
from generator.commands.reading import faulty, read
from generator.commands.workshop import DOCS
from generator.problems import Stop, show
from generator.publish.source import replace
from generator.text import words


def addresses(options: Namespace) -> int:
    """Tell which addresses are new, write them to the list, or print the rules that lead on from former ones."""
    archive, found = read(options.evaluations)
    if faulty(found):
        raise Stop(show([problem for problem in found if problem.severity == "error"]))
    if options.rules:
        print(site.redirect_rules(archive, options.rules), end="")
        return 0
    t, path = words("sv"), options.evaluations / "published.txt"
    new = sorted(site.addresses(archive, DOCS) - set(archive.published))
    if options.keep and new:
        replace(path, _list(t("commands.published_head"), {*archive.published, *new}))
    print("\n".join([*new, t("commands.kept" if options.keep else "commands.unkept", n=len(new), path=path.name)]))
    return 0


def _list(head: str, addresses: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (f"# {head}", *sorted(addresses)))
