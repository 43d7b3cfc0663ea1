"""Where a matter goes, told before it is filed and again whenever an answer changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from candor.app import matter_forecast
from candor.app.matter_drafts import MatterDraft
from candor.app.matter_forecast import OPEN, Forecast
from candor.app.session import Session
from candor.errors import CandorError
from candor.ui import style, tasks
from candor.ui.tasks import Task
from candor.ui.widgets import (
    Button,
    IconLine,
    Label,
    RichText,
    Scroll,
    column,
    empty,
    row,
    strong,
)

PAUSE = 250
"""Milliseconds without another answer until the rules are asked."""


class Asker(QObject):
    """Asks the rules in the background, once for many changes. ``told`` (Forecast)."""

    told = Signal(object)

    def __init__(self, session: Session, draft: MatterDraft, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._ask)
        self.last: Forecast = OPEN

    def ask(self) -> None:
        """Ask soon."""
        self._timer.start()

    def is_asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._timer.isActive() or (self._task is not None and not self._task.is_over())

    def _ask(self) -> None:
        if self._task is not None and not self._task.is_over():
            self._task.cancel()
        as_it_stands = self._draft.snapshot()
        self._task = tasks.run(
            lambda _work: matter_forecast.forecast(self._session, as_it_stands),
            done=self._tell,
            refused=self._refused,
            parent=self,
        )

    def _tell(self, found: Any) -> None:
        self.last = found
        self.told.emit(found)

    def _refused(self, refusal: CandorError) -> None:
        """The rules could not answer: that is told in place of a route, never a guess."""
        self._tell(Forecast(False, False, refusal.message, refusal.hint))


class WhereItGoes(QWidget):
    """Who decides and why, who is left out, and what happens next. ``wide`` lays it out for a
    page, else for the narrow column beside the questions."""

    def __init__(self, *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Forecast | None = None
        side = (0, 0, 0, 0) if wide else (20, 16, 20, 16)
        self._box = column(space=8, margins=side)
        self.setLayout(self._box)
        self.title = RichText(kind="strong")
        self.setAccessibleName("Where this goes")
        self.show_forecast(OPEN)

    def show_forecast(self, found: Forecast) -> None:
        """Show another answer of the rules."""
        if found == self._shown:
            return
        self._shown = found
        empty(self._box)
        self._box.addWidget(Label("Where this goes", "label"))
        icon, tone = _MARKS[(found.known, found.stopped)]
        self._box.addWidget(IconLine(icon, tone, strong(found.title)))
        clause = f" (Code {found.clause})" if found.clause else ""
        self._box.addWidget(RichText(f"{found.reason}{clause}", kind="small"))
        for who, why in found.passed_over:
            self._box.addWidget(IconLine("user-x", "text2", f"{who}: {why}", kind="small"))
        for line in found.next:
            self._box.addWidget(IconLine("chevron-right", "text2", line, kind="small"))
        if found.sentences:
            more = Button("How the rules get there", "quiet", on=self._explain)
            self._box.addLayout(row(more, 1))
        self.setAccessibleDescription(f"{found.title}. {found.reason}")

    def _explain(self) -> None:
        if self._shown is not None:
            reasoning_dialog(self._shown, self).open()


_MARKS = {
    (False, False): ("hourglass", "text2"),
    (True, False): ("scale", "accent"),
    (True, True): ("octagon-x", "stopped"),
}


def reasoning_dialog(found: Forecast, parent: QWidget) -> QDialog:
    """Every sentence of the rules' answer, in a dialog that Escape closes."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("How the rules get there")
    dialog.resize(style.px(600), style.px(520))
    inside = QWidget()
    inside.setProperty("role", "clear")
    lines = (IconLine("chevron-right", "text2", said) for said in found.sentences)
    note = "The same rules decide after filing. If the facts change by then, so may the way."
    inside.setLayout(
        column(*lines, RichText(note, kind="note"), 1, space=10, margins=(24, 24, 24, 16))
    )
    close = Button("Close", on=dialog.accept)
    dialog.setLayout(column(Scroll(inside), close, space=8, margins=(0, 0, 16, 16)))
    return dialog
