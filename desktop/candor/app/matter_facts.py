"""The facts of a matter for the rules: what its filer states, and what the directory knows.

Whoever asks, the same signed records give the same facts, so that anybody can check a route.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from candor.app import matter_reading, reading
from candor.app.matter_drafts import MatterDraft
from candor.app.session import Session
from candor.forms.matter_facts import facts_of
from candor.policy.answer import Answer
from candor.policy.decide import decide
from candor.policy.exclusion import why_concerned
from candor.policy.facts import Facts, Matter, PersonMark
from candor.policy.facts.reading import facts_from
from candor.policy.ground import Ground
from candor.policy.pack import Pack
from candor.policy.terms import FilerClass
from candor.records.directory import Directory, Tenure
from candor.records.matters import Case

_MARKS = frozenset(mark.value for mark in PersonMark)
Stated = dict[str, Any]


def pack_for(session: Session, case: Case) -> Pack:
    """The code pack that a matter goes by: the one that its route names, else the one under which
    it was filed. A later version reaches it only by a new route (Code X)."""
    filed = next((s.pack for s in case.submissions if s.pack), "")
    named = case.route.pack if case.route else ""
    return session.pack_of(named or filed) if named or filed else session.pack


def judged(session: Session, facts: Facts, pack: Pack | None = None) -> Answer:
    """What the rules answer today. Raises CandorError where the pack has no route for it."""
    return decide(facts, pack or session.pack, date.fromisoformat(session.today))


def answer_of(session: Session, case: Case, **more: Any) -> Answer:
    """What the rules answer today for a filed matter, by the version that it goes by; ``more``
    adds what is tried, e.g. a decision. Raises CandorError."""
    return judged(session, of_case(session, case, **more), pack_for(session, case))


def concerned(session: Session, facts: Facts, people: Iterable[str]) -> frozenset[str]:
    """Those among ``people`` who have a tie to a matter, so that they may not read it."""
    ground = Ground(facts, session.pack, date.fromisoformat(session.today))
    return frozenset(person for person in people if why_concerned(ground, person))


def of_draft(session: Session, draft: MatterDraft) -> Facts:
    """The facts that a draft would state if it were signed now. Raises FactsFaults."""
    stated = facts_of(draft.form, draft.context, draft.answers)
    today = session.today
    known = {"filed_on": today, "on": today}
    return _whole(session, session.pack, stated, session.person_id, known)


def of_case(session: Session, case: Case, **more: Any) -> Facts:
    """The facts of a filed matter as it stands today; ``more`` adds what is tried, e.g. a
    decision. Raises FactsFaults."""
    version = matter_reading.newest(case)
    form = session.form(version.form)
    stated = facts_of(form, matter_reading.context_of(version), version.answers)
    if case.matter is not None and case.matter.matter == Matter.WAIVER:
        _conflict_found(session, case, stated)
    first = case.submissions[0].claimed_at[:10]
    rulings = [
        {
            "about": ruling.about,
            "holds": ruling.holds,
            "by": ruling.person,
            "on": ruling.claimed_at[:10],
            "reason": ruling.reason,
        }
        for ruling in (case.matter.rulings if case.matter else ())
    ]
    known = {"filed_on": first, "on": session.today, "rulings": rulings, **more}
    return _whole(session, pack_for(session, case), stated, case.subject, known)


def of_questionnaire(session: Session, case: Case) -> Facts:
    """The facts by which the exceptions of a questionnaire find who decides them. Raises
    FactsFaults."""
    filed = reading.newest(case).claimed_at[:10]
    known = {"matter": Matter.QUESTIONNAIRE.value, "filed_on": filed, "on": session.today}
    return _whole(session, session.pack, {}, case.subject, known)


def _conflict_found(session: Session, case: Case, stated: Stated) -> None:
    """A request for a waiver rests on the finding of an actual conflict in a matter that it
    names (Code III paragraph 2), as far as this vault holds that matter."""
    links = (link.case for link in matter_reading.newest(case).links)
    linked = (session.state.cases.get(case_id) for case_id in links)
    found = any(
        decision.kind == "actual_conflict"
        for other in linked
        if other is not None
        for decision in other.determinations
        if decision.stands
    )
    if found and isinstance(stated.get("waiver"), dict):
        stated["waiver"]["actual_conflict_found"] = True


def _whole(
    session: Session, pack: Pack, stated: Stated, filer: str, known: Mapping[str, Any]
) -> Facts:
    """Facts with the people, whom they report to, offices and absences of today's directory."""
    directory, today = session.directory, session.today
    offices = pack.offices
    named = set(_texts(stated)) & directory.people.keys()
    holders = {p for office in offices for p in directory.holders(office, today)}
    board = {p for p, entry in directory.people.items() if FilerClass.DIRECTOR in entry.classes}
    concerned = {filer, *named, *holders, *board}
    led_by = {manager for person in concerned for manager in directory.managers(person)}
    people = [p for p in directory.people if p in concerned | led_by]
    document = {
        **stated,
        **known,
        "filer": filer,
        "people": [_person(directory, offices, person) for person in people],
        "absences": list(_absences(directory, offices)),
        "vacant": [o for o in offices if not directory.holders(o, today)],
        "closures": sorted({d.day for c in session.state.cases.values() for d in c.closed_days}),
    }
    return facts_from(document, pack.known)


def _texts(value: Any) -> Iterator[str]:
    """Every text in the facts: the id of whoever is named is among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)


def _person(directory: Directory, offices: tuple[str, ...], person: str) -> Stated:
    entry = directory.people[person]
    marks = (mark for mark in entry.attributes if mark in _MARKS)
    roles = [*entry.classes, *marks, *_offices(directory, offices, person)]
    manager = next(iter(directory.managers(person)), "")
    return {"id": person, "name": entry.name, "roles": roles, "reports_to": manager}


def _offices(directory: Directory, offices: tuple[str, ...], person: str) -> Iterator[Stated]:
    """The offices that somebody has or had, each with its days."""
    for office in offices:
        tenures = directory.tenures(office)
        for place, tenure in enumerate(tenures):
            if tenure.person != person:
                continue
            end = _end(tenure, tenures[place + 1 :])
            if not end or tenure.start <= end:
                role = {"role": office, "since": tenure.start}
                yield {**role, "until": end} if end else role


def _end(tenure: Tenure, later: tuple[Tenure, ...]) -> str:
    """The last day of a tenure: a later holder of an office that only one has ends it."""
    ends = [tenure.end] if tenure.end else []
    starts = (date.fromisoformat(other.start) for other in later if other.sole)
    ends.extend(str(start - timedelta(days=1)) for start in starts)
    return min(ends, default="")


def _absences(directory: Directory, offices: tuple[str, ...]) -> Iterator[Stated]:
    for absence in directory.absences:
        if absence.office in offices and absence.deputy in offices:
            yield {
                "office": absence.office,
                "since": absence.start,
                "until": absence.end,
                "signed": True,
                "deputy": absence.deputy,
                "matters": [m for m in absence.matters if m in set(Matter)],
            }
