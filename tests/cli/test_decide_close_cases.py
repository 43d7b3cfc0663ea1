"""Cases close to a line, asked through ``candor decide``: classes, days, relatives, reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from candor.cli.main import run
from candor.policy.facts.reading import FactsFaults, facts_from
from candor.policy.pack import load_pack
from candor.resources import pack_bytes

from .deciding import EVERYBODY, LEE, MO, Ask, Facts, away, case, left_out, usd, who, written


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(facts: Facts, *options: str) -> dict[str, Any]:
        assert run(["decide", written(tmp_path, facts), "--json", *options]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return asked


def _with(person: Facts) -> list[Facts]:
    """Everybody, with one person's facts in place of those of the same id."""
    return [*(p for p in EVERYBODY if p["id"] != person["id"]), person]


def _refused(facts: Facts) -> str:
    """What the reader of facts says is wrong with them."""
    known = load_pack(pack_bytes("immunogen")).known
    with pytest.raises(FactsFaults) as refused:
        facts_from(facts, known)
    return " ".join(refused.value.problems)


def _flag_ids(answer: dict[str, Any]) -> set[str]:
    return {flag["id"] for flag in answer["flags"]}


GIFT = {"kind": "goods", "value": usd("40")}
WAIVER = {"provisions": ["III b3"], "actual_conflict_found": True}

# --- a nominee who already serves -----------------------------------------------------------

NINA: Facts = {"id": "nina", "roles": ["nominee", "executive_officer"], "reports_to": "ceo"}


@pytest.mark.parametrize(
    ("matter", "section", "status", "decides"),
    [
        ("gift_received", {"gift_received": GIFT}, "decide", ["clo"]),
        ("conflict", {}, "decide", ["clo"]),
        ("waiver", {"waiver": WAIVER}, "decide", ["audit"]),
        ("loan", {"loan": {"kind": "home"}}, "blocked", []),
    ],
)
def test_an_executive_officer_who_stands_for_the_board_stays_bound(
    ask: Ask, matter: str, section: Facts, status: str, decides: list[str]
) -> None:
    answer = ask(case(matter, "nina", people=_with(NINA), **section))
    assert answer["filer_class"] == "executive_officer"
    assert answer["status"] == status
    assert who(answer) == decides


def test_an_employee_who_stands_for_the_board_asks_as_an_employee(ask: Ask) -> None:
    person = {**LEE, "roles": ["employee", "nominee"]}
    answer = ask(case("gift_received", "lee", people=_with(person), gift_received=GIFT))
    assert (answer["status"], who(answer)) == ("decide", ["clo"])


# --- a decision is judged on its own day ----------------------------------------------------


@pytest.mark.parametrize(
    ("on", "decided", "state"),
    [
        ("2026-11-25", "2026-11-25", "counts"),
        ("2026-12-10", "2026-11-25", "counts"),
        ("2026-11-25", "2026-11-30", "void"),
        ("2026-12-10", "2026-11-30", "void"),
    ],
)
def test_an_absence_counts_on_the_day_of_the_decision(
    ask: Ask, on: str, decided: str, state: str
) -> None:
    decision = {"kind": "approval", "on": decided, "by": ["cfo"]}
    facts = case(
        "gift_received", "lee", on=on, gift_received=GIFT, decision=decision, absences=[away("clo")]
    )
    assert ask(facts)["attempt"]["state"] == state


@pytest.mark.parametrize(
    ("on", "decided", "state"),
    [
        ("2026-11-25", "2026-11-10", "counts"),
        ("2026-11-25", "2026-11-20", "void"),
        ("2026-11-05", "2026-11-20", "void"),
    ],
)
def test_the_class_on_the_day_of_the_decision_tells_who_could_waive(
    ask: Ask, on: str, decided: str, state: str
) -> None:
    person = {
        **LEE,
        "roles": [
            {"role": "employee", "until": "2026-11-14"},
            {"role": "executive_officer", "since": "2026-11-15"},
        ],
    }
    decision = {"kind": "waiver_granted", "on": decided, "by": ["clo"]}
    facts = case("waiver", "lee", on=on, people=_with(person), waiver=WAIVER, decision=decision)
    answer = ask(facts)
    assert answer["attempt"]["state"] == state
    assert answer["assessments"]["clock"] is None


# --- late, and begun without approval -------------------------------------------------------

RIVAL = {"role": "consultant", "competitor": True}


@pytest.mark.parametrize(
    ("filed", "late"),
    [("2026-11-09", False), ("2026-11-10", True), (None, True)],
)
def test_a_disclosure_is_late_after_five_business_days(
    ask: Ask, filed: str | None, late: bool
) -> None:
    more = {"filed_on": filed} if filed else {}
    answer = ask(case("conflict", "lee", first_known_on="2026-11-02", **more))
    assert ("late_disclosure" in _flag_ids(answer)) == late


@pytest.mark.parametrize(
    ("begins", "decided", "counts_as"),
    [
        ("2026-11-01", "2026-11-25", "ratification"),
        ("2026-11-10", "2026-11-25", "ratification"),
        ("2026-11-10", "2026-11-10", "approval"),
        ("2026-11-10", "2026-11-06", "approval"),
    ],
)
def test_a_yes_after_it_began_is_a_ratification_also_where_it_was_filed_before(
    ask: Ask, begins: str, decided: str, counts_as: str
) -> None:
    decision = {"kind": "approval", "on": decided, "by": ["clo"]}
    facts = case(
        "outside_service",
        "eo",
        filed_on="2026-11-02",
        begins_on=begins,
        service=RIVAL,
        decision=decision,
    )
    answer = ask(facts)
    assert answer["attempt"]["counts"]
    assert answer["attempt"]["counts_as"] == counts_as


def test_what_begins_while_it_waits_begins_without_approval(ask: Ask) -> None:
    facts = case(
        "outside_service", "eo", filed_on="2026-11-02", begins_on="2026-11-10", service=RIVAL
    )
    assert not ask(facts, "--on", "2026-11-10")["ratification"]
    answer = ask(facts)
    assert answer["ratification"]
    assert "approval" not in answer["allowed_decisions"]
    assert "ongoing_without_approval" in _flag_ids(answer)


def test_a_deal_that_was_not_approved_before_it_began_is_ratified_without_dates_too(
    ask: Ask,
) -> None:
    transaction = {"amount": usd("5000"), "approved_before_start": False}
    answer = ask(case("related_person_transaction", "dana", transaction=transaction))
    assert answer["ratification"]
    assert answer["assessments"]["rpt"]["step"] == "ratification"


# --- who is left out ------------------------------------------------------------------------


@pytest.mark.parametrize("filer", ["cfo", "cco", "chair"])
def test_a_filer_on_the_way_is_left_out_by_name(ask: Ask, filer: str) -> None:
    answer = ask(case("conflict", filer))
    passed = filer in left_out(answer)
    assert passed == (filer != "cco")
    assert filer not in [one["person"] for one in answer["fallbacks"]]


def test_a_report_leaves_out_everybody_whom_it_names(ask: Ask) -> None:
    answer = ask(case("concern", "lee", concern={"names": ["cco", "mo"], "send_to": ["clo"]}))
    assert {"cco", "mo"} <= set(left_out(answer))
    weak = {"kind": "management_fraud", "names": ["cfo"]}
    assert "cfo" in left_out(ask(case("control_deficiency", "lee", concern=weak)))


def test_a_report_is_hidden_from_the_whole_line_above_whom_it_names(ask: Ask) -> None:
    lawyers = [{**MO, "reports_to": "clo"}, *(p for p in EVERYBODY if p["id"] != "mo")]
    concern = {"kind": "safety", "names": ["lee"], "send_to": ["clo", "cco"]}
    answer = ask(case("concern", "secretary", people=lawyers, concern=concern))
    assert who(answer, "receives") == ["cco"]
    assert "leads somebody named" in left_out(answer)["clo"]


# --- credit for family of directors and executive officers -----------------------------------


@pytest.mark.parametrize(
    ("insider", "loan", "rule"),
    [
        ("dana", {"kind": "home"}, "insider_relative_loan"),
        ("eo", {"kind": "relocation"}, "insider_relative_loan"),
        ("dana", {"kind": "home", "legal_exception": True}, "personal_loan"),
        ("dana", {"kind": "travel_advance", "business_expense": True}, None),
        ("mo", {"kind": "home"}, "personal_loan"),
    ],
)
def test_a_loan_to_an_insiders_relative_is_no_employees_loan(
    ask: Ask, insider: str, loan: Facts, rule: str | None
) -> None:
    person = {**LEE, "relatives": [{"relation": "parent", "person": insider}]}
    answer = ask(case("loan", "lee", people=_with(person), loan=loan))
    assert (answer["block"] or {}).get("rule") == rule
    if rule == "insider_relative_loan":
        assert answer["block"]["waivable_by"] == "nobody"


# --- decisions by bodies, and the website ----------------------------------------------------


def test_a_body_that_decides_is_taken_to_have_met(ask: Ask) -> None:
    decision = {"kind": "waiver_granted", "on": "2026-11-25", "body": "audit"}
    votes = [{"member": one, "vote": "for"} for one in ("chair", "second", "third")]
    answer = ask(case("waiver", "cfo", waiver=WAIVER, decision=decision, votes=votes))
    assert answer["attempt"]["counts"]
    assert answer["assessments"]["clock"]["event"]["basis"] == "The day of the meeting."
    said = {**decision, "how": "individual"}
    assert "although a body decides" in _refused(
        case("waiver", "cfo", waiver=WAIVER, decision=said)
    )


@pytest.mark.parametrize(("elected", "flagged"), [(True, False), (False, True)])
def test_the_website_serves_only_where_the_annual_report_announced_it(
    ask: Ask, elected: bool, flagged: bool
) -> None:
    decision = {
        "kind": "waiver_granted",
        "on": "2026-11-25",
        "body": "audit",
        "website_route": True,
    }
    answer = ask(
        case(
            "waiver",
            "cfo",
            waiver=WAIVER,
            decision=decision,
            settings={"website_election": elected},
        )
    )
    assert ("website_not_announced" in _flag_ids(answer)) == flagged


# --- deputies, former directors, prohibitions that facts name ---------------------------------


@pytest.mark.parametrize(
    ("deputy", "decides", "flagged"),
    [
        ("secretary", "cfo", True),
        ("controller", "cfo", True),
        ("cfo", "cfo", False),
        ("ac_chair", "chair", False),
    ],
)
def test_nobody_delegates_to_an_office_outside_the_chain(
    ask: Ask, deputy: str, decides: str, flagged: bool
) -> None:
    answer = ask(case("conflict", "lee", absences=[{**away("clo"), "deputy": deputy}]))
    assert who(answer) == [decides]
    assert ("deputy_outside_chain" in _flag_ids(answer)) == flagged


def test_a_deputy_of_the_legal_chief_approves_no_copy_for_outsiders(ask: Ask) -> None:
    absences = [{**away("clo"), "deputy": "cfo"}]
    answer = ask(case("information_copy", "lee", information={}, absences=absences))
    assert (answer["status"], who(answer)) == ("wait", [])


@pytest.mark.parametrize(
    ("until", "decides"),
    [("2025-01-01", ["audit"]), ("2026-06-30", ["audit"]), ("2024-12-31", ["clo"])],
)
def test_a_director_of_the_last_fiscal_year_is_a_related_person_still(
    ask: Ask, until: str, decides: list[str]
) -> None:
    former = {"id": "fay", "roles": [{"role": "director", "until": until}]}
    deal = {"amount": usd("130000")}
    answer = ask(case("related_person_transaction", "fay", people=_with(former), transaction=deal))
    assert answer["filer_class"] is None
    assert who(answer) == decides


def test_a_prohibition_that_facts_name_stops_whatever_is_put(ask: Ask) -> None:
    answer = ask(case("financial_interest", "lee", prohibited=["cash_gift_received"]))
    assert answer["block"]["rule"] == "cash_gift_received"
    told = ask(
        case("concern", "lee", concern={"kind": "bribery"}, prohibited=["cash_gift_received"])
    )
    assert told["status"] == "receive"


@pytest.mark.parametrize(
    ("filer", "decides", "told"),
    [
        ("lee", ["clo"], []),
        ("eo", ["clo"], ["audit"]),
        ("dana", ["clo"], ["audit"]),
        ("clo", ["cfo"], ["audit"]),
        ("ceo", ["audit"], []),
        ("second", ["audit"], []),
    ],
)
@pytest.mark.parametrize("service", [{"role": "expert_network"}, {"business_with_company": True}])
def test_service_that_looks_like_a_conflict_goes_as_conflicts_go(
    ask: Ask, filer: str, decides: list[str], told: list[str], service: Facts
) -> None:
    by = "cfo" if filer == "clo" else "clo"
    ruled = {"about": "rpt_policy_applies", "holds": False, "by": by, "on": "2026-11-24"}
    answer = ask(case("outside_service", filer, service=service, rulings=[ruled]))
    assert who(answer) == decides
    assert [item["to"] for item in answer["information"]] == told


def test_a_section_16_report_that_nobody_filed_is_raised(ask: Ask) -> None:
    answer = ask(case("questionnaire", "dana", trade={"form": "4", "event_on": "2026-11-10"}))
    assert answer["assessments"]["section16"]["due"] == "2026-11-13"
    assert "section16_overdue" in _flag_ids(answer)
    in_time = ask(case("questionnaire", "dana", trade={"form": "4", "event_on": "2026-11-24"}))
    assert "section16_overdue" not in _flag_ids(in_time)


# --- the record of what nobody may approve, and settings that differ -------------------------


@pytest.mark.parametrize(
    ("kind", "by", "state"),
    [
        ("noted", "clo", "counts"),
        ("disapproval", "clo", "counts"),
        ("noted", "mo", "void"),
        ("disapproval", "cfo", "void"),
        ("noted", "lee", "void"),
        ("approval", "clo", "void"),
    ],
)
def test_only_whoever_keeps_the_record_notes_what_nobody_may_approve(
    ask: Ask, kind: str, by: str, state: str
) -> None:
    cash = {"kind": "cash", "value": usd("5")}
    decision = {"kind": kind, "on": "2026-11-25", "by": [by]}
    answer = ask(case("gift_received", "lee", gift_received=cash, decision=decision))
    assert answer["attempt"]["state"] == state


@pytest.mark.parametrize(
    ("counts", "filer_class", "decides"),
    [(True, "executive_officer", ["audit"]), (False, "employee", ["clo"])],
)
def test_a_setting_that_differs_in_the_case_changes_the_class(
    ask: Ask, counts: bool, filer_class: str, decides: list[str]
) -> None:
    settings = {"cco_is_executive_officer": counts}
    answer = ask(case("waiver", "cco", waiver=WAIVER, settings=settings))
    assert answer["filer_class"] == filer_class
    assert who(answer) == decides


@pytest.mark.parametrize("removal", [{}, {"contains_information": True}])
def test_what_the_chief_executive_takes_away_is_the_committees_to_allow(
    ask: Ask, removal: Facts
) -> None:
    answer = ask(case("property_removal", "ceo", removal=removal))
    assert who(answer) == ["audit"]
    assert who(answer, "recommends") == ["clo"]
