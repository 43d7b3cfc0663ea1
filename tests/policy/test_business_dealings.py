"""Test D of Nasdaq Rule 5605(a)(2): business with an organisation, strict to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from candor.policy import business_dealings
from candor.policy.facts import (
    Amount,
    Business,
    BusinessPosition,
    Direction,
    Independence,
    LeftOut,
    Relation,
    Relative,
    Who,
)
from candor.policy.independence import Finding
from candor.policy.line import Line
from candor.policy.settings import Settings

ON = date(2027, 2, 18)


def _usd(text: str) -> Amount:
    return Amount(Decimal(text))


def _rows(settings: Settings, *rows: Business, relatives: tuple[Relative, ...] = ()) -> Line:
    facts = Independence(fiscal_year_end=date(2026, 12, 31), businesses=rows)
    return business_dealings.assess(facts, ON, settings, relatives)


VENDOR = Business("Vendor, Inc.", 2025, _usd("210000"), _usd("3000000"))


def _d(settings: Settings, *relatives: Relative, **changes: object) -> Line:
    return _rows(settings, msgspec.structs.replace(VENDOR, **changes), relatives=relatives)


def test_a_vendor_of_3_million_is_over_at_210_000(settings: Settings) -> None:
    line = _d(settings)
    assert line.finding is Finding.MET
    assert "USD 210,000.00 is over USD 200,000.00" in line.reason
    assert "Vendor, Inc., fiscal year 2025" in line.reason


def test_a_vendor_of_10_million_has_a_limit_of_500_000(settings: Settings) -> None:
    line = _d(settings, recipient_revenue=_usd("10000000"))
    assert line.finding is Finding.NO
    assert "USD 500,000.00, 5% of USD 10,000,000.00" in line.reason


@pytest.mark.parametrize(
    ("paid", "revenue", "finding"),
    [
        ("200000.00", "3000000", Finding.NO),
        ("200000.01", "3000000", Finding.MET),
        ("200000.00", None, Finding.NO),
        ("200000.01", None, Finding.OPEN),
        ("500000.00", "10000000", Finding.NO),
        ("500000.01", "10000000", Finding.MET),
        ("200000.01", "4000000.00", Finding.MET),
        ("200000.01", "4000000.20", Finding.NO),
        ("200000.02", "4000000.39", Finding.MET),
    ],
)
def test_the_limit_is_strict_to_the_cent(
    settings: Settings, paid: str, revenue: str | None, finding: Finding
) -> None:
    stated = _usd(revenue) if revenue else None
    assert _d(settings, amount=_usd(paid), recipient_revenue=stated).finding is finding


def test_who_left_the_organisation_is_no_longer_within_the_test(settings: Settings) -> None:
    line = _d(settings, left_on=date(2026, 12, 1))
    assert line.finding is Finding.NO
    assert "left on 2026-12-01" in line.reason
    assert "FAQ 138" in line.reason
    assert _d(settings, left_on=date(2027, 3, 1)).finding is Finding.MET


@pytest.mark.parametrize(
    ("year", "finding"),
    [
        (2022, Finding.NO),
        (2023, Finding.NO),
        (2024, Finding.MET),
        (2026, Finding.MET),
        (2027, Finding.MET),
        (2028, Finding.NO),
    ],
)
def test_the_current_fiscal_year_and_three_before_it_count(
    settings: Settings, year: int, finding: Finding
) -> None:
    assert _d(settings, fiscal_year=year).finding is finding


def test_without_a_fiscal_year_end_the_year_of_the_day_is_current(settings: Settings) -> None:
    facts = Independence(businesses=(msgspec.structs.replace(VENDOR, fiscal_year=2024),))
    assert business_dealings.assess(facts, ON, settings).finding is Finding.MET


@pytest.mark.parametrize(
    "changes",
    [
        {"position": BusinessPosition.OTHER},
        {"excluded": LeftOut.SECURITIES_ONLY},
        {"excluded": LeftOut.CHARITABLE_MATCHING},
    ],
)
def test_what_the_rule_leaves_out_is_told(settings: Settings, changes: dict[str, object]) -> None:
    line = _d(settings, **changes)
    assert line.finding is Finding.NO
    assert line.reason.startswith("Vendor, Inc., fiscal year 2025: ")


def test_rows_of_one_year_add_up_and_directions_do_not(settings: Settings) -> None:
    half = msgspec.structs.replace(VENDOR, amount=_usd("105000"))
    assert _rows(settings, half, half).finding is Finding.MET
    back = msgspec.structs.replace(half, direction=Direction.PAID_TO_COMPANY)
    assert _rows(settings, half, back).finding is Finding.NO
    other = msgspec.structs.replace(half, organisation="Another, Inc.")
    assert _rows(settings, half, other).finding is Finding.NO


def test_of_two_revenues_the_smaller_counts(settings: Settings) -> None:
    rich = msgspec.structs.replace(VENDOR, amount=_usd("1"), recipient_revenue=_usd("10000000"))
    assert _rows(settings, rich, VENDOR).finding is Finding.MET


def test_another_currency_leaves_it_open(settings: Settings) -> None:
    euro = Amount(Decimal(3_000_000), "EUR")
    assert _d(settings, recipient_revenue=euro).finding is Finding.OPEN
    assert _d(settings, amount=euro).finding is Finding.OPEN


def test_a_relatives_business_counts_where_the_relative_is_a_family_member(
    settings: Settings,
) -> None:
    assert _d(settings, who=Who.SIBLING).finding is Finding.MET
    assert _d(settings, who=Who.STEPCHILD).finding is Finding.OPEN
    apart = Relative(Relation.STEPCHILD)
    assert _d(settings, apart, who=Who.STEPCHILD).finding is Finding.NO
