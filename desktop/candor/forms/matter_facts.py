"""The facts that the answers of a matter's form state, as plain data for `policy.facts.Facts`.

Nothing is judged here. Only what is shown, answered and known is stated: a question that could
not be answered states nothing, and the rules then ask for more rather than guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from candor import money
from candor.forms import fact_places
from candor.forms.answers import Answer, Context, rows_of
from candor.forms.definition import Choice, Column, Form, Question
from candor.forms.fact_places import ITSELF, Place, Shape
from candor.forms.kinds import Kind
from candor.forms.stating import carries_rows
from candor.forms.visibility import Reading


def facts_of(form: Form, context: Context, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """``{"matter": ..., "gift_received": {"kind": ...}, ...}`` in the JSON shape of the facts.

    The caller adds what no filer states: filer, dates of filing, people, absences. Amounts are
    exact texts in whole units with their currency; dates are ISO texts; people are ids.
    """
    reading = Reading(form, context, answers)
    found: dict[str, Any] = {} if form.matter is None else {"matter": form.matter.value}
    for question in reading.visible:
        answer = reading.answer(question)
        if not question.fact or answer is None or answer.unable or answer.value is None:
            continue
        value = _stated(question, answer)
        if value is not None:
            _put(found, question.fact.split("."), value)
    _without_places(found)
    return found


def _stated(question: Question, answer: Answer) -> Any:
    place = fact_places.find(question.fact)
    if place is None:
        return None
    if carries_rows(question):
        rows = (_row(question, place, row) for row in rows_of(question, answer))
        return [row for row in rows if row is not None] or None
    value = _value(question, answer.value, place)
    return [value] if place.many and value is not None and not isinstance(value, list) else value


def _row(question: Question, place: Place, cells: dict[str, Any]) -> Any:
    """One entry; None where it names nobody whom the directory knows, or says nothing."""
    entry: dict[str, Any] = {}
    for column in question.columns:
        inside = fact_places.field(place, column.fact) if column.fact else None
        if inside is None:
            continue
        value = _value(column, cells.get(column.id), inside)
        if value is None and (inside.compulsory or column.fact == ITSELF):
            return None
        if column.fact == ITSELF:
            return value
        if value is not None:
            entry[column.fact] = [value] if inside.many else value
    return entry or None


def _value(spec: Question | Column, value: Any, place: Place) -> Any:
    """A value in the shape that facts have; None where it states nothing."""
    if value is None or value in ("", []):
        return None
    if spec.kind is Kind.PERSON:
        return value.get("id") or None
    if spec.choices:
        return _words(spec.choices, value)
    if place.shape is Shape.AMOUNT:
        amount = money.read(value)
        return None if amount is None else _amount(amount)
    if place.shape is Shape.EXACT:
        return _exact(int(value), spec.decimals)
    return value


def _words(choices: tuple[Choice, ...], value: Any) -> Any:
    states = {choice.key: choice.states for choice in choices}
    if isinstance(value, list):
        return [states[key] for key in value if key in states] or None
    return states.get(value)


def _amount(amount: money.Money) -> dict[str, str]:
    places = money.exponent(amount.currency)
    return {"amount": _exact(amount.minor, places), "currency": amount.currency}


def _exact(whole: int, places: int) -> str:
    return money.digits(whole, places).replace(",", "")


def _put(found: dict[str, Any], path: list[str], value: Any) -> None:
    """Set a value at a path; positions in lists are keys until `_without_places`."""
    for part in path[:-1]:
        found = found.setdefault(part, {})
    found[path[-1]] = value


def _without_places(found: dict[str, Any]) -> None:
    """Turn ``{"0": first, "1": second}`` into a list, closing gaps."""
    for key, value in found.items():
        if not isinstance(value, dict):
            continue
        _without_places(value)
        if value and all(part.isdigit() for part in value):
            found[key] = [value[part] for part in sorted(value, key=int)]
