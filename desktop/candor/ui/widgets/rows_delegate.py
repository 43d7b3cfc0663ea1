"""Paints the cells of a RowsModel: icon, one or two lines, a badge or a link."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from candor.ui import icons, style
from candor.ui.style import MEANING_ICON, Meaning
from candor.ui.widgets.buttons import paint_check
from candor.ui.widgets.rows_model import ColumnSpec, Index, RowsModel

PAD = 12
ROW, COMPACT, TWO_LINES, HEAD = 40, 36, 56, 36


class RowsDelegate(QStyledItemDelegate):
    """Paints icon, one or two lines, badge or link of a cell from the model's column."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, style.colour("tint" if chosen else "surface"))
        painter.setPen(style.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model, source = _source(index)
        spec = model.spec(source.column())
        if spec is None:
            side = style.px(18)
            box = QRect(rect.x() + 8, rect.center().y() - side // 2, side, side)
            ticked = model.data(source, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            paint_check(painter, box, checked=ticked)
        else:
            self._cell(painter, rect.adjusted(8, 0, -8, -1), model.row(source), spec)
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRect, row: Any, spec: ColumnSpec) -> None:
        badge = spec.badge(row) if spec.badge else None
        if badge:
            _paint_badge(painter, rect, *badge)
            return
        mark = spec.icon(row) if spec.icon else None
        if mark:
            image = icons.pixmap(mark[0], mark[1])
            side = round(image.width() / image.devicePixelRatio())
            painter.drawPixmap(rect.x(), rect.center().y() - side // 2, image)
            rect = rect.adjusted(side + 8, 0, 0, 0)
        second = spec.second(row) if spec.second else ""
        align = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
        tone = "accent" if spec.link else ("text2" if spec.muted else "text")
        words = spec.text(row)
        weight = 500 if spec.link else spec.weight
        face = style.font("body", weight, figures="-" not in words)
        if second:
            tall = style.line_height("body")
            top = rect.center().y() - (tall + style.line_height("note")) // 2
            upper = QRect(rect.x(), top, rect.width(), tall)
            lower = QRect(rect.x(), top + tall, rect.width(), style.line_height("note"))
            _line(painter, lower, second, ("text2", style.font("note")), align)
            rect = upper
        _line(painter, rect, words, (tone, face), align)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A tool tip with the whole of a cell that shows less than that."""
        model, source = _source(index)
        spec = model.spec(source.column()) if index.isValid() else None
        room: QRect = option.rect
        short = spec is not None and (
            bool(spec.full) or self.sizeHint(option, index).width() > room.width() + PAD
        )
        if event.type() != QEvent.Type.ToolTip or spec is None or not short:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), "\n".join(model.said(model.row(source), spec)), view)
        return True

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as the words."""
        model, source = _source(index)
        spec = model.spec(source.column())
        if spec is None:
            return QSize(style.px(18) + 22, style.px(ROW))
        row = model.row(source)
        wide = QFontMetrics(style.font("body", 600)).horizontalAdvance(model.words(row, spec))
        if spec.second:
            face = QFontMetrics(style.font("note"))
            wide = max(wide, face.horizontalAdvance(spec.second(row)))
        wide += style.px(28) if spec.icon or spec.badge else 0
        return QSize(wide + 2 * PAD, style.px(TWO_LINES if spec.second else ROW))


def _source(index: Index) -> tuple[RowsModel, QModelIndex]:
    model = index.model()
    if isinstance(model, QSortFilterProxyModel):
        source = model.mapToSource(index)
        inner = model.sourceModel()
        assert isinstance(inner, RowsModel)  # noqa: S101 -- the view is only built on one
        return inner, source
    assert isinstance(model, RowsModel)  # noqa: S101
    return model, model.index(index.row(), index.column())


def _line(
    painter: QPainter,
    rect: QRect,
    words: str,
    ink: tuple[str, QFont],
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    tone, face = ink
    painter.setFont(face)
    painter.setPen(style.colour(tone))
    fitted = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), fitted)


def _paint_badge(painter: QPainter, rect: QRect, word: str, meaning: Meaning) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    neutral = meaning is Meaning.NEUTRAL
    ink = "text2" if neutral else meaning.value
    face = style.font("note", 500)
    tall, side = style.px(24), style.px(16)
    wide = min(QFontMetrics(face).horizontalAdvance(word) + side + 22, rect.width())
    box = QRectF(rect.x(), rect.center().y() - tall / 2, wide, tall).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(style.colour("line" if neutral else f"{ink}-line"), 1))
    painter.setBrush(style.colour("sunken" if neutral else f"{ink}-back"))
    painter.drawRoundedRect(box, 4, 4)
    painter.drawPixmap(
        QPoint(rect.x() + 7, round(box.center().y()) - side // 2),
        icons.pixmap(MEANING_ICON[meaning], ink, 16),
    )
    inner = QRect(rect.x() + side + 13, round(box.y()), wide - side - 16, tall)
    _line(painter, inner, word, (ink, face))
