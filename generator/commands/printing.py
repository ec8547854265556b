"""The command that prints whole evaluations of the finished site to PDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from generator import site
from generator.problems import Stop
from generator.publish import PrintingFailed, find_browser, print_pages

CONFIG = Path(__file__).parent.parent.parent / "mkdocs.yml"
MISSING = (
    "Ingen Chromium hittades, och utan den blir det ingen PDF. "
    "På Debian och Ubuntu: apt-get install chromium. Annars: ange sökvägen i CHROMIUM."
)


def pdf(options: Namespace) -> int:
    """Print the reports that are asked for, or all of them."""
    built = options.site or options.work / "site"
    if not (built / "index.html").is_file():
        raise Stop(f"{built} är ingen byggd webbplats. Bygg den först: make site.")
    wanted = _wanted(built, options.only)
    browser = find_browser()
    if browser is None:
        raise Stop(MISSING)
    folder = options.to or options.work / "pdf"
    pages = {f"kommuner/{name}/rapport/": folder / f"{name.replace('/', '-')}.pdf" for name in wanted}
    try:
        for file in print_pages(browser, built, site.address_of(CONFIG), pages):
            print(f"{file} ({file.stat().st_size // 1000} kB)", flush=True)
    except PrintingFailed as failed:
        raise Stop(f"{browser} skrev ingen PDF: {failed}.") from None
    return 0


def _wanted(built: Path, asked: Iterable[str]) -> list[str]:
    """`enkoping/2016` for every report that is to be printed; `Stop` for one that is not on the site."""
    there = sorted(path.parent.parent.relative_to(built / "kommuner").as_posix() for path in _reports(built))
    names = [name.strip("/").removeprefix("kommuner/").removesuffix("/rapport") for name in asked]
    if missing := [name for name in names if name not in there]:
        near = [name for name in there if name.partition("/")[0] in {one.partition("/")[0] for one in missing}]
        instead = f" Det finns: {', '.join(near)}." if near else ""
        raise Stop(
            f"Webbplatsen har ingen hel rapport för {', '.join(missing)}.{instead} Skriv kommun/år, som enkoping/2016. "
            "En rapport finns där något område är känt; annars säger utvärderingens egen sida allt."
        )
    return names or there


def _reports(built: Path) -> Iterable[Path]:
    return (built / "kommuner").glob("*/*/rapport/index.html")
