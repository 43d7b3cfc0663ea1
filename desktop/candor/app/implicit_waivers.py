"""Departures from the Code that an executive officer knows of and nobody has decided.

Not acting within a reasonable time on a material departure that an executive officer knew of may
itself be a waiver that must be disclosed (Form 8-K Item 5.05, Instruction 2). The rule gives no
number of days: `implicit_waiver_days` is the Company's, and the Chief Legal Officer judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candor.app import committee_texts, matter_facts, matter_reading
from candor.app.audience import may_read
from candor.app.committee_bodies import is_covered, roles
from candor.app.committee_items import departure_ruling, shut
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy import deadlines, settings
from candor.policy.facts import Facts
from candor.policy.ground import Ground
from candor.policy.predicates.people import begun_on
from candor.policy.terms import FilerClass
from candor.records.matters import Case

_OFFICERS = deadlines.ITEM_505_MARKS | {FilerClass.EXECUTIVE_OFFICER.value}


@dataclass(frozen=True)
class Silence:
    """An undecided departure; ``known_on``: since when an executive officer knows of it,
    ``alert_on``: from when the Company's setting has it raised."""

    case: str
    title: str
    person: str
    known_on: date
    alert_on: date
    reason: str


def silences(session: Session) -> tuple[Silence, ...]:
    """What has waited for so long that it is raised, the oldest first; never what concerns the
    owner, nor what a member who stands aside must not see."""
    found = [silence for case in _open(session) for silence in _of(session, case)]
    return tuple(sorted(found, key=lambda one: (one.alert_on, one.title)))


def _open(session: Session) -> Iterator[Case]:
    """The undecided matters of directors and executive officers that the owner may read."""
    hidden, me = shut(session), session.person_id
    for case in matter_reading.matters(session):
        part = case.matter
        ended = part is not None and (part.withdrawal or part.retirement)
        mine = case.subject == me or case.id in hidden or not may_read(session, case, me)
        if ended or mine or case.determination("") is not None:
            continue
        if is_covered(session, case.subject):
            yield case


def _of(session: Session, case: Case) -> Iterator[Silence]:
    try:
        facts = matter_facts.of_case(session, case)
    except CandorError:
        return  # the page of the matter says what cannot be read
    known = _known_on(session, case, facts)
    if known is None:
        return
    rules = settings.typed(matter_facts.pack_for(session, case).setting_values())
    alert = deadlines.implicit_waiver_alert(known, date.fromisoformat(session.today), rules)
    if alert.raised:
        title = committee_texts.matter_title(session, case)
        person = session.name_of(case.subject)
        yield Silence(case.id, title, person, known, alert.alert_on, alert.reason)


def _known_on(session: Session, case: Case, facts: Facts) -> date | None:
    """By the filer's word on a request for a waiver, or at the latest from an executive officer's
    own ruling of a material departure; never before it began."""
    days = [facts.waiver.known_to_officer_on] if facts.waiver else []
    ruling = departure_ruling(case)
    if ruling is not None and ruling.holds and _OFFICERS & roles(session, ruling.person):
        began = begun_on(Ground(facts, session.pack, date.fromisoformat(session.today)))
        ruled = date.fromisoformat(ruling.claimed_at[:10])
        days.append(max(ruled, began) if began else ruled)
    return min((known for known in days if known is not None), default=None)
