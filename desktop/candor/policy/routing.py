"""Who reads a body of answers: its audience's offices, less everyone whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from candor.errors import CandorError
from candor.policy.pack import Pack

Holders = Mapping[str, Sequence[str]]
"""Office id to the ids of the people who hold it on the day."""


class NobodyMayDecide(CandorError):
    """Every office in the chain is vacant or held by somebody concerned."""


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
