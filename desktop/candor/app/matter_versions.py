"""Two versions of one filing beside each other, in words."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import matter_reading
from candor.app.matter_standing import on_day
from candor.app.session import Session
from candor.errors import CandorError
from candor.forms import versions
from candor.forms.versions import Version
from candor.records.matters import Submission


@dataclass(frozen=True)
class Edition:
    """One signed version: its number from 1, when it was signed, and why it amends."""

    number: int
    signed: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    """What the newer of two versions says otherwise; ``lines`` are (question, sentence)."""

    before: Edition
    after: Edition
    summary: str
    lines: tuple[tuple[str, str], ...]


def editions(session: Session, case_id: str) -> tuple[Edition, ...]:
    """The versions of a matter that are here, the first one first."""
    found = _here(session, case_id)
    return tuple(_edition(at, one) for at, one in enumerate(found, start=1))


def comparison(session: Session, case_id: str, before: int, after: int) -> Comparison:
    """What changed between two versions, by their numbers. Raises CandorError."""
    found = _here(session, case_id)
    if not 1 <= before < after <= len(found):
        raise CandorError(
            "Those two versions are not in this vault.", hint="Choose two of those listed."
        )
    old, new = found[before - 1], found[after - 1]
    steps = versions.steps(
        _version(session, old), _version(session, new), matter_reading.context_of(new), new.language
    )
    return Comparison(
        before=_edition(before, old),
        after=_edition(after, new),
        summary=versions.summary(steps),
        lines=tuple((step.question, said) for step in steps for said in step.sentences()),
    )


def _here(session: Session, case_id: str) -> tuple[Submission, ...]:
    return tuple(version for version in session.case(case_id).submissions if version.here)


def _version(session: Session, one: Submission) -> Version:
    return Version(session.form(one.form), one.answers)


def _edition(number: int, one: Submission) -> Edition:
    return Edition(number, on_day(one.claimed_at), one.reason)
