"""Cases close to a line, asked through ``candor decide``: deputies, records, settings, service."""

from __future__ import annotations

from pathlib import Path

import pytest

from candor.cli.main import run

from .deciding import Ask, Facts, among_everybody, away, case, flag_ids, usd, who, written

WAIVER = {"provisions": ["III b3"], "actual_conflict_found": True}

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
    assert ("deputy_outside_chain" in flag_ids(answer)) == flagged


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
    answer = ask(
        case("related_person_transaction", "fay", people=among_everybody(former), transaction=deal)
    )
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
    assert "section16_overdue" in flag_ids(answer)
    in_time = ask(case("questionnaire", "dana", trade={"form": "4", "event_on": "2026-11-24"}))
    assert "section16_overdue" not in flag_ids(in_time)


# --- whose decision it is, in one place -------------------------------------------------------


@pytest.mark.parametrize(
    ("matter", "filer", "section", "decides"),
    [
        ("conflict", "ceo", {}, ["audit"]),
        ("waiver", "eo", {"waiver": WAIVER}, ["audit"]),
        ("family_business", "dana", {}, ["audit"]),
        ("conflict", "lee", {}, ["clo"]),
        ("retention_question", "lee", {}, ["mo", "cfo", "clo"]),
        ("loan", "eo", {"loan": {"kind": "home"}}, []),
        ("acknowledgement", "lee", {}, []),
        ("concern", "lee", {"concern": {"kind": "safety"}}, []),
        ("director_interest", "dana", {}, []),
    ],
)
def test_whose_decision_it_is_stands_apart_from_those_who_help(
    ask: Ask, matter: str, filer: str, section: Facts, decides: list[str]
) -> None:
    assert ask(case(matter, filer, **section))["decided_by"] == decides


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


def test_a_setting_of_the_facts_that_cannot_be_used_is_for_their_author_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = case("conflict", "lee", settings={"gift_modest": "lots"})
    assert run(["decide", written(tmp_path, facts)]) == 2
    said = capsys.readouterr().err
    assert "gift_modest" in said
    assert "Mend settings in the facts" in said
