"""Amounts of facts as exact minor units, and the refusal of amounts that cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.money import LARGEST, Money
from candor.policy import sums
from candor.policy.facts import Amount
from candor.policy.sums import AmountFault


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("210000.00", "USD", 21_000_000),
        ("210000", "USD", 21_000_000),
        ("2.1E+5", "USD", 21_000_000),
        ("-0.01", "USD", -1),
        ("0", "USD", 0),
        ("5000", "JPY", 5000),
        ("1.234", "KWD", 1234),
    ],
)
def test_amounts_become_the_currencys_smallest_units(
    amount: str, currency: str, minor: int
) -> None:
    assert sums.money(Amount(Decimal(amount), currency)) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("12.345", "USD", "USD 12.345 has 3 decimals and USD has 2"),
        ("12.500", "USD", "has 3 decimals"),
        ("100.00", "JPY", "JPY has 0"),
        ("1", "usd", "not a currency"),
        ("1", "XYZ", "not a currency"),
        ("NaN", "USD", "not an amount"),
        ("-Infinity", "USD", "not an amount"),
        ("1E+999999999", "USD", "larger than any amount"),
        ("90071992547409.92", "USD", "larger than any amount"),
        ("1E-999999999", "USD", "decimals"),
    ],
)
def test_amounts_that_cannot_be_are_refused_in_a_sentence(
    amount: str, currency: str, said: str
) -> None:
    with pytest.raises(AmountFault, match=said) as refused:
        sums.money(Amount(Decimal(amount), currency))
    assert refused.value.hint


@given(st.integers(-LARGEST, LARGEST))
def test_no_cent_is_lost_on_the_way(cents: int) -> None:
    assert sums.minor_units(Decimal(cents).scaleb(-2), "USD") == cents


def test_amounts_of_another_currency_are_never_added_up() -> None:
    assert sums.total([Money(5, "USD"), Money(6, "USD")]) == 11
    assert sums.total([Money(5, "USD"), Money(6, "EUR")]) is None
    assert sums.total([]) == 0


def test_sums_are_printed_with_their_currency() -> None:
    assert sums.words(Money(21_000_000, "USD")) == "USD 210,000.00"
    assert sums.words(Money(5000, "JPY")) == "JPY 5,000"
    assert sums.dollars(1382) == "USD 13.82"


def test_a_packs_sum_is_read_exactly() -> None:
    assert sums.stated(120000) == Money(12_000_000, "USD")
    assert sums.stated("13.82") == Money(1382, "USD")
    assert sums.stated("35", "JPY") == Money(35, "JPY")


@pytest.mark.parametrize("value", ["", " 5", "-5", -5, "1e3", True, "1,000", "5.", "٣"])
def test_a_packs_sum_that_is_no_plain_number_is_refused(value: int | str) -> None:
    with pytest.raises(AmountFault, match="not an amount"):
        sums.stated(value)
