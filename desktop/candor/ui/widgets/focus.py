"""The outer ring around the button that has the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from candor.ui import style

GAP, LINE = 2, 2


class _RingStyle(QProxyStyle):
    """Leaves room for the ring outside the button."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in {
            QStyle.PixelMetric.PM_FocusFrameHMargin,
            QStyle.PixelMetric.PM_FocusFrameVMargin,
        }:
            return GAP + LINE
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1  # else the ring is cut off at the edge of the button's own parent
        return super().styleHint(hint, option, widget, returned)


class FocusRing(QFocusFrame):
    """One ring that follows QApplication.focusChanged; fields show focus by their border."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._metrics = _RingStyle("Fusion")
        self.setStyle(self._metrics)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self):  # the window is being taken down
            return
        wanted = new if new is not None and new.property("ring") else None
        self.setWidget(wanted)  # type: ignore[arg-type]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two pixels of accent, two away from the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.colour("accent"), LINE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
