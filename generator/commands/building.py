"""Commands that publish: write the pages, build the site, show it while it is edited."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from generator.commands.failing import standing
from generator.commands.inspecting import refused
from generator.commands.showing import shown
from generator.commands.workshop import DOCS, Workshop
from generator.problems import Stop
from generator.progress import stage
from generator.publish import (
    BuilderFailed,
    Held,
    Shown,
    alone,
    earlier,
    lead,
    publish,
    replaceable,
    serve,
    verify,
)
from generator.site import WHOLE, Contents, Share
from generator.text import words

T = words("sv")
STANDS = T("commands.stands")
PACKAGE = Path(__file__).parent.parent


def pages(options: Namespace) -> int:
    """Write the builder's folder."""
    with _alone(options), shown(options.timings):
        _prepare(Workshop(options))
    return 0


def build(options: Namespace) -> int:
    """Build the site and make it the one that is shown; or a share of its pages, for another machine to take."""
    if options.share:
        return _share(options, Share(*options.share))
    _is_apart(_site(options), options.evaluations)
    _is_free(_site(options))
    with _alone(options), shown(options.timings), closing(Workshop(options, options.jobs)) as workshop:
        for cache in options.merge or ():
            start = time.monotonic()
            _tell(start, T("commands.taken", n=workshop.take(cache), path=cache))
        _build(workshop)
    print(T("commands.done", path=_site(options)), flush=True)
    return 0


def rollback(options: Namespace) -> int:
    """Show the site again that was built before the one that is shown."""
    site, releases = _site(options), _releases(options)
    with _alone(options):
        _is_free(site)
        before, release = site.resolve().name, _whole(earlier(releases, site))
        if release is None:
            raise Stop(T("commands.rolled_back.none", path=releases))
        lead(site, release)
    print(T("commands.rolled_back", path=site, release=release.name, before=before))
    return 0


def _share(options: Namespace, share: Share) -> int:
    with _alone(options), shown(options.timings), closing(Workshop(options, options.jobs)) as workshop:
        workshop.start(share)
        made = _prepare(workshop, share)
        start = time.monotonic()
        _built(workshop, made)
        _tell(start, f"sidorna byggda av {options.builder}")
        print(f"Klar: del {share.number} av {share.of} ligger i {workshop.cache}", flush=True)
    return 0


def _whole(releases: Sequence[Path]) -> Path | None:
    """The first of the finished sites that still is as it was built."""
    for release in releases:
        if not verify(release):
            return release
        print(T("commands.rolled_back.damaged", release=release.name), file=sys.stderr)
    return None


def preview(options: Namespace) -> int:
    """Show the site and build again whenever data or pages change; faults are shown in the pages."""
    _is_apart(_site(options), options.evaluations)
    _is_free(_site(options))
    print(T("commands.previewed", port=options.port), flush=True)
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
            with _alone(self.workshop.options), shown(self.workshop.options.timings):
                self.files = self._round()
        except Stop as refused:
            print(refused, file=sys.stderr, flush=True)
            return Shown(self.files, str(refused))
        _tell(start, T("commands.shown"))
        return Shown(self.files)

    def _round(self) -> dict[str, Held]:
        if self.files:
            return _sound(self.workshop, _prepare(self.workshop))
        self.workshop.start()
        files = _sound(self.workshop, _prepare(self.workshop))
        _publish(self.workshop, files)
        return files


# Steps --------------------------------------------------------------------------------------------------------------


def _build(workshop: Workshop) -> None:
    workshop.start()
    files = _sound(workshop, _prepare(workshop))
    _publish(workshop, workshop.twinned(files) if workshop.options.twins else files)


def _prepare(workshop: Workshop, share: Share = WHOLE) -> Contents:
    """Read, check and write the builder's folder; `Stop`, with everything that is wrong, if the data has errors."""
    start = time.monotonic()
    try:
        archive = workshop.read()
    except Stop as faults:
        raise Stop(f"{faults}\n{T('commands.unwritten')} {STANDS}") from None
    _tell(start, T("commands.checked", n=len(archive.evaluations)))
    start = time.monotonic()
    with _builder_heard():
        made, written = workshop.written(archive, share)
    if made.lost:
        raise Stop(f"{T('commands.lost', n=len(made.lost), addresses=', '.join(made.lost))} {STANDS}")
    if share.whole and archive.published and (new := made.addresses - {*archive.published}):
        print(T("commands.new_addresses", n=len(new)), flush=True)
    _tell(start, T("commands.written", n=len(made.generated), files=written))
    return made


def _sound(workshop: Workshop, made: Contents) -> dict[str, Held]:
    """The files of the site, looked over."""
    start = time.monotonic()
    files = _built(workshop, made)
    _tell(start, T("commands.built", builder=workshop.options.builder))
    start = time.monotonic()
    if faults := workshop.gate.faults(files):
        raise Stop(f"{T('commands.faulty')}\n{refused(faults, T)} {STANDS}")
    _tell(start, T("commands.inspected"))
    return files


def _publish(workshop: Workshop, files: Mapping[str, Held]) -> None:
    """Lay the site out aside and swap it in; whatever fails leaves the old site."""
    with stage("published"):
        publish(files, _releases(workshop.options), _site(workshop.options))


def _built(workshop: Workshop, made: Contents) -> dict[str, Held]:
    with _builder_heard():
        return workshop.built(made)


@contextmanager
def _builder_heard() -> Iterator[None]:
    """What the builder refuses is told with its own words."""
    try:
        yield
    except BuilderFailed as failed:
        raise Stop(f"{T('commands.builder_failed')}\n{failed}\n{STANDS}") from None


@contextmanager
def _alone(options: Namespace) -> Iterator[None]:
    """One build at a time in a folder, and whatever fails in it leaves the old site."""
    with standing(), alone(options.work, lambda: print(T("commands.waiting", path=options.work), flush=True)):
        yield


def _is_free(site: Path) -> None:
    """`Stop` where something else than a finished site stands in its place."""
    if not replaceable(site):
        raise Stop(T("commands.target.taken", path=site))


def _is_apart(site: Path, evaluations: Path) -> None:
    """`Stop` where the site would come to stand among its own sources."""
    for folder in (evaluations, DOCS, PACKAGE):
        if site.parent.resolve().is_relative_to(folder.resolve()):
            raise Stop(T("commands.target.source", path=site, folder=folder))


def _tell(start: float, text: str) -> None:
    print(f"{time.monotonic() - start:5.1f} s  {text}", flush=True)


def _releases(options: Namespace) -> Path:
    return Path(options.work, ".releases")


def _site(options: Namespace) -> Path:
    return options.site or Path(options.work, "site")
