"""The recovery code: shown once, written on paper, typed again from the paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from candor.app import preferences
from candor.app.session import Session
from candor.app.vaults import check_passphrase
from candor.errors import CandorError
from candor.ui import tasks
from candor.ui.screens.base import SessionPage
from candor.ui.screens.invitations import big_code
from candor.ui.shell import Shell
from candor.ui.widgets import (
    Button,
    Card,
    IconLine,
    LabelledField,
    PageHead,
    PassphraseField,
    RichText,
    column,
    row,
    strong,
)


class RecoverySheet(Card):
    """Two steps: the code in large figures, then the field to type it, with the code hidden.

    ``confirm(typed)`` raises RecoveryMistyped; it runs in a thread. ``confirmed`` when it held.
    """

    confirmed = Signal()

    def __init__(self, code: str, confirm: Callable[[str], None]) -> None:
        super().__init__()
        self.code, self._confirm = code, confirm
        self.typed = QLineEdit()
        self.field = LabelledField(
            "The recovery code, typed from your paper",
            self.typed,
            hint="Capitals, spaces and dashes do not matter.",
        )
        self.typed.returnPressed.connect(self._check)
        self.written = Button("I have written it down", "primary", on=self._ask)
        self.check = Button("Check what I typed", "primary", on=self._check)
        self.again = Button("Show the code again", "quiet", icon="eye", on=self._show)
        self._code = QWidget()
        foot = QWidget()
        foot.setLayout(row(self.written, 1))
        self._code.setLayout(
            column(
                RichText(
                    "With this code you open your vault if you ever forget your passphrase. "
                    "Nobody else has it, and it is shown only now."
                ),
                big_code(code, "Recovery code"),
                IconLine("pen-line", "accent", strong("Write it on paper"), " by hand, clearly."),
                IconLine("lock-keyhole", "accent", "Keep the paper where you keep your passport."),
                IconLine(
                    "ban", "accent", "Do not photograph it and do not save it on this computer."
                ),
                foot,
                space=12,
            )
        )
        self._typing = QWidget()
        acts = QWidget()
        acts.setLayout(row(self.check, self.again, 1))
        self._typing.setLayout(column(self.field, acts, space=16))
        self.add(self._code, self._typing)
        self._show()

    def _show(self) -> None:
        self._typing.hide()
        self._code.show()
        self.typed.clear()
        self.field.show_fault("")
        self.written.setFocus()

    def _ask(self) -> None:
        self._code.hide()
        self._typing.show()
        self.typed.setFocus()

    def _check(self) -> None:
        text = self.typed.text()
        self.check.setEnabled(False)
        task = tasks.run(
            lambda _work: self._confirm(text),
            done=lambda _none: self.confirmed.emit(),
            refused=self._refuse,
            parent=self,
        )
        task.ended.connect(lambda: self.check.setEnabled(True))

    def _refuse(self, error: CandorError) -> None:
        self.field.show_fault(error.sentence())
        self.typed.setFocus()
        self.typed.selectAll()


class NewRecoveryPage(SessionPage):
    """Replacing the recovery code; the old paper opens nothing afterwards."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        head = PageHead(
            "Make a new recovery code",
            "The paper you have now stops working as soon as the new code is made.",
            Button("Back", on=shell.back),
        )
        self.secret = PassphraseField()
        self.field = LabelledField("Your passphrase", self.secret)
        self.make = Button("Make a new code", "primary", on=self._make)
        acts = QWidget()
        acts.setLayout(row(self.make, 1))
        self.card = Card(self.field, acts)
        self.add(head, self.card)
        self.setFocusProxy(self.secret)

    def _make(self) -> None:
        secret = self.secret.text()
        self.field.show_fault("")
        self.do(
            lambda _work: preferences.new_recovery_code(self.session, secret),
            self._show_code,
            refused=lambda error: self.field.show_fault(error.sentence()),
            button=self.make,
        )

    def _show_code(self, code: str) -> None:
        self.secret.clear()
        self.card.hide()
        self.sheet = RecoverySheet(
            code, lambda typed: preferences.confirm_recovery(self.session, typed)
        )
        self.sheet.confirmed.connect(self.shell.back)
        self.add(self.sheet)


class PassphrasePage(SessionPage):
    """Changing the passphrase."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.save = Button("Change the passphrase", "primary", on=self._save)
        head = PageHead(
            "Change your passphrase",
            "Your recovery code stays the same.",
            Button("Back", on=shell.back),
            self.save,
        )
        self.old = PassphraseField("Your passphrase now")
        self.old_field = LabelledField("Your passphrase now", self.old)
        self.new = NewPassphrase()
        self.add(head, self.refusal, Card(self.old_field, self.new))
        self.setFocusProxy(self.old)

    def _save(self) -> None:
        self.old_field.show_fault("")
        if not self.new.check():
            return
        old, new = self.old.text(), self.new.text()
        self.do(
            lambda _work: preferences.change_passphrase(self.session, old, new),
            lambda _none: self.shell.back(),
            refused=lambda error: self.old_field.show_fault(error.sentence()),
            button=self.save,
        )


class NewPassphrase(QWidget):
    """A new passphrase, typed twice; faults stand beside the field."""

    def __init__(self) -> None:
        super().__init__()
        self.first = PassphraseField("New passphrase")
        self.second = PassphraseField("The same again")
        self.first_field = LabelledField(
            "Passphrase",
            self.first,
            hint="At least 12 characters. Four or five unrelated words are easy to remember. "
            "Nobody, the Company included, can reset it.",
        )
        self.second_field = LabelledField("The same again", self.second)
        self.setLayout(column(self.first_field, self.second_field, space=16))
        self.setFocusProxy(self.first)

    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    def check(self) -> bool:
        """Show what is wrong; True where both fit the rule and each other."""
        self.first_field.show_fault("")
        self.second_field.show_fault("")
        try:
            check_passphrase(self.first.text())
        except CandorError as error:
            self.first_field.show_fault(error.sentence())
            self.first.setFocus()
            return False
        if self.first.text() != self.second.text():
            self.second_field.show_fault("The two are not the same. Type it once more.")
            self.second.setFocus()
            return False
        return True
