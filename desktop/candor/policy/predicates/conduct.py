"""Conditions on interests, outside service, opportunities and private gain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from candor.policy.facts import (
    FinancialInterest,
    Holder,
    Matter,
    Opportunity,
    OrganisationKind,
    PartyRelation,
    Service,
    ServiceRole,
)
from candor.policy.ground import Ground
from candor.policy.sums import USD, money

_COMPETITORS = frozenset({PartyRelation.COMPETITOR, PartyRelation.POTENTIAL_COMPETITOR})


def _competes(ground: Ground) -> bool:
    return any(_COMPETITORS & set(p.relation_to_company) for p in ground.facts.parties)


def _of_service(test: Callable[[Service], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        return ground.facts.service is not None and test(ground.facts.service)

    return look


def _service_for_competitor(ground: Ground) -> bool:
    service = ground.facts.service
    stated = service is not None and (
        service.competitor or service.potential_competitor or service.directly_competitive
    )
    return stated or (ground.facts.matter is Matter.OUTSIDE_SERVICE and _competes(ground))


def _service_with_business(ground: Ground) -> bool:
    service = ground.facts.service
    return service is not None and service.business_with_company


def _of_opportunity(test: Callable[[Opportunity], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        return ground.facts.opportunity is not None and test(ground.facts.opportunity)

    return look


def _of_interest(test: Callable[[FinancialInterest], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        stake = ground.facts.financial_interest
        return stake is not None and test(stake)

    return look


def _significant(ground: Ground) -> bool:
    """Measures of the pack's settings; private holdings and influence count at any size.

    They inform and never clear (code-map A10; domain reference F02).
    """
    stake = ground.facts.financial_interest
    if stake is None or (stake.diversified_fund and not stake.influences_dealings):
        return False
    public = [party.public for party in ground.facts.parties]
    if stake.influences_dealings or not public or not all(public):
        return True
    settings = ground.settings
    measured = (
        (stake.class_percent, settings.interest_public_percent),
        (stake.net_worth_percent, settings.interest_net_worth_percent),
    )
    if any(share is not None and share >= Decimal(most) for share, most in measured):
        return True
    if stake.value is None:
        return stake.class_percent is None
    held = money(stake.value)
    return held.currency != USD or held.minor >= settings.interest_value.minor


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "conflict_is_actual": lambda g: g.facts.actual_conflict is True,
    "conflict_in_reporting_line": lambda g: (
        g.facts.conflict is not None and g.facts.conflict.reporting_line
    ),
    "interest_in_competitor": _competes,
    "interest_in_fund": _of_interest(lambda s: s.diversified_fund),
    "interest_is_significant": _significant,
    "filer_influences_dealings": _of_interest(lambda s: s.influences_dealings),
    "service_for_competitor": _service_for_competitor,
    "service_directly_competitive": _of_service(
        lambda s: s.directly_competitive and s.who is Holder.SELF
    ),
    "service_on_public_board": _of_service(
        lambda s: s.role is ServiceRole.DIRECTOR and s.organisation is OrganisationKind.PUBLIC
    ),
    "service_as_director_or_officer": _of_service(
        lambda s: s.role in {ServiceRole.DIRECTOR, ServiceRole.OFFICER}
    ),
    "service_for_expert_network": _of_service(lambda s: s.role is ServiceRole.EXPERT_NETWORK),
    "service_with_business": _service_with_business,
    "own_gain": lambda g: g.facts.own_gain,
    "opportunity_declined": _of_opportunity(lambda o: o.company_declined_in_writing),
    "opportunity_taken": _of_opportunity(lambda o: o.already_taken),
    "opportunity_strategic": _of_opportunity(lambda o: o.strategic),
    "opportunity_commits_company": _of_opportunity(lambda o: o.commits_company),
}
