"""What changed between two sets of answers: the one page "what changed"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candor.forms import display
from candor.forms.answers import Answer, Change, row_key, rows_of
from candor.forms.carry_forward import classify
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind

Rows = tuple[dict[str, Any], ...]
_NO_ROW = display.DASH
"""Stands where the other year has the only row that differs."""
_ACTS = {Kind.ACKNOWLEDGEMENT, Kind.SIGNATURE}


@dataclass(frozen=True)
class Difference:
    """One answer that is not what it was.

    ``before`` and ``after`` are lines for reading; empty means that it was not asked (or not
    answered) then. ``added`` and ``removed`` are the table rows that came and went; where both
    years have rows, `then` and `now` leave out the rows that are the same.
    """

    question: str
    section: str
    change: Change
    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0
    """How many rows stand unchanged."""

    @property
    def then(self) -> str:
        """Last year's answer without the rows that are still there."""
        return _told(self.removed) if self._by_rows else self.before

    @property
    def now(self) -> str:
        """This year's answer without the rows that were there already."""
        return _told(self.added) if self._by_rows else self.after

    @property
    def _by_rows(self) -> bool:
        return bool(self.kept or (self.added and self.removed)) and bool(self.added or self.removed)


def _told(rows: tuple[str, ...]) -> str:
    return "; ".join(rows) or _NO_ROW


@dataclass(frozen=True)
class Tally:
    """The numbers at the head of the page."""

    reaffirmed: int
    changed: int
    new: int
    unable: int
    asked: int


def compare(
    form: Form, old: Mapping[str, Answer], new: Mapping[str, Answer], language: str = "en"
) -> tuple[Difference, ...]:
    """Every question whose answer came, went or changed, in the order of the form.

    Pass the answers that were signed (`visibility.kept`). Acknowledgements and signatures are
    acts of their year and are left out.
    """
    found = (
        _difference(question, old.get(question.id), new.get(question.id), language)
        for question in form.questions
        if question.kind not in _ACTS
    )
    return tuple(difference for difference in found if difference is not None)


def _difference(
    question: Question, old: Answer | None, new: Answer | None, language: str
) -> Difference | None:
    before = old if old is not None and old.answered else None
    after = new if new is not None and new.answered else None
    if before is None and after is None:
        return None
    change = Change.CHANGED if after is None else classify(question, before, after)
    if change is Change.REAFFIRMED:
        return None
    rows_then, rows_now = rows_of(question, before), rows_of(question, after)
    added = _only_in(question, rows_now, rows_then, language)
    return Difference(
        question=question.id,
        section=question.section,
        change=change,
        before=display.answer_line(question, before, language) if before else "",
        after=display.answer_line(question, after, language) if after else "",
        added=added,
        kept=len(rows_now) - len(added),
        removed=_only_in(question, rows_then, rows_now, language),
    )


def _only_in(question: Question, rows: Rows, others: Rows, language: str) -> tuple[str, ...]:
    known = {row_key(row) for row in others}
    return tuple(display.row(question, row, language) for row in rows if row_key(row) not in known)


def tally(answers: Mapping[str, Answer]) -> Tally:
    """Counts over settled answers (`carry_forward.settle`)."""
    given = [answer for answer in answers.values() if answer.answered]
    changes = [answer.change for answer in given]
    return Tally(
        reaffirmed=changes.count(Change.REAFFIRMED),
        changed=changes.count(Change.CHANGED),
        new=changes.count(Change.NEW),
        unable=sum(bool(answer.unable) for answer in given),
        asked=len(given),
    )
