"""An item before it is put: who votes, who stands aside and why, how, and the exact text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from candor.app import committee_texts, matter_reading, notices, waiver_clock
from candor.app.committee_bodies import Body, body, chair_of, is_covered
from candor.app.committee_items import STUCK, before, contrary_ruling, unruled
from candor.app.referring import WORDS, Condition
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy import quorum, settings
from candor.policy.quorum import Outcome, Quorum
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import Counting, ItemPart, Voting
from candor.records.matters import REFUSALS, Case

WAIVER = "waiver"
PROPOSALS = (
    DecisionKind.APPROVAL,
    DecisionKind.APPROVAL_WITH_CONDITIONS,
    DecisionKind.RATIFICATION,
    DecisionKind.WAIVER_GRANTED,
)
"""What a resolution may propose. A refusal is what becomes of it where it is not carried."""


TOO_FEW = (
    "Too few disinterested members remain, and no other body is left that could decide; ask "
    "outside counsel how to go on."
)


NO_MANDATE = (
    "No Board resolution on record names this committee for waivers of directors and executive "
    "officers, so only the Board can grant one."
)


@dataclass(frozen=True)
class ItemChoice:
    """What whoever puts an item chooses. ``out``: members who stand aside besides those whom
    the route leaves out, with the reason; ``text``: '' takes the template's."""

    kind: DecisionKind = DecisionKind.APPROVAL
    how: Voting = Voting.MEETING
    meeting_on: date | None = None
    out: Mapping[str, str] = field(default_factory=dict)
    acting_chair: str = ""
    conditions: tuple[Condition, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Seat:
    """One member; ``out`` says why the member stands aside, '' takes part."""

    person: str
    name: str
    out: str


@dataclass(frozen=True)
class ItemDraft:
    """An item as it would be put now. ``problems`` stop it, ``warnings`` do not.

    ``escalated``: '' or why another body than the routed one decides; ``chair`` signs the
    result, for the chair if ``acting``; ``text`` with ``open_fields`` still in braces;
    ``no_consent``: '' or why a written consent is impossible.
    """

    case: str
    title: str
    subject: str
    body: Body
    escalated: str
    kinds: tuple[tuple[DecisionKind, str], ...]
    seats: tuple[Seat, ...]
    chair: str
    acting: bool
    no_consent: str
    text: str
    open_fields: tuple[str, ...]
    counted: tuple[str, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def voting(self) -> tuple[str, ...]:
        """The ids of the members who vote."""
        return tuple(seat.person for seat in self.seats if not seat.out)

    @property
    def out(self) -> tuple[Seat, ...]:
        """The members who stand aside."""
        return tuple(seat for seat in self.seats if seat.out)


def counting(session: Session) -> Counting:
    """How the company's bodies count votes, by the pack's settings."""
    found = settings.typed(session.pack.setting_values())
    return Counting(found.strict_quorum, found.votes_in_favour)


def draft_item(session: Session, case_id: str, choice: ItemChoice | None = None) -> ItemDraft:
    """An item on a matter that was sent to a body. Raises CandorError where it was not."""
    choice = choice or ItemChoice()
    case = session.case(case_id)
    seated, seats, escalated = _seated(session, case, choice)
    free = tuple(seat.person for seat in seats if not seat.out)
    chair = chair_of(session, seated, free)
    acting = choice.acting_chair if choice.acting_chair in free else next(iter(free), "")
    text = choice.text or _text(session, case, seated, seats, choice)
    found = _assessed(session, seats, choice.how)
    return ItemDraft(
        case=case.id,
        title=committee_texts.matter_title(session, case),
        subject=case.subject,
        body=seated,
        escalated=escalated,
        kinds=tuple((kind, WORDS[kind]) for kind in _kinds(case)),
        seats=seats,
        chair=chair or acting,
        acting=not chair,
        no_consent="" if len(free) == len(seats) else STUCK[Outcome.CONSENT_IMPOSSIBLE.value],
        text=text,
        open_fields=committee_texts.open_fields(text),
        counted=_counted(found),
        problems=_problems(session, case, choice, text, found, seated),
        warnings=_warnings(session, case, choice),
    )


def _seated(session: Session, case: Case, choice: ItemChoice) -> tuple[Body, tuple[Seat, ...], str]:
    """The body that can decide: the routed one, or the next where too few of it remain."""
    route = case.route
    if case.kind != matter_reading.MATTER or route is None or not route.body:
        raise CandorError(
            "This matter was not sent to a committee or to the Board.",
            hint="Send it there first; only then can it be put to a vote.",
        )
    first = seated = body(session, route.body)
    seats = _seats(session, seated, case, choice, set(route.people))
    while _too_few(session, seats) and seated.onward:
        concerned = _out(seats)
        seated = body(session, seated.onward)
        routed = set(seated.members) - concerned
        seats = _seats(session, seated, case, choice, routed)
    if seated is first:
        return first, seats, ""
    why = (
        f"Too few members of the {first.title} remain who are not concerned, so the "
        f"{seated.title} decides."
    )
    return seated, seats, why


def _out(seats: tuple[Seat, ...]) -> set[str]:
    return {seat.person for seat in seats if seat.out}


def _seats(
    session: Session, found: Body, case: Case, choice: ItemChoice, routed: set[str]
) -> tuple[Seat, ...]:
    earlier = before(session, case.id)
    recused = {r.person: r.reason for r in earlier[1].recused} if earlier else {}
    reasons = {**recused, **choice.out}
    rows = []
    for person in found.members:
        why = reasons.get(person, "").strip()
        if person == case.subject:
            why = "It is their own matter."
        elif not why and person not in routed:
            why = "Concerned by the matter, so the route leaves them out."
        rows.append(Seat(person, session.name_of(person), why))
    return tuple(rows)


def _too_few(session: Session, seats: tuple[Seat, ...]) -> bool:
    return _assessed(session, seats, Voting.MEETING).outcome is Outcome.ESCALATE


def _assessed(session: Session, seats: tuple[Seat, ...], how: Voting) -> Quorum:
    members = tuple(seat.person for seat in seats)
    return quorum.assess(members, _out(seats), how.value, (), counting(session))


def _counted(found: Quorum) -> tuple[str, ...]:
    able, serving = len(found.disinterested), len(found.members)
    return (
        f"{able} of {serving} members may vote. A quorum is {found.quorum_needed}.",
        f"At least {found.needed_in_favour} of them must be in favour; a tie is no approval.",
    )


def _kinds(case: Case) -> tuple[DecisionKind, ...]:
    allowed = case.route.allowed if case.route else ()
    if allowed:
        return tuple(k for k in map(DecisionKind, allowed) if k not in REFUSALS)
    asks = case.matter.matter if case.matter else ""
    return tuple(k for k in PROPOSALS if (k is DecisionKind.WAIVER_GRANTED) == (asks == WAIVER))


def _text(
    session: Session, case: Case, seated: Body, seats: tuple[Seat, ...], choice: ItemChoice
) -> str:
    fields = committee_texts.fields(
        session,
        case,
        body=seated.title,
        out=tuple(seat.person for seat in seats if seat.out),
        on=choice.meeting_on,
        conditions=tuple(condition.text for condition in choice.conditions),
    )
    disclosure = waiver_clock.promise(session, case.subject, choice.meeting_on)
    return committee_texts.template(session, choice.kind, {**fields, "disclosure": disclosure})


def _may_waive(session: Session, case: Case, choice: ItemChoice, seated: Body) -> bool:
    is_waiver = choice.kind is DecisionKind.WAIVER_GRANTED
    return not (is_waiver and is_covered(session, case.subject)) or seated.may_waive


def _problems(
    session: Session, case: Case, choice: ItemChoice, text: str, found: Quorum, seated: Body
) -> tuple[str, ...]:
    is_meeting = choice.how is Voting.MEETING
    held = choice.meeting_on.isoformat() if choice.meeting_on else ""
    contrary = contrary_ruling(session, case, choice.kind)
    rules = (
        (choice.kind in _kinds(case), "That kind of decision is not open to this body."),
        (_may_waive(session, case, choice, seated), NO_MANDATE),
        (found.outcome is not Outcome.ESCALATE, TOO_FEW),
        (
            found.outcome is not Outcome.CONSENT_IMPOSSIBLE,
            STUCK[Outcome.CONSENT_IMPOSSIBLE.value],
        ),
        (not is_meeting or bool(held), "Say on which day the meeting is."),
        (not held or held >= session.today, "The day of the meeting has passed."),
        (not contrary, contrary),
        (bool(text.strip()), "The resolution has no text."),
        (_conditions_fit(choice), "An approval with conditions needs each with an owner."),
    )
    stops = [reason for kept, reason in rules if not kept]
    stops += [f"Write what stands in braces: {name}." for name in committee_texts.open_fields(text)]
    return (*stops, *_standing_problems(session, case))


def _conditions_fit(choice: ItemChoice) -> bool:
    wanted = choice.kind is DecisionKind.APPROVAL_WITH_CONDITIONS
    whole = all(c.text.strip() and c.owner for c in choice.conditions)
    return whole and (bool(choice.conditions) or not wanted)


def _standing_problems(session: Session, case: Case) -> tuple[str, ...]:
    found = []
    if case.matter is not None and case.matter.withdrawal is not None:
        found.append("The matter was withdrawn.")
    if case.determination("") is not None:
        found.append("The matter is decided.")
    earlier = before(session, case.id)
    if earlier is not None and not _may_give_way(earlier[1]):
        found.append("An item on this matter is before the body, and votes on it were cast.")
    return tuple(found)


def _may_give_way(item: ItemPart) -> bool:
    """Whether another item may take this one's place: nobody voted, or nothing can come of it."""
    stuck = item.result is not None and item.result.outcome in STUCK
    return item.resolution is None and (stuck or not item.ballots)


def _warnings(session: Session, case: Case, choice: ItemChoice) -> tuple[str, ...]:
    missing = unruled(session, case, choice.kind)
    return (*((missing,) if missing else ()), *notices.missing_words(session, case.id))
