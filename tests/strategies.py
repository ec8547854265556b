"""Generated evaluations, and an evaluation written as YAML; the generator itself never writes data."""

import unicodedata
from typing import Any

import yaml
from hypothesis import strategies as st

from generator.load.file import REFUSED, SUSPECT
from generator.model import Evaluation

SLUGS = ("granby", "storvik-by")
AWKWARD = (
    "no", "NO", "true", "null", "~", "1.10", "0117", "2016-05", "1_000", "12:30", "on", "- a", "a: b", "Mål #1", "#",
    "*a", "&a", "!a", "{a}", "[a", "'", '"', "\\", "| x", "> y", "%", "@", "`", "? a", "<<", "-", "=", "434", "a\nb",
    "a\n\n b", "å ä ö ø æ", "\N{NO-BREAK SPACE}", "x" * 200, "---", "...", "{{ x }}", "\N{SLIGHTLY SMILING FACE}",
)


def _fit(text: str) -> bool:
    return bool(text.strip("\n")) and not REFUSED.search(text) and not SUSPECT.search(text) and "\r" not in text


def awkward_text(longest: int = 200) -> st.SearchStrategy[str]:
    """Text that YAML, Markdown or a terminal could mistake for something else; NFC, without invisible characters."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
    some = st.one_of(st.sampled_from(AWKWARD), st.text(letters, min_size=1, max_size=40))
    composed = some.map(lambda text: unicodedata.normalize("NFC", text[:longest]).strip("\n"))
    return composed.filter(lambda text: _fit(text) and len(text) <= longest)


def _some(options: dict[str, st.SearchStrategy[Any]], always: dict[str, st.SearchStrategy[Any]] | None = None) -> Any:
    return st.fixed_dictionaries(always or {}, optional=options)


def _notes(kind: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    note = {"id": st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True), "text": awkward_text()}
    if kind == "examples":
        note["title"] = awkward_text(80)
    options = {"topics": st.lists(st.sampled_from(["medborgardialog", "ledarskap"]), max_size=2),
               "told_by": st.sampled_from(["report", "municipality", "jury"])}
    return st.lists(_some(options, note), max_size=2)


def _question() -> st.SearchStrategy[dict[str, int]]:
    return _some({"points": st.integers(0, 100), "maximum": st.integers(0, 100), "percent": st.integers(0, 100)})


def _area() -> st.SearchStrategy[dict[str, Any]]:
    return _some({
        "points": st.integers(0, 100),
        **{name: awkward_text() for name in ("printed_title", "brief", "summary")},
        "questions": st.dictionaries(st.sampled_from(["1.1", "1.2", "1.10"]), _question(), max_size=3),
        "highlights": st.lists(awkward_text(), max_size=2),
        **{kind: _notes(kind) for kind in ("strengths", "improvements", "examples")},
    })


def evaluation_data() -> st.SearchStrategy[dict[str, Any]]:
    """The content of an evaluation file: valid for the model, though its figures need not agree."""
    url = st.just("https://example.org/a?b=c#d")
    source = _some({"url": url}, {"title": awkward_text(), "read": st.just("2026-01-31")})
    return _some({
        "month": st.integers(1, 12), "language": st.sampled_from(["sv", "nb", "nn"]), "summary": awkward_text(),
        "evaluators": st.lists(awkward_text(), max_size=2), "previous": st.lists(st.integers(1990, 2015), max_size=2),
        "evidence": _some({"interviews": st.integers(0, 99), "approximate": st.booleans(), "documents": st.booleans()}),
        "total": st.integers(0, 800), "areas": st.dictionaries(st.integers(1, 8), _area(), max_size=3),
        "printed_changes": st.lists(_some({"total": st.integers(-99, 99)}, {"since": st.just(2013)}), max_size=1),
        "notes": st.lists(awkward_text(), max_size=2),
    }, {"edition": st.sampled_from(["2010", "2015", "unknown"]), "sources": st.lists(source, min_size=1, max_size=2)})


def evaluations() -> st.SearchStrategy[Evaluation]:
    """Evaluations as the model holds them."""
    identity = {"country": "se", "municipality": "granby", "year": 2016}
    return evaluation_data().map(lambda data: Evaluation.model_validate({"language": "sv", **data, **identity}))


def as_yaml(evaluation: Evaluation) -> str:
    """The evaluation as an editor could write it; what the path says is left out."""
    data = evaluation.model_dump(mode="json", exclude_unset=True, exclude={"country", "municipality", "year"})
    return _text(_keyed(data))


def _keyed(value: Any) -> Any:
    """JSON has only text for keys; areas are numbers."""
    if isinstance(value, dict):
        return {int(key) if str(key).isdigit() else key: _keyed(each) for key, each in value.items()}
    return [_keyed(each) for each in value] if isinstance(value, list) else value


class _Dumper(yaml.SafeDumper):
    """Quotes all text and writes no aliases, so that nothing depends on how a scalar is resolved."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def _text(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
