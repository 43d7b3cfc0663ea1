"""Conditions on loans, advances and guarantees (Code III b8; Exchange Act 13(k))."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from candor.policy.facts import Holder, Loan
from candor.policy.ground import Ground
from candor.policy.terms import FilerClass


def _of_loan(test: Callable[[Loan], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        return ground.facts.loan is not None and test(ground.facts.loan)

    return look


def _business_advance(ground: Ground) -> bool:
    """An executive officer's; for a director only a signed exception of the law helps."""
    loan = ground.facts.loan
    if loan is None or ground.filer_class is FilerClass.DIRECTOR:
        return False
    listed = ground.pack.listed("business_advances", loan.kind)
    return listed and loan.business_expense and loan.borrower is Holder.SELF


def _exception_signed(ground: Ground) -> bool:
    """Signed by the legal chief, who cannot sign for themselves."""
    loan = ground.facts.loan
    own = any(ground.pack.listed("legal_chiefs", role) for role in ground.filer.roles)
    return loan is not None and loan.legal_exception and not own


def _customary(ground: Ground) -> bool:
    loan = ground.facts.loan
    if loan is None or ground.pack.listed("personal_credit", loan.kind):
        return False
    if loan.borrower is not Holder.SELF:
        return False
    return loan.customary or ground.pack.listed("customary_credit", loan.kind)


def _slow(ground: Ground) -> bool:
    loan = ground.facts.loan
    days = loan.settled_within_days if loan else None
    return days is not None and days > ground.settings.advance_settlement_days


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "loan_asked": lambda g: g.facts.loan is not None,
    "loan_to_family": _of_loan(lambda loan: loan.borrower is Holder.IMMEDIATE_FAMILY),
    "loan_is_business_advance": _business_advance,
    "loan_exception_signed": _exception_signed,
    "loan_is_customary": _customary,
    "loan_settled_slowly": _slow,
}
