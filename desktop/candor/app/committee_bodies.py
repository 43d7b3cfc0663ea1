"""Committees and the Board as the directory fills them today: who sits, who has the chair."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app.session import Session
from candor.policy.deadlines import CLOCK_MARKS
from candor.policy.facts import PersonMark
from candor.policy.pack.rows import Members
from candor.policy.terms import FilerClass


@dataclass(frozen=True)
class Body:
    """A body that decides by vote. ``members``: ids of all who serve, the chair first.

    ``chair_role`` and ``member_role`` are offices, or a filer class; ``onward``: the body that
    decides where too few members remain, '' where there is none; ``may_waive``: whether it may
    grant directors and executive officers a waiver (Code III ¶2, code-map A6).
    """

    id: str
    title: str
    chair_role: str
    member_role: str
    members: tuple[str, ...]
    onward: str
    may_waive: bool


def body(session: Session, name: str) -> Body:
    """A body of the code pack. Raises PackFaults."""
    row = session.pack.committee(name)
    is_committee = row.members is Members.OFFICE
    chairs = holders(session, row.chair) if row.chair else ()
    if is_committee:
        others = holders(session, row.member)
    else:
        others = directors(session, independent=row.members is Members.INDEPENDENT_DIRECTORS)
        chairs = tuple(person for person in chairs if person in others)
    return Body(
        id=name,
        title=row.title,
        chair_role=row.chair,
        member_role=row.member or FilerClass.DIRECTOR.value,
        members=tuple(dict.fromkeys((*chairs, *others))),
        onward=row.escalates_to,
        may_waive=bool(row.waivers_by) or not is_committee,
    )


def holders(session: Session, office: str) -> tuple[str, ...]:
    """Who holds an office today."""
    return session.directory.holders(office, session.today)


def directors(session: Session, *, independent: bool = False) -> tuple[str, ...]:
    """Everybody on the Board, or those whom the Board determined independent."""
    wanted = {FilerClass.DIRECTOR.value, *([PersonMark.INDEPENDENT.value] if independent else [])}
    return tuple(p for p in session.directory.people if wanted <= roles(session, p))


def roles(session: Session, person: str) -> frozenset[str]:
    """A person's classes, marks and offices today, with what the offices bring along."""
    entry = session.directory.people.get(person)
    if entry is None:
        return frozenset()
    held = session.directory.offices_of(person, session.today)
    implied = (session.pack.implied(office) for office in held)
    return frozenset({*entry.classes, *entry.attributes, *held}).union(*implied)


def chair_of(session: Session, found: Body, free: tuple[str, ...]) -> str:
    """The chair where the chair takes part; '' where somebody else must act."""
    seated = holders(session, found.chair_role) if found.chair_role else ()
    return next((p for p in free if p in seated), "")


def is_covered(session: Session, person: str) -> bool:
    """Whether only the Board or its committee may grant this person a waiver (Code III ¶2)."""
    return bool(CLOCK_MARKS & roles(session, person))
