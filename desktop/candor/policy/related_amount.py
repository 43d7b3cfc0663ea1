"""The amount involved in a transaction (Regulation S-K Item 404(a), Instruction 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from candor.money import Money
from candor.policy.facts import Payment, Transaction
from candor.policy.sums import USD, dollars, money, total

_OF_DEBT = frozenset({"principal", "interest"})


@dataclass(frozen=True)
class Involved:
    """Cents of USD, or None where no amount is stated; ``how`` is the sum as a sentence.

    ``complete`` is False where a part is in another currency, so that the sum is a least one.
    """

    minor: int | None
    how: str
    complete: bool = True


def involved(transaction: Transaction, since: date | None) -> Involved:
    """The dollar value involved, without regard to profit or loss. Raises AmountFault.

    Payments count that are made or due on or after ``since``, the start of the last fiscal year
    (all of them where it is None), interest included; of a debt the largest principal and the
    interest of that year; amounts of a series are added. A stated amount counts where the parts
    come to no more.
    """
    stated = [money(transaction.amount)] if transaction.amount else []
    parts = _parts(transaction, since)
    series = [money(one) for one in transaction.series]
    every = [*stated, *(sum_of for _, sums in parts for sum_of in sums), *series]
    if not every and (transaction.payments_made or transaction.payments_due):
        return Involved(0, f"Every payment lies before {since}: the amount involved is nothing.")
    if not every:
        return Involved(None, "No amount is stated, so the amount involved is open.", False)
    foreign = sorted({one.currency for one in every} - {USD})
    pieces = [(name, _usd(sums)) for name, sums in parts if sums]
    of_parts = sum(minor for _, minor in pieces)
    return Involved(
        max(_usd(stated), of_parts) + _usd(series),
        _how(_usd(stated) if stated else None, pieces, _usd(series) if series else None, foreign),
        not foreign,
    )


def _usd(sums: Iterable[Money]) -> int:
    return total(one for one in sums if one.currency == USD) or 0


def _parts(transaction: Transaction, since: date | None) -> list[tuple[str, list[Money]]]:
    """The parts by name. Principal and interest of a debt never count twice."""
    counted = [
        payment
        for payment in (*transaction.payments_made, *transaction.payments_due)
        if since is None or payment.on >= since
    ]
    debt = transaction.largest_principal is not None
    from_start = f" since {since}" if since else ""
    plain = [p for p in counted if not (debt and p.kind in _OF_DEBT)]
    parts = [(f"payments made and due{from_start}", _sums(plain))]
    if transaction.largest_principal is not None:
        parts.append(("the largest principal", [money(transaction.largest_principal)]))
    if transaction.interest_payable is not None:
        parts.append(("interest of the last fiscal year", [money(transaction.interest_payable)]))
    elif debt:
        interest = [p for p in counted if p.kind == "interest"]
        parts.append((f"interest{from_start}", _sums(interest)))
    return parts


def _sums(payments: Iterable[Payment]) -> list[Money]:
    return [money(payment.amount) for payment in payments]


def _how(
    stated: int | None, pieces: list[tuple[str, int]], series: int | None, foreign: list[str]
) -> str:
    of_parts = sum(minor for _, minor in pieces)
    shown = " + ".join(f"{dollars(minor)} ({name})" for name, minor in pieces)
    if stated is not None and stated >= of_parts:
        shown = f"{dollars(stated)} as stated"
    elif stated is not None:
        shown = f"{shown}, which is more than {dollars(stated)} as stated"
    if series is not None:
        shown = f"{shown} + {dollars(series)} (similar dealings)" if shown else dollars(series)
    said = f"The amount involved: {shown}."
    if foreign:
        said += f" What is in {', '.join(foreign)} is to be stated in {USD} and does not count yet."
    return said
