"""What the form's widgets need of a draft; `candor.app.draft.Draft` is the one that is filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from candor.forms.answers import Answer, Context, Flag, Problem
from candor.forms.definition import Form, Question
from candor.forms.progress import Progress

if TYPE_CHECKING:
    from candor.app.draft import Fact, LastYear


class FormDraft(Protocol):
    """One filer's answers to one form. Every change is durable when the call returns.

    Changing calls raise CandorError where the disk refuses; the answer is then not saved.
    """

    form: Form
    context: Context
    title: str
    due: date | None
    language: str
    last_year: dict[str, LastYear]
    facts: dict[str, Fact]
    saved_at: datetime | None

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers so far, by question id."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""

    def visible(self) -> tuple[Question, ...]:
        """The questions asked of this filer, in order."""

    def problems(self) -> tuple[Problem, ...]:
        """Everything that must be mended before signing."""

    def flags(self) -> tuple[Flag, ...]:
        """Every flag the answers raise."""

    def question_flags(self, question: Question) -> tuple[Flag, ...]:
        """The flags of one answer."""

    def progress(self) -> Progress:
        """How much is answered and open, by section."""

    def next_open(self, after: str | None = None) -> str | None:
        """The next question that is open, wrapping round."""

    def people(self) -> tuple[str, ...]:
        """Names to offer where somebody is named."""

    def rule_words(self, rule: str) -> str:
        """A rule of the Code by its title and clause, or ""."""

    def period_text(self, question: Question) -> str:
        """The question's relevant period in words, or ""."""

    def wording(self, texts: Mapping[str, str]) -> str:
        """A text of the form with its dates and settings filled in."""

    def set_answer(self, answer: Answer) -> None:
        """Take an answer."""

    def clear(self, question: str) -> None:
        """Take an answer away."""

    def still_correct(self, question: str) -> None:
        """Re-affirm last year's answer."""

    def confirm_fact(self, question: str) -> None:
        """Confirm what the company supplied."""

    def dispute_fact(self, question: str, text: str) -> None:
        """Say what is wrong with what the company supplied."""

    def seal(self, path: Path) -> dict[str, Any]:
        """Seal a file; runs in a thread. What it returns goes to `attach`."""

    def attach(self, question: str, entry: dict[str, Any]) -> None:
        """Put a sealed file to an answer."""

    def undo(self) -> str | None:
        """Take back the last change; the question it was in."""

    def redo(self) -> str | None:
        """Make it again; the question it was in."""
