"""Why a question is asked, how to answer it, and the words it uses."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from candor.forms.definition import Question, Texts, text_in
from candor.ui import style
from candor.ui.ports import FormDraft
from candor.ui.widgets import Button, Label, RichText, Rule, Scroll, column, empty, strong

EVERYWHERE = 0.3
"""A term in more than this share of the questions needs no reminder at each of them."""


def _terms_in(draft: FormDraft, question: Question) -> set[str]:
    texts: tuple[Texts, ...] = (question.text, question.help, question.why)
    said = " ".join(text_in(t, draft.language) for t in texts).casefold()
    terms = (text_in(term, draft.language) for term, _meaning in draft.form.definitions)
    return {t for t in terms if t and re.search(rf"\b{re.escape(t.casefold())}", said)}


def words_used(draft: FormDraft, question: Question) -> tuple[tuple[str, str], ...]:
    """The form's definitions whose term the question's texts use, as (term, meaning).

    Terms that stand in questions all over the form are left to "All definitions".
    """
    here = _terms_in(draft, question)
    return tuple(
        (term, draft.wording(meaning))
        for terms, meaning in draft.form.definitions
        if (term := text_in(terms, draft.language)) in here and not _common(draft, term)
    )


def _common(draft: FormDraft, term: str) -> bool:
    found = sum(
        term.casefold() in text_in(q.text, draft.language).casefold() for q in draft.form.questions
    )
    return found > EVERYWHERE * len(draft.form.questions)


class Explanation(QWidget):
    """The text at the right of the form, or opened in place; it follows the focus."""

    closed = Signal()

    def __init__(self, draft: FormDraft, *, in_place: bool = False) -> None:
        super().__init__()
        self._draft, self._in_place = draft, in_place
        side = 16 if in_place else 20
        self._box = column(space=8, margins=(side, 16, side, 16))
        self.setLayout(self._box)
        self.question = ""

    def show_question(self, question: Question) -> None:
        """Explain a question."""
        if question.id == self.question:
            return
        self.question = question.id
        empty(self._box)
        draft = self._draft
        if question.why:
            self._group(f"Why {question.id} is asked", RichText(draft.wording(question.why)))
            if question.cites:
                self._box.addWidget(RichText("; ".join(question.cites), kind="note"))
        period = draft.period_text(question)
        if period:
            self._group("What time it covers", RichText(period))
        if question.help:
            self._group("How to answer", RichText(draft.wording(question.help)))
        used = words_used(draft, question)
        if used:
            self._group("Words used here", *(RichText(strong(t), f": {m}") for t, m in used))
        if draft.form.definitions:
            self._box.addWidget(Button("All definitions", "quiet", on=self._all))
        if self._in_place:
            self._box.addWidget(Button("Close", "quiet", icon="x", on=self.closed.emit))
        else:
            self._box.addStretch(1)

    def _group(self, head: str, *texts: QWidget) -> None:
        if self._box.count():
            self._box.addSpacing(4)
            self._box.addWidget(Rule())
            self._box.addSpacing(4)
        self._box.addWidget(Label(head, "label"))
        for text in texts:
            self._box.addWidget(text)

    def _all(self) -> None:
        dialog = definitions_dialog(self._draft, self)
        dialog.open()


def definitions_dialog(draft: FormDraft, parent: QWidget) -> QDialog:
    """Every definition of the form, in a dialog that Escape closes."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Definitions")
    dialog.resize(style.px(560), style.px(520))
    inside = QFrame()
    box = column(space=12, margins=(24, 24, 24, 16))
    for terms, meaning in draft.form.definitions:
        term = text_in(terms, draft.language)
        box.addWidget(RichText(strong(term), f": {draft.wording(meaning)}"))
    box.addStretch(1)
    inside.setLayout(box)
    close = Button("Close", on=dialog.accept)
    outer = column(Scroll(inside), space=0, margins=(0, 0, 0, 16))
    outer.addWidget(close)
    outer.setAlignment(close, outer.alignment())
    dialog.setLayout(outer)
    return dialog
