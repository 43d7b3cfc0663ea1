"""The examples that rules of a pack carry: facts for which a row is the one, and is not.

A row without true examples is a row that nobody understood. Each example states what differs
from the pack's cast; here it is completed to facts and asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candor.policy.decide import decide
from candor.policy.facts import Facts
from candor.policy.facts.reading import FactsFaults, facts_from
from candor.policy.pack import Pack
from candor.policy.pack.rules import FlagRow, Prohibition, Route, Rule

ON = date(2026, 11, 25)
"""The day of every example that names none: a Wednesday before a holiday."""


@dataclass(frozen=True)
class Example:
    """One example of a row. ``expected``: whether the row is the one for these facts."""

    table: str
    row: Rule
    number: int
    expected: bool
    stated: Mapping[str, Any]

    @property
    def name(self) -> str:
        """How a report calls it."""
        return f"{self.table} {self.row.id}, {'holds' if self.expected else 'fails'} {self.number}"


def examples(pack: Pack) -> Iterator[Example]:
    """Every example of every row, in the pack's order."""
    tables: tuple[tuple[str, tuple[Rule, ...]], ...] = (
        ("route", pack.routes),
        ("prohibition", pack.prohibitions),
        ("flag", pack.file.flag),
        ("duty", pack.file.duty),
    )
    for table, rows in tables:
        for row in rows:
            for expected, stated in ((True, row.holds), (False, row.fails)):
                for number, one in enumerate(stated, start=1):
                    yield Example(table, row, number, expected, one)


def completed(pack: Pack, example: Example) -> Facts:
    """The example's facts with the cast behind them. Raises FactsFaults."""
    stated = dict(example.stated)
    own = stated.pop("people", [])
    named = {person.get("id") for person in own}
    cast = [person for person in pack.file.cast if person.get("id") not in named]
    document: dict[str, Any] = {"on": ON.isoformat(), **stated, "people": [*own, *cast]}
    if example.row.matters:
        document.setdefault("matter", str(example.row.matters[0]))
    return facts_from(document, pack.known)


def fault(pack: Pack, example: Example) -> str:
    """Why an example is not true of its row; "" where it is."""
    try:
        facts = completed(pack, example)
    except FactsFaults as faults:
        return f"{example.name}: {' '.join(faults.problems)}"
    answer = decide(facts, pack, facts.on or ON)
    match example.row:
        case Route():
            found = {answer.route}
        case Prohibition():
            blocks = (answer.block, *answer.also_blocked_by)
            found = {block.rule for block in blocks if block}
        case FlagRow():
            found = {flag.id for flag in answer.flags}
        case _:
            found = {duty.id for duty in answer.duties}
    if (example.row.id in found) is example.expected:
        return ""
    got = ", ".join(sorted(found)) or "nothing"
    return f"{example.name}: the facts lead to {got}"


def faults(pack: Pack) -> tuple[str, ...]:
    """Every example that is not true of its row."""
    found = (fault(pack, example) for example in examples(pack))
    return tuple(one for one in found if one)
