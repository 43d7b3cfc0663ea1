"""Gifts, meals and payments that people give: the limits of who receives them.

What nobody may give (cash, entertainment, influence) is refused by the pack's prohibitions. Here
stand the sums and the rules of the trade that hang on who receives, and the line for Open
Payments. A clinician of a public hospital is an official and a health professional: both rules
apply and the stricter wins. Source: Code III b9, VII, VIII; domain reference 1.9 and F08.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from candor.policy.deadlines import open_payments_due
from candor.policy.facts import Amount, GiftGiven
from candor.policy.gifts import Cap, Limit, country_caps, once, year_total
from candor.policy.settings import Settings
from candor.policy.sums import USD, dollars, money, words
from candor.policy.verdict import Verdict

OFFICIALS = frozenset(
    {
        "us_federal_employee",
        "us_state_local",
        "congress",
        "foreign_official",
        "state_owned_clinician",
    }
)
"""Recipients who serve a government (Code III b9, VII)."""
CLINICIANS = frozenset({"hcp", "state_owned_clinician"})
"""Recipients who are health professionals (Code III b9, VIII)."""
PHRMA = "PhRMA Code on Interactions with Health Care Professionals"
FEDERAL = "5 CFR 2635.204(a)"
OPEN_PAYMENTS = "42 CFR 403.904"


@dataclass(frozen=True)
class OpenPayments:
    """The line for a covered recipient; ``reportable`` is open where a number is missing."""

    programme_year: int
    reportable: Verdict
    year_total: int | None
    report_by: date
    reason: str
    rule: str = OPEN_PAYMENTS


@dataclass(frozen=True)
class Given:
    """What the recipient's rules say. A limit with ``over`` yes is broken, open is not known."""

    limits: tuple[Limit, ...]
    open_payments: OpenPayments | None
    sentences: tuple[str, ...]


def given(gift: GiftGiven, on: date, settings: Settings, caps: Iterable[Cap] = ()) -> Given:
    """Judge a gift given. ``on`` stands for a date that the facts leave out. Raises AmountFault."""
    day = gift.on or on
    classes = {str(one) for one in gift.recipient_classes}
    states = (f"{gift.country}-{gift.state}",) if gift.state else ()
    capped = country_caps("given", (gift.country, *states), gift.value, caps)
    limits = (
        *_federal(gift, classes, day, settings),
        *_congress(gift, classes, day, settings),
        *_state(gift, classes, capped),
        *_clinician(gift, classes, settings),
        *capped,
    )
    line = _open_payments(gift, day, settings) if gift.covered_recipient else None
    said = [limit.reason for limit in limits]
    return Given(limits, line, (*said, line.reason) if line else tuple(said))


def _federal(gift: GiftGiven, classes: set[str], day: date, settings: Settings) -> Iterator[Limit]:
    """$20 an occasion and $50 a year from one source; the excess may not be paid by the recipient.

    What is given on one day counts as one occasion.
    """
    if "us_federal_employee" not in classes:
        return
    same_day = [row for row in gift.earlier if row.on == day]
    most = settings.us_exec_gift
    if same_day and gift.value is not None:
        together = sum((row.value.amount for row in same_day), gift.value.amount)
        alike = all(row.value.currency == gift.value.currency for row in same_day)
        value = Amount(together, gift.value.currency) if alike else None
        yield once("us_exec_gift", value, most, FEDERAL)
    else:
        yield once("us_exec_gift", gift.value, most, FEDERAL)
    yield year_total(
        "us_exec_gift_year", gift.value, gift.earlier, day, settings.us_exec_gift_year, FEDERAL
    )[1]


def _congress(gift: GiftGiven, classes: set[str], day: date, settings: Settings) -> Iterator[Limit]:
    """Under $50 a gift and under $100 a year; nothing where a registered lobbyist is employed,
    which the facts do not tell, so somebody must look in any case."""
    if "congress" not in classes:
        return
    rule = "House Rule XXV clause 5; Senate Rule XXXV"
    yield _below(once("congress_gift", gift.value, settings.congress_gift, rule), gift, settings)
    total, limit = year_total(
        "congress_gift_year", gift.value, gift.earlier, day, settings.congress_gift_year, rule
    )
    if total == settings.congress_gift_year.minor:
        reason = f"{dollars(total)} in {day.year} is not below that sum."
        limit = Limit(limit.code, Verdict.YES, reason, rule)
    yield limit
    yield Limit(
        "congress_lobbyist",
        Verdict.OPEN,
        "Where the Company employs a registered lobbyist, nothing may be given.",
        rule,
    )


def _below(limit: Limit, gift: GiftGiven, settings: Settings) -> Limit:
    """A limit that may not even be reached."""
    if gift.value is None or money(gift.value) != settings.congress_gift:
        return limit
    reason = f"{words(settings.congress_gift)} is not below that sum."
    return Limit(limit.code, Verdict.YES, reason, limit.rule)


def _state(gift: GiftGiven, classes: set[str], capped: tuple[Limit, ...]) -> Iterator[Limit]:
    """A state or local official whose state has no cap in the pack: many allow nothing."""
    if "us_state_local" in classes and f"cap_US-{gift.state}" not in {one.code for one in capped}:
        place = gift.state or "the state, which is missing"
        yield Limit(
            "us_state_local",
            Verdict.OPEN,
            f"The code pack has no limit for {place}; many states allow nothing.",
            "State law",
        )


def _clinician(gift: GiftGiven, classes: set[str], settings: Settings) -> Iterator[Limit]:
    """No goods but educational items of at most $100; meals only with substance, and no guests."""
    if not classes & CLINICIANS:
        return
    if gift.kind == "educational_item":
        yield once("hcp_educational_item", gift.value, settings.hcp_educational_item, PHRMA)
    if gift.kind == "goods":
        reason = "Nothing but educational items, however small, goes to a health professional."
        yield Limit("hcp_goods", Verdict.YES, reason, PHRMA)
    if gift.kind == "meal" and not gift.substantive:
        reason = "A meal goes only with a substantive scientific discussion."
        yield Limit("hcp_meal", Verdict.YES, reason, PHRMA)
    if gift.guest:
        reason = "No spouse or guest of a health professional takes part."
        yield Limit("hcp_guest", Verdict.YES, reason, PHRMA)


def _open_payments(gift: GiftGiven, day: date, settings: Settings) -> OpenPayments:
    """Below the small sum a payment is left out, unless the year comes to more than the total."""
    year = day.year
    due = open_payments_due(year, settings)
    figures = settings.open_payments.get(year)
    if figures is None:
        reason = f"The code pack has no Open Payments figures for {year}."
        return OpenPayments(year, Verdict.OPEN, None, due, reason)
    code = f"open_payments_{year}"
    total, limit = year_total(code, gift.value, gift.earlier, day, figures.total, OPEN_PAYMENTS)
    worth = money(gift.value) if gift.value is not None else None
    if worth is not None and worth.currency == USD and worth.minor >= figures.item.minor:
        reason = f"{words(worth)} is not below {words(figures.item)}: reported by {due}."
        return OpenPayments(year, Verdict.YES, total, due, reason)
    if limit.over is Verdict.YES:
        reason = f"{limit.reason} Small sums are reported too, by {due}."
    elif limit.over is Verdict.NO and worth is not None:
        reason = f"{words(worth)} is below {words(figures.item)}, and {limit.reason}"
    else:
        reason = f"Whether it is reported is open. {limit.reason}"
    return OpenPayments(year, limit.over, total, due, reason)
