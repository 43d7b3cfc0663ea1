"""An item before it is put: what it proposes, how and when, the exact text, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from candor.app import committee_texts, matter_facts, notices, waiver_clock
from candor.app.committee_begun import overtaken, will_begin
from candor.app.committee_bodies import Body, chair_of, is_covered
from candor.app.committee_items import STUCK, before, contrary_ruling, unruled
from candor.app.committee_seats import Seat, Seating, seating
from candor.app.referring import WORDS, Condition
from candor.app.session import Session
from candor.policy.answer import Answer
from candor.policy.quorum import Outcome, Quorum
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart, Voting
from candor.records.matters import REFUSALS, Case

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
    the route leaves out, with the reason; ``notices``: directors' notices that belong to the
    item and do not say so themselves, by id; ``text``: '' takes the template's."""

    kind: DecisionKind = DecisionKind.APPROVAL
    how: Voting = Voting.MEETING
    meeting_on: date | None = None
    out: Mapping[str, str] = field(default_factory=dict)
    acting_chair: str = ""
    notices: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """An item as it would be put now. ``problems`` stop it, ``warnings`` do not.

    ``kinds``: what it may propose; ``chair`` signs the result, for the chair if ``acting``;
    ``text`` with ``open_fields`` still in braces; ``no_consent``: '' or why a written consent
    is impossible; ``notices``: the other notices of directors here, as id and name, of which
    some may belong to it.
    """

    case: str
    title: str
    subject: str
    seating: Seating
    kinds: tuple[tuple[DecisionKind, str], ...]
    chair: str
    acting: bool
    no_consent: str
    text: str
    open_fields: tuple[str, ...]
    counted: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def body(self) -> Body:
        """The body that decides."""
        return self.seating.body

    @property
    def escalated(self) -> str:
        """'' or why another body than the routed one decides."""
        return self.seating.escalated

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every member, the chair first."""
        return self.seating.seats


def draft_item(session: Session, case_id: str, choice: ItemChoice | None = None) -> ItemDraft:
    """An item on a matter that was sent to a body. Raises CandorError where it was not."""
    choice = choice or ItemChoice()
    case = session.case(case_id)
    answer = matter_facts.judged(session, matter_facts.of_case(session, case))
    seated = seating(session, case, answer, choice.out)
    free = seated.voting
    chair = chair_of(session, seated.body, free)
    acting = choice.acting_chair if choice.acting_chair in free else next(iter(free), "")
    text = choice.text or _text(session, case, seated, choice)
    kinds = _kinds(case, answer)
    stops = _Stops(session, case, choice, seated, kinds)
    return ItemDraft(
        case=case.id,
        title=committee_texts.matter_title(session, case),
        subject=case.subject,
        seating=seated,
        kinds=tuple((kind, WORDS[kind]) for kind in kinds),
        chair=chair or acting,
        acting=not chair,
        no_consent=STUCK[Outcome.CONSENT_IMPOSSIBLE.value] if seated.out else "",
        text=text,
        open_fields=committee_texts.open_fields(text),
        counted=_counted(seated.assessed(choice.how)),
        notices=tuple((n.id, n.director) for n in notices.notices(session) if n.matter != case.id),
        problems=(*_blocked(answer), *stops.found(text)),
        warnings=_warnings(session, case, choice),
    )


def _counted(found: Quorum) -> tuple[str, ...]:
    able, serving = len(found.disinterested), len(found.members)
    return (
        f"{able} of {serving} members may vote. A quorum is {found.quorum_needed}.",
        f"At least {found.needed_in_favour} of them must be in favour; a tie is no approval.",
    )


def _kinds(case: Case, answer: Answer) -> tuple[DecisionKind, ...]:
    """What the rules and the route let a body say yes to; its no needs no proposal."""
    let = case.route.allowed if case.route else ()
    open_kinds = [k for k in answer.allowed_decisions if not let or k.value in let]
    return tuple(k for k in open_kinds if k not in REFUSALS and k is not DecisionKind.REFERRED)


def _text(session: Session, case: Case, seated: Seating, choice: ItemChoice) -> str:
    fields = committee_texts.fields(
        session,
        case,
        body=seated.body.title,
        out=tuple(seat.person for seat in seated.out),
        on=choice.meeting_on,
        conditions=tuple(condition.text for condition in choice.conditions),
    )
    disclosure = waiver_clock.promise(session, case.subject, choice.meeting_on)
    return committee_texts.template(session, choice.kind, {**fields, "disclosure": disclosure})


def _blocked(answer: Answer) -> tuple[str, ...]:
    return (f"{answer.block.reason} {answer.block.remedy}".strip(),) if answer.block else ()


def _warnings(session: Session, case: Case, choice: ItemChoice) -> tuple[str, ...]:
    missing = unruled(session, case, choice.kind)
    too_late = will_begin(session, case, choice.kind, choice.meeting_on)
    return (
        *(said for said in (missing, too_late) if said),
        *notices.missing_words(session, case.id, choice.notices),
    )


@dataclass(frozen=True)
class _Stops:
    """What stands in the way of putting an item."""

    session: Session
    case: Case
    choice: ItemChoice
    seated: Seating
    kinds: tuple[DecisionKind, ...]

    def found(self, text: str) -> tuple[str, ...]:
        """Every reason, as sentences."""
        missing = committee_texts.open_fields(text)
        return (
            *self._of_the_body(),
            *self._of_the_choice(),
            *self._of_the_matter(),
            *(() if text.strip() else ("The resolution has no text.",)),
            *(f"Write what stands in braces: {name}." for name in missing),
        )

    def _of_the_body(self) -> Iterator[str]:
        outcome = self.seated.assessed(self.choice.how).outcome
        is_waiver = self.choice.kind is DecisionKind.WAIVER_GRANTED
        covered = is_covered(self.session, self.case.subject)
        if is_waiver and covered and not self.seated.body.may_waive:
            yield NO_MANDATE
        if outcome is Outcome.ESCALATE:
            yield TOO_FEW
        if outcome is Outcome.CONSENT_IMPOSSIBLE:
            yield STUCK[outcome.value]

    def _of_the_choice(self) -> Iterator[str]:
        choice = self.choice
        if choice.kind not in self.kinds:
            yield "That kind of decision is not open to this body."
        if contrary := contrary_ruling(self.session, self.case, choice.kind):
            yield contrary
        if choice.how is Voting.MEETING and choice.meeting_on is None:
            yield "Say on which day the meeting is."
        if choice.meeting_on and choice.meeting_on.isoformat() < self.session.today:
            yield "The day of the meeting has passed."
        if not all(c.text.strip() and c.owner and c.due for c in choice.conditions):
            yield "Each condition needs a text, an owner and a day."
        if choice.kind is DecisionKind.APPROVAL_WITH_CONDITIONS and not choice.conditions:
            yield "An approval with conditions names at least one."

    def _of_the_matter(self) -> Iterator[str]:
        part = self.case.matter
        if part is not None and part.withdrawal is not None:
            yield "The matter was withdrawn."
        if self.case.determination("") is not None:
            yield "The matter is decided."
        earlier = before(self.session, self.case.id)
        if earlier is not None and not _may_give_way(self.session, earlier[1]):
            yield "An item on this matter is before the body, and votes on it were cast."


def _may_give_way(session: Session, item: ItemPart) -> bool:
    """Whether another item may take this one's place: nobody voted, nothing can come of it, or
    it ended without deciding the matter."""
    stuck = item.result is not None and item.result.outcome in STUCK
    done = not item.ballots or item.resolution is not None
    return stuck or done or bool(overtaken(session, item))
