"""Which screens a person has a use for, and how many things on each need them."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import (
    board_book,
    committee,
    committee_room,
    deciding,
    decision_queue,
    exchange_folder,
    home,
    inbox,
    integrity,
    matter_list,
    matter_routing,
    notices,
    outbox,
    reading,
)
from candor.app.home import HomeView
from candor.app.session import Session

EVERYBODY = ("home", "exchange", "verify", "settings", "help")
SECRETARY = ("campaigns", "exceptions", "routing", "packet", "people")


@dataclass(frozen=True)
class Overview:
    """The first screen with the numbers beside the others; one reading of the vault."""

    home: HomeView
    counts: dict[str, int]
    places: frozenset[str]


def overview(session: Session) -> Overview:
    """Read the vault once for the first screen and for the rail."""
    view = home.home(session)
    return Overview(view, _counts(session, view), places(session))


def places(session: Session) -> frozenset[str]:
    """The screens for this person's offices and papers."""
    found = {*EVERYBODY}
    if integrity.alarm(session) is not None:
        found.add("alarm")
    offices = set(session.offices)
    if "secretary" in offices:
        found |= {*SECRETARY}
    if session.is_enrolled:
        found.add("disclosures")
    if (session.is_enrolled and session.me.classes) or _has_forms(session):
        found.add("forms")
    in_chain = bool(offices & set(session.pack.exception_chain()))
    if in_chain or _was_asked(session) or decision_queue.to_decide(session):
        found.add("decisions")
    if matter_routing.to_route(session):
        found.add("routing")
    if session.is_enrolled and committee_room.role(session).has_use:
        found.add("committee")
    if board_book.packets(session):
        found.add("packet")
    if any(item.flagged for item in inbox.sealed(session)):
        found.add("sealed")
    return frozenset(found)


def _has_forms(session: Session) -> bool:
    return any(case.subject == session.person_id for case in reading.questionnaires(session))


def _was_asked(session: Session) -> bool:
    """Whether an exception was ever referred to the owner, with or without an office today."""
    return any(
        session.person_id in {referral.person, *(d.person for d in referral.deciders)}
        for case in reading.questionnaires(session)
        for referral in case.referrals
    )


def _counts(session: Session, view: HomeView) -> dict[str, int]:
    sending = sum(item.state == "ready" for item in outbox.outbox(session))
    counts = {
        "home": len(view.needs),
        "exchange": sending + len(exchange_folder.waiting(session)),
        "decisions": sum(row.group == "open" for row in decision_queue.to_decide(session)),
        "routing": len(matter_routing.to_route(session)),
        "committee": _committee(session),
        "disclosures": matter_list.count(session),
        "packet": sum(packet.mine_next for packet in board_book.packets(session)),
        "sealed": len(inbox.unread(session)),
    }
    if "secretary" in session.offices:
        rows = deciding.exceptions(session)
        counts["exceptions"] = sum(row.state == "new" for row in rows)
    return counts


def _committee(session: Session) -> int:
    """Votes and signatures that are asked, items to put, notices to confirm."""
    asked = {"to_vote", "contradicts", "to_sign"}
    return (
        sum(row.state in asked for row in committee.my_ballots(session))
        + sum(row.state in {"new", "again"} for row in committee.agenda_of(session))
        + sum(view.mine_open for view in notices.notices(session))
    )
