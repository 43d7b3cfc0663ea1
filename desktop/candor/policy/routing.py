"""Who decides an exception and who may read a body: the pack's rows, applied to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from candor.errors import CandorError
from candor.policy.pack import ExceptionRoute, Pack

Holders = Mapping[str, Sequence[str]]
"""Office id to the ids of the people who hold it on the day."""


class NobodyMayDecide(CandorError):
    """Every office that could act is vacant or held by somebody concerned."""


@dataclass(frozen=True)
class Route:
    """Who decides, and the printed reason with its clause."""

    office: str
    person: str
    reason: str
    clause: str


def route_fits(row: ExceptionRoute, subject: Set[str], absent: Set[str]) -> bool:
    """Whether a row of the exception table holds for these facts."""
    return set(row.subject) <= subject and set(row.absent) <= absent


def exception_route(
    pack: Pack, subject: str, holders: Holders, absent: Set[str] = frozenset()
) -> Route:
    """Route an exception of ``subject`` (a person id).

    A vacant office counts as absent; silence never does (Code III paragraph 2, code-map A4).
    Nobody decides their own exceptions: a row whose decider is only the subject is passed
    over. Raises NobodyMayDecide.
    """
    held = {office for office, people in holders.items() if subject in people}
    gone = set(absent) | {office for office in pack.offices if not holders.get(office)}
    for row in pack.exception_routes:
        if not route_fits(row, held, gone) or row.decides in gone:
            continue
        person = next((p for p in holders.get(row.decides, ()) if p != subject), None)
        if person:
            return Route(row.decides, person, pack.words(row.reason), row.clause)
    raise NobodyMayDecide(
        "Every office that could decide this is vacant or held by the person concerned.",
        hint="Record who holds the offices under People, then route it again.",
    )


def readers(
    pack: Pack, audience: str, subject: str, holders: Holders
) -> tuple[tuple[str, str], ...]:
    """The (office, person) pairs who may read a body of ``audience`` about ``subject``.

    Every listed office counts, less the subject; where that leaves nobody, the first
    alternate who is not the subject (Code V paragraph 3 and IX; code-map A21, A22).
    Raises NobodyMayDecide.
    """
    row = pack.audience(audience)
    pairs = [(o, p) for o in row.offices for p in holders.get(o, ()) if p != subject]
    if pairs:
        return tuple(dict.fromkeys(pairs))
    for office in row.alternates:
        for person in holders.get(office, ()):
            if person != subject:
                return ((office, person),)
    raise NobodyMayDecide(
        "Nobody who may read these answers holds an office.",
        hint="Record who holds the offices under People.",
    )
