"""What every struct of facts is built on: closed structs, explained fields, exact amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Facts are closed: a misspelt name is refused, never passed over."""


def means(text: str) -> Meta:
    """What a field means; `candor decide --schema` prints it."""
    return Meta(description=text)


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
