"""People as the secretary types or imports them, checked before anything is recorded."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

from candor.errors import CandorError
from candor.policy.pack import Pack
from candor.policy.terms import FilerClass

COLUMNS = ("name", "email", "title", "classes", "offices", "attributes", "manager")
MAX_ROWS = 20_000
MAX_TEXT = 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class PersonInput:
    """One person; ``classes`` are filer classes, ``offices`` ids of the code pack, ``manager`` the
    e-mail address of whom the person reports to ("" for nobody)."""

    name: str
    email: str
    title: str = ""
    classes: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    manager: str = ""


@dataclass(frozen=True)
class PeoplePreview:
    """What a file of people would add, and every problem with its line."""

    rows: tuple[PersonInput, ...]
    problems: tuple[str, ...]


def read_people_csv(data: bytes, pack: Pack, known: Iterable[str] = ()) -> PeoplePreview:
    """Read people from CSV with the columns name, email, title, classes, offices, attributes and
    manager, an e-mail address of this list or among ``known``.

    Several classes or offices in one cell are separated by semicolons. Nothing is recorded.
    Raises CandorError where the file is not a table of people at all.
    """
    text = _decoded(data)
    if "\x00" in text:
        raise _not_a_table("It holds characters that no spreadsheet writes.")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        _check_columns(names)
        reader.fieldnames = names
        rows = [(reader.line_num, row) for row in islice(reader, MAX_ROWS + 1)]
    except csv.Error as fault:
        raise _not_a_table(f"Line {reader.line_num} cannot be read.") from fault
    if len(rows) > MAX_ROWS:
        raise _not_a_table(f"It has more than {MAX_ROWS:,} lines.")
    people = [(line, _person(row)) for line, row in rows]
    problems = [
        f"Line {line}: it has more cells than the first line has names."
        for line, row in rows
        if any(row.get(None) or ())
    ]
    problems += [f"Line {line}: {p}" for line, person in people for p in faults(person, pack)]
    entries = tuple(person for _, person in people)
    problems += _repeated(entries)
    problems += [f"Line {people[at][0]}: {text}" for at, text in manager_faults(entries, known)]
    return PeoplePreview(entries, tuple(problems))


def _delimiter(text: str) -> str:
    """What separates the names of the columns, which hold no such sign themselves; guessing by
    the rows would take a nickname in single quotes for a quoted cell."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as(data, "utf-16") or _unreadable()
    text = _as(data, "utf-8-sig")
    if text is not None:
        return text
    if not data.decode("utf-8", "ignore").isascii():
        # Read as either, some names would come out garbled and be recorded for ever.
        raise _not_a_table("It mixes two ways of writing letters.")
    return _as(data, "cp1252") or _unreadable()


def _as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unreadable() -> NoReturn:
    raise _not_a_table("Its characters cannot be read.")


def _not_a_table(why: str) -> CandorError:
    return CandorError(
        f"This file is not a list of people. {why}",
        hint="Save it as CSV (UTF-8) with the columns name, email, title, classes, offices.",
    )


def _check_columns(names: list[str]) -> None:
    missing = [column for column in ("name", "email", "classes") if column not in names]
    if missing:
        raise _not_a_table(f"The column “{missing[0]}” is missing.")
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise _not_a_table(f"The column “{unknown[0][:40]}” is unknown.")


def _person(row: dict[str | None, str | list[str] | None]) -> PersonInput:
    def cell(name: str) -> str:
        value = row.get(name)
        return value.strip() if isinstance(value, str) else ""

    def several(name: str) -> tuple[str, ...]:
        parts = (part.strip().casefold().replace(" ", "_") for part in cell(name).split(";"))
        return tuple(part for part in parts if part)

    return PersonInput(
        name=cell("name"),
        email=cell("email"),
        title=cell("title"),
        classes=several("classes"),
        offices=several("offices"),
        attributes=several("attributes"),
        manager=cell("manager"),
    )


def faults(person: PersonInput, pack: Pack) -> tuple[str, ...]:
    """Everything that is wrong with one person's entry, as sentences."""
    return tuple(sentence for _, sentence in faults_by_field(person, pack))


def faults_by_field(person: PersonInput, pack: Pack) -> tuple[tuple[str, str], ...]:
    """The same with the field that each belongs to: "name", "email", "title", "classes",
    "offices"."""
    found = []
    if not person.name.strip():
        found.append(("name", "the name is empty."))
    if not _EMAIL.fullmatch(person.email):
        found.append(("email", f"“{person.email[:60]}” is not an e-mail address."))
    found += [
        (field, f"a text is longer than {MAX_TEXT} characters.")
        for field in ("name", "email", "title")
        if len(getattr(person, field)) > MAX_TEXT
    ]
    found += [
        (field, sentence)
        for field in ("name", "email", "title")
        if (sentence := _strange(getattr(person, field)))
    ]
    known = {item.value for item in FilerClass}
    found += [
        ("classes", f"the class “{c[:40]}” is unknown.") for c in person.classes if c not in known
    ]
    found += [
        ("offices", f"the office “{o[:40]}” is unknown.")
        for o in person.offices
        if o not in pack.offices
    ]
    if not person.classes and not person.offices:
        found.append(("classes", "say whether this is a director, nominee, officer or employee."))
    return tuple(found)


def _strange(text: str) -> str:
    """What is wrong with a text that a screen or a spreadsheet would act on; "" for nothing."""
    if text.startswith(("=", "+", "-", "@")):
        return f"“{text[:40]}” begins like a formula."
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text):
        return "a text holds a character that cannot be seen."
    return ""


def manager_faults(
    people: Sequence[PersonInput], known: Iterable[str] = ()
) -> Iterator[tuple[int, str]]:
    """What is wrong with the managers of a list, as (place in the list, sentence): an address
    that is neither in the list nor ``known`` in the directory, or a circle of managers."""
    above = {p.email.casefold(): p.manager.casefold() for p in people}
    there = {*above, *(email.casefold() for email in known)}
    for place, person in enumerate(people):
        if person.manager and person.manager.casefold() not in there:
            yield place, f"nobody has the manager's address “{person.manager[:60]}”."
        elif person.manager and _circle(person.email.casefold(), above):
            yield place, "the managers go round in a circle: in the end each reports to themselves."


def _circle(start: str, above: Mapping[str, str]) -> bool:
    """Whether somebody reports to themselves, directly or further up."""
    seen: set[str] = set()
    at = above.get(start, "")
    while at and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at, "")
    return False


def _repeated(people: tuple[PersonInput, ...]) -> list[str]:
    emails = Counter(person.email.casefold() for person in people)
    return [f"“{email}” stands on {n} lines." for email, n in emails.items() if email and n > 1]


def holding(people: tuple[PersonInput, ...], office: str) -> PersonInput:
    """The person who holds an office in a list. Raises CandorError where nobody does."""
    for person in people:
        if office in person.offices:
            return person
    raise CandorError(
        f"Nobody on the list holds the office “{office}”.",
        hint="Write it into that person's offices column.",
    )
