"""Every rule against its case file: the code, the line, the column and the length of the token, and nothing else."""

import pickle
import re
import shutil
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks import DECLARABLE, RULES, Before, arithmetic, check
from generator.checks.intervals import added, printed, question
from generator.checks.rule import Context
from generator.load import Remembered, load
from generator.model import Archive, Evaluation, QuestionResult
from generator.problems import Problem, show

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "problems"
EXPECT = re.compile(r"# expect: (KK\d{3})( warning)? (\d+):(\d+)(?:\+(\d+))?(?: (\S+))?")
DEFAULT = "se/granby/2016.yml"
NEWLINES = {"crlf": "\r\n", "cr": "\r"}


def found(folder: Path) -> list[Problem]:
    """Every problem of a folder."""
    loaded = load(folder)
    return sorted([*loaded.problems, *check(loaded.archive, loaded.places, TODAY)])


def lay_out(case: str, folder: Path) -> str:
    """Write a case over the sound base: its own file, and after `#### path` another; returns its own path.

    Its own file may end with `# tail:` so many times a text, and may be `# saved as:` a way of writing text.
    """
    shutil.copytree(CASES / "base", folder)
    own = re.search(r"^# file: (\S+)", case, re.MULTILINE)
    path = own[1] if own else DEFAULT
    text, *others = re.split(r"^#### (\S+)\n", case, flags=re.MULTILINE)
    for name, content in [(path, saved(text)), *zip(others[::2], map(str.encode, others[1::2]), strict=True)]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return path


def saved(text: str) -> bytes:
    """The bytes of a case's own file."""
    tail = re.search(r"^# tail: (\d+) (.+)$", text, re.MULTILINE)
    whole = text.removesuffix("\n") + int(tail[1]) * tail[2] if tail else text
    form = re.search(r"^# saved as: (\S+)", text, re.MULTILINE)
    if form and form[1] in NEWLINES:
        return whole.replace("\n", NEWLINES[form[1]]).encode()
    return whole.encode(form[1] if form else "utf-8")


def test_what_was_found_is_found_again_by_another_process(tmp_path: Path):
    """Also of figures that are declared to be printed so: what is declared without need is told again."""
    lay_out((CASES / "declaration-not-needed.yml").read_text(encoding="utf-8"), tmp_path / "e")
    remembered, before = Remembered(), Before()
    loaded = load(tmp_path / "e", before=remembered)
    told = check(loaded.archive, loaded.places, TODAY, before)

    remembered, again = pickle.loads(pickle.dumps((remembered, before)))
    loaded = load(tmp_path / "e", before=remembered)

    assert told == check(loaded.archive, loaded.places, TODAY, again)
    assert told


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yml")), ids=lambda file: file.stem)
def test_a_case_gives_exactly_the_problems_it_expects(file: Path, tmp_path: Path):
    case = file.read_text(encoding="utf-8")
    path = lay_out(case, tmp_path / "evaluations")

    expected = sorted(
        (name or path, int(line), int(column), code, "warning" if warning else "error", int(length or 1))
        for code, warning, line, column, length, name in EXPECT.findall(case)
    )

    assert expected == [_said(each, tmp_path / "evaluations") for each in found(tmp_path / "evaluations")]


def _said(each: Problem, folder: Path) -> tuple[str, int, int, str, str, int]:
    return each.path.removeprefix(f"{folder}/"), each.line, each.column, each.code, each.severity, each.length


def test_six_planted_faults_in_two_files_are_six_messages_each_at_its_token(tmp_path: Path):
    folder = tmp_path / "evaluations"
    lay_out((CASES / "five-faults-in-one-file.yml").read_text(encoding="utf-8"), folder)
    problems = found(folder)
    places = re.findall(r"^\S+/se/(\S+):(\d+):(\d+): fel\[KK\d{3}\]: ", show(problems), re.MULTILINE)
    tokens = [each.source_line[each.column - 1:][:each.length] for each in problems]

    assert ['"2016"', "fragro", "54,5", "101", "ledarskapp", "total"] == tokens
    assert ["granby/2016.yml"] * 5 + ["storvik-by/2014.yml"] == [file for file, *_ in places]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))


def test_the_example_of_the_guide_is_sound_and_gives_the_warning_and_the_error_that_it_shows(tmp_path: Path):
    guide = (ROOT / "docs" / "redigera" / "index.md").read_text(encoding="utf-8")
    text = "".join(re.findall(r"^```yaml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL))
    messages = re.findall(r"^```\nevaluations/(\S+:\d+:\d+: .*?)\n```$", guide, re.MULTILINE | re.DOTALL)
    folder = Path(shutil.copytree(ROOT / "evaluations", tmp_path / "evaluations"))
    with (folder / "municipalities.csv").open("a", encoding="utf-8") as registry:
        registry.write("se,9999,ekebyvik,Ekebyvik,,,,,,,\n")

    sound, faulty = (shown_at(folder, "se/ekebyvik/2017.yml", text.replace("points: 56", points))
                     for points in ("points: 56", "poäng: 56"))
    assert [messages[1]] == sound
    assert sorted(messages) == sorted(faulty)


def shown_at(folder: Path, path: str, text: str) -> list[str]:
    """What an editor is shown about one file of a folder."""
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    loaded = load(folder, [folder / path])
    problems = sorted([*loaded.problems, *check(loaded.archive, loaded.places, TODAY)])
    return show(problems).replace(f"{folder}/", "").split("\n\n")[:-1]


def test_every_case_says_what_it_expects():
    texts = {file.name: file.read_text(encoding="utf-8") for file in CASES.glob("*.yml")}

    assert [] == [name for name, text in texts.items() if not text.startswith("# expect: ")]


def test_the_base_of_all_cases_is_sound():
    assert [] == found(CASES / "base")


def test_every_case_can_be_shown_in_both_languages(tmp_path: Path):
    for file in CASES.glob("*.yml"):
        lay_out(file.read_text(encoding="utf-8"), tmp_path / file.stem)
        problems = found(tmp_path / file.stem)

        assert show(problems, "sv") != show(problems, "en")


def test_every_rule_says_itself_in_one_sentence():
    for rule in RULES:
        assert re.fullmatch(r"[A-Z][^\n]+\.", rule.test.__doc__ or ""), rule.test


def test_only_rules_on_printed_figures_can_be_declared():
    assert set(DECLARABLE) <= {rule.code for rule in RULES if rule.severity == "error"}


def test_the_real_archive_has_no_errors():
    folder = ROOT / "evaluations"
    loaded = load(folder)
    errors = [each for each in check(loaded.archive, loaded.places, TODAY) if each.severity == "error"]

    assert "" == "".join(show([each]) for each in errors)


# Rounding ---------------------------------------------------------------------------------------------------------

TABLE = {"1.1": 15, "1.2": 20, "1.3": 65}
"""The maxima of an invented area: together 100."""


def rounded(score: Fraction, up: bool) -> int:
    """A score as it may be printed: a half goes up or down."""
    whole, rest = divmod(score, 1)
    return int(whole) + int(rest > Fraction(1, 2) or (rest == Fraction(1, 2) and up))


def archive(*evaluations: dict[str, object]) -> Archive:
    """An archive of one edition and some evaluations of it."""
    areas = {area: {"about": {"sv": "Om."}} for area in range(1, 9)}
    questions = {number: {"title": {"sv": "A"}, "maximum": most} for number, most in TABLE.items()}
    areas[1] |= {"questions": questions}  # type: ignore[dict-item]
    source = {"title": "A", "read": "2026-01-01"}
    same = {"country": "se", "municipality": "granby", "edition": "2015", "language": "sv", "sources": [source]}
    edition = {"id": "2015", "since": 2015, "about": {"sv": "Om."}, "areas": areas}
    return Archive.model_validate({"municipalities": {}, "editions": {"2015": edition}, "topics": {}, "averages": (),
                                   "evaluations": [{**same, **each} for each in evaluations]})


def unreachable(*evaluations: dict[str, object]) -> list[str]:
    """The codes of the arithmetic rules that speak."""
    context = Context(archive(*evaluations), TODAY)
    return [rule.code for rule in RULES if rule.code in ("KK030", "KK031", "KK032", "KK033") and rule.of == "evaluation"
            for each in context.archive.evaluations for _ in rule.test(context, each)]


def printed_as(scores: dict[str, Fraction], shown: set[str], ups: list[bool]) -> dict[str, dict[str, int]]:
    """Questions as a report prints them, some of them left out."""
    return {
        number: {"points": rounded(score, ups[0]), "percent": rounded(score * 100 / TABLE[number], ups[1])}
        for number, score in scores.items() if number in shown
    }


@st.composite
def true_scores(draw: st.DrawFn) -> dict[str, Fraction]:
    """Scores before rounding, down to a hundredth of a point."""
    return {number: Fraction(draw(st.integers(0, most * 100)), 100) for number, most in TABLE.items()}


@given(true_scores(), st.sets(st.sampled_from(sorted(TABLE))), st.lists(st.booleans(), min_size=4, max_size=4),
       st.lists(st.integers(0, 10_000), min_size=7, max_size=7))
@settings(max_examples=200, deadline=None)
def test_what_comes_from_true_scores_is_always_accepted(
    scores: dict[str, Fraction], shown: set[str], ups: list[bool], others: list[int]
):
    areas = {1: sum(scores.values(), Fraction(0)), **{area: Fraction(each, 100) for area, each in enumerate(others, 2)}}
    total = sum(areas.values())
    results: dict[int, dict[str, object]] = {area: {"points": rounded(each, ups[2])} for area, each in areas.items()}
    results[1]["questions"] = printed_as(scores, shown, ups)
    now = {"year": 2016, "total": rounded(total, ups[3]), "areas": results}
    earlier = Fraction(101, 2)
    differences = {1: rounded(areas[1] - earlier, ups[1])}
    change = {"since": 2013, "total": rounded(total - 200, ups[0]), "areas": differences}
    before = {"year": 2013, "total": 200, "areas": {1: {"points": rounded(earlier, ups[2])}}}

    assert [] == unreachable({**now, "printed_changes": [change]}, before)


def scores_printed_as(points: int, percent: int, maximum: int) -> list[int]:
    """Every score that rounds to both figures, in two-hundredths of a point: each bound is a whole number of them."""
    near = range(max(0, points * 200 - 100), min(maximum * 200, points * 200 + 100) + 1)
    return [score for score in near if abs(score - 2 * percent * maximum) <= maximum]


@pytest.mark.parametrize("maximum", [0, 1, 3, 7, 8, 15])
def test_a_question_is_possible_exactly_when_some_score_rounds_to_both(maximum: int):
    for points, percent in product(range(maximum + 2), range(101)):
        scores = scores_printed_as(points, percent, maximum)
        found = question(points, percent, maximum)

        assert bool(scores) == bool(found), (points, percent)
        if scores:
            assert (scores[0], scores[-1]) == found, (points, percent)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, 0, 33, 50, 67, 100])), min_size=1, max_size=3),
       st.integers(0, 10))
@settings(max_examples=150, deadline=None)
def test_an_area_is_reachable_exactly_when_some_scores_add_up(questions: list[tuple[int, int | None]], area: int):
    maximum = 3
    intervals = [question(points, percent, maximum) for points, percent in questions]
    if not all(intervals):
        return
    # The extremes decide: a sum of closed intervals holds everything between them.
    sums = [sum(ends) for ends in product(*intervals)]
    reachable = any(abs(each - area * 200) <= 100 for each in sums) or min(sums) <= area * 200 <= max(sums)

    assert reachable == bool(printed(area) & added(intervals))


@pytest.mark.parametrize(("total", "codes"), [(395, ["KK032"]), (396, []), (400, []), (404, []), (405, ["KK032"])])
def test_a_total_of_eight_areas_may_be_four_points_off(total: int, codes: list[str]):
    areas = {area: {"points": 50} for area in range(1, 9)}

    assert codes == unreachable({"year": 2016, "total": total, "areas": areas})


@pytest.mark.parametrize(("change", "codes"), [
    (139, ["KK033"]), (140, ["KK033"]), (141, []), (142, []), (143, []), (144, ["KK033"]),
])
def test_a_printed_change_may_be_one_point_off(change: int, codes: list[str]):
    now = {"year": 2017, "total": 396, "printed_changes": [{"since": 2013, "total": change}]}

    assert codes == unreachable(now, {"year": 2013, "total": 254})


def test_what_was_not_printed_adds_no_bound():
    assert [] == unreachable({"year": 2016, "total": 434, "areas": {1: {"questions": {"1.1": {"points": 9}}}}})
    assert [] == unreachable({"year": 2016, "areas": {1: {"points": 94, "questions": {"1.1": {"percent": 60}}}}})


def test_an_unknown_edition_leaves_what_is_not_printed_open():
    result = QuestionResult(points=9)
    one = archive({"year": 2016, "edition": "unknown", "areas": {1: {"points": 100, "questions": {"1.1": result}}}})
    context = Context(one, TODAY)

    assert [] == [*arithmetic.area_cannot_be_reached(context, _first(one))]


def _first(one: Archive) -> Evaluation:
    return one.evaluations[0]
