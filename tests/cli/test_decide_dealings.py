"""Independence and dealings with related persons, asked through ``candor decide``."""

from __future__ import annotations

from typing import Any

import pytest

from .deciding import (
    Ask,
    Facts,
    case,
    flagged,
    left_out,
    usd,
    who,
)


def _vote(kind: str, on: str, body: str = "audit") -> Facts:
    return {"kind": kind, "on": on, "body": body, "how": "meeting"}


def _votes(chair: str, second: str, third: str) -> list[Facts]:
    words = {"chair": chair, "second": second, "third": third}
    return [{"member": member, "vote": vote} for member, vote in words.items()]


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
