"""The questionnaire's rules with numbers: worked cases on both sides of each line."""

from __future__ import annotations

from typing import Any

import pytest

from candor.forms.answers import Answer, Change, Context, Filer, Flag
from candor.forms.definition import Form
from candor.forms.flags import flags
from candor.forms.loader import load
from candor.resources import form_file

Row = dict[str, Any]
OFFICER = Filer(("executive_officer",))
DIRECTOR = Filer(("director",))
AUDIT = Filer(("director",), ("ac_member",))
CHIEF = Filer(("director", "executive_officer"), ("ceo",))


@pytest.fixture(scope="module")
def form() -> Form:
    return load(form_file("annual-questionnaire").read_bytes())


def _raised(form: Form, question: str, value: Any = True, *rows: Row, **more: Any) -> list[str]:
    """The severities that one answer raises, in the order of its flags."""
    return [flag.severity for flag in _flags(form, question, value, *rows, **more)]


def _kinds(form: Form, question: str, value: Any, *rows: Row, **more: Any) -> list[tuple[str, ...]]:
    """The kinds of each flag that one answer raises."""
    return [flag.kinds for flag in _flags(form, question, value, *rows, **more)]


def _flags(
    form: Form,
    question: str,
    value: Any,
    *rows: Row,
    filer: Filer = DIRECTOR,
    facts: dict[str, Any] | None = None,
    change: Change = Change.NEW,
) -> tuple[Flag, ...]:
    given = Context(filer, "2027-02-18", "2026-12-31", facts=facts or {})
    answer = Answer(question, value=value, rows=rows, change=change)
    found: tuple[Flag, ...] = flags(form, given, {question: answer})
    assert {flag.question for flag in found} <= {question}
    return found


def _usd(dollars: str) -> dict[str, Any]:
    whole, _, cents = dollars.replace(",", "").partition(".")
    return {"minor": int(whole) * 100 + int(cents or 0), "currency": "USD"}


def _dealing(paid: str, to_come: str = "0") -> dict[str, Any]:
    return {"party": "Acorn Ltd", "paid": _usd(paid), "to_come": _usd(to_come)}


def _business(amount: str, revenue: str, **more: Any) -> dict[str, Any]:
    row = {
        "org": "Acorn Ltd",
        "year": 2025,
        "direction": "company_paid",
        "amount": _usd(amount),
        "still": True,
    }
    return {**row, **({"revenue": _usd(revenue)} if revenue else {}), **more}


def test_a_dealing_of_exactly_the_threshold_is_not_over_it(form: Form) -> None:
    assert _raised(form, "6.01", True, _dealing("120,000.00")) == ["medium"]
    assert _raised(form, "6.01", True, _dealing("120,000.01")) == ["high"]


def test_what_is_still_to_come_counts_toward_the_threshold(form: Form) -> None:
    assert _raised(form, "6.01", True, _dealing("84,000", "36,000.01")) == ["high"]
    assert _raised(form, "6.01", True, _dealing("84,000"), _dealing("84,000")) == ["medium"]


def test_payments_over_the_larger_of_floor_and_share_meet_the_business_test(form: Form) -> None:
    assert _raised(form, "7.04", True, _business("210,000", "3,000,000")) == ["high"]
    assert _raised(form, "7.04", True, _business("210,000", "10,000,000")) == ["medium"]
    assert _raised(form, "7.04", True, _business("200,000", "3,000,000")) == ["medium"]
    assert _raised(form, "7.04", True, _business("200,000.01", "4,000,000")) == ["high"]
    assert _raised(form, "7.04", True, _business("250,000", "5,000,000")) == ["medium"]
    assert _raised(form, "7.04", True, _business("250,000.01", "5,000,000")) == ["high"]
    parts = (_business("150,000", "3,000,000"), _business("60,000", "3,000,000"))
    assert _raised(form, "7.04", True, *parts) == ["high"]
    years = (_business("150,000", "3,000,000"), _business("60,000", "3,000,000", year=2026))
    assert _raised(form, "7.04", True, *years) == ["medium"]
    assert _raised(form, "7.04", True, _business("210,000", "3,000,000", year=2023)) == ["medium"]


def test_who_has_left_the_organisation_no_longer_meets_the_business_test(form: Form) -> None:
    gone = _business("210,000", "3,000,000", still=False)
    assert _raised(form, "7.04", True, gone) == ["medium"]


def test_a_missing_revenue_leaves_the_business_test_open(form: Form) -> None:
    assert _raised(form, "7.04", True, _business("210,000", "")) == ["open", "medium"]


def test_payments_are_added_over_any_twelve_months_not_calendar_years(form: Form) -> None:
    def paid(day: str, dollars: str, to: str = "Ann") -> dict[str, Any]:
        return {"payee": to, "date": day, "amount": _usd(dollars)}

    exactly = (paid("2025-09-01", "60,000"), paid("2026-08-31", "60,000"))
    assert _raised(form, "7.02", True, *exactly) == ["medium"]
    cent = (*exactly, paid("2026-01-01", "0.01"))
    assert _raised(form, "7.02", True, *cent) == ["high"]
    before = (paid("2024-02-17", "120,000"), paid("2024-02-18", "120,000"))
    assert _raised(form, "7.02", True, *before) == ["medium"]
    over = (paid("2025-09-01", "70,000"), paid("2026-03-01", "60,000"))
    apart = (paid("2025-09-01", "70,000"), paid("2026-09-01", "60,000"))
    two = (paid("2025-09-01", "70,000"), paid("2026-03-01", "60,000", "Ben"))
    assert _raised(form, "7.02", True, *over) == ["high"]
    assert _raised(form, "7.02", True, *apart) == ["medium"]
    assert _raised(form, "7.02", True, *two) == ["medium"]


def test_only_an_ended_interim_post_of_less_than_a_year_is_no_bar(form: Form) -> None:
    def post(until: str, *, interim: bool = True) -> dict[str, Any]:
        row = {"from": "2025-01-15", "interim": interim}
        return {**row, "to": until} if until else row

    assert _raised(form, "7.01", True, post("2025-12-31")) == ["medium"]
    assert _raised(form, "7.01", True, post("2026-01-15")) == ["high"]
    assert _raised(form, "7.01", True, post("2025-06-30", interim=False)) == ["high"]
    assert _raised(form, "7.01", True, post("")) == ["high"]


def test_a_relative_who_is_an_executive_officer_or_well_paid_is_serious(form: Form) -> None:
    def job(pay: str, *, executive: bool) -> dict[str, Any]:
        return {"person": "Ann", "executive": executive, "pay": _usd(pay)}

    assert _raised(form, "3.03", True, job("90,000", executive=False)) == ["medium"]
    assert _raised(form, "3.03", True, job("120,000.01", executive=False)) == ["high"]
    assert _raised(form, "3.03", True, job("90,000", executive=True)) == ["high"]


def test_a_relative_in_office_bears_on_the_independence_of_directors_alone(form: Form) -> None:
    job = {"person": "Ann", "executive": True, "pay": _usd("90,000")}
    assert _kinds(form, "3.03", True, job, filer=DIRECTOR) == [("IND", "RPT")]
    assert _kinds(form, "3.03", True, job, filer=CHIEF) == [("IND", "RPT")]
    assert _kinds(form, "3.03", True, job, filer=OFFICER) == [("RPT",)]


def test_a_tie_with_a_holder_of_ten_percent_matters_on_the_audit_committee(form: Form) -> None:
    row = {"holder": "Fund", "percent": 1000, "designated": False}
    assert _raised(form, "7.08", True, row, filer=AUDIT) == ["high"]
    assert _raised(form, "7.08", True, row, filer=DIRECTOR) == ["medium"]
    assert _raised(form, "7.08", True, {**row, "percent": 999}, filer=AUDIT) == ["medium"]


def test_too_many_boards_count_this_company_and_spare_ended_ones(form: Form) -> None:
    seat = {"company": "Acorn", "from": "2020-01-01", "chair": False}
    past = {**seat, "to": "2024-01-01"}
    assert _raised(form, "2.02", [seat] * 4 + [past]) == []
    assert _raised(form, "2.02", [seat] * 5) == ["medium"]
    assert _raised(form, "2.02", [seat] * 2, filer=CHIEF) == []
    assert _raised(form, "2.02", [seat] * 3, filer=CHIEF) == ["medium"]


def test_a_gap_in_the_work_history_of_more_than_three_months_is_asked_about(form: Form) -> None:
    early = {"from": "2015-01-01", "to": "2024-06-30"}
    assert _raised(form, "2.01", [early, {"from": "2024-09-01"}]) == []
    assert _raised(form, "2.01", [early, {"from": "2024-11-01"}]) == ["medium"]
    assert _raised(form, "2.01", [{"from": "2015-01-01"}], change=Change.CHANGED) == ["low"]


def test_personal_benefits_count_from_the_published_amount_on(form: Form) -> None:
    cost = {"item": "Tax help", "date": "2026-05-01"}
    assert _raised(form, "9.02", True, {**cost, "cost": _usd("9,999.99")}) == []
    assert _raised(form, "9.02", True, {**cost, "cost": _usd("10,000")}) == ["medium"]


def test_shares_that_differ_from_the_filed_total_are_flagged(form: Form) -> None:
    row = {"class": "Common", "shares": 500}
    facts = {"4.01": [row]}
    assert _raised(form, "4.01", [row], facts=facts) == []
    assert _raised(form, "4.01", [row, row], facts=facts) == ["medium"]


def test_a_debt_to_the_company_is_serious_and_a_debt_of_the_company_is_not(form: Form) -> None:
    assert _raised(form, "6.06", True, {"debtor": "relative"}) == ["high"]
    assert _raised(form, "6.06", True, {"debtor": "company"}) == ["medium"]


def test_no_is_the_serious_answer_where_the_rule_wants_a_yes(form: Form) -> None:
    assert _raised(form, "1.06", value=False) == ["high"]
    assert _raised(form, "8.04", value=False, filer=AUDIT) == ["high"]
    assert _raised(form, "9.05", value=False, filer=OFFICER) == ["high"]
    assert _raised(form, "9.05", value=True, filer=OFFICER) == []


def test_a_dealing_not_known_to_be_approved_stays_open(form: Form) -> None:
    def approved(said: str) -> list[str]:
        given = Context(DIRECTOR, "2027-02-18", "2026-12-31")
        answers = {"6.01": Answer("6.01", True), "6.05": Answer("6.05", said)}
        return [f.severity for f in flags(form, given, answers) if f.question == "6.05"]

    assert approved("committee") == approved("clo") == []
    assert approved("unknown") == ["open"]
    assert approved("not_approved") == ["high"]


def test_audit_committees_above_the_charter_limit_are_flagged(form: Form) -> None:
    assert _raised(form, "8.06", 3, filer=AUDIT) == []
    assert _raised(form, "8.06", 4, filer=AUDIT) == ["medium"]


def test_a_country_under_sanctions_and_an_unregistered_gift_are_flagged(form: Form) -> None:
    assert _raised(form, "1.04", [{"country": "us", "tie": "both"}]) == []
    assert _raised(form, "1.04", [{"country": "ir", "tie": "citizen"}]) == ["medium"]
    assert _raised(form, "1.04", [{"country": "zz", "tie": "citizen"}]) == ["open"]
    assert _raised(form, "13.02", True, {"giver": "Acorn", "registered": True}) == []
    assert _raised(form, "13.02", True, {"giver": "Acorn", "registered": False}) == ["medium"]


def test_all_five_attributes_make_a_candidate_for_financial_expert(form: Form) -> None:
    names = ("gaap", "estimates", "statements", "controls", "committee")
    rows = [{"attribute": name, "have": True} for name in names]
    assert _raised(form, "8.05", rows, filer=AUDIT) == ["low"]
    assert _raised(form, "8.05", [*rows[:4], {**rows[4], "have": False}], filer=AUDIT) == []
