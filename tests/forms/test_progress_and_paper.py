"""Progress counts what keeps the form from being signed; paper shows exactly what was asked."""

from __future__ import annotations

from datetime import date

import pytest

from candor.forms import periods, wording
from candor.forms.answers import Answer, Change, Context, Source
from candor.forms.definition import Form, Period
from candor.forms.kinds import Kind
from candor.forms.printed import PrintedOption, PrintedQuestion, printed
from candor.forms.progress import progress

Answers = dict[str, Answer]
N = "\u00a0"


def test_open_counts_follow_the_answers(sample: Form, director: Context, complete: Answers) -> None:
    nothing = progress(sample, director, {})
    assert (nothing.asked, nothing.answered, nothing.open) == (6, 0, 5)
    assert [(s.number, s.open, s.answered) for s in nothing.sections] == [(1, 2, 0), (6, 3, 0)]
    done = progress(sample, director, complete)
    assert (done.asked, done.answered, done.open) == (6, 5, 0)
    assert [section.open for section in done.sections] == [0, 0]
    del complete["6.06"]
    assert progress(sample, director, complete).open == 0
    assert progress(sample, director, complete, without_signature=False).open == 1


def test_answer_that_still_needs_something_stays_open(
    sample: Form, director: Context, complete: Answers
) -> None:
    answers = complete | {"6.01": Answer("6.01", True)}
    found = progress(sample, director, answers)
    assert found.open_questions == ("6.01", "6.02")


def test_next_open_question_goes_round(sample: Form, director: Context) -> None:
    found = progress(sample, director, {"6.01": Answer("6.01", False)})
    order = tuple(question.id for question in sample.questions)
    assert found.next_open("1.02", order) == "6.03"
    assert found.next_open("6.05", order) == "1.01"
    assert found.next_open("", order) == "1.01"


@pytest.mark.parametrize(
    ("kind", "count", "expected"),
    [
        ("fiscal_year_start", 0, date(2026, 1, 1)),
        ("fiscal_year_start", 1, date(2025, 1, 1)),
        ("fiscal_years_back", 3, date(2024, 1, 1)),
        ("years_back", 10, date(2017, 1, 22)),
        ("days_ahead", 60, date(2027, 3, 23)),
    ],
)
def test_period_is_computed_and_printed(
    director: Context, kind: str, count: int, expected: date
) -> None:
    period = Period("p", kind, count, {"en": "From {date}", "de": "Ab {date}"})
    when, text = periods.compute(period, director)
    assert when == expected
    assert text == f"From {expected.day}{N}{expected:%B}{N}{expected.year}"
    assert periods.compute(period, director, "de")[1].startswith("Ab ")


def test_merge_fields_are_filled(sample: Form, director: Context) -> None:
    assert wording.fill("{period.lfy} {{x}}", sample, director) == f"1{N}January{N}2026 {{x}}"
    assert wording.fill("{setting.rpt_threshold}", sample, director) == "120,000"
    assert wording.fill("{determination_date}", sample, director) == f"22{N}January{N}2027"
    undated = Context(director.filer, "", "")
    assert wording.fill("Since {period.lfy}", sample, undated) == "Since …"


def page(
    form: Form, context: Context, answers: Answers, **more: Answers
) -> dict[str, PrintedQuestion]:
    pages = printed(form, context, answers, **more)
    return {q.number: q for section in pages.sections for q in section.questions}


def chosen(question: PrintedQuestion) -> list[str]:
    return [option.label for option in question.options if option.chosen]


def test_paper_shows_the_circles_rows_flags_and_last_year(sample: Form, director: Context) -> None:
    row = {"party": "Alder", "paid": {"minor": 12_000_001, "currency": "USD"}}
    answers = {
        "1.01": Answer("1.01", "Ada Fiction", change=Change.REAFFIRMED),
        "1.02": Answer("1.02", [], source=Source.ASKED),
        "6.01": Answer("6.01", True, rows=(row,), comment="See note.", change=Change.CHANGED),
        "6.02": Answer("6.02", "not_approved", explanation="It began before I joined."),
        "6.03": Answer("6.03", unable="I am new."),
        "6.05": Answer("6.05", True),
    }
    last = {"1.01": Answer("1.01", "Ada Fiction"), "6.01": Answer("6.01", False)}
    found = page(sample, director, answers, last_year=last)
    dealing = found["6.01"]
    assert dealing.options == (
        PrintedOption("Yes", True),
        PrintedOption("No", False),
        PrintedOption("Unable to answer", False),
    )
    assert dealing.wording == f"Since 1{N}January{N}2026, any dealing with the Company?"
    assert dealing.period == f"Since 1{N}January{N}2026"
    assert [column.kind for column in dealing.columns][1] is Kind.MONEY
    assert dealing.rows == (("Alder", f"USD{N}120,000.01", "–"),)
    assert [flag.severity for flag in dealing.flags] == ["medium", "high"]
    assert (dealing.last_year, dealing.change) == ("No", Change.CHANGED)
    assert dealing.comment == "See note."
    assert dealing.cites == ("Item 404(a)",)
    assert found["1.01"].answer == "Ada Fiction"
    assert found["1.01"].name == "Name"
    assert chosen(found["1.01"]) == ["Answered"]
    assert chosen(found["1.02"]) == ["Nothing to list"]
    assert found["1.02"].source == "I asked"
    assert chosen(found["6.02"]) == ["Not approved"]
    assert found["6.02"].explanation == "It began before I joined."
    assert chosen(found["6.03"]) == ["Unable to answer"]
    assert found["6.03"].unable == "I am new."
    assert chosen(found["6.05"]) == ["Accepted"]
    assert [option.label for option in found["6.06"].options] == ["Answered"]


def test_paper_for_one_audience_leaves_out_everybody_elses(
    sample: Form, director: Context, complete: Answers
) -> None:
    pages = printed(sample, director, complete, audience="controls")
    assert [q.number for s in pages.sections for q in s.questions] == ["6.03"]
    assert pages.sections[0].title == "Dealings with Ledger & Sons"
    main = printed(sample, director, complete, audience="questionnaire")
    assert "6.03" not in [q.number for s in main.sections for q in s.questions]
    assert main.definitions[0][1] == "Anything of value, above 120,000 dollars too."


def test_first_questionnaire_says_nothing_about_last_year(
    sample: Form, director: Context, complete: Answers
) -> None:
    found = page(sample, director, complete)
    assert {question.change for question in found.values()} == {None}
    assert {question.last_year for question in found.values()} == {""}
