"""Compensation committee interlocks (Regulation S-K Item 407(e)(4)), from who sits where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

RULE = "Regulation S-K Item 407(e)(4)"


class Role(StrEnum):
    """What a person is in an entity during the last fiscal year, or ever was.

    insider: officer or employee in the year, an officer ever, or has an Item 404 relationship.
    """

    EXECUTIVE_OFFICER = "executive_officer"
    DIRECTOR = "director"
    COMPENSATION_COMMITTEE = "compensation_committee"
    INSIDER = "insider"


@dataclass(frozen=True)
class Seat:
    """One person in one entity; ``entity`` is "" for the Company."""

    person: str
    role: Role
    entity: str = ""


@dataclass(frozen=True)
class Interlock:
    """An interlock to disclose; ``kind`` is i, ii or iii of Item 407(e)(4)."""

    kind: str
    person: str
    entity: str
    reason: str
    rule: str = RULE


def interlocks(seats: Iterable[Seat]) -> tuple[Interlock, ...]:
    """Every interlock that these seats make, in the rule's order and once each.

    A member of a compensation committee counts as a director of that entity too.
    """
    known = frozenset(seats)
    found = (*_insiders(known), *_committees(known), *_boards(known))
    return tuple(dict.fromkeys(found))


def _people(seats: frozenset[Seat], entity: str, *roles: Role) -> list[str]:
    return sorted({s.person for s in seats if s.entity == entity and s.role in roles})


def _insiders(seats: frozenset[Seat]) -> Iterator[Interlock]:
    """(i) A member of our committee who is or was one of ours otherwise."""
    insiders = _people(seats, "", Role.INSIDER, Role.EXECUTIVE_OFFICER)
    for person in _people(seats, "", Role.COMPENSATION_COMMITTEE):
        if person in insiders:
            reason = (
                f"{person} sits on the compensation committee and is or was an officer or employee "
                "here, or has an Item 404 relationship."
            )
            yield Interlock("i", person, "", reason)


def _outside(seats: frozenset[Seat]) -> list[str]:
    return sorted({seat.entity for seat in seats} - {""})


def _committees(seats: frozenset[Seat]) -> Iterator[Interlock]:
    """(ii) Our officer on their compensation committee, theirs on ours or on our board."""
    officers = _people(seats, "", Role.EXECUTIVE_OFFICER)
    ours = _people(seats, "", Role.COMPENSATION_COMMITTEE, Role.DIRECTOR)
    for entity in _outside(seats):
        theirs = [p for p in _people(seats, entity, Role.EXECUTIVE_OFFICER) if p in ours]
        for person in _people(seats, entity, Role.COMPENSATION_COMMITTEE):
            if person in officers and theirs:
                reason = (
                    f"{person}, an executive officer here, sits on the compensation committee of "
                    f"{entity}, whose executive officer {', '.join(theirs)} sits on our Board or "
                    "its compensation committee."
                )
                yield Interlock("ii", person, entity, reason)


def _boards(seats: frozenset[Seat]) -> Iterator[Interlock]:
    """(iii) Our officer on their board, theirs on our compensation committee."""
    officers = _people(seats, "", Role.EXECUTIVE_OFFICER)
    ours = _people(seats, "", Role.COMPENSATION_COMMITTEE)
    for entity in _outside(seats):
        theirs = [p for p in _people(seats, entity, Role.EXECUTIVE_OFFICER) if p in ours]
        for person in _people(seats, entity, Role.DIRECTOR, Role.COMPENSATION_COMMITTEE):
            if person in officers and theirs:
                reason = (
                    f"{person}, an executive officer here, is a director of {entity}, whose "
                    f"executive officer {', '.join(theirs)} sits on our compensation committee."
                )
                yield Interlock("iii", person, entity, reason)
