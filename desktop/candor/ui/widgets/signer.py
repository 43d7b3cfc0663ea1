"""Typing a passphrase, and signing with full name and passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from candor.ui.widgets.buttons import Button
from candor.ui.widgets.layout import column, row
from candor.ui.widgets.text import Label, RichText


class LabelledField(QWidget):
    """A field label above any widget, with a sentence below for what is wrong."""

    def __init__(
        self, label: str, field: QWidget, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._label = Label(label, "label")
        self._label.setBuddy(field)
        field.setAccessibleName(label)
        self.hint = RichText(hint, kind="note")
        if not hint:
            self.hint.hide()
        self.fault = RichText(kind="small", tone="stopped")
        self.fault.hide()
        self.setLayout(column(self._label, field, self.hint, self.fault, space=6))

    def show_fault(self, sentence: str) -> None:
        """Say beside the field what is wrong, or "" that nothing is."""
        self.fault.set_parts(sentence)
        self.fault.setVisible(bool(sentence))
        self.field.setProperty("fault", bool(sentence))
        self.field.setAccessibleDescription(sentence or self.hint.plain())
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class PassphraseField(QWidget):
    """A passphrase with Show / Hide as a word. ``changed`` on typing, ``entered`` on Enter."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str = "Passphrase", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self._show = Button("Show", icon="eye", on=self._turn)
        self._show.setAccessibleName(f"Show {name.lower()}")
        self.setFocusProxy(self.edit)
        self.setLayout(row(self.edit, self._show, space=8))

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.edit.clear()

    def set_read_only(self, *, on: bool) -> None:
        """Keep the text while work goes on."""
        self.edit.setReadOnly(on)
        self._show.setEnabled(not on)

    def _turn(self) -> None:
        hidden = self.edit.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._show.setText("Hide" if hidden else "Show")


class Signer(QWidget):
    """Full name and passphrase of a signing act. ``ready`` tells whether both are filled.

    Enter in the passphrase never signs; the signing button stands outside and is pressed.
    """

    ready = Signal(bool)

    def __init__(self, name: str = "", signing_as: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLineEdit(name)
        self.name = LabelledField(
            "Your full name, as you sign",
            self._name,
            hint=f"Signing as {signing_as}" if signing_as else "",
        )
        self._secret = PassphraseField()
        self.passphrase = LabelledField("Passphrase", self._secret)
        self.setLayout(column(self.name, self.passphrase, space=16))
        self._name.textChanged.connect(lambda _: self._tell())
        self._secret.changed.connect(lambda _: self._tell())

    def full_name(self) -> str:
        """The name as typed."""
        return self._name.text().strip()

    def secret(self) -> str:
        """The passphrase as typed."""
        return self._secret.text()

    def name_field(self) -> QLineEdit:
        """The field of the name."""
        return self._name

    def passphrase_field(self) -> QLineEdit:
        """The field of the passphrase."""
        return self._secret.edit

    def is_ready(self) -> bool:
        """Whether both fields are filled."""
        return bool(self.full_name() and self.secret())

    def forget(self) -> None:
        """Empty the passphrase."""
        self._secret.clear()

    def refuse(self, sentence: str) -> None:
        """Say that the passphrase was not accepted and select it for typing again."""
        self.passphrase.show_fault(sentence)
        self._secret.edit.setFocus()
        self._secret.edit.selectAll()

    def _tell(self) -> None:
        self.passphrase.show_fault("")
        self.ready.emit(self.is_ready())
