"""A day on which the SEC closed besides its holidays: running clocks move, and say so."""

from __future__ import annotations

from PySide6.QtCore import Signal

from candor.app import disclosing
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.ui.fields import TextBox
from candor.ui.screens.base import SessionPage
from candor.ui.screens.inputs import DayField
from candor.ui.screens.sign_box import Act, SignBox
from candor.ui.shell import Shell
from candor.ui.widgets import Button, Card, LabelledField, Note, PageHead

FOLLOWS = (
    "Every clock that still runs is counted anew without that day.",
    "The due date that it had stays on record, with what moved it.",
    "A waiver whose filing is recorded stays as it is.",
)


class ClosurePage(SessionPage):
    """``recorded`` after the day is signed."""

    recorded = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.on = DayField("The day")
        self.reason = TextBox(2)
        self.box = SignBox(self, self._act, onward="Continue to sign", sign="Sign and record it")
        self.box.opened.connect(lambda on: self._freeze(frozen=on))
        self.box.signed.connect(lambda _event: self.recorded.emit())
        card = Card(
            self.on,
            LabelledField("Who closed it, and where that is published", self.reason),
            Note("What follows when you sign", lines=[("check", "done", line) for line in FOLLOWS]),
            self.box,
        )
        card.body.setSpacing(16)
        card.setMaximumWidth(760)
        said = "Weekends and federal holidays are known already."
        back = Button("Back", on=shell.back)
        self.add(PageHead("A day on which the SEC was closed", said, back), self.refusal, card)

    def _freeze(self, *, frozen: bool) -> None:
        self.on.setEnabled(not frozen)
        self.reason.setEnabled(not frozen)

    def _act(self) -> Act:
        on, reason, session = self.on.day(), self.reason.toPlainText().strip(), self.session
        missing = (
            *(() if on else (self.on.problem() or "Give the day.",)),
            *(() if reason else ("Say who closed it and where that is published.",)),
        )

        def sign(name: str, secret: str) -> str:
            if on is None:
                raise CandorError("Give the day.", hint="Nothing was signed.")
            return disclosing.record_closure(session, on, reason, name, secret)

        return Act(sign, lambda: missing, f"{day(on)}: closed. {reason}" if on else "")
