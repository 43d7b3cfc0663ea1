"""Fills in a whole form as a person would: the first choice everywhere, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from candor.forms.answers import Answer, Context, Source
from candor.forms.definition import Column, Form, Question
from candor.forms.kinds import Kind
from candor.forms.visibility import visible

DAY = "2027-01-22"
"""The day on which forms here are filled in; every date in them is this one."""


def filled(form: Form, context: Context, picks: dict[str, str]) -> dict[str, Answer]:
    """A whole set of answers: ``picks`` where it names a choice, else the first."""
    answers: dict[str, Answer] = {}
    for _ in form.questions:
        shown = visible(form, context, answers)
        missing = [question for question in shown if question.id not in answers]
        if not missing:
            break
        question = missing[0]
        answers[question.id] = _answer(question, picks.get(question.id, ""))
    return answers


def _answer(question: Question, pick: str) -> Answer:
    rows = tuple(_rows(question))
    value: Any = list(rows) if question.kind is Kind.TABLE else _value(question, pick)
    told = question.kind is Kind.YES_NO_EXPLAIN and value is True
    return Answer(
        question.id,
        value,
        explanation="Because it is so.",
        source=Source.KNOWN,
        rows=rows if told else (),
        attachments=(_FILE,),
    )


_FILE = {"name": "paper.pdf", "digest": "0" * 64, "size": 1, "media": "application/pdf"}


def _rows(question: Question) -> Iterator[dict[str, Any]]:
    cells = {
        column.id: _value(column, "yes" if column.kind is Kind.YES_NO else "")
        for column in question.columns
    }
    if question.row_for_each:
        for choice in question.column(question.row_for_each).choices:
            yield {**cells, question.row_for_each: choice.key}
    elif cells:
        yield cells


def _value(spec: Question | Column, pick: str) -> Any:
    first = [choice.key for choice in spec.choices][:1]
    return {
        Kind.YES_NO_EXPLAIN: pick == "yes",
        Kind.YES_NO: pick == "yes",
        Kind.SHORT_TEXT: "A short text",
        Kind.LONG_TEXT: "A long text.",
        Kind.NUMBER: 2,
        Kind.MONEY: {"minor": 1250, "currency": spec.currency},
        Kind.DATE: DAY,
        Kind.CHOICE: pick or (first or [""])[0],
        Kind.MULTI_CHOICE: [pick] if pick else first,
        Kind.PERSON: {"name": "Ann Sample", "id": "ann"},
        Kind.ATTACHMENT: [_FILE],
        Kind.ACKNOWLEDGEMENT: True,
        Kind.SIGNATURE: {"name": "Bo Sample"},
    }[spec.kind]
