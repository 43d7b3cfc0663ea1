"""Every value that a rule uses, typed; a code pack states each with its date and source.

The names are those of the pack's `[settings.*]` rows. Money is in US dollars there, written as a
whole number, or as text where cents matter ("13.82").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from candor.errors import Problems
from candor.money import Money
from candor.policy.sums import AmountFault, stated

SettingValue = int | str | bool


class SettingsFaults(Problems):
    """Settings of the code pack that are missing, or are not what a rule can use."""


class MonthDay(NamedTuple):
    """A day of every year, "MM-DD" in the pack."""

    month: int
    day: int


class OpenPaymentsYear(NamedTuple):
    """One programme year of 42 CFR 403.904(i)(2): below ``item`` a payment is left out, unless
    the recipient's year comes to more than ``total``."""

    item: Money
    total: Money


@dataclass(frozen=True)
class Settings:
    """What the rules use, by the name of the pack's row. Money is in USD, percents are whole."""

    # Related person transactions: Regulation S-K Item 404; code-map III b1
    rpt_threshold: Money
    smaller_reporting_company: bool
    src_assets_percent: int
    average_total_assets: Money | None
    rpt_ownership_percent: int
    interest_public_percent: int
    interest_value: Money
    interest_net_worth_percent: int
    # Independence: Nasdaq 5605(a)(2); audit committees: Nasdaq 5605(c), Rule 10A-3
    independence_compensation: Money
    independence_lookback_years: int
    independence_window_months: int
    interim_officer_months: int
    d_test_floor: Money
    d_test_percent: int
    audit_min_members: int
    affiliate_percent: int
    audit_cure_years: int
    audit_cure_days: int
    # The waiver clock: Form 8-K Item 5.05; Nasdaq 5610
    clock_business_days: int
    edgar_cutoff: time
    edgar_time_zone: ZoneInfo
    website_election: bool
    website_months: int
    website_retention_years: int
    implicit_waiver_days: int
    # Section 16 of the Exchange Act
    form3_days: int
    form4_business_days: int
    form5_days: int
    sec16_cutoff: time
    # Gifts: Code III b5, b9; PhRMA Code; 5 CFR 2635.204; 42 CFR 403.900
    gift_modest: Money
    gift_year: Money
    gift_bid_days: int
    meal_standing: Money
    us_exec_gift: Money
    us_exec_gift_year: Money
    congress_gift: Money
    congress_gift_year: Money
    hcp_educational_item: Money
    open_payments: Mapping[int, OpenPaymentsYear]
    open_payments_report: MonthDay
    open_payments_keep_years: int
    # Boards: proxy advisers, committee charters, Clayton Act Section 8
    overboard: int
    overboard_ceo_outside: int
    ac_max: int
    clayton_capital: Money
    clayton_sales: Money
    clayton_either_percent: int
    clayton_each_percent: int
    # Deciding: Code III paragraph 2; domain reference 4.3 and 4.5
    strict_quorum: bool
    votes_in_favour: int
    waiver_decider: str
    cco_is_executive_officer: bool
    advance_settlement_days: int
    annual_review_months: int
    acknowledgement_days: int
    screening_business_days: int
    decision_business_days: int
    committee_business_days: int
    triage_business_days: int
    filing_hold_business_days: int
    clock_draft_day: int
    clock_counsel_day: int
    late_disclosure_business_days: int
    update_business_days: int
    absence_alert_business_days: int


def typed(values: Mapping[str, SettingValue]) -> Settings:
    """The settings of ``Pack.setting_values()``; rows that no rule reads are passed over.

    Raises SettingsFaults with one sentence for each row that is missing or mistyped.
    """
    read: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields(Settings):
        reader = _READERS[str(field.type)]
        try:
            read[field.name] = reader(values, field.name)
        except _Fault as fault:
            problems.append(str(fault))
    if problems:
        raise SettingsFaults(
            f"The settings of the code pack cannot be used: {problems[0]}",
            tuple(problems),
            hint="Ask the pack's author to mend each of them; nothing was guessed.",
        )
    return Settings(**read)


class _Fault(Exception):
    """One setting's fault, as a sentence."""


def _value(values: Mapping[str, SettingValue], name: str) -> SettingValue:
    if name not in values:
        raise _Fault(f"The setting “{name}” is missing.")
    return values[name]


def _refuse(name: str, value: object, wanted: str) -> _Fault:
    return _Fault(f"The setting “{name}” is {value!r}, but must be {wanted}.")


def _whole(values: Mapping[str, SettingValue], name: str) -> int:
    value = _value(values, name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _refuse(name, value, "a whole number that is not negative")
    return value


def _yes_no(values: Mapping[str, SettingValue], name: str) -> bool:
    value = _value(values, name)
    if not isinstance(value, bool):
        raise _refuse(name, value, "true or false")
    return value


def _text(values: Mapping[str, SettingValue], name: str) -> str:
    value = _value(values, name)
    if not isinstance(value, str) or not value.strip():
        raise _refuse(name, value, "a text")
    return value.strip()


def _money(values: Mapping[str, SettingValue], name: str) -> Money:
    value = _value(values, name)
    try:
        return stated(value)
    except AmountFault:
        raise _refuse(name, value, 'an amount in US dollars, such as 120000 or "13.82"') from None


def _money_if_stated(values: Mapping[str, SettingValue], name: str) -> Money | None:
    return None if _value(values, name) == "" else _money(values, name)


def _time(values: Mapping[str, SettingValue], name: str) -> time:
    value = _value(values, name)
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d\d:\d\d", value):
            raise ValueError
        return time.fromisoformat(value)
    except ValueError:
        raise _refuse(name, value, 'a time of day such as "17:30"') from None


def _zone(values: Mapping[str, SettingValue], name: str) -> ZoneInfo:
    value = _value(values, name)
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError, LookupError):  # a path, a folder, an unknown name
        raise _refuse(name, value, 'a time zone such as "America/New_York"') from None


def _month_day(values: Mapping[str, SettingValue], name: str) -> MonthDay:
    value = _value(values, name)
    try:
        # of a leap year, so that 29 February can be said
        day = date.fromisoformat(f"2024-{value}")
    except ValueError:
        raise _refuse(name, value, 'a day of the year such as "03-31"') from None
    return MonthDay(day.month, day.day)


def _programme_years(
    values: Mapping[str, SettingValue], name: str
) -> Mapping[int, OpenPaymentsYear]:
    """From the rows open_payments_item_YYYY and open_payments_total_YYYY, at least one year's."""
    named = (re.fullmatch(rf"{name}_(?:item|total)_(\d{{4}})", key) for key in values)
    years = sorted({int(match[1]) for match in named if match})
    if not years:
        raise _Fault(f"The settings “{name}_item_YYYY” and “{name}_total_YYYY” are missing.")
    return {
        year: OpenPaymentsYear(
            _money(values, f"{name}_item_{year}"), _money(values, f"{name}_total_{year}")
        )
        for year in years
    }


_READERS: Mapping[str, Callable[[Mapping[str, SettingValue], str], Any]] = {
    "int": _whole,
    "bool": _yes_no,
    "str": _text,
    "time": _time,
    "ZoneInfo": _zone,
    "Money": _money,
    "Money | None": _money_if_stated,
    "MonthDay": _month_day,
    "Mapping[int, OpenPaymentsYear]": _programme_years,
}
