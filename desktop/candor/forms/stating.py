"""Whether a form's ``fact`` keys name facts that exist, once each, and can state them whole."""

from __future__ import annotations

from collections.abc import Iterator

from candor.forms import fact_places
from candor.forms.definition import Form, Question
from candor.forms.fact_places import Place, Shape
from candor.forms.kinds import Kind
from candor.toml_lines import Path

_ROWS = {Kind.TABLE, Kind.YES_NO_EXPLAIN}


def faults(form: Form) -> Iterator[tuple[Path, str]]:
    """Every fault of the facts that a form states, with its path."""
    stated: dict[str, int] = {}
    for place, question in enumerate(form.questions):
        for key, text in _question(question):
            yield ("question", place, *key), text
        if not question.fact:
            continue
        if form.matter is None:
            yield ("question", place, "fact"), "a form without a matter states no facts"
        if question.fact in stated:
            other = form.questions[stated[question.fact]].id
            yield ("question", place, "fact"), f"question {other} states this fact already"
        stated.setdefault(question.fact, place)
    yield from _left_out(stated)


def _question(question: Question) -> Iterator[tuple[Path, str]]:
    columns = [(n, column) for n, column in enumerate(question.columns) if column.fact]
    if not question.fact:
        for n, _ in columns:
            yield ("columns", n, "fact"), "the question itself has no “fact” for its rows"
        return
    place = fact_places.find(question.fact)
    if place is None:
        yield ("fact",), f"the rules know no fact “{question.fact}”"
    elif columns:
        yield from _rows(question, place)
    else:
        for text in fact_places.misfits(question, place):
            yield ("fact",), text


def _rows(question: Question, place: Place) -> Iterator[tuple[Path, str]]:
    if not place.many:
        yield ("fact",), "rows state a list, and this fact is none"
        return
    for n, column in enumerate(question.columns):
        if not column.fact:
            continue
        path: Path = ("columns", n, "fact")
        cell = fact_places.field(place, column.fact)
        if cell is None:
            yield path, f"an entry of “{question.fact}” has no “{column.fact}”"
            continue
        for text in fact_places.misfits(column, cell):
            yield path, text
    given = {column.fact for column in question.columns if column.required}
    for name in fact_places.needed(place):
        if name not in given:
            yield ("fact",), f"an entry of it needs “{name}” from a column that must be filled"


def _left_out(stated: dict[str, int]) -> Iterator[tuple[Path, str]]:
    """An entry of which some fields are stated must be given the ones it cannot be without."""
    for parent, first in _parents(stated).items():
        place = fact_places.find(parent)
        if place is None or place.shape is not Shape.ENTRY:
            continue
        for name in fact_places.needed(place):
            if f"{parent}.{name}" not in stated:
                text = f"“{parent}” cannot be without “{name}”, and no question states it"
                yield ("question", first, "fact"), text


def _parents(stated: dict[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for path, place in stated.items():
        parent = path.rpartition(".")[0]
        if parent:
            found.setdefault(parent, place)
    return found


def carries_rows(question: Question) -> bool:
    """Whether the question's rows, rather than its value, state its fact."""
    return question.kind in _ROWS and any(column.fact for column in question.columns)
