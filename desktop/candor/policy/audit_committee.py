"""Who may sit on the Audit Committee: Exchange Act Rule 10A-3 and Nasdaq Rule 5605(c).

There is no smallest sum and no look-back: any fee counts, and only ties of today do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from candor.intervals import add_years
from candor.policy.facts import Fee, Independence
from candor.policy.independence import Finding
from candor.policy.line import Line, worst
from candor.policy.settings import Settings
from candor.policy.sums import money, words

_OWN = {
    "self": "the director",
    "spouse": "the spouse",
    "minor_child": "a minor child",
    "household_child": "a child who shares the home",
}
"""Whose fees count as the member's own (Rule 10A-3(e)(8))."""
_FREE = frozenset({"board_or_committee", "fixed_retirement"})
_ADVISORY = frozenset(
    {"accounting", "consulting", "legal", "investment_banking", "financial_advisory"}
)
_LEADING = frozenset({"partner", "member", "managing_director", "executive_officer"})


@dataclass(frozen=True)
class AuditCommittee:
    """The three tests of one member or candidate."""

    tests: tuple[Line, ...]

    @property
    def finding(self) -> Finding:
        """The worst of the three."""
        return worst("10A-3", "", [(test.finding, "") for test in self.tests], "").finding


@dataclass(frozen=True)
class Cure:
    """Until when a committee may go on without what it lost. ``reason`` shows the two dates."""

    until: date
    notify: str
    reason: str
    rule: str


def assess(facts: Independence, on: date, settings: Settings) -> AuditCommittee:
    """Fees and control under Rule 10A-3(b)(1), and work on the statements under 5605(c)(2)(A).

    On the day of determination, or on ``on`` where the facts name none. Raises AmountFault.
    """
    day = facts.determined_on or on
    return AuditCommittee(
        (
            worst(
                "10A-3 fees",
                "Exchange Act Rule 10A-3(b)(1)(ii)(A)",
                [_fee(fee) for fee in facts.fees],
                "No fee from the Company, direct or indirect.",
            ),
            worst(
                "10A-3 affiliate",
                "Exchange Act Rule 10A-3(b)(1)(ii)(B)",
                list(_affiliated(facts, day, settings)),
                "",
            ),
            _statements(facts, day, settings),
        )
    )


def _fee(fee: Fee) -> tuple[Finding, str]:
    sum_of = money(fee.amount)
    said = f"{words(sum_of)} for {_named(fee.service)}"
    if not sum_of.minor:
        return Finding.NO, f"{said}: nothing was accepted."
    if fee.service in _FREE:
        return Finding.NO, f"{said}: fees of a director and fixed pay for past service are free."
    if fee.received_by in _OWN:
        return Finding.MET, f"{said}, accepted by {_OWN[fee.received_by]}: any sum bars."
    if fee.received_by == "firm":
        return _firm(fee, said)
    return Finding.NO, f"{said}, accepted by a relative whose fees are not the member's own."


def _firm(fee: Fee, said: str) -> tuple[Finding, str]:
    if fee.service not in _ADVISORY:
        return Finding.NO, f"{said}, accepted by a firm: no advisory service of the rule."
    if fee.firm_position in _LEADING:
        return (
            Finding.MET,
            f"{said}, accepted by a firm in which the member is {_named(fee.firm_position)}.",
        )
    if fee.firm_position == "employee":
        return Finding.NO, f"{said}, accepted by a firm that the member works for without leading."
    return Finding.OPEN, f"{said}, accepted by a firm: the member's position there is open."


def _affiliated(facts: Independence, on: date, settings: Settings) -> Iterator[tuple[Finding, str]]:
    if facts.controls_company:
        yield Finding.MET, "Controls the Company."
    if any(post.until is None or post.until >= on for post in facts.employments):
        yield Finding.MET, "An employee or officer of the Company today."
    share, most = facts.voting_percent, settings.affiliate_percent
    if share is None:
        yield Finding.OPEN, "The share of a voting class held is missing."
    elif share > most:
        yield (
            Finding.OPEN,
            f"Holds {share}% of a voting class, outside the safe harbour of {most}%.",
        )
    else:
        yield Finding.NO, f"Holds {share}% of a voting class, within the safe harbour of {most}%."


def _statements(facts: Independence, on: date, settings: Settings) -> Line:
    years = settings.independence_lookback_years
    start = add_years(on, -years)
    until = facts.prepared_statements_until
    code, rule = "5605(c)(2)(A)(iii)", "Nasdaq Rule 5605(c)(2)(A)(iii)"
    if until is None:
        return Line(code, rule, Finding.NO, f"Prepared no financial statements in {years} years.")
    if until < start:
        return Line(
            code,
            rule,
            Finding.NO,
            f"Last prepared financial statements on {until}, before {start}.",
        )
    return Line(
        code, rule, Finding.MET, f"Prepared financial statements until {until}, after {start}."
    )


def missing_members(members: int, settings: Settings) -> int:
    """How many members the committee lacks (Nasdaq Rule 5605(c)(2)(A): at least three)."""
    return max(0, settings.audit_min_members - members)


def cure_after_loss(event: date, next_meeting: date | None, settings: Settings) -> Cure:
    """A member's tie arose outside the member's reasonable control (Nasdaq 5605(c)(4)(A)).

    Until the earlier of the next annual meeting and one year from the event.
    """
    year = add_years(event, settings.audit_cure_years)
    return Cure(
        _earlier(event, year, next_meeting),
        _AT_ONCE,
        _shown(year, next_meeting),
        "Nasdaq Rule 5605(c)(4)(A); Rule 10A-3(a)(3)",
    )


def cure_after_vacancy(event: date, next_meeting: date | None, settings: Settings) -> Cure:
    """One seat fell vacant (Nasdaq 5605(c)(4)(B)).

    As after a loss; but 180 days where the annual meeting falls within 180 days of the event.
    """
    rule = "Nasdaq Rule 5605(c)(4)(B)"
    floor = event + timedelta(days=settings.audit_cure_days)
    year = add_years(event, settings.audit_cure_years)
    if next_meeting is not None and event <= next_meeting <= floor:
        days = f"{settings.audit_cure_days} days"
        said = f"The annual meeting on {next_meeting} falls within {days}, so {days} are given."
        return Cure(floor, _AT_ONCE, said, rule)
    until = _earlier(event, year, next_meeting)
    return Cure(until, _AT_ONCE, _shown(year, next_meeting), rule)


_AT_ONCE = "Tell Nasdaq immediately."


def _earlier(event: date, year: date, next_meeting: date | None) -> date:
    """The earlier day; a meeting before the event is not the next one."""
    return year if next_meeting is None or next_meeting < event else min(year, next_meeting)


def _shown(year: date, next_meeting: date | None) -> str:
    meeting = f"on {next_meeting}" if next_meeting else "of which the day is not known"
    return f"The earlier of one year, {year}, and the next annual meeting {meeting}."


def _named(word: str) -> str:
    return word.replace("_", " ")
