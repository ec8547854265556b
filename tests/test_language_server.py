"""What an editor's program offers while typing: the real yaml-language-server, driven over its standard input."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SERVER = "yaml-language-server@1.25.0"
HEAD = "# yaml-language-server: $schema=../../schema.json\n"
SOURCES = 'sources:\n  - {title: Rapport, read: 2026-01-01}\n'

pytestmark = pytest.mark.trials


class Server:
    """A language server and the messages to and from it."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ids = count(1)

    def tell(self, method: str, params: dict[str, Any], **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | more).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self.ids)
        self.tell(method, params, id=number)
        return next(told["result"] for told in self.heard() if told.get("id") == number and "method" not in told)

    def heard(self) -> Iterator[dict[str, Any]]:
        """What the server says; what it asks us about is answered with nothing."""
        assert self.process.stdout
        while header := self.process.stdout.readline():
            self.process.stdout.readline()
            told = json.loads(self.process.stdout.read(int(header.split(b":")[1])))
            if "id" in told and "method" in told:
                body = json.dumps({"jsonrpc": "2.0", "id": told["id"], "result": [None]}).encode()
                assert self.process.stdin
                self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                self.process.stdin.flush()
            yield told


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("editor")
    (made / "se" / "tierp").mkdir(parents=True)
    shutil.copy(ROOT / "evaluations" / "schema.json", made)
    return made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("npm")
    subprocess.run(["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", SERVER], check=True)
    made = Server([str(home / "node_modules" / ".bin" / "yaml-language-server"), "--stdio"])
    made.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
    made.tell("initialized", {})
    made.tell("workspace/didChangeConfiguration", {"settings": {"yaml": {"schemaStore": {"enable": False}}}})
    with made.process:
        yield made
        made.process.kill()


def opened(server: Server, folder: Path, name: str, text: str) -> str:
    """The address of a document that the server has been shown."""
    uri = (folder / "se" / "tierp" / f"{name}.yml").as_uri()
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": HEAD + text}
    server.tell("textDocument/didOpen", {"textDocument": document})
    return uri


@pytest.mark.parametrize(("name", "text", "wanted"), [
    ("edition", "edition: ", {'"2010"', '"2015"', '"2020"', "unknown"}),
    ("topics", SOURCES + "highlights: []\nareas:\n  1:\n    strengths:\n      - topics:\n          - ",
     {"medborgardialog", "uppfoljning"}),
    ("role-models", SOURCES + "role_models:\n  - municipality: ", {"enkoping", "ulstein"}),
    ("key", SOURCES + "to", {"total"}),
])
def test_the_editor_offers_what_can_stand_there(
    server: Server, folder: Path, name: str, text: str, wanted: set[str]
):
    uri = opened(server, folder, name, text)
    lines = (HEAD + text).split("\n")
    place = {"line": len(lines) - 1, "character": len(lines[-1])}
    offered = server.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
    labels = {item["label"] for item in offered["items"]}

    assert set() == {each.strip('"') for each in wanted} - {label.strip('"') for label in labels}


def test_the_editor_marks_what_cannot_stand_there(server: Server, folder: Path):
    uri = opened(server, folder, "faults", SOURCES + 'edition: "1815"\ntotal: mycket\n')
    told = next(each["params"] for each in server.heard()
                if each.get("method") == "textDocument/publishDiagnostics" and each["params"]["uri"] == uri)

    assert {3, 4} == {fault["range"]["start"]["line"] for fault in told["diagnostics"]}


def test_every_evaluation_names_the_schema_in_its_first_line():
    files = sorted((ROOT / "evaluations").glob("[a-z][a-z]/*/*.yml"))

    assert [] == [file for file in files if not file.read_text(encoding="utf-8").startswith(HEAD)]
