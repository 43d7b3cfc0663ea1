"""Conditions on gifts, meals and payments, received and given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from candor.policy.facts import (
    Disposition,
    GiftGiven,
    GiftReceived,
    GivenKind,
    RecipientClass,
)
from candor.policy.gifts import Limit
from candor.policy.gifts_given import OFFICIALS
from candor.policy.ground import Ground
from candor.policy.verdict import Verdict

_KEPT = frozenset({Disposition.ACCEPTED, Disposition.TO_BE_APPROVED})
_HEALTH = frozenset({RecipientClass.HCP, RecipientClass.HCO, RecipientClass.STATE_OWNED_CLINICIAN})
_ABROAD = frozenset({RecipientClass.FOREIGN_OFFICIAL, RecipientClass.STATE_OWNED_CLINICIAN})
_FEDERAL = frozenset({"us_exec_gift", "us_exec_gift_year", "congress_gift", "congress_gift_year"})


def _of_received(test: Callable[[GiftReceived], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        return ground.facts.gift_received is not None and test(ground.facts.gift_received)

    return look


def _of_given(test: Callable[[GiftGiven], bool]) -> Callable[[Ground], bool]:
    def look(ground: Ground) -> bool:
        return ground.facts.gift_given is not None and test(ground.facts.gift_given)

    return look


def _cash_received(ground: Ground) -> bool:
    gift = ground.facts.gift_received
    return gift is not None and ground.pack.listed("cash_equivalents", gift.kind)


def _cash_given(ground: Ground) -> bool:
    gift = ground.facts.gift_given
    return gift is not None and ground.pack.listed("cash_equivalents", gift.kind)


def _limit(limits: tuple[Limit, ...], *codes: str) -> Verdict:
    """The worst verdict among limits whose code begins so."""
    verdicts = {limit.over for limit in limits if limit.code.startswith(codes)}
    return next((v for v in (Verdict.YES, Verdict.OPEN) if v in verdicts), Verdict.NO)


def _received_over(*codes: str) -> Callable[[Ground], Verdict]:
    def look(ground: Ground) -> Verdict:
        return _limit(ground.received.limits, *codes) if ground.received else Verdict.NO

    return look


def _given_over(*codes: str) -> Callable[[Ground], Verdict]:
    def look(ground: Ground) -> Verdict:
        return _limit(ground.given.limits, *codes) if ground.given else Verdict.NO

    return look


def _is(test: Callable[[Ground], Verdict], *verdicts: Verdict) -> Callable[[Ground], bool]:
    return lambda ground: test(ground) in verdicts


def _over_limit(ground: Ground) -> bool:
    worst = _received_over("gift_modest", "meal_standing")(ground)
    return worst in {Verdict.YES, Verdict.OPEN}


def _legal_basis(ground: Ground) -> bool:
    gift = ground.facts.gift_given
    if gift is None or not gift.policy_cited.strip():
        return False
    needed = {o for o in ground.pack.offices if ground.pack.listed("legal_basis_offices", o)}
    return bool(needed) and needed <= set(gift.legal_basis_signed_by)


def _to(classes: frozenset[str]) -> Callable[[Ground], bool]:
    return _of_given(lambda gift: bool(classes & {str(one) for one in gift.recipient_classes}))


def _reportable(ground: Ground) -> bool:
    line = ground.given.open_payments if ground.given else None
    return line is not None and line.reportable is not Verdict.NO


PREDICATES: Mapping[str, Callable[[Ground], bool]] = {
    "gift_as_good_as_cash": _cash_received,
    "gift_not_kept": _of_received(lambda g: g.disposition not in _KEPT),
    "gift_in_hand": _of_received(lambda g: g.disposition is Disposition.ACCEPTED),
    "gift_is_standing_meal": lambda g: g.received is not None and g.received.standing,
    "gift_with_bid_pending": lambda g: g.received is not None and g.received.bid_pending,
    "gift_over_limit": _over_limit,
    "gift_over_year": _is(_received_over("gift_year"), Verdict.YES),
    "gift_over_cap": _is(_received_over("cap_"), Verdict.YES),
    "gift_solicited": _of_received(lambda g: g.solicited),
    "given_as_good_as_cash": _cash_given,
    "given_entertainment": _of_given(lambda g: g.kind is GivenKind.ENTERTAINMENT),
    "given_facilitation": _of_given(lambda g: g.kind is GivenKind.FACILITATION_PAYMENT),
    "given_to_influence": _of_given(lambda g: g.to_influence),
    "given_to_official": _to(OFFICIALS),
    "given_to_foreign_official": _to(frozenset(map(str, _ABROAD))),
    "given_to_hcp": _to(frozenset(map(str, _HEALTH))),
    "given_with_legal_basis": _legal_basis,
    "given_without_policy": _of_given(lambda g: not g.policy_cited.strip()),
    "given_over_federal_limit": _is(_given_over(*_FEDERAL), Verdict.YES),
    "given_alcohol_at_programme": _of_given(lambda g: g.alcohol_at_speaker_programme),
    "given_item_not_educational": _is(_given_over("hcp_goods"), Verdict.YES),
    "given_with_decision_pending": _of_given(lambda g: g.pending_decision),
    "given_to_formulary_member": _of_given(lambda g: g.formulary_member),
    "given_to_guest": _of_given(lambda g: g.guest),
    "given_through_third_party": _of_given(lambda g: g.through_third_party),
    "given_reportable": _reportable,
}
