"""Computed checks: the look-back rules on their exact limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor import intervals
from candor.forms import computed
from candor.forms.answers import Answer, Context, Filer
from candor.forms.definition import Form
from candor.forms.flags import flags
from candor.money import Money

COLUMNS = """
columns = [
  { id = "payee", label.en = "Payee", kind = "short_text", required = false },
  { id = "date", label.en = "Date", kind = "date", required = false },
  { id = "amount", label.en = "Amount", kind = "money", required = false },
  { id = "from", label.en = "From", kind = "date", required = false },
  { id = "to", label.en = "To", kind = "date", required = false },
  { id = "year", label.en = "Fiscal year", kind = "number", required = false, grouped = false },
  { id = "way", label.en = "Direction", kind = "short_text", required = false },
  { id = "revenue", label.en = "Revenue", kind = "money", required = false },
  { id = "still", label.en = "Still", kind = "yes_no", required = false },
  { id = "shares", label.en = "Shares", kind = "number", required = false },
]
"""
Rows = list[dict[str, Any]]


@pytest.fixture
def flagged(one_question: Callable[[str], Form]) -> Callable[..., bool]:
    """Whether a table's rows are flagged by an expression, on Fri 22 Jan 2027, FY 2026."""

    def check(when: str, rows: Rows, fact: Any = None) -> bool:
        form = one_question(
            '[[question]]\nid = "1.01"\nsection = "people"\nkind = "table"\ntext.en = "?"\n'
            f'{COLUMNS}[[question.flag]]\nwhen = "{when}"\nseverity = "high"\nkinds = ["IND"]\n'
            'text.en = "x"\n'
        )
        facts = {} if fact is None else {"1.01": fact}
        context = Context(Filer(("director",)), "2027-01-22", "2026-12-31", facts=facts)
        return bool(flags(form, context, {"1.01": Answer("1.01", rows)}))

    return check


def usd(whole: float) -> dict[str, Any]:
    return {"minor": round(whole * 100), "currency": "USD"}


def paid(day: str, whole: float, payee: str = "Bo") -> dict[str, Any]:
    return {"date": day, "amount": usd(whole), "payee": payee}


ROLLING = "rolling_12_months_over('date', 'amount', setting.rpt_threshold)"


def test_payments_within_twelve_months_count_across_calendar_years(
    flagged: Callable[..., bool],
) -> None:
    rows = [paid("2025-07-01", 60_000), paid("2026-06-30", 60_000.01)]
    assert flagged(ROLLING, rows)


def test_payment_on_the_anniversary_opens_a_new_twelve_months(
    flagged: Callable[..., bool],
) -> None:
    assert not flagged(ROLLING, [paid("2025-07-01", 120_000), paid("2026-07-01", 120_000)])


def test_exactly_the_limit_is_not_over_it(flagged: Callable[..., bool]) -> None:
    assert not flagged(ROLLING, [paid("2026-01-01", 70_000), paid("2026-02-01", 50_000)])


def test_payments_before_the_three_years_do_not_count(flagged: Callable[..., bool]) -> None:
    assert not flagged(ROLLING, [paid("2024-01-21", 500_000)])
    assert flagged(ROLLING, [paid("2024-01-22", 500_000)])


def test_with_a_payee_each_is_added_up_alone(flagged: Callable[..., bool]) -> None:
    rows = [paid("2026-01-01", 70_000, "Bo"), paid("2026-02-01", 70_000, "Cy")]
    each = "rolling_12_months_over('date', 'amount', setting.rpt_threshold, 'payee')"
    assert flagged(ROLLING, rows)
    assert not flagged(each, rows)
    assert flagged(each, [*rows, paid("2026-03-01", 51_000, "  bo ")])


@given(
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 900)), max_size=8), st.integers(1, 2000)
)
def test_sliding_sum_agrees_with_trying_every_window(
    payments: list[tuple[int, int]], limit: int
) -> None:
    first = date(2024, 1, 22)
    dated = [(intervals.add_days(first, day), whole) for day, whole in payments]
    ground = computed.Ground(
        rows=tuple({"date": d, "amount": Money(w * 100, "USD")} for d, w in dated),
        fact_rows=None,
        same_as_fact=None,
        determination_date=date(2027, 1, 22),
        fiscal_year_end=date(2026, 12, 31),
        settings={},
    )
    tried = any(
        sum(w for d, w in dated if start <= d < intervals.add_months(start, 12)) > limit
        for start, _ in dated
    )
    assert computed.rolling_12_months_over(ground, "date", "amount", limit) is tried


D_TEST = "d_test_over('payee', 'year', 'way', 'amount', 'revenue', 'still')"
D_OPEN = "d_test_open('payee', 'year', 'way', 'amount', 'revenue', 'still')"


def deal(amount: float, revenue: float | None, **other: Any) -> dict[str, Any]:
    row = {"payee": "Vendor", "year": 2025, "way": "out", "amount": usd(amount), "still": True}
    return row | ({} if revenue is None else {"revenue": usd(revenue)}) | other


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([deal(210_000, 3_000_000)], True),
        ([deal(210_000, 10_000_000)], False),
        ([deal(200_000, 3_000_000)], False),
        ([deal(200_000.01, 3_000_000)], True),
        ([deal(500_000, 10_000_000)], False),
        ([deal(500_000.01, 10_000_000)], True),
        ([deal(210_000, 3_000_000, still=False)], False),
        ([deal(110_000, 3_000_000), deal(100_000, 3_000_000)], True),
        ([deal(110_000, 3_000_000), deal(100_000, 3_000_000, year=2026)], False),
        ([deal(110_000, 3_000_000), deal(100_000, 3_000_000, way="in")], False),
        ([deal(210_000, 3_000_000, year=2023)], False),
        ([deal(210_000, 3_000_000, year=2024)], True),
        ([deal(210_000, 3_000_000, year=2027)], True),
        ([deal(210_000, 3_000_000, year=2028)], False),
        ([deal(210_000, None)], False),
        ([], False),
    ],
)
def test_payments_test_of_the_d_bright_line(
    flagged: Callable[..., bool], rows: Rows, expected: bool
) -> None:
    assert flagged(D_TEST, rows) is expected


def test_payments_over_the_floor_without_the_revenue_are_open(
    flagged: Callable[..., bool],
) -> None:
    assert flagged(D_OPEN, [deal(210_000, None)])
    assert not flagged(D_OPEN, [deal(200_000, None)])
    assert not flagged(D_OPEN, [deal(210_000, 3_000_000)])


def test_boards_are_counted_while_their_end_has_not_passed(flagged: Callable[..., bool]) -> None:
    rows: Rows = [{}, {"to": "2027-01-22"}, {"to": "2027-01-21"}, {"to": "2028-01-01"}]
    assert flagged("current_rows('to') == 3", rows)


def job(start: str, end: str = "") -> dict[str, Any]:
    return {"from": start} | ({"to": end} if end else {})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([job("2000-01-01")], False),
        ([job("2000-01-01", "2024-06-30"), job("2024-10-01")], False),
        ([job("2000-01-01", "2024-06-30"), job("2024-10-03")], True),
        ([job("2022-02-01")], False),
        ([job("2023-01-01")], True),
        ([job("2000-01-01", "2026-06-30")], True),
        ([job("2000-01-01", "2025-01-01"), job("2024-01-01", "2024-06-01")], True),
        ([job("2024-10-01"), job("2000-01-01", "2024-06-30")], False),
        ([job("2000-01-01", "2010-01-01")], True),
        ([{}], False),
        ([], False),
    ],
)
def test_gap_in_occupations_longer_than_three_months(
    flagged: Callable[..., bool], rows: Rows, expected: bool
) -> None:
    assert flagged("gap_over('from', 'to', 3, 5)", rows) is expected


def test_ownership_differs_from_the_total_on_file(flagged: Callable[..., bool]) -> None:
    fact = [{"shares": 12_000}, {"shares": 800}]
    assert not flagged("differs_from_fact('shares')", [{"shares": 12_800}], fact)
    assert flagged("differs_from_fact('shares')", [{"shares": 12_801}], fact)
    assert not flagged("differs_from_fact('shares')", [{"shares": 1}])


def test_rows_in_another_order_are_what_is_on_file(flagged: Callable[..., bool]) -> None:
    fact = [{"shares": 1}, {"shares": 2}]
    assert not flagged("differs_from_fact()", [{"shares": 2}, {"shares": 1}], fact)
    assert flagged("differs_from_fact()", [{"shares": 1}, {"shares": 1}], fact)
    assert not flagged("differs_from_fact()", [{"shares": 9}])


def test_benefits_reach_the_limit_at_ten_thousand(flagged: Callable[..., bool]) -> None:
    assert flagged("sum(row.amount) >= 10000", [{"amount": usd(9_999.99)}, {"amount": usd(0.01)}])
    assert not flagged("sum(row.amount) >= 10000", [{"amount": usd(9_999.99)}])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 3, 15), -3, date(2023, 12, 15)),
        (date(1, 1, 1), -1, date.min),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_added_within_the_calendar(day: date, months: int, expected: date) -> None:
    assert intervals.add_months(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_whole_months_undo_adding_months(day: date, months: int) -> None:
    later = intervals.add_months(day, months)
    assert intervals.whole_months(day, later) == months
    assert intervals.whole_months(later, day) == -months


@pytest.mark.parametrize(
    ("year_end", "back", "expected"),
    [
        (date(2026, 12, 31), 0, date(2026, 1, 1)),
        (date(2026, 12, 31), 2, date(2024, 1, 1)),
        (date(2029, 2, 28), 0, date(2028, 3, 1)),
        (date(2028, 2, 29), 0, date(2027, 3, 1)),
        (date(2026, 9, 27), 0, date(2025, 9, 28)),
    ],
)
def test_fiscal_year_begins_after_the_one_before_ended(
    year_end: date, back: int, expected: date
) -> None:
    assert intervals.fiscal_year_start(year_end, back) == expected


_SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: (min(p), max(p))), max_size=6
)


@given(_SPANS)
def test_gaps_are_exactly_the_days_that_no_span_covers(spans: list[tuple[int, int]]) -> None:
    origin = date(2026, 1, 1)

    def day(number: int) -> date:
        return intervals.add_days(origin, number)

    gaps = intervals.uncovered([(day(a), day(b)) for a, b in spans], day(0), day(50))
    covered = {n for a, b in spans for n in range(a, b + 1)}
    inside = {n for n in range(51) for a, b in gaps if a <= day(n) <= b}
    assert inside == set(range(51)) - covered
