"""Asks each calculator for which the facts hold something."""

from __future__ import annotations

from candor.policy import audit_committee, boards, bright_lines, deadlines, related, section16
from candor.policy.answer import Assessments
from candor.policy.deadlines import Clock
from candor.policy.facts import Boards, Independence, PersonFacts
from candor.policy.ground import Ground
from candor.policy.quorum import Quorum
from candor.policy.terms import FilerClass

AUDIT = "audit"
"""The audit committee's id in every pack that has one; Rule 10A-3 is about it."""


def assessed(ground: Ground, quorum: Quorum | None, clock: Clock | None) -> Assessments:
    """Everything that the calculators say of the case."""
    facts, settings = ground.facts, ground.settings
    held = facts.independence
    person = _person(ground, (held.director if held else "") or facts.filer)
    return Assessments(
        rpt=related.assess(
            facts.transaction, facts.parties, settings, ground.last_fiscal_year, ground.on
        )
        if facts.transaction
        else None,
        independence=bright_lines.assess(held, ground.on, settings, person.relatives)
        if held
        else None,
        audit_committee=audit_committee.assess(held, ground.on, settings)
        if held and _for_audit_committee(ground, held, person)
        else None,
        gift_received=ground.received,
        gift_given=ground.given,
        seats=_seats(ground),
        clayton=boards.clayton(facts.service.clayton, settings)
        if facts.service and facts.service.clayton
        else None,
        section16=section16.section16(facts.trade, ground.calendar, settings)
        if facts.trade
        else None,
        covered=deadlines.covered(marks(ground)) if facts.waiver else None,
        clock=clock,
        implicit_waiver=_implicit(ground),
        quorum=quorum,
    )


def marks(ground: Ground) -> frozenset[str]:
    """The filer's classes and marks, as the waiver clock asks for them."""
    return ground.filer.roles | {str(one) for one in ground.filer.classes}


def _for_audit_committee(ground: Ground, held: Independence, person: PersonFacts) -> bool:
    """Whether Rule 10A-3 is asked: a member, a candidate, or facts that only it looks at."""
    row = ground.pack.committees.get(AUDIT)
    known = ground.standing.people[person.id]
    sits = row is not None and (known.has(row.chair) or known.has(row.member))
    asked = held.fees or held.controls_company or held.prepared_statements_until
    return sits or AUDIT in held.committee_service or bool(asked)


def _person(ground: Ground, person: str) -> PersonFacts:
    return next(one for one in ground.facts.people if one.id == person)


def _seats(ground: Ground) -> tuple[boards.Seats, ...]:
    facts = ground.facts
    held = facts.boards
    if held is None and facts.service and facts.service.public_boards_in_all is not None:
        held = Boards(person=facts.filer, public_boards=facts.service.public_boards_in_all)
    if held is None:
        return ()
    person = ground.standing.people.get(held.person)
    leads = person is not None and person.has("peo")
    return boards.seats(held, ground.settings, chief_executive=leads)


def _implicit(ground: Ground) -> deadlines.ImplicitWaiver | None:
    waiver = ground.facts.waiver
    open_still = waiver and waiver.known_to_officer_on and ground.facts.decision is None
    if not open_still or ground.filer_class in {None, FilerClass.EMPLOYEE}:
        return None
    assert waiver is not None and waiver.known_to_officer_on is not None  # noqa: S101, PT018
    return deadlines.implicit_waiver_alert(waiver.known_to_officer_on, ground.on, ground.settings)
