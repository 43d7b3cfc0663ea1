"""Gifts and hospitality that people take: modest or not, once and in the calendar year.

What is as good as cash is refused by the pack's prohibitions, whatever it is worth; here stand
the sums. Source: Code III b5; domain reference, form F07.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from candor.intervals import add_days
from candor.money import Money
from candor.policy.facts import Amount, EarlierGift, GiftReceived
from candor.policy.settings import Settings
from candor.policy.sums import USD, dollars, money, stated, words
from candor.policy.verdict import Verdict

RULE = "Code III b5"


class Cap(Protocol):
    """A row of the pack's caps: the most that a gift of a country may be worth."""

    @property
    def direction(self) -> str:
        """received or given."""

    @property
    def country(self) -> str:
        """ISO 3166 code; for a state ISO 3166-2, e.g. US-MN."""

    @property
    def currency(self) -> str:
        """ISO 4217 code."""

    @property
    def most(self) -> int | str:
        """Whole units, as text where cents matter."""


@dataclass(frozen=True)
class Limit:
    """One limit held against a sum. ``over``: yes, no, or open; ``reason`` shows both numbers."""

    code: str
    over: Verdict
    reason: str
    rule: str


@dataclass(frozen=True)
class Received:
    """What the limits say of a gift received.

    ``standing``: a recorded standing approval covers it, so nobody needs to decide.
    ``refuse``: a bid or decision is pending, so refusing is the default. ``year_total`` in cents
    of USD, None where it cannot be known.
    """

    limits: tuple[Limit, ...]
    year_total: int | None
    bid_pending: bool
    standing: bool
    refuse: bool
    sentences: tuple[str, ...]


def received(
    gift: GiftReceived, on: date, settings: Settings, caps: Iterable[Cap] = ()
) -> Received:
    """Judge a gift received. ``on`` stands for a date that the facts leave out.

    Raises AmountFault.
    """
    day = gift.on or on
    year, year_limit = year_total("gift_year", gift.value, gift.earlier, day, settings.gift_year)
    limits = (
        once("gift_modest", gift.value, settings.gift_modest, RULE),
        year_limit,
        *country_caps("received", (gift.country,), gift.value, caps),
    )
    pending = _pending(gift, day, settings)
    standing = not pending and _standing(gift, settings)
    said = [limit.reason for limit in limits]
    if pending:
        said.append(
            "A bid or decision that concerns the giver is pending, so the answer is no unless "
            "the decider gives reasons."
        )
    if standing:
        said.append("A standing approval covers this meal.")
    return Received(limits, year, pending, standing, pending, tuple(said))


def _pending(gift: GiftReceived, day: date, settings: Settings) -> bool:
    """Whether the gift falls within a bid, or some days before or after it."""
    if gift.pending_from is None and gift.pending_to is None:
        return gift.pending_decision
    opened = gift.pending_from or date.min
    closed = gift.pending_to or date.max
    margin = settings.gift_bid_days
    near = add_days(opened, -margin) <= day <= add_days(closed, margin)
    return near or (gift.pending_decision and opened <= day <= closed)


def _standing(gift: GiftReceived, settings: Settings) -> bool:
    """A business meal with the giver present, within the sum that was approved beforehand."""
    if gift.kind != "meal" or not (gift.standing_approval and gift.giver_present):
        return False
    return once("meal_standing", gift.value, settings.meal_standing, RULE).over is Verdict.NO


def once(code: str, value: Amount | None, most: Money, rule: str) -> Limit:
    """One sum against the most that is allowed: exactly that much is not over."""
    if value is None:
        return Limit(code, Verdict.OPEN, f"The value is missing; at most {words(most)}.", rule)
    worth = money(value)
    if worth.currency != most.currency:
        return Limit(
            code,
            Verdict.OPEN,
            f"{words(worth)} is to be stated in {most.currency}; at most {words(most)}.",
            rule,
        )
    over = worth.minor > most.minor
    word = "over" if over else "within"
    return Limit(
        code, Verdict.YES if over else Verdict.NO, f"{words(worth)} is {word} {words(most)}.", rule
    )


def year_total(
    code: str,
    value: Amount | None,
    earlier: Iterable[EarlierGift],
    day: date,
    most: Money,
    rule: str = RULE,
) -> tuple[int | None, Limit]:
    """All of the calendar year, this one included, against the year's limit, in cents of USD.

    Without this one's value, or with another currency, the total is None and the limit open,
    unless what is known is over it already.
    """
    sums = [money(row.value) for row in earlier if row.on.year == day.year]
    sums += [money(value)] if value is not None else []
    known = sum(one.minor for one in sums if one.currency == USD)
    complete = value is not None and all(one.currency == USD for one in sums)
    shown = f"{dollars(known)} in {day.year}"
    if known > most.minor:
        limit = Limit(code, Verdict.YES, f"{shown} is over {words(most)} a year.", rule)
    elif complete:
        limit = Limit(code, Verdict.NO, f"{shown} is within {words(most)} a year.", rule)
    else:
        limit = Limit(
            code, Verdict.OPEN, f"{shown} is known so far; at most {words(most)} a year.", rule
        )
    return (known if complete else None), limit


def country_caps(
    direction: str, countries: Iterable[str], value: Amount | None, caps: Iterable[Cap]
) -> tuple[Limit, ...]:
    """The pack's caps for these countries or states, in the currency that each is stated in."""
    wanted = {country.upper() for country in countries if country}
    return tuple(
        once(
            f"cap_{cap.country}",
            value,
            stated(cap.most, cap.currency),
            f"Cap for {cap.country}",
        )
        for cap in caps
        if cap.direction == direction and cap.country.upper() in wanted
    )
