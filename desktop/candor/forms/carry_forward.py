"""Last year's answers as proposals: nothing is answered until each is confirmed or changed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from candor.forms import shapes
from candor.forms.answers import Answer, Change, Context, Provenance, Source, same_answer
from candor.forms.definition import Form, Question
from candor.forms.kinds import Kind
from candor.forms.visibility import asked_of

NEVER = frozenset({Kind.ACKNOWLEDGEMENT, Kind.SIGNATURE, Kind.ATTACHMENT})
"""Kinds that are acts or papers of this year: they are never proposed."""


def propose(form: Form, last_year: Mapping[str, Answer], context: Context) -> dict[str, Answer]:
    """What each question could be answered with, by question id; none of it is an answer yet.

    Left out: acts of this year (acknowledgement, signature, files), what could not be answered,
    what this year's form no longer takes in that shape, and questions not asked of this filer.
    Comment, files and source of knowledge are not taken over: they must be said anew.
    """
    proposals: dict[str, Answer] = {}
    for question in form.questions:
        last = last_year.get(question.id)
        if last is None or not asked_of(question, context) or not _fits(question, last):
            continue
        proposals[question.id] = Answer(
            question=question.id,
            value=last.value,
            rows=last.rows,
            explanation=last.explanation,
            language=last.language,
        )
    return proposals


def _fits(question: Question, last: Answer) -> bool:
    if not question.carry_forward or question.kind in NEVER or last.unable or last.value is None:
        return False
    # A cell that this year's form asks for in addition is filled in by hand; anything else differs.
    return all(fault.blank for fault in shapes.faults(question, last))


def affirm(proposal: Answer, source: Source = Source.NONE) -> Answer:
    """The filer's act "Still correct": the proposal becomes an answer, and says so."""
    return replace(
        proposal, provenance=Provenance.CONFIRMED, change=Change.REAFFIRMED, source=source
    )


def classify(question: Question, last: Answer | None, answer: Answer) -> Change:
    """New where nothing was answered last year, else re-affirmed or changed, by what it says."""
    if last is None or not last.answered:
        return Change.NEW
    return Change.REAFFIRMED if same_answer(question, last, answer) else Change.CHANGED


def settle(
    form: Form, last_year: Mapping[str, Answer], answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """The answers with their change against last year as it really is; use before flags and
    signing. Answers to questions that the form does not have are left out."""
    known = {question.id: question for question in form.questions}
    return {
        name: replace(answer, change=classify(known[name], last_year.get(name), answer))
        for name, answer in answers.items()
        if name in known
    }
