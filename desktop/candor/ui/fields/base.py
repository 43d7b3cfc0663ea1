"""What every field has in common: it shows a value, and tells when a person changed it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.definition import Column, Question
from candor.forms.kinds import Value

Spec = Question | Column


class Field(QWidget):
    """One control for one value. ``edited`` follows each change a person makes.

    ``left`` follows when the person is through with it for the moment (focus gone, Enter).
    """

    edited = Signal()
    left = Signal()

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec, self.language = spec, language

    def value(self) -> Value | None:
        """The value as it stands, None where there is none or it could not be read."""
        raise NotImplementedError

    def show_value(self, value: Value | None) -> None:
        """Show a value without telling."""
        raise NotImplementedError

    def fault(self) -> str:
        """What could not be read, as a sentence, or ""."""
        return ""

    def unread(self) -> str:
        """Typed text that could not be read and would be lost with the widget, or ""."""
        return ""

    def show_unread(self, text: str) -> None:
        """Put text that could not be read back into the field."""

    def set_name(self, name: str) -> None:
        """The accessible name of the control."""
        self.first().setAccessibleName(name)

    def chosen(self) -> None:
        """Tell that a choice was made: it is both an edit and the end of it."""
        self.edited.emit()
        self.left.emit()

    def first(self) -> QWidget:
        """The control that takes the focus."""
        return self
