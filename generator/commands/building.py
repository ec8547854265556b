"""Commands that publish: write the pages, build the site, show it while it is edited."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from generator.commands.inspecting import refused
from generator.commands.workshop import DOCS, Workshop
from generator.problems import Stop
from generator.publish import BuilderFailed, Held, Shown, finish, lay, open_release, serve
from generator.site import Contents
from generator.text import words

STANDS = "Den gamla webbplatsen står kvar."


def pages(options: Namespace) -> int:
    """Write the builder's folder."""
    _prepare(Workshop(options))
    return 0


def build(options: Namespace) -> int:
    """Build the site and make it the one that is shown."""
    with closing(Workshop(options, options.jobs)) as workshop:
        _build(workshop)
    print(f"Klar: {_site(options)}", flush=True)
    return 0


def preview(options: Namespace) -> int:
    """Show the site and build again whenever data or pages change; faults are shown in the pages."""
    print(f"Webbplatsen visas på http://127.0.0.1:{options.port}/ (avsluta med Ctrl-C)", flush=True)
    with closing(Workshop(options, options.jobs, live=True)) as workshop:
        serve(options.port, [options.evaluations, DOCS], Rounds(workshop))
    return 0


class Rounds:
    """The rounds of a preview: the first builds the whole site, the next are shown without being published."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop, self.files = workshop, dict[str, Held]()

    def __call__(self) -> Shown:
        """The site as it is now, or the last one that was sound with what is wrong since."""
        start = time.monotonic()
        try:
            if not self.files:
                self.workshop.start()
            files = _sound(self.workshop, _prepare(self.workshop))
            if not self.files:
                _publish(self.workshop, files)
            self.files = files
        except Stop as refused:
            print(refused, file=sys.stderr, flush=True)
            return Shown(self.files, str(refused))
        _tell(start, "visas")
        return Shown(files)


# Steps --------------------------------------------------------------------------------------------------------------


def _build(workshop: Workshop) -> None:
    workshop.start()
    _publish(workshop, _sound(workshop, _prepare(workshop)))


def _prepare(workshop: Workshop) -> Contents:
    """Read, check and write the builder's folder; `Stop`, with everything that is wrong, if the data has errors."""
    start = time.monotonic()
    try:
        archive = workshop.read()
    except Stop as faults:
        raise Stop(f"{faults}\nIngen sida är skriven. {STANDS}") from None
    _tell(start, f"{len(archive.evaluations)} utvärderingar lästa och kontrollerade")
    made, written = workshop.written(archive)
    _tell(start, f"{len(made.generated)} sidor skrivna, {written} filer nya eller ändrade")
    return made


def _sound(workshop: Workshop, made: Contents) -> dict[str, Held]:
    """The files of the site, looked over."""
    start = time.monotonic()
    files = _built(workshop, made)
    _tell(start, f"webbplatsen byggd av {workshop.options.builder}")
    if faults := workshop.gate.faults(files):
        raise Stop(f"Webbplatsen har fel:\n{refused(faults, words('sv'))} {STANDS}")
    _tell(start, "granskad: skript, länkar, ankare och bilder")
    return files


def _publish(workshop: Workshop, files: Mapping[str, Held]) -> None:
    """Lay the site out aside and swap it in; whatever fails leaves the old site."""
    options = workshop.options
    releases = options.work / ".releases"
    with open_release(releases) as draft:
        lay(draft, files)
        try:
            finish(draft, releases, _site(options))
        except FileExistsError as taken:
            raise Stop(
                f"{taken} finns redan och är ingen länk till en byggd webbplats. Flytta den, eller välj --site."
            ) from None


def _built(workshop: Workshop, made: Contents) -> dict[str, Held]:
    try:
        return workshop.built(made)
    except BuilderFailed as failed:
        raise Stop(f"Webbplatsbyggaren sade nej:\n{failed}\n{STANDS}") from None


def _tell(start: float, text: str) -> None:
    print(f"{time.monotonic() - start:5.1f} s  {text}", flush=True)


def _site(options: Namespace) -> Path:
    return options.site or Path(options.work, "site")
