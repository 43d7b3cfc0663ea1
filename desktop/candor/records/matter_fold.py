"""What a filed matter has besides versions, routes and decisions: rulings, questions asked,
withdrawal, end, conditions met, disclosures made."""

from __future__ import annotations

import msgspec

from candor.records import case_offices, routes
from candor.records.authority import NO_DIRECTORY
from candor.records.decisions import NO_ANSWER, NO_OFFICE, NOT_REFERRED, OWN_MATTER
from candor.records.events import EventType
from candor.records.judge import Judged
from candor.records.matter_items import (
    ConditionMetItems,
    DisclosedItems,
    RequestedItems,
    RetiredItems,
    RuledItems,
    WithdrawnItems,
)
from candor.records.matter_parts import (
    ConditionMet,
    Disclosure,
    MatterPart,
    Request,
    Retirement,
    Ruling,
    Withdrawal,
)
from candor.records.matters import Determination
from candor.records.standing import sender_fault
from candor.records.working import Working

NOT_FILER = "Only its filer takes a matter back."
NO_REASON = "It gives no reason."
STANDING = frozenset({"decides", "recommends", "certifies", "signs_jointly", "rules_first"})
NO_DECISION = "It does not name a decision of this case."
NO_CONDITION = "The decision that it names has no such condition."
RULED_ELSEWHERE = "The directory has since recorded that its author did not hold that office."


def open_matter(work: Working) -> None:
    """Note what kind of matter it is, as soon as its first version can be read."""
    if work.kind == "matter":
        kinds = [s.matter for s in work.submissions.values() if s.matter]
        work.matter = MatterPart(kinds[0] if kinds else "")


def read_before_decisions(work: Working) -> None:
    """What decisions are weighed against: withdrawal, rulings, questions and their answers."""
    if work.matter is None:
        for kind in _OF_MATTERS:
            work.void.update(dict.fromkeys((j.id for j in work.each(kind)), routes.NOT_A_MATTER))
        return
    work.matter = msgspec.structs.replace(
        work.matter,
        withdrawal=_withdrawal(work),
        retirement=_retirement(work),
        rulings=tuple(r for j in work.each(EventType.MATTER_RULED) if (r := _ruling(work, j))),
        requests=_requests(work),
    )


_OF_MATTERS = (
    EventType.MATTER_WITHDRAWN,
    EventType.MATTER_RETIRED,
    EventType.MATTER_RULED,
    EventType.INFORMATION_REQUESTED,
    EventType.CONDITION_MET,
    EventType.FILING_RECORDED,
)


def read_after_decisions(work: Working, decisions: tuple[Determination, ...]) -> None:
    """What came of decisions: conditions met and disclosures made."""
    if work.matter is None:
        return
    by_event = {d.event: d for d in decisions if not d.void}
    met = (_met(work, j, by_event) for j in work.each(EventType.CONDITION_MET))
    filed = (_disclosure(work, j, by_event) for j in work.each(EventType.FILING_RECORDED))
    work.matter = msgspec.structs.replace(
        work.matter,
        met=tuple(m for m in met if m),
        disclosures=tuple(d for d in filed if d),
    )


def _withdrawal(work: Working) -> Withdrawal | None:
    found = None
    for judged in work.each(EventType.MATTER_WITHDRAWN):
        items = work.read(judged, WithdrawnItems)
        if items is None:
            continue
        person = work.author(judged)
        if person != work.subject:
            work.void[judged.id] = NOT_FILER
        elif not items.reason.strip():
            work.void[judged.id] = NO_REASON
        elif found is None:
            found = Withdrawal(judged.id, person, judged.header.claimed_at, items.reason)
    return found


def _retirement(work: Working) -> Retirement | None:
    found = None
    for judged in work.each(EventType.MATTER_RETIRED):
        items = work.read(judged, RetiredItems)
        if items is None:
            continue
        person = work.author(judged)
        if person != work.subject and (fault := _reader_fault(work, judged)):
            work.void[judged.id] = fault
        else:
            claimed = judged.header.claimed_at
            found = Retirement(judged.id, person, claimed, items.ended_on, items.reason)
    return found


def _reader_fault(work: Working, judged: Judged) -> str:
    """Why an author has no say here; '' for somebody to whom the matter was sent to act on it."""
    person = work.author(judged)
    if person == work.subject:
        return OWN_MATTER
    if any(person in r.people for r in work.referrals):
        return ""
    return sender_fault(work.authority, judged, {"secretary", *work.audience.offices} - {""})


def _acting_fault(work: Working, judged: Judged, office: str) -> str:
    """Why an author may not rule or ask in that office; the same rules as for a decision."""
    author, authority = work.author(judged), work.authority
    known = [e for e in judged.header.deps if e in work.submissions]
    rules = (
        (not work.forked, work.forked),
        (author not in {"", work.subject}, OWN_MATTER),
        (authority.names_directory(judged), NO_DIRECTORY),
        (_has_office(work, judged, office), NO_OFFICE),
        (bool(known), NO_ANSWER),
        (_has_part(work, judged, office), NOT_REFERRED),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _has_office(work: Working, judged: Judged, office: str) -> bool:
    if case_offices.is_of_the_case(office):
        known = work.knows(judged)
        sent = (r for r in work.referrals if r.event in known)
        return case_offices.is_named(sent, work.author(judged), office)
    return work.authority.sits(judged, work.author(judged), office)


def _has_part(work: Working, judged: Judged, office: str) -> bool:
    """Whether the matter was sent to the office, for the decision or for a part of it."""
    if routes.place(work, judged, "", office) is not None:
        return True
    known = work.knows(judged)
    named = [d for r in work.referrals if r.event in known for d in r.deciders]
    places = {d.office for d in named if d.part in STANDING}
    acts = work.authority.acts_for
    return any(acts(judged, office, place, work.matter_kind) for place in places)


def _ruling(work: Working, judged: Judged) -> Ruling | None:
    items = work.read(judged, RuledItems)
    if items is None:
        return None
    fault = _acting_fault(work, judged, items.office)
    if fault or not items.reason.strip():
        work.void[judged.id] = fault or NO_REASON
        return None
    of_the_case = case_offices.is_of_the_case(items.office)
    lasting = of_the_case or work.authority.still_holds(judged, items.office)
    return Ruling(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        about=items.about.value,
        holds=items.holds,
        reason=items.reason,
        office=items.office,
        submission=next(e for e in work.submissions if e in judged.header.deps),
        caution="" if lasting else RULED_ELSEWHERE,
    )


def _requests(work: Working) -> tuple[Request, ...]:
    answered: dict[str, str] = {}
    for submission in work.submissions.values():
        answered.setdefault(submission.request, submission.event)
    found = []
    for judged in work.each(EventType.INFORMATION_REQUESTED):
        items = work.read(judged, RequestedItems)
        if items is None:
            continue
        if fault := _acting_fault(work, judged, items.office):
            work.void[judged.id] = fault
            continue
        person, claimed = work.author(judged), judged.header.claimed_at
        answer = answered.get(judged.id, "")
        found.append(Request(judged.id, person, claimed, items.text, items.due, answer))
    return tuple(found)


def _met(work: Working, judged: Judged, decisions: dict[str, Determination]) -> ConditionMet | None:
    items = work.read(judged, ConditionMetItems)
    if items is None:
        return None
    decision, person = decisions.get(items.decision), work.author(judged)
    if decision is None:
        work.void[judged.id] = NO_DECISION
    elif not 0 <= items.number < len(decision.conditions):
        work.void[judged.id] = NO_CONDITION
    elif person != decision.conditions[items.number].owner and (
        fault := _reader_fault(work, judged)
    ):
        work.void[judged.id] = fault
    else:
        return ConditionMet(
            event=judged.id,
            person=person,
            claimed_at=judged.header.claimed_at,
            decision=items.decision,
            number=items.number,
            note=items.note,
        )
    return None


def _disclosure(
    work: Working, judged: Judged, decisions: dict[str, Determination]
) -> Disclosure | None:
    items = work.read(judged, DisclosedItems)
    if items is None:
        return None
    offices = {"secretary", *work.audience.offices} - {""}
    fault = "" if items.decision in decisions else NO_DECISION
    if not fault and work.author(judged) == work.subject:
        fault = OWN_MATTER
    fault = fault or sender_fault(work.authority, judged, offices)
    if fault:
        work.void[judged.id] = fault
        return None
    return Disclosure(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        decision=items.decision,
        route=items.route,
        filed_on=items.filed_on,
        due=items.due,
        keep_until=items.keep_until,
        retain_until=items.retain_until,
        note=items.note,
    )
