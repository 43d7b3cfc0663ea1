"""Tests A to G of Nasdaq Rule 5605(a)(2) over dated facts, at every boundary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.intervals import add_months, add_years
from candor.policy import bright_lines
from candor.policy.bright_lines import NO_BAR, rolling_most
from candor.policy.facts import (
    Amount,
    Business,
    Employment,
    Independence,
    Payment,
    PaymentKind,
    Relation,
    Relative,
    Who,
)
from candor.policy.independence import Finding
from candor.policy.line import Line
from candor.policy.settings import Settings

ON = date(2027, 2, 18)
START = date(2024, 2, 18)  # three years before
CLEAN = Independence(fiscal_year_end=date(2026, 12, 31))


def _usd(text: str) -> Amount:
    return Amount(Decimal(text))


def _line(settings: Settings, code: str, *relatives: Relative, **facts: object) -> Line:
    whole = msgspec.structs.replace(CLEAN, **facts)
    found = bright_lines.assess(whole, ON, settings, relatives)
    return next(line for line in found.tests if line.code == code)


def _finding(settings: Settings, code: str, *relatives: Relative, **facts: object) -> Finding:
    return _line(settings, code, *relatives, **facts).finding


def _pay(day: date, text: str, kind: PaymentKind = PaymentKind.CONSULTING, to: str = "") -> Payment:
    return Payment(day, _usd(text), to, kind)


# --- together -----------------------------------------------------------------------------


def test_clean_facts_raise_no_bar_and_leave_the_finding_to_the_board(settings: Settings) -> None:
    found = bright_lines.assess(CLEAN, ON, settings)
    assert [line.code for line in found.tests] == list("ABCDEFG")
    assert {line.finding for line in found.tests[:6]} == {Finding.NO}
    assert found.tests[6].finding is Finding.NOT_ASKED
    assert found.conclusion == NO_BAR
    assert all("5605(a)(2)" in line.rule for line in found.tests)


def test_what_is_met_and_what_is_open_are_told_by_letter(settings: Settings) -> None:
    met = msgspec.structs.replace(
        CLEAN, auditor_partner_now=True, compensation_committee_interlock=True
    )
    crossed = bright_lines.assess(met, ON, settings)
    assert crossed.conclusion == "A bright line is crossed: E, F."
    unknown = msgspec.structs.replace(CLEAN, payments=(Payment(ON, Amount(Decimal(1), "EUR")),))
    found = bright_lines.assess(unknown, ON, settings)
    assert found.conclusion == "Open until more is known: B. The Board must determine."


def test_the_day_of_determination_counts_where_it_is_given(settings: Settings) -> None:
    post = Employment(until=date(2024, 2, 1))
    assert _finding(settings, "A", employments=(post,)) is Finding.NO
    earlier = date(2027, 1, 31)
    assert _finding(settings, "A", employments=(post,), determined_on=earlier) is Finding.MET


# --- A ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "finding"),
    [
        (Employment(since=date(2010, 1, 1)), Finding.MET),
        (Employment(until=START), Finding.MET),
        (Employment(until=date(2024, 2, 17)), Finding.NO),
        (Employment(until=ON, since=date(2026, 6, 1)), Finding.MET),
    ],
    ids=["still", "three years ago to the day", "a day earlier", "until today"],
)
def test_employment_counts_for_three_years(
    settings: Settings, post: Employment, finding: Finding
) -> None:
    assert _finding(settings, "A", employments=(post,)) is finding


@pytest.mark.parametrize(
    ("since", "until", "finding"),
    [
        (date(2025, 1, 1), date(2025, 12, 30), Finding.NO),
        (date(2025, 1, 1), date(2025, 12, 31), Finding.MET),
        (date(2025, 1, 1), date(2026, 3, 1), Finding.MET),
        (None, date(2025, 12, 30), Finding.OPEN),
        (date(2026, 12, 1), None, Finding.MET),
    ],
    ids=["under a year", "a whole year", "longer", "since unknown", "not ended"],
)
def test_interim_service_counts_unless_it_ended_within_a_year(
    settings: Settings, since: date | None, until: date | None, finding: Finding
) -> None:
    post = Employment(since=since, until=until, executive_officer=True, interim=True)
    line = _line(settings, "A", employments=(post,))
    assert line.finding is finding
    assert ("weighs the pay" in line.reason) == (finding is Finding.NO)


# --- B ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "finding"),
    [("120000.00", Finding.NO), ("120000.01", Finding.MET), ("119999.99", Finding.NO)],
)
def test_exactly_120_000_is_not_over(settings: Settings, paid: str, finding: Finding) -> None:
    payments = (_pay(date(2026, 3, 1), paid),)
    assert _finding(settings, "B", payments=payments) is finding


def test_a_window_over_the_turn_of_the_year_is_found(settings: Settings) -> None:
    payments = (_pay(date(2025, 9, 1), "70000"), _pay(date(2026, 8, 31), "50000.01"))
    line = _line(settings, "B", payments=payments)
    assert line.finding is Finding.MET
    assert "USD 120,000.01 in the 12 consecutive months from 2025-09-01" in line.reason
    apart = (payments[0], _pay(date(2026, 9, 1), "50000.01"))
    assert _finding(settings, "B", payments=apart) is Finding.NO


def test_only_the_three_years_before_the_determination_count(settings: Settings) -> None:
    assert _finding(settings, "B", payments=(_pay(START, "130000"),)) is Finding.MET
    old = (_pay(date(2024, 2, 17), "130000"),)
    assert _finding(settings, "B", payments=old) is Finding.NO


def test_payments_still_to_come_leave_it_open(settings: Settings) -> None:
    payments = (_pay(date(2027, 1, 4), "80000"), _pay(date(2027, 3, 1), "80000"))
    line = _line(settings, "B", payments=payments)
    assert line.finding is Finding.OPEN
    assert "still to come" in line.reason


@pytest.mark.parametrize(
    "kind",
    [
        PaymentKind.BOARD_FEE,
        PaymentKind.COMMITTEE_FEE,
        PaymentKind.FAMILY_EMPLOYEE_SALARY,
        PaymentKind.PENSION,
        PaymentKind.NON_DISCRETIONARY,
        PaymentKind.INTEREST,
        PaymentKind.PRINCIPAL,
    ],
)
def test_payments_that_the_rule_leaves_out_do_not_count(
    settings: Settings, kind: PaymentKind
) -> None:
    payments = (_pay(date(2026, 3, 1), "500000", kind), _pay(date(2026, 4, 1), "120000"))
    assert _finding(settings, "B", payments=payments) is Finding.NO


def test_each_persons_pay_is_added_up_alone(settings: Settings) -> None:
    payments = (
        _pay(date(2026, 3, 1), "80000", PaymentKind.SALARY, "Sister"),
        _pay(date(2026, 4, 1), "80000"),
    )
    assert _finding(settings, "B", payments=payments) is Finding.NO
    more = (*payments, _pay(date(2026, 5, 1), "40000.01", PaymentKind.FEE, " sister "))
    assert _finding(settings, "B", payments=more) is Finding.MET


def test_pay_in_another_currency_leaves_it_open_unless_dollars_suffice(settings: Settings) -> None:
    euro = Payment(date(2026, 3, 1), Amount(Decimal(90000), "EUR"))
    assert _finding(settings, "B", payments=(euro,)) is Finding.OPEN
    both = (euro, _pay(date(2026, 3, 1), "120000.01"))
    assert _finding(settings, "B", payments=both) is Finding.MET


days = st.dates(date(2023, 6, 1), date(2027, 6, 1))


@given(st.lists(st.tuples(days, st.integers(0, 15_000_000)), max_size=12), st.integers(1, 18))
def test_the_rolling_window_equals_trying_every_window(
    payments: list[tuple[date, int]], months: int
) -> None:
    inside = [(day, minor) for day, minor in payments if START <= day <= ON]
    most = max(
        (
            sum(minor for day, minor in inside if first <= day < add_months(first, months))
            for first, _ in inside
        ),
        default=0,
    )
    assert rolling_most(payments, START, ON, months)[0] == most


@given(st.lists(st.tuples(days, st.integers(1, 15_000_000)), min_size=1, max_size=8))
def test_the_window_that_is_told_holds_the_sum_that_is_told(
    payments: list[tuple[date, int]],
) -> None:
    most, began = rolling_most(payments, date.min, date.max, 12)
    assert began is not None
    within = [m for day, m in payments if began <= day < add_months(began, 12)]
    assert sum(within) == most


# --- C ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "finding"),
    [
        (Employment(Who.SIBLING), Finding.MET),
        (Employment(Who.SIBLING, until=START), Finding.MET),
        (Employment(Who.SIBLING, until=date(2024, 2, 17)), Finding.NO),
        (Employment(Who.HOUSEHOLD_MEMBER), Finding.MET),
        (Employment(Who.STEPCHILD), Finding.OPEN),
        (Employment(Who.COUSIN), Finding.OPEN),
    ],
)
def test_a_family_member_who_is_an_executive_officer_here(
    settings: Settings, post: Employment, finding: Finding
) -> None:
    assert _finding(settings, "C", family_executive_officer=(post,)) is finding


@pytest.mark.parametrize(("home", "finding"), [(True, Finding.MET), (False, Finding.NO)])
def test_a_stepchild_counts_by_the_home(settings: Settings, home: bool, finding: Finding) -> None:
    known = Relative(Relation.STEPCHILD, shares_home=home)
    post = Employment(Who.STEPCHILD)
    assert _finding(settings, "C", known, family_executive_officer=(post,)) is finding


# --- E, F ---------------------------------------------------------------------------------


def test_an_interlock_is_met_as_stated(settings: Settings) -> None:
    assert _finding(settings, "E", compensation_committee_interlock=True) is Finding.MET


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({"auditor_partner_now": True}, Finding.MET),
        ({"auditor_worked_on_audit_until": START}, Finding.MET),
        ({"auditor_worked_on_audit_until": date(2024, 2, 17)}, Finding.NO),
    ],
)
def test_a_tie_to_the_auditor_counts_for_three_years(
    settings: Settings, facts: dict[str, object], finding: Finding
) -> None:
    assert _finding(settings, "F", **facts) is finding


# --- for any facts ------------------------------------------------------------------------

amounts = st.integers(0, 60_000_000).map(lambda cents: Amount(Decimal(cents).scaleb(-2)))
payments = st.builds(Payment, on=days, amount=amounts, kind=st.sampled_from(PaymentKind))
businesses = st.builds(
    Business,
    organisation=st.sampled_from(["One", "Two"]),
    fiscal_year=st.integers(2021, 2028),
    amount=amounts,
    recipient_revenue=st.none() | st.integers(0, 2_000_000_000).map(lambda c: Amount(Decimal(c))),
    who=st.sampled_from(Who),
    left_on=st.none() | days,
)
employments = st.builds(Employment, who=st.sampled_from(Who), until=st.none() | days)
anything = st.builds(
    Independence,
    employments=st.lists(employments, max_size=3).map(tuple),
    family_executive_officer=st.lists(employments, max_size=3).map(tuple),
    payments=st.lists(payments, max_size=6).map(tuple),
    businesses=st.lists(businesses, max_size=6).map(tuple),
    compensation_committee_interlock=st.booleans(),
    auditor_partner_now=st.booleans(),
    auditor_worked_on_audit_until=st.none() | days,
)


@given(anything)
def test_nobody_is_ever_called_independent(settings: Settings, facts: Independence) -> None:
    found = bright_lines.assess(facts, ON, settings)
    words = " ".join((found.conclusion, *(line.reason for line in found.tests)))
    assert "independen" not in words.casefold()
    assert all(line.reason for line in found.tests)


@given(anything, payments, businesses)
def test_further_payments_never_lift_a_bar(
    settings: Settings, facts: Independence, payment: Payment, business: Business
) -> None:
    before = bright_lines.assess(facts, ON, settings)
    new_name = msgspec.structs.replace(business, organisation="Three")
    more = msgspec.structs.replace(
        facts,
        payments=(*facts.payments, payment),
        businesses=(*facts.businesses, new_name),
    )
    after = {line.code: line.finding for line in bright_lines.assess(more, ON, settings).tests}
    assert all(after[x.code] is Finding.MET for x in before.tests if x.finding is Finding.MET)


@given(days)
def test_the_look_back_begins_three_years_before(day: date) -> None:
    assert add_years(add_years(day, -3), 3) in {day, day.replace(day=28)}
