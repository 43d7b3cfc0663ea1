"""Validation: every problem together, each with its question; saving is nobody's business here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from candor.forms.answers import Answer, Context, Problem, Provenance, Source
from candor.forms.definition import Form
from candor.forms.validation import needs_explanation, needs_files, validate
from candor.forms.visibility import Reading

Answers = dict[str, Answer]
FILE = {"name": "cv.pdf", "digest": "a" * 64, "size": 5, "media": "application/pdf"}


def texts(form: Form, context: Context, answers: Answers) -> dict[str, list[str]]:
    """Problems by question."""
    found: dict[str, list[str]] = {}
    for problem in validate(form, context, answers):
        found.setdefault(problem.question, []).append(problem.text)
    return found


def test_complete_answers_have_no_problem(
    sample: Form, director: Context, complete: Answers
) -> None:
    assert validate(sample, director, complete) == ()


def test_everything_open_is_reported_together_in_the_order_of_the_form(
    sample: Form, director: Context
) -> None:
    found = validate(sample, director, {})
    assert [p.question for p in found] == ["1.01", "1.02", "6.01", "6.03", "6.05", "6.06"]
    assert {p.text for p in found} == {"This question is still open."}


def test_validation_twice_says_the_same(sample: Form, director: Context, complete: Answers) -> None:
    answers = complete | {"6.01": Answer("6.01", True), "6.03": Answer("6.03", True)}
    first = validate(sample, director, answers)
    assert first
    assert validate(sample, director, answers) == first


def test_flagged_answer_without_explanation_blocks_signing(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {"6.03": Answer("6.03", True, explanation="  ")}
    assert texts(sample, director, answers) == {"6.03": ["Explain this answer in a few words."]}
    answers["6.03"] = Answer("6.03", True, explanation="A reconciliation was late.")
    assert validate(sample, director, answers) == ()


def test_yes_told_by_rows_needs_a_row_and_no_explanation(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {
        "6.01": Answer("6.01", True),
        "6.02": Answer("6.02", "ac"),
    }
    assert texts(sample, director, answers) == {"6.01": ["Add at least one row."]}
    row = {"party": "Alder", "paid": {"minor": 1, "currency": "USD"}}
    answers["6.01"] = Answer("6.01", True, rows=(row,))
    assert validate(sample, director, answers) == ()


def test_no_with_rows_left_over_is_a_contradiction(
    sample: Form, director: Context, complete: Answers
) -> None:
    row = {"party": "Alder", "paid": {"minor": 1, "currency": "USD"}}
    answers = complete | {"6.01": Answer("6.01", False, rows=(row,))}
    assert "Answer yes, or remove them." in texts(sample, director, answers)["6.01"][0]


def test_explain_when_names_the_answer_to_explain(
    sample: Form, director: Context, complete: Answers
) -> None:
    row = {"party": "Alder", "paid": {"minor": 1, "currency": "USD"}}
    answers = complete | {
        "6.01": Answer("6.01", True, rows=(row,)),
        "6.02": Answer("6.02", "not_approved"),
    }
    assert texts(sample, director, answers) == {"6.02": ["Explain this answer in a few words."]}
    reading = Reading(sample, director, answers)
    assert needs_explanation(reading, sample.question("6.02"))
    assert not needs_explanation(reading, sample.question("6.04"))


def test_unable_needs_its_reason_and_nothing_else(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {
        "1.02": Answer("1.02", unable="My brother is at sea."),
        "6.03": Answer("6.03", unable="  "),
        "6.01": Answer("6.01", True, unable="Not sure."),
        "6.06": Answer("6.06", unable="No."),
    }
    found = texts(sample, director, answers)
    assert found.pop("6.03") == ["Say why you cannot answer."]
    assert "Keep one of the two." in found.pop("6.01")[0]
    assert found.pop("6.06") == ["A signature cannot be left out. Type your full name."]
    assert found == {}


def test_answer_about_relatives_needs_its_source(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {"1.02": Answer("1.02", [])}
    assert "you could not ask" in texts(sample, director, answers)["1.02"][0]
    answers["1.02"] = Answer("1.02", [], source=Source.ASKED)
    assert validate(sample, director, answers) == ()


def test_relative_who_could_not_be_asked_needs_an_explanation(
    sample: Form, director: Context, complete: Answers
) -> None:
    unasked = Answer("1.02", [], source=Source.COULD_NOT_ASK)
    found = texts(sample, director, complete | {"1.02": unasked})
    assert found == {"1.02": ["Explain this answer in a few words."]}
    explained = replace(unasked, explanation="My brother is at sea.")
    assert validate(sample, director, complete | {"1.02": explained}) == ()


def test_dispute_must_say_what_is_wrong(sample: Form, director: Context, complete: Answers) -> None:
    answers = complete | {"1.01": Answer("1.01", "Ada", provenance=Provenance.DISPUTED)}
    assert "what is wrong with what the Company has" in texts(sample, director, answers)["1.01"][0]


def test_empty_cells_and_wrong_cells_are_named_by_row_and_column(
    sample: Form, director: Context, complete: Answers
) -> None:
    person = {"name": "Bo", "id": ""}
    rows: list[Any] = [
        {"who": person, "kin": "spouse", "home": True, "since": "2001-02-30"},
        {"who": person, "kin": "aunt", "shoe": 43},
    ]
    answers = complete | {"1.02": Answer("1.02", rows, source=Source.KNOWN)}
    assert validate(sample, director, answers) == (
        Problem("1.02", "Type a date, for example 22 Jan 2027.", 0, "since"),
        Problem("1.02", "This cell is still empty.", 1, "home"),
        Problem("1.02", "Choose one of the answers offered.", 1, "kin"),
        Problem("1.02", "This column is not part of the question.", 1, "shoe"),
    )


@pytest.mark.parametrize(
    ("kind", "extra", "value", "said"),
    [
        ("yes_no", "", 1, "Answer yes or no."),
        ("yes_no", "", True, ""),
        ("short_text", "", "a\nb", "Keep this to one line."),
        ("short_text", "", "x" * 501, "Keep this to 500 characters; it has 501."),
        ("short_text", "", "a\x00b", "This holds signs that cannot be printed."),
        ("short_text", "", 5, "Type a text."),
        ("short_text", "", "  ", "This question is still open."),
        ("long_text", "", "x" * 20_001, "Keep this to 20,000 characters; it has 20,001."),
        ("long_text", "", "a\n\tb", ""),
        ("number", "", 5, ""),
        ("number", "", True, "Type a number."),
        ("number", "", -1, "Type a number that is not negative."),
        ("number", "", 2**53, "Type a number."),
        ("money", "", {"minor": 5, "currency": "USD"}, ""),
        ("money", "", {"minor": 5, "currency": "EUR"}, "Give this amount in USD."),
        ("money", 'currency = "EUR"\n', {"minor": 5, "currency": "EUR"}, ""),
        ("money", "", {"minor": -5, "currency": "USD"}, "Type an amount that is not negative."),
        ("money", "", {"minor": 5, "currency": "USD", "x": 1}, "Type an amount, for example"),
        ("money", "", {"minor": True, "currency": "USD"}, "Type an amount, for example"),
        ("money", "", 5, "Type an amount, for example 1,250.00."),
        ("date", "", "2027-01-22", ""),
        ("date", "", "20270122", "Type a date, for example 22 Jan 2027."),
        ("date", "", "1066-10-14", "Check the year: dates here lie between 1900 and 2200."),
        ("person", "", {"name": "Bo", "id": ""}, ""),
        ("person", "", {"name": " ", "id": ""}, "Type a name."),
        ("person", "", {"name": "Bo"}, "Type a name."),
        ("person", "", "Bo", "Type a name."),
        ("signature", "", {"name": ""}, "Type your full name."),
        ("acknowledgement", "", False, "Accept the statement, or say why you cannot."),
        ("attachment", "", [FILE], ""),
        ("attachment", "", [], "Attach a file to this answer."),
        ("attachment", "", "cv.pdf", "Attach a file."),
        ("attachment", "", [FILE | {"name": "../cv"}], "This file has a name that cannot be kept."),
        ("attachment", "", [FILE | {"digest": "x"}], "This file was not stored whole."),
        ("attachment", "", [{"name": "cv"}], "This file was not stored whole."),
        ("choice", "CHOICES", "a", ""),
        ("choice", "CHOICES", "z", "Choose one of the answers offered."),
        ("multi_choice", "CHOICES", ["a", "b"], ""),
        ("multi_choice", "CHOICES", ["b", "a"], "Choose each answer once."),
        ("multi_choice", "CHOICES", ["a", "a"], "Choose each answer once."),
        ("multi_choice", "CHOICES", [], "Choose at least one of the answers offered."),
        ("multi_choice", "CHOICES", "a", "Choose at least one of the answers offered."),
        ("table", "COLUMNS", [], ""),
        ("table", "COLUMNS", "x", "Fill in the table, or say that there is nothing to list."),
        ("table", "COLUMNSmin_rows = 1\n", [], "Add at least one row."),
        ("table", "COLUMNSmin_rows = 2\n", [{"k": "a"}], "Add at least 2 rows."),
        ("table", "COLUMNSmax_rows = 1\n", [{"k": "a"}] * 2, "Keep this to one row."),
        ("table", 'COLUMNSrow_for_each = "k"\n', [{"k": "a"}], "The row for “B” is missing."),
        ("table", 'COLUMNSrow_for_each = "k"\n', [{"k": "a"}, {"k": "b"}], ""),
        (
            "table",
            'COLUMNSrow_for_each = "k"\n',
            [{"k": "a"}, {"k": "b"}, {"k": "a"}],
            "“A” has more than one row.",
        ),
    ],
)
def test_shape_of_each_kind_is_checked(
    one_question: Callable[[str], Form],
    director: Context,
    kind: str,
    extra: str,
    value: Any,
    said: str,
) -> None:
    choices = '{ key = "a", label.en = "A" }, { key = "b", label.en = "B" }'
    extra = extra.replace("CHOICES", f"choices = [{choices}]\n").replace(
        "COLUMNS",
        f'columns = [{{ id = "k", label.en = "K", kind = "choice", choices = [{choices}] }}]\n',
    )
    form = one_question(
        f'[[question]]\nid = "1.01"\nsection = "people"\nkind = "{kind}"\ntext.en = "?"\n{extra}'
    )
    found = validate(form, director, {"1.01": Answer("1.01", value)})
    assert [problem.text.startswith(said) for problem in found] == ([True] if said else [])


def test_free_texts_around_an_answer_are_checked_too(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {"6.01": Answer("6.01", False, comment="x" * 20_001)}
    assert "Keep this to 20,000" in texts(sample, director, answers)["6.01"][0]
    answers = complete | {"6.01": Answer("6.01", False, attachments=({"name": "x"},))}
    assert "not stored whole" in texts(sample, director, answers)["6.01"][0]
    answers = complete | {"6.05": replace(complete["6.05"], rows=({"a": 1},))}
    assert texts(sample, director, answers)["6.05"] == ["This question takes no rows."]


def test_attach_when_makes_a_file_compulsory(
    one_question: Callable[[str], Form], director: Context
) -> None:
    form = one_question(
        '[[question]]\nid = "1.01"\nsection = "people"\nkind = "yes_no_explain"\ntext.en = "?"\n'
        'attach_when = "answer == yes"\n'
    )
    question = form.question("1.01")
    yes = {"1.01": Answer("1.01", True)}
    assert needs_files(Reading(form, director, yes), question)
    assert [p.text for p in validate(form, director, yes)] == ["Attach a file to this answer."]
    yes["1.01"] = Answer("1.01", True, attachments=(FILE,))
    assert validate(form, director, yes) == ()
    assert validate(form, director, {"1.01": Answer("1.01", False)}) == ()


def test_signature_can_be_left_to_the_signing_page(
    sample: Form, director: Context, complete: Answers
) -> None:
    del complete["6.06"]
    assert [p.question for p in validate(sample, director, complete)] == ["6.06"]
    assert validate(sample, director, complete, without_signature=True) == ()


def test_one_audience_can_be_checked_alone(sample: Form, director: Context) -> None:
    found = validate(sample, director, {}, audience="controls")
    assert [problem.question for problem in found] == ["6.03"]
