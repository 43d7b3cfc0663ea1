"""Choosing: segments for two to five short words, options with a line of consequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from candor.ui import icons, style
from candor.ui.widgets.buttons import Button, Radio, restyle
from candor.ui.widgets.layout import Flow, row
from candor.ui.widgets.text import Label, RichText


class Segments(QWidget):
    """Words side by side of which one can be chosen: Yes and No, or filters with counts.

    ``chosen`` (Signal) tells the key. Nothing is chosen at first unless ``value`` says so; with
    ``clearable`` the Delete key takes the choice back ("" is told).
    """

    chosen = Signal(str)

    def __init__(
        self,
        words: Sequence[tuple[str, str]],
        *,
        name: str = "",
        value: str = "",
        check: bool = True,
        clearable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._check, self._words, self._name = check, dict(words), name
        self._clearable = clearable
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        self._flow = Flow(space=0, parent=self)
        self._folded = False
        for index, (key, word) in enumerate(words):
            button = Button(word, "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {word}" if name else word)
            self._group.addButton(button, index)
            self._buttons[key] = button
            self._flow.addWidget(button)
        self._shape()
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self._group.buttonClicked.connect(lambda _: self._tell())
        self._group.idToggled.connect(self._mark)
        if words:
            self.setFocusProxy(self._buttons[words[0][0]])
        self.set_value(value)

    def _shape(self) -> None:
        """Joined in one row, or apart where they do not fit into one."""
        last = len(self._buttons) - 1
        ends = {0: "both" if last == 0 else "left", last: "right"}
        for index, button in enumerate(self._buttons.values()):
            end = "both" if self._folded or last == 0 else ends.get(index, "")
            button.setProperty("end", end)
            button.setProperty("joined", index > 0 and not self._folded)
            restyle(button)
        self._flow.setSpacing(8 if self._folded else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where the words do not fit side by side."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() for button in self._buttons.values())
        if (needed > self.width()) != self._folded:
            self._folded = not self._folded
            self._shape()

    def value(self) -> str:
        """The chosen key, or ""."""
        for key, button in self._buttons.items():
            if button.isChecked():
                return key
        return ""

    def set_value(self, key: str) -> None:
        """Choose a key without telling; "" chooses nothing."""
        self._group.setExclusive(False)
        for other, button in self._buttons.items():
            button.setChecked(other == key)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back where that is allowed."""
        wipes = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        if self._clearable and wipes and self.value():
            self.set_value("")
            self._tell()
            return
        super().keyPressEvent(event)

    def button(self, key: str) -> Button:
        """The button of a key."""
        return self._buttons[key]

    def set_word(self, key: str, word: str) -> None:
        """Change a word, e.g. its count."""
        self._buttons[key].setText(word)
        self._buttons[key].setAccessibleName(f"{self._name}: {word}" if self._name else word)

    def _mark(self, index: int, on: bool) -> None:
        button = self._group.button(index)
        if self._check and isinstance(button, Button):
            button.setIcon(icons.icon("check", "accent", 16, 6) if on else QIcon())
            button.setIconSize(QSize(style.px(16) + 6, style.px(16)))
        button.raise_()

    def _tell(self) -> None:
        self.chosen.emit(self.value())


@dataclass(frozen=True)
class Option:
    """One radio choice: its word, its consequence, and why it is off where it is."""

    key: str
    word: str
    consequence: str = ""
    off_because: str = ""


class OptionList(QWidget):
    """Radio buttons, each with a line of consequence; nothing is chosen at first."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[Option], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._rows: dict[str, _OptionRow] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.setAccessibleName(name)
        for option in options:
            line = _OptionRow(option)
            self._rows[option.key] = line
            self._group.addButton(line.radio)
            line.radio.toggled.connect(line.show_state)
            line.radio.setAccessibleName(option.word)
            line.radio.setAccessibleDescription(option.off_because or option.consequence)
            box.addWidget(line)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit(self.value()))

    def value(self) -> str:
        """The chosen key, or ""."""
        return next((k for k, line in self._rows.items() if line.radio.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose a key without telling; "" chooses nothing."""
        self._group.setExclusive(False)
        for other, line in self._rows.items():
            line.radio.setChecked(other == key)
        self._group.setExclusive(True)

    def radio(self, key: str) -> Radio:
        """The radio button of a key."""
        return self._rows[key].radio

    def set_consequence(self, key: str, text: str) -> None:
        """Change the line of consequence of an option."""
        self._rows[key].say(text)


class _OptionRow(QFrame):
    def __init__(self, option: Option) -> None:
        super().__init__()
        self.setProperty("role", "option")
        self.radio = Radio()
        self.radio.setEnabled(not option.off_because)
        self.radio.installEventFilter(self)
        self._word = Label(option.word, "name" if not option.off_because else "second")
        self._line = RichText(kind="note")
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(0)
        self._words.setContentsMargins(0, 2, 0, 2)
        self._words.addWidget(self._word)
        self._words.addWidget(self._line, 1)
        line = row(self.radio, space=11, margins=(11, 4, 11, 4))
        line.setAlignment(self.radio, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._words, 1)
        self.setLayout(line)
        self.say(option.off_because or option.consequence)

    def say(self, text: str) -> None:
        self._line.set_parts(text)
        self._line.setVisible(bool(text))
        self._arrange()

    def _arrange(self) -> None:
        """A short consequence stands beside the word, a long one below it."""
        beside = (
            self._word.sizeHint().width()
            + style.px(60)
            + self._line.fontMetrics().horizontalAdvance(self._line.plain())
            < self.width()
        )
        way = QBoxLayout.Direction
        self._words.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._words.setSpacing(12 if beside else 0)

    def show_state(self, on: bool) -> None:
        self.setProperty("chosen", on)
        self._word.setProperty("type", "strong" if on else "name")
        restyle(self._word)
        restyle(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.radio.isEnabled():
            self.radio.setFocus()
            self.radio.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            restyle(self)
        return super().eventFilter(watched, event)
