"""My forms: the list, and one form from its first question to the file that is handed over."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from candor.app import filing
from candor.app.filing import FormTask
from candor.app.session import Session
from candor.app.words import day, days_until, due_words
from candor.ui.screens.base import SessionPage
from candor.ui.screens.form_page import FormPage
from candor.ui.screens.matter_form import show_matter
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Button,
    Card,
    EmptyState,
    GroupLabel,
    LinkRow,
    PageHead,
    column,
    empty,
)

NOTHING = (
    "Nothing. A form appears here when you import a file from the Secretary, or drop one "
    "anywhere on this window."
)


class FormsPage(SessionPage):
    """Every form issued to the person: what is open first, then what is signed."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.head = PageHead("My forms", "Questions that the Company asks you, and your answers.")
        self._holder = QWidget()
        self._box = column(space=16)
        self._holder.setLayout(self._box)
        self.add(self.head, self.refusal, self._holder)

    def refresh(self) -> None:
        """Read again each time: answers are saved without a new event."""
        self.reload()

    def load(self) -> tuple[FormTask, ...]:
        """The person's forms."""
        return filing.my_forms(self.session)

    def show_data(self, data: Any) -> None:
        """Show the two groups."""
        tasks: tuple[FormTask, ...] = data
        empty(self._box)
        waiting = [task for task in tasks if task.state == "open"]
        signed = [task for task in tasks if task.state == "signed"]
        self._box.addWidget(GroupLabel("To answer", "circle-alert", "needs"))
        self._box.addWidget(self._open(waiting) if waiting else EmptyState(NOTHING))
        if signed:
            self._box.addSpacing(8)
            self._box.addWidget(GroupLabel("Signed", "circle-check", "done"))
            self._box.addWidget(self._signed(signed))

    def _open(self, tasks: list[FormTask]) -> Card:
        card = Card(rows=True)
        today = self.session.clock.now().date()
        for at, task in enumerate(tasks):
            overdue = days_until(task.due, today) < 0
            badge = Badge(
                due_words(task.due, today),
                Meaning.STOPPED if overdue else Meaning.NEEDS,
                icon="calendar-days",
            )
            word = "Continue" if task.answered else "Start"
            button = Button(
                word, "primary" if at == 0 else "plain", on=partial(self.open_item, task.case)
            )
            button.setAccessibleName(f"{word}: {task.title}")
            said = f"{task.answered} of {task.total} answered. Due {day(task.due)}"
            card.add(LinkRow(task.title, said, badge, button, icon="file-text", tone="accent"))
        return card

    def _signed(self, tasks: list[FormTask]) -> Card:
        card = Card(rows=True)
        for task in tasks:
            number = f", {task.number}" if task.number else ""
            when = day(task.signed_at.date()) if task.signed_at else ""
            read = Button("Read it", small=True, on=partial(self._read, task.case))
            read.setAccessibleName(f"Read it: {task.title}")
            again = Button("Change an answer", "quiet", on=partial(self.open_item, task.case))
            again.setAccessibleName(f"Change an answer: {task.title}")
            said = f"Signed {when}{number}"
            card.add(LinkRow(task.title, said, again, read, icon="file-check", tone="done"))
        return card

    def open_item(self, case: str) -> None:
        """Open a form for answering."""
        self.open_once(lambda _work: filing.open_draft(self.session, case), self._show_form)

    def _show_form(self, draft: Any) -> None:
        page = FormPage(self.shell, self.session, draft)
        page.begun.connect(partial(show_matter, self.shell, self.session))
        self.shell.open(page, under="forms")

    def _read(self, case: str) -> None:
        self.open_once(lambda _work: filing.signed_copy(self.session, case), self._show_signed)

    def _show_signed(self, filed: Any) -> None:
        page = FormPage(self.shell, self.session)
        page.show_filed(filed)
        self.shell.open(page, under="forms")
