"""The house as DESIGN draws it: rooms and their doors, who touches the outside, sizes, and words only in locales."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import yaml

PACKAGE = Path(__file__).parent.parent / "generator"
ASSETS = PACKAGE.parent / "docs" / "assets"
LOCALES = PACKAGE / "locales"

DOORS = {
    "text": set(),
    "problems": {"text"},
    "model": set(),
    "progress": set(),
    "load": {"model", "problems", "progress"},
    "checks": {"model", "problems", "addresses", "text"},
    "analysis": {"model"},
    "addresses": {"model", "analysis"},
    "charts": {"model", "analysis", "text"},
    "search": {"model", "analysis", "text"},
    "pages": {"model", "analysis", "addresses", "charts", "text", "progress"},
    "publish": {"progress"},
    "site": {"model", "addresses", "charts", "search", "pages", "publish", "editing", "progress"},
    "editing": {"model", "problems", "text"},
    "arguments": set(),
    "commands": {
        "text", "problems", "model", "load", "checks", "charts", "site", "editing", "publish", "progress", "search",
        "addresses",
    },
    "__main__": {"arguments", "commands", "problems"},
}
"""Room: the rooms it may import."""

READING = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "FileSystemLoader"}
WRITING = {"write_text", "write_bytes", "mkdir", "touch", "unlink", "rmdir", "rename", "symlink_to", "hardlink_to"}
OUTSIDE = {"os", "subprocess", "shutil", "tempfile", "socket", "http", "urllib.request", "multiprocessing", "sys"}
MAY = {
    "load": READING | {"os"},
    "text": READING,
    "pages": READING,
    "site": READING,
    "publish": READING | WRITING | OUTSIDE,
    "arguments": {"os"},
    "commands": READING | {"sys", "print"},
    "__main__": {"os", "sys", "print"},
}
"""What a room may use of the outside; a room that is not named may use nothing."""

LONGEST_FUNCTION = 45
LONGEST_MODULE = 300
NAMES_IN_TEMPLATES = {"SVG", "CSV", "YAML"}
"""Names of formats are the same in every language."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {_dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def room(module: str) -> str:
    return [*module.split("."), ""][1]


def imports(module: str) -> Iterator[str]:
    """Every module of anywhere that this one imports, in functions too."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _source(module, node)
            yield from (f"{source}.{n.name}" if f"{source}.{n.name}" in modules() else source for n in node.names)


def _source(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.split(".") if modules()[module].name == "__init__.py" else module.split(".")[:-1]
    start = package[: len(package) - node.level + 1]
    return ".".join([*start, *([node.module] if node.module else [])])


def functions(module: str) -> list[Function]:
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def every_module() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("module", sorted(modules()))


@every_module()
def test_a_room_imports_only_through_its_doors(module: str):
    own = room(module)
    used = {room(name) for name in imports(module) if name.startswith("generator.")} - {own}

    assert own in {*DOORS, ""}, f"{own} is a new room: say why in decisions/ and give it a row here"
    assert used <= DOORS.get(own, set())


@every_module()
def test_only_the_rooms_that_may_touch_the_outside_do(module: str):
    used = _calls(module) & (READING | WRITING | {"print"})
    used |= {known for name in imports(module) for known in OUTSIDE if name == known or name.startswith(f"{known}.")}

    assert used <= MAY.get(room(module), set())


def _calls(module: str) -> set[str]:
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}


@every_module()
def test_only_a_question_that_says_so_looks_through_the_evaluations_of_the_archive(module: str):
    """What is not said would be thought to rest on its own questions alone, and be kept when it is no longer right.

    What keeps the answers asks nothing.
    """
    looking = [f.name for f in functions(module) if _looks(f) and "gathered" not in map(ast.unparse, f.decorator_list)]

    assert room(module) != "analysis" or module == "generator.analysis.answers" or looking == []


def _looks(function: Function) -> bool:
    return "archive.evaluations" in ast.unparse(function)


@every_module()
def test_a_module_and_its_functions_stay_short(module: str):
    lines = modules()[module].read_text(encoding="utf-8").count("\n")
    long = {f.name: n for f in functions(module) if (n := (f.end_lineno or f.lineno) - f.lineno + 1) > LONGEST_FUNCTION}

    assert lines <= LONGEST_MODULE
    assert not long


def test_half_of_all_functions_are_shorter_than_ten_lines():
    lengths = sorted((f.end_lineno or f.lineno) - f.lineno + 1 for module in modules() for f in functions(module))

    assert lengths[len(lengths) // 2] < 10


def test_modules_do_not_import_in_a_circle():
    graph = {module: {name for name in imports(module) if name in modules()} - {module} for module in modules()}
    while leaves := {module for module, used in graph.items() if not used}:
        graph = {module: used - leaves for module, used in graph.items() if module not in leaves}

    assert graph == {}, "these import each other, or something that does"


def test_no_room_is_called_after_nothing():
    assert not {"utils", "helpers", "manager", "base", "common"} & {part for m in modules() for part in m.split(".")}


# Words ------------------------------------------------------------------------------------------------------------

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SAID = re.compile(r"""\b(?:alt|title|aria-label|placeholder|content)=("[^"]*"|'[^']*')""")
LETTERS = re.compile(r"[^\W\d_]+")


def templates() -> list[Path]:
    return sorted([*PACKAGE.glob("templates/**/*.jinja"), *PACKAGE.glob("theme/**/*.html")])


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_template_holds_no_word_of_a_human_language(path: Path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    bare = CODE.sub("", JINJA.sub("", text))
    attributes = " ".join(SAID.findall(bare))
    outside = re.sub(r"&\w+;", "", TAG.sub(" ", bare))

    assert not re.search("[åäöæøÅÄÖÆØ]", text)
    assert set(LETTERS.findall(f"{outside} {attributes}")) <= NAMES_IN_TEMPLATES


def languages() -> list[str]:
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


@cache
def entries(language: str) -> dict[str, str]:
    """All words of a language, by `<file>.<key>`."""
    found = {}
    for file in sorted((LOCALES / language).glob("*.yml")):
        for key, value in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            found[f"{file.stem}.{key}"] = value
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_every_word_is_text_and_its_plural_is_complete(language: str):
    words = entries(language)
    stems = {key.rsplit(".", 1)[0] for key in words if key.endswith((".one", ".other"))}

    assert {key: value for key, value in words.items() if not isinstance(value, str) or not value} == {}
    assert [stem for stem in sorted(stems) if not {f"{stem}.one", f"{stem}.other"} <= words.keys()] == []


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_keys_and_placeholders_of_the_others(language: str):
    ours, swedish = entries(language), entries("sv")
    files = {key.split(".")[0] for key in ours}
    expected = {key: placeholders(text) for key, text in swedish.items() if key.split(".")[0] in files}

    assert {key: placeholders(text) for key, text in ours.items()} == expected


def strings(module: str) -> Iterator[str]:
    """Every text in the code as a pattern: what an f-string fills in may be any part of a key."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.JoinedStr):
            yield _pattern(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)


def _pattern(node: ast.JoinedStr) -> str:
    parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.-]*" for part in node.values)
    return "".join(parts)


def asked(module: str) -> Iterator[str]:
    """The keys that code asks for by `t(…)`, as patterns."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "attr", getattr(node.func, "id", "")) == "t":
            yield from (_of(argument) for argument in _choices(node.args[0]))


def _choices(node: ast.expr) -> list[ast.expr]:
    return [*_choices(node.body), *_choices(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def _of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return _pattern(node)
    return re.escape(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else r"[\w.-]*"


ASKED_IN_TEMPLATES = re.compile(r"""\bt\(\s*(['"])([\w.-]+)\1(\s*~)?""")


def asked_in_templates() -> Iterator[str]:
    for path in templates():
        for _, key, more in ASKED_IN_TEMPLATES.findall(path.read_text(encoding="utf-8")):
            yield re.escape(key) + (r"[\w.-]*" if more else "")


def test_every_key_that_is_asked_for_exists():
    known = entries("sv")
    wanted = {key for module in modules() for key in asked(module)} | set(asked_in_templates())
    missing = [key for key in sorted(wanted) if not any(re.fullmatch(rf"{key}(\.other)?", name) for name in known)]

    assert missing == []


def test_every_key_is_used():
    """As well as a search can tell: by its whole key, without the file's name, or by a script of the site."""
    wanted = {pattern for module in modules() for pattern in strings(module)} | set(asked_in_templates())
    telling = [pattern for pattern in wanted if re.search(r"\w", pattern.replace(r"[\w.-]*", ""))]
    search = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(telling)))
    unused = [key for key in entries("sv") if not _is_used(re.sub(r"\.(one|other)$", "", key), search, scripts())]

    assert unused == []


def _is_used(key: str, search: re.Pattern[str], names: set[str]) -> bool:
    bare = key.split(".", 1)[1]
    return bool(search.fullmatch(key) or search.fullmatch(bare) or {bare, bare.rsplit(".", 1)[0] + "."} & names)


@cache
def scripts() -> set[str]:
    """Every name in the site's scripts; of a template literal, the part before what it fills in."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.rglob("*.js")))
    return set(re.findall(r"[\w.]+", text)) | set(re.findall(r"\b\w+\b", text))
