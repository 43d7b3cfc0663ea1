"""What an expression computes with: typed values read from records of any shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeGuard

from candor import money
from candor.forms.definition import Column, Question
from candor.forms.kinds import Kind
from candor.money import Money


class Missing(Enum):
    """The value of whatever is not there; every comparison with it is false."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

Term = bool | int | Fraction | Money | date | str | tuple[str, ...] | Missing
"""Any value inside an expression."""

Row = Mapping[str, Term]
"""One table row: column id -> value; a blank cell is MISSING."""


class Type(Enum):
    """Types that the loader tells apart when it checks an expression."""

    YES_NO = "yes or no"
    NUMBER = "a number"
    MONEY = "money"
    DATE = "a date"
    TEXT = "text"
    SET = "a set of words"
    NONE = "nothing to compute with"


TYPES: Final[Mapping[Kind, Type]] = {
    Kind.YES_NO_EXPLAIN: Type.YES_NO,
    Kind.YES_NO: Type.YES_NO,
    Kind.ACKNOWLEDGEMENT: Type.YES_NO,
    Kind.SHORT_TEXT: Type.TEXT,
    Kind.LONG_TEXT: Type.TEXT,
    Kind.NUMBER: Type.NUMBER,
    Kind.MONEY: Type.MONEY,
    Kind.DATE: Type.DATE,
    Kind.CHOICE: Type.TEXT,
    Kind.MULTI_CHOICE: Type.SET,
    Kind.PERSON: Type.TEXT,
    Kind.TABLE: Type.NONE,
    Kind.ATTACHMENT: Type.NONE,
    Kind.SIGNATURE: Type.NONE,
}


def read_date(value: object) -> date | Missing:
    """The day that ISO text ``YYYY-MM-DD`` names, else MISSING."""
    if not isinstance(value, str) or len(value) != 10:
        return MISSING
    try:
        return date.fromisoformat(value)
    except ValueError:
        return MISSING


def _number(value: object, decimals: int) -> Term:
    if isinstance(value, bool) or not isinstance(value, int):
        return MISSING
    return Fraction(value, 10**decimals) if decimals else value


def _words(value: object) -> Term:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return MISSING


def _text(value: object) -> Term:
    return value if isinstance(value, str) and value else MISSING


def _person(value: object) -> Term:
    return _text(value.get("name")) if isinstance(value, dict) else MISSING


_READERS: Final[Mapping[Type, Callable[[object], Term]]] = {
    Type.YES_NO: lambda value: value if isinstance(value, bool) else MISSING,
    Type.MONEY: lambda value: money.read(value) or MISSING,
    Type.DATE: read_date,
    Type.TEXT: _text,
    Type.SET: _words,
    Type.NONE: lambda _value: MISSING,
}


def read(kind: Kind, value: object, decimals: int = 0) -> Term:
    """The typed value of one record value; MISSING where it is absent or has another shape."""
    if kind is Kind.NUMBER:
        return _number(value, decimals)
    if kind is Kind.PERSON:
        return _person(value)
    return _READERS[TYPES[kind]](value)


def read_rows(question: Question, rows: object) -> tuple[Row, ...]:
    """Every row of a table answer, typed by the question's columns."""
    if not isinstance(rows, list | tuple):
        return ()
    return tuple(_row(question.columns, row) for row in rows if isinstance(row, dict))


def _row(columns: tuple[Column, ...], row: dict[str, Any]) -> Row:
    return {c.id: read(c.kind, row.get(c.id), c.decimals) for c in columns}


def total(terms: list[Term]) -> Term:
    """The sum of numbers, or of money of one currency, leaving out what is missing.

    Nothing to add gives 0; a mixture that cannot be added gives MISSING.
    """
    result: Term = 0
    for term in terms:
        if term is not MISSING:
            result = plus(result, term)
            if result is MISSING:
                return MISSING
    return result


def plus(left: Term, right: Term, sign: int = 1) -> Term:
    """left + sign * right; a missing addend counts as nothing beside one that is there."""
    if right is MISSING:
        return left if is_amount(left) else MISSING
    if left is MISSING:
        return right if sign > 0 and is_amount(right) else MISSING
    if isinstance(left, Money) or isinstance(right, Money):
        return _plus_money(left, right, sign)
    if not is_number(left) or not is_number(right):
        return MISSING
    return left + sign * right


def _plus_money(left: Term, right: Term, sign: int) -> Term:
    code = left.currency if isinstance(left, Money) else ""
    code = code or (right.currency if isinstance(right, Money) else "")
    first, second = in_minor(left, code), in_minor(right, code)
    if first is None or second is None:
        return MISSING
    result = first + sign * second
    return Money(int(result), code) if result.denominator == 1 else MISSING


def in_minor(term: Term, currency: str) -> Fraction | None:
    """A number of whole units, or money of that currency, in minor units; else None."""
    if isinstance(term, Money):
        return Fraction(term.minor) if term.currency == currency else None
    if not is_number(term):
        return None
    return Fraction(term) * Fraction(10) ** money.exponent(currency)


def is_number(term: Term) -> TypeGuard[int | Fraction]:
    """Whether the term is a plain number (yes and no are not)."""
    return isinstance(term, int | Fraction) and not isinstance(term, bool)


def is_amount(term: Term) -> bool:
    """Whether the term can be added: a number or money."""
    return is_number(term) or isinstance(term, Money)
