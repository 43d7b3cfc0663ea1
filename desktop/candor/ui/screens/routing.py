"""Route: matters that were received, where the rules send each and why, one act to send them."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from candor.app import matter_routing
from candor.app.matter_routing import ToRoute
from candor.app.session import Session
from candor.app.words import plural
from candor.ui.screens.absences import AbsencesPage
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import fold
from candor.ui.screens.matter_case import CasePage
from candor.ui.shell import Shell
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Breadth,
    Button,
    Card,
    ColumnSpec,
    EmptyState,
    Facts,
    PageHead,
    RichText,
    RowsModel,
    RowsView,
    column,
)

SCREEN = "routing"
NOTHING = (
    "Nothing to send on. A matter appears here when you import its filer's file, and again when "
    "the one who has it may no longer decide it."
)


def _state(row: ToRoute) -> tuple[str, Meaning]:
    if row.stopped:
        return ("Nobody may decide", Meaning.STOPPED)
    return ("Send again", Meaning.NEEDS) if row.again else ("To send", Meaning.NEEDS)


COLUMNS = (
    ColumnSpec(
        "From", lambda r: r.person, second=lambda r: r.number, weight=500, width=190, narrow=168
    ),
    ColumnSpec("Matter", lambda r: r.title, second=lambda r: r.again, stretch=True),
    ColumnSpec(
        "Goes to", lambda r: r.to or "Nobody", second=lambda r: r.reason or r.stopped, width=340
    ),
    ColumnSpec("State", lambda r: _state(r)[0], badge=_state, width=168),
)
ROOM = {"State": Breadth.WIDE, "Goes to": Breadth.MEDIUM}


class RoutingPage(SessionPage):
    """New matters are ticked; one button sends what is ticked where the rules say."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.send = Button("Send", "primary", icon="arrow-left-right", on=self.send_ticked)
        self.away = Button("Absences", icon="user-x", on=self._absences)
        self.head = PageHead("Route", "")
        self.head.set_actions(self.away, self.send)
        self.away.setVisible("secretary" in session.offices)
        self.nothing = EmptyState(NOTHING, icon="folder-open")
        self.model = RowsModel(COLUMNS, key=lambda row: row.case, checkable=True)
        self.model.checks_changed.connect(self._count)
        self.rows_view = RowsView(self.model, name="Matters to send on")
        self.rows_view.picked.connect(self._show_one)
        self.rows_view.opened.connect(self._open)
        self.detail = Card()
        self.detail.hide()
        self.foot = RichText(kind="note")
        self.table = QWidget()
        self.table.setLayout(column(self.rows_view, self.foot, self.detail, space=16))
        self.add(self.head, self.refusal, self.nothing, self.table)
        for part in (self.nothing, self.table, self.send):
            part.hide()

    def load(self) -> tuple[ToRoute, ...]:
        """The matters that the person has to send on."""
        return matter_routing.to_route(self.session)

    def show_data(self, data: Any) -> None:
        """Show them; whatever can be sent is ticked."""
        rows: tuple[ToRoute, ...] = data
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.send.setVisible(bool(rows))
        ready = tuple(row.case for row in rows if not row.stopped)
        self.model.set_rows(rows, checked=ready)
        stopped = len(rows) - len(ready)
        said = f"{plural(len(ready), 'matter')} to send where the Code says" if ready else ""
        held = f"{plural(stopped, 'matter')} nobody may decide now" if stopped else ""
        both = "; ".join(part for part in (said, held) if part)
        self.head.set_text("Route", f"{both}." if both else "What was received and goes further.")
        self.rows_view.pick(lambda _row: True)
        fold(self.rows_view, ROOM)

    def open_item(self, case: str) -> None:
        """Choose the row of a matter."""
        self.rows_view.pick(lambda row: bool(row.case == case))

    def _show_one(self, row: ToRoute | None) -> None:
        self.detail.clear()
        self.detail.setVisible(row is not None)
        if row is None:
            return
        facts = Facts(label_width=120)
        facts.add("From", row.person)
        facts.add("Goes to", row.to or "Nobody now")
        facts.add("Because", row.reason or row.stopped)
        if row.again:
            facts.add("Again, since", row.again)
        look = Button("Open the matter", small=True, on=lambda: self._open(row))
        self.detail.add(RichText(f"{row.title}, {row.number}", kind="section"), facts, look)

    def _open(self, row: ToRoute) -> None:
        self.shell.open(CasePage(self.shell, self.session, row.case, SCREEN), under=SCREEN)

    def _absences(self) -> None:
        self.shell.open(AbsencesPage(self.shell, self.session), under=SCREEN)

    # --- sending ------------------------------------------------------------------------

    def _ready(self) -> tuple[ToRoute, ...]:
        return tuple(row for row in self.model.checked() if not row.stopped)

    def _count(self) -> None:
        rows = self._ready()
        places = {row.to for row in rows}
        self.send.setEnabled(bool(rows))
        if len(places) == 1:
            self.send.setText(f"Send to {next(iter(places)).partition(',')[0]}")
        else:
            self.send.setText(f"Send {plural(len(rows), 'matter')}" if rows else "Send")
        said = "Tick what is to be sent." if not rows else "Sending signs your act, with the reason"
        more = " and the clause, and opens each matter to whoever has a part in it, and to nobody"
        self.foot.set_parts(f"{said}{more} else." if rows else said)

    def send_ticked(self) -> None:
        """Send what is ticked where the rules send it."""
        cases = tuple(row.case for row in self._ready())
        if cases:
            self.do(
                lambda _work: matter_routing.route(self.session, cases),
                lambda _count: self.reload(),
                button=self.send,
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        fold(self.rows_view, ROOM)
