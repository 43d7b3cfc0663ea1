"""The heads of an answer's table: words wrap, so that narrow columns can be read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from candor.forms.definition import Column, text_in
from candor.forms.kinds import Kind
from candor.ui import style
from candor.ui.fields.table_model import FIGURES

LEAST = {Kind.MONEY: 104, Kind.NUMBER: 76, Kind.DATE: 136, Kind.YES_NO: 72}
"""Narrowest width in px at 100 % of a column of that kind; WORDS for the others."""
WORDS = 116


def least_width(spec: Column, language: str) -> int:
    """The narrowest width in pixels in which a column's head and cells can be read."""
    metrics = QFontMetrics(style.font("note", 600))
    words = text_in(spec.label, language).split()
    longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
    return max(style.px(LEAST.get(spec.kind, WORDS)), longest + 18)


class WrappedHeads(QHeaderView):
    """A horizontal header whose words wrap at the column's width."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(style.px(48))

    def _text(self, section: int) -> str:
        model = self.model()
        return str(model.headerData(section, Qt.Orientation.Horizontal) or "")

    def _flags(self, section: int) -> int:
        right = self._columns[section].kind in FIGURES
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)

    def sizeHint(self) -> QSize:
        """As tall as the tallest head."""
        metrics = QFontMetrics(style.font("note", 600))
        tall = style.px(36)
        for at in range(self.count()):
            room = QRect(0, 0, max(self.sectionSize(at) - 16, 20), 1000)
            box = metrics.boundingRect(room, self._flags(at), self._text(at))
            tall = max(tall, box.height() + 14)
        return QSize(super().sizeHint().width(), tall)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        painter.save()
        painter.fillRect(rect, style.colour("sunken"))
        painter.setPen(style.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(style.colour("text2"))
        painter.setFont(style.font("note", 600))
        painter.drawText(rect.adjusted(8, 0, -8, 0), self._flags(section), self._text(section))
        painter.restore()
