"""What every struct of facts is built on: closed structs, explained fields, exact amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from candor.money import LARGEST, exponent, is_currency
from candor.policy.conformity import Names, shown

_DIGITS = re.compile(r"-?\d+(\.\d+)?")
_MOST_DIGITS = len(str(LARGEST)) - 1


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Facts are closed: a misspelt name is refused, never passed over."""


def means(text: str, names: Names | None = None) -> Meta:
    """What a field means; `candor decide --schema` prints it.

    ``names``: the field names something that must be known: a person of the facts, or an
    office, committee, clause, prohibition or setting of the pack.
    """
    extra: dict[str, Any] | None = None if names is None else {"names": names}
    return Meta(description=text, extra=extra)


class Amount(Closed, frozen=True):
    """Money: an exact decimal in whole units, and an ISO 4217 code."""

    amount: Annotated[
        Decimal,
        means(
            'Exact, best as a string, e.g. "210000.00". Never negative; no more decimals than '
            "the currency has (two for USD, none for JPY)."
        ),
    ]
    currency: Annotated[str, means("ISO 4217 code, e.g. USD.")] = "USD"

    @staticmethod
    def conformity(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What is wrong with an amount as it was written, beyond its types."""
        amount, currency = value.get("amount"), value.get("currency", "USD")
        if isinstance(currency, str) and not is_currency(currency):
            yield "currency", f"{shown(currency)} is no currency of ISO 4217, such as USD"
        elif isinstance(currency, str) and _DIGITS.fullmatch(str(amount)):
            yield from (("amount", text) for text in _amount_faults(str(amount), currency))


def _amount_faults(amount: str, currency: str) -> Iterator[str]:
    whole, _, decimals = amount.partition(".")
    places = exponent(currency)
    if len(decimals) > places:
        allowed = f"{places} decimals" if places else "no decimals"
        yield (
            f"{currency} {shown(Decimal(amount))} has {len(decimals)} decimals, but {currency} "
            f"has {allowed}; round it as it was paid"
        )
    if amount.startswith("-"):
        yield "must not be negative"
    if len(whole) + places > _MOST_DIGITS:
        yield "is larger than any amount that a record can hold"
