"""Every place at which a document differs from the type that it should have, not only the first.

msgspec stops at the first fault; people mend files in one sitting. So this walks the document
beside the type and names each fault with its path. It serves facts (JSON) and packs (TOML).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

Path = tuple[str | int, ...]
Document = TypeVar("Document", bound=msgspec.Struct)
Note = Callable[[Path, str], None]
"""Takes a fault: where it stands, and a clause in lower case without a full stop."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Dates of a disclosure lie between; others are slips of the pen."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_SHOWN = 40


class Names(StrEnum):
    """What a text may name, so that it must be known."""

    PERSON = "person"
    ROLE = "role"
    OFFICE = "office"
    COMMITTEE = "committee"
    CLAUSE = "clause"
    PROHIBITION = "prohibition"
    SETTING = "setting"
    PREDICATE = "predicate"
    CHAIN = "chain"
    LIST = "list"


@dataclass(frozen=True)
class NotANumber:
    """A number of JSON that is none: NaN, an infinity, or one of too many digits."""

    written: str


class Twice(dict[str, Any]):
    """An object of JSON in which some names stand twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen = [name for name, _ in pairs]
        self.twice = tuple(dict.fromkeys(n for n in seen if seen.count(n) > 1))


def check(value: object, wanted: type, note: Note, known: Mapping[Names, Collection[str]]) -> None:
    """Note every difference between a decoded document and a struct type.

    ``known``: what may be named; a kind that is not in it is not checked.
    """
    _Walk(note, known).value(value, _described(wanted), ())


@lru_cache(maxsize=8)
def _described(wanted: type) -> inspect.Type:
    return inspect.type_info(wanted)


@dataclass(frozen=True)
class _Walk:
    note: Note
    known: Mapping[Names, Collection[str]]

    def value(
        self, value: object, wanted: inspect.Type, path: Path, names: Names | None = None
    ) -> None:
        if isinstance(value, NotANumber):
            self.note(path, f"{shown(value.written)} is no number that can be worked with")
            return
        match wanted:
            case inspect.Metadata(inner, extra=extra):
                self.value(value, inner, path, (extra or {}).get("names", names))
            case inspect.StructType():
                self._struct(value, wanted, path)
            case inspect.UnionType(types):
                self._one_of(value, types, path, names)
            case inspect.VarTupleType(item) | inspect.ListType(item):
                self._list(value, item, path, names)
            case inspect.DictType():
                self._table(value, wanted, path, names)
            case _:
                self._leaf(value, wanted, path, names)

    def _one_of(
        self, value: object, types: tuple[inspect.Type, ...], path: Path, names: Names | None
    ) -> None:
        if value is None and any(isinstance(t, inspect.NoneType) for t in types):
            return
        rest = [t for t in types if not isinstance(t, inspect.NoneType)]
        fitting = [t for t in rest if _leads_to(value, t)]
        self.value(value, (fitting or rest)[0], path, names)

    def _list(self, value: object, item: inspect.Type, path: Path, names: Names | None) -> None:
        if not isinstance(value, list):
            self.note(path, f"must be a list, not {shown(value)}")
            return
        for place, one in enumerate(value):
            self.value(one, item, (*path, place), names)

    def _table(
        self, value: object, wanted: inspect.DictType, path: Path, names: Names | None
    ) -> None:
        if not isinstance(value, dict):
            self.note(path, f"must be a table of names and values, not {shown(value)}")
            return
        for key, one in value.items():
            self._named(key, (*path, key), names)
            self.value(one, wanted.value_type, (*path, key))

    def _struct(self, value: object, wanted: inspect.StructType, path: Path) -> None:
        if not isinstance(value, dict):
            self.note(path, f"must be a group of named values, not {shown(value)}")
            return
        fields = {field.encode_name: field for field in wanted.fields}
        if isinstance(value, Twice):
            for name in value.twice:
                self.note((*path, name), "this stands twice, so it is unclear which one counts")
        for name, one in value.items():
            if name in fields:
                self.value(one, fields[name].type, (*path, name))
            else:
                self.note((*path, name), f"this name is not known here{_near(name, fields)}")
        for name, field in fields.items():
            if field.required and name not in value:
                self.note((*path, name), "this is missing")
        if not (extra := getattr(wanted.cls, "conformity", None)):
            return
        for name, text in extra(value):
            self.note((*path, name), text)

    def _leaf(self, value: object, wanted: inspect.Type, path: Path, names: Names | None) -> None:
        if text := _leaf_fault(value, wanted):
            self.note(path, text)
        elif isinstance(value, str):
            self._named(value, path, names)

    def _named(self, value: str, path: Path, names: Names | None) -> None:
        if names is None or value == "" or names not in self.known:
            return
        if value not in self.known[names]:
            near = _near(value, self.known[names])
            self.note(path, f"{_UNKNOWN[names].format(shown(value))}{near}")


_UNKNOWN = {
    Names.PERSON: "{} is the id of nobody in people",
    Names.ROLE: "{} is no filer class, no office of the pack and no person mark",
    Names.OFFICE: "{} is no office of the pack",
    Names.COMMITTEE: "{} is no committee of the pack",
    Names.CLAUSE: "{} is no clause of the pack",
    Names.PROHIBITION: "{} is no prohibition of the pack",
    Names.SETTING: "{} is no setting of the pack",
    Names.PREDICATE: "{} is no condition that the program knows",
    Names.CHAIN: "{} is no chain of the pack",
    Names.LIST: "{} is no list of the pack",
}


def shown(value: object) -> str:
    """A value in a sentence: short, and in quotation marks where it is text."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a group of named values"
        case list():
            return "a list"
        case bool():
            return "true" if value else "false"
        case str():
            words = value.encode("utf-8", "replace").decode("utf-8")
            words = words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN] + "…"
            return f"“{words}”"
    return str(value)[:_LONGEST_SHOWN]


def _near(name: str, names: Collection[str]) -> str:
    found = difflib.get_close_matches(name[:_LONGEST_SHOWN], list(names), n=1, cutoff=0.6)
    return f"; is “{found[0]}” meant?" if found else ""


def _leads_to(value: object, wanted: inspect.Type) -> bool:
    match wanted:
        case inspect.Metadata(inner):
            return _leads_to(value, inner)
        case inspect.StructType() | inspect.DictType():
            return isinstance(value, dict)
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.IntType():
            return isinstance(value, int) and not isinstance(value, bool)
        case inspect.StrType():
            return isinstance(value, str)
    return True


def _leaf_fault(value: object, wanted: inspect.Type) -> str:
    if isinstance(wanted, inspect.EnumType):
        return _choice_fault(value, [str(member.value) for member in wanted.cls])
    judge = _JUDGES.get(type(wanted))
    return judge(value) if judge else ""


def _choice_fault(value: object, allowed: list[str]) -> str:
    if isinstance(value, str) and value in allowed:
        return ""
    near = _near(value, allowed) if isinstance(value, str) else ""
    return f"{shown(value)} is none of: {', '.join(a or '(empty)' for a in allowed)}{near}"


def _yes_no_fault(value: object) -> str:
    return "" if isinstance(value, bool) else f"must be true or false, not {shown(value)}"


def _whole_fault(value: object) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool)
    return "" if fits else f"must be a whole number, not {shown(value)}"


def _decimal_fault(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return f"must be a number, not {shown(value)}"
    if not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        return f"must be digits such as 1250.00, not {shown(value)}"
    return ""


def _date_fault(value: object) -> str:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return f"must be a date such as 2026-11-25, not {shown(value)}"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"{value} is no day of the calendar"
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{value} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
    return ""


def _text_fault(value: object) -> str:
    if not isinstance(value, str):
        return f"must be text, not {shown(value)}"
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "holds half a character, which no text can"
    return ""


_JUDGES: Mapping[type[inspect.Type], Callable[[object], str]] = {
    inspect.BoolType: _yes_no_fault,
    inspect.IntType: _whole_fault,
    inspect.DecimalType: _decimal_fault,
    inspect.DateType: _date_fault,
    inspect.StrType: _text_fault,
}


def convert(value: object, wanted: type[Document]) -> Document | None:
    """The document as its type; None where `check` found that its shape does not allow it."""
    try:
        return msgspec.convert(value, wanted, strict=True)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return None
