"""Answers of the questionnaire open the right form, with what is known filled in."""

from __future__ import annotations

from typing import Any

import pytest

from candor.forms.answers import Answer, Context, Filer, Provenance
from candor.forms.definition import Form
from candor.forms.loader import load
from candor.forms.opening import carried, offers
from candor.resources import form_bytes

DIRECTOR = Context(Filer(("director",)), "2027-02-18", "2026-12-31")


@pytest.fixture(scope="module")
def questionnaire() -> Form:
    return load(form_bytes("annual-questionnaire"))


def _opened(form: Form, answer: Answer) -> list[tuple[str, dict[str, Any]]]:
    answers = {answer.question: answer}
    found = []
    for offer in offers(form, DIRECTOR, answers):
        target = load(form_bytes(offer.opening.form))
        filled = carried(form, offer, answers, target)
        assert {given.provenance for given in filled.values()} == {Provenance.PREPARED}
        found.append((target.id, {name: given.value for name, given in filled.items()}))
    return found


def test_a_gift_that_is_not_in_the_register_opens_its_form(questionnaire: Form) -> None:
    value = {"minor": 8000, "currency": "USD"}
    gift = {"giver": "Quill Labs", "what": "Dinner", "date": "2026-11-04", "value": value}
    known, new = {**gift, "registered": True}, {**gift, "registered": False}
    opened = _opened(questionnaire, Answer("13.02", value=True, rows=(known, new)))
    filled = {"2.01": "Quill Labs", "1.03": "Dinner", "1.06": "2026-11-04", "1.04": value}
    assert opened == [("gift-received", filled)]


def test_each_dealing_opens_a_notice(questionnaire: Form) -> None:
    row = {"party": "Quill Labs", "nature": "Rent of a laboratory", "start": "2026-05-01"}
    opened = _opened(questionnaire, Answer("6.01", value=True, rows=(row, row)))
    assert [form for form, _ in opened] == ["related-person-transaction"] * 2
    assert opened[0][1] == {
        "1.01": "Rent of a laboratory",
        "2.05": "Quill Labs",
        "3.04": "2026-05-01",
    }


@pytest.mark.parametrize(
    ("question", "form", "target"),
    [
        ("13.01", "conflict-disclosure", "1.01"),
        ("13.04", "control-deficiency", "1.02"),
        ("6.07", "loan", "1.06"),
        ("12.02", "gift-given", "1.05"),
    ],
)
def test_a_yes_opens_the_form_with_its_explanation(
    questionnaire: Form, question: str, form: str, target: str
) -> None:
    answer = Answer(question, value=True, explanation="As told here.")
    assert _opened(questionnaire, answer) == [(form, {target: "As told here."})]
    assert _opened(questionnaire, Answer(question, value=False)) == []


def test_a_breach_that_the_filer_will_report_opens_the_report(questionnaire: Form) -> None:
    answer = Answer("13.03", "will_report", explanation="Side letters.")
    assert _opened(questionnaire, answer) == [("concern", {"1.01": "Side letters."})]
    assert _opened(questionnaire, Answer("13.03", "other_channel")) == []
