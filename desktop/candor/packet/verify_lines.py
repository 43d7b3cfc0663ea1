"""The verdict: six lines, always the same six in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from candor.clock import stamp

NAMES = (
    "Content",
    "Who signed",
    "When",
    "Expected signers",
    "Certificates",
    "Directory age",
)
"""The names of the lines, in their order."""


class LineState(StrEnum):
    """What a line found. Only ``DONE`` is green; what cannot be checked never is."""

    DONE = "done"
    NEEDS = "needs"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a statement, what it rests on, and everything behind it."""

    name: str
    state: LineState
    statement: str
    evidence: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenSigner:
    """An expected signer. ``signed_at``: the claimed time, None while the field is empty;
    ``holds``: the signature is sound, the certificate's standing apart."""

    field: str
    person: str
    name: str
    office: str
    title: str
    meaning: str
    certificate: str
    signed_at: datetime | None = None
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be believed of a file.

    ``title`` and ``about`` name it ('' where it says nothing readable). ``complete``: every
    expected signer has signed soundly. ``exit_code``: 0 all six done, 1 do not rely on it,
    3 not proved yet.
    """

    title: str
    lines: tuple[Line, ...]
    complete: bool
    signers: tuple[SeenSigner, ...]
    about: str
    exit_code: int


def verdict(
    lines: Iterable[Line], signers: tuple[SeenSigner, ...] = (), title: str = "", about: str = ""
) -> Verdict:
    """A verdict from its six lines. Raises ValueError for any other lines."""
    six = tuple(lines)
    if tuple(line.name for line in six) != NAMES:
        raise ValueError("a verdict has its six lines in their order")
    states = {line.state for line in six}
    stopped = LineState.STOPPED in states
    code = 0 if states == {LineState.DONE} else 1 if stopped else 3
    complete = bool(signers) and all(s.holds for s in signers)
    return Verdict(title, six, complete, signers, about, code)


def joined(words: Iterable[str]) -> str:
    """ "A, B and C"."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def count(number: int, one: str, many: str) -> str:
    """ "1 page", "3 pages"."""
    return f"{number:,} {one if number == 1 else many}"


def to_json(of: Verdict) -> dict[str, Any]:
    """A verdict as JSON values, for other programs."""
    found = asdict(of)
    found["lines"] = [{**line, "detail": list(line["detail"])} for line in found["lines"]]
    found["signers"] = [
        {**signer, "signed_at": stamp(signer["signed_at"]) if signer["signed_at"] else None}
        for signer in found["signers"]
    ]
    return found
