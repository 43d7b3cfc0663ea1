"""Values as people read them: dates in full, money with its currency, nothing left ambiguous."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from candor import money
from candor.forms.answers import Answer, Context, Problem, rows_of
from candor.forms.definition import Column, Form, Question, text_in
from candor.forms.kinds import Kind
from candor.forms.values import read_date
from candor.forms.wording import wording
from candor.forms.words import NBSP, short_date, words

DASH = "–"
"""Stands for a blank cell: a blank on paper could mean unknown."""


def display(spec: Question | Column, value: object, language: str = "en") -> str:
    """A value of a question or cell in words; an en dash where there is none.

    Dates read ``Fri 22 Jan 2027`` and money ``USD 120,000.00``, both with no-break spaces. Total:
    a value of another shape is shown as text, so that a record from elsewhere can be looked at.
    """
    if value is None or value == "":
        return DASH
    try:
        return _WRITERS[spec.kind](spec, value, language)
    except (KeyError, TypeError, ValueError, AttributeError):
        return str(value)


def amount(minor: int, currency: str) -> str:
    """``USD 120,000.00`` with a no-break space."""
    return f"{currency}{NBSP}{money.digits(minor, money.exponent(currency))}"


def _yes_no(_spec: Question | Column, value: Any, language: str) -> str:
    w = words(language)
    return {True: w.yes, False: w.no}[value]


def _accepted(_spec: Question | Column, value: Any, language: str) -> str:
    return {True: words(language).accepted}[value]


def _number(spec: Question | Column, value: Any, _language: str) -> str:
    text = money.digits(value, spec.decimals)
    return text if spec.grouped else text.replace(",", "")


def _money(_spec: Question | Column, value: Any, _language: str) -> str:
    return amount(value["minor"], value["currency"])


def _date(_spec: Question | Column, value: Any, language: str) -> str:
    day = read_date(value)
    return short_date(day, language) if isinstance(day, date) else str(value)


def _choice(spec: Question | Column, value: Any, language: str) -> str:
    labels = {choice.key: text_in(choice.label, language) for choice in spec.choices}
    return labels[value]


def _choices(spec: Question | Column, value: Any, language: str) -> str:
    return ", ".join(_choice(spec, item, language) for item in value)


def _files(_spec: Question | Column, value: Any, language: str) -> str:
    return ", ".join(file["name"] for file in value) or words(language).nothing


def _table(spec: Question | Column, value: Any, language: str) -> str:
    if not isinstance(spec, Question):
        raise TypeError("a cell holds no table")
    return "; ".join(row(spec, cells, language) for cells in value) or words(language).nothing


_WRITERS: Mapping[Kind, Callable[[Question | Column, Any, str], str]] = {
    Kind.YES_NO_EXPLAIN: _yes_no,
    Kind.YES_NO: _yes_no,
    Kind.SHORT_TEXT: lambda _spec, value, _language: str(value),
    Kind.LONG_TEXT: lambda _spec, value, _language: str(value),
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.MULTI_CHOICE: _choices,
    Kind.PERSON: lambda _spec, value, _language: str(value["name"]),
    Kind.TABLE: _table,
    Kind.ATTACHMENT: _files,
    Kind.ACKNOWLEDGEMENT: _accepted,
    Kind.SIGNATURE: lambda _spec, value, _language: str(value["name"]),
}


_TELLING = frozenset({Kind.SHORT_TEXT, Kind.PERSON})
"""What tells by itself what it is."""
_BARE = frozenset({Kind.YES_NO, Kind.NUMBER})
"""What means nothing without its column's name; a date or an amount only where it is one of two."""


def row(question: Question, cells: Mapping[str, Any], language: str = "en") -> str:
    """One table row as a line: its cells that say something, with commas."""
    kinds = [column.kind for column in question.columns]
    shown = []
    for column in question.columns:
        value = cells.get(column.id)
        if value is not None and value != "":
            alone = column.kind not in _BARE and kinds.count(column.kind) == 1
            text = display(column, value, language)
            tells = alone or column.kind in _TELLING
            shown.append(text if tells else _labelled(column, text, language))
    return ", ".join(shown)


def _labelled(column: Column, text: str, language: str) -> str:
    label = text_in(column.label, language)
    return f"{label} {text}" if label.endswith("?") else f"{label}: {text}"


def cells(
    question: Question, row: Mapping[str, Any], language: str = "en"
) -> tuple[tuple[str, str], ...]:
    """One table row as labels and values, without the cells that are empty."""
    return tuple(
        (text_in(column.label, language), display(column, value, language))
        for column in question.columns
        if (value := row.get(column.id)) is not None and value != ""
    )


def said(question: Question, answer: Answer, language: str = "en") -> str:
    """What was answered, without the rows, reasons and explanations that say more of it; ''
    where rows are all there is."""
    w = words(language)
    if not answer.answered:
        return w.open
    if answer.unable:
        return w.unable
    table = question.kind is Kind.TABLE and rows_of(question, answer)
    return "" if table else display(question, answer.value, language)


def answer_line(question: Question, answer: Answer | None, language: str = "en") -> str:
    """A whole answer as one line: value, rows, reason for being unable."""
    w = words(language)
    if answer is None or not answer.answered:
        return w.open
    if answer.unable:
        return f"{w.unable}: {answer.unable}"
    said = display(question, answer.value, language)
    rows = rows_of(question, answer) if question.kind is not Kind.TABLE else ()
    if rows:
        said += ": " + "; ".join(row(question, cells, language) for cells in rows)
    elif answer.explanation:
        said += f": {answer.explanation}"
    return said


def name(question: Question, form: Form, context: Context, language: str = "en") -> str:
    """A question's short name, or the beginning of its wording where it has none."""
    if question.short:
        return wording(question.short, form, context, language)
    text = " ".join(wording(question.text, form, context, language).split())
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"


def problem(question: Question, found: Problem, language: str = "en") -> str:
    """A problem's sentence with its row and column: ``Row 2, Amount: This cell is ...``.

    A hard stop is followed by what to do instead.
    """
    if found.row < 0:
        return f"{found.text} {found.remedy}".strip()
    labels = {c.id: text_in(c.label, language) for c in question.columns}
    where = f"Row {found.row + 1}"
    if found.column in labels:
        where += f", {labels[found.column]}"
    return f"{where}: {found.text}"
