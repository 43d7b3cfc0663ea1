"""Dealings with related persons: payments and the transaction for Item 404."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from candor.policy.facts.base import Amount, Closed, means
from candor.policy.facts.people import Relation


class PaymentKind(StrEnum):
    """What a payment is for.

    family_employee_salary: of a relative who is an employee but no executive officer;
    pension: tax-qualified or fixed.
    """

    FEE = "fee"
    SALARY = "salary"
    CONSULTING = "consulting"
    BOARD_FEE = "board_fee"
    COMMITTEE_FEE = "committee_fee"
    FAMILY_EMPLOYEE_SALARY = "family_employee_salary"
    PENSION = "pension"
    NON_DISCRETIONARY = "non_discretionary"
    INTEREST = "interest"
    PRINCIPAL = "principal"
    OTHER = "other"


class Payment(Closed, frozen=True):
    """A dated sum."""

    on: Annotated[date, means("The day it was paid or is due.")]
    amount: Annotated[Amount, means("The sum.")]
    to: Annotated[str, means("Who is paid, where it matters.")] = ""
    kind: Annotated[PaymentKind, means("What it is for.")] = PaymentKind.OTHER


class RelatedBasis(StrEnum):
    """Why somebody is a related person (Item 404(a))."""

    DIRECTOR = "director"
    NOMINEE = "nominee"
    EXECUTIVE_OFFICER = "executive_officer"
    FIVE_PERCENT_HOLDER = "five_percent_holder"
    IMMEDIATE_FAMILY = "immediate_family"


class ExceptionCode(StrEnum):
    """An exception of Item 404(a) that is claimed.

    X1 executive pay reported under Item 402; X2 director pay reported; X3 only a director of
    the other party or under 10% of its equity; X4 only a limited partner under 10%;
    X5 competitive bids or rates fixed by law; X6 bank depositary and similar services;
    X7 the same benefit for all holders pro rata; X8 ordinary-course debt;
    X9 not a material interest, with a written reason.
    """

    X1 = "X1"
    X2 = "X2"
    X3 = "X3"
    X4 = "X4"
    X5 = "X5"
    X6 = "X6"
    X7 = "X7"
    X8 = "X8"
    X9 = "X9"


class Transaction(Closed, frozen=True):
    """A dealing for Item 404 of Regulation S-K and the Company's related person policy."""

    company_participates: Annotated[bool, means("Whether the Company takes part.")] = True
    related_person_interest: Annotated[
        bool, means("Whether a related person has a direct or indirect interest.")
    ] = True
    basis: Annotated[RelatedBasis | None, means("Why that person is a related person.")] = None
    relation: Annotated[
        Relation | None, means("With immediate_family: what the person is to the filer.")
    ] = None
    amount: Annotated[
        Amount | None, means("The amount involved, where one sum says it; else the parts below.")
    ] = None
    payments_made: Annotated[tuple[Payment, ...], means("Paid so far.")] = ()
    payments_due: Annotated[tuple[Payment, ...], means("Committed, interest included.")] = ()
    largest_principal: Annotated[
        Amount | None, means("Of a debt: the largest principal outstanding in the period.")
    ] = None
    interest_payable: Annotated[
        Amount | None, means("On the debt, during the last fiscal year.")
    ] = None
    series: Annotated[
        tuple[Amount, ...], means("Amounts of similar dealings that count together.")
    ] = ()
    exceptions: Annotated[tuple[ExceptionCode, ...], means("Exceptions that are claimed.")] = ()
    exception_evidence: Annotated[str, means("What shows that the exception holds.")] = ""
    competitive_bids: Annotated[bool, means("Prices were set by competitive bids.")] = False
    rates_fixed_by_law: Annotated[bool, means("A carrier or utility at rates fixed by law.")] = (
        False
    )
    ordinary_course_debt: Annotated[
        bool, means("Debt from ordinary-course purchases, travel or expenses on usual terms.")
    ] = False
    bank_services: Annotated[
        bool, means("Bank depositary, transfer agent, registrar or trustee services.")
    ] = False
    pro_rata_benefit: Annotated[
        bool, means("All holders of the class received the same benefit pro rata.")
    ] = False
    compensation_reported: Annotated[
        bool, means("Executive or director pay that is reported under Item 402.")
    ] = False
    not_material_reason: Annotated[str, means("The written reason for X9.")] = ""
    begins_on: Annotated[date | None, means("When the dealing began or will begin.")] = None
    approved_before_start: Annotated[
        bool | None, means("Whether it was approved before it began.")
    ] = None
    policy_followed: Annotated[
        bool | None, means("Whether the related person policy was followed.")
    ] = None
    ongoing: Annotated[bool, means("Whether it goes on from year to year.")] = False
