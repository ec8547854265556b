"""The room that writes: folders, figures, the builder's shards, the gate, and the swap of finished sites."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.publish import (
    BuilderFailed,
    Kept,
    draw_all,
    fill,
    finish,
    hand_written,
    make_equal,
    open_release,
    run_builder,
)

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


# Figures ------------------------------------------------------------------------------------------------------------


def test_a_figure_is_drawn_once_however_often_it_is_wanted(tmp_path: Path):
    drawn: list[str] = []

    def draw(spec: str) -> str:
        drawn.append(spec)
        return f"<svg>{spec}</svg>"

    first = draw_all(["b", "a", "b"], draw, tmp_path / "kept", "1")
    second = draw_all(["a", "b"], draw, tmp_path / "kept", "1")

    assert {"a": "<svg>a</svg>", "b": "<svg>b</svg>"} == first == second
    assert ["a", "b"] == sorted(drawn)


def test_a_figure_is_drawn_anew_when_the_way_of_drawing_has_changed(tmp_path: Path):
    draw_all(["a"], str.lower, tmp_path, "1")

    assert {"a": "A"} == draw_all(["a"], str.upper, tmp_path, "2")
    assert {"a": "a"} == draw_all(["a"], str.upper, tmp_path, "1")


def test_many_figures_are_drawn_by_processes_with_the_same_result(tmp_path: Path):
    assert {spec: spec.upper() for spec in MANY} == draw_all(MANY, str.upper, tmp_path, "1")
    assert {spec: spec.upper() for spec in MANY} == draw_all(MANY, str.lower, tmp_path, "1")


def test_a_drawing_that_fails_leaves_nothing_half_behind(tmp_path: Path):
    with pytest.raises(ZeroDivisionError):
        draw_all(["a", "b"], lambda spec: spec if spec == "a" else str(1 / 0), tmp_path, "1")

    assert {"a": "A", "b": "B"} == draw_all(["a", "b"], str.upper, tmp_path, "1")
    assert {".svg"} == {path.suffix for path in tmp_path.iterdir()}


def test_every_figure_is_put_inline_and_other_pictures_stay(tmp_path: Path):
    site = write(tmp_path, {
        "kommuner/x/index.html": '<img class="k-wide" src="profil.svg" alt="a &lt; b"><img src="profil.svg" alt="">',
        "index.html": '<img class="k-narrow" src="kommuner/x/profil.svg" alt="a"/>',
        "kommuner/x/2016/index.html": '<img class="k-wide" src="../profil.svg" alt="a" />',
        "utan/index.html": "<p>text</p>",
    })  # fmt: skip
    make_old(site)

    fill(site, {"kommuner/x/profil.svg": '<svg viewBox="0 0 1 1"><g/></svg>'})

    wide = b'<svg class="k-wide" focusable="false" viewBox="0 0 1 1"><g/></svg>'
    assert {
        "kommuner/x/index.html": wide + b'<img src="profil.svg" alt="">',
        "index.html": wide.replace(b"wide", b"narrow"),
        "kommuner/x/2016/index.html": wide,
        "utan/index.html": b"<p>text</p>",
    } == contents(site)
    assert "utan/index.html" not in written(site)


# The builder --------------------------------------------------------------------------------------------------------

SHARED = ["index.md", "assets/a.txt", "bild.png"]
OWN = [f"kommuner/{n}/index.md" for n in range(45)]
"""So many pages that three processes are worth it."""
THEME = '<html lang="sv"><title>{{ page.title }}</title><h1>{{ page.title }}</h1>{{ page.content }}'
SETTINGS = """
site_name: Påhittad
site_url: https://pahittad.example/
theme: {name: null, custom_dir: generator/theme}
plugins: []
nav: [{Start: index.md}]
not_in_nav: "*"
"""


DEAD = "# Sida\n\n[bort](finns-inte.md)\n"


def project(folder: Path, pages: dict[str, str] | None = None, theme: str = THEME) -> None:
    """A small project; `pages` replaces the text of some pages."""
    texts = {path: f"# Sida {path}\n\nText med [en länk](../../index.md).\n" for path in OWN}
    start = {"index.md": "# Start\n\n![En bild](bild.png)\n", "assets/a.txt": "a", "bild.png": "bild"}
    write(folder / "docs", {**start, **texts, **(pages or {})})
    write(folder, {"mkdocs.yml": SETTINGS, "generator/theme/main.html": theme})


def build(folder: Path, jobs: int, kept: Kept | None = None) -> dict[str, bytes]:
    target, settings = folder / f"site-{jobs}", folder / "mkdocs.yml"
    run_builder("mkdocs", settings, folder / "docs", SHARED, OWN, folder / "work", target, jobs, kept)
    return contents(target)


def kept_pages(folder: Path) -> Kept:
    return Kept(folder / "kept", "mkdocs", folder / "mkdocs.yml")


@pytest.fixture
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(OLD))


@pytest.mark.usefixtures("epoch")
def test_one_shard_and_several_give_the_same_bytes(tmp_path: Path):
    project(tmp_path)

    one, two, many = (build(tmp_path, jobs) for jobs in (1, 2, 9))

    assert one == two == many
    assert {"index.html", "assets/a.txt", *(page.replace(".md", ".html") for page in OWN)} <= one.keys()
    assert [] == list((tmp_path / "work").iterdir())


def test_a_dead_link_between_pages_makes_the_builder_fail_with_what_it_said(tmp_path: Path):
    project(tmp_path, {OWN[7]: DEAD})
    write(tmp_path / "site-2", {"index.html": "gammal"})

    with pytest.raises(BuilderFailed, match=r"kommuner/7/index\.md.*finns-inte\.md"):
        build(tmp_path, jobs=2)

    assert {"index.html": b"gammal"} == contents(tmp_path / "site-2")


def test_a_broken_template_makes_the_builder_fail_with_what_it_said(tmp_path: Path):
    project(tmp_path, theme="{% if %}")

    with pytest.raises(BuilderFailed, match="Expected an expression"):
        build(tmp_path, jobs=1)


def test_a_run_after_a_failed_one_needs_no_help(tmp_path: Path):
    project(tmp_path, {OWN[7]: DEAD})
    with pytest.raises(BuilderFailed):
        build(tmp_path, jobs=2)

    project(tmp_path)

    assert "kommuner/7/index.html" in build(tmp_path, jobs=2)


@pytest.mark.usefixtures("epoch")
def test_only_changed_pages_are_built_again_and_the_site_is_the_same(tmp_path: Path):
    project(tmp_path)
    build(tmp_path, 2, kept_pages(tmp_path))

    project(tmp_path, {OWN[7]: "# Ändrad\n"})

    assert [OWN[7]] == kept_pages(tmp_path).missing(tmp_path / "docs", OWN)
    assert build(tmp_path, 3) == build(tmp_path, 2, kept_pages(tmp_path))
    assert [] == kept_pages(tmp_path).missing(tmp_path / "docs", OWN)


@pytest.mark.parametrize("changed", ["mkdocs.yml", "generator/theme/main.html"])
def test_every_page_is_built_again_when_its_surroundings_have_changed(tmp_path: Path, changed: str):
    project(tmp_path)
    build(tmp_path, 2, kept_pages(tmp_path))

    write(tmp_path, {changed: (tmp_path / changed).read_text(encoding="utf-8") + "\n"})

    assert OWN == kept_pages(tmp_path).missing(tmp_path / "docs", OWN)
    assert OWN == Kept(tmp_path / "kept", "properdocs", tmp_path / "mkdocs.yml").missing(tmp_path / "docs", OWN)


def test_pages_that_no_page_uses_any_more_are_forgotten(tmp_path: Path):
    for text in ("# En\n", "# Två\n", "# Tre\n"):
        project(tmp_path, {OWN[7]: text})
        build(tmp_path, 2, kept_pages(tmp_path))

    assert len(OWN) == len(list((tmp_path / "kept").iterdir()))


def test_a_figure_put_inline_does_not_change_the_page_that_is_kept(tmp_path: Path):
    image = '<img class="k-wide" src="profil.svg" alt="a">'
    project(tmp_path, {OWN[7]: f"# Sida\n\n{image}\n"})
    build(tmp_path, 2, kept_pages(tmp_path))

    fill(tmp_path / "site-2", {"kommuner/7/profil.svg": "<svg ></svg>"})

    assert image.encode() not in contents(tmp_path / "site-2")["kommuner/7/index.html"]
    assert image.encode() in build(tmp_path, 2, kept_pages(tmp_path))["kommuner/7/index.html"]


def test_a_page_that_the_builder_refused_is_not_kept(tmp_path: Path):
    project(tmp_path, {OWN[7]: DEAD})

    for _ in range(2):
        with pytest.raises(BuilderFailed):
            build(tmp_path, 2, kept_pages(tmp_path))


# Finished sites -----------------------------------------------------------------------------------------------------


def publish(folder: Path, text: str) -> Path:
    """Build and swap in a site of one page."""
    with open_release(folder / "releases") as draft:
        return finish(write(draft, {"index.html": text}), folder / "releases", folder / "site")


def interrupted(folder: Path) -> None:
    with open_release(folder / "releases") as draft:
        write(draft, {"index.html": "halv"})
        raise KeyboardInterrupt


def test_the_link_leads_to_the_new_site_and_readers_of_the_old_one_can_finish(tmp_path: Path):
    old = publish(tmp_path, "gammal")

    new = publish(tmp_path, "ny")

    assert (tmp_path / "site").is_symlink() and (tmp_path / "site").resolve() == new
    assert {"index.html": b"ny"} == contents(tmp_path / "site")
    assert {"index.html": b"gammal"} == contents(old)
    assert {old.name, new.name} == {path.name for path in (tmp_path / "releases").iterdir()}


def test_the_same_content_is_the_same_release(tmp_path: Path):
    first, other, again = publish(tmp_path, "en"), publish(tmp_path, "två"), publish(tmp_path, "en")

    assert first == again != other
    assert {"index.html": b"en"} == contents(tmp_path / "site")
    assert 2 == len(list((tmp_path / "releases").iterdir()))


def test_another_name_of_a_file_is_another_release(tmp_path: Path):
    names = []
    for path in ("a/b", "b/a"):
        with open_release(tmp_path) as draft:
            names.append(finish(write(draft, {path: "text"}), tmp_path, tmp_path.parent / "site").name)

    assert 2 == len(set(names))


def test_three_releases_are_kept_the_newest(tmp_path: Path):
    made = []
    for n in range(5):
        made.append(publish(tmp_path, f"nummer {n}"))
        os.utime(made[-1], (OLD + n, OLD + n))

    assert set(made[2:]) == set((tmp_path / "releases").iterdir())


def test_a_folder_in_the_place_of_the_link_is_left_alone(tmp_path: Path):
    write(tmp_path / "site", {"min.txt": "egen"})

    with pytest.raises(FileExistsError, match="site"):
        publish(tmp_path, "ny")

    assert {"min.txt": b"egen"} == contents(tmp_path / "site")
    assert [] == list((tmp_path / "releases").iterdir())


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path):
    (tmp_path / "site").symlink_to("borta")

    publish(tmp_path, "ny")

    assert {"index.html": b"ny"} == contents(tmp_path / "site")


def test_whatever_fails_before_the_swap_leaves_the_old_site_and_no_draft(tmp_path: Path):
    old = publish(tmp_path, "gammal")

    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path)

    assert {"index.html": b"gammal"} == contents(tmp_path / "site")
    assert [old] == list((tmp_path / "releases").iterdir())


def test_a_draft_that_a_killed_run_left_is_no_part_of_the_next(tmp_path: Path):
    write(tmp_path / "releases" / f"draft-{os.getpid()}", {"gammalt.html": "halv"})

    publish(tmp_path, "ny")

    assert {"index.html": b"ny"} == contents(tmp_path / "site")
