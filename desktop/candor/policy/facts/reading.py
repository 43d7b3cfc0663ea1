"""Reads facts from JSON strictly: everything that is wrong is said at once, and nothing is guessed.

Facts also come from files that other people wrote, so size, nesting and numbers are bounded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from candor.errors import Problems
from candor.policy.conformity import Names, NotANumber, Path, Twice, check, convert, shown
from candor.policy.facts.whole import Facts
from candor.policy.facts.wholeness import unsound

LARGEST_FILE = 1024 * 1024
"""Bytes; facts of one matter have a few thousand."""
MOST_FAULTS = 200
"""Faults that are listed; nobody mends more in one sitting."""
_LONGEST_NUMBER = 40

Known = Mapping[Names, Collection[str]]
"""What facts may name, by kind: roles, offices, committees, clauses, prohibitions, settings."""


class FactsFaults(Problems):
    """The facts are refused whole; ``problems`` lists every fault with its place."""

    exit_code = 2


def read_facts(data: bytes, known: Known) -> Facts:
    """The facts in a JSON document. Raises FactsFaults with every fault that was found.

    ``known``: what the pack knows (`Pack.known`); the ids of people come from the facts.
    """
    return facts_from(_parsed(data), known)


def facts_from(document: object, known: Known) -> Facts:
    """The facts in an already decoded document: plain names, lists and values, dates as text.

    Raises FactsFaults with every fault that was found.
    """
    faults: list[str] = []

    def note(path: Path, text: str) -> None:
        faults.append(f"{_place(path)}: {text}{'' if text.endswith('?') else '.'}")

    check(document, Facts, note, {**known, Names.PERSON: _ids(document)})
    facts = convert(document, Facts)
    for path, text in unsound(facts) if facts else ():
        note(path, text)
    if faults or facts is None:
        raise _refused(faults)
    return facts


def _refused(faults: list[str]) -> FactsFaults:
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    left_out = len(faults) - MOST_FAULTS
    listed = faults[:MOST_FAULTS]
    if left_out > 0:
        listed.append(f"There are {left_out} more.")
    return FactsFaults(
        f"The facts have {count}, so nothing was decided.",
        tuple(listed),
        hint="Mend what is listed; candor decide --schema describes every name.",
    )


def _parsed(data: bytes) -> object:
    if len(data) > LARGEST_FILE:
        raise _refused(
            [f"The file is larger than {LARGEST_FILE // 1024} KiB, which facts never are."]
        )
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=Twice,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=NotANumber,
        )
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise _refused([f"Line {line} is not UTF-8 text."]) from fault
    except RecursionError as fault:
        raise _refused(["Lists or groups stand too deep inside one another."]) from fault
    except json.JSONDecodeError as fault:
        place = f"Line {fault.lineno}, column {fault.colno}"
        raise _refused([f"{place}: this is not JSON ({fault.msg.lower()})."]) from fault


def _decimal(written: str) -> object:
    # an exponent could stand for a million digits
    plain = len(written) <= _LONGEST_NUMBER and "e" not in written.lower()
    return Decimal(written) if plain else NotANumber(written)


def _whole(written: str) -> object:
    return int(written) if len(written) <= _LONGEST_NUMBER else NotANumber(written)


def _place(path: Path) -> str:
    """A path as JSON people write it: ``people[0].roles[1]``."""
    words = ""
    for part in path:
        joined = f"[{part}]" if isinstance(part, int) else f".{shown(part)[1:-1]}"
        words += joined
    return words.lstrip(".") or "The document"


def _ids(document: object) -> frozenset[str]:
    return frozenset(_named_people(document))


def _named_people(document: object) -> Iterator[str]:
    people: Any = document.get("people") if isinstance(document, dict) else None
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict) and isinstance(person.get("id"), str):
            yield person["id"]
