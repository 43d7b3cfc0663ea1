"""What a case holds of a matter that somebody filed: typed, frozen, ready to show.

Everything that does not count stays in the case's timeline with the reason.
"""

from __future__ import annotations

import msgspec


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another case that a filing belongs to: ``why`` says how (``questionnaire``, ``update``,
    ``conflict`` ...), ``question`` the answer that it came from."""

    case: str
    why: str
    number: str = ""
    question: str = ""


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody on a route: in which office, and for which part of the decision."""

    office: str
    person: str
    part: str


class Ruling(msgspec.Struct, frozen=True):
    """A signed answer to a question that the route depends on; ``office`` is the one acted in."""

    event: str
    person: str
    claimed_at: str
    about: str
    holds: bool
    reason: str
    office: str
    submission: str = ""
    caution: str = ""


class Request(msgspec.Struct, frozen=True):
    """What a decider wants to know; ``answered_by`` is the version that says that it answers."""

    event: str
    person: str
    claimed_at: str
    text: str
    due: str = ""
    answered_by: str = ""


class Withdrawal(msgspec.Struct, frozen=True):
    """The filer takes the matter back; everything stays on file."""

    event: str
    person: str
    claimed_at: str
    reason: str


class Retirement(msgspec.Struct, frozen=True):
    """What was disclosed or approved has ended on that ISO date."""

    event: str
    person: str
    claimed_at: str
    ended_on: str
    reason: str


class ConditionMet(msgspec.Struct, frozen=True):
    """That condition ``number`` (from 0) of a decision was kept or done."""

    event: str
    person: str
    claimed_at: str
    decision: str
    number: int
    note: str


class Disclosure(msgspec.Struct, frozen=True):
    """A public disclosure that a decision called for: ``form_8k`` or ``website``, on which day,
    and the days (ISO) until which it must stay up and be kept; '' where that does not apply."""

    event: str
    person: str
    claimed_at: str
    decision: str
    route: str
    filed_on: str
    due: str = ""
    keep_until: str = ""
    retain_until: str = ""
    note: str = ""


class MatterPart(msgspec.Struct, frozen=True):
    """What a filed matter has besides its versions, routes and decisions.

    ``matter``: the kind of matter, as facts name it.
    """

    matter: str
    rulings: tuple[Ruling, ...] = ()
    requests: tuple[Request, ...] = ()
    withdrawal: Withdrawal | None = None
    retirement: Retirement | None = None
    met: tuple[ConditionMet, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()

    @property
    def open_requests(self) -> tuple[Request, ...]:
        """What was asked and not yet answered."""
        return tuple(r for r in self.requests if not r.answered_by)

    def ruling(self, about: str) -> Ruling | None:
        """The newest ruling on a question."""
        found = [r for r in self.rulings if r.about == about]
        return found[-1] if found else None

    def is_met(self, decision: str, number: int) -> bool:
        """Whether somebody said that a condition is met."""
        return any((m.decision, m.number) == (decision, number) for m in self.met)


class ClosedDay(msgspec.Struct, frozen=True):
    """A day on which the SEC was closed besides its holidays, and where that is said."""

    event: str
    day: str
    reason: str


class NoticeReceipt(msgspec.Struct, frozen=True):
    """A director says that the notice reached them."""

    event: str
    person: str
    claimed_at: str


class NoticePart(msgspec.Struct, frozen=True):
    """A director's notice to the others of an interest in what the Board will vote on."""

    event: str
    person: str
    claimed_at: str
    matter: str
    subject: str
    text: str
    directors: tuple[str, ...]
    receipts: tuple[NoticeReceipt, ...] = ()
    meeting_on: str = ""
    name: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The directors of whom no receipt is here."""
        has = {r.person for r in self.receipts}
        return tuple(d for d in self.directors if d not in has)
