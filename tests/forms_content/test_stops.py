"""Hard stops of the forms: at the field, for what nobody can approve, and no further."""

from __future__ import annotations

import re

import pytest

from candor.forms.answers import Answer, Context, Filer
from candor.forms.definition import Form
from candor.forms.loader import load
from candor.forms.matter_facts import facts_of
from candor.forms.validation import validate
from candor.forms.visibility import visible
from candor.resources import form_bytes

from .filling import DAY, filled

LIKE_CASH = ("cash", "gift_card", "voucher", "prepaid_card", "crypto", "other_cash_equivalent")


def _form(name: str) -> Form:
    return load(form_bytes(name))


def _context(role: str = "employee") -> Context:
    return Context(Filer((role,)), DAY, "2026-12-31")


def _stops(name: str, role: str = "employee", **picks: str) -> set[tuple[str, str]]:
    """Question and rule of each stop; ``q1_02="cash"`` answers question 1.02."""
    form, context = _form(name), _context(role)
    chosen = {key[1:].replace("_", "."): value for key, value in picks.items()}
    problems = validate(form, context, filled(form, context, chosen))
    assert all(problem.remedy for problem in problems if problem.stops)
    return {(problem.question, problem.rule) for problem in problems if problem.stops}


@pytest.mark.parametrize("kind", [*LIKE_CASH, "securities"])
@pytest.mark.parametrize("kept", ["to_be_approved", "accepted"])
def test_cash_that_would_be_kept_stops_at_its_field(kind: str, kept: str) -> None:
    assert _stops("gift-received", q1_01=kept, q1_02=kind) == {("1.02", "cash_gift_received")}


@pytest.mark.parametrize("kind", [*LIKE_CASH, "securities"])
@pytest.mark.parametrize("gone", ["declined", "returned", "handed_over"])
def test_cash_that_was_not_kept_is_put_on_record(kind: str, gone: str) -> None:
    assert _stops("gift-received", q1_01=gone, q1_02=kind) == set()


@pytest.mark.parametrize("kind", ["goods", "meal", "event", "travel", "lodging", "discount"])
def test_other_gifts_are_for_the_rules_to_judge(kind: str) -> None:
    assert _stops("gift-received", q1_02=kind) == set()


@pytest.mark.parametrize("kind", ["home", "personal", "emergency"])
def test_a_personal_loan_stops_for_everybody_while_it_is_planned(kind: str) -> None:
    for role, rule in (
        ("director", "insider_loan"),
        ("executive_officer", "insider_loan"),
        ("employee", "personal_loan"),
    ):
        assert _stops("loan", role, q1_04=kind, q2_01="yes") == {("1.04", rule)}
        assert _stops("loan", role, q1_01="exists", q1_04=kind, q2_01="yes") == set()


@pytest.mark.parametrize("kind", ["travel_advance", "company_card"])
def test_a_business_advance_does_not_stop(kind: str) -> None:
    for role in ("director", "executive_officer", "employee"):
        assert _stops("loan", role, q1_04=kind, q2_01="yes") == set()


def test_a_doubtful_advance_to_an_officer_waits_for_the_legal_opinion() -> None:
    doubtful = {"q1_04": "relocation", "q2_04": "no"}
    assert _stops("loan", "executive_officer", **doubtful) == {("2.04", "insider_loan")}
    assert _stops("loan", "executive_officer", **doubtful | {"q2_04": "yes"}) == set()
    assert _stops("loan", **doubtful) == set()


@pytest.mark.parametrize("kind", LIKE_CASH)
def test_cash_is_not_given_to_anybody(kind: str) -> None:
    for recipient in ("private", "hcp", "foreign_official"):
        found = _stops("gift-given", q1_02=recipient, q1_03=kind)
        assert found == {("1.03", "cash_gift_given")}


@pytest.mark.parametrize(
    ("picks", "stop"),
    [
        ({"q1_02": "hcp", "q1_03": "entertainment"}, ("1.03", "hcp_entertainment")),
        (
            {"q1_02": "state_owned_clinician", "q1_03": "entertainment"},
            ("1.03", "hcp_entertainment"),
        ),
        (
            {"q1_02": "foreign_official", "q1_03": "facilitation_payment"},
            ("1.03", "facilitation_payment"),
        ),
        ({"q1_02": "private", "q2_02": "yes"}, ("2.02", "payment_to_influence")),
        ({"q1_02": "hcp", "q1_03": "meal", "q2_06": "yes"}, ("2.06", "speaker_alcohol")),
        (
            {"q1_02": "us_state_local", "q1_03": "entertainment", "q2_12": "no"},
            ("2.12", "official_entertainment"),
        ),
    ],
)
def test_what_is_never_given_stops_while_planned_and_is_told_once_given(
    picks: dict[str, str], stop: tuple[str, str]
) -> None:
    assert _stops("gift-given", **picks) == {stop}
    assert _stops("gift-given", q1_01="given", **picks) == set()
    assert _stops("gift-given", q1_01="refused", **picks) == set()


def test_an_official_may_be_entertained_only_with_both_signatures() -> None:
    form, context = _form("gift-given"), _context()
    picks = {"1.02": "congress", "1.03": "entertainment", "2.12": "yes"}
    answers = filled(form, context, picks)
    for signed, stopped in ((["clo"], True), (["clo", "cco"], False)):
        answers["2.11"] = Answer("2.11", signed, attachments=answers["2.11"].attachments)
        found = [p.rule for p in validate(form, context, answers) if p.stops]
        assert found == (["official_entertainment"] if stopped else [])


def test_a_federal_employee_may_take_little_at_one_time() -> None:
    form, context = _form("gift-given"), _context()
    answers = filled(form, context, {"1.02": "us_federal_employee", "1.03": "meal"})
    for minor, stopped in ((2000, False), (2001, True)):
        answers["1.06"] = Answer("1.06", {"minor": minor, "currency": "USD"})
        found = [p.rule for p in validate(form, context, answers) if p.stops]
        assert found == (["federal_gift_limit"] if stopped else [])


def test_direct_competition_needs_a_waiver_and_what_goes_on_can_be_told() -> None:
    picks = {"q2_01": "yes", "q2_04": "yes"}
    assert _stops("outside-service", q2_03="planned", **picks) == {("2.04", "direct_competition")}
    assert _stops("outside-service", q2_03="going_on", **picks) == set()


def test_an_opportunity_is_not_taken_before_the_company_declined() -> None:
    assert _stops("corporate-opportunity", q2_04="take") == {("2.04", "diverted_opportunity")}
    assert _stops("corporate-opportunity", q2_04="take", q2_02="yes") == set()
    assert _stops("corporate-opportunity", q2_04="offer") == set()
    found = _stops("corporate-opportunity", q2_05="yes")
    assert found == {("2.05", "own_benefit_commitment")}


@pytest.mark.parametrize(
    "name", ["conflict-disclosure", "financial-interest", "family-business", "outside-service"]
)
def test_private_gain_stops_before_it_begins_and_is_told_after(name: str) -> None:
    assert ("4.02", "personal_gain") in _stops(name, q4_02="yes")
    form, context = _form(name), _context()
    answers = filled(form, context, {"4.02": "yes"}) | {"3.04": Answer("3.04", "2026-11-02")}
    assert not [p for p in validate(form, context, answers) if p.stops]


def test_law_is_not_waived() -> None:
    assert ("1.06", "breach_of_law") in _stops("waiver-request", q1_06="yes")
    assert ("1.01", "breach_of_law") in _stops("waiver-request", q1_01="vii")
    assert ("1.02", "cash_gift_received") in _stops("waiver-request", q1_02="cash_gift_received")
    assert _stops("waiver-request", q1_02="direct_competition") == set()


def test_a_record_of_an_inquiry_is_not_discarded() -> None:
    found = _stops("retention-question", q1_02="discard", q1_03="yes")
    assert found == {("1.03", "destroying_records")}
    assert _stops("retention-question", q1_02="keep", q1_03="yes") == set()


def test_a_stop_never_hides_the_form_from_being_filled_in() -> None:
    form, context = _form("gift-received"), _context()
    answers = filled(form, context, {"1.02": "cash"})
    assert {question.id for question in visible(form, context, answers)} <= answers.keys()
    assert facts_of(form, context, answers)["gift_received"]["kind"] == "cash"


@pytest.mark.parametrize("name", ["concern", "control-deficiency"])
def test_a_report_can_be_signed_without_naming_anybody_or_any_amount(name: str) -> None:
    form, context = _form(name), _context()
    answers = {
        question: answer
        for question, answer in filled(form, context, {}).items()
        if form.question(question).required
    }
    assert validate(form, context, answers) == ()
    stated = facts_of(form, context, answers)["concern"]
    assert "names" not in stated
    assert not [q.id for q in form.questions if q.required and q.kind in {"money", "person"}]


@pytest.mark.parametrize("name", ["concern", "control-deficiency"])
def test_a_report_does_not_ask_what_an_agency_was_told(name: str) -> None:
    form = _form(name)
    asked = " ".join(question.text["en"].lower() for question in form.questions)
    assert not re.search(r"\b(sec|agency|agencies|government|authorit\w+|regulator)\b", asked)
    assert "agencies are always open to you" in form.intro["en"].lower()


def test_weak_controls_have_no_threshold() -> None:
    form = _form("control-deficiency")
    amount = form.question("1.05")
    assert not amount.flags
    assert not amount.stops
    assert not amount.required
    assert form.audiences() == ("controls",)
