"""Test D of Nasdaq Rule 5605(a)(2): business with an organisation in which somebody leads.

The payments of one organisation, fiscal year and direction are added up and held against the
larger of 5 % of the recipient's revenue of that year and $200,000, strictly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from candor.policy import families
from candor.policy.facts import Business, Independence, Relative
from candor.policy.independence import Finding
from candor.policy.line import Line, worst
from candor.policy.settings import Settings
from candor.policy.sums import USD, dollars, money, total

RULE = "Nasdaq Rule 5605(a)(2)(D)"
LEFT = "Nasdaq FAQ 138"
_LEADS = frozenset({"partner", "controlling_shareholder", "executive_officer"})
_LEFT_OUT: Mapping[str, str] = {
    "securities_only": "paid solely from investments in the Company's securities",
    "charitable_matching": "paid under a charitable matching programme without discretion",
}


@dataclass(frozen=True)
class Limit:
    """The sum that may be reached and not passed, in cents of USD, and how it came about."""

    minor: int
    words: str


def limit(recipient_revenue: int, settings: Settings) -> Limit:
    """The larger of 5 % of the recipient's revenue and $200,000; both in cents of USD.

    Fractions of a cent fall away: a sum of whole cents is over the limit exactly if it is over
    what is left.
    """
    share = recipient_revenue * settings.d_test_percent // 100
    floor = settings.d_test_floor.minor
    percent = f"{settings.d_test_percent}% of {dollars(recipient_revenue)}"
    if share > floor:
        return Limit(share, f"{dollars(share)}, {percent}")
    return Limit(floor, f"{dollars(floor)}, as {percent} is no more")


def assess(
    facts: Independence, on: date, settings: Settings, relatives: tuple[Relative, ...] = ()
) -> Line:
    """Test D over this fiscal year and the three before it. Raises AmountFault."""
    found = list(_rows(facts, on, settings, relatives))
    said = "No business with an organisation in which the director or a Family Member leads."
    return worst("D", RULE, found, said)


def _rows(
    facts: Independence, on: date, settings: Settings, relatives: tuple[Relative, ...]
) -> Iterator[tuple[Finding, str]]:
    current = facts.fiscal_year_end.year + 1 if facts.fiscal_year_end else on.year
    years = range(current - settings.independence_lookback_years, current + 1)
    groups: dict[tuple[str, int, str], list[Business]] = {}
    for row in facts.businesses:
        why = _passed_over(row, years, on, relatives)
        if why:
            yield Finding.NO, why
        else:
            key = (row.organisation.strip().casefold(), row.fiscal_year, row.direction)
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        yield _over(rows, settings, relatives)


def _passed_over(row: Business, years: range, on: date, relatives: Iterable[Relative]) -> str:
    """Why a row does not count, or "" where it does."""
    name = f"{row.organisation}, fiscal year {row.fiscal_year}"
    if row.fiscal_year not in years:
        return f"{name}: outside the years {years[0]} to {years[-1]}."
    if row.position not in _LEADS:
        return f"{name}: neither partner, controlling shareholder nor executive officer there."
    if row.left_on is not None and row.left_on <= on:
        return f"{name}: the person left on {row.left_on}, so the test no longer applies ({LEFT})."
    if row.excluded in _LEFT_OUT:
        return f"{name}: {_LEFT_OUT[row.excluded]}."
    if row.who != "self" and families.nasdaq_relation(row.who, relatives) is False:
        return f"{name}: {families.named(row.who)} is no Family Member, as no home is shared."
    return ""


def _over(
    rows: list[Business], settings: Settings, relatives: Iterable[Relative]
) -> tuple[Finding, str]:
    """One organisation, year and direction. Of differing revenues the smallest counts, so that
    an error shows rather than hides."""
    name = f"{rows[0].organisation}, fiscal year {rows[0].fiscal_year}"
    paid = total(money(row.amount) for row in rows)
    if paid is None:
        return Finding.OPEN, f"{name}: the payments are to be stated in {USD}."
    if paid <= settings.d_test_floor.minor:
        floor = dollars(settings.d_test_floor.minor)
        return Finding.NO, f"{name}: {dollars(paid)} is not over {floor}."
    stated = [money(row.recipient_revenue) for row in rows if row.recipient_revenue is not None]
    revenues = [one.minor for one in stated if one.currency == USD]
    if not revenues or len(revenues) < len(stated):
        return (
            Finding.OPEN,
            (
                f"{name}: {dollars(paid)} is over the floor, and the recipient's revenue "
                f"in {USD} is missing."
            ),
        )
    most = limit(min(revenues), settings)
    if paid <= most.minor:
        return Finding.NO, f"{name}: {dollars(paid)} is not over {most.words}."
    if all(_may_be_family(row, relatives) for row in rows):
        return (
            Finding.OPEN,
            (
                f"{name}: {dollars(paid)} is over {most.words}; whether the home of the "
                f"{families.named(rows[0].who)} is shared is missing."
            ),
        )
    return Finding.MET, f"{name}: {dollars(paid)} is over {most.words}."


def _may_be_family(row: Business, relatives: Iterable[Relative]) -> bool:
    return row.who != "self" and families.nasdaq_relation(row.who, relatives) is None
