"""Commands that publish: write the pages, build the site, show it while it is edited."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from functools import partial
from pathlib import Path

from generator import charts, problems, site
from generator.commands.inspecting import refused
from generator.commands.reading import faulty, read
from generator.problems import Stop
from generator.publish import (
    BuilderFailed,
    Kept,
    draw_all,
    fill,
    finish,
    inspect,
    make_equal,
    once,
    open_release,
    policy_in_page,
    run_builder,
    serve,
)
from generator.text import words

ROOT = Path(__file__).parent.parent.parent
CONFIG = ROOT / "mkdocs.yml"
DOCS = ROOT / "docs"
STANDS = "Den gamla webbplatsen står kvar."


def pages(options: Namespace) -> int:
    """Write the builder's folder."""
    _prepare(options)
    return 0


def build(options: Namespace) -> int:
    """Build the site and make it the one that is shown."""
    _publish(options, _prepare(options))
    print(f"Klar: {_site(options)}", flush=True)
    return 0


def preview(options: Namespace) -> int:
    """Show the site and build again whenever data or pages change; faults are shown in the pages."""
    print(f"Webbplatsen visas på http://127.0.0.1:{options.port}/ (avsluta med Ctrl-C)", flush=True)
    serve(_site(options), options.port, [options.evaluations, DOCS], partial(_faults, options))
    return 0


def _faults(options: Namespace) -> str:
    """Build, and return what is wrong; empty when all went well."""
    try:
        build(options)
    except Stop as refused:
        print(refused, file=sys.stderr, flush=True)
        return str(refused)
    return ""


# Steps --------------------------------------------------------------------------------------------------------------


def _prepare(options: Namespace) -> site.Contents:
    """Read, check and write the builder's folder; `Stop`, with everything that is wrong, if the data has errors."""
    start = time.monotonic()
    archive, found = read(options.evaluations)
    if faulty(found):
        errors = [problem for problem in found if problem.severity == "error"]
        raise Stop(f"{problems.show(errors)}\nIngen sida är skriven. {STANDS}")
    _tell(start, f"{len(archive.evaluations)} utvärderingar lästa och kontrollerade")
    if options.no_cache:
        make_equal(_cache(options), {})
    draw = partial(draw_all, draw=site.drawn, cache=_cache(options) / "drawings", version=site.drawing_version())
    vega = partial(once, _cache(options) / f"{site.VEGA_NAME}.js", charts.vega)
    made = site.contents(archive, options.evaluations, DOCS, CONFIG, draw, vega)
    written = make_equal(_docs(options), made.files)
    _tell(start, f"{len(made.generated)} sidor skrivna, {written} filer nya eller ändrade")
    return made


def _publish(options: Namespace, made: site.Contents) -> None:
    """Build aside, look the result over, and swap it in; whatever fails leaves the old site."""
    start, releases = time.monotonic(), options.work / ".releases"
    with open_release(releases) as draft:
        _run_builder(options, made, draft)
        _tell(start, f"webbplatsen byggd av {options.builder}")
        fill(draft, made.drawings)
        if faults := inspect(draft, policy_in_page(CONFIG), _cache(options) / "inspected.json"):
            raise Stop(f"Webbplatsen har fel:\n{refused(faults, words('sv'))} {STANDS}")
        _tell(start, "granskad: skript, länkar, ankare och bilder")
        try:
            finish(draft, releases, _site(options))
        except FileExistsError as taken:
            raise Stop(
                f"{taken} finns redan och är ingen länk till en byggd webbplats. Flytta den, eller välj --site."
            ) from None


def _run_builder(options: Namespace, made: site.Contents, draft: Path) -> None:
    own = set(made.generated)
    shared = [path for path in made.files if path not in own]
    kept = Kept(_cache(options) / "pages", options.builder, CONFIG)
    build_folder = options.work / ".build"
    try:
        run_builder(
            options.builder, CONFIG, _docs(options), shared, made.generated, build_folder, draft, options.jobs, kept
        )
    except BuilderFailed as failed:
        raise Stop(f"Webbplatsbyggaren sade nej:\n{failed}\n{STANDS}") from None


def _tell(start: float, text: str) -> None:
    print(f"{time.monotonic() - start:5.1f} s  {text}", flush=True)


def _docs(options: Namespace) -> Path:
    return Path(options.work, ".build", "docs")


def _site(options: Namespace) -> Path:
    return options.site or Path(options.work, "site")


def _cache(options: Namespace) -> Path:
    """What is kept between builds; without it, a folder that starts out empty."""
    return Path(options.work, ".build", "uncached") if options.no_cache else Path(options.work, ".cache")
