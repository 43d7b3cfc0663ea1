"""What an amendment changed, in words."""

from __future__ import annotations

from dataclasses import replace

from candor.forms.answers import Answer, Context
from candor.forms.definition import Form
from candor.forms.versions import Step, Turn, Version, steps, summary

Answers = dict[str, Answer]
PAPER = {"name": "lease.pdf", "digest": "a" * 64, "size": 9, "media": "application/pdf"}


def _dealing(paid: int, **more: object) -> Answer:
    row = {"party": "Quill", "paid": {"minor": paid * 100, "currency": "USD"}}
    return Answer("6.01", value=True, rows=(row,), **more)  # type: ignore[arg-type]


def _steps(form: Form, context: Context, old: Answers, new: Answers) -> tuple[Step, ...]:
    return steps(Version(form, old), Version(form, new), context)


def test_nothing_changed_says_so(sample: Form, director: Context, complete: Answers) -> None:
    found = _steps(sample, director, complete, dict(complete))
    assert found == ()
    assert summary(found) == "Nothing changed."


def test_each_change_is_a_sentence_with_before_and_after(
    sample: Form, director: Context, complete: Answers
) -> None:
    old = complete | {"6.01": _dealing(80)}
    new = complete | {"6.01": _dealing(120), "1.01": Answer("1.01", "Ada Invented")}
    found = _steps(sample, director, old, new)
    assert [step.turn for step in found] == [Turn.CHANGED, Turn.CHANGED]
    assert found[0].sentences() == ("Name: “Ada Fiction” became “Ada Invented”.",)
    (said,) = found[1].sentences()
    assert "80.00" in said.partition(" became ")[0]
    assert "120.00" in said.partition(" became ")[2]
    assert summary(found) == "2 answers changed, none added, none taken out."


def test_what_came_and_went_is_told(sample: Form, director: Context, complete: Answers) -> None:
    asked = complete | {"6.01": _dealing(80), "6.02": Answer("6.02", "ac")}
    (first, second) = _steps(sample, director, complete, asked)
    assert (first.turn, second.turn) == (Turn.CHANGED, Turn.ADDED)
    assert second.sentences() == ("Was it approved before it began?: added “Committee”.",)
    back = _steps(sample, director, asked, complete)
    assert back[1].turn is Turn.REMOVED
    assert back[1].sentences() == ("Was it approved before it began?: took out “Committee”.",)
    assert summary(back) == "1 answer changed, none added, 1 taken out."


def test_a_comment_and_a_file_are_changes_too(
    sample: Form, director: Context, complete: Answers
) -> None:
    old = complete | {"6.01": _dealing(80, comment="See the lease.")}
    new = complete | {"6.01": _dealing(80, attachments=(PAPER,))}
    (step,) = _steps(sample, director, old, new)
    assert step.turn is Turn.CHANGED
    assert [said.partition(": ")[2] for said in step.sentences()] == [
        "the comment was “See the lease.” and is now none.",
        "attached lease.pdf.",
    ]


def test_a_file_that_was_only_renamed_is_the_same(
    sample: Form, director: Context, complete: Answers
) -> None:
    old = complete | {"6.04": Answer("6.04", [PAPER])}
    new = complete | {"6.04": Answer("6.04", [{**PAPER, "name": "the lease.pdf"}])}
    assert _steps(sample, director, old, new) == ()


def test_signing_again_is_no_change(sample: Form, director: Context, complete: Answers) -> None:
    new = complete | {"6.06": Answer("6.06", {"name": "Ada F. Fiction"})}
    assert _steps(sample, director, complete, new) == ()


def test_an_answer_that_the_newer_form_no_longer_asks_is_told_last(
    sample: Form, director: Context, complete: Answers
) -> None:
    newer = replace(sample, questions=tuple(q for q in sample.questions if q.id != "1.01"))
    new = {name: answer for name, answer in complete.items() if name != "1.01"}
    (step,) = steps(Version(sample, complete), Version(newer, new), director)
    assert step.turn is Turn.REMOVED
    assert step.sentences() == ("Name: took out “Ada Fiction”.",)
