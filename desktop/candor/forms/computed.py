"""Computed checks over an answer's rows, named in flag expressions (forms/README.md).

Each is a pure function of `Ground` and its arguments, total on any rows: what is missing is left
out. Rules and their sources: rolling compensation test, Nasdaq 5605(a)(2)(B); payments test,
5605(a)(2)(D); occupations, Reg. S-K Item 401(e)(1); ownership, Rule 13d-3 against Forms 4.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from candor.forms.values import MISSING, Row, Term, Type, in_minor, is_number, plus, total
from candor.intervals import add_months, add_years, uncovered, whole_months
from candor.money import Money

LOOK_BACK_YEARS = 3
"""Nasdaq 5605(a)(2): three years, or the current and three past fiscal years."""


@dataclass(frozen=True)
class Ground:
    """What a computed check stands on."""

    rows: tuple[Row, ...]
    fact_rows: tuple[Row, ...] | None
    """The company's own rows for this question; None where it supplied none."""
    same_as_fact: bool | None
    """Whether value and rows are what the company supplied; None where it supplied nothing."""
    determination_date: date
    fiscal_year_end: date
    settings: Mapping[str, Term]


@dataclass(frozen=True)
class Computed:
    """One named check: the types of its parameters (column ids or a number), and its result.

    ``columns`` lists the types that each leading text argument's column may have; ``numbers``
    counts the number arguments after them; ``optional`` lists columns that may follow.
    """

    run: Callable[..., Term]
    columns: tuple[frozenset[Type], ...]
    numbers: int = 0
    optional: tuple[frozenset[Type], ...] = ()
    may_be_bare: bool = False
    result: Type = Type.YES_NO
    settings: tuple[str, ...] = ()


def _over(amount: Term, limit: Term) -> bool:
    """amount > limit, strictly; a plain limit means whole units of the amount's currency."""
    if isinstance(amount, Money):
        most = in_minor(limit, amount.currency)
        return most is not None and amount.minor > most
    if not is_number(amount) or not is_number(limit):
        return False
    return amount > limit


def _grouped(rows: tuple[Row, ...], *keys: str) -> dict[tuple[Term, ...], list[Row]]:
    groups: dict[tuple[Term, ...], list[Row]] = defaultdict(list)
    for row in rows:
        named = (row.get(key, MISSING) for key in keys)
        groups[tuple(n.casefold().strip() if isinstance(n, str) else n for n in named)].append(row)
    return groups


def rolling_12_months_over(
    ground: Ground, day: str, amount: str, limit: Term, payee: str = ""
) -> bool:
    """Whether payments in some 12 consecutive months add up to more than ``limit``.

    Counts payments dated on or after three years before the determination date, those still to
    come included. Windows run from a payment's day to the day before its anniversary, so calendar
    years do not hide a sum. With ``payee`` each payee is added up alone.
    """
    start = add_years(ground.determination_date, -LOOK_BACK_YEARS)
    groups = _grouped(ground.rows, payee) if payee else {(): list(ground.rows)}
    return any(_window_over(rows, day, amount, limit, start) for rows in groups.values())


def _window_over(rows: list[Row], day: str, amount: str, limit: Term, start: date) -> bool:
    """One pass over payments by date, so that thousands of rows cannot make anybody wait."""
    paid = [(when, row[amount]) for row in rows if isinstance(when := row[day], date)]
    recent = sorted((p for p in paid if p[0] >= start), key=lambda p: p[0])
    inside: deque[tuple[date, Term]] = deque()
    running: dict[str, Term] = defaultdict(int)
    for when, what in recent:
        while inside and add_months(inside[0][0], 12) <= when:
            gone = inside.popleft()[1]
            running[_unit(gone)] = plus(running[_unit(gone)], gone, -1)
        inside.append((when, what))
        running[_unit(what)] = plus(running[_unit(what)], what)
        if _over(running[_unit(what)], limit):
            return True
    return False


def _unit(amount: Term) -> str:
    """What an amount can be added to: its currency, or nothing for plain numbers."""
    return amount.currency if isinstance(amount, Money) else ""


def d_test_over(ground: Ground, *columns: str) -> bool:
    """Whether payments with an organisation break the (D) limit in a fiscal year that counts.

    Columns: organisation, fiscal year, direction, amount, recipient's revenue, still in the role.
    Per organisation, fiscal year and direction: the sum is over the greater of the floor
    ($200,000) and 5 % of the recipient's revenue for that year, and somebody is still in the
    role (who has left the organisation is no longer within (D)). Where rows of one group give
    different revenues the smallest counts, so that an error shows rather than hides.
    """
    amount, revenue = columns[3:5]
    return any(
        _d_limit_broken(ground, rows, amount, revenue) for rows in _d_groups(ground, columns)
    )


def d_test_open(ground: Ground, *columns: str) -> bool:
    """Whether a sum is over the (D) floor while the recipient's revenue is not given."""
    amount, revenue = columns[3:5]
    floor = ground.settings.get("d_test_floor", MISSING)
    return any(
        _over(total([row[amount] for row in rows]), floor)
        and all(row[revenue] is MISSING for row in rows)
        for rows in _d_groups(ground, columns)
    )


def _d_groups(ground: Ground, columns: tuple[str, ...]) -> tuple[list[Row], ...]:
    """Rows by organisation, year and direction: this fiscal year and three back, still in role."""
    org, year, direction, _amount, _revenue, still = columns
    latest = ground.fiscal_year_end.year + 1
    return tuple(
        rows
        for (_, fiscal_year, _), rows in _grouped(ground.rows, org, year, direction).items()
        if is_number(fiscal_year)
        and latest - LOOK_BACK_YEARS <= fiscal_year <= latest
        and any(row[still] is True for row in rows)
    )


def _d_limit_broken(ground: Ground, rows: list[Row], amount: str, revenue: str) -> bool:
    paid = total([row[amount] for row in rows])
    percent = ground.settings.get("d_test_percent", MISSING)
    if not isinstance(paid, Money) or not is_number(percent):
        return False
    known = [m for row in rows if (m := in_minor(row[revenue], paid.currency)) is not None]
    floor = ground.settings.get("d_test_floor", MISSING)
    return bool(known) and paid.minor * 100 > min(known) * percent and _over(paid, floor)


def current_rows(ground: Ground, end: str) -> int:
    """How many rows have no end date, or one that is not before the determination date."""
    ends = [row[end] for row in ground.rows]
    return sum(not isinstance(e, date) or e >= ground.determination_date for e in ends)


def gap_over(ground: Ground, start: str, end: str, months: Term, years: Term) -> bool:
    """Whether a stretch longer than ``months`` within the last ``years`` years has no row.

    A row without an end date runs on. Without any dated row there is nothing to measure.
    """
    if not isinstance(months, int) or not isinstance(years, int):
        return False
    today = ground.determination_date
    spans = [
        (first, last if isinstance(last := row[end], date) else today)
        for row in ground.rows
        if isinstance(first := row[start], date)
    ]
    gaps = uncovered(spans, add_years(today, -years), today) if spans else ()
    return any(_longer(first, last, months) for first, last in gaps)


def _longer(first: date, last: date, months: int) -> bool:
    whole = whole_months(first, last)
    return whole > months or (whole == months and add_months(first, months) < last)


def differs_from_fact(ground: Ground, column: str = "") -> bool:
    """Whether the answer is not what the company supplied, or a column's total is not."""
    if not column:
        return ground.same_as_fact is False
    if ground.fact_rows is None:
        return False
    mine = total([row[column] for row in ground.rows])
    return mine != total([row[column] for row in ground.fact_rows])


_DATE = frozenset({Type.DATE})
_MONEY = frozenset({Type.MONEY})
_AMOUNT = frozenset({Type.MONEY, Type.NUMBER})
_TEXT = frozenset({Type.TEXT})
_D_TEST = (_TEXT, frozenset({Type.NUMBER}), _TEXT, _MONEY, _MONEY, frozenset({Type.YES_NO}))
_D_SETTINGS = ("d_test_floor", "d_test_percent")

FUNCTIONS: Mapping[str, Computed] = {
    "rolling_12_months_over": Computed(rolling_12_months_over, (_DATE, _AMOUNT), 1, (_TEXT,)),
    "d_test_over": Computed(d_test_over, _D_TEST, settings=_D_SETTINGS),
    "d_test_open": Computed(d_test_open, _D_TEST, settings=_D_SETTINGS),
    "current_rows": Computed(current_rows, (_DATE,), result=Type.NUMBER),
    "gap_over": Computed(gap_over, (_DATE, _DATE), 2),
    "differs_from_fact": Computed(differs_from_fact, (_AMOUNT,), may_be_bare=True),
}
"""Every computed check by the name that expressions use."""
