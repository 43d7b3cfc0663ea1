"""Fields one types in: text, numbers, money, dates, names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from candor import money
from candor.forms import parse
from candor.forms.display import display
from candor.forms.kinds import Kind, Value
from candor.forms.words import NBSP
from candor.ui import style
from candor.ui.fields.base import Field, Spec
from candor.ui.widgets import column, restyle

WIDTHS = {Kind.NUMBER: 160, Kind.MONEY: 220, Kind.DATE: 220, Kind.PERSON: 320}
ASKS = "asks"
"""The property of a line that tells what kind of value it asks for."""
EXAMPLES = {Kind.DATE: "22 Jan 2027", Kind.PERSON: "Full name"}


class LineEdit(QLineEdit):
    """A line edit that leaves Ctrl+Z to the form once it has nothing of its own to take back,
    and dropped files to whatever is around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        """Let the form's own undo and redo through."""
        if event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo)  # type: ignore[attr-defined]
            redo = event.matches(QKeySequence.StandardKey.Redo)  # type: ignore[attr-defined]
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)


class LineField(Field):
    """One line: short text, number, money, date, person. Read as it is typed, judged on leaving."""

    def __init__(self, spec: Spec, language: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, language, parent)
        self.edit = LineEdit()
        self.edit.setPlaceholderText(self._example())
        self.edit.setProperty(ASKS, spec.kind.value)
        width = WIDTHS.get(spec.kind)
        if width:
            self.edit.setMaximumWidth(style.px(width))
        self.setLayout(column(self.edit, space=0))
        self.setFocusProxy(self.edit)
        self._fault = ""
        self._shown: Value | None = None
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._finish)

    def _example(self) -> str:
        if self.spec.kind is Kind.MONEY:
            return f"{self.spec.currency}{NBSP}0.00"
        return EXAMPLES.get(self.spec.kind, "")

    def _read(self) -> Value | None:
        return parse.value(self.spec, self.edit.text())

    def value(self) -> Value | None:
        """The value typed, None where it is blank or cannot be read."""
        try:
            return self._kept(self._read())
        except parse.NotUnderstood:
            return None

    def _kept(self, read: Value | None) -> Value | None:
        """A directory person shown by name stays that person until the name is changed."""
        before = self._shown
        same = isinstance(before, dict) and isinstance(read, dict)
        if same and before.get("name") == read.get("name") and self.spec.kind is Kind.PERSON:  # type: ignore[union-attr]
            return before
        return read

    def show_value(self, value: Value | None) -> None:
        """Show a value as people write it."""
        self._shown = value
        self._show_fault("")
        text = "" if value is None else display(self.spec, value, self.language)
        if text != self.edit.text():
            self.edit.setText(text)

    def fault(self) -> str:
        """Why the text cannot be read, or ""."""
        return self._fault

    def unread(self) -> str:
        """The text that cannot be read, or ""."""
        try:
            self._read()
        except parse.NotUnderstood:
            return self.edit.text()
        return ""

    def show_unread(self, text: str) -> None:
        """Put such a text back, with its reason."""
        self.edit.setText(text)
        self._finish()

    def _typed(self) -> None:
        try:
            self._read()
        except parse.NotUnderstood:
            return  # judged when the field is left; half a date is not a mistake
        self._show_fault("")
        self.edited.emit()

    def _finish(self) -> None:
        try:
            read = self._kept(self._read())
        except parse.NotUnderstood as reason:
            self._show_fault(f"{reason.sentence()} It is not saved yet.")
        else:
            self.show_value(read)
        self.left.emit()

    def _show_fault(self, sentence: str) -> None:
        if sentence == self._fault:
            return
        self._fault = sentence
        self.edit.setProperty("fault", bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        restyle(self.edit)

    def first(self) -> QWidget:
        """The line edit."""
        return self.edit


class TextBox(QPlainTextEdit):
    """Several lines; as tall as its text, Tab leaves it, the form's undo passes through."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        shown = min(max(self.document().size().height(), self._lines), 12)
        tall = round(shown * self.fontMetrics().lineSpacing() + 22)
        if tall != self.height():
            self.setFixedHeight(tall)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(style.px(320), self.height())

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def event(self, event: QEvent) -> bool:
        """Let the form's own undo and redo through."""
        if event.type() == QEvent.Type.ShortcutOverride:
            document = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo)  # type: ignore[attr-defined]
            redo = event.matches(QKeySequence.StandardKey.Redo)  # type: ignore[attr-defined]
            spent = not document.isUndoAvailable(), not document.isRedoAvailable()
            if (undo and spent[0]) or (redo and spent[1]):
                event.ignore()
                return False
        return super().event(event)


class LongField(Field):
    """A text of any length."""

    def __init__(
        self, spec: Spec, language: str, *, lines: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, language, parent)
        self.edit = TextBox(lines)
        self.setLayout(column(self.edit, space=0))
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)

    def value(self) -> Value | None:
        """The text, None where it is blank."""
        text = self.edit.toPlainText()
        return text if text.strip() else None

    def show_value(self, value: Value | None) -> None:
        """Show a text."""
        text = value if isinstance(value, str) else ""
        if text != self.edit.toPlainText():
            self.edit.blockSignals(True)
            self.edit.setPlainText(text)
            self.edit.blockSignals(False)
            self.edit._grow()

    def _typed(self) -> None:
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the text box is left."""
        popup = Qt.FocusReason.PopupFocusReason
        gone = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != popup
        if gone:
            self.left.emit()
        return super().eventFilter(watched, event)

    def first(self) -> QWidget:
        """The text box."""
        return self.edit


def cell_text(spec: Spec, value: Value | None, language: str) -> str:
    """A cell's value as its column shows it: money without its currency, which the head names."""
    if value is None:
        return ""
    amount = money.read(value) if spec.kind is Kind.MONEY else None
    if amount is not None:
        return money.digits(amount.minor, money.exponent(amount.currency))
    return display(spec, value, language)
