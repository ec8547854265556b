"""The search as Python makes it: what a record says, what the index finds, which files the browser gets."""

from __future__ import annotations

import json
import re

from lunr.index import Index
from search_archive import ARCHIVE

from generator import search
from generator.pages import address

RECORDS = {record.id: record for record in search.records(ARCHIVE, address)}
FILES = search.files(ARCHIVE, address, "sv")
MANIFEST = json.loads(FILES["assets/search/manifest.json"])


def found(word: str, language: str = "sv") -> set[str]:
    """Ids of the records that hold a word, looked up as the browser does: folded and stemmed, never parsed."""
    index = Index.load(json.dumps(search.index(RECORDS.values(), ARCHIVE)))
    ids = list(RECORDS)
    [term] = search.terms(word, language)
    query = index.create_query()
    query.term(term, use_pipeline=False)
    return {ids[int(hit["ref"])] for hit in index.query(query)}


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
    rows = json.loads(FILES[f"assets/search/{MANIFEST['records']}"])
    assert next(row for row in rows if row["id"] == "vallby-2016/medarbetarskap")["percent"] == 0


def test_a_strength_shows_its_shortened_text_as_title() -> None:
    titles = {record.title for record in RECORDS.values() if record.kind == "strength"}
    assert "En strateg för demokrati är på plats." in titles
    assert "Kommunen har länge arbetat med delaktighet i planeringen, och det syns i hur…" in titles


def test_a_practice_without_year_leads_to_its_municipality() -> None:
    record = RECORDS["vallby-unknown/utan-ar"]
    assert record.address == "/kommuner/vallby/#utan-ar"
    assert (record.year, record.area, record.percent) == (None, None, None)


def test_the_topic_carries_a_practice_across_languages() -> None:
    assert "vallby-2016/ortsanalyser" in found("innbyggardialogen", "nn")
    assert "akero-2022/medarbeiderskap" in found("medarbetarskap")


def test_a_word_finds_its_inflections() -> None:
    assert "vallby-2016/ortsanalyser" in found("skolmatsalar")


def test_letters_that_the_language_mode_of_lunr_loses_are_kept() -> None:
    for word in ("quiz", "wifi", "café", "cafe"):
        assert found(word) == {"vallby-2016/medarbetarskap"}


def test_places_are_found_as_written_and_without_dots() -> None:
    of_vallby = {identity for identity in RECORDS if identity.startswith("vallby")}
    assert found("Vällby", "en") == found("vallby", "en") == found("Södra", "en") == of_vallby
    assert found("Åkerö", "en") == found("akero", "en")


def test_stop_words_are_left_out() -> None:
    assert search.terms("Det är för att vi ska och også", "sv") == []


def test_areas_of_another_structure_are_kept_apart() -> None:
    labels = MANIFEST["labels"]["area"]
    assert labels["2010-1"] == "1 Område 1 av 2010"
    assert labels["2020-2"] == "Område 2 av 2020 (2020)"
    assert "2015-1" not in labels and "2020-1" not in labels


def test_an_unknown_edition_belongs_to_the_structure_of_its_year() -> None:
    assert search.structure(ARCHIVE.editions, "unknown", 2017) == "2010"
    assert search.structure(ARCHIVE.editions, "unknown", 2021) == "2020"
    assert search.structure(ARCHIVE.editions, "unknown", None) is None


def test_the_manifest_names_the_other_files_and_holds_the_words() -> None:
    assert {MANIFEST["index"], MANIFEST["records"]} == {path.rpartition("/")[2] for path in FILES} - {"manifest.json"}
    assert MANIFEST["municipalities"]["akero"] == {"name": "Åkerø", "address": "/kommuner/akero/"}
    assert MANIFEST["words"]["order.match"] == "Bäst träff"
    assert MANIFEST["labels"]["country"] == {"no": "Norge", "se": "Sverige"}


def test_same_data_same_bytes_and_the_name_follows_the_content() -> None:
    assert search.files(ARCHIVE, address, "sv") == FILES
    changed = ARCHIVE.model_copy(update={"evaluations": ARCHIVE.evaluations[:-1]})
    assert FILES.keys() & search.files(changed, address, "sv").keys() == {"assets/search/manifest.json"}


def test_no_file_can_end_a_script() -> None:
    assert all("<" not in content for content in FILES.values())
    rows = json.loads(FILES[f"assets/search/{MANIFEST['records']}"])
    assert any(row["title"] == "Något </script> utan år" for row in rows)


def test_an_archive_without_practices_gives_an_empty_search() -> None:
    empty = search.files(ARCHIVE.model_copy(update={"evaluations": ()}), address, "sv")
    assert [content for path, content in sorted(empty.items()) if "manifest" not in path] == ["{}", "[]"]


def test_the_vendor_scripts_are_installed_and_of_the_version_that_the_index_names() -> None:
    scripts = search.vendor()
    assert len(scripts) == 4 and all(source.is_file() for source in scripts.values())
    version = re.search(r'lunr\.version = "(.+?)"', scripts["assets/search/lunr.js"].read_text(encoding="utf-8"))
    assert version and version[1] == search.index(RECORDS.values(), ARCHIVE)["version"]


def test_ids_are_unique() -> None:
    records = search.records(ARCHIVE, address)
    assert len({record.id for record in records}) == len(records)
