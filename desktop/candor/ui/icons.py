"""Line icons recoloured from the tokens, cached by name, colour and size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from candor.resources import resource
from candor.ui import style

STROKE = "1.75"


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    drawing = resource("icons", f"{name}.svg").read_text("utf-8")
    return drawing.replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, gap: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    canvas = QPixmap(round((size + gap) * ratio), round(size * ratio))
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return canvas


def pixmap(name: str, tone: str = "text2", size: int = 20, gap: int = 0) -> QPixmap:
    """An icon in a tone's colour; ``size`` in px at 100 % text; ``gap`` px of room at its right.

    Raises candor.resources.ResourceMissing for an unknown name.
    """
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, style.colour(tone).name(), style.px(size), gap, ratio)


def icon(name: str, tone: str = "text2", size: int = 20, gap: int = 0, checked: str = "") -> QIcon:
    """A QIcon with its disabled face, and with ``checked`` a face for the checked state."""
    made = QIcon()
    made.addPixmap(pixmap(name, tone, size, gap), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(pixmap(name, checked or tone, size, gap), QIcon.Mode.Normal, QIcon.State.On)
    for state in (QIcon.State.Off, QIcon.State.On):
        made.addPixmap(pixmap(name, "off", size, gap), QIcon.Mode.Disabled, state)
    return made
