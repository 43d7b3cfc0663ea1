"""The closed set of conditions that a pack's rules may name, each in words.

A rule says *when* and *unless* with these names; what each one looks at stands in
`candor.policy.predicates`. A pack cannot invent one: that needs a reason in Python and a test.
"""

from __future__ import annotations

from collections.abc import Mapping

CONDITIONS: Mapping[str, str] = {
    # people
    "filer_is_related_person": "the filer is a director, nominee, executive officer, holder of "
    "over 5%, or close family of one",
    "filer_is_not_bound": "the Code does not bind the filer on that day",
    "filer_is_family_of_insider": "the filer is close family of a director or executive officer, "
    "and neither themselves",
    "filer_class_changed": "the filer's class has changed since the form was signed",
    # time
    "disclosed_late": "more business days than the setting allows passed before it was disclosed",
    "undecided_for_long": "nobody has decided for more business days than the setting allows",
    "begun_without_approval": "it began before anybody approved it",
    # related person policy
    "rpt_applies": "the related person policy applies: by a signed ruling, or because the Company "
    "takes part and a related person has an interest",
    "rpt_may_apply": "the related person policy applies, or nobody can yet say that it does not",
    "rpt_not_ruled": "no valid ruling on the related person policy is on file",
    # conflicts, interests, service
    "conflict_is_actual": "the filer holds it to be an actual conflict",
    "conflict_in_reporting_line": "a personal relationship runs along a reporting line",
    "interest_in_competitor": "the business competes with the Company, or may",
    "interest_in_fund": "it is held only through a diversified fund",
    "interest_is_significant": "the stake reaches the pack's measures of a significant one",
    "filer_influences_dealings": "the filer can influence the Company's dealings with the business",
    "service_for_competitor": "the organisation competes with the Company, or may",
    "service_directly_competitive": "the filer's own activity competes directly",
    "service_on_public_board": "it is a public company's board",
    "service_as_director_or_officer": "it is as a director or officer",
    "service_for_expert_network": "it is for an expert network",
    "service_with_business": "the organisation deals with the Company, or seeks to",
    "own_gain": "property, information or position of the Company serves private gain",
    # opportunities
    "opportunity_declined": "the Company declined the opportunity in writing",
    "opportunity_taken": "the filer has taken the opportunity already",
    "opportunity_strategic": "the opportunity is of strategic weight",
    "opportunity_commits_company": "it binds the Company for the filer's benefit",
    # credit
    "loan_asked": "credit by the Company is asked for",
    "loan_to_family": "the borrower is family",
    "loan_is_business_advance": "it is an advance, card or defence cost for business expenses",
    "loan_exception_signed": "the legal chief, not for themselves, signed a legal exception",
    "loan_is_customary": "it is a customary advance or ordinary-course credit",
    "loan_settled_slowly": "the advance is settled later than the setting allows",
    # gifts received
    "gift_as_good_as_cash": "the gift is cash, or the pack lists it as good as cash",
    "gift_in_hand": "the filer has accepted it already",
    "gift_not_kept": "the gift was declined, returned or handed over",
    "gift_is_standing_meal": "a recorded standing approval covers the meal, within its limit",
    "gift_with_bid_pending": "the giver has, or near that day had, a bid or decision pending",
    "gift_over_limit": "the gift is worth more than the modest limit, or its value is not known",
    "gift_over_year": "gifts of that giver come to more than the year's limit",
    "gift_over_cap": "the gift is worth more than the cap for its country",
    "gift_solicited": "the filer asked for the gift",
    # gifts given
    "given_as_good_as_cash": "what is given is cash, or the pack lists it as good as cash",
    "given_entertainment": "what is given is entertainment",
    "given_facilitation": "it is a payment to speed up an official act",
    "given_to_influence": "it is meant to sway a decision or to secure business",
    "given_to_official": "the recipient is a public official or employee",
    "given_to_foreign_official": "the recipient is an official outside the United States",
    "given_to_hcp": "the recipient is a health professional or health organisation",
    "given_with_legal_basis": "a policy is cited and the offices that the pack names signed a "
    "legal basis",
    "given_without_policy": "no company policy is cited",
    "given_over_federal_limit": "it passes the limit for federal employees or for Congress",
    "given_alcohol_at_programme": "alcohol is served at a speaker programme",
    "given_item_not_educational": "it is an item for a health professional that does not educate",
    "given_with_decision_pending": "the recipient has a decision pending about the Company",
    "given_to_formulary_member": "the recipient sits on a formulary committee",
    "given_to_guest": "a spouse or guest takes part",
    "given_through_third_party": "somebody else pays for the Company",
    "given_reportable": "the payment is reportable to Open Payments",
    # waivers
    "waiver_breaks_law": "the conduct breaks a law too",
    "waiver_of_unwaivable_conduct": "the conduct is one that nobody may waive",
    "waiver_of_unwaivable_clauses": "a provision named is one that nobody may waive",
    "waiver_of_credit_rule": "it would release from the rule on loans and guarantees",
    "waiver_without_finding": "it is under a conflict provision and no actual conflict was found",
    "waiver_known_too_long": "an executive officer has known of the departure for longer than the "
    "setting allows and nothing was decided",
    "departure_is_material": "a valid ruling finds a material departure",
    # concerns and controls
    "concern_is_for_audit_chair_alone": "it is about weak controls, or fraud by management",
    "concern_is_accounting": "it is about accounting, controls, auditing or fraud",
    "concern_names_executive": "it names an executive officer",
    "concern_names_director": "it names a director",
    "concern_is_retaliation": "it is about retaliation",
    "concern_near_filing": "a periodic report is due within the setting's business days",
    # information and property
    "information_under_agreement": "a confidentiality agreement covers recipient and subject",
    "information_to_director": "the recipient is a director",
    "information_may_be_inside": "it may hold material non-public information",
    "information_of_others": "it belongs to somebody else",
    "removal_for_business": "the property leaves for Company business",
    "removal_of_information": "the property holds Company information",
    "removal_overdue": "the property is due back and the day has passed",
    # the Board
    "board_conflict": "the interest is a conflict",
    "notice_incomplete": "a director has not been served yet",
    "amendment_is_technical": "the change is technical or of no substance",
    # signatures
    "signature_refused": "the person refuses to sign",
    "signature_with_exceptions": "it is signed with exceptions",
    # what the route and the decision came to
    "needs_prior_approval": "the Code asks for approval beforehand",
    "put_to_body": "a body decides it",
    "put_to_officer": "one officer decides it",
    "committee_informed": "a committee is told of it",
    "decided": "a decision is taken, for or against",
    "decided_in_favour": "a decision in favour counts",
    "decided_with_conditions": "an approval with conditions counts",
    "waiver_took_effect": "a waiver for a director or executive officer counts",
    "amendment_took_effect": "an amendment counts",
}
