"""Typed reading of TOML tables: every wrong or unknown key is noted, and reading goes on."""

from __future__ import annotations

import difflib
import re
from enum import Enum
from typing import Any, TypeVar

from candor.forms.definition import Texts
from candor.forms.faults import Collector
from candor.toml_lines import Path

_E = TypeVar("_E", bound=Enum)
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,63}")
"""Names of sections, columns, periods, audiences, settings and keys of choices."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LONGEST_TEXT = 20_000
MOST_TABLES = 1000
"""Most tables of one list: far above any form, low enough that checking stays quick."""


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a whole number", str: "text", list: "a list"}
    return names.get(type(value), "a table" if isinstance(value, dict) else "another type")


class Table:
    """One TOML table being read. Readers note a fault and return a harmless value instead."""

    def __init__(self, data: dict[str, Any], path: Path, collector: Collector) -> None:
        self.path = path
        self.collector = collector
        self._data = data
        self._asked: list[str] = []

    def at(self, *keys: str | int) -> Path:
        """The path of a key of this table."""
        return (*self.path, *keys)

    def fault(self, key: str, text: str) -> None:
        """Note a fault at a key of this table."""
        self.collector.add(self.at(key), text)

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self._data

    def _value(self, key: str, wanted: type, named: str, *, required: bool) -> Any:
        self._asked.append(key)
        if key not in self._data:
            if required:
                self.fault(key, f"“{key}” is missing")
            return None
        value = self._data[key]
        if type(value) is not wanted:
            self.fault(key, f"this must be {named}, and is {_kind(value)}")
            return None
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text; required where no default is given."""
        value = self._value(key, str, "text", required=default is None)
        if value is None:
            return default or ""
        if not value.strip() or len(value) > LONGEST_TEXT:
            self.fault(key, "the text is empty" if not value.strip() else "the text is too long")
        return str(value)

    def identifier(self, key: str, default: str | None = None) -> str:
        """A name of lower-case letters, digits and ``_`` that begins with a letter."""
        value = self.text(key, default)
        if value and self.has(key) and not IDENTIFIER.fullmatch(value):
            self.fault(key, f"“{value}” must be lower-case letters, digits and _ only")
        return value

    def integer(self, key: str, default: int | None, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``; required where no default is given."""
        value = self._value(key, int, "a whole number", required=default is None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.fault(key, f"{value} is not between {low} and {high}")
        return int(value)

    def switch(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._value(key, bool, "true or false", required=False)
        return default if value is None else bool(value)

    def texts(self, key: str, languages: tuple[str, ...], *, required: bool = True) -> Texts:
        """A text in every language of the form."""
        value = self._value(key, dict, f"texts by language, as in {key}.en", required=required)
        if value is None:
            return {}
        for language, text in value.items():
            self._check_text(key, language, text, languages)
        for language in languages:
            if language not in value:
                self.fault(key, f"the text in “{language}” is missing")
        return {k: v for k, v in value.items() if isinstance(v, str)}

    def _check_text(self, key: str, language: str, text: object, known: tuple[str, ...]) -> None:
        path = self.at(key, language)
        if language not in known:
            self.collector.add(path, f"the form's languages do not include “{language}”")
        elif not isinstance(text, str):
            self.collector.add(path, f"this must be text, and is {_kind(text)}")
        elif not text.strip() or len(text) > LONGEST_TEXT:
            self.collector.add(path, "the text is empty or longer than 20,000 characters")

    def texts_list(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of non-empty texts without repeats."""
        value = self._value(key, list, "a list of texts", required=required)
        found: list[str] = []
        for position, item in enumerate(value or ()):
            if not isinstance(item, str) or not item.strip():
                self.collector.add(self.at(key, position), "this must be a text that is not empty")
            elif item in found:
                self.collector.add(self.at(key, position), f"“{item}” stands here twice")
            else:
                found.append(item)
        if value is not None and required and not found:
            self.fault(key, "the list is empty")
        return tuple(found)

    def one_of(self, key: str, kinds: type[_E], default: _E) -> _E:
        """One member of a closed set, required; ``default`` only after a fault."""
        value = self.text(key)
        return self._member(self.at(key), value, kinds) or default if value else default

    def some_of(self, key: str, kinds: type[_E], *, required: bool = False) -> tuple[_E, ...]:
        """A list of members of a closed set."""
        found = (
            self._member(self.at(key, position), value, kinds)
            for position, value in enumerate(self.texts_list(key, required=required))
        )
        return tuple(member for member in found if member is not None)

    def _member(self, path: Path, value: str, kinds: type[_E]) -> _E | None:
        try:
            return kinds(value)
        except ValueError:
            known = [str(member.value) for member in kinds]
            self.collector.add(path, f"“{value}” is not one of {', '.join(known)}")
            return None

    def table(self, key: str) -> Table:
        """A table below this one; an empty one where it is missing."""
        value = self._value(key, dict, "a table", required=False)
        return Table(value or {}, self.at(key), self.collector)

    def tables(self, key: str, *, required: bool = False) -> tuple[Table, ...]:
        """A list of tables below this one."""
        value = self._value(key, list, "a list of tables", required=required) or []
        found: list[Table] = []
        if len(value) > MOST_TABLES:
            self.fault(key, f"there are more than {MOST_TABLES} of these")
        for position, item in enumerate(value[:MOST_TABLES]):
            path = self.at(key, position)
            if isinstance(item, dict):
                found.append(Table(item, path, self.collector))
            else:
                self.collector.add(path, f"this must be a table, and is {_kind(item)}")
        return tuple(found)

    def scalars(self) -> dict[str, int | str | bool]:
        """Every key of this table with its text, whole number, true or false."""
        found: dict[str, int | str | bool] = {}
        for key, value in self._data.items():
            self._asked.append(key)
            if not IDENTIFIER.fullmatch(key):
                self.fault(key, f"“{key}” must be lower-case letters, digits and _ only")
            elif type(value) not in {bool, int, str}:
                self.fault(key, "this must be text, a whole number, true or false")
            else:
                found[key] = value
        return found

    def words(self) -> dict[str, str]:
        """Every key of this table with its text."""
        return {key: self.text(key) for key in self._data}

    def finish(self) -> None:
        """Note every key that nobody asked for, with the known key that looks most like it."""
        for key in self._data.keys() - set(self._asked):
            near = difflib.get_close_matches(key, self._asked, 1)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            self.fault(key, f"the key “{key}” is not known here{meant}")
