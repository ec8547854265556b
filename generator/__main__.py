"""Runs one command. 0 fine (warnings allowed) · 1 errors in the data or the site · 2 wrong usage."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from generator.arguments import parser
from generator.commands.failing import told
from generator.problems import Stop, clean

ROOT = Path(__file__).parent.parent
COMMANDS = {
    "check": "checking.check",
    "new": "checking.new",
    "schema": "checking.schema",
    "addresses": "keeping.addresses",
    "pages": "building.pages",
    "build": "building.build",
    "inspect": "inspecting.inspect_site",
    "verify": "inspecting.verify_site",
    "serve": "building.preview",
    "rollback": "building.rollback",
    "pdf": "printing.pdf",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = parser(ROOT).parse_args(arguments)
    module, _, name = COMMANDS[options.command].partition(".")
    try:
        return int(getattr(import_module(f"generator.commands.{module}"), name)(options))
    except Stop as stop:
        print("\n".join(map(clean, str(stop).split("\n"))), file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output has seen enough; at its end Python would complain of the pipe once more.
        sys.stdout = None
    except OSError as error:
        print(clean(told(error)), file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def leave(status: int) -> NoReturn:
    """End the process at once: to take a whole archive apart piece by piece first takes longer than many a command."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # what was said did not arrive
            status = status or 1
    os._exit(status)


if __name__ == "__main__":
    leave(main())
