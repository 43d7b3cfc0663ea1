"""Visibility: by role, by what is switched on, by earlier answers that are themselves shown."""

from __future__ import annotations

from collections.abc import Callable

from candor.forms.answers import Answer, Context, Filer
from candor.forms.definition import Form
from candor.forms.flags import flags
from candor.forms.visibility import kept, visible


def ids(form: Form, context: Context, answers: dict[str, Answer], audience: str = "") -> list[str]:
    return [question.id for question in visible(form, context, answers, audience)]


def filer(*classes: str, attributes: tuple[str, ...] = ()) -> Context:
    return Context(Filer(classes, attributes=attributes), "2027-01-22", "2026-12-31")


def test_follow_up_appears_below_its_yes_and_goes_with_it(sample: Form, director: Context) -> None:
    yes = {"6.01": Answer("6.01", True)}
    assert "6.02" in ids(sample, director, yes)
    assert "6.02" not in ids(sample, director, {"6.01": Answer("6.01", False)})
    assert "6.02" not in ids(sample, director, {"6.01": Answer("6.01", unable="?")})
    assert "6.02" not in ids(sample, director, {})


def test_question_is_shown_to_its_roles_only(sample: Form) -> None:
    assert ids(sample, filer("nominee"), {}) == []
    assert ids(sample, filer("nominee", "executive_officer"), {})


def test_question_off_by_default_is_switched_on_by_an_attribute(sample: Form) -> None:
    assert "1.03" not in ids(sample, filer("director"), {})
    assert "1.03" in ids(sample, filer("director", attributes=("ask.1.03",)), {})


def test_one_audience_sees_its_own_questions_only(sample: Form, director: Context) -> None:
    assert ids(sample, director, {}, "controls") == ["6.03"]
    assert "6.03" not in ids(sample, director, {}, "questionnaire")


CHAIN = """
[[question]]
id = "1.01"
section = "people"
kind = "yes_no"
text.en = "A?"
[[question]]
id = "1.02"
section = "people"
kind = "yes_no"
show_when = "q('1.01') == yes"
text.en = "B?"
[[question.flag]]
when = "answer == yes"
severity = "high"
kinds = ["COI"]
text.en = "B."
[[question]]
id = "1.03"
section = "people"
kind = "yes_no"
show_when = "q('1.02') == yes"
text.en = "C?"
"""


def test_answer_to_a_hidden_question_neither_shows_nor_flags_nor_is_kept(
    one_question: Callable[[str], Form], director: Context
) -> None:
    form = one_question(CHAIN)
    answers = {"1.01": Answer("1.01", True), "1.02": Answer("1.02", True)}
    assert ids(form, director, answers) == ["1.01", "1.02", "1.03"]
    assert len(flags(form, director, answers)) == 1
    answers["1.01"] = Answer("1.01", False)
    assert ids(form, director, answers) == ["1.01"]
    assert flags(form, director, answers) == ()
    assert kept(form, director, answers) == {"1.01": answers["1.01"]}


def test_kept_answers_are_those_shown_and_answered_of_one_audience(
    sample: Form, director: Context, complete: dict[str, Answer]
) -> None:
    answers = complete | {"6.02": Answer("6.02", "ac"), "6.04": Answer("6.04")}
    assert set(kept(sample, director, answers)) == set(complete)
    assert set(kept(sample, director, answers, "controls")) == {"6.03"}
