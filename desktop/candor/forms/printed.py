"""A filled-in form as the printed page needs it: words only, nothing left to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from candor.forms import display, periods
from candor.forms.answers import Answer, Change, Context, Flag, Source, rows_of
from candor.forms.definition import Form, Question, Section, text_in
from candor.forms.flags import question_flags
from candor.forms.kinds import Kind
from candor.forms.visibility import Reading
from candor.forms.wording import wording
from candor.forms.words import words


@dataclass(frozen=True)
class PrintedOption:
    """One option with whether it was chosen: a filled or an empty circle."""

    label: str
    chosen: bool


@dataclass(frozen=True)
class PrintedColumn:
    """A column's head; ``kind`` tells how to align it (numbers and money on the point)."""

    id: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class PrintedQuestion:
    """One question with its answer. Every text may be empty, which means: print nothing."""

    number: str
    name: str
    wording: str
    period: str
    options: tuple[PrintedOption, ...]
    answer: str
    """What was written, where the answer is not one of the options."""
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    """Cells as text in the order of ``columns``; a blank cell is an en dash."""
    single: bool
    """Never more than one row: a question in several parts, printed part by part."""
    explanation: str
    unable: str
    comment: str
    dispute: str
    source: str
    files: tuple[str, ...]
    flags: tuple[Flag, ...]
    change: Change | None
    """Against last year; None where there was no last year."""
    last_year: str
    """Last year's answer in a line; empty where it was not asked."""
    cites: tuple[str, ...]


@dataclass(frozen=True)
class PrintedSection:
    """A section with the questions shown."""

    number: int
    title: str
    intro: str
    periods: tuple[str, ...]
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class PrintedForm:
    """The whole form as one audience may read it."""

    title: str
    code: str
    version: int
    intro: str
    carve_out: str
    definitions: tuple[tuple[str, str], ...]
    sections: tuple[PrintedSection, ...]


def printed(
    form: Form,
    context: Context,
    answers: Mapping[str, Answer],
    language: str = "en",
    *,
    last_year: Mapping[str, Answer] | None = None,
    audience: str = "",
) -> PrintedForm:
    """The form in words, for paper and for reading; ``audience`` leaves out everybody else's.

    ``last_year`` is None for a first questionnaire. Sections without a question shown are left
    out: paper shows exactly what was asked.
    """
    page = _Page(Reading(form, context, answers), language, last_year)
    shown = [q for q in page.reading.visible if audience in {"", q.audience}]
    sections = (page.section(s, [q for q in shown if q.section == s.id]) for s in form.sections)
    return PrintedForm(
        title=page.text(form.title),
        code=form.code,
        version=form.version,
        intro=page.text(form.intro),
        carve_out=page.text(form.carve_out),
        definitions=tuple((page.text(term), page.text(said)) for term, said in form.definitions),
        sections=tuple(section for section in sections if section.questions),
    )


@dataclass(frozen=True)
class _Page:
    reading: Reading
    language: str
    last_year: Mapping[str, Answer] | None

    def text(self, texts: dict[str, str]) -> str:
        return wording(texts, self.reading.form, self.reading.context, self.language)

    def section(self, section: Section, inside: list[Question]) -> PrintedSection:
        texts = dict.fromkeys(self.period(question) for question in inside)
        return PrintedSection(
            number=section.number,
            title=self.text(section.title),
            intro=self.text(section.intro),
            periods=tuple(text for text in texts if text),
            questions=tuple(self.question(question) for question in inside),
        )

    def period(self, question: Question) -> str:
        for period in self.reading.form.periods:
            if period.id == question.period:
                return periods.text(period, self.reading.context, self.language)
        return ""

    def question(self, question: Question) -> PrintedQuestion:
        given = self.reading.answer(question)
        answer = given if given is not None else Answer(question=question.id)
        last = (self.last_year or {}).get(question.id)
        rows = rows_of(question, answer)
        return PrintedQuestion(
            number=question.id,
            name=display.name(question, self.reading.form, self.reading.context, self.language),
            wording=self.text(question.text),
            period=self.period(question),
            options=_options(question, answer, self.language),
            answer=_written(question, answer, self.language),
            columns=_columns(question, self.language) if rows else (),
            rows=tuple(_cells(question, row, self.language) for row in rows),
            single=question.max_rows == 1,
            explanation=answer.explanation,
            unable=answer.unable,
            comment=answer.comment,
            dispute=answer.dispute,
            source=_source(answer, self.language),
            files=tuple(str(file.get("name", "")) for file in _files(question, answer)),
            flags=question_flags(self.reading, question, self.language),
            change=None if self.last_year is None or not answer.answered else answer.change,
            last_year="" if last is None else display.answer_line(question, last, self.language),
            cites=question.cites,
        )


def _options(question: Question, answer: Answer, language: str) -> tuple[PrintedOption, ...]:
    """The circles of a question: its choices, or whether it was answered, then unable."""
    w = words(language)
    value = None if answer.unable else answer.value
    if question.kind in {Kind.YES_NO, Kind.YES_NO_EXPLAIN}:
        pairs = [(w.yes, value is True), (w.no, value is False)]
    elif question.choices:
        chosen = value if isinstance(value, list) else [value]
        pairs = [(text_in(c.label, language), c.key in chosen) for c in question.choices]
    elif question.kind is Kind.ACKNOWLEDGEMENT:
        pairs = [(w.accepted, value is True)]
    elif question.kind is Kind.TABLE and value == []:
        pairs = [(w.nothing, True)]
    else:
        pairs = [(w.answered, value is not None)]
    if question.kind is not Kind.SIGNATURE:
        pairs.append((w.unable, bool(answer.unable)))
    return tuple(PrintedOption(label, chosen) for label, chosen in pairs)


def _written(question: Question, answer: Answer, language: str) -> str:
    told_by_options = bool(question.choices) or question.has_rows
    circles = {Kind.YES_NO, Kind.YES_NO_EXPLAIN, Kind.ACKNOWLEDGEMENT, Kind.ATTACHMENT}
    if answer.value is None or told_by_options or question.kind in circles:
        return ""
    return display.display(question, answer.value, language)


def _columns(question: Question, language: str) -> tuple[PrintedColumn, ...]:
    return tuple(PrintedColumn(c.id, text_in(c.label, language), c.kind) for c in question.columns)


def _cells(question: Question, row: Mapping[str, object], language: str) -> tuple[str, ...]:
    return tuple(display.display(c, row.get(c.id), language) for c in question.columns)


def _files(question: Question, answer: Answer) -> tuple[dict[str, object], ...]:
    own = answer.value if question.kind is Kind.ATTACHMENT else None
    listed = own if isinstance(own, list) else []
    return tuple(file for file in (*listed, *answer.attachments) if isinstance(file, dict))


def _source(answer: Answer, language: str) -> str:
    return "" if answer.source is Source.NONE else words(language).sources[answer.source.value]
