"""Cases close to a line, asked through ``candor decide``: classes, days, relatives, reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from candor.cli.main import run

from .deciding import EVERYBODY, LEE, Ask, Facts, away, case, usd, who, written


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
