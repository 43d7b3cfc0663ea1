"""Exceptions X1 to X9 of Item 404(a): each upheld, lost or open, with the reason.

The rule names no codes; these are the names that forms and papers use here. Sources: Instructions
1 to 7 to Item 404(a) of Regulation S-K.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from candor.policy.facts import Party, Transaction
from candor.policy.settings import Settings
from candor.policy.verdict import Verdict

RULE = "Regulation S-K Item 404(a), Instructions"


@dataclass(frozen=True)
class Claim:
    """An exception that was claimed: upheld (yes), lost (no), or open, and why."""

    code: str
    verdict: Verdict
    reason: str
    rule: str = RULE


def claims(
    transaction: Transaction, parties: tuple[Party, ...], settings: Settings
) -> tuple[Claim, ...]:
    """Every exception that the facts claim, in their order and once each."""
    return tuple(
        _claim(str(code), transaction, parties, settings)
        for code in dict.fromkeys(transaction.exceptions)
    )


def _claim(
    code: str, transaction: Transaction, parties: tuple[Party, ...], settings: Settings
) -> Claim:
    if code in _STATED:
        holds, yes, no = _STATED[code]
        upheld = holds(transaction)
        return _said(code, Verdict.YES if upheld else Verdict.NO, yes if upheld else no)
    if code == "X9":
        return _not_material(transaction)
    allowed = _X3_ALLOWED if code == "X3" else _X4_ALLOWED
    return _said(code, *_position(code, allowed, parties, settings.rpt_ownership_percent))


def _said(code: str, verdict: Verdict, why: str) -> Claim:
    word = {Verdict.YES: "holds", Verdict.NO: "is lost", Verdict.OPEN: "is open"}[verdict]
    return Claim(code, verdict, f"Exception {code} {word}: {why}.")


_Holds = Callable[[Transaction], bool]
_STATED: Mapping[str, tuple[_Holds, str, str]] = {
    "X1": (
        lambda t: t.compensation_reported,
        "it is executive pay that is reported under Item 402",
        "the facts do not say that the pay is reported under Item 402",
    ),
    "X2": (
        lambda t: t.compensation_reported,
        "it is director pay that is reported under Item 402(k)",
        "the facts do not say that the pay is reported under Item 402(k)",
    ),
    "X5": (
        lambda t: t.competitive_bids or t.rates_fixed_by_law,
        "competitive bids or the law set the price",
        "neither competitive bids nor the law set the price",
    ),
    "X6": (
        lambda t: t.bank_services,
        "it is for services of a bank, transfer agent, registrar or trustee",
        "it is for no service of a bank, transfer agent, registrar or trustee",
    ),
    "X7": (
        lambda t: t.pro_rata_benefit,
        "all holders of the class had the same benefit pro rata",
        "not all holders of the class had the same benefit pro rata",
    ),
    "X8": (
        lambda t: t.ordinary_course_debt,
        "it is debt of the ordinary course on usual terms",
        "the facts show no debt of the ordinary course on usual terms",
    ),
}

_X3_ALLOWED = frozenset({"director", "owner"})
_X4_ALLOWED = frozenset({"limited_partner"})


def _position(
    code: str, allowed: frozenset[str], parties: tuple[Party, ...], below: int
) -> tuple[Verdict, str]:
    """X3: only a director of the other party, or all related persons under 10% of its equity, or
    both. X4: only limited partners, together under 10%."""
    held = [str(position) for party in parties for position in party.related_positions]
    shares = [party.ownership_percent for party in parties]
    if not parties:
        return Verdict.NO, "no other party is stated"
    wrong = [position for position in held if position not in allowed]
    if wrong:
        return Verdict.NO, f"a related person is also {', '.join(map(_named, wrong))} of it"
    if any(share is not None and share >= below for share in shares):
        most = max(share for share in shares if share is not None)
        return Verdict.NO, f"related persons together hold {most}%, and {below}% is too much"
    if code == "X4" and not held:
        return Verdict.NO, "the facts name no limited partner"
    return _small_enough(code, held, shares, below)


def _small_enough(
    code: str, held: list[str], shares: list[Decimal | None], below: int
) -> tuple[Verdict, str]:
    if None in shares and (code == "X4" or "director" not in held or "owner" in held):
        return Verdict.OPEN, "what related persons together hold is missing"
    if None in shares:
        return Verdict.YES, "the interest comes only from being a director of it"
    return Verdict.YES, f"related persons together hold under {below}% and lead nothing in it"


def _not_material(transaction: Transaction) -> Claim:
    if transaction.not_material_reason.strip():
        return _said("X9", Verdict.OPEN, "a reason is given, and a decider has to judge it")
    return _said("X9", Verdict.NO, "no written reason says why the interest is not material")


def _named(position: str) -> str:
    return position.replace("_", " ")
