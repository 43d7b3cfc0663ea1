"""People named in answers: a name typed as the directory has it means that person.

Who is named as concerned may not decide. A name that stays a mere text could not keep anybody
out, so it is matched as soon as it is given; the filer sees whom it means by who is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from candor.app.session import Session
from candor.forms.answers import Answer
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind
from candor.forms.visibility import Reading

Cells = dict[str, Any]


def recognised(session: Session, question: Question, answer: Answer) -> Answer:
    """The answer with the ids of the people whom it names, where the directory has one of that
    name and no other. A name that stood for somebody and was changed stands for nobody."""
    columns = {c.id for c in question.columns if c.kind is Kind.PERSON}
    if question.kind is not Kind.PERSON and not columns:
        return answer
    known = names(session)
    value: Any = answer.value
    if question.kind is Kind.PERSON:
        value = _person(known, value)
    elif isinstance(value, list):
        value = [_row(known, row, columns) for row in value]
    rows = tuple(_row(known, row, columns) for row in answer.rows)
    return msgspec.structs.replace(answer, value=value, rows=rows)


def names(session: Session) -> Mapping[str, str]:
    """Every name of the directory that only one person has, folded, with that person's id."""
    return session.derived("names", lambda: _names(session))


def _names(session: Session) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for person, entry in session.directory.people.items():
        found.setdefault(_folded(entry.name), []).append(person)
    return {name: people[0] for name, people in found.items() if len(people) == 1}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _person(known: Mapping[str, str], value: Any) -> Any:
    if not isinstance(value, dict) or "name" not in value:
        return value
    return {**value, "id": known.get(_folded(str(value["name"])), "")}


def _row(known: Mapping[str, str], row: Any, columns: set[str]) -> Any:
    if not isinstance(row, dict):
        return row
    return {k: _person(known, v) if k in columns else v for k, v in row.items()}


def unknown(form: Form, reading: Reading) -> Iterator[str]:
    """The names that rules would look at and that stand for nobody in the directory."""
    for question in form.questions:
        answer = reading.answer(question)
        if answer is None or not question.fact:
            continue
        columns = [c.id for c in question.columns if c.kind is Kind.PERSON and c.fact]
        rows = [*(answer.value if isinstance(answer.value, list) else ()), *answer.rows]
        said = [row.get(c) for row in rows if isinstance(row, dict) for c in columns]
        if question.kind is Kind.PERSON:
            said.append(answer.value)
        for person in said:
            if isinstance(person, dict) and person.get("name") and not person.get("id"):
                yield str(person["name"])
