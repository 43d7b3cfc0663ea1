"""Conflicts of interest: parties, stakes, outside service, opportunities, credit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from candor.policy.facts.base import Amount, Closed, means


class Holder(StrEnum):
    """Whose it is: the filer's own, or an immediate family member's."""

    SELF = "self"
    IMMEDIATE_FAMILY = "immediate_family"


class PartyRelation(StrEnum):
    """What a business is to the Company."""

    VENDOR = "vendor"
    CUSTOMER = "customer"
    LICENSOR = "licensor"
    LICENSEE = "licensee"
    CRO = "cro"
    LENDER = "lender"
    BIDDER = "bidder"
    SEEKING_BUSINESS = "seeking_business"
    COMPETITOR = "competitor"
    POTENTIAL_COMPETITOR = "potential_competitor"
    PATIENT_GROUP = "patient_group"
    OFFICIAL_BODY = "official_body"
    AUDITOR = "auditor"
    NONE = "none"


class Position(StrEnum):
    """What a related person is in a business."""

    DIRECTOR = "director"
    EXECUTIVE_OFFICER = "executive_officer"
    EMPLOYEE = "employee"
    EMPLOYEE_SIGNIFICANT_ROLE = "employee_significant_role"
    PARTNER = "partner"
    GENERAL_PARTNER = "general_partner"
    LIMITED_PARTNER = "limited_partner"
    PRINCIPAL = "principal"
    CONTROLLING_SHAREHOLDER = "controlling_shareholder"
    OWNER = "owner"
    MANAGER = "manager"
    CONSULTANT = "consultant"


class Party(Closed, frozen=True):
    """A business or person on the other side, and what ties the filer's side to it."""

    name: Annotated[str, means("Its name.")] = ""
    relation_to_company: Annotated[
        tuple[PartyRelation, ...], means("What it is to the Company; several where several hold.")
    ] = ()
    public: Annotated[bool | None, means("Whether its shares trade publicly.")] = None
    related_positions: Annotated[
        tuple[Position, ...], means("What the filer and other related persons are in it.")
    ] = ()
    ownership_percent: Annotated[
        Decimal | None, means("Equity held by all related persons together, in percent.")
    ] = None
    still_in_position: Annotated[bool, means("Whether those positions are held today.")] = True


class ConflictKind(StrEnum):
    """What a conflict disclosure is about."""

    FINANCIAL = "financial"
    FAMILY = "family"
    OUTSIDE_ROLE = "outside_role"
    COMPETITOR = "competitor"
    OPPORTUNITY = "opportunity"
    GIFT = "gift"
    RELATIONSHIP_AT_WORK = "relationship_at_work"
    OTHER = "other"


class Conflict(Closed, frozen=True):
    """A situation that is, or could look like, a conflict (Code III ¶1-2)."""

    kinds: Annotated[tuple[ConflictKind, ...], means("What it is about.")] = ()
    reporting_line: Annotated[
        bool, means("Whether a personal relationship at work runs along a reporting line.")
    ] = False


class StakeKind(StrEnum):
    """What is held or owed; obligation and guarantee are what the filer's side owes."""

    SHARES = "shares"
    OPTIONS = "options"
    DEBT = "debt"
    ROYALTY = "royalty"
    CARRIED_INTEREST = "carried_interest"
    OBLIGATION = "obligation"
    GUARANTEE = "guarantee"


class FinancialInterest(Closed, frozen=True):
    """A stake in, or an obligation to, a business (Code III b1)."""

    holder: Annotated[Holder, means("Who holds it.")] = Holder.SELF
    kind: Annotated[StakeKind, means("What is held or owed.")] = StakeKind.SHARES
    class_percent: Annotated[Decimal | None, means("Percent of the class held.")] = None
    value: Annotated[Amount | None, means("Its value now, or the debt.")] = None
    net_worth_percent: Annotated[
        Decimal | None, means("Share of the holder's net worth, in percent.")
    ] = None
    diversified_fund: Annotated[
        bool, means("Held only through a diversified mutual fund or exchange-traded fund.")
    ] = False
    influences_dealings: Annotated[
        bool, means("Whether the filer can influence the Company's dealings with the business.")
    ] = False
    acquired_on: Annotated[date | None, means("When it was acquired.")] = None


class ServiceRole(StrEnum):
    """What somebody does elsewhere."""

    DIRECTOR = "director"
    OFFICER = "officer"
    MANAGER = "manager"
    CONSULTANT = "consultant"
    ADVISER = "adviser"
    EXPERT_NETWORK = "expert_network"
    TEACHER = "teacher"
    OTHER = "other"


class OrganisationKind(StrEnum):
    """What kind of organisation it is; public: its shares trade publicly."""

    PUBLIC = "public"
    PRIVATE = "private"
    NON_PROFIT = "non_profit"
    GOVERNMENT = "government"
    UNIVERSITY = "university"


class Clayton(Closed, frozen=True):
    """Two competing corporations, for Section 8 of the Clayton Act."""

    company_capital: Annotated[Amount, means("Capital, surplus and undivided profits.")]
    other_capital: Annotated[Amount, means("The same of the other corporation.")]
    company_competitive_sales: Annotated[Amount, means("Sales that compete with the other's.")]
    other_competitive_sales: Annotated[Amount, means("The other's sales that compete.")]
    company_sales: Annotated[Amount, means("All sales of the last fiscal year.")]
    other_sales: Annotated[Amount, means("All sales of the other.")]


class Service(Closed, frozen=True):
    """Outside work or an outside board (Code III b3)."""

    who: Annotated[Holder, means("Who serves.")] = Holder.SELF
    role: Annotated[ServiceRole, means("In which role.")] = ServiceRole.OTHER
    organisation: Annotated[OrganisationKind, means("For what kind of organisation.")] = (
        OrganisationKind.PRIVATE
    )
    competitor: Annotated[bool, means("Whether it competes with the Company today.")] = False
    potential_competitor: Annotated[
        bool, means("Whether it may compete: same target, indication or modality.")
    ] = False
    directly_competitive: Annotated[
        bool, means("Whether the activity itself competes directly with the Company (III b6).")
    ] = False
    business_with_company: Annotated[
        bool, means("Whether it does business with the Company or seeks to.")
    ] = False
    public_boards_in_all: Annotated[
        int | None, means("Public company boards, this one and the Company's included.")
    ] = None
    clayton: Annotated[Clayton | None, means("For a director or officer of a competitor.")] = None


class Opportunity(Closed, frozen=True):
    """A business opening (Code III b7)."""

    offered_to_company: Annotated[bool, means("Whether it was offered to the Company.")] = False
    company_declined_in_writing: Annotated[
        bool, means("Whether the Company declined it in writing.")
    ] = False
    already_taken: Annotated[bool, means("Whether the filer has taken it already.")] = False
    strategic: Annotated[bool, means("Whether it is of strategic weight for the Company.")] = False
    commits_company: Annotated[
        bool, means("Whether the Company would be bound for the filer's own benefit.")
    ] = False


class Lender(StrEnum):
    """Who lends; a third party's loan that the Company arranges or guarantees counts too."""

    COMPANY = "company"
    SUBSIDIARY = "subsidiary"
    THIRD_PARTY_ARRANGED = "third_party_arranged"
    THIRD_PARTY_GUARANTEED = "third_party_guaranteed"


class LoanKind(StrEnum):
    """What the credit is for."""

    TRAVEL_ADVANCE = "travel_advance"
    COMPANY_CARD = "company_card"
    INDEMNIFICATION_ADVANCE = "indemnification_advance"
    RELOCATION = "relocation"
    TAX = "tax"
    OPTION_EXERCISE = "option_exercise"
    HOME = "home"
    EMERGENCY = "emergency"
    PERSONAL = "personal"
    OTHER = "other"


class Loan(Closed, frozen=True):
    """Credit by the Company (Code III b8; Exchange Act 13(k))."""

    borrower: Annotated[Holder, means("Who receives it.")] = Holder.SELF
    lender: Annotated[Lender, means("Who lends, arranges or guarantees.")] = Lender.COMPANY
    kind: Annotated[LoanKind, means("What it is for.")] = LoanKind.PERSONAL
    amount: Annotated[Amount | None, means("The credit, or the sum guaranteed.")] = None
    settled_within_days: Annotated[
        int | None, means("For an advance: days until it is settled.")
    ] = None
    business_expense: Annotated[bool, means("Whether it pays only business expenses.")] = False
    customary: Annotated[bool, means("A customary ordinary-course advance or credit.")] = False
    legal_exception: Annotated[
        bool, means("Whether the CLO signed that an exception of the law covers it.")
    ] = False


class Proposal(StrEnum):
    """What the filer offers to do about a conflict."""

    DIVEST = "divest"
    RECUSE = "recuse"
    RESIGN = "resign"
    REPORT_ONLY = "report_only"
    SAFEGUARDS = "safeguards"
