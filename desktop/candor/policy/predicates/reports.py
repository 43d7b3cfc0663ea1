"""Conditions on reports, information, property, notices, signatures, and what a case came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from candor.policy.facts import Acknowledgement, Concern, ConcernKind, InformationCopy
from candor.policy.facts import PropertyRemoval as Removal
from candor.policy.ground import Ground
from candor.policy.terms import FilerClass

CAME_TO = (
    "needs_prior_approval",
    "put_to_body",
    "put_to_officer",
    "committee_informed",
    "decided",
    "decided_in_favour",
    "decided_with_conditions",
    "waiver_took_effect",
    "amendment_took_effect",
)
"""Conditions that the route and the decision make true, not the facts."""


def _of_concern(test: Callable[[Concern], bool]) -> Callable[[Ground], bool]:
    return lambda g: g.facts.concern is not None and test(g.facts.concern)


def _of_copy(test: Callable[[InformationCopy], bool]) -> Callable[[Ground], bool]:
    return lambda g: g.facts.information is not None and test(g.facts.information)


def _of_removal(test: Callable[[Removal], bool]) -> Callable[[Ground], bool]:
    return lambda g: g.facts.removal is not None and test(g.facts.removal)


def _of_signature(test: Callable[[Acknowledgement], bool]) -> Callable[[Ground], bool]:
    return lambda g: g.facts.acknowledgement is not None and test(g.facts.acknowledgement)


def _kind_listed(name: str) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        concern = ground.facts.concern
        return concern is not None and ground.pack.listed(name, concern.kind)

    return look


def _names(filer_class: FilerClass) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        concern, people = ground.facts.concern, ground.standing.people
        named = concern.names if concern else ()
        return any(p in people and filer_class in people[p].classes for p in named)

    return look


def _near_filing(ground: Ground) -> bool:
    concern = ground.facts.concern
    report = concern.next_filing_on if concern else None
    if report is None or report < ground.today:
        return False
    near = ground.settings.filing_hold_business_days
    return ground.calendar.count(ground.today, report) <= near


def _under_agreement(ground: Ground) -> bool:
    copy = ground.facts.information
    if copy is None or not copy.agreement_covers:
        return False
    return copy.agreement_expires_on is None or copy.agreement_expires_on >= ground.on


def _overdue(ground: Ground) -> bool:
    removal = ground.facts.removal
    return bool(removal and removal.due_back_on and removal.due_back_on < ground.on)


def not_served(ground: Ground) -> tuple[str, ...]:
    """The ids of the other directors who do not have a director's notice yet."""
    matter = ground.facts.board_matter
    served = set(matter.notice_served_on) if matter else set()
    others = ground.standing.members("board")
    return tuple(m for m in others if m != ground.facts.filer and m not in served)


def _board_conflict(ground: Ground) -> bool:
    matter = ground.facts.board_matter
    return matter is None or matter.conflict


def _technical(ground: Ground) -> bool:
    return ground.facts.amendment is not None and ground.facts.amendment.technical


def _came_to(name: str) -> Callable[[Ground], bool]:
    return lambda ground: name in ground.came_to


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "concern_is_for_audit_chair_alone": _kind_listed("concerns_for_audit_chair_alone"),
    "concern_is_accounting": _kind_listed("accounting_concerns"),
    "concern_names_executive": _names(FilerClass.EXECUTIVE_OFFICER),
    "concern_names_director": _names(FilerClass.DIRECTOR),
    "concern_is_retaliation": _of_concern(lambda c: c.kind is ConcernKind.RETALIATION),
    "concern_near_filing": _near_filing,
    "information_under_agreement": _under_agreement,
    "information_to_director": _of_copy(lambda c: c.recipient_is_director),
    "information_may_be_inside": _of_copy(lambda c: c.may_contain_mnpi),
    "information_of_others": _of_copy(lambda c: c.third_party_information),
    "removal_for_business": _of_removal(lambda r: r.company_business),
    "removal_of_information": _of_removal(lambda r: r.contains_information),
    "removal_overdue": _overdue,
    "board_conflict": _board_conflict,
    "notice_incomplete": lambda ground: bool(not_served(ground)),
    "amendment_is_technical": _technical,
    "signature_refused": _of_signature(lambda a: a.refused),
    "signature_with_exceptions": _of_signature(lambda a: a.exceptions),
    **{name: _came_to(name) for name in CAME_TO},
}
