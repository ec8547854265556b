"""Prose: what looks copied, private or in another language. Nearly all of it only warns: words are for people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from generator.checks.references import notes
from generator.checks.rule import At, Context, Finding, rule
from generator.model import Archive, AreaResult, Evaluation, Example

Prose = tuple[At, str, str]
"""A text with its place and its language."""

COPIED = 80
"""Shorter texts may well be the same in two reports."""
BRACKETS = 400
"""More than this many `[` in one text is no prose, and makes Markdown slow."""

_HTML = re.compile(r"</?[A-Za-z][^<>]{0,80}>|<!--|<script", re.IGNORECASE)
_LINK = re.compile(r"\]\(\s*<?\s*([A-Za-z&%][A-Za-z0-9+.&%;#-]*:)")
_IMAGE = re.compile(r"!\[[^\]]{0,200}\]\(")
_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+ ]\d{4}(?!\d)"
                     r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} \d{5}(?!\d)")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z]")
_SHARED = ("info@", "kommun@", "kommunen@", "post@", "postmottak@", "kontakt@", "registrator@", "kundcenter@",
           "kontaktcenter@", "medborgarservice@", "support@")
_MARKERS = {
    "sv": frozenset(("och", "är", "att", "inte", "från", "också", "för")),
    "nb": frozenset(("og", "er", "ikke", "fra", "også", "etter", "å")),
    "nn": frozenset(("og", "er", "ikkje", "frå", "også", "etter", "å", "eit")),
    "da": frozenset(("og", "er", "ikke", "fra", "også", "efter", "af", "at")),
    "en": frozenset(("and", "is", "the", "not", "from", "also", "of", "with", "are")),
    "fi": frozenset(("ja", "on", "ei", "myös", "että", "ovat", "sekä", "tai", "kunta")),
}

_OWN = {language: re.compile(f" (?:{'|'.join(sorted(words))}) ") for language, words in _MARKERS.items()}
"""One of the language's small words between spaces: found at once in nearly every text, without cutting it up."""


def prose(evaluation: Evaluation) -> Iterator[Prose]:
    """Every text of an evaluation."""
    language = evaluation.language
    owners: list[tuple[At, Evaluation | AreaResult]] = [((), evaluation)]
    owners += [(("areas", area), result) for area, result in evaluation.areas.items()]
    for at, owner in owners:
        if owner.summary:
            yield (*at, "summary"), owner.summary, language
        if isinstance(owner, AreaResult) and owner.brief:
            yield (*at, "brief"), owner.brief, language
        yield from (((*at, "highlights", index), text, language) for index, text in enumerate(owner.highlights))
    for at, _, note in notes(evaluation):
        yield (*at, "text"), note.text, note.lang or language
    yield from ((("notes", index), text, language) for index, text in enumerate(evaluation.notes))


def lines(evaluation: Evaluation) -> Iterator[tuple[At, str]]:
    """Every title and label of an evaluation."""
    yield from ((("evaluators", index), each) for index, each in enumerate(evaluation.evaluators))
    yield from ((("sources", index, "title"), each.title) for index, each in enumerate(evaluation.sources))
    yield from ((("role_models", index, "about"), each.about) for index, each in enumerate(evaluation.role_models))
    if evaluation.reference:
        yield ("reference", "label"), evaluation.reference.label
    yield from ((("areas", area, "printed_title"), result.printed_title)
                for area, result in evaluation.areas.items() if result.printed_title)
    yield from (((*at, "title"), note.title) for at, _, note in notes(evaluation) if isinstance(note, Example))


@rule("KK050", severity="warning")
def html_in_text(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """HTML and images in a text or a title are shown as the signs they are, never as markup."""
    texts = ((at, text) for at, text, _ in context.once(prose, evaluation))
    for at, text in chain(texts, lines(evaluation)):
        found = _HTML.search(text) or _IMAGE.search(text)
        if found:
            yield Finding(evaluation, at, {"found": found[0][:60]})


@rule("KK052")
def link_not_allowed(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A link in a text leads to http, https or mailto."""
    for at, text, _ in context.once(prose, evaluation):
        for match in _LINK.finditer(text):
            if match[1].lower() not in ("http:", "https:", "mailto:"):
                yield Finding(evaluation, at, {"scheme": match[1][:60]})


@rule("KK053", of="archive", severity="warning")
def text_of_another(context: Context, archive: Archive) -> Iterator[Finding]:
    """A report's long text stands in one municipality only; the same words in two are probably copied by mistake."""
    texts = [(evaluation, *each) for evaluation in archive.evaluations for each in _long(context, evaluation)]
    beginnings = Counter(beginning for *_, beginning in texts)
    first: dict[str, Evaluation] = {}
    for evaluation, at, text, beginning in texts:
        # Nearly every text begins in its own way, and is not looked at further.
        if beginnings[beginning] > 1:
            other = first.setdefault(_words(text), evaluation)
            if other.municipality != evaluation.municipality:
                yield Finding(evaluation, at, {"other": other.slug})


def _long(context: Context, evaluation: Evaluation) -> Iterator[tuple[At, str, str]]:
    """The long texts with their places and the words that they begin with."""
    for at, text, _ in context.once(prose, evaluation):
        # Notes and highlights are short remarks of ours, and the same may be true of several reports.
        if len(text) >= COPIED and not {"notes", "highlights"} & set(at):
            yield at, text, _words(text[:COPIED])[:COPIED // 2]


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


@rule("KK054", severity="warning")
def personal_number(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A text holds nobody's personal identity number."""
    for at, text, _ in context.once(prose, evaluation):
        # Looking for four digits first takes a tenth of the time.
        if _FOUR_DIGITS.search(text) and _NUMBER.search(text):
            yield Finding(evaluation, at)


@rule("KK055", severity="warning")
def personal_address(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A text holds no person's e-mail address; a municipality's own may stand."""
    for at, text, _ in context.once(prose, evaluation):
        if "@" in text and any(not each.lower().startswith(_SHARED) for each in _EMAIL.findall(text)):
            yield Finding(evaluation, at)


@rule("KK056", severity="warning")
def text_in_another_language(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A text is in the evaluation's language, or its `lang` says which."""
    for at, text, language in context.once(prose, evaluation):
        if _OWN[language].search(text):
            continue
        words = text.lower().split()
        if not _MARKERS[language].isdisjoint(words):
            continue
        counted = {each: sum(word in markers for word in words) for each, markers in _MARKERS.items()}
        likely = max(counted, key=lambda each: counted[each])
        if counted[likely] >= 3:
            yield Finding(evaluation, at, {"language": language, "likely": likely})


@rule("KK057")
def too_many_brackets(context: Context, evaluation: Evaluation) -> Iterator[Finding]:
    """A text is prose: hundreds of `[` are not."""
    for at, text, _ in context.once(prose, evaluation):
        if text.count("[") > BRACKETS:
            yield Finding(evaluation, at, {"limit": BRACKETS})
