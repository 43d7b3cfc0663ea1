"""What the tests of independence, of board seats and of Section 16 ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from candor.policy.conformity import Names
from candor.policy.facts.base import Amount, Closed, means
from candor.policy.facts.dealings import Payment


class Who(StrEnum):
    """The director (self), or the relation of the relative whom a row is about."""

    SELF = "self"
    SPOUSE = "spouse"
    DOMESTIC_PARTNER = "domestic_partner"
    CHILD = "child"
    STEPCHILD = "stepchild"
    PARENT = "parent"
    STEPPARENT = "stepparent"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    NIECE_OR_NEPHEW = "niece_or_nephew"
    COUSIN = "cousin"
    FORMER_SPOUSE = "former_spouse"
    HOUSEHOLD_MEMBER = "household_member"
    CLOSE_RELATIONSHIP = "close_relationship"


class Employment(Closed, frozen=True):
    """A post with the Company, a parent or subsidiary."""

    who: Annotated[Who, means("Whose post.")] = Who.SELF
    since: Annotated[date | None, means("First day; empty: not known.")] = None
    until: Annotated[date | None, means("Last day; empty: still.")] = None
    executive_officer: Annotated[bool, means("Whether as an executive officer.")] = False
    interim: Annotated[bool, means("Whether only as an interim executive officer.")] = False


class Direction(StrEnum):
    """Which way the money went: to the organisation, or from it."""

    PAID_BY_COMPANY = "paid_by_company"
    PAID_TO_COMPANY = "paid_to_company"


class BusinessPosition(StrEnum):
    """What the director or relative is in the organisation."""

    PARTNER = "partner"
    CONTROLLING_SHAREHOLDER = "controlling_shareholder"
    EXECUTIVE_OFFICER = "executive_officer"
    OTHER = "other"


class LeftOut(StrEnum):
    """Payments that test D leaves out: none; only from investing in the Company's securities;
    or under a charitable matching programme without discretion."""

    NONE = ""
    SECURITIES_ONLY = "securities_only"
    CHARITABLE_MATCHING = "charitable_matching"


class Business(Closed, frozen=True):
    """What an organisation paid to, or received from, the Company in one fiscal year."""

    organisation: Annotated[str, means("Its name.")]
    fiscal_year: Annotated[int, means("The fiscal year, e.g. 2025.")]
    amount: Annotated[Amount, means("The payments of that year for property or services.")]
    recipient_revenue: Annotated[
        Amount | None, means("The recipient's consolidated gross revenue of that year.")
    ] = None
    direction: Annotated[Direction, means("Which way the money went.")] = Direction.PAID_BY_COMPANY
    who: Annotated[Who, means("Whose position.")] = Who.SELF
    position: Annotated[BusinessPosition, means("The position there.")] = (
        BusinessPosition.EXECUTIVE_OFFICER
    )
    left_on: Annotated[date | None, means("When the person left the organisation.")] = None
    excluded: Annotated[LeftOut, means("Where the rule leaves the payments out.")] = LeftOut.NONE


class FeeReceiver(StrEnum):
    """Who accepted the fee; firm: an organisation in which the director holds a position."""

    SELF = "self"
    SPOUSE = "spouse"
    MINOR_CHILD = "minor_child"
    HOUSEHOLD_CHILD = "household_child"
    OTHER_RELATIVE = "other_relative"
    FIRM = "firm"


class FeeService(StrEnum):
    """What the fee is for."""

    ACCOUNTING = "accounting"
    CONSULTING = "consulting"
    LEGAL = "legal"
    INVESTMENT_BANKING = "investment_banking"
    FINANCIAL_ADVISORY = "financial_advisory"
    BOARD_OR_COMMITTEE = "board_or_committee"
    FIXED_RETIREMENT = "fixed_retirement"
    OTHER = "other"


class FirmPosition(StrEnum):
    """The director's position in the firm that accepted the fee; none where there is no firm."""

    NONE = ""
    PARTNER = "partner"
    MEMBER = "member"
    MANAGING_DIRECTOR = "managing_director"
    EXECUTIVE_OFFICER = "executive_officer"
    EMPLOYEE = "employee"
    OTHER = "other"


class Fee(Closed, frozen=True):
    """A fee from the Company, for Rule 10A-3."""

    amount: Annotated[Amount, means("The fee; any sum counts.")]
    received_by: Annotated[FeeReceiver, means("Who accepted it.")] = FeeReceiver.SELF
    service: Annotated[FeeService, means("What it is for.")] = FeeService.CONSULTING
    firm_position: Annotated[FirmPosition, means("With firm: the director's position there.")] = (
        FirmPosition.NONE
    )


class Independence(Closed, frozen=True):
    """What the bright-line tests of Nasdaq 5605(a)(2) and Rule 10A-3 ask of one director."""

    director: Annotated[str, means("The director's id; empty: the filer.", Names.PERSON)] = ""
    determined_on: Annotated[
        date | None, means("The day of the Board's determination; empty: the day judged.")
    ] = None
    fiscal_year_end: Annotated[date | None, means("End of the last completed fiscal year.")] = None
    employments: Annotated[tuple[Employment, ...], means("The director's own posts here.")] = ()
    family_executive_officer: Annotated[
        tuple[Employment, ...], means("Relatives who are or were executive officers here.")
    ] = ()
    payments: Annotated[
        tuple[Payment, ...], means("Pay from the Company to the director or relatives.")
    ] = ()
    businesses: Annotated[
        tuple[Business, ...], means("Organisations with dealings, one row per fiscal year.")
    ] = ()
    compensation_committee_interlock: Annotated[bool, means("Test E, within three years.")] = False
    auditor_partner_now: Annotated[
        bool, means("The director or a relative is a partner of the Company's auditor.")
    ] = False
    auditor_worked_on_audit_until: Annotated[
        date | None, means("Until when one of them worked on the Company's audit there.")
    ] = None
    fees: Annotated[tuple[Fee, ...], means("Fees accepted, for Rule 10A-3.")] = ()
    committee_service: Annotated[
        tuple[str, ...],
        means("Committees (ids of the pack) that the director serves on.", Names.COMMITTEE),
    ] = ()
    voting_percent: Annotated[
        Decimal | None, means("Share of a voting class held, in percent.")
    ] = None
    controls_company: Annotated[bool, means("Whether the director controls the Company.")] = False
    prepared_statements_until: Annotated[
        date | None, means("When the director last helped prepare financial statements.")
    ] = None


class Boards(Closed, frozen=True):
    """How many public boards a person sits on, the Company's included."""

    person: Annotated[str, means("The person's id.", Names.PERSON)]
    public_boards: Annotated[int, means("Public company boards in all.")]
    audit_committees: Annotated[int, means("Audit committees of public companies in all.")] = 0
    chief_executive_elsewhere: Annotated[
        bool, means("Whether the person leads a public company as chief executive.")
    ] = False


class TradeForm(StrEnum):
    """The Section 16 form."""

    FORM_3 = "3"
    FORM_4 = "4"
    FORM_5 = "5"


class Trade(Closed, frozen=True):
    """A Section 16 report."""

    event_on: Annotated[date, means("The trade; for Form 3 the day of becoming an insider.")]
    form: Annotated[TradeForm, means("Which form reports it.")] = TradeForm.FORM_4
    fiscal_year_end: Annotated[date | None, means("For Form 5.")] = None
    filed_on: Annotated[date | None, means("When it was filed; empty: not yet.")] = None
