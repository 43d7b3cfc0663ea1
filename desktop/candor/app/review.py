"""A form before signing: every answer in a line, what is open, and the sum of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app.draft import Draft
from candor.forms import display
from candor.forms.answers import Answer, Change
from candor.forms.definition import Question
from candor.forms.kinds import Kind


@dataclass(frozen=True)
class ReviewRow:
    """One question as the review shows it. ``problem``: what keeps it from being signed."""

    question: str
    wording: str
    answer: str
    problem: str
    flags: tuple[str, ...]
    unable: str
    change: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """All rows in the order of the form; ``compared_with``: the day last year's was signed."""

    rows: tuple[ReviewRow, ...]
    compared_with: date | None

    @property
    def open(self) -> tuple[ReviewRow, ...]:
        """What must be mended first."""
        return tuple(row for row in self.rows if row.problem)

    @property
    def unable(self) -> tuple[ReviewRow, ...]:
        """What the filer could not answer."""
        return tuple(row for row in self.rows if row.unable)

    @property
    def flagged(self) -> tuple[ReviewRow, ...]:
        """What somebody will have to look at."""
        return tuple(row for row in self.rows if row.flags)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files, in order."""
        return tuple(name for row in self.rows for name in row.files)

    def changed(self, change: Change) -> tuple[ReviewRow, ...]:
        """The answers that are changed, re-affirmed or new against last year."""
        return tuple(row for row in self.rows if row.change == change)


def review(draft: Draft) -> Review:
    """The draft as it would be signed now; the signature itself is left out."""
    problems: dict[str, list[str]] = {}
    for found in draft.problems():
        question = draft.form.question(found.question)
        text = display.problem(question, found, draft.language)
        problems.setdefault(found.question, []).append(text)
    flags: dict[str, list[str]] = {}
    for flag in draft.flags():
        flags.setdefault(flag.question, []).append(flag.text)
    rows = tuple(
        _row(draft, question, problems.get(question.id, []), flags.get(question.id, []))
        for question in draft.visible()
        if question.kind is not Kind.SIGNATURE
    )
    signed = [last.signed_at for last in draft.last_year.values()]
    return Review(rows, max(signed, default=None))


def _row(draft: Draft, question: Question, problems: list[str], flags: list[str]) -> ReviewRow:
    answer = draft.answers.get(question.id, Answer(question.id))
    files = list(answer.attachments)
    if question.kind is Kind.ATTACHMENT and isinstance(answer.value, list):
        files += [file for file in answer.value if isinstance(file, dict)]
    said = answer.answered
    return ReviewRow(
        question=question.id,
        wording=draft.wording(question.text),
        answer=display.answer_line(question, answer, draft.language) if said else "",
        problem=" ".join(problems),
        flags=tuple(dict.fromkeys(text for text in flags if text)),
        unable=answer.unable,
        change=answer.change if said else "",
        files=tuple(str(file["name"]) for file in files),
    )
