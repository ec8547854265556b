"""A search that is brought up to date is the very search that would be made from nothing, and little of it is new."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from search_archive import ARCHIVE

from benchmarks import practices as invented
from generator import search, text
from generator.addresses import address
from generator.model import Archive, Evaluation, RoleModel
from generator.search import learning
from generator.search.texts import NEW, files, shelves

HEADS = ("med", "medborgar", "skol", "vård", "budget", "snickeri", "bygg", "trygghets", "kvalitets", "elev", "lag")
TAILS = (
    "dialog",
    "dialoger",
    "plan",
    "planen",
    "arbete",
    "mål",
    "målen",
    "hälsa",
    "grupp",
    "skola",
    "föreningar",
    "bo",
)
PIECES = (*HEADS, *TAILS, "ledning", "ledningens", "och", "medborgare", "lagar", "byggs")


class Kept(dict[str, bytes]):
    """Keeps in memory; what was not asked for since the last build is forgotten."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def find(self, key: str) -> bytes | None:
        self.asked.add(key)
        return self.get(key)

    def has(self, key: str) -> bool:
        return self.find(key) is not None

    def put(self, key: str, make: Callable[[], bytes]) -> None:
        self.asked.add(key)
        self[key] = make()

    def forget(self) -> None:
        for key in self.keys() - self.asked:
            del self[key]
        self.asked = set()


def made(archive: Archive, keep: search.Keep = search.unkept) -> dict[str, str | bytes]:
    return search.files(archive, address, "sv", keep)


# What may be another --------------------------------------------------------------------------------------------------


def said(chance: random.Random) -> str:
    """A few words, most of them made of others."""
    words = [chance.choice(PIECES) + chance.choice((*TAILS, "")) for _ in range(chance.randint(2, 7))]
    return " ".join(words).capitalize() + "."


def with_one(chance: random.Random, archive: Archive, change: Callable[[Evaluation], dict[str, object]]) -> Archive:
    evaluations = [*archive.evaluations]
    at = chance.randrange(len(evaluations))
    evaluations[at] = evaluations[at].model_copy(update=change(evaluations[at]))
    return archive.model_copy(update={"evaluations": tuple(evaluations)})


def a_summary(chance: random.Random, archive: Archive) -> Archive:
    return with_one(chance, archive, lambda _: {"summary": said(chance)})


def an_example(chance: random.Random, archive: Archive) -> Archive:
    def change(evaluation: Evaluation) -> dict[str, object]:
        number, area = chance.choice(sorted(evaluation.areas.items()))
        examples = [*area.examples]
        at = chance.randrange(len(examples))
        examples[at] = examples[at].model_copy(update={"text": said(chance), "title": said(chance)[:70]})
        if chance.random() < 0.5:
            examples.insert(
                chance.randrange(len(examples)), examples[at].model_copy(update={"id": f"{chance.random()}"})
            )
        elif len(examples) > 1:
            examples.pop(chance.randrange(len(examples)))
        return {"areas": {**evaluation.areas, number: area.model_copy(update={"examples": tuple(examples)})}}

    return with_one(chance, archive, change)


def one_less(chance: random.Random, archive: Archive) -> Archive:
    evaluations = [*archive.evaluations]
    evaluations.pop(chance.randrange(len(evaluations)))
    return archive.model_copy(update={"evaluations": tuple(evaluations)})


def another_year(chance: random.Random, archive: Archive) -> Archive:
    return with_one(chance, archive, lambda _: {"year": chance.randint(2001, 2030)})


def a_role_model(chance: random.Random, archive: Archive) -> Archive:
    place = chance.choice(sorted(archive.municipalities))
    model = RoleModel.model_validate({"municipality": place, "area": chance.randint(1, 8), "about": "Dialog."})
    return with_one(chance, archive, lambda _: {"role_models": (model,)})


def another_name(chance: random.Random, archive: Archive) -> Archive:
    slug = chance.choice(sorted(archive.municipalities))
    other = archive.municipalities[slug].model_copy(update={"name": said(chance)[:9]})
    return archive.model_copy(update={"municipalities": {**archive.municipalities, slug: other}})


def a_topic(chance: random.Random, archive: Archive) -> Archive:
    identity = chance.choice(sorted(archive.topics))
    other = archive.topics[identity].model_copy(update={"labels": {"sv": said(chance)}})
    return archive.model_copy(update={"topics": {**archive.topics, identity: other}})


EDITS = (a_summary, an_example, an_example, a_summary, one_less, another_year, a_role_model, another_name, a_topic)


def compare(seed: int, edits: int) -> None:
    """Edit again and again; fails where what was kept makes a difference."""
    chance, archive, keep = random.Random(seed), invented.archive(80), Kept()
    assert made(archive, keep) == made(archive)
    for number in range(edits):
        edit = EDITS[(seed + number) % len(EDITS)]
        archive = edit(chance, archive) if len(archive.evaluations) > 4 else a_summary(chance, archive)
        keep.forget()
        assert made(archive, keep) == made(archive), f"seed {seed}, edit {number}: {edit.__name__}"


def test_a_search_brought_up_to_date_is_the_one_that_would_be_made():
    compare(1, len(EDITS))


@pytest.mark.trials
@pytest.mark.parametrize("seed", range(2, 12))
def test_a_search_brought_up_to_date_again_and_again_is_the_one_that_would_be_made(seed: int):
    compare(seed, 40)


def test_what_is_lost_damaged_or_cut_of_what_was_kept_is_made_again():
    """Of everything that is kept, one after the other; and then all."""
    keep = Kept()
    expected = made(ARCHIVE, keep)
    for key, content in [*keep.items()]:
        for harmed in (None, content[:-1], content[:-1] + bytes([content[-1] ^ 1]), b"", b"{}", bytes(len(content))):
            keep.pop(key) if harmed is None else keep.update({key: harmed})
            assert made(ARCHIVE, keep) == expected
    keep.update(dict.fromkeys(keep, next(iter(keep.values()))))
    assert made(ARCHIVE, keep) == expected


def test_a_sentence_leaves_most_files_where_they_were():
    archive, keep = invented.archive(1_200), Kept()
    before = made(archive, keep)

    after = made(a_summary(random.Random(1), archive), keep)

    new = {path for path, content in after.items() if before.get(path) != content}
    texts = {path for path in new if "/t/" not in path and path.endswith(".bin")}
    assert "assets/search/site.json" in new and "assets/search/examples.json" not in new
    assert len(texts) < len(after) / 3


# Compounds ------------------------------------------------------------------------------------------------------------


def test_what_is_learnt_further_is_what_would_be_learnt_from_nothing():
    for seed in range(12):
        chance = random.Random(seed)
        texts = [words(chance) for _ in range(14)]
        vocabulary = words(chance)[:3]
        learnt = text.learnt(Counter(word for each in texts for word in each), vocabulary)
        for _ in range(6):
            at, new = chance.randrange(len(texts)), words(chance)
            learnt = learnt.after(texts[at], new)
            texts[at] = new
            cold = text.learnt(Counter(word for each in texts for word in each), vocabulary)
            assert (learnt.seen, learnt.listed) == (cold.seen, cold.listed)
            ours, theirs = learnt.lexicon, cold.lexicon
            assert (ours.words, ours.stems, ours.heads) == (theirs.words, theirs.stems, theirs.heads)


def test_the_words_that_are_cut_otherwise_are_those_that_have_other_parts():
    chance, other = random.Random(1), 0
    for _ in range(300):
        texts = [words(chance) for _ in range(8)]
        before = text.learnt(Counter(word for each in texts for word in each), [])
        parts = {word: before.lexicon.parts(word, "sv") for word in before.listed}
        after = before.after(texts[0], words(chance))

        found = text.cut_otherwise(text.cuts({}, before), after)

        assert found == {word for word, cut in parts.items() if after.lexicon.parts(word, "sv") != cut}
        other += len(found)
    assert other > 20


def words(chance: random.Random) -> list[str]:
    """Half of them are made of others."""
    made = (chance.choice(HEADS) + chance.choice(TAILS) for _ in range(12))
    return sorted({*made, *(chance.choice(PIECES) + chance.choice(("", "", "s", "en")) for _ in range(12))})


def test_a_stem_is_the_beginning_of_its_word():
    """What `text.cut_otherwise` rests on."""
    archive = invented.archive(400)
    read = search.Reader(search.unkept)
    found = learning.learnt(archive, read).listed
    assert len(found) > 2_000
    assert [] == [word for word in found for language in ("sv", "nb") if not word.startswith(text.stem(word, language))]


# Texts ----------------------------------------------------------------------------------------------------------------


def test_texts_that_lie_as_before_are_the_same_files_and_others_are_packed_again():
    rows = {number: f'{{"id":{number}}}' for number in range(10)}
    before = files(rows, [NEW] * 10, [])

    changed = files({5: '{"id":"ny"}'}, [*range(5), NEW, *range(6, 10)], before)
    shorter = files({}, [*range(3), *range(4, 10)], before)

    assert [one is other for one, other in zip(before, changed, strict=True)] == [True, False, True]
    assert files({n: rows[n + (n > 2)] for n in range(9)}, [NEW] * 9, []) == shorter
    assert [name for name, _ in shelves(before)] != [name for name, _ in shelves(changed)]
