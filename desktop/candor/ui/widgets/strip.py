"""Days in a row, each in a box with a word: one painted widget that wraps where the row ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from candor.ui import style

_LEAST, _MOST, _GAP = 104, 176, 8
_LOOKS = {
    "event": ("tint", "accent", "accent", 1),
    "counts": ("surface", "outline", "text", 1),
    "closed": ("sunken", "line", "text2", 1),
    "due": ("needs-back", "needs-fill", "needs", 2),
}
"""State -> background, border, text, border width."""


@dataclass(frozen=True)
class Box:
    """One day: its date in a few words, the word for it, and its state."""

    day: str
    word: str
    state: str


class DayStrip(QWidget):
    """``show_boxes`` with the sentence that the strip shows; both are its accessible text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: tuple[Box, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_boxes(self, boxes: Sequence[Box], sentence: str) -> None:
        """Show other days."""
        self._boxes = tuple(boxes)
        self.setAccessibleName(sentence)
        said = "; ".join(f"{box.day}: {box.word}" for box in self._boxes)
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.setVisible(bool(boxes))
        self.updateGeometry()
        self.update()

    def boxes(self) -> tuple[Box, ...]:
        """The days that are shown."""
        return self._boxes

    def _across(self, width: int) -> int:
        fits = max((width + _GAP) // (style.px(_LEAST) + _GAP), 1)
        return max(min(len(self._boxes), fits), 1)

    def _tall(self) -> int:
        return 2 * style.line_height("note") + style.px(18)

    def heightForWidth(self, width: int) -> int:
        """All rows of boxes."""
        rows = -(-len(self._boxes) // self._across(width))
        return rows * (self._tall() + _GAP) - _GAP if rows else 0

    def sizeHint(self) -> QSize:
        """All in one row."""
        wide = len(self._boxes) * (style.px(_LEAST) + _GAP)
        return QSize(wide, self.heightForWidth(max(self.width(), style.px(_LEAST))))

    def minimumSizeHint(self) -> QSize:
        """The room of one box."""
        return QSize(style.px(_LEAST), self.heightForWidth(max(self.width(), style.px(_LEAST))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the boxes, and a frame where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across, tall = self._across(self.width()), self._tall()
        wide = min((self.width() - (across - 1) * _GAP) / across, style.px(_MOST))
        for at, box in enumerate(self._boxes):
            row, column = divmod(at, across)
            place = QRectF(column * (wide + _GAP), row * (tall + _GAP), wide, tall)
            self._paint(painter, place, box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(style.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint(self, painter: QPainter, place: QRectF, box: Box) -> None:
        back, edge, tone, width = _LOOKS[box.state]
        painter.setBrush(style.colour(back))
        painter.setPen(QPen(style.colour(edge), width))
        painter.drawRoundedRect(place.adjusted(width / 2, width / 2, -width / 2, -width / 2), 6, 6)
        painter.setPen(style.colour(tone))
        half = style.line_height("note")
        top = place.adjusted(4, style.px(9), -4, 0)
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.setFont(style.font("note", 600))
        painter.drawText(top, centre, box.day)
        painter.setFont(style.font("note"))
        painter.drawText(top.adjusted(0, half, 0, 0), centre, box.word)
