"""Item 404 of Regulation S-K: the amount, the threshold to the cent, and exceptions X1 to X9."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.money import Money
from candor.policy import related
from candor.policy.facts import (
    Amount,
    ExceptionCode,
    Party,
    Payment,
    PaymentKind,
    Position,
    Transaction,
)
from candor.policy.related import RptAssessment, Step
from candor.policy.settings import Settings
from candor.policy.verdict import Verdict

LFY = date(2026, 1, 1)
ON = date(2027, 2, 18)
EUR = Amount(Decimal(500_000), "EUR")


def _usd(text: str) -> Amount:
    return Amount(Decimal(text))


def _assess(settings: Settings, *parties: Party, **facts: object) -> RptAssessment:
    return related.assess(Transaction(**facts), parties, settings, LFY, ON)  # type: ignore[arg-type]


def _smaller(settings: Settings, assets: int | None) -> Settings:
    average = None if assets is None else Money(assets * 100, "USD")

    return replace(settings, smaller_reporting_company=True, average_total_assets=average)


# --- whether it applies, and the threshold ------------------------------------------------


@pytest.mark.parametrize(
    ("company", "interest", "applies"),
    [(True, True, True), (False, True, False), (True, False, False)],
)
def test_participation_and_interest_alone_make_it_apply(
    settings: Settings, company: bool, interest: bool, applies: bool
) -> None:
    found = _assess(
        settings,
        company_participates=company,
        related_person_interest=interest,
        amount=_usd("1.00"),
    )
    assert found.applies is applies
    assert found.disclose is Verdict.NO


@pytest.mark.parametrize(
    ("amount", "over"),
    [("120000.00", Verdict.NO), ("120000.01", Verdict.YES), ("119999.99", Verdict.NO)],
)
def test_exactly_120_000_is_not_over(settings: Settings, amount: str, over: Verdict) -> None:
    found = _assess(settings, amount=_usd(amount))
    assert (found.over, found.disclose) == (over, over)
    assert found.threshold == Money(120_000_00, "USD")


def test_a_payment_of_210_000_to_a_directors_vendor_is_disclosed(settings: Settings) -> None:
    vendor = Party("Vendor, Inc.", related_positions=(Position.EXECUTIVE_OFFICER,))
    found = _assess(settings, vendor, amount=_usd("210000"), exceptions=(ExceptionCode.X3,))
    assert found.disclose is Verdict.YES
    assert found.claims[0].verdict is Verdict.NO
    assert "USD 210,000.00 is over USD 120,000.00." in found.sentences


@pytest.mark.parametrize(
    ("assets", "amount", "over"),
    [
        (5_000_000, "50000.00", Verdict.NO),
        (5_000_000, "50000.01", Verdict.YES),
        (900_000_000, "120000.00", Verdict.NO),
        (900_000_000, "120000.01", Verdict.YES),
        (None, "5000000", Verdict.OPEN),
    ],
)
def test_a_smaller_reporting_company_has_the_lesser_threshold(
    settings: Settings, assets: int | None, amount: str, over: Verdict
) -> None:
    found = related.assess(
        Transaction(amount=_usd(amount)), (), _smaller(settings, assets), LFY, ON
    )
    assert (found.over, found.disclose) == (over, over)


def test_a_smaller_reporting_company_looks_back_one_year_more(settings: Settings) -> None:
    paid = Transaction(payments_made=(Payment(date(2025, 5, 1), _usd("130000")),))
    usual = related.assess(paid, (), settings, LFY, ON)
    smaller = related.assess(paid, (), _smaller(settings, 900_000_000), LFY, ON)
    assert (usual.amount.minor, smaller.amount.minor) == (0, 130_000_00)


# --- the amount ---------------------------------------------------------------------------


def test_payments_count_from_the_start_of_the_last_fiscal_year_and_all_that_are_due(
    settings: Settings,
) -> None:
    found = _assess(
        settings,
        payments_made=(
            Payment(date(2025, 12, 31), _usd("500000")),
            Payment(date(2026, 1, 1), _usd("40000")),
        ),
        payments_due=(
            Payment(date(2028, 1, 1), _usd("60000.00")),
            Payment(date(2029, 1, 1), _usd("20000.01"), kind=PaymentKind.INTEREST),
        ),
    )
    assert found.amount.minor == 120_000_01
    assert found.over is Verdict.YES
    assert "payments made and due since 2026-01-01" in found.amount.how


def test_a_debt_counts_its_largest_principal_and_a_years_interest_once(settings: Settings) -> None:
    found = _assess(
        settings,
        largest_principal=_usd("115000"),
        interest_payable=_usd("5000"),
        payments_made=(
            Payment(date(2026, 6, 1), _usd("30000"), kind=PaymentKind.PRINCIPAL),
            Payment(date(2026, 6, 1), _usd("5000"), kind=PaymentKind.INTEREST),
        ),
    )
    assert found.amount.minor == 120_000_00
    assert found.over is Verdict.NO


def test_interest_of_a_debt_is_taken_from_the_payments_where_it_is_not_stated(
    settings: Settings,
) -> None:
    found = _assess(
        settings,
        largest_principal=_usd("115000"),
        payments_made=(
            Payment(date(2025, 6, 1), _usd("9000"), kind=PaymentKind.INTEREST),
            Payment(date(2026, 6, 1), _usd("5000.01"), kind=PaymentKind.INTEREST),
        ),
    )
    assert found.amount.minor == 120_000_01


def test_similar_dealings_are_added(settings: Settings) -> None:
    found = _assess(settings, amount=_usd("60000"), series=(_usd("40000"), _usd("20000.01")))
    assert (found.amount.minor, found.over) == (120_000_01, Verdict.YES)
    assert "similar dealings" in found.amount.how
    alone = _assess(settings, series=(_usd("120000"),))
    assert (alone.amount.minor, alone.over) == (120_000_00, Verdict.NO)


def test_parts_that_come_to_more_than_the_stated_amount_count(settings: Settings) -> None:
    paid = (Payment(date(2026, 6, 1), _usd("150000")),)
    found = _assess(settings, amount=_usd("100000"), payments_made=paid)
    assert found.amount.minor == 150_000_00
    assert "more than USD 100,000.00 as stated" in found.amount.how


def test_no_amount_is_open_and_never_small(settings: Settings) -> None:
    found = _assess(settings)
    assert (found.amount.minor, found.over, found.disclose) == (None, Verdict.OPEN, Verdict.OPEN)


def test_an_amount_in_another_currency_is_open_unless_dollars_suffice(settings: Settings) -> None:
    assert _assess(settings, amount=EUR).disclose is Verdict.OPEN
    both = _assess(settings, amount=EUR, series=(_usd("120000.01"),))
    assert both.disclose is Verdict.YES
    assert "EUR" in both.amount.how


# --- exceptions ---------------------------------------------------------------------------

DIRECTOR = Party(related_positions=(Position.DIRECTOR,))
PERCENT = "ownership_percent"


def _claim(
    settings: Settings, code: ExceptionCode, *parties: Party, **facts: object
) -> tuple[Verdict, Verdict]:
    found = _assess(settings, *parties, amount=_usd("500000"), exceptions=(code,), **facts)
    return found.claims[0].verdict, found.disclose


HOLDS = (Verdict.YES, Verdict.NO)
LOST = (Verdict.NO, Verdict.YES)
OPEN = (Verdict.OPEN, Verdict.OPEN)


@pytest.mark.parametrize(
    ("positions", "percent", "expected"),
    [
        ((Position.DIRECTOR,), None, HOLDS),
        ((Position.DIRECTOR,), "9.99", HOLDS),
        ((), "9.99", HOLDS),
        ((Position.OWNER,), "9.99", HOLDS),
        ((Position.DIRECTOR,), "10", LOST),
        ((), "10.00", LOST),
        ((), None, OPEN),
        ((Position.OWNER,), None, OPEN),
        ((Position.DIRECTOR, Position.EXECUTIVE_OFFICER), "1", LOST),
        ((Position.EMPLOYEE,), "1", LOST),
        ((Position.EMPLOYEE_SIGNIFICANT_ROLE,), "1", LOST),
        ((Position.PARTNER,), "1", LOST),
        ((Position.LIMITED_PARTNER,), "1", LOST),
        ((Position.CONSULTANT,), "1", LOST),
        ((Position.PRINCIPAL,), "1", LOST),
    ],
)
def test_x3_holds_for_a_mere_director_or_under_ten_percent(
    settings: Settings,
    positions: tuple[Position, ...],
    percent: str | None,
    expected: tuple[Verdict, Verdict],
) -> None:
    share = None if percent is None else Decimal(percent)
    party = Party(related_positions=positions, ownership_percent=share)
    assert _claim(settings, ExceptionCode.X3, party) == expected


@pytest.mark.parametrize(
    ("positions", "percent", "expected"),
    [
        ((Position.LIMITED_PARTNER,), "9.99", HOLDS),
        ((Position.LIMITED_PARTNER,), "10", LOST),
        ((Position.LIMITED_PARTNER,), None, OPEN),
        ((Position.LIMITED_PARTNER, Position.GENERAL_PARTNER), "1", LOST),
        ((Position.LIMITED_PARTNER, Position.MANAGER), "1", LOST),
        ((), "1", LOST),
    ],
)
def test_x4_holds_for_a_mere_limited_partner_under_ten_percent(
    settings: Settings,
    positions: tuple[Position, ...],
    percent: str | None,
    expected: tuple[Verdict, Verdict],
) -> None:
    share = None if percent is None else Decimal(percent)
    party = Party(related_positions=positions, ownership_percent=share)
    assert _claim(settings, ExceptionCode.X4, party) == expected


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (ExceptionCode.X1, "compensation_reported"),
        (ExceptionCode.X2, "compensation_reported"),
        (ExceptionCode.X5, "competitive_bids"),
        (ExceptionCode.X5, "rates_fixed_by_law"),
        (ExceptionCode.X6, "bank_services"),
        (ExceptionCode.X7, "pro_rata_benefit"),
        (ExceptionCode.X8, "ordinary_course_debt"),
    ],
)
def test_the_other_exceptions_hold_by_the_fact_that_they_need(
    settings: Settings, code: ExceptionCode, fact: str
) -> None:
    assert _claim(settings, code, **{fact: True}) == HOLDS
    assert _claim(settings, code) == LOST


def test_x9_needs_a_reason_and_then_somebody_who_judges_it(settings: Settings) -> None:
    assert _claim(settings, ExceptionCode.X9) == LOST
    assert _claim(settings, ExceptionCode.X9, not_material_reason="  ") == LOST
    reasoned = _claim(settings, ExceptionCode.X9, not_material_reason="She only lives there.")
    assert reasoned == OPEN


def test_x3_without_another_party_is_lost(settings: Settings) -> None:
    assert _claim(settings, ExceptionCode.X3) == LOST


def test_one_exception_that_holds_is_enough_and_a_claim_counts_once(settings: Settings) -> None:
    codes = (ExceptionCode.X3, ExceptionCode.X5, ExceptionCode.X3)
    party = Party(related_positions=(Position.PARTNER,))
    found = _assess(settings, party, amount=_usd("500000"), exceptions=codes, competitive_bids=True)
    assert [claim.code for claim in found.claims] == ["X3", "X5"]
    assert found.disclose is Verdict.NO


# --- 404(b), and what the committee is asked for ------------------------------------------


@pytest.mark.parametrize(
    ("before", "followed", "departure"),
    [
        (True, True, Verdict.NO),
        (False, True, Verdict.YES),
        (True, False, Verdict.YES),
        (None, True, Verdict.OPEN),
        (None, None, Verdict.OPEN),
    ],
)
def test_a_reported_dealing_outside_the_policy_is_said_so(
    settings: Settings, before: bool | None, followed: bool | None, departure: Verdict
) -> None:
    kept = {"approved_before_start": before, "policy_followed": followed}
    assert _assess(settings, amount=_usd("300000"), **kept).departure is departure
    assert _assess(settings, amount=_usd("1000"), **kept).departure is Verdict.NO


@pytest.mark.parametrize(
    ("begins", "before", "step"),
    [
        (None, None, Step.APPROVAL),
        (None, False, Step.RATIFICATION),
        (date(2027, 2, 19), None, Step.APPROVAL),
        (date(2027, 2, 19), False, Step.APPROVAL),
        (date(2027, 2, 18), False, Step.RATIFICATION),
        (date(2027, 2, 18), None, Step.OPEN),
        (date(2027, 2, 18), True, Step.NONE),
    ],
)
def test_what_began_without_approval_can_only_be_ratified(
    settings: Settings, begins: date | None, before: bool | None, step: Step
) -> None:
    found = _assess(settings, amount=_usd("300000"), begins_on=begins, approved_before_start=before)
    assert found.step is step


def test_a_small_dealing_still_goes_to_the_committee(settings: Settings) -> None:
    found = _assess(settings, amount=_usd("5.00"))
    assert (found.applies, found.step) == (True, Step.APPROVAL)


# --- for any facts ------------------------------------------------------------------------

amounts = st.integers(0, 40_000_000).map(lambda cents: Amount(Decimal(cents).scaleb(-2)))
paid = st.builds(
    Payment,
    on=st.dates(date(2024, 1, 1), date(2029, 1, 1)),
    amount=amounts,
    kind=st.sampled_from(PaymentKind),
)
transactions = st.builds(
    Transaction,
    amount=st.none() | amounts,
    payments_made=st.lists(paid, max_size=3).map(tuple),
    payments_due=st.lists(paid, max_size=3).map(tuple),
    largest_principal=st.none() | amounts,
    interest_payable=st.none() | amounts,
    series=st.lists(amounts, max_size=2).map(tuple),
    exceptions=st.lists(st.sampled_from(ExceptionCode), max_size=3).map(tuple),
    competitive_bids=st.booleans(),
    approved_before_start=st.none() | st.booleans(),
)


@given(transactions, amounts)
def test_a_further_dealing_of_a_series_never_makes_disclosure_lapse(
    settings: Settings, transaction: Transaction, more: Amount
) -> None:
    before = related.assess(transaction, (), settings, LFY, ON)
    longer = msgspec.structs.replace(transaction, series=(*transaction.series, more))
    after = related.assess(longer, (), settings, LFY, ON)
    assert (after.amount.minor or 0) >= (before.amount.minor or 0)
    if before.disclose is Verdict.YES:
        assert after.disclose is Verdict.YES


@given(transactions)
def test_every_answer_explains_itself_in_sentences(
    settings: Settings, transaction: Transaction
) -> None:
    found = related.assess(transaction, (), settings, LFY, ON)
    assert all(sentence.endswith((".", ")")) for sentence in found.sentences)
    assert len(found.claims) == len(set(transaction.exceptions))
    yes = found.over is Verdict.YES and all(c.verdict is Verdict.NO for c in found.claims)
    assert (found.disclose is Verdict.YES) == yes
