"""What a person has to do with bodies: their part in them, and what an id stands for there."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import matter_reading
from candor.app.committee_bodies import body, directors
from candor.app.committee_items import items, shut
from candor.app.committee_putting import ADMINISTRATORS
from candor.app.committee_texts import matter_title
from candor.app.session import Session
from candor.app.waiver_clock import WAIVED


@dataclass(frozen=True)
class RoomRole:
    """``votes``: sits on a body; ``puts``: may put an item; ``is_director``: gives notices."""

    votes: bool
    puts: bool
    is_director: bool

    @property
    def has_use(self) -> bool:
        """Whether the screen is of use to the person at all."""
        return self.votes or self.puts or self.is_director


def role(session: Session) -> RoomRole:
    """The owner's part today."""
    me = session.person_id
    seated = any(me in body(session, name).members for name in session.pack.committees)
    puts = bool(set(ADMINISTRATORS) & set(session.offices))
    return RoomRole(seated, puts, me in directors(session))


def what(session: Session, wanted: str) -> str:
    """What an id stands for: "item", "notice", "waiver" (granted), "matter", or '' where it is
    not here."""
    case = session.state.cases.get(wanted)
    if case is None:
        return ""
    if case.item is not None:
        return "item"
    if case.notice is not None:
        return "notice"
    decided = case.determination("")
    return "waiver" if decided is not None and decided.kind == WAIVED else "matter"


def matters(session: Session) -> tuple[tuple[str, str], ...]:
    """The undecided matters before a body that the owner knows of, as id and title: what a
    notice of an interest can be about."""
    hidden = shut(session)
    found = {
        case.id: f"{matter_title(session, case)}, {session.name_of(case.subject)}"
        for case in matter_reading.matters(session)
        if case.route is not None
        and case.route.body
        and case.determination("") is None
        and case.id not in hidden
    }
    for case, item in items(session):
        if case.id not in hidden and item.resolution is None:
            found.setdefault(item.matter, item.title)
    own = {
        case.id: matter_title(session, case)
        for case in matter_reading.matters(session)
        if case.subject == session.person_id and case.determination("") is None
    }
    return tuple({**found, **own}.items())
