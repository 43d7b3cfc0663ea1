"""One bright line: what the facts say of it, with its rule and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from candor.policy.independence import Finding

_WORSE = (Finding.MET, Finding.OPEN, Finding.NO)


@dataclass(frozen=True)
class Line:
    """A test's code, rule, finding, and the sentences that led to it."""

    code: str
    rule: str
    finding: Finding
    reason: str


def worst(code: str, rule: str, found: Sequence[tuple[Finding, str]], otherwise: str) -> Line:
    """A test of several rows: met where one is met, open where one is open, else not.

    The reason holds the sentences of the rows that decided it; ``otherwise`` where there is none.
    """
    for finding in _WORSE:
        said = [reason for one, reason in found if one is finding]
        if said:
            return Line(code, rule, finding, " ".join(dict.fromkeys(said)))
    return Line(code, rule, Finding.NO, otherwise)
