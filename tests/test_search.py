"""The search as Python makes it: what a record says, what words lead to it, which files the browser gets."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from lunr.builder import Builder
from search_archive import ARCHIVE

from generator import search, text
from generator.addresses import address
from generator.model import Topic, Translation
from generator.search import chunks, entries, learning, postings, practices, table, vocabulary
from generator.search.postings import Document, Posting
from generator.search.records import Record, Structures

READ = search.Reader(search.unkept)
FOUND = search.records(ARCHIVE, address, READ)
RECORDS = {record.id: record for record, _ in FOUND}
LEXICON = learning.learnt(ARCHIVE, READ).lexicon
BLOCKS = practices.blocks(ARCHIVE, address, "sv", READ, LEXICON)
DOCUMENTS = [document for block in BLOCKS for document in block.make()]
POSTINGS = postings.postings(DOCUMENTS, practices.BOOSTS)
FILES = search.files(ARCHIVE, address, "sv")
MANIFEST = json.loads(FILES["assets/search/examples.json"])


def posting(weights: dict[int, float]) -> Posting:
    """Documents by number, and what they weigh."""
    return Posting(np.array([*weights], "u4"), np.array([*weights.values()], "f4"))


def found(word: str, language: str = "sv") -> set[str]:
    """Ids of the records that hold a word."""
    [stem] = text.stemmed(text.carrying(word), language)
    return {list(RECORDS)[number] for number in POSTINGS[stem].ids} if stem in POSTINGS else set()


def inside(path: str) -> bytes:
    """What a packed file of the index holds."""
    return zlib.decompress(FILES[f"assets/search/{MANIFEST['folder']}{path}"])


def rows() -> list[dict[str, object]]:
    """What is shown of the records, as the files tell it."""
    paths = [
        path for path in FILES if path.startswith(tuple(f"assets/search/{shelf}/" for shelf in MANIFEST["shelves"]))
    ]
    return [row for path in paths for row in json.loads(zlib.decompress(FILES[path]))]


def test_an_example_says_what_it_rests_on_and_where_it_stands() -> None:
    record = RECORDS["vallby-2016/ortsanalyser"]
    assert (record.kind, record.language, record.title) == ("example", "sv", "Ortsanalyser i skolmatsalen")
    assert record.address == "/kommuner/vallby/2016/1/#ortsanalyser"
    assert (record.municipality, record.county, record.country, record.year) == ("vallby", "Södra län", "se", 2016)
    assert (record.edition, record.area, record.question) == ("2015", 1, "1.4")
    assert (record.percent, record.percent_is_of) == (65, "question")
    assert record.role_model and not record.gold_star


def test_text_is_plain_and_markup_in_data_stays_text() -> None:
    assert RECORDS["vallby-2016/ortsanalyser"].text == "Invånarna bjöds in till medborgardialoger i <b>skolan</b>."


def test_a_gold_star_is_its_own_kind_and_the_area_gives_the_percent() -> None:
    record = RECORDS["akero-2019/innbyggardialog"]
    assert (record.kind, record.gold_star, record.percent, record.percent_is_of) == ("gold_star", True, 72, "area")


def test_zero_percent_is_a_figure_and_not_missing() -> None:
    assert next(row for row in rows() if row["id"] == "vallby-2016/medarbetarskap")["percent"] == 0


def test_a_strength_shows_its_shortened_text_as_title() -> None:
    titles = {record.title for record in RECORDS.values() if record.kind == "strength"}
    assert "En strateg för demokrati är på plats." in titles
    assert "Kommunen har länge arbetat med delaktighet i planeringen, och det syns i hur…" in titles


def test_a_practice_without_year_leads_to_its_municipality() -> None:
    record = RECORDS["vallby-unknown/utan-ar"]
    assert record.address == "/kommuner/vallby/#utan-ar"
    assert (record.year, record.area, record.percent) == (None, None, None)


def test_ids_are_unique_and_rows_stand_in_the_order_of_the_records() -> None:
    assert [row["id"] for row in rows()] == list(RECORDS) == [record.id for record, _ in FOUND]


def test_a_word_finds_its_inflections_and_its_compounds() -> None:
    assert "vallby-2016/ortsanalyser" in found("skolmatsalar")
    assert "akero-2019/innbyggardialog" in found("dialog")


def test_letters_that_the_language_mode_of_lunr_loses_are_kept() -> None:
    for word in ("quiz", "wifi", "café", "cafe"):
        assert found(word) == {"vallby-2016/medarbetarskap"}


def test_places_are_found_as_written() -> None:
    of_vallby = {identity for identity in RECORDS if identity.startswith("vallby")}
    assert found("Vällby", "en") == found("Södra", "en") == of_vallby


def test_stop_words_carry_no_search() -> None:
    assert text.carrying("Det är för att vi ska och också") == ()


def test_better_evidence_weighs_more() -> None:
    record = RECORDS["vallby-2016/ortsanalyser"]
    starred, scored, older = replace(record, gold_star=True), replace(record, percent=90), replace(record, year=2005)
    plain = practices.evidence(record, 2022)
    assert practices.evidence(starred, 2022) > plain < practices.evidence(scored, 2022)
    assert practices.evidence(older, 2022) < plain


def test_weights_are_those_of_lunr() -> None:
    """The same documents through lunr.py's Builder: every word, every document, every weight to its three decimals."""
    builder = Builder()
    for field, boost in practices.BOOSTS.items():
        builder.field(field, boost=boost)
    for number, document in enumerate(DOCUMENTS):
        fields = {name: list(words) for name, words in document.fields.items()}
        builder.add({"id": str(number), **fields}, {"boost": document.factor})
    built = builder.build().serialize()
    words = {entry[0]: entry[1]["_index"] for entry in built["invertedIndex"]}
    expected: dict[tuple[str, int], float] = {}
    by_number = {at: word for word, at in words.items()}
    for name, vector in built["fieldVectors"]:
        number = int(name.rsplit("/", 1)[1])
        for at, weight in zip(vector[::2], vector[1::2], strict=True):
            expected[by_number[at], number] = expected.get((by_number[at], number), 0.0) + weight
    ours = {
        (word, number): weight
        for word, each in POSTINGS.items()
        if not word.startswith("#")
        for number, weight in zip(each.ids, each.weights, strict=True)
    }
    assert ours == pytest.approx(expected, abs=0.003)


def test_areas_of_another_structure_are_kept_apart() -> None:
    length, at = _varint(inside("facets.bin"), 0)
    labels = json.loads(inside("facets.bin")[at : at + length])["labels"]["area"]
    assert labels["2010-1"] == "1 Område 1 av 2010"
    assert labels["2020-2"] == "Område 2 av 2020 (2020)"
    assert "2015-1" not in labels and "2020-1" not in labels


def test_an_unknown_edition_belongs_to_the_structure_of_its_year() -> None:
    structures = Structures(ARCHIVE.editions)
    assert [structures("unknown", year) for year in (2017, 2021, None)] == ["2010", "2020", None]


def test_topics_are_told_as_steps_through_the_list_of_their_area_the_commonest_first() -> None:
    def about(area: int | None, *topics: str) -> Record:
        return replace(RECORDS["vallby-2016/ortsanalyser"], area=area, question=None, topics=topics)

    found = [about(None, "val", "etik"), about(1, "etik", "val"), about(1, "val"), about(1), about(2, "etik")]
    told = table.files(found, Structures(ARCHIVE.editions), {})["topics.bin"]
    # Of all, `etik` is number 0: as common as `val`, and before it by name.
    nowhere, first, second = b"\x02\x00\x01" + b"\x01\x01", b"\x02\x01\x00" + b"\x03\x01", b"\x01\x00" + b"\x01\x00"
    assert told == [nowhere + first + second, b"\x02" + b"\x02\x03\x00" + b"\x03", b"\x03" + b"\x03"]


# Files --------------------------------------------------------------------------------------------------------------


def test_the_manifest_names_the_folder_of_all_other_files_and_holds_the_words() -> None:
    others = FILES.keys() - {"assets/search/examples.json", "assets/search/site.json"}
    of_it = {path for path in others if path.startswith(f"assets/search/{MANIFEST['folder']}")}
    assert {path.rsplit("/", 1)[1] for path in of_it} >= {"0.bin", "facets.bin", "topics.bin", "percents.bin"}
    assert MANIFEST["words"]["order.match"] == "Bäst träff"
    assert MANIFEST["topics"]["medborgardialog"] == ["Medborgardialog", "/exempel/medborgardialog/"]


def test_same_data_same_bytes_and_the_folder_follows_the_content() -> None:
    assert search.files(ARCHIVE, address, "sv") == FILES
    changed = search.files(ARCHIVE.model_copy(update={"evaluations": ARCHIVE.evaluations[:-1]}), address, "sv")
    assert not any(path.startswith(f"assets/search/{MANIFEST['folder']}") for path in changed)


def test_no_manifest_can_end_a_script() -> None:
    assert all("<" not in content for content in FILES.values() if isinstance(content, str))
    assert any(row["title"] == "Något </script> utan år" for row in rows())


def test_an_archive_without_practices_gives_an_empty_search() -> None:
    empty = search.files(ARCHIVE.model_copy(update={"evaluations": ()}), address, "sv")
    assert json.loads(empty["assets/search/examples.json"])["documents"] == 0


def test_a_script_stands_in_the_one_that_asks_for_it_and_not_beside_it() -> None:
    written = {
        "assets/worker.js": '// The worker.\nimportScripts("lunr-nordic.js", "part.js");\nrun(part);',
        "assets/part.js": "/* A part. */\nvar part = 1;",
        "assets/other.js": "var other = 2;  // Another.",
    }
    made = search.scripts(written, "var lunr = 2;")
    assert made.keys() == {"assets/worker.js", "assets/other.js"}
    assert made["assets/other.js"] == "var other=2;"
    assert made["assets/worker.js"] == "var lunr=2;;var part=1;;run(part);"


def test_of_lunr_only_what_runs_is_taken_and_its_licences_stay() -> None:
    lean = search.lean(*(path.read_text(encoding="utf-8") for path in search.sources()))
    assert all(owner in lean for owner in ("@license MIT", "Mihai Valentin", "Oleg Mazko"))
    assert "lunr.sv.stemmer" in lean and "lunr.no.stemmer" in lean
    assert "lunr.Builder.prototype" not in lean and "lunr.stopWordFilter =" not in lean


def test_a_chunk_tells_keys_notes_and_documents_as_they_were() -> None:
    many = posting({number: number % 100 / 10 for number in range(0, 4000, 3)})
    few = posting({5: 1.0, 300: 2.5})
    [(first, chunk)] = chunks.chunks([chunks.Entry("få", few), chunks.Entry("fånga", many, {"opens": [["a"]]})], 4000)
    count, at = _varint(chunk, 0)
    assert (first, count) == ("få", 2)
    lengths = []
    for _ in range(3):
        length, at = _varint(chunk, at)
        lengths.append(length)
    keys = chunk[at : at + lengths[0]]
    assert keys == b"\x00\x03f\xc3\xa5" + b"\x03\x03nga"
    ids = chunk[at + lengths[0] + lengths[1] :][: lengths[2]]
    assert ids[:3] == bytes([5, 294 & 127 | 128, 294 >> 7]) and len(ids) == 3 + 500


def test_a_long_list_has_a_chunk_of_its_own() -> None:
    long = posting({number * 9: 1 + number % 7 for number in range(20_000)})
    entries = [chunks.Entry(name, long) for name in ("alfa", "beta", "gamma")]
    assert [beginning for beginning, _ in chunks.chunks(entries, 200_000)] == ["alfa", "b", "g"]


def test_a_chunk_begins_with_no_more_than_tells_it_from_the_one_before_unless_that_ends_with_a_sum() -> None:
    many = posting({number * 9: 1 + number % 7 for number in range(20_000)})
    keys = ["kom*", "kommun", "kommunal", "kommunalråd"]
    made = chunks.chunks([chunks.Entry(key, many) for key in keys], 200_000)
    assert [beginning for beginning, _ in made] == ["kom*", "kommun", "kommuna", "kommunalr"]


def test_a_beginning_that_leads_to_much_is_summed_up_once() -> None:
    words = dict.fromkeys(("komma", "kommun", "kommunal", "kön"), (1.0, 1))
    found = postings.Postings(postings.collected((number, words) for number in range(1500)), 1500)
    made = {entry.key: entry for entry in entries.entries(found, [], [], []) if entry.key.endswith("*")}
    assert {key: entry.note["to"] for key, entry in made.items() if entry.note} == {"ko*": "komm", "kommu*": "kommun"}
    sums, one = made["ko*"].posting, found["komma"]
    assert sums and sums.weights[:2] == pytest.approx(3 * one.weights[:2])


def asides(words: list[str], notes: entries.Notes) -> dict[str, object]:
    made = entries.Asides(entries.spelled(words), set(words), notes)
    return {key: made.entry(line).note for key, line in zip(made.keys, made.lines, strict=True)}


def test_words_spelt_otherwise_lead_to_the_real_ones_but_never_hide_a_word() -> None:
    made = asides(["nätverk", "organisation", "val", "väl", "växjö"], {})
    assert made[f"~{text.rough('vaxjo')}"] == made[f"~{text.rough('vaexjoe')}"] == {"is": ["växjö"]}
    assert made["~natverk"] == made["~netverk"] == {"is": ["nätverk"]}
    assert made["~organisasjon"] == {"is": ["organisation"]}
    assert "~val" not in made


def test_a_name_that_no_document_says_is_found_however_it_is_spelt() -> None:
    made = asides(["arbet"], {"miljö": {"opens": [["miljo"]]}})
    assert made["~miljö"] == made["~miljo"] == {"opens": [["miljo"]]}


# Topics and translations --------------------------------------------------------------------------------------------


def topic(identity: str, label: str, broader: str | None = None) -> Topic:
    return Topic.model_validate({"id": identity, "labels": {"sv": label}, "broader": broader, "areas": []})


def concepts(topics: list[Topic], *documents: Document) -> dict[str, dict[int, float]]:
    """What each topic weighs in each document."""
    made = vocabulary.concepts(topics, postings.postings(documents, {"text": 1.0}))
    return {key: dict(zip(c.posting.ids, c.posting.weights, strict=True)) for key, c in made.items()}


def document(words: str, *topics: str) -> Document:
    return Document({"text": words.split()}, {}, topics=topics)


def test_a_document_on_one_topic_weighs_more_than_one_on_several_and_the_first_named_more_than_the_next() -> None:
    told = concepts([topic("etik", "Etik")], document("a", "etik"), document("b", "etik", "skola"),
                    document("c", "skola", "etik"), document("d", "skola"))  # fmt: skip
    assert told["#etik"][0] > told["#etik"][1] > told["#etik"][2]
    assert 3 not in told["#etik"]


def test_a_document_under_a_topic_goes_before_one_that_only_says_its_name() -> None:
    told = concepts([topic("etik", "Etik")], document("etik etik"), document("mutor", "etik", "skola"), document("x"))
    assert told["#etik"][1] > told["#etik"][0] > 0


def test_a_topic_without_documents_leads_to_a_wider_one_that_has_them() -> None:
    topics = [topic("etik", "Etik"), topic("jav", "Jäv", "etik"), topic("mutor", "Mutor", "jav"), topic("kost", "Kost")]
    made = vocabulary.concepts(topics, postings.postings([document("a", "etik")], {"text": 1.0}))
    assert {key: concept.wider for key, concept in made.items()} == {"#etik": None, "#jav": "etik", "#mutor": "jav"}


def test_a_word_leads_to_what_other_languages_say_for_it_where_a_document_says_so() -> None:
    said = Translation(sv=("invånare", "medborgare"), nb=("innbyggere",), en=("resident",))
    swedish, norwegian = text.stem("invånare", "sv"), text.stem("innbyggere", "nb")
    told = vocabulary.translated([said], {swedish, norwegian})
    assert told[swedish] == [["innbyggere", "nb", norwegian]]
    assert told["resident"] == [["innbyggere", "nb", norwegian], ["invånare", "sv", swedish]]


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        value |= (content[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if content[at - 1] < 128:
            return value, at
