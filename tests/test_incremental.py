"""Whatever is edited, a build that remembers gives the very bytes of one that starts from nothing."""

from __future__ import annotations

import os
import random
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.analysis import practices, practices_in
from generator.commands.reading import ROOMS
from generator.commands.workshop import Workshop
from generator.model import Archive
from generator.pages import WHOLE, Memory, Publisher, lay
from generator.problems import Stop
from generator.publish import keep, recall

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "sample" / "evaluations"
PLACES = ("se/sagovik", "se/ekebyvik", "se/lilla-odland", "no/ovre-anes")
"""Municipalities of the sample that an evaluation may be moved to."""

Edit = Callable[[random.Random, Path], None]


@pytest.fixture(autouse=True)
def epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawings of the sample, made once: they are kept by content alone, and slow to make."""
    folder = tmp_path_factory.mktemp("drawings")
    with workshop(project(folder / "project"), folder / "work", 0) as first:
        first.written(first.read())
    return folder / "work" / DRAWINGS


DRAWINGS = Path(".cache", "drawings")


@contextmanager
def workshop(project: Path, work: Path, jobs: int) -> Iterator[Workshop]:
    options = Namespace(
        evaluations=project / "evaluations", work=work, site=None, builder="mkdocs", jobs=jobs, no_cache=False
    )
    opened = Workshop(options, jobs, project)
    try:
        yield opened
    finally:
        opened.close()


def project(folder: Path) -> Path:
    """A copy of all that a site is made of, to be edited."""
    shutil.copytree(SAMPLE, folder / "evaluations")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "generator" / "theme", folder / "generator" / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


# What may be edited -------------------------------------------------------------------------------------------------


def evaluations(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "evaluations").glob("??/*/*.yml"))


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def a_total(chance: random.Random, folder: Path) -> None:
    changed(chance.choice(evaluations(folder)), lambda data: data.update(total=chance.randint(200, 700)))


def a_sentence(chance: random.Random, folder: Path) -> None:
    changed(chance.choice(evaluations(folder)), lambda data: data.update(summary=f"Bryggpromenad {chance.random()}."))


def an_area(chance: random.Random, folder: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        areas = data.setdefault("areas", {})
        area = areas.setdefault(chance.randint(1, 8), {})
        area["points"] = chance.randint(1, 99)
        area["improvements"] = [{"text": f"Mer {chance.random()}.", "topics": [chance.choice(topics(folder))]}]
        if chance.random() < 0.3:
            areas.pop(chance.choice(sorted(areas)))

    changed(chance.choice(evaluations(folder)), change)


def an_example(chance: random.Random, folder: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        number = chance.randint(1, 10_000)
        example = {"id": f"nytt-{number}", "title": f"Nytt {number}", "text": "Båtbuss.", "topics": topics(folder)[:2]}
        example["gold_star"] = chance.random() < 0.5
        areas = list(data.get("areas", {}).values()) or [data]
        chance.choice(areas).setdefault("examples", []).append(example)

    changed(chance.choice(evaluations(folder)), change)


def topics(folder: Path) -> list[str]:
    found = yaml.safe_load((folder / "evaluations" / "topics.yml").read_text(encoding="utf-8"))
    return [topic["id"] for topic in found["topics"]]


def a_role_model(chance: random.Random, folder: Path) -> None:
    place = chance.choice(evaluations(folder)).parent.name
    model = {"municipality": place, "area": chance.randint(1, 8), "about": "riktlinje"}
    changed(chance.choice(evaluations(folder)), lambda data: data.setdefault("role_models", []).append(model))


def the_day(chance: random.Random, folder: Path) -> None:
    day = f"20{chance.randint(20, 25)}-0{chance.randint(1, 9)}-15"
    text = "title: Ny källa"
    path = chance.choice(evaluations(folder))
    changed(path, lambda data: data["sources"].append({"title": text, "read": day}))
    path.write_text(path.read_text(encoding="utf-8").replace(f"'{day}'", day), encoding="utf-8")


def a_new_one(chance: random.Random, folder: Path) -> None:
    source = chance.choice(evaluations(folder))
    target = source.with_name(f"{chance.randint(2003, 2024)}.yml")
    if not target.exists():
        shutil.copy(source, target)


def none_left(chance: random.Random, folder: Path) -> None:
    if len(evaluations(folder)) > 3:
        chance.choice(evaluations(folder)).unlink()


def another_name(chance: random.Random, folder: Path) -> None:
    source = chance.choice(evaluations(folder))
    target = folder / "evaluations" / chance.choice(PLACES) / f"{chance.randint(2003, 2024)}.yml"
    if target.parent.parent == source.parent.parent and not target.exists():
        target.parent.mkdir(exist_ok=True)
        source.rename(target)


def an_average(chance: random.Random, folder: Path) -> None:
    path = folder / "evaluations" / "averages.yml"
    changed(path, lambda data: data["averages"][0].update(total=chance.randint(300, 500)))


def the_registry(chance: random.Random, folder: Path) -> None:
    path = folder / "evaluations" / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines.insert(1, lines.pop(chance.randrange(1, len(lines) - 1)))
    path.write_text("\n".join(lines), encoding="utf-8")


def a_page_by_hand(chance: random.Random, folder: Path) -> None:
    path = folder / "docs" / "om" / "index.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nTillägg {chance.random()}.\n", encoding="utf-8")


def the_theme(chance: random.Random, folder: Path) -> None:
    path = folder / "generator" / "theme" / "main.html"
    path.write_text(f"{path.read_text(encoding='utf-8')}{{# {chance.random()} #}}", encoding="utf-8")


def the_configuration(chance: random.Random, folder: Path) -> None:
    path = folder / "mkdocs.yml"
    name = f"site_name: Kommunkompassen {chance.randint(1, 99)}\n"
    path.write_text(name + path.read_text(encoding="utf-8").partition("\n")[2].partition("\n")[2], encoding="utf-8")


def a_fault(chance: random.Random, folder: Path) -> None:
    path = chance.choice(evaluations(folder))
    path.write_text(path.read_text(encoding="utf-8") + "\nfel: [\n", encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    a_total, a_sentence, an_area, an_example, a_role_model, the_day, a_new_one, none_left, another_name, an_average,
    the_registry, a_page_by_hand, the_theme, the_configuration, a_fault,
)  # fmt: skip


# What is compared ---------------------------------------------------------------------------------------------------


def made(opened: Workshop, whole: bool) -> dict[str, bytes] | str:
    """The files of the builder's folder, or of the whole site; or what is said against the evaluations."""
    try:
        contents, _ = opened.written(opened.read())
    except Stop as refused:
        return str(refused)
    if whole:
        return {path: held.path.read_bytes() for path, held in opened.built(contents).items()}
    docs = opened.docs
    return {path.relative_to(docs).as_posix(): path.read_bytes() for path in docs.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes] | str, other: dict[str, bytes] | str) -> list[str]:
    if isinstance(one, str) or isinstance(other, str):
        return [] if one == other else [str(one)[:500], str(other)[:500]]
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def compare(folder: Path, drawings: Path, seed: int, edits: int, whole: bool) -> int:
    """Edit again and again; returns how many edits were sound. Fails where remembering makes a difference."""
    chance, sound = random.Random(seed), 0
    here, jobs = project(folder / "project"), 2 if whole else 0
    shutil.copytree(drawings, folder / "work" / DRAWINGS)
    with ExitStack() as open_ones:
        remembering = open_ones.enter_context(workshop(here, folder / "work", jobs))
        made(remembering, whole)
        for n in range(edits):
            shutil.copytree(here, folder / "before")
            edit = EDITS[(seed + n) % len(EDITS)]
            edit(chance, here)
            now = made(remembering, whole)
            shutil.copytree(folder / "work" / DRAWINGS, folder / f"cold-{n}" / DRAWINGS)
            with workshop(here, folder / f"cold-{n}", jobs) as cold:
                assert [] == differing(now, made(cold, whole)), f"seed {seed}, edit {n}: {edit.__name__}"
            sound += not isinstance(now, str)
            if n % 3 == 2:
                remembering = open_ones.enter_context(workshop(here, folder / "work", jobs))
            if isinstance(now, str):
                shutil.rmtree(here)
                shutil.copytree(folder / "before", here)
            shutil.rmtree(folder / "before")
            shutil.rmtree(folder / f"cold-{n}")
    return sound


def test_pages_that_are_remembered_are_those_that_would_be_made(tmp_path: Path, drawings: Path):
    assert compare(tmp_path, drawings, seed=1, edits=len(EDITS), whole=False) > len(EDITS) // 2


EVERY = {"index.md", "kommuner/index.md", "jamfor/index.md", "luckor/index.md", "data/siffror.csv"}
"""Made of the figures of all evaluations, whichever is another in one of them."""


class Seen:
    """A place where everything stays as it was laid, and which says what was laid anew."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.anew: set[str] = set()

    def put(self, path: str, content: str) -> str:
        self.anew.add(path)
        self.files[path] = content
        return content

    def keep(self, path: str, digest: str) -> bool:
        return self.files.get(path) == digest

    def draw(self, path: str, spec: str) -> str:
        return spec

    def drawn(self, path: str, name: str) -> bool:
        return True


def lay_anew(archive: Archive, memory: Memory, place: Seen) -> set[str]:
    place.anew = set()
    lay(archive, "sv", Publisher(), memory, WHOLE, place)
    return place.anew


def another(sample: Archive, **changed: Any) -> Archive:
    """The sample with another sentence in one evaluation, or with what else is changed in it."""
    changed = changed or {"summary": "Bryggpromenad."}
    evaluations = (e.model_copy(update=changed) if e.slug == "sagovik-2016" else e for e in sample.evaluations)
    return sample.model_copy(update={"evaluations": tuple(evaluations)})


def test_a_sentence_makes_nothing_anew_but_its_evaluation_and_its_municipality(sample: Archive):
    memory, place = Memory(), Seen()
    lay_anew(sample, memory, place)
    before = {**place.files}

    anew = lay_anew(another(sample), memory, place)

    elsewhere = {path for path in anew if not path.startswith("kommuner/sagovik/2016/")}
    assert {path.rpartition("/")[0] for path in elsewhere} == {"kommuner/sagovik"}
    assert place.files["kommuner/sagovik/2016/index.md"] != before["kommuner/sagovik/2016/index.md"]


@pytest.mark.parametrize("figure", [{"total": 333}, {"areas": {}}], ids=["a total", "areas"])
def test_a_figure_makes_anew_what_is_made_of_all_figures(sample: Archive, figure: dict[str, Any]):
    memory, place = Memory(), Seen()
    lay_anew(sample, memory, place)

    assert lay_anew(another(sample, **figure), memory, place) >= EVERY


def test_another_process_goes_on_from_what_was_remembered_and_from_nothing_else(sample: Archive, tmp_path: Path):
    memory, place, file = Memory(), Seen(), tmp_path / "remembered"
    lay_anew(sample, memory, place)
    keep(file, "1", sample, memory.remembered)
    of_sample, remembered = recall(file, "1", ROOMS)

    assert lay_anew(another(of_sample), Memory(remembered), place) == lay_anew(another(sample), memory, place)
    assert lay_anew(of_sample, Memory([*recall(file, "1", ROOMS)][1]), place) != {*place.files}
    assert [] == [*recall(file, "2", ROOMS)]


def test_another_process_has_what_was_made_of_each_evaluation(sample: Archive, tmp_path: Path):
    memory, file = Memory(), tmp_path / "remembered"
    lay_anew(sample, memory, Seen())
    keep(file, "1", sample, memory.remembered)
    of_sample, remembered = recall(file, "1", ROOMS)
    archive = another(of_sample)
    lay_anew(archive, Memory(remembered), Seen())

    every = archive.evaluations
    same = [e.slug for e in every if practices(e, "strengths") is practices_in(archive, e.slug, "strengths")]

    assert same == [e.slug for e in every if e.slug != "sagovik-2016"]


def test_what_was_laid_and_is_gone_is_made_anew(sample: Archive):
    memory, place = Memory(), Seen()
    lay_anew(sample, memory, place)
    del place.files["omraden/index.md"]

    assert "omraden/index.md" in lay_anew(sample, memory, place)


@pytest.mark.trials
@pytest.mark.parametrize("seed", range(10))
def test_a_site_that_is_remembered_is_the_one_that_would_be_built(tmp_path: Path, drawings: Path, seed: int):
    assert compare(tmp_path, drawings, seed, edits=20, whole=True) > 8


def test_the_next_process_gives_the_same_site_from_a_cache_that_is_damaged_foreign_and_old(
    tmp_path: Path, drawings: Path
):
    """A third is damaged, a third holds what belongs to another file, and one index is of an earlier format."""
    here, chance = project(tmp_path / "project"), random.Random(3)
    for work in ("work", "cold"):
        shutil.copytree(drawings, tmp_path / work / DRAWINGS)
    with workshop(here, tmp_path / "work", 1) as first:
        made(first, whole=True)
    a_sentence(chance, here)
    spoil(tmp_path / "work" / ".cache")
    with workshop(here, tmp_path / "work", 1) as second, workshop(here, tmp_path / "cold", 1) as cold:
        assert [] == differing(made(second, whole=True), made(cold, whole=True))


def spoil(cache: Path) -> None:
    """Of the slow drawings only some."""
    old = cache / "words" / "index.json"
    old.write_text(f"0{old.read_text(encoding='utf-8')[1:]}", encoding="utf-8")
    files = sorted(path for path in cache.rglob("*") if path.is_file() and path != old)
    for n, path in enumerate(files):
        if n % 3 < 2 and (path.parent.name != "drawings" or n < 10):
            content = os.urandom(40) if n % 3 == 0 else files[(n + 1) % len(files)].read_bytes()
            path.unlink()
            path.write_bytes(content)
