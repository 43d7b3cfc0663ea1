"""Tests A to G of Nasdaq Rule 5605(a)(2), computed from one director's dated facts.

Each test says what these facts say, with its rule and its numbers. Nobody is ever found to be
free of every tie: that is for the Board to determine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from candor.intervals import add_months, add_years
from candor.policy import business_dealings, families
from candor.policy.facts import Employment, Independence, Payment, Relative
from candor.policy.independence import Finding
from candor.policy.line import Line, worst
from candor.policy.settings import Settings
from candor.policy.sums import USD, dollars, money

NO_BAR = "No bright-line bar was found on these answers; the Board must determine."

_NOT_PAY = frozenset(
    {
        "board_fee",
        "committee_fee",
        "family_employee_salary",
        "pension",
        "non_discretionary",
        "interest",
        "principal",
    }
)
"""Payments that test B leaves out: board and committee fees, pay of a relative who is no executive
officer, pensions and pay without discretion; and what a debt returns, which is no pay."""


@dataclass(frozen=True)
class BrightLines:
    """Tests A to G in order, and what may be said of them together."""

    tests: tuple[Line, ...]
    conclusion: str


@dataclass(frozen=True)
class _Ground:
    """What the tests of one director stand on. ``start``: the look-back's first day."""

    facts: Independence
    on: date
    start: date
    relatives: tuple[Relative, ...]
    settings: Settings


def assess(
    facts: Independence, on: date, settings: Settings, relatives: tuple[Relative, ...] = ()
) -> BrightLines:
    """Tests A to G on the day of determination, or on ``on`` where the facts name none.

    ``relatives``: the director's map, which tells whose home is shared. Raises AmountFault.
    """
    day = facts.determined_on or on
    start = add_years(day, -settings.independence_lookback_years)
    ground = _Ground(facts, day, start, relatives, settings)
    lines = (
        _employed(ground),
        _compensated(ground),
        _officer_in_family(ground),
        business_dealings.assess(facts, day, settings, relatives),
        _interlock(facts),
        _auditor(ground),
        Line("G", "Nasdaq Rule 5605(a)(2)(G)", Finding.NOT_ASKED, _INVESTMENT),
    )
    return BrightLines(lines, _conclusion(lines))


_INVESTMENT = "It applies to investment companies alone."


def _conclusion(lines: Iterable[Line]) -> str:
    met = [line.code for line in lines if line.finding is Finding.MET]
    still_open = [line.code for line in lines if line.finding is Finding.OPEN]
    if met:
        return f"A bright line is crossed: {', '.join(met)}."
    if still_open:
        return f"Open until more is known: {', '.join(still_open)}. The Board must determine."
    return NO_BAR


# --- A: employed here ---------------------------------------------------------------------


def _employed(ground: _Ground) -> Line:
    years = ground.settings.independence_lookback_years
    found = [_post(ground, post) for post in ground.facts.employments]
    said = f"No employment here within {years} years."
    return worst("A", "Nasdaq Rule 5605(a)(2)(A)", found, said)


def _post(ground: _Ground, post: Employment) -> tuple[Finding, str]:
    if post.until is not None and post.until < ground.start:
        return Finding.NO, f"The employment ended on {post.until}, before {ground.start}."
    ended = post.until is not None and post.until < ground.on
    if post.interim and post.executive_officer and ended:
        return _interim(ground, post)
    until = f"until {post.until}" if post.until else "still"
    return Finding.MET, f"Employed by the Company {until}; the look-back begins {ground.start}."


def _interim(ground: _Ground, post: Employment) -> tuple[Finding, str]:
    if post.since is None or post.until is None:
        return Finding.OPEN, "When the interim service began is missing, so its length is open."
    limit = add_months(post.since, ground.settings.interim_officer_months)
    if post.until + timedelta(days=1) < limit:
        return (
            Finding.NO,
            (
                f"Interim service from {post.since} to {post.until} was shorter than a year and "
                "has ended; the Board still weighs the pay for it (IM-5605)."
            ),
        )
    return Finding.MET, f"Interim service from {post.since} to {post.until} lasted a year or more."


# --- B: compensation ----------------------------------------------------------------------


def rolling_most(
    payments: Iterable[tuple[date, int]], first: date, last: date, months: int
) -> tuple[int, date | None]:
    """The most that any such window of consecutive months held, and the day it began.

    ``payments``: days and minor units, of which those from ``first`` to ``last`` count. A window
    runs from a payment's day to the day before it comes round, so calendar years hide nothing.
    """
    inside = sorted(paid for paid in payments if first <= paid[0] <= last)
    most, began, running, tail = 0, None, 0, 0
    for day, amount in inside:
        running += amount
        while add_months(inside[tail][0], months) <= day:
            running -= inside[tail][1]
            tail += 1
        if running > most:
            most, began = running, inside[tail][0]
    return most, began


def _compensated(ground: _Ground) -> Line:
    paid: dict[str, list[Payment]] = {}
    for payment in ground.facts.payments:
        if payment.kind not in _NOT_PAY:
            paid.setdefault(payment.to.strip().casefold(), []).append(payment)
    limit = ground.settings.independence_compensation.minor
    found = [_paid_to(ground, payments, limit) for payments in paid.values()]
    said = f"No pay over {dollars(limit)} within any {_window(ground)}."
    return worst("B", "Nasdaq Rule 5605(a)(2)(B)", found, said)


def _window(ground: _Ground) -> str:
    return f"{ground.settings.independence_window_months} consecutive months"


def _paid_to(ground: _Ground, payments: list[Payment], limit: int) -> tuple[Finding, str]:
    """One person's pay: each person's is added up alone."""
    to = payments[0].to.strip() or "the director"
    sums = [(payment.on, money(payment.amount)) for payment in payments]
    in_usd = [(day, paid.minor) for day, paid in sums if paid.currency == USD]
    months = ground.settings.independence_window_months
    most, began = rolling_most(in_usd, ground.start, ground.on, months)
    numbers = f"{dollars(most)} in the {_window(ground)} from {began} (limit {dollars(limit)})"
    if most > limit:
        return Finding.MET, f"Paid to {to}: {numbers}."
    if len(in_usd) < len(sums):
        return Finding.OPEN, f"Pay to {to} in another currency is to be stated in {USD}."
    later, when = rolling_most(in_usd, ground.start, date.max, months)
    if later > limit:
        return (
            Finding.OPEN,
            (
                f"With payments still to come, {to} reaches {dollars(later)} in the "
                f"{_window(ground)} from {when} (limit {dollars(limit)})."
            ),
        )
    return Finding.NO, f"Paid to {to}: at most {numbers}."


# --- C, E, F ------------------------------------------------------------------------------


def _officer_in_family(ground: _Ground) -> Line:
    years = ground.settings.independence_lookback_years
    said = f"No Family Member was an Executive Officer here within {years} years."
    found = list(_family_posts(ground))
    return worst("C", "Nasdaq Rule 5605(a)(2)(C)", found, said)


def _family_posts(ground: _Ground) -> Iterator[tuple[Finding, str]]:
    for post in ground.facts.family_executive_officer:
        family = families.nasdaq_relation(post.who, ground.relatives)
        who = families.named(post.who).capitalize()
        if post.until is not None and post.until < ground.start:
            yield Finding.NO, f"{who}: the post ended on {post.until}, before {ground.start}."
        elif family is None:
            yield Finding.OPEN, f"{who}: whether the home is shared is missing."
        elif family:
            until = f"until {post.until}" if post.until else "still"
            yield Finding.MET, f"{who}: an Executive Officer here {until}."
        else:
            yield Finding.NO, f"{who}: no Family Member for Nasdaq, as the home is not shared."


def _interlock(facts: Independence) -> Line:
    met = facts.compensation_committee_interlock
    said = (
        "An executive officer of the Company sat, within three years, on the compensation "
        "committee of an entity where the director or a Family Member is an executive officer."
        if met
        else "No compensation committee interlock within three years."
    )
    finding = Finding.MET if met else Finding.NO
    return Line("E", "Nasdaq Rule 5605(a)(2)(E)", finding, said)


def _auditor(ground: _Ground) -> Line:
    worked = ground.facts.auditor_worked_on_audit_until
    found = []
    if ground.facts.auditor_partner_now:
        found.append((Finding.MET, "A current partner of the Company's auditor."))
    if worked is not None and worked >= ground.start:
        found.append(
            (Finding.MET, f"Worked on the Company's audit until {worked}, after {ground.start}.")
        )
    elif worked is not None:
        found.append((Finding.NO, f"Worked on the audit until {worked}, before {ground.start}."))
    return worst("F", "Nasdaq Rule 5605(a)(2)(F)", found, "No tie to the Company's auditor.")
