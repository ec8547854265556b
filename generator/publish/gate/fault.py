"""What the gate finds: a fault of a file, and what is remembered of a file for the faults that take two files."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fault:
    """What may not be published: in which file, by the code that words and remedy are found under, and what it is."""

    path: str
    code: str
    what: str = ""


@dataclass
class Facts:
    """What is known of one file by itself."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    """Code and what."""
    ids: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    """Addresses that readers are led to, each once."""
    loads: list[str] = field(default_factory=list)
    """Addresses that the page fetches, each once."""
    onward: str = ""
    """Where a page of a former address sends its readers."""

    def refuse(self, code: str, what: str = "") -> None:
        if (code, what[:SHOWN]) not in self.faults:
            self.faults.append((code, what[:SHOWN]))


SHOWN = 120
"""How much of a refused thing is shown."""
