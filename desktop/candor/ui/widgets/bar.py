"""A painted bar: progress, or parts of a whole in the fills of their meanings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from candor.ui import style
from candor.ui.widgets.layout import Flow, empty, row
from candor.ui.widgets.text import RichText, strong


class Bar(QWidget):
    """Parts of a whole, 8 px high. ``parts``: (amount, colour tone); the rest is `line`.

    The sentence that the bar shows goes into its accessible name.
    """

    def __init__(
        self,
        parts: Sequence[tuple[int, str]] = (),
        total: int = 0,
        *,
        sentence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts, total, sentence=sentence)

    def show_parts(
        self, parts: Sequence[tuple[int, str]], total: int = 0, *, sentence: str = ""
    ) -> None:
        """Show other parts; ``total`` 0 means their sum."""
        self._parts = tuple(parts)
        self._total = total or sum(amount for amount, _ in parts)
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room, 8 px high at 100 %."""
        return QSize(style.px(120), style.px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the parts with a gap of 2 px between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), style.colour("line"))
        x, shown = 0.0, [part for part in self._parts if part[0] > 0]
        for index, (amount, tone) in enumerate(shown):
            wide = self.width() * amount / max(self._total, 1)
            if index:
                painter.fillRect(QRectF(x, 0, 2, self.height()), style.colour("window"))
                x, wide = x + 2, wide - 2
            painter.fillRect(QRectF(x, 0, wide, self.height()), style.colour(tone))
            x += wide


class Swatch(QWidget):
    """A small square in the fill of a bar's part."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._token = tone
        self.setFixedSize(style.px(12), style.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour(self._token))
        painter.setBrush(style.colour(self._token))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class Legend(QWidget):
    """What the parts of a bar stand for: (count, words, colour tone) each."""

    def __init__(
        self, entries: Sequence[tuple[int, str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._flow = Flow(space=24, parent=self)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """Show other entries."""
        empty(self._flow)
        for count, words, tone in entries:
            text = RichText(strong(str(count)), " ", words, kind="small")
            text.setWordWrap(False)
            entry = QWidget(self)
            entry.setLayout(row(Swatch(tone), text, space=8))
            self._flow.addWidget(entry)
