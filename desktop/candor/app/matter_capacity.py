"""In which office somebody may act on a matter today: their own, or for one that is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from candor.app.session import NotYours, Session
from candor.app.words import day
from candor.policy.answer import Part
from candor.policy.facts import Matter
from candor.policy.terms import Office
from candor.records.case_offices import is_named, is_of_the_case
from candor.records.matters import Case, Referral

_OUT_OF_TIME = (
    "You act for the {} only while a signed absence covers the day, and none covers today."
)
_RULES = frozenset({Part.RULES_FIRST, Part.CERTIFIES, Part.RECOMMENDS})


@dataclass(frozen=True)
class Capacity:
    """``office``: the one held and acted in; ``absent``: the one that a signed absence lets it
    stand in for, or ''."""

    office: str
    absent: str = ""


def capacity(session: Session, case: Case) -> Capacity | None:
    """In which office the owner may decide a matter; None where they may not."""
    if case.subject == session.person_id or case.forked:
        return None
    if case.route is not None:
        return None if case.route.body else _first(session, case, _deciding(case.route))
    if Office.SECRETARY in case.audience_offices:
        return None
    # what the Secretary may not read, signing itself sent to its offices
    return _first(session, case, case.audience_offices)


def _deciding(route: Referral) -> tuple[str, ...]:
    either = (d.office for d in route.deciders if d.part == Part.DECIDES_ANY)
    return route.joint or (route.office, *either)


def ruling_capacity(session: Session, case: Case) -> Capacity | None:
    """In which office the owner may rule on a matter that somebody else decides."""
    if case.subject == session.person_id or case.route is None or case.forked:
        return None
    named = (d.office for d in case.route.deciders if d.part in _RULES)
    return _first(session, case, named)


def _first(session: Session, case: Case, offices: Iterable[str]) -> Capacity | None:
    matter = _kind(case)
    offices = tuple(dict.fromkeys(offices))
    for office in offices:
        named = is_of_the_case(office) and is_named((case.route,), session.person_id, office)
        if named or office in session.offices:
            return Capacity(office)
    for office in offices:
        for deputy in session.directory.deputies(office, session.today, matter):
            if deputy in session.offices:
                return Capacity(deputy, office)
    return None


def referred_capacity(session: Session, case: Case, referral: Referral) -> Capacity | None:
    """In which office the owner may decide exceptions that were referred; None where they may
    not. While somebody named still holds the office, nobody else decides in it."""
    if case.subject == session.person_id or case.forked:
        return None
    found = _first(session, case, (referral.office,))
    holders = session.directory.holders(referral.office, session.today)
    others = referral.person in holders and referral.person != session.person_id
    return None if found and not found.absent and others else found


def _kind(case: Case) -> str:
    """The kind of matter, as absences name it."""
    return case.matter.matter if case.matter else Matter.QUESTIONNAIRE


def instead_of(session: Session, case: Case, acting: Capacity | None) -> str:
    """ "You decide for Lora Lawless, absent from … to …", as the signed absence says."""
    if acting is None or not acting.absent:
        return ""
    today, kind = session.today, _kind(case)
    away = next(a for a in session.directory.absences if a.covers(acting.absent, today, kind))
    held = session.holders().get(acting.absent, ())
    who = session.name_of(held[-1]) if held else session.pack.office_title(acting.absent)
    first, last = (day(date.fromisoformat(on)) for on in (away.start, away.end))
    return f"You decide for {who}, absent from {first} to {last}."


def need_capacity(session: Session, case: Case) -> Capacity:
    """The office to decide in. Raises NotYours with the reason why there is none."""
    found = capacity(session, case)
    if found is None:
        raise NotYours(not_mine(session, case), hint="Nothing was signed.")
    return found


def not_mine(session: Session, case: Case) -> str:
    """Why the owner may not decide a matter, in a sentence."""
    if case.subject == session.person_id:
        return "This is your own matter. Nobody decides for themselves (Code III)."
    if case.forked:
        return (
            "Two different versions of this record exist, so nothing can be decided here. "
            "Ask the Secretary to settle which one stands."
        )
    if case.route is None:
        return "This matter was not sent to anybody to decide yet."
    if case.route.body:
        title = session.pack.committee(case.route.body).title
        return f"The {title} decides this by vote; no single person can."
    title = session.pack.office_title(case.route.office)
    if _deputy_out_of_time(session, case.route):
        return _OUT_OF_TIME.format(title)
    return f"It was sent to the {title}, an office that you do not hold now."


def not_referred(session: Session, case: Case, referral: Referral | None) -> str:
    """Why the owner may not decide an exception, in a sentence; '' where they may."""
    acting = referred_capacity(session, case, referral) if referral else None
    if referral is None or (acting is None and not _is_named(session, referral)):
        return "This exception was not referred to you."
    title = session.pack.office_title(referral.office)
    if acting is None and _deputy_out_of_time(session, referral):
        return _OUT_OF_TIME.format(title)
    if acting is None:
        return f"It was referred to the {title}, an office that you do not hold now."
    if session.directory.deputies(acting.office, session.today, _kind(case)):
        return f"The {title} is away today by a signed declaration, so the deputy decides."
    return ""


def _is_named(session: Session, referral: Referral) -> bool:
    named = {referral.person, *(d.person for d in referral.deciders)}
    return session.person_id in named


def _deputy_out_of_time(session: Session, route: Referral) -> bool:
    """Whether the owner was named for an office that is no longer away."""
    named = {d.office for d in route.deciders if d.person == session.person_id}
    return bool(named - {route.office}) and not route.joint
