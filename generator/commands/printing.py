"""The command that prints whole evaluations of the finished site to PDF."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from generator import site
from generator.problems import Stop
from generator.publish import PrintingFailed, find_browser, print_pages
from generator.text import words

CONFIG = Path(__file__).parent.parent.parent / "mkdocs.yml"
T = words("sv")


def pdf(options: Namespace) -> int:
    """Print the reports that are asked for, or all of them."""
    built = options.site or options.work / "site"
    if not (built / "index.html").is_file():
        raise Stop(T("commands.pdf.no_site", path=built))
    wanted = _wanted(built, options.only)
    browser = find_browser()
    if browser is None:
        raise Stop(T("commands.pdf.no_browser"))
    folder = options.to or options.work / "pdf"
    pages = {f"kommuner/{name}/rapport/": folder / f"{name.replace('/', '-')}.pdf" for name in wanted}
    try:
        for file in print_pages(browser, built, site.address_of(CONFIG), pages):
            print(f"{file} ({file.stat().st_size // 1000} kB)", flush=True)
    except PrintingFailed as failed:
        raise Stop(T("commands.pdf.failed", browser=browser, reason=failed)) from None
    return 0


def _wanted(built: Path, asked: Iterable[str]) -> list[str]:
    """`enkoping/2016` for every report that is to be printed; `Stop` for one that is not on the site."""
    there = sorted(path.parent.parent.relative_to(built / "kommuner").as_posix() for path in _reports(built))
    names = [name.strip("/").removeprefix("kommuner/").removesuffix("/rapport") for name in asked]
    if missing := [name for name in names if name not in there]:
        near = [name for name in there if name.partition("/")[0] in {one.partition("/")[0] for one in missing}]
        instead = f" {T('commands.pdf.instead', names=', '.join(near))}" if near else ""
        raise Stop(f"{T('commands.pdf.none', names=', '.join(missing))}{instead} {T('commands.pdf.where')}")
    return names or there


def _reports(built: Path) -> Iterable[Path]:
    return (built / "kommuner").glob("*/*/rapport/index.html")
