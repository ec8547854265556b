"""Real web servers on 127.0.0.1 with the configurations of `deploy/`, and how fast they answer under a short load.

`python -m benchmarks serving SITE` measures nginx and Caddy with wrk; the site is one built with `make site TWINS=1`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
NAME, SITE, FILES = "kommunkompassen.example", "/srv/kommunkompassen/site", "/etc/kommunkompassen"
"""What an administrator fills in, as the configurations have it."""
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MIME = Path("/etc/nginx/mime.types")
PAGES = {"start": "/", "municipality": "/kommuner/enkoping/", "evaluation": "/kommuner/enkoping/2016/",
         "area": "/kommuner/enkoping/2016/1/", "examples": "/exempel/"}  # fmt: skip
"""The five main pages."""
SECONDS, CONNECTIONS = 3, 16
HEAD = ("server and page", "bytes", "sent", "req/s", "99 %")
PATIENCE = 30
PORTS = range(20_000, 30_000)
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
"""What nginx would otherwise keep where only root may write."""


@contextmanager
def nginx(site: Path, files: Path, folder: Path) -> Iterator[int]:
    """nginx with our configuration; the port it listens on."""
    port = free_port()
    own = (DEPLOY / "nginx/kommunkompassen.conf").read_text(encoding="utf-8")
    own = _filled(own, site, files).replace("listen 80", f"listen 127.0.0.1:{port}").replace("mime.types", str(MIME))
    module = ""
    if BROTLI.is_file():
        own, module = own.replace("# brotli_static on", "brotli_static on"), f"load_module {BROTLI};\n"
    kept = "".join(f"{name}_temp_path {folder / name};\n" for name in TEMPORARY)
    user = "" if os.getuid() else "user root;\n"  # its own user may not read where tests lie
    before = f"{module}{user}daemon off;\npid {folder / 'pid'};\nerror_log stderr;\nevents {{}}\n"
    whole = f"{before}http {{\naccess_log off;\n{kept}{own}}}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    with _running(["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")], port, folder):
        yield port


@contextmanager
def caddy(site: Path, files: Path, folder: Path) -> Iterator[int]:
    """Caddy with our configuration; the port it listens on."""
    port = free_port()
    own = (DEPLOY / "caddy/Caddyfile").read_text(encoding="utf-8")
    own = _filled(own, site, files).replace(f"\n{NAME} {{", f"\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1")
    quiet = "{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n"
    (folder / "Caddyfile").write_text(quiet + own, encoding="utf-8")
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with _running(command, port, folder):
        yield port


SERVERS: dict[str, Callable] = {"nginx": nginx, "caddy": caddy}  # type: ignore[type-arg]


def server_files(folder: Path, *arguments: str) -> Path:
    """What `deploy/server-files` writes."""
    subprocess.run(["sh", str(DEPLOY / "server-files"), str(folder), *arguments], env=_environment(), check=True)
    return folder


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHON": sys.executable}


def _filled(configuration: str, site: Path, files: Path) -> str:
    """The configuration with the two folders filled in, which it names."""
    assert {SITE, FILES} <= {name for name in (SITE, FILES) if name in configuration}
    return configuration.replace(SITE, str(site)).replace(FILES, str(files))


def free_port() -> int:
    """A port for a server that has to be told one: not of those that the system hands out, or another might get it."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise AssertionError("No port is free.")


def program(name: str) -> str | None:
    """Where a server lies; Debian keeps nginx where only root looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    """A server for as long as it is needed, from when it answers on."""
    found = program(command[0])
    assert found, f"{command[0]} is missing. On Debian: apt-get install {command[0]}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([found, *command[1:]], stdout=log, stderr=log)
        try:
            _wait(process, port, folder / "log")
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8"))


# The load -----------------------------------------------------------------------------------------------------------


def rows(arguments: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Bytes as they lie and as they are sent, answers a second, and how long the slowest of a hundred takes."""
    site = Path(arguments[0] if arguments else ROOT / "site").resolve()
    missing = [name for name in (*SERVERS, "wrk") if not program(name)]
    if missing or not (site / "index.html").is_file():
        yield f"not measured, missing: {', '.join(missing) or 'a site (make site TWINS=1)'}", "", "", "", ""
        return
    with tempfile.TemporaryDirectory() as made:
        files = server_files(Path(made, "files"))
        for name, server in SERVERS.items():
            folder = Path(made, name)
            folder.mkdir()
            with server(site, files, folder) as port:
                yield from (_row(f"{name} {page}", port, path, site) for page, path in PAGES.items())


def _row(name: str, port: int, path: str, site: Path) -> tuple[str, ...]:
    lies = (site / path.lstrip("/") / "index.html").stat().st_size
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        sent = len(connection.getresponse().read())
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: br, gzip",
               f"http://127.0.0.1:{port}{path}"]  # fmt: skip
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    found = (re.search(pattern, said) for pattern in (r"Requests/sec: +(\S+)", r"99% +(\S+)"))
    return name, str(lies), str(sent), *(one[1] if one else "?" for one in found)
