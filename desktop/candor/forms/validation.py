"""Everything that must be mended before signing, all together, each with its question.

Nothing here stops anybody from saving: a draft may be as incomplete as its writer likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from candor.forms import fact_places, shapes
from candor.forms.answers import Answer, Context, Problem, Provenance, Source, rows_of
from candor.forms.definition import Form, Question, Texts, text_in
from candor.forms.kinds import Kind
from candor.forms.visibility import Reading
from candor.forms.wording import wording


def validate(
    form: Form,
    context: Context,
    answers: Mapping[str, Answer],
    *,
    audience: str = "",
    without_signature: bool = False,
) -> tuple[Problem, ...]:
    """Every problem of every question shown, in the order of the form; none means ready to sign.

    ``audience`` limits it to the questions that one audience receives. ``without_signature``
    leaves out signature questions, which the signing page asks last.
    """
    reading = Reading(form, context, answers)
    return tuple(
        problem
        for question in reading.visible
        if audience in {"", question.audience}
        and not (without_signature and question.kind is Kind.SIGNATURE)
        for problem in problems(reading, question)
    )


def problems(reading: Reading, question: Question) -> tuple[Problem, ...]:
    """Every problem of one question that is shown."""
    answer = reading.answer(question)
    if answer is None or not _speaks(answer):
        return (Problem(question.id, "This question is still open."),) if question.required else ()
    return (
        *stops(reading, question),
        *_texts(question, answer),
        *_answer(reading, question, answer),
    )


def stops(reading: Reading, question: Question) -> tuple[Problem, ...]:
    """The hard stops that the answer as it stands runs into, in the language it was given in."""
    answer = reading.answer(question)
    if answer is None or answer.unable:
        return ()
    return tuple(
        Problem(
            question.id,
            _said(reading, answer, stop.text),
            rule=stop.rule,
            remedy=_said(reading, answer, stop.remedy),
        )
        for stop in question.stops
        if reading.holds(stop.when, question)
    )


def _said(reading: Reading, answer: Answer, texts: Texts) -> str:
    return wording(texts, reading.form, reading.context, answer.language)


def _speaks(answer: Answer) -> bool:
    """Whether there is an answer to look at: blanks alone are none."""
    return bool(answer.unable) or not shapes.blank(answer.value)


def _answer(reading: Reading, question: Question, answer: Answer) -> Iterator[Problem]:
    if answer.unable:
        yield from _unable(question, answer)
        return
    for fault in shapes.faults(question, answer):
        yield Problem(question.id, fault.text, fault.row, fault.column)
    yield from _rows(question, answer)
    for check in question.checks:
        if reading.holds(check.when, question):
            yield Problem(question.id, _said(reading, answer, check.text))
    wanted = {
        "Explain this answer in a few words.": needs_explanation(reading, question)
        and not answer.explanation.strip(),
        "Say how you know: you know it, you asked, or you could not ask.": needs_source(question)
        and answer.source is Source.NONE,
        "Attach a file to this answer.": needs_files(reading, question)
        and not answer.attachments
        and not (question.kind is Kind.ATTACHMENT and answer.value),
        "Say what is wrong with what the Company has on file.": (
            answer.provenance is Provenance.DISPUTED and not answer.dispute.strip()
        ),
    }
    for text, missing in wanted.items():
        if missing:
            yield Problem(question.id, text)


def _unable(question: Question, answer: Answer) -> Iterator[Problem]:
    if question.kind is Kind.SIGNATURE:
        yield Problem(question.id, "A signature cannot be left out. Type your full name.")
    elif not answer.unable.strip():
        yield Problem(question.id, "Say why you cannot answer.")
    if question.fact and (place := fact_places.find(question.fact)) and place.compulsory:
        yield Problem(
            question.id,
            "Who decides depends on this answer. Choose what comes closest, and say in the comment "
            "what you are not sure of.",
        )
    if answer.value is not None:
        yield Problem(
            question.id, "You answered and also said that you cannot answer. Keep one of the two."
        )


def _texts(question: Question, answer: Answer) -> Iterator[Problem]:
    for text in (answer.explanation, answer.unable, answer.comment, answer.dispute):
        fault = shapes.text_fault(text)
        if fault:
            yield Problem(question.id, fault)


def _rows(question: Question, answer: Answer) -> Iterator[Problem]:
    if not question.has_rows:
        return
    rows = rows_of(question, answer)
    if answer.value is False:
        if rows:
            yield Problem(
                question.id, "You answered no, and the table has rows. Answer yes, or remove them."
            )
        return
    least = max(question.min_rows, int(question.kind is not Kind.TABLE))
    if len(rows) < least:
        text = "Add at least one row." if least == 1 else f"Add at least {least} rows."
        yield Problem(question.id, text)
    yield from _row_for_each(question, rows)


def _row_for_each(question: Question, rows: tuple[dict[str, object], ...]) -> Iterator[Problem]:
    if not question.row_for_each:
        return
    given = [row.get(question.row_for_each) for row in rows]
    for choice in question.column(question.row_for_each).choices:
        label = text_in(choice.label, "en")
        if given.count(choice.key) == 0:
            yield Problem(question.id, f"The row for “{label}” is missing.")
        elif given.count(choice.key) > 1:
            yield Problem(question.id, f"“{label}” has more than one row.")


def needs_explanation(reading: Reading, question: Question) -> bool:
    """Whether the explanation is compulsory for the answer as it stands.

    By default for a flagged yes-no answer; where a yes is told by rows, the rows explain it.
    Always where a relative could not be asked: who, and why.
    """
    answer = reading.answer(question)
    if answer is None or answer.unable:
        return False
    if question.about_relatives and answer.source is Source.COULD_NOT_ASK:
        return True
    if question.explain_when:
        return reading.holds(question.explain_when, question)
    if question.kind is not Kind.YES_NO_EXPLAIN or (question.has_rows and answer.value is True):
        return False
    return any(reading.holds(flag.when, question) for flag in question.flags)


def needs_files(reading: Reading, question: Question) -> bool:
    """Whether at least one attached file is compulsory for the answer as it stands."""
    answer = reading.answer(question)
    if answer is None or answer.unable:
        return False
    if question.kind is Kind.ATTACHMENT and question.required:
        return True
    return bool(question.attach_when) and reading.holds(question.attach_when, question)


def needs_source(question: Question) -> bool:
    """Whether the answer must say how the filer knows it."""
    return question.about_relatives
