"""Who may read what somebody files: the pack's offices, less everybody whom it concerns."""

from __future__ import annotations

from typing import Any

from candor.app import matter_facts
from candor.app.matter_drafts import MatterDraft
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy.answer import Answer, Part
from candor.policy.facts import Facts
from candor.policy.facts.reading import FactsFaults
from candor.policy.pack import PackFaults
from candor.policy.routing import readers
from candor.policy.terms import Office

MATTERS = "matters"
Pairs = list[tuple[str, str]]


def of(session: Session, draft: MatterDraft, name: str) -> dict[str, Any]:
    """The audience of one body of a draft, as its event carries it.

    A report goes to those who receive it by the rules, which heed whom it names; a director's
    interest to every other director besides. Raises CandorError where nobody is left.
    """
    facts, answer = _judged(session, draft)
    pairs = _pairs(session, name, answer)
    served = _served(answer)
    people = [person for _, person in pairs] + served
    out = matter_facts.concerned(session, facts, people) if facts else frozenset()
    free = [(office, person) for office, person in pairs if person not in out]
    if not free:
        raise CandorError(
            "Everybody who could receive this is concerned by it, so nothing was signed.",
            hint="Call the Audit Committee's chair or the hotline.",
        )
    # an office would let in its every holder
    shut = {office for office, person in pairs if person in out}
    return {
        "name": name,
        "offices": list(dict.fromkeys(office for office, _ in free if office not in shut)),
        "people": list(dict.fromkeys((*(p for _, p in free), *served, session.person_id))),
    }


def _judged(session: Session, draft: MatterDraft) -> tuple[Facts | None, Answer | None]:
    """The facts and what the rules say; None where the answers do not say enough."""
    try:
        facts = matter_facts.of_draft(session, draft)
    except FactsFaults:
        return None, None
    return facts, matter_facts.judged(session, facts)


def _pairs(session: Session, name: str, answer: Answer | None) -> Pairs:
    receiving = [
        (d.office, d.person)
        for d in (answer.deciders if answer else ())
        if d.part is Part.RECEIVES and d.office and d.person
    ]
    holders = session.holders()
    try:
        row = session.pack.audience(name)
    except PackFaults:
        if not _served(answer):
            raise
        return list(readers(session.pack, MATTERS, session.person_id, holders))
    if receiving and Office.SECRETARY not in row.offices:
        return receiving
    return list(readers(session.pack, name, session.person_id, holders))


def _served(answer: Answer | None) -> list[str]:
    """The directors on whom a notice of interest is served."""
    return [d.person for d in (answer.deciders if answer else ()) if d.part is Part.SERVED]
