"""Where in `policy.facts.Facts` an answer belongs, and whether its kind fits there.

The paths are read from the types themselves, so that a form cannot name a fact that the rules do
not know. ``gift_received.value`` is a field of a field, ``parties.0.name`` one of the first party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from msgspec import inspect

from candor.forms.definition import Column, Question
from candor.forms.kinds import Kind
from candor.policy.facts import Amount, Facts

ITSELF = "."
"""The ``fact`` of a column whose cells are themselves the entries of a list."""


class Shape(Enum):
    """What one fact is."""

    YES_NO = "yes or no"
    WHOLE = "a whole number"
    EXACT = "a number"
    TEXT = "a text"
    DATE = "a date"
    AMOUNT = "an amount of money"
    ENTRY = "an entry of several fields"


@dataclass(frozen=True)
class Place:
    """One place in the facts. ``words`` is its closed vocabulary; empty where any text will do.

    ``many``: a list of such. ``compulsory``: what it stands in cannot be without it. ``type``
    has the fields of an entry.
    """

    shape: Shape
    many: bool = False
    words: frozenset[str] = frozenset()
    compulsory: bool = False
    type: inspect.StructType | None = None


_PLAIN: dict[type[inspect.Type], Shape] = {
    inspect.BoolType: Shape.YES_NO,
    inspect.IntType: Shape.WHOLE,
    inspect.DecimalType: Shape.EXACT,
    inspect.StrType: Shape.TEXT,
    inspect.DateType: Shape.DATE,
}
_FITS: dict[Kind, frozenset[Shape]] = {
    Kind.YES_NO_EXPLAIN: frozenset({Shape.YES_NO}),
    Kind.YES_NO: frozenset({Shape.YES_NO}),
    Kind.ACKNOWLEDGEMENT: frozenset({Shape.YES_NO}),
    Kind.SHORT_TEXT: frozenset({Shape.TEXT}),
    Kind.LONG_TEXT: frozenset({Shape.TEXT}),
    Kind.PERSON: frozenset({Shape.TEXT}),
    Kind.CHOICE: frozenset({Shape.TEXT}),
    Kind.MULTI_CHOICE: frozenset({Shape.TEXT}),
    Kind.NUMBER: frozenset({Shape.WHOLE, Shape.EXACT}),
    Kind.MONEY: frozenset({Shape.AMOUNT}),
    Kind.DATE: frozenset({Shape.DATE}),
}


@cache
def find(path: str) -> Place | None:
    """The place that a path names, or None where the facts have no such place."""
    found: Place | None = Place(Shape.ENTRY, type=_facts())
    for part in path.split("."):
        if found is None:
            return None
        found = _item(found) if part.isdigit() else _inside(found, part)
    return found


@cache
def _facts() -> inspect.StructType:
    described = inspect.type_info(Facts)
    if not isinstance(described, inspect.StructType):
        raise TypeError("Facts must be a struct")
    return described


def _item(place: Place) -> Place | None:
    return Place(place.shape, words=place.words, type=place.type) if place.many else None


def _inside(place: Place, name: str) -> Place | None:
    if place.many or place.type is None:
        return None
    found = next((f for f in place.type.fields if f.encode_name == name), None)
    return None if found is None else _place(found)


def field(place: Place, name: str) -> Place | None:
    """One field of the entries that a list holds, or the entries themselves for ``.``."""
    one = _item(place)
    return one if name == ITSELF or one is None else _inside(one, name)


def needed(place: Place) -> tuple[str, ...]:
    """The fields that an entry at this place cannot be without."""
    return tuple(f.encode_name for f in place.type.fields if f.required) if place.type else ()


def _place(described: inspect.Field) -> Place | None:
    kind, many = _bare(described.type), False
    if isinstance(kind, inspect.VarTupleType):
        kind, many = _bare(kind.item_type), True
    words: frozenset[str] = frozenset()
    shape, struct = _PLAIN.get(type(kind)), None
    if isinstance(kind, inspect.EnumType):
        shape, words = Shape.TEXT, frozenset(str(member.value) for member in kind.cls)
    elif isinstance(kind, inspect.StructType):
        shape = Shape.AMOUNT if kind.cls is Amount else Shape.ENTRY
        struct = None if kind.cls is Amount else kind
    return None if shape is None else Place(shape, many, words, described.required, struct)


def _bare(kind: inspect.Type) -> inspect.Type:
    """The type without its remarks and without None."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        some = [t for t in map(_bare, kind.types) if not isinstance(t, inspect.NoneType)]
        return some[0]
    return kind


def misfits(spec: Question | Column, place: Place) -> Iterator[str]:
    """Why an answer, or a cell, cannot state the fact at a place, as clauses."""
    if place.shape not in _FITS.get(spec.kind, frozenset()):
        yield f"a {spec.kind} cannot state {place.shape.value}"
    elif place.shape is Shape.WHOLE and spec.decimals:
        yield "the fact is a whole number, and this has decimals"
    elif spec.kind is Kind.MULTI_CHOICE and not place.many:
        yield "the fact is one word, and several can be chosen here"
    elif place.many and spec.kind not in {Kind.CHOICE, Kind.MULTI_CHOICE, Kind.PERSON}:
        yield "the fact is a list; use a multi_choice or a table"
    if place.words:
        known = ", ".join(sorted(place.words))
        for word in (choice.states for choice in spec.choices):
            if word not in place.words:
                yield f"the rules do not know “{word}” here; they know {known}"
        if spec.kind not in {Kind.CHOICE, Kind.MULTI_CHOICE}:
            yield f"only a choice of these can state it: {known}"
