"""The recipes of `deploy/`: real servers with the real site answer as the recipes promise."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest

from benchmarks.serving import BROTLI, PAGES, SERVERS, program, server_files
from generator.publish import Held, Store, policy, with_twins
from tests.conftest import SAMPLE

ROOT = Path(__file__).parent.parent
PAGE = "/kommuner/enkoping/2016/"
FORMER = "/kommuner/enkoping/2015/"
HEADERS = {
    "Content-Security-Policy": policy(ROOT / "mkdocs.yml"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
KINDS = {
    "/": "text/html; charset=utf-8",
    "/data/siffror.csv": "text/csv; charset=utf-8",
    "/data/se/enkoping/2016.yml": "text/yaml; charset=utf-8",
    f"{PAGE}profil.svg": "image/svg+xml",
    "/assets/site.js": "javascript",
    "/assets/fonts/inter-400.woff2": "font/woff2",
}


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Asks one server, without following anything."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            found: HTTPResponse = connection.getresponse()
            return Answer(found.status, dict(found.headers), found.read())


@pytest.fixture(scope="module")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with twins of some of its files, behind a link as builds leave it."""
    work = tmp_path_factory.mktemp("deploy")
    shutil.copytree(folder, work / "release", copy_function=lambda one, other: Path(other).hardlink_to(one))
    some = [f"{path.lstrip('/')}index.html" for path in (*PAGES.values(), "/kommuner/")]
    files = {path: Held(folder.resolve() / path, "") for path in (*some, "assets/site.js")}
    for path, held in with_twins(files, Store(work / "twins")).items():
        if path not in files:
            (work / "release" / path).hardlink_to(held.path)
    (work / "site").symlink_to("release")
    return work / "site"


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with the configuration of its recipe, a former address, and the real site."""
    if not program(request.param) and not os.environ.get("CI"):
        pytest.skip(f"{request.param} is not there; .ci/servers tells how to get it")
    made = tmp_path_factory.mktemp(request.param)
    files = server_files(made / "files", "--evaluations", str(moved(made / "evaluations")))
    with SERVERS[request.param](site, files, made) as port:
        yield Client(port)


def moved(folder: Path) -> Path:
    """The sample, with an evaluation that was published under another address."""
    shutil.copytree(SAMPLE, folder)
    with (folder / "se/sagovik/2016.yml").open("a", encoding="utf-8") as file:
        file.write("former: [enkoping/2015]\n")
    (folder / "published.txt").write_text(f"{FORMER}\n", encoding="utf-8")
    return folder


def test_every_answer_carries_the_headers(server: Client):
    for path in (PAGE, "/borta/", "/data/siffror.csv"):
        assert HEADERS.items() <= server.get(path).headers.items(), path


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_a_file_is_sent_as_what_it_is(server: Client, path: str, kind: str):
    found = server.get(path)

    assert (200, True) == (found.status, kind in found.headers["Content-Type"])


def test_a_page_is_sent_compressed_as_it_lies(server: Client, site: Path):
    lies = (site / PAGE.lstrip("/") / "index.html").read_bytes()
    plain, packed = server.get(PAGE), server.get(PAGE, Accept_Encoding="gzip")

    assert (lies, lies) == (plain.body, gzip.decompress(packed.body))
    assert "gzip" == packed.headers["Content-Encoding"]
    assert (site / PAGE.lstrip("/") / "index.html.gz").read_bytes() == packed.body


def test_a_page_is_sent_in_brotli_where_the_server_knows_it(
    server: Client, site: Path, request: pytest.FixtureRequest
):
    found = server.get(PAGE, Accept_Encoding="br, gzip")
    if "nginx" in request.node.name and not BROTLI.is_file():
        assert "gzip" == found.headers["Content-Encoding"]
        return

    assert "br" == found.headers["Content-Encoding"]
    assert (site / PAGE.lstrip("/") / "index.html").read_bytes() == brotli.decompress(found.body)


def test_a_page_that_is_the_same_is_not_sent_again(server: Client):
    first = server.get(PAGE)
    again = server.get(PAGE, If_None_Match=first.headers["Etag" if "Etag" in first.headers else "ETag"])

    assert (304, b"") == (again.status, again.body)


def test_only_what_has_a_hash_in_its_name_is_kept_for_long(server: Client, site: Path):
    hashed = [f"/{path.relative_to(site).as_posix()}" for pattern in (
        "assets/search/*/t/*", "assets/search/*/*.bin", "assets/compare/*.json",
        "assets/stylesheets/main.*.min.css", "assets/javascripts/bundle.*.min.js",
    ) for path in sorted(site.glob(pattern))[:1]]  # fmt: skip

    assert 5 == len(hashed)
    for path in hashed:
        assert "public, max-age=31536000, immutable" == server.get(path).headers["Cache-Control"], path
    for path in ("/assets/search/examples.json", "/assets/site.js", "/sitemap.xml"):
        assert "no-cache" == server.get(path).headers["Cache-Control"], path


def test_a_missing_address_is_answered_404_with_our_page(server: Client, site: Path):
    found = server.get("/kommuner/borta/")

    assert (404, (site / "404.html").read_bytes()) == (found.status, found.body)


def test_a_former_address_is_answered_301(server: Client):
    found = server.get(FORMER)

    assert (301, "/kommuner/sagovik/2016/") == (found.status, found.headers["Location"])


def test_an_address_without_its_slash_leads_to_the_one_with_it(server: Client):
    found = server.get(PAGE.rstrip("/"))

    assert (True, True) == (found.status in (301, 308), found.headers["Location"].endswith(PAGE))


def test_nothing_outside_the_site_is_served(server: Client):
    for path in ("/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd"):
        assert server.get(path).status in (400, 403, 404), path


def test_twins_hold_what_they_are_twins_of_and_are_made_once(tmp_path: Path):
    page, small, packed = (tmp_path / name for name in ("a.html", "b.html", "c.woff2"))
    page.write_bytes(b"<p>Kommun " * 200)
    small.write_bytes(b"<p>")
    packed.write_bytes(b"x" * 2000)
    files = {path.name: Held(path, path.name) for path in (page, small, packed)}

    first = with_twins(files, Store(tmp_path / "kept"))
    assert {*files, "a.html.br", "a.html.gz"} == first.keys()
    assert page.read_bytes() == brotli.decompress(first["a.html.br"].path.read_bytes())
    assert page.read_bytes() == gzip.decompress(first["a.html.gz"].path.read_bytes())

    made = first["a.html.br"].path.stat().st_mtime_ns
    assert first == with_twins(files, Store(tmp_path / "kept"))
    assert made == first["a.html.br"].path.stat().st_mtime_ns
