"""Forms that an answer offers to open, with what is already known filled in.

What is carried over is a preparation: it stands in the opened form as prepared, for its filer to
read, change and sign. Nothing is filed by answering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from candor.forms import expression
from candor.forms.answers import Answer, Context, Provenance, rows_of
from candor.forms.definition import Column, Form, Opening, Question
from candor.forms.kinds import Kind
from candor.forms.values import read_rows
from candor.forms.visibility import Reading
from candor.toml_lines import Path

EXPLANATION = "explanation"
_TEXTS = {Kind.SHORT_TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True)
class Offer:
    """A form that may be opened from an answer; ``row`` is -1 where no row is meant."""

    question: str
    row: int
    opening: Opening


def offers(form: Form, context: Context, answers: Mapping[str, Answer]) -> tuple[Offer, ...]:
    """Every form that the answers shown offer to open, in the order of the questions."""
    reading = Reading(form, context, answers)
    return tuple(offer for question in reading.visible for offer in _offers(reading, question))


def _offers(reading: Reading, question: Question) -> Iterator[Offer]:
    answer = reading.answer(question)
    if answer is None or answer.unable or not answer.answered:
        return
    rows = read_rows(question, rows_of(question, answer))
    for opening in question.opens:
        if not question.has_rows:
            if reading.holds(opening.when, question) if opening.when else answer.value is True:
                yield Offer(question.id, -1, opening)
            continue
        for place, row in enumerate(rows):
            scope = replace(reading.scope(question), row=row)
            if not opening.when or expression.holds(opening.when, scope):
                yield Offer(question.id, place, opening)


def carried(
    form: Form, offer: Offer, answers: Mapping[str, Answer], opened: Form
) -> dict[str, Answer]:
    """The answers that an offer fills in, by question id of the opened form."""
    question = form.question(offer.question)
    found: dict[str, Answer] = {}
    for source, target in offer.opening.carry:
        value = _value(question, offer.row, source, answers)
        if value is not None:
            wanted = opened.question(target)
            fitted = _FITTED.get(wanted.kind, lambda given: given)(value)
            found[target] = Answer(target, fitted, provenance=Provenance.PREPARED)
    return found


def _value(question: Question, row: int, source: str, answers: Mapping[str, Answer]) -> Any:
    own = answers.get(question.id)
    if source == EXPLANATION:
        return (own.explanation.strip() or None) if own else None
    if source in {column.id for column in question.columns}:
        rows = rows_of(question, own)
        return rows[row].get(source) if 0 <= row < len(rows) else None
    other = answers.get(source)
    return other.value if other and not other.unable else None


def _text(value: Any) -> Any:
    """A person's name as text; a text as one line."""
    said = value.get("name", "") if isinstance(value, dict) else value
    return " ".join(said.split()) if isinstance(said, str) else said


_FITTED: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.SHORT_TEXT: lambda value: _text(value)[:500],
    Kind.LONG_TEXT: lambda value: value["name"] if isinstance(value, dict) else value,
    Kind.PERSON: lambda value: {"name": value, "id": ""} if isinstance(value, str) else value,
}


def faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the sources that a question names, from its own form's point of view."""
    columns = {column.id for column in question.columns}
    for place, opening in enumerate(question.opens):
        for source, _ in opening.carry:
            path: Path = ("opens", place, "carry", source)
            if source in columns or source in {EXPLANATION, question.id}:
                continue
            if source not in earlier:
                yield path, f"“{source}” is neither a column here nor an earlier question"
            elif earlier[source].audience != question.audience:
                yield path, f"question {source} has another audience, which this would betray"


def mismatches(question: Question, form: Form, opening: Opening, opened: Form) -> Iterator[str]:
    """Where an opened form does not take what is carried to it, as clauses."""
    targets = {asked.id: asked for asked in opened.questions}
    for source, target in opening.carry:
        if target not in targets:
            yield f"the form {opened.id} has no question {target}"
            continue
        given = _spec(question, form, source)
        kind = Kind.LONG_TEXT if given is None else given.kind
        if not _takes(targets[target], kind, given):
            yield f"question {target} of {opened.id} does not take what “{source}” holds"


def _spec(question: Question, form: Form, source: str) -> Question | Column | None:
    """The question or column that a source names; None for the explanation."""
    if source == EXPLANATION:
        return None
    if source in {column.id for column in question.columns}:
        return question.column(source)
    return form.question(source)


def _takes(wanted: Question, kind: Kind, given: Question | Column | None) -> bool:
    if wanted.kind in _TEXTS | {Kind.PERSON} and kind in {*_TEXTS, Kind.PERSON}:
        return wanted.kind is not Kind.PERSON or kind is not Kind.LONG_TEXT
    if wanted.kind is not kind or given is None or wanted.columns:
        return False
    known = {choice.key for choice in wanted.choices}
    alike = (wanted.currency, wanted.decimals) == (given.currency, given.decimals)
    return alike and {choice.key for choice in given.choices} <= known
