"""Where everything lives on the site. An address never changes once it was published (DESIGN: addresses)."""

from __future__ import annotations

from functools import lru_cache

from generator.analysis import Practice
from generator.model import Identity, Municipality

START = "/"
MUNICIPALITIES = "/kommuner/"
AREAS = "/omraden/"
EXAMPLES = "/exempel/"
COMPARE = "/jamfor/"
ROLE_MODELS = "/forebilder/"
FOLLOW_UP = "/uppfoljning/"
ABOUT = "/om/"
METHOD = "/om/metod/"
GAPS = "/luckor/"
DATA = "/data/"


def municipality(slug: str) -> str:
    return f"{MUNICIPALITIES}{slug}/"


def evaluation(of: Identity) -> str:
    """The evaluation's own page; one whose year was not seen is told on its municipality's page."""
    return f"{municipality(of.municipality)}{of.year}/" if of.year else municipality(of.municipality)


def area(of: Identity, number: int) -> str:
    """An area of an evaluation."""
    return f"{evaluation(of)}{number}/" if of.year else municipality(of.municipality)


def report(of: Identity) -> str:
    """The whole evaluation as one document."""
    return f"{evaluation(of)}rapport/"


def practice(of: Practice) -> str:
    """The very place of an example, strength or improvement."""
    page = area(of.evaluation, of.area) if of.area else evaluation(of.evaluation)
    return f"{page}#{of.item.id}"


def compare(*evaluations: Identity) -> str:
    """The compare page with evaluations chosen."""
    return f"{COMPARE}?{'&'.join(f'e={each.slug}' for each in evaluations)}"


def edition(identity: str) -> str:
    return f"{ABOUT}modell/{identity}/"


def edition_area(identity: str, number: int) -> str:
    return f"{AREAS}{identity}/{number}/"


def marked(identity: str, number: int, slug: str) -> str:
    """An area across municipalities with one of them marked."""
    return f"{edition_area(identity, number)}?kommun={slug}"


def question(identity: str, number: str) -> str:
    return f"{AREAS}{identity}/{number[0]}/{number}/"


def examples_of(question: str) -> str:
    """The page that searches examples, with a question chosen."""
    return f"{EXAMPLES}?fraga={question}"


def topic(identity: str) -> str:
    return f"{EXAMPLES}{identity}/"


def raw(of: Identity) -> str:
    """The evaluation's own YAML file, as the site serves it."""
    return f"{DATA}{source_path(of)}"


def source_path(of: Identity) -> str:
    """Where the file lies below `evaluations/`."""
    return f"{of.country}/{of.municipality}/{of.year or 'unknown'}.yml"


def registry(of: Municipality) -> str:
    return municipality(of.slug)


def markdown(address: str) -> str:
    """The file in the builder's folder that becomes an address."""
    return f"{address.strip('/')}/index.md".lstrip("/")


def of_markdown(path: str) -> str:
    """The address that a file in the builder's folder becomes."""
    stem = path.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{stem}/" if stem else START


def relative(here: str, there: str) -> str:
    """A final relative link from one address to another; addresses off the site stay as they are."""
    if not there.startswith("/"):
        return there
    path, mark, rest = there.partition("?" if "?" in there else "#")
    if path == here and mark:
        return f"{mark}{rest}"
    return _between(here, path) + mark + rest


def _between(here: str, there: str) -> str:
    """The way from one folder of the site to another, by names alone: `relpath` would ask where the process stands."""
    for folder, up in _upwards(here):
        if there.startswith(folder):
            return up + there[len(folder) :] or "./"
    return there


@lru_cache(maxsize=1_000)
def _upwards(here: str) -> tuple[tuple[str, str], ...]:
    """A folder and those around it, each with the way there."""
    names = here.strip("/").split("/") if here != START else []
    folders = ("/".join(["", *names[:deep], ""]) for deep in range(len(names), -1, -1))
    return tuple((folder, "../" * steps) for steps, folder in enumerate(folders))
