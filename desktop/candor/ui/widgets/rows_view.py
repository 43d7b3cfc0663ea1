"""The table view of a RowsModel, its painter and its proxy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from candor.ui import icons, style
from candor.ui.style import MEANING_ICON, Meaning
from candor.ui.widgets.buttons import paint_check
from candor.ui.widgets.rows_model import ColumnSpec, Index, RowsModel

PAD = 12
ROW, COMPACT, TWO_LINES, HEAD = 40, 36, 56, 36


class RowsProxy(QSortFilterProxyModel):
    """Sorts by the columns' keys and filters by a function of the row."""

    def __init__(self, source: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = source
        self._keep: Callable[[Any], bool] = lambda _row: True
        self.setSourceModel(source)
        self.setSortRole(Qt.ItemDataRole.UserRole)

    def keep(self, keep: Callable[[Any], bool]) -> None:
        """Show only the rows for which ``keep`` holds."""
        self._keep = keep
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Whether the row is kept."""
        return self._keep(self._rows.rows()[row])

    def lessThan(self, left: Index, right: Index) -> bool:
        """Order by the column's key."""
        spec = self._rows.spec(left.column())
        if spec is None:
            return False
        role = Qt.ItemDataRole.UserRole
        return bool(self._rows.data(left, role) < self._rows.data(right, role))


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


class RowsView(QTableView):
    """Whole-row selection, sorting by head, Space ticks, Ctrl+C copies tab-separated text.

    ``opened`` (row) on double click or Enter; ``linked`` (row, column spec) on a link cell;
    ``picked`` (row or None) when the selected row changes. ``fit`` makes the view as tall as its
    rows (up to 20) so that the page scrolls, not the table.
    """

    opened = Signal(object)
    linked = Signal(object, object)
    picked = Signal(object)

    def __init__(
        self,
        model: RowsModel,
        *,
        name: str,
        compact: bool = False,
        fit: bool = True,
        head: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.proxy = RowsProxy(model, self)
        self._fit, self._compact = fit, compact
        self.setModel(self.proxy)
        self.setItemDelegate(RowsDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.verticalHeader().hide()
        self._heads(shown=head)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.row_of(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.picked.emit(self.row_of(now) if now.isValid() else None)
        )
        for signal in (
            self.proxy.modelReset,
            self.proxy.rowsInserted,
            self.proxy.rowsRemoved,
            self.proxy.layoutChanged,
        ):
            signal.connect(self._measure)
        self._measure()

    def _heads(self, *, shown: bool) -> None:
        heads = self.horizontalHeader()
        heads.setVisible(shown)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(style.px(32))
        heads.setSectionsClickable(True)
        if any(spec.sort for spec in self.rows.columns):
            # no column first: the model's own order stands until a head is pressed
            heads.setSortIndicatorClearable(True)
            heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    def _measure(self) -> None:
        two = any(spec.second for spec in self.rows.columns)
        tall = style.px(TWO_LINES if two else (COMPACT if self._compact else ROW))
        self.verticalHeader().setDefaultSectionSize(tall)
        heads = self.horizontalHeader()
        heads.setFixedHeight(style.px(HEAD))
        for at in range(self.rows.columnCount()):
            spec = self.rows.spec(at)
            if spec is not None and spec.stretch:
                heads.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            elif spec is not None and spec.width:
                heads.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, style.px(spec.width))
            else:
                heads.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        if self._fit:
            shown = min(max(self.proxy.rowCount(), 1), 20)
            extra = 0 if heads.isHidden() else style.px(HEAD)
            self.setFixedHeight(shown * tall + extra + 2)

    def row_of(self, index: Index) -> Any:
        """The row behind an index of this view."""
        return self.rows.row(self.proxy.mapToSource(index))

    def selected(self) -> tuple[Any, ...]:
        """The selected rows."""
        return tuple(self.row_of(index) for index in self.selectionModel().selectedRows())

    def pick(self, key: Callable[[Any], bool]) -> None:
        """Select the first row for which ``key`` holds."""
        for at in range(self.proxy.rowCount()):
            if key(self.row_of(self.proxy.index(at, 0))):
                self.selectRow(at)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter opens or follows the row's link, Ctrl+C copies."""
        here = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Space and self.rows.checkable and here.isValid():
            self._tick(here)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and here.isValid():
            self._enter(here)
        else:
            super().keyPressEvent(event)

    def _enter(self, here: QModelIndex) -> None:
        links = [spec for spec in self.rows.columns if spec.link and spec.text(self.row_of(here))]
        if len(links) == 1:
            self.linked.emit(self.row_of(here), links[0])
        else:
            self.opened.emit(self.row_of(here))

    def _tick(self, here: QModelIndex) -> None:
        box = self.rows.index(self.proxy.mapToSource(here).row(), 0)
        role = Qt.ItemDataRole.CheckStateRole
        ticked = self.rows.data(box, role) == Qt.CheckState.Checked
        self.rows.setData(box, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, role)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks, a click on a link follows it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        spec = self.rows.spec(index.column())
        if spec is None:
            self._tick(index)
        elif spec.link and spec.text(self.row_of(index)):
            self.linked.emit(self.row_of(index), spec)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The row's links, and Copy."""
        row = self.row_of(self.currentIndex()) if self.currentIndex().isValid() else None
        menu = QMenu(self)
        for spec in self.rows.columns:
            if row is not None and spec.link and spec.text(row):
                menu.addAction(spec.text(row), partial(self.linked.emit, row, spec))
        menu.addAction("Copy rows", self.copy)
        menu.exec(event.globalPos())

    def copy(self) -> None:
        """Copy the selected rows as tab-separated text."""
        lines = [
            "\t".join(self.rows.words(row, spec) for spec in self.rows.columns)
            for row in self.selected()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
