"""Deciding a matter: the queue, the signed decision, questions, rulings, and sending it on.

The one door for front ends; the rooms behind it: `matter_capacity` (in which office somebody may
act) and `matter_sheet` (the page of one decision).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candor.app import matter_facts, matter_reading, matter_routing
from candor.app.committee_bodies import body
from candor.app.integrity import require_decidable
from candor.app.matter_capacity import Capacity, capacity, need_capacity, ruling_capacity
from candor.app.matter_routing import Destination
from candor.app.matter_sheet import Choice, MatterSheet, consequences, problems, sheet
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.errors import CandorError, Problems
from candor.policy.facts import RulingAbout
from candor.records.events import EventType
from candor.records.matter_parts import Named
from candor.records.matters import Case

__all__ = [
    "Capacity",
    "Choice",
    "MatterSheet",
    "QueueRow",
    "Referable",
    "ask",
    "capacity",
    "consequences",
    "decide",
    "problems",
    "queue",
    "refer",
    "referables",
    "rule",
    "sheet",
]

STATES = {
    "conflict": "Two decisions differ",
    "answered": "The filer answered",
    "decide": "To decide",
    "rule": "To rule on first",
    "asked": "Waits for the filer",
    "decided": "Decided",
}
"""States of a row in the queue, the most pressing first."""


@dataclass(frozen=True)
class QueueRow:
    """A matter that the owner may decide or has to rule on. ``state`` is a key of `STATES`;
    ``office`` the one acted in, ``absent`` the one that it stands in for, as titles."""

    case: str
    number: str
    title: str
    person: str
    person_title: str
    state: str
    state_text: str
    office: str
    absent: str
    since: datetime
    due: date | None


@dataclass(frozen=True)
class Referable:
    """Where a decider may send a matter on. ``id``: "body:NAME" or "office:NAME"."""

    id: str
    title: str
    who: str


def queue(session: Session) -> tuple[QueueRow, ...]:
    """The matters that the owner may act on: undecided first, by due date."""
    rows = (_row(session, case) for case in matter_reading.matters(session))
    found = [row for row in rows if row is not None]
    order = list(STATES)

    def turn(row: QueueRow) -> tuple[bool, date, int, str]:
        return row.state == "decided", row.due or date.max, order.index(row.state), row.number

    return tuple(sorted(found, key=turn))


def _row(session: Session, case: Case) -> QueueRow | None:
    acting = capacity(session, case)
    ruling = None if acting else ruling_capacity(session, case)
    held = acting or ruling
    ended = case.matter is not None and case.matter.withdrawal is not None
    if held is None or ended or not any(s.here for s in case.submissions):
        return None
    state = _state(session, case, deciding=acting is not None)
    if state == "":
        return None
    route = case.route
    since = route.claimed_at if route else case.submissions[0].claimed_at
    return QueueRow(
        case=case.id,
        number=case.number,
        title=session.form(matter_reading.newest(case).form).title["en"],
        person=session.name_of(case.subject),
        person_title=session.title_of(case.subject),
        state=state,
        state_text=STATES[state],
        office=session.pack.office_title(held.office),
        absent=session.pack.office_title(held.absent) if held.absent else "",
        since=datetime.fromisoformat(since),
        due=date.fromisoformat(route.due) if route and route.due else None,
    )


def _state(session: Session, case: Case, *, deciding: bool) -> str:
    part = case.matter
    if any(d.conflicts for d in case.standing_on("")):
        return "conflict" if deciding else ""
    if case.determination("") is not None or _signed_mine(session, case):
        return "decided" if deciding else ""
    route = case.route
    if route and (route.body or set(route.allowed) == {matter_routing.REFERRED}):
        return "rule" if part and not _ruled_mine(session, case) else ""
    if not deciding:
        return ""  # whoever only prepares the decision has nothing to sign here
    if part and part.open_requests:
        return "asked"
    return "answered" if part and part.requests else "decide"


def _signed_mine(session: Session, case: Case) -> bool:
    """Whether the owner signed already and others who must sign with them have not."""
    return any(d.person == session.person_id for d in case.standing_on(""))


def _ruled_mine(session: Session, case: Case) -> bool:
    """Whether the owner made the ruling that is theirs now. Before a body that is the one on a
    material departure, whatever ruling sent the matter there."""
    newest = matter_reading.newest(case).event
    before_a_body = case.route is not None and bool(case.route.body)
    return any(
        ruling.person == session.person_id
        and ruling.submission == newest
        and (not before_a_body or ruling.about == RulingAbout.MATERIAL_DEPARTURE)
        for ruling in (case.matter.rulings if case.matter else ())
    )


def decide(session: Session, case_id: str, choice: Choice, full_name: str, passphrase: str) -> str:
    """Sign a decision on a matter. Returns the event's id. Raises Problems, SignatureRefused."""
    found = problems(session, sheet(session, case_id), choice)
    if found:
        raise Problems(" ".join(found), found, hint="Nothing was signed.")
    require_decidable(session, (case_id,))
    require_signature(session, full_name, passphrase)
    case = session.case(case_id)
    return write_decision(session, case, need_capacity(session, case), choice, full_name)


def write_decision(
    session: Session, case: Case, acting: Capacity, choice: Choice, full_name: str
) -> str:
    """Write the signed event of a decision that has passed every check."""
    return session.write(
        case.id,
        EventType.MATTER_DECIDED,
        [
            ("kind", choice.kind.value),
            ("office", acting.office),
            ("in_absence_of", acting.absent),
            ("reason", choice.reason.strip()),
            ("conditions", _conditions(choice)),
            ("material_departure", _departure(choice)),
            ("clause", case.route.clause if case.route else ""),
            ("meaning", session.pack.text_version("determination")),
            ("name", full_name.strip()),
        ],
        deps=matter_routing.known(session, case),
    )


def _conditions(choice: Choice) -> list[dict[str, str]]:
    return [
        {"text": c.text.strip(), "owner": c.owner, "due": c.due.isoformat() if c.due else ""}
        for c in choice.conditions
    ]


def _departure(choice: Choice) -> dict[str, Any] | None:
    if choice.material_departure is None:
        return None
    return {"is": choice.material_departure, "reason": choice.departure_reason.strip()}


def ask(session: Session, case_id: str, text: str, due: date | None = None) -> str:
    """Ask the filer for more, signed. It stops no clock. Raises CandorError."""
    case = session.case(case_id)
    acting = capacity(session, case) or ruling_capacity(session, case)
    if acting is None:
        acting = need_capacity(session, case)
    if not text.strip():
        raise CandorError("Write what you want to know.", hint="Nothing was sent.")
    require_decidable(session, (case_id,))
    return session.write(
        case_id,
        EventType.INFORMATION_REQUESTED,
        [
            ("text", text.strip()),
            ("office", acting.office),
            ("due", due.isoformat() if due else ""),
        ],
        deps=matter_routing.known(session, case),
    )


def rule(
    session: Session,
    case_id: str,
    about: RulingAbout,
    holds: bool,
    reason: str,
    signature: tuple[str, str],
) -> str:
    """Sign a ruling, and send the matter where it then belongs. Returns the ruling's event.

    ``signature``: full name and passphrase. Raises CandorError, SignatureRefused.
    """
    case = session.case(case_id)
    acting = ruling_capacity(session, case) or need_capacity(session, case)
    if not reason.strip():
        raise CandorError("Give the reason for your ruling.", hint="Nothing was signed.")
    require_decidable(session, (case_id,))
    require_signature(session, *signature)
    event = session.write(
        case_id,
        EventType.MATTER_RULED,
        [
            ("about", about.value),
            ("holds", holds),
            ("reason", reason.strip()),
            ("office", acting.office),
            ("name", signature[0].strip()),
        ],
        deps=matter_routing.known(session, case),
    )
    _send_on(session, session.case(case_id))
    return event


def _send_on(session: Session, case: Case) -> None:
    """After a ruling that came first the matter goes to whoever then decides; where nobody can
    have it yet, the Secretary's list says so."""
    route = case.route
    if route is None or set(route.allowed) != {matter_routing.REFERRED}:
        return
    try:
        goes = matter_routing.where(session, case)
    except CandorError:
        return
    if set(goes.allowed) != {matter_routing.REFERRED}:
        matter_routing.write(session, case, goes)


# --- referring --------------------------------------------------------------------------------


def referables(session: Session, case_id: str) -> tuple[Referable, ...]:
    """Where the owner may send a matter on: bodies that could act, and who comes after them."""
    case = session.case(case_id)
    need_capacity(session, case)
    answer = matter_facts.answer_of(session, case)
    out = {case.subject, *(e.person for e in answer.excluded)}
    here = case.route.body if case.route else ""
    found = []
    for name in session.pack.committees:
        free = [m for m in body(session, name).members if m not in out]
        if name != here and len(free) > 1:
            names = ", ".join(session.name_of(m) for m in free)
            found.append(Referable(f"body:{name}", session.pack.committee(name).title, names))
    for later in answer.fallbacks:
        if later.office and later.person and later.person not in {*out, session.person_id}:
            name = session.name_of(later.person)
            found.append(Referable(f"office:{later.office}", later.title, name))
    return tuple(found)


def refer(
    session: Session, case_id: str, to: str, reason: str, full_name: str, passphrase: str
) -> str:
    """Send a matter on instead of deciding it, signed, with the reason. Returns the event's id.

    ``to`` is the id of one of `referables`. Raises CandorError, SignatureRefused.
    """
    case = session.case(case_id)
    if to not in {place.id for place in referables(session, case_id)}:
        raise CandorError("It cannot be sent there.", hint="Choose one of the places listed.")
    if not reason.strip():
        raise CandorError("Say why you send it on.", hint="Nothing was signed.")
    require_decidable(session, (case_id,))
    require_signature(session, full_name, passphrase)
    kind, _, name = to.partition(":")
    make = _to_body if kind == "body" else _to_office
    return matter_routing.write(session, case, make(session, case, name, reason.strip()))


def _to_body(session: Session, case: Case, name: str, reason: str) -> Destination:
    answer = matter_facts.answer_of(session, case)
    out = {case.subject, *(e.person for e in answer.excluded)}
    seated = body(session, name)
    acting = need_capacity(session, case)
    return Destination(
        office=seated.chair_role or seated.member_role,
        person="",
        reason=reason,
        clause=case.route.clause if case.route else "",
        row=matter_routing.ELEVATED + answer.route,
        deciders=(Named(acting.office, session.person_id, "certifies"),),
        information=(),
        allowed=tuple(kind.value for kind in answer.allowed_decisions),
        body=name,
        member=seated.member_role,
        people=tuple(m for m in seated.members if m not in out),
    )


def _to_office(session: Session, case: Case, office: str, reason: str) -> Destination:
    answer = matter_facts.answer_of(session, case)
    person = next(f.person for f in answer.fallbacks if f.office == office)
    return Destination(
        office=office,
        person=person,
        reason=reason,
        clause=case.route.clause if case.route else "",
        row=matter_routing.ELEVATED + answer.route,
        deciders=(Named(office, person, "decides"),),
        information=(),
        allowed=tuple(kind.value for kind in answer.allowed_decisions),
    )
