"""Who may not decide a case, and why: nobody decides their own or a relative's (Code III ¶2)."""

from __future__ import annotations

from candor.policy.facts import InterestReason, Matter
from candor.policy.ground import Ground

_INTERESTS = {
    InterestReason.OWN_INTEREST: "has an interest in it",
    InterestReason.NAMED_PARTY: "is a party to it or is named in it",
    InterestReason.RELATIVE_OF_FILER: "is a relative of the filer",
    InterestReason.RELATIVE_OF_PARTY: "is a relative of somebody concerned",
    InterestReason.REPORTS_TO_FILER: "works for the filer",
    InterestReason.COUNTERPARTY_FACTS: "supplied the facts as counterparty",
    InterestReason.SUPERVISOR_INTERESTED: "supervises the filer and has an interest in the outcome",
}
_NOBODYS_OWN = frozenset({Matter.CODE_AMENDMENT})
"""Matters that are put by somebody and are nobody's own."""
_REPORTS = frozenset({Matter.CONCERN, Matter.CONTROL_DEFICIENCY})


def why_concerned(ground: Ground, person: str) -> str:
    """Why somebody has a tie to the case itself; "" for somebody who has none.

    It bars from every part in the case, notes and recommendations included.
    """
    facts, standing = ground.facts, ground.standing
    if not person:
        return ""
    own = facts.matter not in _NOBODYS_OWN
    if own and person == facts.filer:
        return "is the filer, and nobody decides their own matter"
    if own and standing.related(person, facts.filer):
        return "is a relative of the filer"
    for interest in facts.interests:
        if interest.person == person and interest.why is not InterestReason.REPORTS_TO_FILER:
            return _INTERESTS[interest.why]
    parties = {i.person for i in facts.interests if i.why is InterestReason.NAMED_PARTY}
    if any(standing.related(person, party) for party in parties):
        return "is a relative of somebody concerned"
    return _named(ground, person)


def why_not(ground: Ground, person: str) -> str:
    """Why somebody may not decide, receive or sign in the case; "" for somebody who may."""
    if found := why_concerned(ground, person):
        return found
    if not person or ground.facts.matter in _NOBODYS_OWN:
        return ""
    told = any(
        i.person == person and i.why is InterestReason.REPORTS_TO_FILER
        for i in ground.facts.interests
    )
    if told or ground.standing.works_for(person, ground.facts.filer):
        return "works for the filer"
    return ""


def _named(ground: Ground, person: str) -> str:
    """A report stays hidden from everybody whom it names, and from their reporting line."""
    concern = ground.facts.concern
    if concern is None or ground.facts.matter not in _REPORTS:
        return ""
    standing = ground.standing
    for named in concern.names:
        if person == named:
            return "is named in the report"
        if standing.related(person, named):
            return "is a relative of somebody named in the report"
        if standing.works_for(person, named):
            return "works for somebody named in the report"
        if standing.works_for(named, person):
            return "leads somebody named in the report"
    return ""
