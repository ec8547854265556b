"""Key pages as they look: pictures of the invented sample, wide and narrow, light and dark, beside those that are kept.

`make golden` keeps what the last run saw. What differs by a hair (the edges of letters in another Chromium) is let be.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ACTUAL, GOLDEN, SAMPLE
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Browser, sync_playwright

from benchmarks.pictures import seen, small
from benchmarks.states import State, answered, compared, served

ROOT = Path(__file__).parent.parent
PAGES = {
    "start": State(""),
    "municipality": State("kommuner/sagovik/"),
    "evaluation": State("kommuner/sagovik/2016/"),
    "area": State("kommuner/sagovik/2016/1/"),
    "search": State("exempel/?q=fullmäktige", answered),
    "compare": State("jamfor/?e=sagovik-2016&e=sagovik-2018", compared),
    "report": State("kommuner/sagovik/2016/rapport/"),
    "missing": State("404.html"),
}
SIZES = {"wide": (1280, 1200, 2), "narrow": (360, 1200, 1)}
"""How much of a page is seen, and by how much the picture is made smaller."""
HEAVIEST, ALL_TOGETHER = 60_000, 1_500_000
"""Bytes of a kept picture, and of all."""
CELL = 8
"""Pictures are compared cell by cell, each as light as it is on average, so that the edges of letters do not count."""
UNLIKE, MANY = 24, 0.01
"""From which difference on, of 255, a cell is another one, and which share of other cells makes another picture."""

Pictures = Mapping[str, Image.Image]


# Taking and comparing -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with the one edition more that the hand-written pages name."""
    work = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, work / "evaluations")
    shutil.copy(ROOT / "evaluations" / "editions" / "2002.yml", work / "evaluations" / "editions")
    command = [sys.executable, "-m", "generator", "build", "--work", str(work)]
    command += ["--evaluations", str(work / "evaluations")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
    return work / "site"


@pytest.fixture(scope="module")
def pictures(sample_site: Path, chromium: str) -> Pictures:
    """Every page in every size and scheme."""
    with served(sample_site.resolve()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = {f"{name}-{size}-{scheme}": taken(browser, address, name, size, scheme)
                 for name in PAGES for size in SIZES for scheme in ("light", "dark")}  # fmt: skip
        browser.close()
    return found


def taken(browser: Browser, address: str, name: str, size: str, scheme: str) -> Image.Image:
    width, height, smaller = SIZES[size]
    return small(seen(browser, address, PAGES[name], width, height, scheme).reduce(smaller))


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of cells in which two pictures differ; all of them where the sizes do."""
    if one.size != other.size:
        return 1.0
    cells = [picture.convert("RGB").reduce(CELL) for picture in (one, other)]
    apart = ImageChops.difference(*cells)
    worst = [max(colours) for colours in zip(*(channel.tobytes() for channel in apart.split()), strict=True)]
    return sum(value > UNLIKE for value in worst) / len(worst)


def kept(name: str) -> Path:
    return GOLDEN / "pictures" / f"{name}.png"


def difference(name: str, picture: Image.Image) -> float:
    """How unlike a picture is the one that is kept; wholly, where none is."""
    return round(unlike(Image.open(kept(name)), picture), 3) if kept(name).exists() else 1


def leave(pictures: Pictures, other: Mapping[str, float]) -> None:
    """Leave all pictures in `actual/`, those that are alike as they are kept."""
    folder = ACTUAL / "pictures"
    folder.mkdir(parents=True)
    for name, picture in pictures.items():
        if name in other:
            picture.save(folder / f"{name}.png", optimize=True)
        else:
            shutil.copy(kept(name), folder)


# What holds ---------------------------------------------------------------------------------------------------------


def test_key_pages_look_as_they_did(pictures: Pictures):
    shutil.rmtree(ACTUAL / "pictures", ignore_errors=True)
    other = {name: share for name, picture in pictures.items() if (share := difference(name, picture)) > MANY}
    if other:
        leave(pictures, other)
        pytest.fail(f"These look different, by this share of what is seen: {other}\n"
                    "Look at tests/actual/pictures; if this is meant, run make golden.")  # fmt: skip


def test_the_kept_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (GOLDEN / "pictures").glob("*.png")}

    assert len(PAGES) * len(SIZES) * 2 == len(sizes)
    assert {} == {name: size for name, size in sizes.items() if size > HEAVIEST}
    assert ALL_TOGETHER >= sum(sizes.values())


def page_like() -> Image.Image:
    """A white page with lines of text."""
    picture = Image.new("RGB", (640, 600), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(20, 580, 20):
        draw.text((20, line), "Sagovik fick 425 av 800 poäng i sin första utvärdering", fill="black")
    return picture


def test_soft_edges_are_let_be():
    page = page_like()

    assert 0 == unlike(page, page)
    assert unlike(page, page.filter(ImageFilter.GaussianBlur(0.6))) <= MANY
    assert unlike(page, small(page)) <= MANY


def test_a_line_that_moves_and_a_block_that_changes_are_seen():
    page, moved, darker = page_like(), page_like(), page_like()
    moved.paste(page.crop((0, 300, 640, 600)), (0, 309))
    ImageDraw.Draw(darker).rectangle((20, 20, 140, 60), fill="#083c5a")

    assert unlike(page, moved) > MANY
    assert unlike(page, darker) > MANY
    assert 1 == unlike(page, page.resize((640, 601)))
