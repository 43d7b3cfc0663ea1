"""Who decides an exception: the pack's chain, minus everyone who is concerned by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from candor.errors import CandorError
from candor.policy.pack import Pack

Holders = Mapping[str, Sequence[str]]
"""Office id to the ids of the people who hold it on the day."""


class NobodyMayDecide(CandorError):
    """Every office in the chain is vacant or held by somebody concerned."""


@dataclass(frozen=True)
class Route:
    """Who decides, and the printed reason. ``excluded`` names the offices passed over."""

    office: str
    person: str
    reason: str
    clause: str
    excluded: tuple[str, ...]


def exception_route(
    pack: Pack, subject: str, holders: Holders, absent: Set[str] = frozenset()
) -> Route:
    """Route an exception of ``subject`` (a person id) through the pack's chain.

    An office in ``absent`` (a signed declaration) or without a holder is passed over; silence
    never counts as absence. Nobody decides their own exceptions (Code III paragraph 2;
    code-map A4: the CLO's own matter is treated as absence). Raises NobodyMayDecide.
    """
    passed: list[str] = []
    for step in pack.exceptions.step:
        if not step.office:
            break
        held = holders.get(step.office, ())
        free = [p for p in held if p != subject and step.office not in absent]
        if free:
            return Route(step.office, free[0], step.reason, step.clause, tuple(passed))
        passed.append(step.office)
    raise NobodyMayDecide(
        "Every office that could decide this is vacant or held by the person concerned.",
        hint="Record who holds the offices under People, then route it again.",
    )


def readers(
    pack: Pack, audience: str, subject: str, holders: Holders
) -> tuple[tuple[str, str], ...]:
    """The (office, person) pairs who may read a body of ``audience`` about ``subject``.

    Every listed office counts, less the subject; where that leaves nobody, the first
    alternate who is not the subject (Code V paragraph 3, IX; code-map A21, A22).
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
