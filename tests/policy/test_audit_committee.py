"""Rule 10A-3 and Nasdaq 5605(c): any fee, only today's control, three years of statements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy import audit_committee
from candor.policy.facts import (
    Amount,
    Employment,
    Fee,
    FeeReceiver,
    FeeService,
    FirmPosition,
    Independence,
)
from candor.policy.independence import Finding
from candor.policy.settings import Settings

ON = date(2027, 2, 18)
ONE_CENT = Amount(Decimal("0.01"))
SMALL = Decimal(4)  # percent of a voting class


def _findings(settings: Settings, facts: Independence) -> list[Finding]:
    return [test.finding for test in audit_committee.assess(facts, ON, settings).tests]


def _fee(settings: Settings, fee: Fee) -> Finding:
    return _findings(settings, Independence(fees=(fee,), voting_percent=SMALL))[0]


def test_clean_facts_raise_nothing(settings: Settings) -> None:
    found = audit_committee.assess(Independence(voting_percent=SMALL), ON, settings)
    assert found.finding is Finding.NO
    assert all(test.rule and test.reason for test in found.tests)


@pytest.mark.parametrize(
    "receiver",
    [
        FeeReceiver.SELF,
        FeeReceiver.SPOUSE,
        FeeReceiver.MINOR_CHILD,
        FeeReceiver.HOUSEHOLD_CHILD,
    ],
)
def test_one_cent_of_a_fee_bars_directly_and_through_the_nearest_family(
    settings: Settings, receiver: FeeReceiver
) -> None:
    assert _fee(settings, Fee(ONE_CENT, receiver)) is Finding.MET
    assert _fee(settings, Fee(ONE_CENT, receiver, FeeService.OTHER)) is Finding.MET
    assert _fee(settings, Fee(Amount(Decimal(0)), receiver)) is Finding.NO


@pytest.mark.parametrize("service", [FeeService.BOARD_OR_COMMITTEE, FeeService.FIXED_RETIREMENT])
def test_directors_fees_and_fixed_pensions_are_free(
    settings: Settings, service: FeeService
) -> None:
    assert _fee(settings, Fee(Amount(Decimal(500_000)), service=service)) is Finding.NO


def test_other_relatives_fees_are_not_the_members_own(settings: Settings) -> None:
    assert _fee(settings, Fee(ONE_CENT, FeeReceiver.OTHER_RELATIVE)) is Finding.NO


@pytest.mark.parametrize(
    ("service", "position", "finding"),
    [
        (FeeService.LEGAL, FirmPosition.PARTNER, Finding.MET),
        (FeeService.ACCOUNTING, FirmPosition.MEMBER, Finding.MET),
        (FeeService.INVESTMENT_BANKING, FirmPosition.MANAGING_DIRECTOR, Finding.MET),
        (FeeService.FINANCIAL_ADVISORY, FirmPosition.EXECUTIVE_OFFICER, Finding.MET),
        (FeeService.CONSULTING, FirmPosition.EMPLOYEE, Finding.NO),
        (FeeService.CONSULTING, FirmPosition.OTHER, Finding.OPEN),
        (FeeService.CONSULTING, FirmPosition.NONE, Finding.OPEN),
        (FeeService.OTHER, FirmPosition.PARTNER, Finding.NO),
    ],
)
def test_a_firms_fees_count_by_its_service_and_the_members_position(
    settings: Settings, service: FeeService, position: FirmPosition, finding: Finding
) -> None:
    assert _fee(settings, Fee(ONE_CENT, FeeReceiver.FIRM, service, position)) is finding


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        (Independence(voting_percent=Decimal(10)), Finding.NO),
        (Independence(voting_percent=Decimal("10.01")), Finding.OPEN),
        (Independence(), Finding.OPEN),
        (Independence(voting_percent=SMALL, controls_company=True), Finding.MET),
        (Independence(voting_percent=SMALL, employments=(Employment(),)), Finding.MET),
        (
            Independence(voting_percent=SMALL, employments=(Employment(until=date(2027, 2, 17)),)),
            Finding.NO,
        ),
    ],
    ids=["10%", "over 10%", "not said", "control", "employed", "employed until yesterday"],
)
def test_control_is_judged_as_it_is_today(
    settings: Settings, facts: Independence, finding: Finding
) -> None:
    assert _findings(settings, facts)[1] is finding


@pytest.mark.parametrize(
    ("until", "finding"),
    [
        (date(2024, 2, 18), Finding.MET),
        (date(2024, 2, 17), Finding.NO),
        (None, Finding.NO),
    ],
)
def test_work_on_the_statements_counts_for_three_years(
    settings: Settings, until: date | None, finding: Finding
) -> None:
    facts = Independence(voting_percent=SMALL, prepared_statements_until=until)
    assert _findings(settings, facts)[2] is finding


def test_a_committee_has_at_least_three_members(settings: Settings) -> None:
    assert [audit_committee.missing_members(n, settings) for n in range(5)] == [3, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("meeting", "until"),
    [
        (date(2027, 6, 10), date(2027, 6, 10)),
        (date(2028, 6, 8), date(2028, 1, 15)),
        (None, date(2028, 1, 15)),
        (date(2026, 6, 11), date(2028, 1, 15)),
    ],
    ids=["next meeting first", "a year first", "meeting not known", "a meeting before"],
)
def test_what_was_lost_may_be_cured_until_the_earlier_day(
    settings: Settings, meeting: date | None, until: date
) -> None:
    cure = audit_committee.cure_after_loss(date(2027, 1, 15), meeting, settings)
    assert cure.until == until
    assert "immediately" in cure.notify
    assert "5605(c)(4)(A)" in cure.rule


@pytest.mark.parametrize(
    ("meeting", "until"),
    [
        (date(2027, 6, 10), date(2027, 7, 14)),  # within 180 days: all 180 are given
        (date(2027, 7, 14), date(2027, 7, 14)),
        (date(2027, 7, 15), date(2027, 7, 15)),
        (date(2028, 6, 8), date(2028, 1, 15)),
        (None, date(2028, 1, 15)),
    ],
)
def test_a_vacancy_has_at_least_180_days(
    settings: Settings, meeting: date | None, until: date
) -> None:
    cure = audit_committee.cure_after_vacancy(date(2027, 1, 15), meeting, settings)
    assert cure.until == until
    assert "5605(c)(4)(B)" in cure.rule


fees = st.builds(
    Fee,
    amount=st.integers(0, 10**8).map(lambda cents: Amount(Decimal(cents).scaleb(-2))),
    received_by=st.sampled_from(FeeReceiver),
    service=st.sampled_from(FeeService),
    firm_position=st.sampled_from(FirmPosition),
)


@given(st.lists(fees, max_size=4), fees)
def test_another_fee_never_lifts_a_bar(settings: Settings, before: list[Fee], more: Fee) -> None:
    old = Independence(fees=tuple(before), voting_percent=SMALL)
    new = Independence(fees=(*before, more), voting_percent=SMALL)
    if _findings(settings, old)[0] is Finding.MET:
        assert _findings(settings, new)[0] is Finding.MET


@given(st.lists(fees, max_size=4))
def test_nobody_is_called_independent(settings: Settings, given_fees: list[Fee]) -> None:
    found = audit_committee.assess(Independence(fees=tuple(given_fees)), ON, settings)
    assert all("independen" not in test.reason.casefold() for test in found.tests)
