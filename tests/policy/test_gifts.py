"""Limits of gifts taken and given, exactly to the cent, once and in the calendar year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy import gifts, gifts_given
from candor.policy.facts import (
    Amount,
    EarlierGift,
    GiftGiven,
    GiftReceived,
    GivenKind,
    ReceivedKind,
    RecipientClass,
)
from candor.policy.gifts import Limit, Received
from candor.policy.gifts_given import Given, OpenPayments
from candor.policy.settings import Settings
from candor.policy.verdict import Verdict

ON = date(2026, 10, 1)
HCP = (RecipientClass.HCP,)
FEDERAL = (RecipientClass.US_FEDERAL_EMPLOYEE,)


@dataclass(frozen=True)
class Cap:
    """A row of a pack's caps."""

    direction: str
    country: str
    currency: str
    most: int | str


def _usd(text: str) -> Amount:
    return Amount(Decimal(text))


def _earlier(*values: str, on: date = date(2026, 3, 1)) -> tuple[EarlierGift, ...]:
    return tuple(EarlierGift(on, _usd(value)) for value in values)


def _received(settings: Settings, *caps: Cap, **facts: object) -> Received:
    kind = facts.pop("kind", ReceivedKind.GOODS)
    return gifts.received(GiftReceived(kind, **facts), ON, settings, caps)  # type: ignore[arg-type]


def _given(
    settings: Settings,
    kind: GivenKind,
    classes: tuple[RecipientClass, ...],
    *caps: Cap,
    **facts: object,
) -> Given:
    return gifts_given.given(GiftGiven(kind, classes, **facts), ON, settings, caps)  # type: ignore[arg-type]


def _over(found: Received | Given) -> dict[str, Verdict]:
    return {limit.code: limit.over for limit in found.limits}


# --- received -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "over"),
    [("100.00", Verdict.NO), ("100.01", Verdict.YES), ("0", Verdict.NO)],
)
def test_a_gift_of_exactly_100_is_modest(settings: Settings, value: str, over: Verdict) -> None:
    found = _received(settings, value=_usd(value))
    assert _over(found)["gift_modest"] is over


@pytest.mark.parametrize(
    ("value", "over"), [("50.00", Verdict.NO), ("50.01", Verdict.YES), (None, Verdict.OPEN)]
)
def test_the_year_of_one_giver_is_added_up(
    settings: Settings, value: str | None, over: Verdict
) -> None:
    stated = _usd(value) if value else None
    earlier = (*_earlier("100", "100"), *_earlier("90", on=date(2025, 12, 31)))
    found = _received(settings, value=stated, earlier=earlier)
    assert _over(found)["gift_year"] is over
    assert found.year_total == (None if value is None else 20_000 + int(Decimal(value) * 100))


def test_a_year_that_is_over_already_is_over_whatever_this_one_is_worth(
    settings: Settings,
) -> None:
    found = _received(settings, earlier=_earlier("250.01"))
    assert (_over(found)["gift_year"], found.year_total) == (Verdict.YES, None)


def test_the_calendar_year_is_the_gifts_own(settings: Settings) -> None:
    found = _received(settings, value=_usd("100"), on=date(2025, 12, 31), earlier=_earlier("200"))
    assert found.year_total == 100_00


def test_another_currency_is_open(settings: Settings) -> None:
    found = _received(settings, value=Amount(Decimal(40), "EUR"))
    assert set(_over(found).values()) == {Verdict.OPEN}
    assert "stated in USD" in found.sentences[0]


def test_a_dinner_during_a_live_bid_is_refused_unless_there_are_reasons(
    settings: Settings,
) -> None:
    found = _received(
        settings,
        kind=ReceivedKind.MEAL,
        value=_usd("60"),
        giver_present=True,
        pending_decision=True,
    )
    assert (found.bid_pending, found.refuse, found.standing) == (True, True, False)
    assert _over(found)["gift_modest"] is Verdict.NO


@pytest.mark.parametrize(
    ("day", "refuse"),
    [
        (date(2026, 8, 1), False),
        (date(2026, 8, 2), True),
        (date(2026, 9, 15), True),
        (date(2026, 10, 30), True),
        (date(2026, 10, 31), False),
    ],
)
def test_thirty_days_around_a_bid_count(settings: Settings, day: date, refuse: bool) -> None:
    found = _received(
        settings,
        value=_usd("60"),
        on=day,
        pending_decision=True,
        pending_from=date(2026, 9, 1),
        pending_to=date(2026, 9, 30),
    )
    assert found.refuse is refuse


def test_a_bid_without_an_end_goes_on(settings: Settings) -> None:
    found = _received(settings, value=_usd("60"), pending_from=date(2026, 1, 1))
    assert found.refuse
    unopened = _received(settings, value=_usd("60"), pending_to=date(2026, 8, 31))
    assert not unopened.refuse


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, True),
        ({"value": _usd("100.00")}, True),
        ({"value": _usd("100.01")}, False),
        ({"value": None}, False),
        ({"giver_present": False}, False),
        ({"standing_approval": False}, False),
        ({"kind": ReceivedKind.EVENT}, False),
        ({"pending_decision": True}, False),
    ],
)
def test_a_standing_approval_covers_a_working_meal_with_the_giver(
    settings: Settings, facts: dict[str, object], standing: bool
) -> None:
    usual: dict[str, object] = {
        "kind": ReceivedKind.MEAL,
        "value": _usd("60"),
        "giver_present": True,
        "standing_approval": True,
    }
    assert _received(settings, **(usual | facts)).standing is standing


def test_a_cap_of_a_country_counts_in_its_own_money(settings: Settings) -> None:
    cap = Cap("received", "DE", "EUR", "35.50")
    other = Cap("given", "DE", "EUR", 5)
    exact = Amount(Decimal("35.50"), "EUR")
    found = _received(settings, cap, other, value=exact, country="de")
    assert _over(found)["cap_DE"] is Verdict.NO
    assert len(found.limits) == 3
    more = Amount(Decimal("35.51"), "EUR")
    assert _over(_received(settings, cap, value=more, country="DE"))["cap_DE"] is Verdict.YES
    dollars = _received(settings, cap, value=_usd("1"), country="DE")
    assert _over(dollars)["cap_DE"] is Verdict.OPEN
    assert "cap_DE" not in _over(_received(settings, cap, value=exact))


# --- given: officials ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "earlier", "occasion", "year"),
    [
        ("20.00", (), Verdict.NO, Verdict.NO),
        ("20.01", (), Verdict.YES, Verdict.NO),
        ("20.00", ("15", "15"), Verdict.NO, Verdict.NO),
        ("20.00", ("15", "15.01"), Verdict.NO, Verdict.YES),
        (None, (), Verdict.OPEN, Verdict.OPEN),
    ],
)
def test_a_federal_employee_may_have_20_an_occasion_and_50_a_year(
    settings: Settings,
    value: str | None,
    earlier: tuple[str, ...],
    occasion: Verdict,
    year: Verdict,
) -> None:
    stated = _usd(value) if value else None
    found = _given(settings, GivenKind.MEAL, FEDERAL, value=stated, earlier=_earlier(*earlier))
    assert _over(found)["us_exec_gift"] is occasion
    assert _over(found)["us_exec_gift_year"] is year
    assert {limit.rule for limit in found.limits} == {"5 CFR 2635.204(a)"}


def test_what_is_given_on_one_day_is_one_occasion(settings: Settings) -> None:
    earlier = _earlier("12", on=ON)
    found = _given(settings, GivenKind.GOODS, FEDERAL, value=_usd("12"), earlier=earlier)
    assert _over(found)["us_exec_gift"] is Verdict.YES
    euro = (EarlierGift(ON, Amount(Decimal(1), "EUR")),)
    mixed = _given(settings, GivenKind.GOODS, FEDERAL, value=_usd("12"), earlier=euro)
    assert _over(mixed)["us_exec_gift"] is Verdict.OPEN


@pytest.mark.parametrize(
    ("value", "earlier", "gift", "year"),
    [
        ("49.99", (), Verdict.NO, Verdict.NO),
        ("50.00", (), Verdict.YES, Verdict.NO),
        ("49.99", ("50.00",), Verdict.NO, Verdict.NO),
        ("49.99", ("50.01",), Verdict.NO, Verdict.YES),
        ("49.99", ("50.02",), Verdict.NO, Verdict.YES),
    ],
)
def test_congress_stays_below_50_and_100(
    settings: Settings, value: str, earlier: tuple[str, ...], gift: Verdict, year: Verdict
) -> None:
    classes = (RecipientClass.CONGRESS,)
    found = _given(
        settings, GivenKind.GOODS, classes, value=_usd(value), earlier=_earlier(*earlier)
    )
    assert (_over(found)["congress_gift"], _over(found)["congress_gift_year"]) == (gift, year)
    assert _over(found)["congress_lobbyist"] is Verdict.OPEN


def test_a_state_without_a_cap_is_open_and_never_free(settings: Settings) -> None:
    classes = (RecipientClass.US_STATE_LOCAL,)
    unknown = _given(settings, GivenKind.GOODS, classes, value=_usd("1"), state="MA")
    assert _over(unknown)["us_state_local"] is Verdict.OPEN
    cap = Cap("given", "US-MA", "USD", 0)
    known = _given(settings, GivenKind.GOODS, classes, cap, value=_usd("1"), state="MA")
    assert _over(known) == {"cap_US-MA": Verdict.YES}


# --- given: health professionals ----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "facts", "broken"),
    [
        (GivenKind.EDUCATIONAL_ITEM, {"value": _usd("100.00")}, set()),
        (GivenKind.EDUCATIONAL_ITEM, {"value": _usd("100.01")}, {"hcp_educational_item"}),
        (GivenKind.GOODS, {"value": _usd("1.00")}, {"hcp_goods"}),
        (GivenKind.MEAL, {"value": _usd("40"), "substantive": True}, set()),
        (GivenKind.MEAL, {"value": _usd("40")}, {"hcp_meal"}),
        (GivenKind.MEAL, {"substantive": True, "guest": True}, {"hcp_guest"}),
        (GivenKind.FEE, {"value": _usd("4000")}, set()),
    ],
)
def test_health_professionals_have_the_rules_of_the_trade(
    settings: Settings, kind: GivenKind, facts: dict[str, object], broken: set[str]
) -> None:
    for one in (RecipientClass.HCP, RecipientClass.STATE_OWNED_CLINICIAN):
        found = _given(settings, kind, (one,), **facts)
        assert {code for code, over in _over(found).items() if over is Verdict.YES} == broken


def test_a_clinician_in_federal_service_has_both_rules(settings: Settings) -> None:
    classes = (*FEDERAL, *HCP)
    found = _given(settings, GivenKind.MEAL, classes, value=_usd("25"), substantive=True)
    assert _over(found)["us_exec_gift"] is Verdict.YES
    assert _over(_given(settings, GivenKind.GOODS, classes, value=_usd("5")))["hcp_goods"]


def test_a_private_recipient_has_no_limit_of_an_office(settings: Settings) -> None:
    found = _given(settings, GivenKind.MEAL, (RecipientClass.PRIVATE,), value=_usd("60"))
    assert found.limits == ()
    assert found.open_payments is None


# --- Open Payments ------------------------------------------------------------------------


def _line(settings: Settings, value: str | None, *earlier: str, on: date = ON) -> OpenPayments:
    found = _given(
        settings,
        GivenKind.MEAL,
        HCP,
        value=_usd(value) if value else None,
        earlier=_earlier(*earlier, on=on.replace(month=2, day=1)),
        on=on,
        substantive=True,
        covered_recipient=True,
    )
    assert found.open_payments is not None
    return found.open_payments


@pytest.mark.parametrize(
    ("value", "earlier", "reportable"),
    [
        ("13.82", (), Verdict.YES),
        ("13.81", (), Verdict.NO),
        ("13.81", ("124.32",), Verdict.NO),  # the year comes to exactly 138.13
        ("13.81", ("124.33",), Verdict.YES),
        ("1.00", ("137.14",), Verdict.YES),
        (None, (), Verdict.OPEN),
        (None, ("138.14",), Verdict.YES),
    ],
)
def test_small_sums_of_2026_are_left_out_until_the_year_is_over_its_total(
    settings: Settings, value: str | None, earlier: tuple[str, ...], reportable: Verdict
) -> None:
    line = _line(settings, value, *earlier)
    assert line.reportable is reportable
    assert (line.programme_year, line.report_by) == (2026, date(2027, 3, 31))


def test_each_programme_year_has_its_own_figures(settings: Settings) -> None:
    old = date(2025, 10, 1)
    assert _line(settings, "13.46", on=old).reportable is Verdict.YES
    assert _line(settings, "13.45", on=old).reportable is Verdict.NO
    assert _line(settings, "13.45", "121.09", on=old).reportable is Verdict.NO
    assert _line(settings, "13.45", "121.10", on=old).reportable is Verdict.YES


def test_a_year_without_figures_is_open_and_says_so(settings: Settings) -> None:
    line = _line(settings, "5000", on=date(2027, 5, 3))
    assert line.reportable is Verdict.OPEN
    assert "no Open Payments figures for 2027" in line.reason
    assert line.report_by == date(2028, 3, 31)


# --- for every gift -----------------------------------------------------------------------

cents = st.integers(0, 40_000)
amounts = cents.map(lambda c: Amount(Decimal(c).scaleb(-2)))
rows = st.lists(
    st.builds(EarlierGift, on=st.dates(date(2025, 1, 1), date(2026, 12, 31)), value=amounts),
    max_size=6,
).map(tuple)


@given(amounts, rows)
def test_the_years_total_equals_adding_up_by_hand(
    settings: Settings, value: Amount, earlier: tuple[EarlierGift, ...]
) -> None:
    found = _received(settings, value=value, earlier=earlier)
    by_hand = value.amount + sum(row.value.amount for row in earlier if row.on.year == 2026)
    assert found.year_total == by_hand * 100
    assert (_over(found)["gift_year"] is Verdict.YES) == (by_hand > 250)


@given(amounts, rows, amounts, st.integers(0, 300))
def test_a_further_gift_never_brings_anybody_below_a_limit(
    settings: Settings,
    value: Amount,
    earlier: tuple[EarlierGift, ...],
    more: Amount,
    ahead: int,
) -> None:
    another = EarlierGift(date(2026, 1, 1) + timedelta(ahead), more)

    def broken(rows: tuple[EarlierGift, ...]) -> set[str]:
        facts = {"value": value, "earlier": rows, "covered_recipient": True}
        found = _given(settings, GivenKind.GOODS, (*FEDERAL, *HCP), **facts)
        assert found.open_payments is not None
        limits: tuple[Limit, ...] = found.limits
        codes = {limit.code for limit in limits if limit.over is Verdict.YES}
        return codes | ({"line"} if found.open_payments.reportable is Verdict.YES else set())

    assert broken(earlier) <= broken((*earlier, another))
