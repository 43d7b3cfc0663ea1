"""What the pages before unlocking share: a narrow column, and Cancel for what takes long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from candor.ui import style
from candor.ui.widgets import Button, Scroll, column, row

SLOW = 500
"""Milliseconds until Cancel appears (mock-up 01)."""


class Centred(QWidget):
    """A column of fixed width in the middle of the window; it scrolls where it must."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = QWidget()
        self.inner.setMaximumWidth(style.px(width))
        self.box = column(space=16)
        self.inner.setLayout(self.box)

    def fill(self, *widgets: QWidget, foot: Sequence[QWidget] = ()) -> None:
        """Put these into the column, and ``foot`` at the lower end of the window."""
        for widget in widgets:
            self.box.addWidget(widget)
        middle = row(1, space=0, margins=(24, 24, 24, 24))
        middle.addWidget(self.inner, 100)
        middle.addStretch(1)
        content = QWidget()
        content.setProperty("role", "clear")
        whole = column(1, space=4)
        whole.addLayout(middle)
        whole.addStretch(2)
        for line in foot:
            whole.addWidget(line)
        content.setLayout(whole)
        self.setLayout(column(Scroll(content), space=0, margins=(0, 0, 0, 24)))


class SlowCancel(Button):
    """Cancel that appears only when something takes longer than half a second."""

    def __init__(self, text: str = "Cancel") -> None:
        super().__init__(text, "quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def arm(self) -> None:
        """Appear in half a second."""
        self._timer.start(SLOW)

    def disarm(self) -> None:
        """Do not appear, or disappear."""
        self._timer.stop()
        self.hide()
