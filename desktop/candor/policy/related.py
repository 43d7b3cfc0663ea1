"""Related person transactions: Item 404 of Regulation S-K, with every number shown.

What applies is settled by participation and interest alone; the threshold decides disclosure,
never whether the Audit Committee hears of it (Code III paragraph 4; code-map A13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from candor.intervals import add_years
from candor.money import Money
from candor.policy.facts import Party, Transaction
from candor.policy.related_amount import Involved, involved
from candor.policy.related_exceptions import Claim, claims
from candor.policy.settings import Settings
from candor.policy.sums import USD, dollars, words
from candor.policy.verdict import Verdict

RULE = "Regulation S-K Item 404(a)"


class Step(StrEnum):
    """What the Audit Committee is asked for."""

    NONE = "none"
    APPROVAL = "approval"
    RATIFICATION = "ratification"
    OPEN = "open"


@dataclass(frozen=True)
class RptAssessment:
    """What Item 404 says of a transaction.

    ``threshold`` is None where the facts leave it open. ``disclose`` is 404(a); ``departure`` is
    404(b): reported, and begun without review or against the policy. ``sentences`` explain both.
    """

    applies: bool
    amount: Involved
    threshold: Money | None
    over: Verdict
    claims: tuple[Claim, ...]
    disclose: Verdict
    departure: Verdict
    step: Step
    sentences: tuple[str, ...]
    rule: str = RULE


def assess(
    transaction: Transaction,
    parties: tuple[Party, ...],
    settings: Settings,
    lfy_start: date | None,
    on: date | None = None,
) -> RptAssessment:
    """Judge a transaction by Items 404(a), (b) and (d).

    ``lfy_start``: first day of the last fiscal year, from which payments count; a smaller
    reporting company looks back one year more. ``on``: the day judged, which tells what has
    begun. Raises AmountFault.
    """
    applies = transaction.company_participates and transaction.related_person_interest
    since = lfy_start
    if lfy_start is not None and settings.smaller_reporting_company:
        since = add_years(lfy_start, -1)
    amount = involved(transaction, since)
    threshold, threshold_said = _threshold(settings)
    over = _over(amount, threshold)
    claimed = claims(transaction, parties, settings)
    disclose, why = _disclose(applies, over, claimed)
    departure = _departure(transaction, disclose)
    step = _step(transaction, applies, on)
    return RptAssessment(
        applies,
        amount,
        threshold,
        over,
        claimed,
        disclose,
        departure,
        step,
        (
            _applies_said(transaction),
            amount.how,
            threshold_said,
            _over_said(amount, threshold, over),
            *(claim.reason for claim in claimed),
            why,
            _DEPARTURE[departure],
            _STEP[step],
        ),
    )


def _threshold(settings: Settings) -> tuple[Money | None, str]:
    """$120,000; for a smaller reporting company the lesser of it and 1% of average assets.

    Fractions of a cent fall away: whole cents are over the share exactly if over what is left.
    """
    usual = settings.rpt_threshold
    if not settings.smaller_reporting_company:
        return usual, f"The threshold is {words(usual)}; exactly that much is not over it ({RULE})."
    assets = settings.average_total_assets
    if assets is None:
        return None, (
            "The average of total assets is missing, so the threshold of a smaller reporting "
            "company is open (Item 404(d)(1))."
        )
    share = Money(assets.minor * settings.src_assets_percent // 100, USD)
    lesser = min(usual, share, key=lambda sum_of: sum_of.minor)
    return lesser, (
        f"The threshold is {words(lesser)}, the lesser of {words(usual)} and "
        f"{settings.src_assets_percent}% of average assets of {words(assets)} (Item 404(d)(1))."
    )


def _over(amount: Involved, threshold: Money | None) -> Verdict:
    if amount.minor is None or threshold is None:
        return Verdict.OPEN
    if amount.minor > threshold.minor:
        return Verdict.YES
    # what is known is not over, but what is not known could carry it over
    return Verdict.NO if amount.complete else Verdict.OPEN


def _over_said(amount: Involved, threshold: Money | None, over: Verdict) -> str:
    if over is Verdict.OPEN or amount.minor is None or threshold is None:
        return "Whether the amount is over the threshold is open."
    word = "over" if over is Verdict.YES else "not over"
    return f"{dollars(amount.minor)} is {word} {words(threshold)}."


def _applies_said(transaction: Transaction) -> str:
    if not transaction.company_participates:
        return "The Company takes no part, so this is no related person transaction."
    if not transaction.related_person_interest:
        return "No related person has an interest, so this is no related person transaction."
    return "The Company takes part and a related person has an interest, whatever the amount."


def _disclose(applies: bool, over: Verdict, claimed: tuple[Claim, ...]) -> tuple[Verdict, str]:
    if not applies:
        return Verdict.NO, "Item 404(a) asks for no disclosure of it."
    upheld = [claim.code for claim in claimed if claim.verdict is Verdict.YES]
    if over is Verdict.NO:
        return Verdict.NO, "Not over the threshold: no disclosure under Item 404(a)."
    if upheld:
        return Verdict.NO, f"Exception {', '.join(upheld)} holds: no disclosure under Item 404(a)."
    waiting = [claim.code for claim in claimed if claim.verdict is Verdict.OPEN]
    if over is Verdict.OPEN:
        return Verdict.OPEN, "Disclosure under Item 404(a) is open until the amount is settled."
    if waiting:
        return Verdict.OPEN, f"Disclosure under Item 404(a) hangs on {', '.join(waiting)}."
    return Verdict.YES, "Item 404(a) asks for its disclosure."


_DEPARTURE = {
    Verdict.YES: "Review was not had before it began, or the policy was not followed: Item 404(b) "
    "asks that this be said.",
    Verdict.NO: "Nothing is to be said of it under Item 404(b).",
    Verdict.OPEN: "Whether Item 404(b) asks for a word about the review is open.",
}


def _departure(transaction: Transaction, disclose: Verdict) -> Verdict:
    """Item 404(b) speaks of transactions that 404(a) has reported."""
    if disclose is Verdict.NO:
        return Verdict.NO
    kept = (transaction.approved_before_start, transaction.policy_followed)
    if False in kept:
        return disclose
    return Verdict.OPEN if None in kept else Verdict.NO


_STEP = {
    Step.NONE: "The Audit Committee has nothing to approve in it.",
    Step.APPROVAL: "It goes to the Audit Committee for approval before it begins.",
    Step.RATIFICATION: "It began without approval: the Audit Committee may ratify it, or not.",
    Step.OPEN: "It has begun, and whether it was approved before is missing.",
}


def _step(transaction: Transaction, applies: bool, on: date | None) -> Step:
    if not applies or transaction.approved_before_start is True:
        return Step.NONE
    begins = transaction.begins_on
    if begins is None or on is None:
        # without dates only a plain "no" tells that it has begun
        return Step.RATIFICATION if transaction.approved_before_start is False else Step.APPROVAL
    if begins > on:
        return Step.APPROVAL
    return Step.OPEN if transaction.approved_before_start is None else Step.RATIFICATION
