"""Decisions: the queue of exceptions referred to this person, undecided first."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent

from candor.app import deciding
from candor.app.deciding import ExceptionRow
from candor.app.session import Session
from candor.app.words import day, plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.decision_sheet import DecisionPage
from candor.ui.screens.exceptions import severity_badge
from candor.ui.screens.inputs import fold
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Breadth,
    Button,
    ColumnSpec,
    EmptyState,
    PageHead,
    RowsModel,
    RowsView,
)

NOTHING = (
    "Nothing to decide. Exceptions appear here when you import a file from the Secretary, or drop "
    "one anywhere on this window."
)


def _state(row: ExceptionRow) -> tuple[str, Meaning]:
    if row.determination is not None:
        return (row.determination.words, Meaning.DONE)
    return ("To decide", Meaning.NEEDS)


def _when(row: ExceptionRow) -> str:
    return f"Signed {day(row.determination.on.date())}" if row.determination else ""


COLUMNS = (
    ColumnSpec(
        "Severity", lambda r: r.fact.severity.value, badge=severity_badge, width=112, narrow=96
    ),
    ColumnSpec(
        "Person",
        lambda r: r.person,
        second=lambda r: r.person_title,
        weight=500,
        width=232,
        narrow=176,
    ),
    ColumnSpec(
        "Question and answer",
        lambda r: f"{r.fact.question}  {r.fact.flag_text}",
        second=lambda r: r.fact.answer_text,
        stretch=True,
    ),
    ColumnSpec("State", _when, badge=_state, width=180),
    ColumnSpec("", lambda r: "Open" if r.determination else "Decide", link=True),
)
ROOM = {"State": Breadth.WIDE}


class DecisionsPage(SessionPage):
    """One row per exception; opening one shows its sheet, and after signing the next."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._rows: tuple[ExceptionRow, ...] = ()
        self.start = Button("Decide the first", "primary", icon="scale", on=self.decide_first)
        self.head = PageHead("Decisions", "", self.start)
        self.nothing = EmptyState(NOTHING, icon="scale")
        self.model = RowsModel(COLUMNS, key=lambda row: (row.case, row.fact.question))
        self.rows_view = RowsView(self.model, name="Exceptions to decide")
        self.rows_view.opened.connect(self.open_row)
        self.rows_view.linked.connect(lambda row, _spec: self.open_row(row))
        self.add(self.head, self.refusal, self.nothing, self.rows_view)
        for part in (self.nothing, self.rows_view, self.start):
            part.hide()

    def load(self) -> tuple[ExceptionRow, ...]:
        """The exceptions referred to an office that the person holds."""
        return deciding.queue(self.session)

    def show_data(self, data: Any) -> None:
        """Show the queue."""
        self._rows = data
        waiting = self._waiting()
        self.model.set_rows(data)
        self.nothing.setVisible(not data)
        self.rows_view.setVisible(bool(data))
        self.start.setVisible(bool(waiting))
        self.start.setText("Decide the first" if len(waiting) == len(data) else "Decide the next")
        if waiting:
            people = len({row.person for row in waiting})
            said = (
                f"{plural(len(waiting), 'exception')} from {plural(people, 'person', 'people')} "
                "wait for you. You sign each one."
            )
        else:
            said = "Nothing waits for you." if data else "What is referred to you by the Code."
        self.head.set_text("Decisions", said)
        fold(self.rows_view, ROOM)

    def _waiting(self) -> tuple[ExceptionRow, ...]:
        return tuple(row for row in self._rows if row.determination is None)

    def decide_first(self) -> None:
        """Open the first exception that is not decided."""
        waiting = self._waiting()
        if waiting:
            self.open_row(waiting[0])

    def open_row(self, row: ExceptionRow) -> None:
        """Show the sheet of an exception."""
        case, question = row.case, row.fact.question
        self.open_once(
            lambda _work: deciding.sheet(self.session, case, question),
            self._show_sheet,
        )

    def _show_sheet(self, sheet: Any) -> None:
        page = DecisionPage(self.shell, self.session, sheet)
        page.decided.connect(self._next)
        self.shell.open(page, under="decisions")

    def _next(self) -> None:
        """After a signature: the next exception, or the queue when there is none."""

        def arrived(rows: Any) -> None:
            self.shell.back()
            self.show_data(rows)
            self.decide_first()

        self.do(lambda _work: deciding.queue(self.session), arrived)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        fold(self.rows_view, ROOM)
