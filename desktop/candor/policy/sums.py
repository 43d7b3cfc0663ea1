"""What amounts in the facts come to: exact minor units, and how a sentence prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from candor.errors import CandorError
from candor.money import LARGEST, Money, digits, exponent, is_currency
from candor.policy.facts import Amount

USD = "USD"
"""The currency in which the SEC, Nasdaq and the Code's settings state their thresholds."""

_MOST_DIGITS = 15
_STATED = re.compile(r"\d+(\.\d+)?", re.ASCII)


class AmountFault(CandorError):
    """An amount that cannot be: an unknown currency, or more decimals than its currency has."""


def minor_units(amount: Decimal, currency: str) -> int:
    """The amount in the currency's smallest unit, exactly. Raises AmountFault.

    Decimals count as they are written: USD 12.500 has three, so somebody should look at it.
    """
    if not is_currency(currency):
        raise AmountFault(
            f"“{currency}” is not a currency of ISO 4217, so the amount means nothing.",
            hint="Use a code of three letters, such as USD.",
        )
    sign, coefficient, power = amount.as_tuple()
    if not isinstance(power, int):  # NaN and the infinities have a letter there
        raise AmountFault(
            f"“{amount}” is not an amount of money.", hint="Write digits, such as 1250.00."
        )
    places = exponent(currency)
    if -power > places:
        raise AmountFault(
            f"{currency} {amount} has {-power} decimals and {currency} has {places}, "
            "so it is no amount that can be paid.",
            hint="Round it as the payment itself was rounded.",
        )
    whole = 0
    # the exponent first: a million zeros are not worth multiplying out
    if amount.adjusted() <= _MOST_DIGITS:
        whole = int("".join(map(str, coefficient))) * 10 ** (places + power)
    if amount.adjusted() > _MOST_DIGITS or whole > LARGEST:
        raise AmountFault(
            f"{currency} {amount} is larger than any amount that a record can hold.",
            hint="Check the number of digits.",
        )
    return -whole if sign else whole


def money(amount: Amount) -> Money:
    """An amount of the facts as money. Raises AmountFault."""
    return Money(minor_units(amount.amount, amount.currency), amount.currency)


def stated(value: int | str, currency: str = USD) -> Money:
    """A sum as a pack states it: whole units, or text where cents matter. Raises AmountFault."""
    text = str(value)
    if isinstance(value, bool) or not _STATED.fullmatch(text):
        raise AmountFault(
            f"“{value}” is not an amount of {currency}.", hint='Write 120000 or "13.82".'
        )
    return Money(minor_units(Decimal(text), currency), currency)


def total(amounts: Iterable[Money], currency: str = USD) -> int | None:
    """The sum in that currency's minor units; None where one is in another currency.

    No rate of exchange is ever guessed: a rule that meets None leaves its question open.
    """
    sums = list(amounts)
    if any(one.currency != currency for one in sums):
        return None
    return sum(one.minor for one in sums)


def words(sum_of: Money) -> str:
    """As sentences print it: "USD 210,000.00"."""
    return f"{sum_of.currency} {digits(sum_of.minor, exponent(sum_of.currency))}"


def dollars(minor: int) -> str:
    """Cents as sentences print them: 21000000 -> "USD 210,000.00"."""
    return words(Money(minor, USD))
