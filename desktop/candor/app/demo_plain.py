"""Plain answers of the demonstration: no, the fact on file, or a table about the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from candor.app.demo_people import DemoPerson, pick, roll, table
from candor.forms.answers import Answer, Context, Source
from candor.forms.definition import Question
from candor.forms.kinds import Kind, Value
from candor.forms.prefill import offer

_YES = frozenset({"1.06", "8.04", "8.10", "9.05"})
"""Yes-no questions whose plain answer is yes."""
_CHOSEN = {"5.03": "none_due", "13.03": "no", "14.06": "unchanged"}
_LEFT_EMPTY = frozenset({"6.04", "6.05", "14.01", "14.02", "14.03"})
"""Optional, or asked only after an exception, which then brings its own answer."""


def plain_answer(
    question: Question, person: DemoPerson, given: Context, seed: int
) -> Answer | None:
    """What the person answers where resources/demo says nothing else; None leaves it empty."""
    if question.id in _LEFT_EMPTY:
        return None
    source = Source.NONE
    if question.about_relatives:
        source = pick((Source.ASKED, Source.KNOWN), seed, person.key, question.id)
    offered = offer(question, given)
    if offered is not None:
        return replace(offered, source=source)
    value = _value(question, person, seed)
    return None if value is None else Answer(question.id, value=value, source=source)


def _value(question: Question, person: DemoPerson, seed: int) -> Value | None:
    if question.id in _TABLES:
        return _TABLES[question.id](question, person, seed)
    by_kind: dict[Kind, Value] = {
        Kind.YES_NO_EXPLAIN: question.id in _YES,
        Kind.YES_NO: question.id in _YES,
        Kind.TABLE: [],
        Kind.DATE: person.born,
        Kind.NUMBER: 1 + sum(not board.get("to") for board in person.boards),
        Kind.LONG_TEXT: pick(table("names")["strengths"], seed, person.key, question.id),
        Kind.ACKNOWLEDGEMENT: True,
    }
    return _CHOSEN.get(question.id, by_kind.get(question.kind))


def _names(_question: Question, person: DemoPerson, _seed: int) -> list[Any]:
    return [{"legal_name": person.legal_name, "printed_name": person.name}]


def _countries(_question: Question, _person: DemoPerson, _seed: int) -> list[Any]:
    return [{"country": "us", "tie": "both"}]


def _degrees(_question: Question, person: DemoPerson, seed: int) -> list[Any]:
    names = table("names")
    return [
        {
            "what": pick(names["degrees"], seed, person.key, "degree"),
            "from_whom": pick(names["schools"], seed, person.key, "school"),
            "year": int(person.born[:4]) + 23,
            "status": "held",
        }
    ]


def _skills(question: Question, person: DemoPerson, seed: int) -> list[Any]:
    """One row for each field, with evidence where there is experience."""
    rows = []
    for choice in question.column("field").choices:
        level = pick(("none", "working", "working", "expert"), seed, person.key, choice.key)
        row = {"field": choice.key, "level": level}
        if level != "none":
            row["evidence"] = pick(table("names")["evidence"], seed, person.key, "e", choice.key)
        rows.append(row)
    return rows


def _family(_question: Question, person: DemoPerson, seed: int) -> list[Any]:
    relatives = table("names")["relatives"]
    start = roll(seed, person.key, "family")
    shared = {"tenant_or_employee": False, "minor": False, "asked": "asked"}
    kin = (("spouse", "marriage", True), ("child", "blood", False))
    return [
        {
            "person": f"{relatives[(start + place) % len(relatives)]} {person.last_name}",
            "relationship": relationship,
            "basis": basis,
            "shares_home": at_home,
            **shared,
        }
        for place, (relationship, basis, at_home) in enumerate(kin)
    ]


def _attributes(question: Question, person: DemoPerson, seed: int) -> list[Any]:
    """Two of the five attributes of a financial expert: plainly, nobody is one."""
    rows: list[Any] = []
    for choice in question.column("attribute").choices:
        have = choice.key in {"committee", "controls"}
        row: dict[str, Any] = {"attribute": choice.key, "have": have}
        if have:
            row |= {
                "route": "oversight",
                "evidence": pick(table("names")["evidence"], seed, person.key, "a", choice.key),
            }
        rows.append(row)
    return rows


_TABLES: Mapping[str, Callable[[Question, DemoPerson, int], list[Any]]] = {
    "1.01": _names,
    "1.04": _countries,
    "2.05": _degrees,
    "2.07": _skills,
    "3.01": _family,
    "8.05": _attributes,
}
