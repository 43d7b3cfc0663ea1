"""Gifts, meals and hospitality, taken and given."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from candor.policy.conformity import Names
from candor.policy.facts.base import Amount, Closed, means
from candor.policy.facts.conflicts import Holder


class EarlierGift(Closed, frozen=True):
    """What passed between the same two before."""

    on: Annotated[date, means("The day.")]
    value: Annotated[Amount, means("Its value, per person.")]


class ReceivedKind(StrEnum):
    """What was offered or received. The pack lists which of them are as good as cash."""

    GOODS = "goods"
    MEAL = "meal"
    TRAVEL = "travel"
    LODGING = "lodging"
    EVENT = "event"
    DISCOUNT = "discount"
    LOAN_OF_ITEM = "loan_of_item"
    CASH = "cash"
    GIFT_CARD = "gift_card"
    VOUCHER = "voucher"
    PREPAID_CARD = "prepaid_card"
    CRYPTO = "crypto"
    SECURITIES = "securities"
    OTHER_CASH_EQUIVALENT = "other_cash_equivalent"


class Disposition(StrEnum):
    """What happened to it, or is asked for."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETURNED = "returned"
    TO_BE_APPROVED = "to_be_approved"
    HANDED_OVER = "handed_over"


class GiftReceived(Closed, frozen=True):
    """A gift or hospitality taken or offered (Code III b5)."""

    kind: Annotated[ReceivedKind, means("What it is.")]
    value: Annotated[Amount | None, means("Per person; empty: not known.")] = None
    giver: Annotated[str, means("Who gives.")] = ""
    giver_present: Annotated[bool, means("For a meal: whether the giver takes part.")] = False
    on: Annotated[date | None, means("Date offered or received.")] = None
    pending_decision: Annotated[
        bool, means("Whether the giver has a bid or decision pending with the filer.")
    ] = False
    pending_from: Annotated[date | None, means("When the bid or decision opened.")] = None
    pending_to: Annotated[date | None, means("When it closed, or will.")] = None
    solicited: Annotated[bool, means("Whether the filer asked for it.")] = False
    received_by: Annotated[Holder, means("Who received it.")] = Holder.SELF
    disposition: Annotated[Disposition, means("What happened to it.")] = Disposition.TO_BE_APPROVED
    standing_approval: Annotated[
        bool, means("Whether a recorded standing approval covers this class.")
    ] = False
    country: Annotated[str, means("ISO 3166 code, where caps differ by country.")] = ""
    earlier: Annotated[
        tuple[EarlierGift, ...], means("From the same giver in the same calendar year.")
    ] = ()


class GivenKind(StrEnum):
    """What is given."""

    GOODS = "goods"
    EDUCATIONAL_ITEM = "educational_item"
    MEAL = "meal"
    ENTERTAINMENT = "entertainment"
    TRAVEL = "travel"
    LODGING = "lodging"
    FEE = "fee"
    CASH = "cash"
    GIFT_CARD = "gift_card"
    VOUCHER = "voucher"
    PREPAID_CARD = "prepaid_card"
    CRYPTO = "crypto"
    OTHER_CASH_EQUIVALENT = "other_cash_equivalent"
    FACILITATION_PAYMENT = "facilitation_payment"


class RecipientClass(StrEnum):
    """Who receives. hcp: health professional; hco: health organisation; payor: pays for care."""

    PRIVATE = "private"
    US_FEDERAL_EMPLOYEE = "us_federal_employee"
    US_STATE_LOCAL = "us_state_local"
    CONGRESS = "congress"
    FOREIGN_OFFICIAL = "foreign_official"
    STATE_OWNED_CLINICIAN = "state_owned_clinician"
    HCP = "hcp"
    HCO = "hco"
    PATIENT_GROUP = "patient_group"
    PAYOR = "payor"


class GiftGiven(Closed, frozen=True):
    """A gift, meal, entertainment or payment given (Code III b9)."""

    kind: Annotated[GivenKind, means("What it is.")]
    recipient_classes: Annotated[
        tuple[RecipientClass, ...], means("What the recipient is; several where several hold.")
    ]
    value: Annotated[Amount | None, means("Per person.")] = None
    recipient: Annotated[str, means("Who receives.")] = ""
    country: Annotated[str, means("ISO 3166 code of the recipient's country.")] = "US"
    state: Annotated[str, means("For the US: the state's two letters, e.g. MA.")] = ""
    on: Annotated[date | None, means("The day.")] = None
    to_influence: Annotated[
        bool, means("Whether it is meant to sway a decision or to secure business.")
    ] = False
    substantive: Annotated[
        bool, means("Whether the meal goes with a substantive scientific discussion.")
    ] = False
    guest: Annotated[bool, means("Whether a spouse or guest takes part.")] = False
    alcohol_at_speaker_programme: Annotated[
        bool, means("Whether alcohol is served at a speaker programme.")
    ] = False
    pending_decision: Annotated[
        bool, means("Whether the recipient has a decision pending about the Company.")
    ] = False
    formulary_member: Annotated[
        bool, means("Whether the recipient sits on a formulary committee.")
    ] = False
    through_third_party: Annotated[bool, means("Whether somebody else pays for the Company.")] = (
        False
    )
    covered_recipient: Annotated[
        bool, means("For Open Payments: physician, PA, NP, CNS, CRNA/AA, CNM, teaching hospital.")
    ] = False
    policy_cited: Annotated[str, means("The company policy that allows it.")] = ""
    legal_basis_signed_by: Annotated[
        tuple[str, ...],
        means("Offices that signed a written legal basis, e.g. clo, cco.", Names.OFFICE),
    ] = ()
    earlier: Annotated[
        tuple[EarlierGift, ...], means("To the same recipient in the same calendar year.")
    ] = ()
