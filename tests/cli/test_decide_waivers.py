"""Waivers and their clock, and the legal chief's own matter, asked through ``candor decide``."""

from __future__ import annotations

import pytest

from .deciding import (
    Ask,
    Facts,
    away,
    case,
    due,
    flagged,
    left_out,
    who,
)


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
