"""What can be put to the Code: the closed list of matters."""

from __future__ import annotations

from enum import StrEnum


class Matter(StrEnum):
    """What is put to the Code. Each has a form; a pack routes by these names.

    conflict: a situation that is or could look like a conflict (form F01);
    financial_interest: a stake in, or debt to, a business around the Company (F02);
    family_business: Company business with a firm in which a relative leads (F03);
    outside_service: an outside post, board, consultancy or teaching (F04);
    opportunity: a business opening that may be the Company's (F05);
    loan: a loan, advance or guarantee by the Company (F06);
    gift_received, gift_given: a gift, meal or hospitality taken or given (F07, F08);
    related_person_transaction: a dealing of the Company with a related person (F09);
    waiver: a request to be released from a provision (F10);
    acknowledgement: the yearly signature that the Code was read (F11);
    concern: a report of a breach (F12); control_deficiency: weak controls or fraud (F13);
    information_copy: Company information for outsiders (F14);
    property_removal: Company property that leaves the premises (F15);
    director_interest: a director's stake in something the Board votes on (F16);
    questionnaire: the annual questionnaire (F17);
    guidance, retention_question: a question before acting;
    annual_review: the yearly look at a standing approval;
    business_partner: the record of a partner held to the Code by contract;
    sub_certification: a representation for the financial reports;
    code_amendment: a change of the Code itself.
    """

    CONFLICT = "conflict"
    FINANCIAL_INTEREST = "financial_interest"
    FAMILY_BUSINESS = "family_business"
    OUTSIDE_SERVICE = "outside_service"
    OPPORTUNITY = "opportunity"
    LOAN = "loan"
    GIFT_RECEIVED = "gift_received"
    GIFT_GIVEN = "gift_given"
    RELATED_PERSON_TRANSACTION = "related_person_transaction"
    WAIVER = "waiver"
    ACKNOWLEDGEMENT = "acknowledgement"
    CONCERN = "concern"
    CONTROL_DEFICIENCY = "control_deficiency"
    INFORMATION_COPY = "information_copy"
    PROPERTY_REMOVAL = "property_removal"
    DIRECTOR_INTEREST = "director_interest"
    QUESTIONNAIRE = "questionnaire"
    GUIDANCE = "guidance"
    RETENTION_QUESTION = "retention_question"
    ANNUAL_REVIEW = "annual_review"
    BUSINESS_PARTNER = "business_partner"
    SUB_CERTIFICATION = "sub_certification"
    CODE_AMENDMENT = "code_amendment"
