"""Questions to the whole archive: each is worked out once, and noted by whoever wants to know what was asked.

What was made before is still right when everything it asked has the same answer today. So whatever an evaluation's
pages need from other evaluations is asked for here, never looked up in the archive by hand.

An answer rests on other answers, and is worked out anew only when one of these has become another. At the ground lie
the questions that look through the archive themselves (`gathered`), which are asked of each archive anew: they are few,
and quick. Carried from one archive to the next, an answer that is equal to the one before counts as that one.
What is known of an archive can be carried on to another process as well (`known`, `follow_known`).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from generator.model import Archive, Evaluation

P = ParamSpec("P")
Given = TypeVar("Given")
Question = Callable[..., Any]


class Answer:
    """What is known of one question: its answer, what that rests on, and since which archive it has been this one."""

    __slots__ = ("about", "question", "rests_on", "seen", "since", "value")

    def __init__(self, question: Question, about: tuple[Any, ...]) -> None:
        self.question, self.about = question, about
        self.value: Any = None
        self.rests_on: tuple[Answer, ...] | None = None
        """What it asked in turn, in order; None where it looks through the archive itself, or is not answered yet."""
        self.since = self.seen = 0

    def __getstate__(self) -> tuple[Any, ...]:
        """Another process knows a question by its name."""
        return _name(self.question), self.about, self.value, self.rests_on, self.since, self.seen

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        name, self.about, self.value, self.rests_on, self.since, self.seen = state
        self.question = _questions[name]


class _Answers:
    """The answers of an archive, some of them from the archives that it follows."""

    def __init__(self, number: int = 1, known: Iterable[Answer] = ()) -> None:
        self.number = number
        self._known = {(each.question, each.about): each for each in known}

    @property
    def known(self) -> tuple[int, list[Answer]]:
        """The number of the archive, and what it was asked."""
        return self.number, [each for each in self._known.values() if each.seen == self.number]

    def on(self, question: Question, about: tuple[Any, ...]) -> Answer:
        key = question, about
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Answer(question, about)
        return found

    def follow(self) -> None:
        """From now on another archive is asked; what nobody asked the last one is forgotten."""
        unasked = [key for key, answer in self._known.items() if answer.seen != self.number]
        for key in unasked:
            del self._known[key]
        self.number += 1

    def bring_up(self, answer: Answer, archive: Archive) -> Answer:
        """The answer as this archive gives it."""
        if answer.seen != self.number:
            # In the order in which they were asked: what came later may have been asked because of what came first.
            if answer.rests_on is None or self.differs(answer.rests_on, archive, answer.seen):
                self._work_out(answer, archive)
            answer.seen = self.number
        return answer

    def differs(self, asked: Iterable[Answer], archive: Archive, since: int) -> bool:
        """Whether one of the answers has become another since the archive of a number."""
        for answer in asked:
            if answer.seen != self.number:
                self.bring_up(answer, archive)
            if answer.since > since:
                return True
        return False

    def _work_out(self, answer: Answer, archive: Archive) -> None:
        with asking() as asked:
            value = answer.question(archive, *answer.about)
        answer.rests_on = tuple(asked) if asked and not _gathers(answer.question) else None
        if not answer.seen or value != answer.value:
            answer.value, answer.since = value, self.number


Asked = dict[Answer, None]
"""What was asked, in order."""

Made = dict[tuple[str, tuple[Any, ...]], Any]
"""What was made of an evaluation, by the name of the work and what else it was given."""

Known = tuple[int, list[Answer], list[tuple[Evaluation, Made]]]
"""What is known of an archive: its number in the row, the answers, and what was made of its evaluations."""

_questions: dict[str, Question] = {}
"""Every question by its name."""
_known: dict[int, _Answers] = {}
"""The answers of each living archive."""
_made: dict[int, Made] = {}
"""What was made of each living evaluation."""
_noted: ContextVar[Asked | None] = ContextVar("noted", default=None)


def answered(question: Callable[Concatenate[Archive, P], Given]) -> Callable[Concatenate[Archive, P], Given]:
    """Make a function of the archive and hashable values a question; of evaluations it only knows what it asks."""
    _questions[_name(question)] = question

    @wraps(question)
    def ask(archive: Archive, *about: Any) -> Given:
        answers = _of(archive)
        answer = answers.bring_up(answers.on(question, about), archive)
        notes = _noted.get()
        if notes is not None:
            notes[answer] = None
        return cast(Given, answer.value)

    return cast(Callable[Concatenate[Archive, P], Given], ask)


def gathered(question: Callable[Concatenate[Archive, P], Given]) -> Callable[Concatenate[Archive, P], Given]:
    """The same for one that looks through the archive's evaluations."""
    vars(question)["gathers"] = True
    return answered(question)


def _name(question: Question) -> str:
    return f"{question.__module__}.{question.__qualname__}"


def _gathers(question: Question) -> bool:
    return "gathers" in vars(question)


def _of(archive: Archive) -> _Answers:
    known = _known.get(id(archive))
    if known is None:
        known = _known[id(archive)] = _Answers()
        weakref.finalize(archive, _known.pop, id(archive), None)
    return known


def follow(archive: Archive, earlier: Archive) -> None:
    """Let an archive start from what was answered of an earlier one that differs in its evaluations alone."""
    if archive is not earlier and (known := _known.pop(id(earlier), None)):
        _of(archive)
        _known[id(archive)] = known
        known.follow()


def known(archive: Archive) -> Known:
    """What an archive was asked, with its number in the row: what another process can go on from."""
    number, answers = _of(archive).known
    return number, answers, [(each, _made[id(each)]) for each in archive.evaluations if id(each) in _made]


def follow_known(archive: Archive, earlier: Known) -> None:
    """Let an archive start from what another process knew of an earlier one."""
    _of(archive)
    number, answers, made = earlier
    _known[id(archive)] = known = _Answers(number, answers)
    known.follow()
    for evaluation, found in made:
        _made_of(evaluation).update(found)


@contextmanager
def asking() -> Iterator[Asked]:
    """Everything that is asked inside; what an answer rests on is not asked by who asks for the answer."""
    notes: Asked = {}
    token = _noted.set(notes)
    try:
        yield notes
    finally:
        _noted.reset(token)


def of_one(work: Callable[Concatenate[Evaluation, P], Given]) -> Callable[Concatenate[Evaluation, P], Given]:
    """Let a function of an evaluation work once for each; while its file is the same, so is the evaluation."""
    name = _name(work)

    @wraps(work)
    def once(evaluation: Evaluation, *about: Any) -> Given:
        made, key = _made_of(evaluation), (name, about)
        if key not in made:
            made[key] = cast(Callable[..., Given], work)(evaluation, *about)
        return cast(Given, made[key])

    return cast(Callable[Concatenate[Evaluation, P], Given], once)


def _made_of(evaluation: Evaluation) -> Made:
    made = _made.get(id(evaluation))
    if made is None:
        made = _made[id(evaluation)] = {}
        weakref.finalize(evaluation, _made.pop, id(evaluation), None)
    return made


def number(archive: Archive) -> int:
    """The archive's place in the row of those that follow each other."""
    return _of(archive).number


def still(asked: Asked, archive: Archive, since: int) -> bool:
    """Whether everything that was asked has the answer in this archive that it had in the one of that number."""
    return not _of(archive).differs(asked, archive, since)
