"""Cases close to a line, asked through ``candor decide``: classes, days, relatives, reports."""

from __future__ import annotations

import pytest

from candor.policy.facts.reading import FactsFaults, facts_from
from candor.policy.pack import load_pack
from candor.resources import pack_bytes

from .deciding import (
    EVERYBODY,
    LEE,
    MO,
    Ask,
    Facts,
    among_everybody,
    away,
    case,
    flag_ids,
    left_out,
    usd,
    who,
)


def _refused(facts: Facts) -> str:
    """What the reader of facts says is wrong with them."""
    known = load_pack(pack_bytes("immunogen")).known
    with pytest.raises(FactsFaults) as refused:
        facts_from(facts, known)
    return " ".join(refused.value.problems)


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
    answer = ask(case(matter, "nina", people=among_everybody(NINA), **section))
    assert answer["filer_class"] == "executive_officer"
    assert answer["status"] == status
    assert who(answer) == decides


def test_an_employee_who_stands_for_the_board_asks_as_an_employee(ask: Ask) -> None:
    person = {**LEE, "roles": ["employee", "nominee"]}
    answer = ask(case("gift_received", "lee", people=among_everybody(person), gift_received=GIFT))
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
    facts = case(
        "waiver", "lee", on=on, people=among_everybody(person), waiver=WAIVER, decision=decision
    )
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
    assert ("late_disclosure" in flag_ids(answer)) == late


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
    assert "ongoing_without_approval" in flag_ids(answer)


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
    answer = ask(case("loan", "lee", people=among_everybody(person), loan=loan))
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
    assert ("website_not_announced" in flag_ids(answer)) == flagged
