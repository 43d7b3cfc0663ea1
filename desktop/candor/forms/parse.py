"""Turns typed text into values: forgiving where only one reading is possible, else asking."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from candor import money
from candor.errors import CandorError
from candor.forms import shapes
from candor.forms.definition import Column, Question
from candor.forms.kinds import Kind, Value
from candor.forms.words import LANGUAGES

_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d+))?", re.ASCII)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SLASHED = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? (\w+) (\d{4})")
_MONTH_FIRST = re.compile(r"(\w+) (\d{1,2}) (\d{4})")


class NotUnderstood(CandorError):
    """Typed text that cannot be read as the value wanted; the message says what to type."""


def _tidy(text: str) -> str:
    """One line, plain spaces, no blanks around: pasted text brings no-break spaces along."""
    return " ".join(text.split())


def read_money(text: str, currency: str) -> dict[str, Any]:
    """``1,250.00``, ``USD 1250`` or ``$1,250`` as ``{"minor", "currency"}``.

    Raises NotUnderstood: for another currency, more digits than the currency has, a minus, or
    separators that could mean two amounts (1.250,00).
    """
    tidy = _tidy(text)
    given, amount = _without_currency(tidy)
    if given and given != currency:
        raise NotUnderstood(f"Give this amount in {currency}.", hint=f"“{tidy}” is in {given}.")
    places = money.exponent(currency)
    example = money.digits(1250 * 10**places, places)
    match = _AMOUNT.fullmatch(amount)
    if match is None:
        raise NotUnderstood(
            f"“{tidy}” is not an amount that can be read one way only.",
            hint=f"Type it like {example}.",
        )
    digits = match[2] or ""
    if len(digits) > places:
        raise NotUnderstood(f"{currency} has {places} digits after the point, not {len(digits)}.")
    minor = int(match[1].replace(",", "") + digits.ljust(places, "0"))
    return money.Money(_bounded(minor), currency).record()


def _without_currency(tidy: str) -> tuple[str, str]:
    """The currency code written before or after the amount (or ''), and the amount."""
    upper = tidy.upper()
    for code in (upper[:3], upper[-3:]):
        if money.is_currency(code):
            rest = tidy[3:] if upper.startswith(code) else tidy[:-3]
            return code, rest.strip().removeprefix("$").strip()
    for sign, code in _SIGNS.items():
        if tidy.startswith(sign) or tidy.endswith(sign):
            return code, tidy.strip(sign).strip()
    return "", tidy


def _bounded(number: int) -> int:
    if number > money.LARGEST:
        raise NotUnderstood("This is larger than any amount Candor can hold.")
    return number


def read_number(text: str, decimals: int = 0) -> int:
    """``1,250`` or, with decimals, ``12.5`` as the integer of the smallest unit."""
    tidy = _tidy(text).removesuffix("%").strip()
    match = _AMOUNT.fullmatch(tidy)
    if match is None:
        example = money.digits(1250 * 10**decimals, decimals)
        raise NotUnderstood(f"“{_tidy(text)}” is not a number.", hint=f"Type it like {example}.")
    digits = match[2] or ""
    if len(digits.rstrip("0")) > decimals:
        most = f"at most {decimals} digits" if decimals else "no digits"
        raise NotUnderstood(f"This number has {most} after the point.")
    return _bounded(int(match[1].replace(",", "") + digits.ljust(decimals, "0")[:decimals]))


def read_date(text: str) -> str:
    """``2027-01-22``, ``22 Jan 2027``, ``Fri 22 January 2027`` or ``Jan 22, 2027`` as ISO text.

    Month and weekday names of every language in `words` are known. Raises NotUnderstood, for
    01/02/2027 too: it names two different days on the two sides of the Atlantic.
    """
    tidy = _tidy(text)
    if _SLASHED.fullmatch(tidy):
        raise NotUnderstood(
            f"“{tidy}” can be read as two different days.",
            hint="Write the month as a word, for example 22 Jan 2027.",
        )
    try:
        day = date.fromisoformat(tidy) if _ISO.fullmatch(tidy) else _in_words(tidy)
    except ValueError as error:
        raise NotUnderstood(f"There is no such day as “{tidy}”.") from error
    if not shapes.EARLIEST <= day.year <= shapes.LATEST:
        raise NotUnderstood(
            f"Check the year: dates here lie between {shapes.EARLIEST} and {shapes.LATEST}."
        )
    return day.isoformat()


def _in_words(tidy: str) -> date:
    plain = tidy.replace(",", " ").casefold()
    weekday, rest = _weekday(" ".join(plain.split()))
    if match := _DAY_FIRST.fullmatch(rest.replace(". ", " ")):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(rest.replace(". ", " ")):
        name, day, year = match.groups()
    else:
        raise NotUnderstood(f"“{tidy}” is not a date.", hint="Type it like 22 Jan 2027.")
    month = _MONTHS.get(name)
    if month is None:
        raise NotUnderstood(f"“{name}” is not a month.", hint="Type it like 22 Jan 2027.")
    found = date(int(year), month, int(day))
    if weekday and found.weekday() not in weekday:
        raise NotUnderstood(f"{tidy}: that day falls on another weekday. Check the date.")
    return found


def _weekday(plain: str) -> tuple[frozenset[int], str]:
    """The weekdays that a leading word can mean (languages share abbreviations), and the rest."""
    first, _, rest = plain.partition(" ")
    found = frozenset(
        number
        for words in LANGUAGES.values()
        for number, (short, long) in enumerate(
            zip(words.weekdays, words.long_weekdays, strict=True)
        )
        if first.rstrip(".") in {short.casefold(), long.casefold()}
    )
    # "mar 3 2027": a month first, where a language calls a weekday the same.
    if found and _MONTH_FIRST.fullmatch(plain):
        return frozenset(), plain
    return (found, rest) if found else (found, plain)


_MONTHS: Mapping[str, int] = {
    name.casefold(): number
    for words in LANGUAGES.values()
    for names in (words.short_months, words.months)
    for number, name in enumerate(names, start=1)
} | {"sept": 9, "mrz": 3}


def _yes_no(text: str) -> bool:
    word = _tidy(text).casefold()
    for words in LANGUAGES.values():
        if word in {words.yes.casefold(), "true", "y"}:
            return True
        if word in {words.no.casefold(), "false", "n"}:
            return False
    raise NotUnderstood(f"“{_tidy(text)}” is neither yes nor no.", hint="Type yes or no.")


def _choice(text: str, spec: Question | Column) -> str:
    word = _tidy(text).casefold()
    for choice in spec.choices:
        if word in {choice.key, *(_tidy(label).casefold() for label in choice.label.values())}:
            return choice.key
    offered = ", ".join(next(iter(choice.label.values()), "") for choice in spec.choices)
    raise NotUnderstood(f"“{_tidy(text)}” is not offered here.", hint=f"Choose one of: {offered}.")


_READERS: Mapping[Kind, Callable[[str, Question | Column], Value]] = {
    Kind.YES_NO: lambda text, _spec: _yes_no(text),
    Kind.YES_NO_EXPLAIN: lambda text, _spec: _yes_no(text),
    Kind.SHORT_TEXT: lambda text, _spec: _tidy(text),
    Kind.LONG_TEXT: lambda text, _spec: text.replace("\r\n", "\n").strip(),
    Kind.NUMBER: lambda text, spec: read_number(text, spec.decimals),
    Kind.MONEY: lambda text, spec: read_money(text, spec.currency),
    Kind.DATE: lambda text, _spec: read_date(text),
    Kind.CHOICE: _choice,
    Kind.PERSON: lambda text, _spec: {"name": _tidy(text), "id": ""},
    Kind.SIGNATURE: lambda text, _spec: {"name": _tidy(text)},
}
TYPED = frozenset(_READERS)
"""Kinds whose value can be typed as text; others are chosen, listed or attached."""


def value(spec: Question | Column, text: str) -> Value | None:
    """The value that text typed for a question or cell means; None where it is blank.

    Raises NotUnderstood with a sentence for the person typing, and KeyError for a kind that is
    not typed (see TYPED).
    """
    reader = _READERS[spec.kind]
    if not text.strip():
        return None
    result = reader(text, spec)
    fault = shapes.value_fault(spec, result)
    if fault:
        raise NotUnderstood(fault)
    return result


def pasted(question: Question, text: str) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Rows from cells copied in a spreadsheet (tabs and lines), and what could not be read.

    Cells come in the order of the columns. A cell that is not understood is left blank and
    named in the second result with its row and the reason; a heading row is left out.
    """
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    headings = {label.casefold() for c in question.columns for label in c.label.values()}
    if lines and all(_tidy(cell).casefold() in {*headings, ""} for cell in lines[0]):
        lines = lines[1:]
    rows: list[dict[str, Any]] = []
    refused: list[str] = []
    for number, cells in enumerate(lines, start=1):
        row: dict[str, Any] = {}
        for column, cell in zip(question.columns, cells, strict=False):
            try:
                read = value(column, cell)
            except NotUnderstood as error:
                refused.append(f"Row {number}: {error.sentence()}")
            else:
                row |= {} if read is None else {column.id: read}
        if len(cells) > len(question.columns):
            refused.append(f"Row {number}: it has more cells than the table has columns.")
        rows.append(row)
    return tuple(rows), tuple(refused)
