"""An icon as a widget; it is decoration, so the word beside it carries the name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from candor.ui import icons, style


class Picture(QLabel):
    """One icon in the colour of a tone, ``size`` px at 100 % text; follows the look."""

    def __init__(
        self, name: str, tone: str = "text2", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._token = name, tone
        self._draw()

    def _draw(self) -> None:
        self._look = style.look()
        self.setPixmap(icons.pixmap(self._name, self._token, self._size))

    def changeEvent(self, event: QEvent) -> None:
        """Redraw in the new look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look is not style.look():
            self._draw()


class Logo(QLabel):
    """The mark of the program: a check on a square of the accent."""

    def __init__(self, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self._draw()

    def _draw(self) -> None:
        mark = icons.pixmap("badge-check", "on", round(self._side * 0.66))
        ratio = mark.devicePixelRatio()
        side = style.px(self._side)
        canvas = QPixmap(round(side * ratio), round(side * ratio))
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("accent"))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
        inset = (side - mark.width() / ratio) / 2
        painter.drawPixmap(round(inset), round(inset), mark)
        painter.end()
        self.setPixmap(canvas)
        self.setFixedSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw in the new look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
