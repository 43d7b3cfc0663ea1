"""Loans, gifts, Section 16 and the other matters, asked through ``candor decide``."""

from __future__ import annotations

import pytest

from .deciding import (
    BOARD,
    COMMITTEE,
    EVERYBODY,
    LEE,
    MO,
    OFFICERS,
    Ask,
    Facts,
    away,
    case,
    due,
    flagged,
    left_out,
    usd,
    who,
)


def _vote(kind: str, on: str, body: str = "audit") -> Facts:
    return {"kind": kind, "on": on, "body": body, "how": "meeting"}


# --- T12: loans -----------------------------------------------------------------------------

HOME = {"kind": "home", "lender": "third_party_guaranteed", "amount": usd("250000")}


@pytest.mark.parametrize("filer", ["eo", "dana", "ceo", "controller", "chair"])
def test_t12_a_guarantee_of_a_home_loan_is_blocked_by_law(ask: Ask, filer: str) -> None:
    answer = ask(case("loan", filer, loan=HOME))
    assert answer["status"] == "blocked"
    assert answer["block"]["rule"] == "insider_loan"
    assert answer["block"]["waivable_by"] == "nobody"
    assert answer["deciders"] == []
    assert "counsel" in answer["block"]["remedy"]
    assert "high LOAN" in flagged(answer)


@pytest.mark.parametrize("filer", ["eo", "dana"])
def test_t12_no_waiver_reaches_the_law_on_loans(ask: Ask, filer: str) -> None:
    for waiver in (
        {"provisions": ["III b8"]},
        {"provisions": ["I ¶3"], "conduct": "insider_loan"},
        {"provisions": ["III b8"], "conduct": "personal_loan"},
    ):
        answer = ask(case("waiver", filer, waiver=waiver))
        assert answer["blocked"]
        assert answer["deciders"] == []


def test_t12_an_employees_guarantee_has_only_the_way_of_a_waiver(ask: Ask) -> None:
    answer = ask(case("loan", "lee", loan=HOME))
    assert answer["block"]["waivable_by"] == "waiver"
    waiver = {"provisions": ["III b8"], "conduct": "personal_loan"}
    asked = ask(case("waiver", "lee", waiver=waiver, loan=HOME))
    assert not asked["blocked"]
    assert who(asked) == ["clo"]


def test_t12_a_business_advance_is_recorded(ask: Ask) -> None:
    loan = {
        "kind": "travel_advance",
        "business_expense": True,
        "amount": usd("1500"),
        "settled_within_days": 30,
    }
    answer = ask(case("loan", "eo", loan=loan))
    assert answer["status"] == "record"
    assert not answer["blocked"]
    assert who(answer, "certifies") == ["clo"]


# --- T13: gifts -----------------------------------------------------------------------------


def test_t13_a_gift_card_is_blocked_and_its_return_recorded(ask: Ask) -> None:
    gift = {"kind": "gift_card", "value": usd("75")}
    answer = ask(case("gift_received", "lee", gift_received=gift))
    assert answer["status"] == "blocked"
    assert answer["deciders"] == []
    assert answer["block"]["record_allowed"]
    returned = ask(case("gift_received", "lee", gift_received={**gift, "disposition": "returned"}))
    assert returned["status"] == "record"
    assert who(returned, "notes") == ["clo"]


def test_t13_a_dinner_in_a_live_bid_is_the_legal_chiefs_and_refused_by_default(ask: Ask) -> None:
    gift = {"kind": "meal", "value": usd("60"), "pending_decision": True, "giver_present": True}
    answer = ask(case("gift_received", "lee", gift_received=gift))
    assert who(answer) == ["clo"]
    assert answer["assessments"]["gift_received"]["refuse"]
    assert "high COI" in flagged(answer)


def test_an_approval_of_cash_by_anybody_is_void(ask: Ask) -> None:
    gift = {"kind": "cash", "value": usd("20")}
    for by in ("clo", "cfo", "ceo"):
        decision = {"kind": "approval", "on": "2026-11-25", "by": [by]}
        facts = case("gift_received", "lee", gift_received=gift, decision=decision)
        assert ask(facts)["attempt"]["state"] == "void"


def test_the_finance_chief_decides_only_inside_a_signed_absence(ask: Ask) -> None:
    gift = {"kind": "goods", "value": usd("40")}
    decision = {"kind": "approval", "on": "2026-11-25", "by": ["cfo"]}
    facts = case("gift_received", "lee", gift_received=gift, decision=decision)
    assert ask(facts)["attempt"]["state"] == "void"
    assert ask({**facts, "absences": [away("clo", signed=False)]})["attempt"]["state"] == "void"
    assert ask({**facts, "absences": [away("clo")]})["attempt"]["counts"]
    assert ask({**facts, "vacant": ["clo"], "people": [LEE, MO, *OFFICERS[1:]]})["attempt"][
        "counts"
    ]


# --- T15: Section 16 ------------------------------------------------------------------------


def test_t15_a_late_form_4(ask: Ask) -> None:
    trade = {"form": "4", "event_on": "2026-11-25", "filed_on": "2026-12-01"}
    answer = ask(case("questionnaire", "dana", trade=trade))
    report = answer["assessments"]["section16"]
    assert (report["due"], report["late_business_days"]) == ("2026-11-30", 1)
    assert report["at"].startswith("22:00")
    assert "medium S16" in flagged(answer)


# --- other matters ---------------------------------------------------------------------------


def test_a_directors_matter_without_the_related_person_policy_goes_to_the_legal_chief(
    ask: Ask,
) -> None:
    rival = [{"name": "Rival", "relation_to_company": ["competitor"]}]
    answer = ask(case("financial_interest", "dana", parties=rival))
    assert who(answer, "rules_first") == ["clo"]
    assert who(answer) == ["clo"]
    assert [item["to"] for item in answer["information"]] == ["audit"]


def test_doubt_about_the_related_person_policy_goes_to_the_committee(ask: Ask) -> None:
    answer = ask(case("family_business", "eo"))
    assert who(answer, "rules_first") == ["clo"]
    assert who(answer) == ["audit"]
    ruling = {"about": "rpt_policy_applies", "holds": False, "by": "clo", "on": "2026-11-24"}
    ruled = ask(case("family_business", "eo", rulings=[ruling]))
    assert who(ruled) == ["clo"]
    own = ask(case("family_business", "clo", rulings=[{**ruling, "by": "clo"}]))
    assert who(own) == ["audit"]
    assert any(flag["id"] == "ruling_void" for flag in own["flags"])


def test_approval_after_the_fact_is_ratification_and_may_be_a_waiver(ask: Ask) -> None:
    facts = case(
        "outside_service",
        "eo",
        filed_on="2026-11-24",
        begins_on="2026-10-01",
        service={"role": "consultant", "competitor": True},
        decision={"kind": "approval", "on": "2026-11-25", "by": ["clo"]},
    )
    answer = ask(facts)
    assert answer["ratification"]
    assert "approval" not in answer["allowed_decisions"]
    assert answer["attempt"]["counts_as"] == "ratification"
    assert answer["assessments"]["clock"] is None
    departure = {"about": "material_departure", "holds": True, "by": "clo", "on": "2026-11-25"}
    waived = ask({**facts, "rulings": [departure]})
    assert waived["attempt"]["is_waiver"]
    assert waived["assessments"]["clock"]["due"] == "2026-12-02"


def test_a_chief_executives_matters_go_to_the_committee(ask: Ask) -> None:
    for matter, section in (
        ("conflict", {}),
        ("gift_received", {"gift_received": {"kind": "goods"}}),
        ("outside_service", {"service": {"competitor": True}}),
        ("gift_given", {"gift_given": {"kind": "goods", "recipient_classes": ["private"]}}),
    ):
        answer = ask(case(matter, "ceo", **section))
        assert who(answer) == ["audit"], matter
        assert "clo" in who(answer, "recommends"), matter


def test_the_controllers_interested_supervisor_is_passed_over(ask: Ask) -> None:
    facts = case(
        "conflict",
        "controller",
        absences=[away("clo")],
        interests=[{"person": "cfo", "why": "supervisor_interested"}],
    )
    answer = ask(facts)
    assert who(answer) == ["chair"]
    assert "supervises" in left_out(answer)["cfo"]


def test_a_relative_in_office_is_passed_over(ask: Ask) -> None:
    people = [
        {**LEE, "relatives": [{"relation": "parent_in_law", "person": "clo"}]},
        *EVERYBODY[1:],
    ]
    answer = ask(case("conflict", "lee", people=people))
    assert who(answer) == ["cfo"]
    assert "relative" in left_out(answer)["clo"]


@pytest.mark.parametrize("classes", [["hcp"], ["foreign_official"], ["us_state_local"]])
def test_gifts_to_clinicians_and_officials_need_two_signatures(
    ask: Ask, classes: list[str]
) -> None:
    gift = {"kind": "meal", "recipient_classes": classes, "policy_cited": "Policy 4"}
    answer = ask(case("gift_given", "lee", gift_given=gift))
    assert who(answer, "signs_jointly") == ["cco", "clo"]
    alone = {"kind": "approval", "on": "2026-11-25", "by": ["clo"]}
    assert ask(case("gift_given", "lee", gift_given=gift, decision=alone))["attempt"]["state"] == (
        "pending"
    )
    both = {**alone, "by": ["clo", "cco"]}
    assert ask(case("gift_given", "lee", gift_given=gift, decision=both))["attempt"]["counts"]


def test_one_person_never_signs_twice(ask: Ask) -> None:
    both = {"id": "clo", "roles": ["clo", "cco"]}
    people = [LEE, MO, both, *(p for p in OFFICERS if p["id"] not in {"clo", "cco"}), *BOARD]
    gift = {"kind": "meal", "recipient_classes": ["hcp"], "policy_cited": "Policy 4"}
    answer = ask(case("gift_given", "lee", people=people, gift_given=gift))
    assert who(answer, "signs_jointly") == ["clo", "cfo"]


def test_information_for_outsiders_waits_for_the_legal_chief(ask: Ask) -> None:
    answer = ask(case("information_copy", "lee", information={}, absences=[away("clo")]))
    assert answer["status"] == "wait"
    assert who(answer) == []
    deputy = ask(
        case(
            "information_copy",
            "lee",
            information={"board_set_deputy": "cfo"},
            absences=[away("clo")],
        )
    )
    assert who(deputy) == ["cfo"]


def test_a_concern_never_reaches_whom_it_names(ask: Ask) -> None:
    answer = ask(case("concern", "lee", concern={"names": ["clo"], "send_to": ["clo"]}))
    assert who(answer, "receives") == ["chair"]
    chair = ask(case("concern", "lee", concern={"names": ["chair"], "send_to": ["ac_chair"]}))
    assert who(chair, "receives") == ["lead"]
    cco = ask(case("concern", "lee", concern={"names": ["cco"], "send_to": ["cco"]}))
    assert who(cco, "receives") == ["clo"]


def test_an_accounting_concern_always_reaches_the_committees_chair(ask: Ask) -> None:
    answer = ask(case("concern", "lee", concern={"kind": "accounting", "send_to": ["cco"]}))
    assert who(answer, "receives") == ["cco", "chair"]


def test_weak_controls_go_past_every_officer(ask: Ask) -> None:
    concern = {"kind": "significant_deficiency", "names": ["cfo"], "next_filing_on": "2026-12-02"}
    answer = ask(case("control_deficiency", "controller", concern=concern, filed_on="2026-11-25"))
    assert who(answer, "receives") == ["chair"]
    assert "high CTRL" in flagged(answer)
    assert due(answer, "triage")[0] == "2026-11-27"


def test_a_directors_interest_is_served_on_every_other_director(ask: Ask) -> None:
    served = {"body": "board", "notice_served_on": ["chair", "second", "third"]}
    answer = ask(case("director_interest", "dana", board_matter=served))
    assert answer["status"] == "serve"
    assert set(who(answer, "served")) == {"chair", "second", "third", "lead"}
    assert answer["notice_missing"] == ["lead"]
    assert who(answer) == ["lead"]
    assert "dana" not in answer["body"]["disinterested"]


def test_an_opportunity_of_a_director_is_the_disinterested_boards(ask: Ask) -> None:
    answer = ask(case("opportunity", "dana", opportunity={"offered_to_company": True}))
    assert who(answer) == ["board"]
    assert who(answer, "recommends") == ["audit"]
    assert "approval" not in answer["allowed_decisions"]


def test_a_retention_question_has_three_addressees_and_no_order(ask: Ask) -> None:
    answer = ask(case("retention_question", "lee"))
    assert who(answer, "decides_any") == ["mo", "cfo", "clo"]


def test_an_amendment_of_the_code_is_the_boards_and_disclosed_unless_technical(ask: Ask) -> None:
    decision = _vote("approval", "2026-11-25", "board")
    answer = ask(case("code_amendment", "clo", decision=decision, amendment={}))
    assert answer["attempt"]["counts"]
    assert due(answer, "amendment_disclosure")[0] == "2026-12-02"
    technical = ask(case("code_amendment", "clo", decision=decision, amendment={"technical": True}))
    assert technical["assessments"]["clock"] is None


def test_a_nominee_is_bound_for_related_person_dealings_only(ask: Ask) -> None:
    nominee = [{"id": "nina", "roles": ["nominee"]}, *OFFICERS, *COMMITTEE]
    gift = ask(case("gift_received", "nina", people=nominee, gift_received={"kind": "goods"}))
    assert gift["status"] == "record"
    deal = ask(case("related_person_transaction", "nina", people=nominee, transaction={}))
    assert who(deal) == ["audit"]


def test_the_strictest_class_counts_on_the_day(ask: Ask) -> None:
    people = [
        {
            "id": "max",
            "roles": [
                "employee",
                {"role": "executive_officer", "since": "2026-06-01", "until": "2026-10-31"},
            ],
        },
        *OFFICERS,
        *BOARD,
    ]
    facts = case("conflict", "max", people=people)
    assert ask(facts)["filer_class"] == "employee"
    assert ask(facts, "--on", "2026-10-31")["filer_class"] == "executive_officer"
    late = ask({**facts, "filed_on": "2026-10-15"})
    assert any(flag["id"] == "class_changed" for flag in late["flags"])
