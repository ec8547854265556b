"""What can be said to `python -m generator`: the commands, their arguments, and what they are when nothing is said."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

COMMANDS = {
    "check": "kontrollera utvärderingarna",
    "new": "skapa filen för en ny utvärdering",
    "pages": "skriv sidorna som Markdown till .build/docs",
    "build": "bygg hela webbplatsen",
    "rollback": "gå tillbaka till den webbplats som byggdes före den som visas",
    "serve": "visa webbplatsen här och bygg om när något ändras",
    "pdf": "skriv hela utvärderingar ur den byggda webbplatsen som PDF",
    "inspect": "granska en färdig webbplats innan den publiceras",
    "verify": "kontrollera att en färdig webbplats är som den byggdes",
    "schema": "skriv schema.json, hjälpen för den som redigerar",
    "addresses": "visa nya adresser, anteckna dem eller skriv regler för de tidigare",
}


def parser(root: Path) -> ArgumentParser:
    """The parser of all commands; folders that are not named are those of the project in `root`."""
    whole = ArgumentParser(prog="python -m generator", description="Publicerar Kommunkompassens utvärderingar.")
    commands = whole.add_subparsers(required=True, metavar="kommando", dest="command")
    for name, text in COMMANDS.items():
        one = commands.add_parser(name, help=text)
        if name in FINISHED:
            FINISHED[name](one, root)
            continue
        one.add_argument("--evaluations", type=Path, default=root / "evaluations", metavar="MAPP")
        if name == "check":
            _check(one)
        elif name == "new":
            _new(one)
        elif name == "addresses":
            _addresses(one)
        elif name == "pdf":
            _pdf(one, root)
        elif name != "schema":
            _build(one, name, root)
    return whole


def _check(one: ArgumentParser) -> None:
    one.add_argument("--format", choices=("text", "json", "github"), default="text")
    one.add_argument("--lang", choices=("sv", "en"), default="sv")
    one.add_argument("--fix", action="store_true", help="rätta först det som säkert går att rätta, och visa det")
    one.add_argument("files", nargs="*", type=Path, metavar="FIL")


def _new(one: ArgumentParser) -> None:
    one.add_argument("place", metavar="LAND/KOMMUN", help="till exempel se/enkoping")
    one.add_argument("year", metavar="ÅR", help="året, eller unknown")
    one.add_argument("--edition", metavar="MODELL", help="2002, 2010, 2015, 2020 eller unknown; annars efter året")


def _addresses(one: ArgumentParser) -> None:
    one.add_argument("--keep", action="store_true", help="anteckna nya adresser i published.txt")
    servers = ("nginx", "caddy", "netlify")
    one.add_argument("--rules", choices=servers, help="skriv i stället ut regler för tidigare adresser")


def _pdf(one: ArgumentParser, root: Path) -> None:
    one.add_argument("--work", type=Path, default=root, metavar="MAPP")
    one.add_argument("--site", type=Path, metavar="MAPP", help="den byggda webbplatsen; annars site i --work")
    one.add_argument("--to", type=Path, metavar="MAPP", help="där filerna läggs; annars pdf i --work")
    one.add_argument("only", nargs="*", metavar="KOMMUN/ÅR", help="till exempel enkoping/2016; annars alla")


def _folder(one: ArgumentParser, root: Path) -> None:
    one.add_argument("folder", nargs="?", type=Path, default=root / "site", metavar="MAPP")


def _inspect(one: ArgumentParser, root: Path) -> None:
    _folder(one, root)
    one.add_argument("--policy", action="store_true", help="skriv i stället ut huvudet Content-Security-Policy")


def _place(one: ArgumentParser, root: Path) -> None:
    one.add_argument("--work", type=Path, default=root, metavar="MAPP")
    one.add_argument("--site", type=Path, metavar="MAPP", help="länken till webbplatsen; annars site i --work")


FINISHED = {"inspect": _inspect, "verify": _folder, "rollback": _place}
"""Commands that know only the finished site."""


def _build(one: ArgumentParser, name: str, root: Path) -> None:
    one.add_argument("--work", type=Path, default=root, metavar="MAPP")
    kept = one.add_mutually_exclusive_group()
    kept.add_argument("--no-cache", action="store_true", help="börja från början, utan det som är gjort förut")
    if name == "build":
        one.add_argument("--twins", action="store_true", help="lägg komprimerade tvillingar bredvid filerna (.br, .gz)")
        kept.add_argument("--share", type=_share, metavar="K/N", help="bygg bara del K av N av sidorna")
        kept.add_argument("--merge", type=Path, nargs="+", metavar="MAPP", help="delar som andra datorer har byggt")
    one.add_argument("--timings", action="store_true", help="visa hur lång tid varje steg tog")
    if name != "pages":
        one.add_argument("--site", type=Path, metavar="MAPP")
        one.add_argument("--builder", choices=("mkdocs", "properdocs"), default="mkdocs")
        one.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    if name == "serve":
        one.add_argument("--port", type=int, default=8000)


def _share(given: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", given)
    if not found or int(found[1]) > int(found[2]):
        raise ArgumentTypeError(f"{given} är ingen del; skriv till exempel 2/8")
    return int(found[1]), int(found[2])
