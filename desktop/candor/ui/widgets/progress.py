"""Progress of background work: a named step, a bar, Cancel; and the steps of a longer way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from candor.ui import style
from candor.ui.widgets.buttons import Button
from candor.ui.widgets.layout import Flow, column, row
from candor.ui.widgets.picture import Picture
from candor.ui.widgets.text import Label


class Progress(QWidget):
    """A named step with its bar. Give ``show_step`` to `tasks.run(progress=…)`; ``cancelled``
    goes to the task's ``cancel``."""

    cancelled = Signal()

    def __init__(self, *, cancel: str = "Cancel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = Label("", "second")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.cancel = Button(cancel, small=True, on=self.cancelled.emit)
        if not cancel:
            self.cancel.hide()
        words = column(self.step, self.bar, space=6)
        line = row(space=16)
        line.addLayout(words, 1)
        line.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(line)
        self.hide()

    def begin(self, step: str) -> None:
        """Show the first step, of unknown length."""
        self.step.setText(step)
        self.bar.setRange(0, 0)
        self.show()

    def show_step(self, step: str, done: int, total: int) -> None:
        """Show a step and how far it is; ``total`` 0 is of unknown length."""
        self.step.setText(step)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()


class _StepMark(QWidget):
    """A step's number in a circle; filled for the step one is at."""

    def __init__(self, number: int, *, current: bool) -> None:
        super().__init__()
        self._number, self._current = number, current
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """24 px at 100 %."""
        return QSize(style.px(24), style.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint circle and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(style.colour("accent" if self._current else "outline"), 1))
        painter.setBrush(style.colour("accent" if self._current else "window"))
        painter.drawEllipse(circle)
        painter.setPen(style.colour("on" if self._current else "text2"))
        painter.setFont(style.font("note", 600 if self._current else 400))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class Stepper(QWidget):
    """The steps of a way: done ones with a check, the current one filled. ``at`` counts from 0;
    without ``settled`` something is open in the steps before, and they wear their number."""

    def __init__(
        self,
        words: Sequence[str],
        at: int,
        parent: QWidget | None = None,
        *,
        settled: bool = True,
    ) -> None:
        super().__init__(parent)
        flow = Flow(space=16, parent=self)
        for place, word in enumerate(words):
            if place:
                flow.addWidget(_Dash())
            flow.addWidget(self._step(place, word, at, settled=settled))
        state = f"Step {at + 1} of {len(words)}: {words[at]}"
        self.setAccessibleName(state)

    @staticmethod
    def _step(place: int, word: str, at: int, *, settled: bool) -> QWidget:
        step = QWidget()
        mark: QWidget = (
            Picture("circle-check", "done")
            if place < at and settled
            else _StepMark(place + 1, current=place == at)
        )
        label = Label(word, "strong" if place == at else "second")
        step.setLayout(row(mark, label, space=8))
        return step


class _Dash(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(style.px(32), style.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(style.colour("line"))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
