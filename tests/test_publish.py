"""The room that writes: folders, figures, the builder's shards, the gate, and the swap of finished sites."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

from generator.progress import heard
from generator.publish import (
    Beside,
    Builder,
    BuilderFailed,
    Docs,
    Drawings,
    Filling,
    Folder,
    Held,
    Store,
    Workers,
    alone,
    digest,
    earlier,
    finish,
    hand_written,
    lay,
    lead,
    make_equal,
    once,
    open_release,
    publish,
    replaceable,
    seal,
    verify,
)
from generator.publish.figures import images, inlined
from generator.publish.slots import emptied, filled

OLD = 1_000_000_000
"""A moment (2001) that no file written by a test has by itself."""
MANY = [f"figur {n}" for n in range(9)]
"""So many figures that processes draw them."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def make_old(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (OLD, OLD))


def written(folder: Path) -> set[str]:
    """The files that were written since the folder was made old."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime != OLD)
    return {path.relative_to(folder).as_posix() for path in files}


# A folder made equal to a mapping -----------------------------------------------------------------------------------


def test_texts_bytes_and_files_come_to_lie_in_the_folder(tmp_path: Path):
    source = write(tmp_path, {"bild.svg": "<svg/>"}) / "bild.svg"

    count = make_equal(tmp_path / "ut", {"å/a.md": "ö\n", "b.bin": b"\0\xff", "c/d/bild.svg": source})

    assert 3 == count
    assert {"å/a.md": "ö\n".encode(), "b.bin": b"\0\xff", "c/d/bild.svg": b"<svg/>"} == contents(tmp_path / "ut")


def test_a_second_run_writes_nothing(tmp_path: Path):
    wanted = {"a.md": "a", "b/c.md": b"c"}
    make_equal(tmp_path, wanted)
    make_old(tmp_path)

    assert 0 == make_equal(tmp_path, wanted)
    assert set() == written(tmp_path)


def test_only_what_differs_is_written(tmp_path: Path):
    make_equal(tmp_path, {"a.md": "a", "b.md": "b"})
    make_old(tmp_path)

    assert 2 == make_equal(tmp_path, {"a.md": "a", "b.md": "ny", "c.md": "c"})
    assert {"b.md", "c.md"} == written(tmp_path)


def test_what_is_not_wanted_is_removed_with_its_folders(tmp_path: Path):
    kept = write(tmp_path / "annat", {"fil": "kvar"})
    folder = write(tmp_path / "ut", {"a.md": "a", "b/c/d.md": "d", "b/e.md": "e"})
    (folder / "tom").mkdir()
    (folder / "link").symlink_to(kept, target_is_directory=True)

    make_equal(folder, {"a.md": "a", "b/e.md": "e"})

    assert ["a.md", "b", "b/e.md"] == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    assert {"fil": b"kvar"} == contents(kept)


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path):
    make_equal(tmp_path, {"a": "fil", "b/c": "i mapp"})

    make_equal(tmp_path, {"a/d": "i mapp", "b": "fil"})

    assert {"a/d": b"i mapp", "b": b"fil"} == contents(tmp_path)


def test_hand_written_files_are_found_and_links_are_not_followed(tmp_path: Path):
    folder = write(tmp_path / "docs", {"om/index.md": "# Om", "assets/a.css": ""})
    (folder / "hemlig").symlink_to(write(tmp_path / "annat", {"fil": ""}) / "fil")

    assert {"assets/a.css": folder / "assets/a.css", "om/index.md": folder / "om/index.md"} == hand_written(folder)


def test_what_a_folder_holds_is_known_by_digest_in_the_next_process_too(tmp_path: Path):
    first = Folder(tmp_path / "ut", tmp_path / "index")
    first.make_equal({"a.md": "a", "b.md": "b", "c.md": "a"})

    again = Folder(tmp_path / "ut", tmp_path / "index")

    assert first.digests == again.digests
    assert first.digests["a.md"] == first.digests["c.md"] != first.digests["b.md"]
    assert 0 == again.make_equal({"a.md": "a", "b.md": "b", "c.md": "a"})


def test_what_changed_behind_the_back_of_a_folder_is_set_right_by_the_next_process(tmp_path: Path):
    wanted = {"a.md": "a", "b.md": "b", "c.md": "c"}
    Folder(tmp_path / "ut", tmp_path / "index").make_equal(wanted)

    write(tmp_path / "ut", {"a.md": "x", "d.md": "ny"})
    (tmp_path / "ut" / "b.md").unlink()
    Folder(tmp_path / "ut", tmp_path / "index").make_equal(wanted)

    assert {"a.md": b"a", "b.md": b"b", "c.md": b"c"} == contents(tmp_path / "ut")


def test_what_another_process_made_of_a_folder_meanwhile_is_set_right(tmp_path: Path):
    wanted = {"a.md": "a", "b/c.md": "c"}
    folder = Folder(tmp_path / "ut", tmp_path / "index")
    folder.make_equal(wanted)

    Folder(tmp_path / "ut", tmp_path / "index").make_equal({"a.md": "x", "d.md": "ny"})

    assert 2 == folder.make_equal(wanted)
    assert {"a.md": b"a", "b/c.md": b"c"} == contents(tmp_path / "ut")


def test_the_same_folder_is_made_equal_again_and_again(tmp_path: Path):
    source = write(tmp_path, {"bild.svg": "ett"}) / "bild.svg"
    folder = Folder(tmp_path / "ut", tmp_path / "index")
    folder.make_equal({"a.md": "a", "b/c/d.md": "d", "b/e.md": "e", "bild.svg": source})
    source.write_text("två", encoding="utf-8")

    assert 2 == folder.make_equal({"a.md": "ny", "b/e.md": "e", "bild.svg": source})

    assert {"a.md": b"ny", "b/e.md": b"e", "bild.svg": "två".encode()} == contents(tmp_path / "ut")
    assert not (tmp_path / "ut" / "b" / "c").exists()


@pytest.mark.parametrize("index", ["", "skräp", '1 00\n{"a.md": [1, 1, "x"]}'])
def test_a_damaged_index_of_a_folder_is_ignored(tmp_path: Path, index: str):
    Folder(tmp_path / "ut", tmp_path / "index").make_equal({"a.md": "a"})
    (tmp_path / "index").write_text(index, encoding="utf-8")

    again = Folder(tmp_path / "ut", tmp_path / "index")

    assert {} == again.digests
    assert 0 == again.make_equal({"a.md": "a"})


def test_a_folder_is_filled_file_by_file_and_holds_what_was_put_or_kept(tmp_path: Path):
    Folder(tmp_path / "ut", tmp_path / "index").make_equal({"a.md": "a", "b/c.md": "c", "d/e.md": "e"})
    make_old(tmp_path / "ut")

    folder = Folder(tmp_path / "ut", tmp_path / "index")
    filling = Filling(folder)

    assert digest(b"ny") == filling.put("f/g.md", "ny")
    assert "ny" == (tmp_path / "ut" / "f" / "g.md").read_text(), "written as it is made"
    assert filling.keep("b/c.md", digest(b"c"))
    assert digest(b"a") == filling.put("a.md", b"a")
    assert 1 == filling.finish()
    assert {"a.md": b"a", "b/c.md": b"c", "f/g.md": b"ny"} == contents(tmp_path / "ut")
    assert {"f/g.md"} == written(tmp_path / "ut")
    assert folder.digests == Folder(tmp_path / "ut", tmp_path / "index").digests


@pytest.mark.parametrize("damage", ["", "x", "b", None])
def test_a_file_that_is_no_longer_as_noted_is_not_kept(tmp_path: Path, damage: str | None):
    Folder(tmp_path / "ut", tmp_path / "index").make_equal({"a.md": "a"})
    make_old(tmp_path / "ut")
    (tmp_path / "ut" / "a.md").unlink() if damage is None else write(tmp_path / "ut", {"a.md": damage})

    filling = Filling(Folder(tmp_path / "ut", tmp_path / "index"))

    assert not filling.keep("a.md", digest(b"a"))
    filling.put("a.md", "a")
    assert filling.keep("a.md", digest(b"a"))
    assert 1 == filling.finish()
    assert {"a.md": b"a"} == contents(tmp_path / "ut")


def test_a_file_that_only_changed_its_time_is_kept(tmp_path: Path):
    Folder(tmp_path / "ut", tmp_path / "index").make_equal({"a.md": "a"})
    make_old(tmp_path / "ut")

    assert Filling(Folder(tmp_path / "ut", tmp_path / "index")).keep("a.md", digest(b"a"))


def test_a_filling_that_was_never_finished_removes_nothing_and_the_next_sets_it_right(tmp_path: Path):
    folder = Folder(tmp_path / "ut", tmp_path / "index")
    folder.make_equal({"a.md": "a", "b.md": "b"})

    Filling(folder).put("b.md/c.md", "c")
    assert {"a.md": b"a", "b.md/c.md": b"c"} == contents(tmp_path / "ut")
    filling = Filling(folder)

    assert not filling.keep("b.md", digest(b"b"))
    filling.put("b.md", "b")
    assert 1 == filling.finish()
    assert {"b.md": b"b"} == contents(tmp_path / "ut")


def test_files_are_laid_out_under_another_name_without_being_copied(tmp_path: Path):
    source = write(tmp_path, {"en": "1"}) / "en"

    lay(tmp_path / "ut", {"a/b/c": Held(source, ""), "a/d": Held(source, "")})

    assert {"a/b/c": b"1", "a/d": b"1"} == contents(tmp_path / "ut")
    assert 3 == source.stat().st_nlink


def test_what_a_folder_holds_already_stays_and_nothing_in_it_is_written_to(tmp_path: Path):
    kept = {name: Held(write(tmp_path / "kept", {name: name}) / name, "") for name in ("a", "b", "c", "d")}
    folder, elsewhere = tmp_path / "ut", tmp_path / "annat"
    lay(folder, {"a": kept["a"], "b/c": kept["b"], "d": kept["c"], "e/f/g": kept["d"]})
    write(folder, {"tom/egen": "egen"})
    (folder / "tom" / "egen").rename(folder / "egen")
    (folder / "link").symlink_to("a")
    os.link(folder / "egen", elsewhere)

    lay(folder, {"a": kept["a"], "b": kept["c"], "d/e": kept["b"], "e/f/h": kept["d"], "egen": kept["a"]})

    assert {"a": b"a", "b": b"c", "d/e": b"b", "e/f/h": b"d", "egen": b"a"} == contents(folder)
    assert {"b", "d", "e", "a", "egen", "d/e", "e/f", "e/f/h"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*")
    }
    assert ("egen", ["a", "b", "c", "d"]) == (elsewhere.read_text(), [one.path.read_text() for one in kept.values()])


# What is kept -------------------------------------------------------------------------------------------------------


def test_what_was_kept_is_found_in_the_next_process(tmp_path: Path):
    store = Store(tmp_path)
    store.put("nyckel", b"text", ("not",))
    store.save()

    again = Store(tmp_path)
    found = again.find("nyckel")

    assert found and b"text" == found.path.read_bytes()
    assert ("not",) == again.notes("nyckel")
    assert again.find("annan") is None


@pytest.mark.parametrize("damage", ["", "x", "texT", "text och mer"])
def test_a_damaged_content_is_not_found(tmp_path: Path, damage: str):
    store = Store(tmp_path)
    store.put("nyckel", b"text")
    store.save()
    make_old(tmp_path)

    (tmp_path / "nyckel").write_text(damage, encoding="utf-8")

    assert Store(tmp_path).find("nyckel") is None


def test_a_content_that_only_changed_its_time_is_found(tmp_path: Path):
    store = Store(tmp_path)
    store.put("nyckel", b"text")
    store.save()

    make_old(tmp_path)

    assert Store(tmp_path).find("nyckel")


@pytest.mark.parametrize("index", ["", "skräp", '9 aa\n{"nyckel": [4, 1, "x", []]}', None])
def test_a_store_with_a_damaged_or_foreign_index_is_empty(tmp_path: Path, index: str | None):
    store = Store(tmp_path)
    store.put("nyckel", b"text")
    store.save()

    (tmp_path / "index.json").unlink() if index is None else write(tmp_path, {"index.json": index})

    assert Store(tmp_path).find("nyckel") is None


def test_what_nobody_asks_for_any_more_is_forgotten_after_two_rounds(tmp_path: Path):
    store = Store(tmp_path)
    store.put("gammal", b"1")
    write(tmp_path, {"främmande": "x"})
    left = []
    for n in range(3):
        store.put(f"ny {n}", b"2")
        store.save()
        left.append({path.name for path in tmp_path.iterdir()} - {"index.json"})

    assert [{"gammal", "ny 0"}, {"gammal", "ny 0", "ny 1"}, {"ny 1", "ny 2"}] == left


# Figures ------------------------------------------------------------------------------------------------------------


def drawn(specs: list[str], draw: Callable[[str], str], store: Store, version: str) -> dict[str, str]:
    """SVG by specification."""
    drawings = Drawings(store, draw, version)
    names = {spec: drawings.ask(spec) for spec in specs}
    drawings.draw()
    return {spec: drawings.held(name).path.read_text(encoding="utf-8") for spec, name in names.items()}


def test_a_figure_is_drawn_once_however_often_it_is_wanted(tmp_path: Path):
    asked: list[str] = []

    def draw(spec: str) -> str:
        asked.append(spec)
        return f"<svg>{spec}</svg>"

    store = Store(tmp_path)
    first = drawn(["b", "a", "b"], draw, store, "1")
    store.save()
    second = drawn(["a", "b"], draw, Store(tmp_path), "1")

    assert {"a": "<svg>a</svg>", "b": "<svg>b</svg>"} == first == second
    assert ["a", "b"] == sorted(asked)


def test_a_figure_is_drawn_anew_when_the_way_of_drawing_has_changed(tmp_path: Path):
    store = Store(tmp_path)
    drawn(["a"], str.lower, store, "1")

    assert {"a": "A"} == drawn(["a"], str.upper, store, "2")
    assert {"a": "a"} == drawn(["a"], str.upper, store, "1")


def test_a_drawing_is_had_again_by_its_name_as_long_as_it_is_there(tmp_path: Path):
    store = Store(tmp_path)
    drawings = Drawings(store, str.upper, "1")
    name = drawings.ask("a")
    assert drawings.has(name) and not Drawings(store, str.upper, "1").has(name)
    drawings.draw()
    held = drawings.held(name)

    assert Drawings(store, str.upper, "1").has(name)
    held.path.write_text("annat", encoding="utf-8")
    assert not Drawings(Store(tmp_path), str.upper, "1").has(name)


def test_many_figures_are_drawn_by_processes_with_the_same_result(tmp_path: Path):
    store = Store(tmp_path)
    assert {spec: spec.upper() for spec in MANY} == drawn(MANY, str.upper, store, "1")
    assert {spec: spec.upper() for spec in MANY} == drawn(MANY, str.lower, store, "1")


def test_a_drawing_that_fails_leaves_nothing_half_behind(tmp_path: Path):
    with pytest.raises(ZeroDivisionError):
        drawn(["a", "b"], lambda spec: spec if spec == "a" else str(1 / 0), Store(tmp_path), "1")

    store = Store(tmp_path)
    assert {"a": "A", "b": "B"} == drawn(["a", "b"], str.upper, store, "1")
    assert "A" == once(store, "namn", lambda: "A") == once(store, "namn", lambda: "B")


def svg(folder: Path, text: str) -> Held:
    """A drawing that is kept."""
    path = folder / "bild.svg"
    path.write_text(text, encoding="utf-8")
    return Held(path, digest(text.encode()))


def test_every_figure_is_put_inline_and_other_pictures_stay(tmp_path: Path):
    pages = {
        "kommuner/x/index.html": '<img class="k-wide" src="profil.svg" alt="a &lt; b"><img src="profil.svg" alt="">',
        "index.html": '<img class="k-narrow" src="kommuner/x/profil.svg" alt="a"/>',
        "kommuner/x/2016/index.html": '<img class="k-wide" src="../profil.svg" alt="a" />',
        "utan/index.html": "<p>text</p>",
    }
    drawings = {"kommuner/x/profil.svg": svg(tmp_path, '<svg viewBox="0 0 1 1"><g/></svg>')}
    wide = '<svg class="k-wide" focusable="false" viewBox="0 0 1 1"><g/></svg>'

    assert {
        "kommuner/x/index.html": wide + '<img src="profil.svg" alt="">',
        "index.html": wide.replace("wide", "narrow"),
        "kommuner/x/2016/index.html": wide,
        "utan/index.html": "<p>text</p>",
    } == {path: inlined(text, path, drawings) for path, text in pages.items()}
    assert [1, 1, 1, 0] == [len(images(text, path)) for path, text in pages.items()]


# Slots --------------------------------------------------------------------------------------------------------------

BLOCKS = """---
title: "Sida"
---

# Sida {#k-top}

<p class="k-lead">Ingress.</p>

<div><ul><li>ett</li></ul>
<p>två</p></div>
<p>tre</p>

## Rubrik {#del-a}

- Punkt

<div>

## I ett block {#del-b}

<p>fyra</p>


</div>

<figure><h3>Fynd</h3></figure>

Text.

<p>För sig</p>
"""
ODD = {
    "text med html": "<p>a</p>\n\nText med <p>html</p>.\n",
    "ett block som aldrig tar slut": "<p>a</p>\n\n<div>\n\n<p>b</p>\n",
    "text efter ett block": "<p>a</p> efter\n\n<p>b</p>\n",
    "ett block som börjar senare": "<p>a</p>\n\nText.\n\n\n<p>b</p>\n",
    "kod": "```\n\n<p>a</p>\n\n```\n",
    "tabbar": "<div>a\tb</div>\n",
    "rader av blanksteg": "<div>\n  \n</div>\n",
    "namn på luckor": "slot-0\n\n<p>a</p>\n",
}
"""Pages where a slot might not come out as a block does."""


def test_blocks_of_html_leave_a_slot_where_they_stand_together_and_nothing_else_does():
    text, blocks = emptied(BLOCKS)

    assert [
        '<p class="k-lead">Ingress.</p>\n\n<div><ul><li>ett</li></ul>\n<p>två</p></div>\n<p>tre</p>\n',
        "<div>\n\n## I ett block {#del-b}\n\n<p>fyra</p>\n\n\n</div>\n\n<figure><h3>Fynd</h3></figure>\n",
        "<p>För sig</p>",
    ] == blocks
    head = '---\ntitle: "Sida"\n---\n\n# Sida {#k-top}\n\n'
    assert f"{head}slot-0\n\n## Rubrik {{#del-a}}\n\n- Punkt\n\nslot-1\n\nText.\n\nslot-2\n" == text
    assert "<p>Text.</p>\n<p>För sig</p>" == filled("<p>Text.</p>\n<p>slot-0</p>", blocks[2:])


@pytest.mark.parametrize("page", ODD.values(), ids=ODD.keys())
def test_an_odd_page_keeps_its_blocks(page: str):
    assert (page, []) == emptied(page)


def test_a_slot_that_is_lost_is_told():
    with pytest.raises(ValueError, match="slot"):
        filled("<p>text</p>", ["<p>block</p>"])


# The builder --------------------------------------------------------------------------------------------------------

SHARED = ["index.md", "assets/a.txt", "bild.png"]
OWN = [f"kommuner/{n}/index.md" for n in range(85)]
"""So many pages that three processes are worth it."""
THEME = '<html lang="sv"><title>{{ page.title }}</title><h1>{{ page.title }}</h1>{{ page.content }}'
SETTINGS = """
site_name: Påhittad
site_url: https://pahittad.example/
theme: {name: null, custom_dir: generator/theme}
plugins: []
nav: [{Start: index.md}, {Lista: kommuner/0/index.md}]
not_in_nav: "*"
"""


DEAD = "# Sida\n\n[bort](finns-inte.md)\n"
IMAGE = '<img class="k-wide" src="profil.svg" alt="a">'


def project(folder: Path, pages: dict[str, str] | None = None, theme: str = THEME) -> None:
    """A small project; `pages` replaces the text of some pages."""
    text = "# Sida {}\n\n<p>Ett block.</p>\n\nText med [en länk](../../index.md).\n"
    texts = {path: text.format(path) for path in OWN}
    start = {"index.md": "# Start\n\n![En bild](bild.png)\n", "assets/a.txt": "a", "bild.png": "bild"}
    write(folder / "docs", {**start, **texts, **(pages or {})})
    write(folder, {"mkdocs.yml": SETTINGS, "generator/theme/main.html": theme})


class Built:
    """Hears how many pages are built, after each shard, and sees how many shards there are then."""

    def __init__(self, work: Path) -> None:
        self.counts: list[int] = []
        self.shards: list[int] = []
        self._work, self._stage = work, ""

    def began(self, stage: str, of: int) -> None:
        self._stage = stage

    def came(self, done: int) -> None:
        if self._stage == "built":
            self.counts.append(done)
            self.shards.append(len(list(self._work.glob("shard-*"))))

    def ended(self) -> None:
        self._stage = ""


def build(
    folder: Path, jobs: int, kept: str = "", drawing: str = "<svg ></svg>", builder: str = "mkdocs"
) -> tuple[dict[str, bytes], list[int]]:
    """The files of the site, and how many pages were built, shard by shard; `kept` names what is used again."""
    docs = Folder(folder / "docs")
    docs.make_equal(hand_written(folder / "docs"))
    drawings = {"kommuner/7/profil.svg": svg(folder, drawing)}
    whole = Docs(docs.path, docs.digests, frozenset(OWN), ("index.md", OWN[0]), drawings)
    workers, store = Workers(builder, jobs), Store(folder / (kept or f"kept-{jobs}-{len(list(folder.iterdir()))}"))
    built = Built(folder / "work")
    try:
        with heard(built):
            made = Builder(workers, folder / "mkdocs.yml", store, folder / "work").site(whole)
    finally:
        workers.close()
    assert max(built.shards, default=0) <= jobs, "no more lie there than processes can build, and the one just built"
    return {path: held.path.read_bytes() for path, held in made.items()}, built.counts


@pytest.fixture
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(OLD))


@pytest.mark.usefixtures("epoch")
def test_one_shard_and_several_give_the_same_bytes_as_a_build_of_the_whole(tmp_path: Path):
    by_hand = {"om/index.md": "# Om\n\n<p>Ett block.</p>\n"}
    project(tmp_path, {OWN[3]: BLOCKS, **dict(zip(OWN[4:], ODD.values(), strict=False)), **by_hand})
    whole = "docs_dir: docs\nsite_dir: whole\n"
    write(tmp_path, {"whole.yml": SETTINGS + whole})
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", tmp_path / "whole.yml"]
    subprocess.run(command, check=True, capture_output=True)

    (one, first), (many, told) = (build(tmp_path, jobs) for jobs in (1, 3))

    plain = {path: text for path, text in contents(tmp_path / "whole").items() if not path.startswith("sitemap")}
    assert plain == one == many
    assert (1, 3) == (len(first), len(told))
    assert {"index.html", "assets/a.txt", *(page.replace(".md", ".html") for page in OWN)} <= one.keys()
    assert [] == list((tmp_path / "work").iterdir())


def test_of_many_shards_only_a_few_lie_there_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project(tmp_path)
    one, _ = build(tmp_path, 1)
    monkeypatch.setattr("generator.publish.builder.MANY", 10)

    many, told = build(tmp_path, 2)

    assert one == many
    assert (10, len(OWN) + 1) == (len(told), told[-1])


def test_a_dead_link_between_pages_makes_the_builder_fail_with_what_it_said(tmp_path: Path):
    project(tmp_path, {OWN[7]: DEAD})

    with pytest.raises(BuilderFailed, match=r"kommuner/7/index\.md.*finns-inte\.md"):
        build(tmp_path, jobs=2)

    assert [] == list((tmp_path / "work").iterdir())


def test_a_broken_template_makes_the_builder_fail_with_what_it_said(tmp_path: Path):
    project(tmp_path, theme="{% if %}")

    with pytest.raises(BuilderFailed, match="Expected an expression"):
        build(tmp_path, jobs=1)


def test_a_run_after_a_failed_one_needs_no_help(tmp_path: Path):
    project(tmp_path, {OWN[7]: DEAD})
    for _ in range(2):
        with pytest.raises(BuilderFailed):
            build(tmp_path, 2, "kept")

    project(tmp_path)

    assert "kommuner/7/index.html" in build(tmp_path, 2, "kept")[0]


@pytest.mark.usefixtures("epoch")
def test_only_changed_pages_are_built_again_and_the_site_is_the_same(tmp_path: Path):
    project(tmp_path)
    build(tmp_path, 2, "kept")

    project(tmp_path, {OWN[7]: "# Ändrad\n"})

    changed, told = build(tmp_path, 2, "kept")
    assert [1] == told
    assert build(tmp_path, 2)[0] == changed
    assert (changed, []) == build(tmp_path, 2, "kept")


@pytest.mark.parametrize("changed", ["mkdocs.yml", "generator/theme/main.html"])
def test_every_page_is_built_again_when_its_surroundings_have_changed(tmp_path: Path, changed: str):
    project(tmp_path)
    build(tmp_path, 2, "kept")

    write(tmp_path, {changed: (tmp_path / changed).read_text(encoding="utf-8") + "\n"})

    assert len(OWN) + 1 == build(tmp_path, 2, "kept")[1][-1]
    assert len(OWN) + 1 == build(tmp_path, 2, "kept", builder="properdocs")[1][-1]


def test_pages_by_hand_are_built_again_together_and_no_others(tmp_path: Path):
    project(tmp_path)
    build(tmp_path, 2, "kept")

    project(tmp_path, {"bild.png": "ny"})

    assert [1] == build(tmp_path, 2, "kept")[1]


def test_a_figure_is_inline_in_its_page_and_anew_when_only_the_drawing_is_another(tmp_path: Path):
    project(tmp_path, {OWN[7]: f"# Sida\n\n<p>{IMAGE}</p>\n"})

    pages = [build(tmp_path, 2, "kept", svg)[0]["kommuner/7/index.html"] for svg in ("<svg a>", "<svg b>")]

    assert all(IMAGE.encode() not in page for page in pages)
    assert [b"a>", b"b>"] == [page.partition(b'focusable="false" ')[2][:2] for page in pages]


# Finished sites -----------------------------------------------------------------------------------------------------


def built(folder: Path, text: str, releases: str = "releases") -> Path:
    """Build and swap in a site of one page."""
    with open_release(folder / releases) as draft:
        return finish(sealed(draft, {"index.html": text}), folder / releases, folder / "site")


def sealed(folder: Path, files: dict[str, str]) -> Path:
    """A folder with files and their manifest."""
    seal(write(folder, files), {path: Held(folder / path, digest(text.encode())) for path, text in files.items()})
    return folder


def shown(folder: Path) -> dict[str, bytes]:
    """What a finished site holds besides its manifest."""
    return {path: content for path, content in contents(folder).items() if path != "manifest.json"}


def interrupted(folder: Path) -> None:
    with open_release(folder / "releases") as draft:
        write(draft, {"index.html": "halv"})
        raise KeyboardInterrupt


def test_the_link_leads_to_the_new_site_and_readers_of_the_old_one_can_finish(tmp_path: Path):
    old = built(tmp_path, "gammal")

    new = built(tmp_path, "ny")

    assert (tmp_path / "site").is_symlink() and (tmp_path / "site").resolve() == new
    assert {"index.html": b"ny"} == shown(tmp_path / "site")
    assert {"index.html": b"gammal"} == shown(old)
    assert {old.name, new.name} == {path.name for path in (tmp_path / "releases").iterdir()}


def test_the_same_content_is_the_same_release(tmp_path: Path):
    first, other, again = built(tmp_path, "en"), built(tmp_path, "två"), built(tmp_path, "en")

    assert first == again != other
    assert {"index.html": b"en"} == shown(tmp_path / "site")
    assert 2 == len(list((tmp_path / "releases").iterdir()))


def laid(folder: Path, text: str, gone: str = "") -> Path:
    """Publish a site of kept files, of which one is gone in spite of all."""
    names = {"om/a.html": text, "b.css": "b"}
    write(folder / "kept", {name: name for name in names.values() if not (folder / "kept" / name).exists()})
    kept = {path: Held(folder / "kept" / name, digest(name.encode())) for path, name in names.items()}
    (folder / "kept" / gone).unlink() if gone else None
    return publish(kept, folder / "releases", folder / "site")


def test_a_site_is_laid_over_the_oldest_one_and_the_others_stay_as_they_are(tmp_path: Path):
    texts = [f"nummer {n}" for n in range(6)]
    made = [laid(tmp_path, text) for text in texts]

    kept = [{"om/a.html": text.encode(), "b.css": b"b"} for text in texts[3:]]
    assert kept == [shown(release) for release in made[3:]]
    assert set(made[3:]) == set((tmp_path / "releases").iterdir())
    assert [[], [], []] == [verify(release) for release in made[3:]]
    assert made[5] == (tmp_path / "site").resolve()
    assert {text: text.encode() for text in [*texts, "b"]} == contents(tmp_path / "kept")


def test_a_site_that_is_there_already_is_shown_as_it_is(tmp_path: Path):
    made = [laid(tmp_path, text) for text in ("en", "två", "tre")]
    make_old(tmp_path / "releases")

    assert made[1] == laid(tmp_path, "två") == (tmp_path / "site").resolve()

    assert set(made) == set((tmp_path / "releases").iterdir())
    assert set() == written(tmp_path / "releases")
    assert [made[2], made[0]] == sorted(earlier(tmp_path / "releases", tmp_path / "site"), key=made.index, reverse=True)


@pytest.mark.parametrize("change", ["replaced", "added", "removed", "manifest"])
def test_a_site_that_is_no_longer_as_it_was_laid_is_laid_anew(tmp_path: Path, change: str):
    changed = laid(tmp_path, "en")
    if change in ("replaced", "removed"):
        (changed / "b.css").unlink()
    name = {"replaced": "b.css", "added": "c.css", "manifest": "manifest.json"}.get(change)
    write(changed, {name: "annat"} if name else {})

    again = laid(tmp_path, "en")

    assert again != changed
    assert {"om/a.html": b"en", "b.css": b"b"} == shown(tmp_path / "site")


def test_a_site_that_cannot_be_laid_out_leaves_the_old_one_also_where_that_is_the_oldest(tmp_path: Path):
    made = [laid(tmp_path, text) for text in ("en", "två", "tre")]
    lead(tmp_path / "site", made[0])

    with pytest.raises(FileNotFoundError):
        laid(tmp_path, "fyra", gone="fyra")

    assert {"om/a.html": b"en", "b.css": b"b"} == shown(tmp_path / "site")
    assert set(made) >= set((tmp_path / "releases").iterdir())
    laid(tmp_path, "fyra")
    assert {"om/a.html": b"fyra", "b.css": b"b"} == shown(tmp_path / "site")


def test_another_name_of_a_file_is_another_release(tmp_path: Path):
    names = []
    for path in ("a/b", "b/a"):
        with open_release(tmp_path / "releases") as draft:
            names.append(finish(sealed(draft, {path: "text"}), tmp_path / "releases", tmp_path / "site").name)

    assert 2 == len(set(names))


def test_three_releases_are_kept_the_newest(tmp_path: Path):
    made = [built(tmp_path, f"nummer {n}") for n in range(5)]

    assert set(made[2:]) == set((tmp_path / "releases").iterdir())


def test_the_newest_release_is_the_one_made_last_also_where_the_clock_went_backwards(tmp_path: Path):
    made = [built(tmp_path, f"nummer {n}") for n in range(3)]
    os.utime(made[1], (OLD * 4, OLD * 4))

    made.append(built(tmp_path, "nummer 3"))

    assert [made[1], made[2]] == earlier(tmp_path / "releases", tmp_path / "site")
    assert made[3] == (tmp_path / "site").resolve()


def test_the_site_goes_back_one_release_after_the_other_and_forward_by_publishing(tmp_path: Path):
    made = [built(tmp_path, f"nummer {n}") for n in range(3)]
    releases, site = tmp_path / "releases", tmp_path / "site"

    for expected in reversed(made[:2]):
        lead(site, earlier(releases, site)[0])
        assert expected == site.resolve()

    assert [] == earlier(releases, site)
    assert made[2] == built(tmp_path, "nummer 2") == site.resolve()
    assert [made[1], made[0]] == earlier(releases, site)


def test_a_release_that_was_changed_by_hand_is_not_taken_for_the_new_one(tmp_path: Path):
    changed = built(tmp_path, "text")
    write(changed, {"index.html": "text av annan"})

    again = built(tmp_path, "text")

    assert {"index.html": b"text"} == shown(tmp_path / "site")
    assert again != changed
    assert again == built(tmp_path, "text")


def test_a_folder_in_the_place_of_the_link_is_left_alone(tmp_path: Path):
    write(tmp_path / "site", {"min.txt": "egen"})

    with pytest.raises(FileExistsError, match="site"):
        built(tmp_path, "ny")

    assert {"min.txt": b"egen"} == contents(tmp_path / "site")
    assert [] == list((tmp_path / "releases").iterdir())


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path):
    (tmp_path / "site").symlink_to("borta")

    built(tmp_path, "ny")

    assert {"index.html": b"ny"} == shown(tmp_path / "site")


def test_whatever_fails_before_the_swap_leaves_the_old_site_and_no_draft(tmp_path: Path):
    old = built(tmp_path, "gammal")

    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)

    assert {"index.html": b"gammal"} == shown(tmp_path / "site")
    assert [old] == list((tmp_path / "releases").iterdir())


def test_a_draft_that_a_killed_run_left_is_no_part_of_the_next(tmp_path: Path):
    for name in (f"draft-{os.getpid()}", "draft-1", "draft-0123456789ab"):
        write(tmp_path / "releases" / name, {"gammalt.html": "halv"})
    (tmp_path / ".site.new").symlink_to("releases/draft-1")

    new = built(tmp_path, "ny")

    assert {"index.html": b"ny"} == shown(tmp_path / "site")
    assert {new} == set((tmp_path / "releases").iterdir())
    assert ["releases", "site"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(("there", "may"), [
    (None, True), ("fil", False), ("mapp", False), ("link to a release", True), ("link to nowhere", True),
    ("link to /", False), ("link to a folder", False),
])  # fmt: skip
def test_only_a_link_to_a_finished_site_or_to_nowhere_is_replaced(tmp_path: Path, there: str | None, may: bool):
    site, old = tmp_path / "site", built(tmp_path / "annan", "gammal")
    targets = {"link to a release": old, "link to nowhere": "borta", "link to /": "/", "link to a folder": tmp_path}
    if there == "fil":
        site.touch()
    elif there == "mapp":
        site.mkdir()
    elif there:
        site.symlink_to(targets[there])

    assert may == replaceable(site)
    assert not replaceable(Path("/"))


def test_who_comes_second_is_told_and_waits_until_the_first_is_gone(tmp_path: Path):
    told, order = threading.Event(), list[str]()

    def second() -> None:
        with alone(tmp_path / "arbete", told.set):
            order.append("second")

    with alone(tmp_path / "arbete", told.set):
        assert not told.is_set()
        other = threading.Thread(target=second)
        other.start()
        assert told.wait(60)
        order.append("first")
    other.join(60)

    assert ["first", "second"] == order
    assert [] == list((tmp_path / "arbete").iterdir())


HOLDING = """
import sys, time
from pathlib import Path
from generator.publish import alone
with alone(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_run_that_is_killed_keeps_nobody_waiting(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path)], stdout=subprocess.PIPE) as holding:
        assert holding.stdout and b"held\n" == holding.stdout.readline()
        holding.send_signal(signal.SIGKILL)
        holding.wait()
    told: list[bool] = []

    with alone(tmp_path, lambda: told.append(True)):
        assert [] == told


# Work beside --------------------------------------------------------------------------------------------------------


def listed() -> Callable[[int], list[int]]:
    """What a process beside makes ready."""
    return lambda number: list(range(number))


def failing() -> Callable[[str], int]:
    return int


def ending() -> Callable[[int], NoReturn]:
    return os._exit


def measuring() -> Callable[[bytes], int]:
    return len


def sleeping() -> Callable[[int], None]:
    return time.sleep


def test_work_beside_gives_what_it_gives_here():
    with closing(Beside(listed)) as beside:
        assert [0, 1, 2] == beside.do(3)()


def test_work_beside_that_fails_fails_where_it_is_waited_for():
    with closing(Beside(failing)) as beside:
        waited = beside.do("tre")

        with pytest.raises(ValueError, match="tre"):
            waited()


def test_a_process_beside_that_is_ended_is_not_waited_for_in_vain():
    with closing(Beside(ending)) as beside, pytest.raises(ChildProcessError):
        beside.do(3)()


def test_what_is_handed_to_a_process_beside_may_be_large():
    with closing(Beside(measuring)) as beside:
        assert 50_000_000 == beside.do(bytes(50_000_000))()


@pytest.mark.parametrize("work", [None, 600])
def test_a_process_beside_ends_whatever_it_is_at(work: int | None):
    beside = Beside(sleeping)
    if work:
        beside.do(work)

    beside.close()

    assert not multiprocessing.active_children()
