"""The worked cases, asked through ``candor decide`` as a lawyer would ask them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from candor.cli.main import run

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
    written,
)


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(facts: Facts, *options: str) -> dict[str, Any]:
        assert run(["decide", written(tmp_path, facts), "--json", *options]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked


def _vote(kind: str, on: str, body: str = "audit") -> Facts:
    return {"kind": kind, "on": on, "body": body, "how": "meeting"}


def _votes(chair: str, second: str, third: str) -> list[Facts]:
    words = {"chair": chair, "second": second, "third": third}
    return [{"member": member, "vote": vote} for member, vote in words.items()]


# --- T1 to T3: the clock of a waiver --------------------------------------------------------


WAIVER = {"provisions": ["III b3"], "actual_conflict_found": True}


def test_t1_a_waiver_for_the_finance_chief_before_thanksgiving(ask: Ask) -> None:
    answer = ask(
        case(
            "waiver",
            "cfo",
            waiver=WAIVER,
            decision=_vote("waiver_granted", "2026-11-25"),
            votes=_votes("absent", "for", "for"),
        )
    )
    assert answer["attempt"]["counts"]
    assert who(answer) == ["audit"]
    assert who(answer, "certifies") == ["clo"]
    assert due(answer, "waiver_disclosure") == ("2026-12-02", "17:30 America/New_York")
    clock = answer["assessments"]["clock"]
    counted = [(day["on"], day["count"]) for day in clock["days"] if day["count"]]
    assert counted == [("2026-11-27", 1), ("2026-11-30", 2), ("2026-12-01", 3), ("2026-12-02", 4)]
    assert answer["assessments"]["covered"]["item"] == "5.05"
    assert clock["website"] == {
        "posted_by": "2026-12-02",
        "keep_until": "2027-12-02",
        "retain_until": "2032-12-02",
        "rule": "Form 8-K Item 5.05(c)",
    }


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-11-25", "2026-11-27", "2026-11-28"), "2026-12-03"),
        (("2026-11-25", "2026-11-25", "2026-11-27"), "2026-12-03"),
        (("2026-11-25", "2026-11-25", "2026-11-26"), "2026-12-02"),
    ],
)
def test_t2_a_written_consent_counts_from_its_last_signature(
    ask: Ask, days: tuple[str, str, str], expected: str
) -> None:
    people = ("chair", "second", "third")
    signatures = [{"person": p, "on": d} for p, d in zip(people, days, strict=True)]
    consent = {
        "kind": "waiver_granted",
        "on": days[-1],
        "body": "audit",
        "how": "written_consent",
        "signatures": signatures,
    }
    facts = case("waiver", "cfo", waiver=WAIVER, decision=consent)
    del facts["on"]
    answer = ask(facts)
    assert answer["attempt"]["counts"]
    assert due(answer, "waiver_disclosure")[0] == expected


def test_t2_a_consent_that_lacks_a_signature_is_not_complete(ask: Ask) -> None:
    consent = {
        "kind": "waiver_granted",
        "on": "2026-11-25",
        "body": "audit",
        "how": "written_consent",
        "signatures": [{"person": "chair", "on": "2026-11-25"}],
    }
    answer = ask(case("waiver", "cfo", waiver=WAIVER, decision=consent))
    assert answer["attempt"]["state"] == "pending"
    assert answer["assessments"]["clock"] is None


def test_t3_veterans_day_is_no_business_day_of_the_sec(ask: Ask) -> None:
    answer = ask(
        case(
            "waiver",
            "dana",
            on="2026-11-05",
            waiver=WAIVER,
            decision=_vote("waiver_granted", "2026-11-05"),
        )
    )
    assert due(answer, "waiver_disclosure")[0] == "2026-11-12"
    assert answer["assessments"]["covered"]["applies"]


def test_a_closure_that_people_enter_moves_the_clock(ask: Ask) -> None:
    facts = case(
        "waiver",
        "cfo",
        waiver=WAIVER,
        decision=_vote("waiver_granted", "2026-11-25"),
        closures=["2026-11-27"],
    )
    assert due(ask(facts), "waiver_disclosure")[0] == "2026-12-03"


def test_what_the_board_has_to_ratify_starts_the_clock_on_its_day(ask: Ask) -> None:
    decision = {**_vote("waiver_granted", "2026-11-25"), "needs_board_ratification": True}
    facts = case(
        "waiver", "cfo", waiver=WAIVER, decision=decision, votes=_votes("for", "for", "for")
    )
    waiting = ask(facts)
    assert waiting["attempt"]["state"] == "pending"
    assert waiting["assessments"]["clock"] is None
    ratified = {**decision, "ratified_by_board_on": "2026-11-30"}
    assert due(ask({**facts, "decision": ratified}), "waiver_disclosure")[0] == "2026-12-04"


def test_one_provision_that_nobody_may_waive_stops_the_whole_request(ask: Ask) -> None:
    waiver = {"provisions": ["III b1", "VII ¶2"], "actual_conflict_found": True}
    answer = ask(case("waiver", "eo", waiver=waiver))
    assert answer["blocked"]
    assert answer["allowed_decisions"] == ["waiver_denied"]


def test_an_employees_waiver_starts_no_clock_and_is_the_legal_chiefs(ask: Ask) -> None:
    decision = {"kind": "waiver_granted", "on": "2026-11-25", "by": ["clo"]}
    answer = ask(case("waiver", "lee", waiver=WAIVER, decision=decision))
    assert answer["attempt"]["counts"]
    assert answer["assessments"]["clock"] is None
    assert who(answer) == ["clo"]


@pytest.mark.parametrize("filer", ["eo", "cfo", "controller", "dana", "chair", "ceo"])
def test_the_legal_chief_alone_can_waive_for_no_director_or_officer(ask: Ask, filer: str) -> None:
    decision = {"kind": "waiver_granted", "on": "2026-11-25", "by": ["clo"]}
    answer = ask(case("waiver", filer, waiver=WAIVER, decision=decision))
    assert answer["attempt"]["state"] == "void"
    assert "by vote" in " ".join(answer["attempt"]["reasons"])
    assert who(answer) == ["audit"]
    assert answer["alternative_bodies"] == ["board"]
    assert answer["assessments"]["clock"] is None


def test_the_board_may_grant_what_the_committee_may(ask: Ask) -> None:
    answer = ask(
        case("waiver", "eo", waiver=WAIVER, decision=_vote("waiver_granted", "2026-11-25", "board"))
    )
    assert answer["attempt"]["counts"]
    assert answer["assessments"]["clock"]["due"] == "2026-12-02"


def test_a_committee_that_nobody_named_grants_no_waiver(ask: Ask) -> None:
    answer = ask(
        case(
            "waiver",
            "eo",
            waiver=WAIVER,
            decision=_vote("waiver_granted", "2026-11-25", "compensation"),
        )
    )
    assert answer["attempt"]["state"] == "void"


def test_a_conflict_waiver_waits_for_the_finding_of_a_conflict(ask: Ask) -> None:
    answer = ask(case("waiver", "eo", waiver={"provisions": ["III b1"]}))
    assert who(answer, "rules_first") == ["clo"]
    assert answer["ruling"]["about"] == "actual_conflict"
    assert "high COI" in flagged(answer)


def test_silence_about_a_known_departure_is_raised_as_an_implicit_waiver(ask: Ask) -> None:
    waiver = {**WAIVER, "known_to_officer_on": "2026-10-20"}
    answer = ask(case("waiver", "eo", waiver=waiver))
    assert "high DISC" in flagged(answer)
    assert answer["assessments"]["implicit_waiver"]["alert_on"] == "2026-11-19"


# --- T7: the legal chief's own matter -------------------------------------------------------

ADVISING = {"role": "adviser", "potential_competitor": True}


def test_t7_the_legal_chiefs_own_matter_with_the_finance_chief_on_leave(ask: Ask) -> None:
    answer = ask(case("outside_service", "clo", service=ADVISING, absences=[away("cfo")]))
    assert who(answer) == ["chair"]
    assert not answer["blocked"]
    assert {"clo", "cfo"} <= set(left_out(answer))
    assert "high COI" in flagged(answer)
    assert "high CLAY" not in flagged(answer)
    assert [item["to"] for item in answer["information"]] == ["audit"]


def test_t7_as_a_director_of_the_competitor_the_clayton_act_is_asked(ask: Ask) -> None:
    service = {**ADVISING, "role": "director"}
    assert "high CLAY" in flagged(ask(case("outside_service", "clo", service=service)))


def test_t7_without_a_signed_declaration_the_finance_chief_decides(ask: Ask) -> None:
    facts = case("outside_service", "clo", service=ADVISING, absences=[away("cfo", signed=False)])
    answer = ask(facts)
    assert who(answer) == ["cfo"]
    assert any(flag["id"] == "absence_unsigned" for flag in answer["flags"])


def test_t7_directly_competitive_work_needs_a_waiver_by_the_committee(ask: Ask) -> None:
    service = {**ADVISING, "directly_competitive": True}
    answer = ask(case("outside_service", "clo", service=service))
    assert answer["blocked"]
    assert answer["block"]["waivable_by"] == "waiver"
    assert answer["deciders"] == []
    waiver = {
        "provisions": ["III b6"],
        "conduct": "direct_competition",
        "actual_conflict_found": True,
    }
    granted = ask(
        case(
            "waiver",
            "clo",
            waiver=waiver,
            service=service,
            decision=_vote("waiver_granted", "2026-11-25"),
            votes=_votes("for", "for", "for"),
        )
    )
    assert who(granted) == ["audit"]
    assert who(granted, "certifies") == ["cfo"]
    assert due(granted, "waiver_disclosure")[0] == "2026-12-02"
    assert any(duty["id"] == "outside_counsel" for duty in granted["duties"])


# --- T9: independence beside a related person transaction -----------------------------------


def _vendor(amount: str, revenue: str, **more: Any) -> Facts:
    business = {
        "organisation": "Sample Supplies",
        "fiscal_year": 2025,
        "amount": usd(amount),
        "recipient_revenue": usd(revenue),
        **more,
    }
    return case(
        "related_person_transaction",
        "dana",
        on="2026-12-10",
        transaction={"basis": "director", "amount": usd(amount)},
        parties=[{"name": "Sample Supplies", "relation_to_company": ["vendor"]}],
        independence={"director": "dana", "businesses": [business]},
    )


def _test_d(answer: dict[str, Any]) -> str:
    tests = answer["assessments"]["independence"]["tests"]
    return next(str(line["finding"]) for line in tests if line["code"] == "D")


@pytest.mark.parametrize(
    ("amount", "revenue", "left", "finding"),
    [
        ("210000", "3000000", {}, "MET"),
        ("210000", "10000000", {}, "no"),
        ("200000.00", "3000000", {}, "no"),
        ("200000.01", "3000000", {}, "MET"),
        ("210000", "3000000", {"left_on": "2026-12-01"}, "no"),
    ],
)
def test_t9_the_recipients_revenue_sets_the_limit(
    ask: Ask, amount: str, revenue: str, left: Facts, finding: str
) -> None:
    answer = ask(_vendor(amount, revenue, **left))
    assert _test_d(answer) == finding
    assert ("high IND" in flagged(answer)) == (finding == "MET")
    assert "high RPT" in flagged(answer)
    assert who(answer) == ["audit"]


def test_t9_nobody_is_called_independent(ask: Ask) -> None:
    answer = ask(_vendor("100", "3000000"))
    conclusion = answer["assessments"]["independence"]["conclusion"]
    assert "the Board must determine" in conclusion


# --- T11: the chair's sister ----------------------------------------------------------------


def _sister(**more: Any) -> Facts:
    return case(
        "related_person_transaction",
        "chair",
        transaction={
            "basis": "immediate_family",
            "relation": "sibling",
            "amount": usd("300000"),
        },
        **more,
    )


def test_t11_the_chair_is_recused_and_two_decide(ask: Ask) -> None:
    answer = ask(_sister())
    assert who(answer) == ["audit"]
    assert answer["body"]["disinterested"] == ["second", "third"]
    assert answer["body"]["acting_chair_needed"]
    assert answer["body"]["quorum_needed"] == 2
    assert answer["body"]["written_consent_possible"] is False
    assert "filer" in left_out(answer)["chair"]


@pytest.mark.parametrize(
    ("second", "third", "state"),
    [("for", "for", "counts"), ("for", "against", "failed"), ("for", "absent", "failed")],
)
def test_t11_a_tie_never_approves(ask: Ask, second: str, third: str, state: str) -> None:
    facts = _sister(
        decision=_vote("approval", "2026-11-25"), votes=_votes("recused", second, third)
    )
    assert ask(facts)["attempt"]["state"] == state


def test_t11_a_written_consent_is_impossible_with_a_recusal(ask: Ask) -> None:
    consent = {
        "kind": "approval",
        "on": "2026-11-25",
        "body": "audit",
        "how": "written_consent",
        "signatures": [
            {"person": "second", "on": "2026-11-25"},
            {"person": "third", "on": "2026-11-25"},
        ],
    }
    answer = ask(_sister(decision=consent))
    assert answer["attempt"]["state"] == "void"


def test_t11_with_a_second_recusal_the_disinterested_independent_directors_decide(
    ask: Ask,
) -> None:
    answer = ask(_sister(interests=[{"person": "second", "why": "own_interest"}]))
    assert who(answer) == ["independent_directors"]
    assert answer["body"]["escalated_from"] == ["audit"]
    assert set(answer["body"]["disinterested"]) == {"third", "lead", "dana"}
    assert {"chair", "second"} <= set(left_out(answer))


def test_t11_a_vote_of_the_chair_does_not_count(ask: Ask) -> None:
    facts = _sister(decision=_vote("approval", "2026-11-25"), votes=_votes("for", "for", "against"))
    answer = ask(facts)
    assert answer["attempt"]["state"] == "failed"
    assert any(flag["id"] == "vote_of_conflicted" for flag in answer["flags"])


def test_t11_where_nobody_disinterested_remains_it_waits_for_a_committee(ask: Ask) -> None:
    interests = [
        {"person": person, "why": "own_interest"} for person in ("second", "third", "lead", "dana")
    ]
    answer = ask(_sister(interests=interests))
    assert answer["status"] == "wait"
    assert answer["deciders"] == [] or who(answer) == []
    assert "The Board forms a committee" in " ".join(answer["sentences"])


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
