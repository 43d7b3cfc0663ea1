"""Who votes on a matter and who stands aside, and the body that is left to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from candor.app import matter_reading
from candor.app.committee_bodies import Body, body
from candor.app.committee_items import before
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy import quorum, settings
from candor.policy.answer import Answer
from candor.policy.quorum import Outcome, Quorum
from candor.records.committee_parts import Counting, Voting
from candor.records.matters import Case

OWN = "It is their own matter."
NOT_SENT = "The route leaves them out."


@dataclass(frozen=True)
class Seat:
    """One member; ``out`` says why the member stands aside, '' takes part."""

    person: str
    name: str
    out: str


@dataclass(frozen=True)
class Seating:
    """The body that decides, with its seats; ``escalated``: '' or why another than the routed
    one does; ``counting``: how it counts."""

    body: Body
    seats: tuple[Seat, ...]
    escalated: str
    counting: Counting

    @property
    def voting(self) -> tuple[str, ...]:
        """The ids of the members who vote."""
        return tuple(seat.person for seat in self.seats if not seat.out)

    @property
    def out(self) -> tuple[Seat, ...]:
        """The members who stand aside."""
        return tuple(seat for seat in self.seats if seat.out)

    def assessed(self, how: Voting) -> Quorum:
        """What the rules say of the body before anybody voted."""
        members = tuple(seat.person for seat in self.seats)
        out = {seat.person for seat in self.out}
        return quorum.assess(members, out, how.value, (), self.counting)

    @property
    def too_few(self) -> bool:
        """Whether no votes of those who remain could carry anything."""
        return self.assessed(Voting.MEETING).outcome is Outcome.ESCALATE


def counting(session: Session) -> Counting:
    """How the company's bodies count votes, by the pack's settings."""
    found = settings.typed(session.pack.setting_values())
    return Counting(found.strict_quorum, found.votes_in_favour)


def seating(session: Session, case: Case, answer: Answer, asserted: Mapping[str, str]) -> Seating:
    """The body to which a matter was sent, or the next one where too few of it remain.

    ``answer``: what the rules say of the matter; ``asserted``: members who stand aside besides,
    with the reason. Raises CandorError where it was sent to no body.
    """
    route = case.route
    if case.kind != matter_reading.MATTER or route is None or not route.body:
        raise CandorError(
            "This matter was not sent to a committee or to the Board.",
            hint="Send it there first; only then can it be put to a vote.",
        )
    reasons = {**_by_rule(answer), **_stepped_aside(session, case), **_stated(asserted)}
    first = body(session, route.body)
    left_out = set(first.members) - set(route.people)
    reasons = {**dict.fromkeys(left_out, NOT_SENT), **reasons, case.subject: OWN}
    found = Seating(first, _seats(session, first, reasons), "", counting(session))
    while found.too_few and found.body.onward:
        onward = body(session, found.body.onward)
        why = (
            f"Too few members of the {first.title} remain who are not concerned, so it goes to "
            f"the {onward.title}."
        )
        found = Seating(onward, _seats(session, onward, reasons), why, found.counting)
    return found


def _seats(session: Session, found: Body, reasons: Mapping[str, str]) -> tuple[Seat, ...]:
    return tuple(Seat(p, session.name_of(p), reasons.get(p, "")) for p in found.members)


def _by_rule(answer: Answer) -> dict[str, str]:
    """Whom the rules exclude, with their reason as a sentence."""
    return {
        one.person: f"{one.reason[:1].upper()}{one.reason[1:]}".rstrip(".") + "."
        for one in answer.excluded
        if one.person and one.reason
    }


def _stepped_aside(session: Session, case: Case) -> dict[str, str]:
    """Whoever stood aside from an earlier item on the matter stays aside."""
    earlier = before(session, case.id)
    return {r.person: r.reason for r in earlier[1].recused} if earlier else {}


def _stated(asserted: Mapping[str, str]) -> dict[str, str]:
    return {person: why.strip() for person, why in asserted.items() if why.strip()}
