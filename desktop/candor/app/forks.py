"""Forked logs: what stands twice in one place of somebody's log, and saying which one counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from candor.app.audience import may_read
from candor.app.integrity import require_sound
from candor.app.session import NotYours, Session
from candor.errors import CandorError
from candor.records.case import Case
from candor.records.events import EventType
from candor.records.logbook import Fork

SECRETARY = "secretary"
_CASES = {
    "campaign": "Campaign",
    "questionnaire": "Questionnaire",
    "packet": "Packet",
    "sealed": "Sealed answers",
    "matter": "Matter",
    "item": "Committee item",
    "notice": "Notice",
    "root": "Acts of the root's officers",
}
_EVENTS: dict[str, str] = {
    EventType.CAMPAIGN_OPENED: "opening of the campaign",
    EventType.QUESTIONNAIRE_ISSUED: "questionnaire as issued",
    EventType.QUESTIONNAIRE_SIGNED: "signed answers",
    EventType.RECEIPT_GIVEN: "receipt",
    EventType.EXCEPTIONS_REFERRED: "referral",
    EventType.EXCEPTION_DETERMINED: "decision",
    EventType.PACKET_COMPILED: "compiled packet",
    EventType.PACKET_SIGNED: "signature on a packet",
    EventType.REMINDER_WRITTEN: "reminder",
    EventType.FORK_RESOLVED: "word on a fork",
    EventType.MATTER_FILED: "filed version",
    EventType.MATTER_WITHDRAWN: "withdrawal",
    EventType.MATTER_RETIRED: "end of the matter",
    EventType.MATTER_ROUTED: "route",
    EventType.MATTER_RULED: "ruling",
    EventType.INFORMATION_REQUESTED: "question to the filer",
    EventType.MATTER_DECIDED: "decision",
    EventType.CONDITION_MET: "condition met",
    EventType.FILING_RECORDED: "recorded disclosure",
    EventType.ITEM_PUT: "item as put",
    EventType.BALLOT_CAST: "ballot",
    EventType.MEMBER_RECUSED: "recusal",
    EventType.ITEM_RESOLVED: "resolution",
    EventType.NOTICE_SERVED: "notice",
    EventType.NOTICE_RECEIVED: "receipt of a notice",
}


class NoSuchFork(CandorError):
    """The record named is not a branch of a fork that is still open in that case."""


@dataclass(frozen=True)
class Branch:
    """One of the records that claim one place. ``event`` is its id; ``claimed_at`` None and
    ``here`` False where the branch waits for a record before it."""

    event: str
    what: str
    claimed_at: datetime | None
    here: bool


@dataclass(frozen=True)
class ForkRow:
    """A fork that nobody has resolved. ``person`` is the author's name, ``what`` the matter.

    ``suspends``: no decision and no packet signature of the case counts until it is resolved.
    ``mine_to_resolve``: the owner of this vault may say which branch stands.
    """

    case: str
    number: str
    person: str
    what: str
    branches: tuple[Branch, ...]
    suspends: bool
    mine_to_resolve: bool


def forked(session: Session) -> tuple[ForkRow, ...]:
    """The open forks in the cases of this vault: those that suspend a case first, then by case."""
    rows = [
        _row(session, session.case(fork.case), fork)
        for fork in session.state.forks
        if not fork.kept and fork.case in session.state.cases
    ]
    return tuple(sorted(rows, key=lambda row: (not row.suspends, row.number, row.case)))


def resolve(session: Session, case: str, keep_event: str, reason: str) -> str:
    """Say, signed, that ``keep_event`` stands and the other branches of its fork do not.

    Returns the id of the event written. Raises NoSuchFork, NotYours, RecordDamaged, and
    CandorError where no reason is given.
    """
    fork = _open_fork(session, case, keep_event)
    if fault := _fault(session, session.case(case), fork):
        raise fault
    if not reason.strip():
        raise CandorError(
            "Nothing was signed, because the reason is missing.",
            hint="Say in a sentence how the two records came about and why this one stands.",
        )
    require_sound(session, (case,))
    return session.write(
        case,
        EventType.FORK_RESOLVED,
        [
            ("keep", keep_event),
            ("set_aside", [event for event in fork.events if event != keep_event]),
            ("reason", reason.strip()),
        ],
        deps=session.directory.head,
    )


def _open_fork(session: Session, case: str, event: str) -> Fork:
    for fork in session.state.forks:
        if fork.case == case in session.state.cases and event in fork.events and not fork.kept:
            return fork
    raise NoSuchFork(
        "That record does not stand in a fork of this case that is still open.",
        hint="Look at the list again: somebody may have resolved it already.",
    )


def _fault(session: Session, case: Case, fork: Fork) -> NotYours | None:
    """Why the owner may not resolve a fork; the records' reading voids such a word anyway."""
    if session.directory.person_of(fork.author) == session.person_id:
        return NotYours(
            "This fork is in your own log, and nobody resolves a fork of their own.",
            hint="Ask the Secretary, or somebody else who works on this case.",
        )
    reads = SECRETARY in session.offices or may_read(session, case, session.person_id)
    if case.subject == session.person_id or not reads:
        return NotYours(
            "Only the Secretary or somebody else who works on this case may say which stands.",
            hint="Ask the Secretary.",
        )
    return None


def _row(session: Session, case: Case, fork: Fork) -> ForkRow:
    what = _CASES.get(case.kind, "Case")
    about = f"{what} of {session.name_of(case.subject)}" if case.subject else what
    return ForkRow(
        case=case.id,
        number=case.number,
        person=session.name_of(session.directory.person_of(fork.author) or ""),
        what=about,
        branches=tuple(_branch(session, event) for event in fork.events),
        suspends=not fork.stray,
        mine_to_resolve=_fault(session, case, fork) is None,
    )


def _branch(session: Session, event: str) -> Branch:
    head = session.knowledge.header(event)
    claimed = session.state.claims.get(event, "")
    return Branch(
        event=event,
        what=_EVENTS.get(head.type, "record") if head else "record",
        claimed_at=datetime.fromisoformat(claimed) if claimed else None,
        here=event not in session.state.held,
    )
