"""Words, numbers and dates of a language; prose that is always safe; and the words that the search cuts out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as markup
from markdown import Markdown

from generator.text import LANGUAGES, Words, entities, fold, html, plain, stem, tokens, words
from generator.text.words import capital

SV = words("sv")
MARKED = st.text(st.sampled_from("ab1 åØ\\`*_[](){}<>|#&;:!~^=+-.'\"/{%}") | st.characters(codec="utf-8"))
"""Text in which marks of Markdown, HTML and Jinja are far more common than in any report."""


def visible(text: str) -> str:
    """The text with its whitespace folded, without the characters that the loader refuses."""
    return " ".join("".join(" " if c.isspace() else c for c in text if not unbearable(c)).split())


def unbearable(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cs")


# Words --------------------------------------------------------------------------------------------------------------


def test_swedish_is_there():
    assert "sv" in LANGUAGES


def test_a_key_gives_its_words_with_the_values_in_place():
    assert "Läst 3 maj 2016." == SV("pages.read", date="3 maj 2016")


def test_a_key_that_does_not_exist_fails():
    with pytest.raises(KeyError, match="no_such_word"):
        SV("pages.no_such_word")


def test_a_value_that_is_not_given_fails():
    with pytest.raises(KeyError, match="date"):
        SV("pages.read")


@pytest.mark.parametrize(("n", "expected"), [(0, "0 poäng"), (1, "en poäng"), (2, "2 poäng"), (11, "11 poäng")])
def test_one_has_its_own_form_and_everything_else_the_other(n: int, expected: str):
    t = Words("sv", {"pages.count.one": "en poäng", "pages.count.other": "{n} poäng"})

    assert expected == t("pages.count", n=n)


def test_a_key_without_forms_takes_n_as_any_other_value():
    assert "7 st" == Words("sv", {"pages.plain": "{n} st"})("pages.plain", n=7)


def test_words_in_a_value_are_never_filled_in_again():
    assert "a {date} b" == Words("sv", {"x.y": "a {value} b"})("x.y", value="{date}")


def test_it_can_be_asked_whether_a_key_exists():
    assert "pages.read" in SV
    assert "pages.no_such_word" not in SV


def test_a_language_that_has_no_words_says_nothing():
    with pytest.raises(KeyError):
        words("xx")("pages.read", date="")


# Numbers, lists and dates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"), [(0, "0"), (434, "434"), (48591, "48\xa0591"), (-5, "−5"), (-12345, "−12\xa0345")]
)
def test_a_number_has_a_space_between_thousands_and_a_real_minus(value: int, expected: str):
    assert expected == SV.number(value)


@pytest.mark.parametrize(("value", "expected"), [(4, "+4"), (-13, "−13"), (0, "±0"), (1300, "+1\xa0300")])
def test_a_difference_always_has_a_sign(value: int, expected: str):
    assert expected == SV.signed(value)


@pytest.mark.parametrize(("value", "expected"), [(1, "en"), (3, "tre"), (12, "tolv"), (13, "13"), (0, "0")])
def test_small_numbers_are_told_in_words(value: int, expected: str):
    assert expected == SV.counted(value)


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_a_list_ends_with_and(items: list[str], expected: str):
    assert expected == SV.listing(items)


@pytest.mark.parametrize(
    ("partial", "expected"),
    [("2014", "2014"), ("2014-03", "mars 2014"), ("2015-08-25", "25 augusti 2015"), ("2016-05-01", "1 maj 2016")],
)
def test_a_date_is_as_exact_as_it_is_known(partial: str, expected: str):
    assert expected == SV.when(partial)


def test_a_capital_letter_leaves_the_rest_as_it_is():
    assert ["Åtta av SKR", "Två", ""] == [capital("åtta av SKR"), capital("två"), capital("")]


@pytest.mark.parametrize(
    "ordered",
    [
        ["Arvika", "Zorn", "Åre", "Ängelholm", "Örebro"],
        ["Aure", "Vik", "Ænes", "Øvre Ånes"],
        ["Umeå", "Åmål", "Älvkarleby", "Ærø", "Öckerö", "Ørland"],
        ["Ale", "alunda", "Boden"],
    ],
)
def test_nordic_letters_come_after_z_in_the_order_of_the_alphabet(ordered: list[str]):
    assert ordered == sorted(ordered, key=SV.order)


def test_the_order_does_not_depend_on_how_letters_are_composed():
    assert SV.order("Åre Ängelholm") == SV.order(unicodedata.normalize("NFD", "Åre Ängelholm"))


# Prose --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett.\n\nTvå.", "<p>Ett.</p> <p>Två.</p>"),
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("- a\n- b", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("1. a\n2. b", "<ol> <li>a</li> <li>b</li> </ol>"),
        ("a\nb", "<p>a b</p>"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="noopener">a</a></p>'),
        ("[a](mailto:a@a.example)", '<p><a href="mailto:a@a.example" rel="noopener">a</a></p>'),
    ],
)
def test_paragraphs_lists_emphasis_and_links_are_all_the_markup_there_is(text: str, expected: str):
    assert expected == html(text)


@given(st.text("abÅß9 ,.:()?%–-\n", max_size=30))
@example("a. b\n\nc (d)\n")
@example("a  \nb")
@example("a\n- b")
@example("a\n1. b")
def test_sentences_without_markup_become_what_they_are_beside_markup(text: str):
    assert html(text + "\n\n*a*") == f"{html(text)} <p><em>a</em></p>".strip()


@pytest.mark.parametrize(
    "text", ["# rubrik", "> citat", "`kod`", "---", "| a | b |", "<https://a.example>", "~~a~~", "[a]: /b"]
)
def test_other_markdown_is_shown_as_the_text_it_is(text: str):
    assert f"<p>{text}</p>" == html(text).replace("&gt;", ">").replace("&lt;", "<")


@pytest.mark.parametrize("text", ["<b>fet</b>", "<script>alert(1)</script>", "<!-- dold -->", "<img src=x onerror=y>"])
def test_html_in_the_data_is_shown_as_text(text: str):
    assert text == markup.fromstring(html(text)).text_content()
    assert "&lt;" in html(text)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:a", "data:text/html,x", "vbscript:a", "file:///a"]
)
def test_a_link_that_could_do_harm_becomes_text(address: str):
    assert [] == markup.fromstring(html(f"[a]({address})")).xpath("//@href")
    assert f"[a]({address})" == plain(f"[a]({address})")


def test_an_image_is_never_loaded():
    assert '<p>!<a href="https://a.example/b.png" rel="noopener">a</a></p>' == html("![a](https://a.example/b.png)")


@given(MARKED)
@example("<svg/onload=a>")
@example('[a](https://b.example"onclick="c)')
@example("[a](<javascript:b>)")
def test_no_text_becomes_anything_but_the_few_allowed_tags(text: str):
    found = markup.fragment_fromstring(html(text), create_parent="div")

    assert {element.tag for element in found.iterdescendants()} <= {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
    assert {name for a in found.iter("a") for name in a.attrib} <= {"href", "rel", "title"}
    assert all(a.get("rel") == "noopener" for a in found.iter("a"))


@given(MARKED)
def test_prose_is_one_line_so_that_no_blank_line_ends_its_block(text: str):
    assert "\n" not in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej *du* **där**", "Hej du där"),
        ("[en länk](https://a.example) till", "en länk till"),
        ("a\n\n- b\n- c", "a b c"),
        ("a\nb\\\nc", "a b c"),
        ("<b>a</b> & b", "<b>a</b> & b"),
        ("&lt;b&gt; 5 &amp; 6", "<b> 5 & 6"),
        ("", ""),
    ],
)
def test_plain_text_is_the_words_without_the_markup(text: str, expected: str):
    assert expected == plain(text)


@given(MARKED)
def test_plain_text_is_what_a_reader_of_the_html_reads(text: str):
    read = "".join(markup.fragment_fromstring(html(text).replace("<br>", " "), create_parent="div").itertext())

    assert visible(read).replace(" ", "") == visible(plain(text)).replace(" ", "")


# Text in Markdown itself --------------------------------------------------------------------------------------------


def heading(text: str) -> str:
    """What a reader sees of a heading, rendered with the extensions of mkdocs.yml."""
    page = Markdown(extensions=["attr_list", "toc"]).convert(f"före\n\n# {entities(text)}\n\nefter")
    [found] = markup.fragment_fromstring(page, create_parent="div").findall("h1")
    assert set(found.attrib) <= {"id"} and len(found) == 0
    return visible(found.text_content())


@given(MARKED.map(visible).filter(bool))
@example("{#id .klass} | [a](javascript:b)")
@example("</title><script>alert(1)</script>")
@example("1. Ett")
@example("4.2 Fråga")
@example("- punkt")
@example("[TOC]")
@example("a #")
@example("&amp; &#35; &copy;")
@example("a \\# b\\")
@example("***")
@example("![a](b.png)")
@example("{{ page.title }} {% raw %}")
def test_any_text_survives_as_a_heading(text: str):
    assert text == heading(text)


@given(MARKED.map(visible).filter(bool))
@example("- punkt")
@example("+ plus")
@example("* stjärna")
@example("1. Ett")
@example("# rubrik")
@example("> citat")
@example("[a]: /b")
@example("===")
def test_any_text_survives_as_a_paragraph(text: str):
    page = markup.fragment_fromstring(
        Markdown(extensions=["attr_list", "toc"]).convert(entities(text)), create_parent="div"
    )

    assert ["p"] == [element.tag for element in page.iterdescendants()]
    assert text == visible(page.text_content())


def test_a_heading_is_one_line_whatever_the_text():
    assert "a b c" == entities("  a\n\nb\t c ")


# Words of the search ------------------------------------------------------------------------------------------------


def test_tokens_are_the_words_in_lower_case_and_in_order():
    assert ["ständiga", "förbättringar", "10", "av", "åre"] == tokens("Ständiga förbättringar: 10 % av Åre!")


@given(st.text(st.sampled_from("aåäöéæøÅÄÖÉ -")))
def test_tokens_do_not_depend_on_how_letters_are_composed(text: str):
    assert tokens(text) == tokens(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("väl", "väl"),
        ("åsö", "åsö"),
        ("læring", "läring"),
        ("øving", "öving"),
        ("idé", "ide"),
        ("à", "a"),
        ("straße", "strasse"),
        ("ánnes", "annes"),
    ],
)
def test_folding_keeps_nordic_words_apart_and_lets_the_languages_meet(word: str, expected: str):
    assert expected == fold(word)


@given(st.text(st.characters(categories=["L", "N"])))
def test_folding_twice_is_folding_once(text: str):
    for word in tokens(text):
        assert fold(word) == fold(fold(word))


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("medborgardialogen", "sv", "medborgardialog"),
        ("kommunerna", "sv", "kommun"),
        ("kommunene", "nb", "kommun"),
        ("kvaliteten", "nn", "kvalit"),
        ("koncernen", "sv", "konc"),
        ("koncern", "sv", "konc"),
        ("demokratin", "sv", "demokrati"),
        ("arbetet", "sv", "arbet"),
        ("kvalitet", "sv", "kvalitet"),
        ("effektivt", "sv", "effektiv"),
        ("barnet", "sv", "barn"),
        ("huset", "sv", "huset"),
        ("kommunerne", "da", "kommun"),
        ("kunnassa", "fi", "kun"),
        ("services", "en", "services"),
    ],
)
def test_a_word_is_stemmed_in_its_own_language_until_nothing_comes_off(word: str, language: str, expected: str):
    assert expected == stem(word, language)
