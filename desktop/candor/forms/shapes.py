"""Whether a value has the shape of its kind (kinds.py), in sentences for the person typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candor import money
from candor.forms.answers import Answer, rows_of
from candor.forms.definition import Column, Question
from candor.forms.kinds import Kind

SHORT, LONG, NAME = 500, 20_000, 200
"""Most characters of a short text, a long text, a name."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DIGEST = re.compile(r"[0-9a-f]{64}")
EARLIEST, LATEST = 1900, 2200
"""Years that a date in a form may have."""


@dataclass(frozen=True)
class Fault:
    """One fault of a value: a sentence, with row and column where it stands in a table."""

    text: str
    row: int = -1
    column: str = ""
    blank: bool = False
    """Something is missing, rather than wrong."""


def faults(question: Question, answer: Answer) -> tuple[Fault, ...]:
    """Every fault of the value and rows of an answer; whether it is complete is not asked."""
    return tuple(_faults(question, answer))


def _faults(question: Question, answer: Answer) -> Iterator[Fault]:
    if answer.value is not None:
        text = value_fault(question, answer.value)
        if text:
            yield Fault(text)
    if question.has_rows:
        yield from _row_faults(question, rows_of(question, answer))
    elif answer.rows:
        yield Fault("This question takes no rows.")
    for text in filter(None, map(_file, answer.attachments)):
        yield Fault(text)


def value_fault(spec: Question | Column, value: object) -> str:
    """What is wrong with one value of a question or cell, as a sentence, or an empty text."""
    return _CHECKS[spec.kind](spec, value)


def text_fault(text: str, most: int = LONG) -> str:
    """What is wrong with a free text: too long, or signs that cannot be printed."""
    if len(text) > most:
        return f"Keep this to {most:,} characters; it has {len(text):,}."
    if _CONTROL.search(text):
        return "This holds signs that cannot be printed. Type it again, or paste it as plain text."
    return ""


def _yes_no(_spec: Question | Column, value: object) -> str:
    return "" if isinstance(value, bool) else "Answer yes or no."


def _accepted(_spec: Question | Column, value: object) -> str:
    return "" if value is True else "Accept the statement, or say why you cannot."


def _short(_spec: Question | Column, value: object) -> str:
    if not isinstance(value, str):
        return "Type a text."
    if "\n" in value or "\t" in value:
        return "Keep this to one line."
    return text_fault(value, SHORT)


def _long(_spec: Question | Column, value: object) -> str:
    return text_fault(value) if isinstance(value, str) else "Type a text."


def _number(_spec: Question | Column, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value > money.LARGEST:
        return "Type a number."
    return "" if value >= 0 else "Type a number that is not negative."


def _money(spec: Question | Column, value: object) -> str:
    amount = money.read(value)
    if amount is None:
        return "Type an amount, for example 1,250.00."
    if amount.currency != spec.currency:
        return f"Give this amount in {spec.currency}."
    return "" if amount.minor >= 0 else "Type an amount that is not negative."


def _date(_spec: Question | Column, value: object) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return "Type a date, for example 22 Jan 2027."
    if not EARLIEST <= day.year <= LATEST:
        return f"Check the year: dates here lie between {EARLIEST} and {LATEST}."
    return ""


def _choice(spec: Question | Column, value: object) -> str:
    known = isinstance(value, str) and any(value == choice.key for choice in spec.choices)
    return "" if known else "Choose one of the answers offered."


def _choices(spec: Question | Column, value: object) -> str:
    keys = [choice.key for choice in spec.choices]
    if not isinstance(value, list) or not value or any(item not in keys for item in value):
        return "Choose at least one of the answers offered."
    return "" if value == [k for k in keys if k in value] else "Choose each answer once."


def _named(value: object, keys: set[str]) -> str:
    """Check a dictionary of texts with a name."""
    if not isinstance(value, dict) or value.keys() != keys:
        return "Type a name."
    if not all(isinstance(part, str) for part in value.values()) or not value["name"].strip():
        return "Type a name."
    return "Keep this to one line." if "\n" in value["name"] else text_fault(value["name"], NAME)


def _person(_spec: Question | Column, value: object) -> str:
    return _named(value, {"name", "id"})


def _signature(_spec: Question | Column, value: object) -> str:
    return "" if not _named(value, {"name"}) else "Type your full name."


def _files(_spec: Question | Column, value: object) -> str:
    if not isinstance(value, list):
        return "Attach a file."
    return next(filter(None, map(_file, value)), "")


def _file(value: object) -> str:
    if not isinstance(value, dict) or value.keys() != {"name", "digest", "size", "media"}:
        return "This file was not stored whole. Attach it again."
    name, size = value["name"], value["size"]
    texts = all(isinstance(value[key], str) for key in ("name", "digest", "media"))
    counted = isinstance(size, int) and not isinstance(size, bool) and size >= 0
    if not texts or not counted or not _DIGEST.fullmatch(value["digest"]):
        return "This file was not stored whole. Attach it again."
    if not name.strip() or text_fault(name, NAME) or "/" in name or "\\" in name:
        return "This file has a name that cannot be kept. Rename it and attach it again."
    return ""


def _table(_spec: Question | Column, value: object) -> str:
    rows = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return "" if rows else "Fill in the table, or say that there is nothing to list."


_CHECKS: Mapping[Kind, Callable[[Question | Column, object], str]] = {
    Kind.YES_NO_EXPLAIN: _yes_no,
    Kind.YES_NO: _yes_no,
    Kind.SHORT_TEXT: _short,
    Kind.LONG_TEXT: _long,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.MULTI_CHOICE: _choices,
    Kind.PERSON: _person,
    Kind.TABLE: _table,
    Kind.ATTACHMENT: _files,
    Kind.ACKNOWLEDGEMENT: _accepted,
    Kind.SIGNATURE: _signature,
}


def blank(value: object) -> bool:
    """Whether a cell or value says nothing: absent, an empty text, blanks only."""
    return value is None or (isinstance(value, str) and not value.strip())


def _row_faults(question: Question, rows: tuple[dict[str, Any], ...]) -> Iterator[Fault]:
    if len(rows) > question.max_rows:
        most = "one row" if question.max_rows == 1 else f"{question.max_rows} rows"
        yield Fault(f"Keep this to {most}.")
    columns = {column.id: column for column in question.columns}
    for place, row in enumerate(rows):
        for column in question.columns:
            if column.required and blank(row.get(column.id)):
                yield Fault("This cell is still empty.", place, column.id, blank=True)
        for name, value in row.items():
            text = _cell(columns.get(name), value)
            if text:
                yield Fault(text, place, name)


def _cell(column: Column | None, value: object) -> str:
    if column is None:
        return "This column is not part of the question."
    return "" if blank(value) and value is not None else value_fault(column, value)
