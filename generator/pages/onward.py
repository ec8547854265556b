"""Former addresses: a small page at each, which leads on in one step, and the same as rules for web servers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.addresses import address
from generator.pages.render import plainly

SOURCE = "evaluations/published.txt"
"""What such a page is made from, as pages name their source."""
VIEWPORT = "width=device-width,initial-scale=1"
RULES: dict[str, Callable[[str, str], str]] = {
    "nginx": "{} {};".format,
    "caddy": "redir {} {} 301".format,
    "netlify": "{} {} 301".format,
}
"""How a web server is told of a former address and the one that it leads to."""


@dataclass(frozen=True)
class Onward:
    """A former address and the page that it leads to."""

    address: str
    to: str
    canonical: str
    """The page as other sites name it: with the address of the published site, where that is known."""

    @property
    def way(self) -> str:
        """The way from the one to the other."""
        return address.relative(self.address, self.to)

    @property
    def refresh(self) -> str:
        """What sends a browser on at once."""
        return f"0; url={self.way}"


def onward(redirects: Mapping[str, str], language: str, policy: str, root: str) -> dict[str, str]:
    """A page at every former address, and the rules for hosts that read them from the site itself.

    These pages are finished as they stand: no builder, style or script is needed to lead on.
    """
    made = {}
    for former, to in redirects.items():
        canonical = f"{root}{to.lstrip('/')}" if root else address.relative(former, to)
        page = Onward(former, to, canonical)
        path = f"{former.strip('/')}/index.html"
        views = {"page": page, "policy": policy, "source": SOURCE, "viewport": VIEWPORT}
        made[path] = plainly("onward.html.jinja", language, **views)
    return made | ({"_redirects": rules("netlify", redirects)} if redirects else {})


def rules(server: str, redirects: Mapping[str, str]) -> str:
    """The former addresses as a web server reads them, one a line."""
    return "".join(f"{RULES[server](former, to)}\n" for former, to in redirects.items())
