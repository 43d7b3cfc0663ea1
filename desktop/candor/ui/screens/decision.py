"""Decisions: everything that waits for this person, exceptions and matters, by due date."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent

from candor.app import deciding, decision_queue
from candor.app.decision_queue import ToDecide
from candor.app.session import Session
from candor.app.words import day, plural
from candor.ui.screens.base import SessionPage
from candor.ui.screens.decision_sheet import DecisionPage
from candor.ui.screens.exceptions import severity_badge_of
from candor.ui.screens.inputs import fold
from candor.ui.screens.matter_decision import MatterDecisionPage
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
    Segments,
)

NOTHING = (
    "Nothing to decide. Exceptions and matters appear here when you import a file from the "
    "Secretary, or drop one anywhere on this window."
)
FILTERS = (("", "All"), ("open", "To decide"), ("asked", "Waiting"), ("decided", "Decided"))
STATES = {
    "conflict": Meaning.STOPPED,
    "asked": Meaning.WAITING,
    "decided": Meaning.DONE,
}


def _kind(row: ToDecide) -> tuple[str, Meaning]:
    if row.severity is None:
        return ("Matter", Meaning.NEUTRAL)
    return severity_badge_of(row.severity)


def _state(row: ToDecide) -> tuple[str, Meaning]:
    return (row.state_text, STATES.get(row.state, Meaning.NEEDS))


def _act(row: ToDecide) -> str:
    return {"open": "Rule" if row.state == "rule" else "Decide"}.get(row.group, "Open")


COLUMNS = (
    ColumnSpec("Kind", lambda r: _kind(r)[0], badge=_kind, width=112, narrow=96),
    ColumnSpec(
        "Person",
        lambda r: r.person,
        second=lambda r: r.number or r.person_title,
        weight=500,
        width=200,
        narrow=168,
    ),
    ColumnSpec("What, and why it is yours", lambda r: r.what, second=lambda r: r.why, stretch=True),
    ColumnSpec("Due", lambda r: day(r.due) if r.due else "No due date", width=156),
    ColumnSpec("State", lambda r: r.state_text, badge=_state, width=196),
    ColumnSpec("", _act, link=True),
)
ROOM = {"Due": Breadth.MEDIUM, "State": Breadth.WIDE}


class DecisionsPage(SessionPage):
    """One row per thing to decide; opening one shows its page, and after signing the next."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self._rows: tuple[ToDecide, ...] = ()
        self._wanted = ""
        self.start = Button("Decide the first", "primary", icon="scale", on=self.decide_first)
        self.head = PageHead("Decisions", "", self.start)
        self.nothing = EmptyState(NOTHING, icon="scale")
        self.filters = Segments(FILTERS, name="Show", check=False)
        self.filters.chosen.connect(lambda _key: self._filter())
        self.model = RowsModel(COLUMNS, key=lambda row: (row.case, row.question))
        self.rows_view = RowsView(self.model, name="What waits for your decision")
        self.rows_view.opened.connect(self.open_row)
        self.rows_view.linked.connect(lambda row, _spec: self.open_row(row))
        self.add(self.head, self.refusal, self.nothing, self.filters, self.rows_view)
        for part in (self.nothing, self.filters, self.rows_view, self.start):
            part.hide()

    def load(self) -> tuple[ToDecide, ...]:
        """What waits for the person, by due date."""
        return decision_queue.to_decide(self.session)

    def show_data(self, data: Any) -> None:
        """Show the queue."""
        self._rows = data
        waiting = self._waiting()
        self.model.set_rows(data)
        self.nothing.setVisible(not data)
        self.filters.setVisible(bool(data))
        self.rows_view.setVisible(bool(data))
        self.start.setVisible(bool(waiting))
        self.start.setText("Decide the first" if len(waiting) == len(data) else "Decide the next")
        for key, word in FILTERS:
            count = sum(not key or row.group == key for row in data)
            self.filters.set_word(key, f"{word}  {count}")
        self.head.set_text("Decisions", self._said(waiting))
        self._filter()
        if self._wanted:
            self.open_item(self._wanted)

    def _said(self, waiting: tuple[ToDecide, ...]) -> str:
        if not waiting:
            return "Nothing waits for you." if self._rows else "What the Code sends to you."
        matters = sum(not row.question for row in waiting)
        exceptions = len(waiting) - matters
        parts = [plural(matters, "matter")] if matters else []
        parts += [plural(exceptions, "exception")] if exceptions else []
        people = plural(len({row.person for row in waiting}), "person", "people")
        verb = "waits" if len(waiting) == 1 else "wait"
        return f"{' and '.join(parts)} from {people} {verb} for you. You sign each one."

    def _waiting(self) -> tuple[ToDecide, ...]:
        return tuple(row for row in self._rows if row.group == "open")

    def _filter(self) -> None:
        wanted = self.filters.value()
        self.rows_view.proxy.keep(lambda row: not wanted or row.group == wanted)
        fold(self.rows_view, ROOM)

    def decide_first(self) -> None:
        """Open the first thing that is not decided."""
        waiting = self._waiting()
        if waiting:
            self.open_row(waiting[0])

    def open_item(self, case: str) -> None:
        """Open the first thing to decide in a case."""
        self._wanted = case
        found = [row for row in self._rows if row.case == case]
        if found:
            self._wanted = ""
            self.open_row(found[0])

    def open_row(self, row: ToDecide) -> None:
        """Show the page of one thing to decide."""
        case, question = row.case, row.question
        if question:
            self.open_once(
                lambda _work: deciding.sheet(self.session, case, question), self._show_sheet
            )
            return
        if self.shell.stack.currentWidget() is not self:
            return  # a second press on the way: one page is open already
        page = MatterDecisionPage(self.shell, self.session, case)
        page.decided.connect(self._next)
        self.shell.open(page, under="decisions")

    def _show_sheet(self, sheet: Any) -> None:
        page = DecisionPage(self.shell, self.session, sheet)
        page.decided.connect(self._next)
        self.shell.open(page, under="decisions")

    def _next(self) -> None:
        """After a signature: the next one, or the queue when there is none."""

        def arrived(rows: Any) -> None:
            self.shell.back()
            self.show_data(rows)
            self.decide_first()

        self.do(lambda _work: decision_queue.to_decide(self.session), arrived)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        fold(self.rows_view, ROOM)
