"""The table view of a RowsModel and its proxy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from candor.ui import style
from candor.ui.widgets.layout import Breadth, breadth
from candor.ui.widgets.rows_delegate import COMPACT, HEAD, ROW, TWO_LINES, RowsDelegate
from candor.ui.widgets.rows_model import Index, RowsModel

MOST = 20
"""Rows that a list shows at once where its page says nothing else."""


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


class RowsView(QTableView):
    """Whole-row selection, sorting by head, Space ticks, Ctrl+C copies tab-separated text.

    ``opened`` (row) on double click or Enter; ``linked`` (row, column spec) on a link cell;
    ``picked`` (row or None) when the selected row changes. ``fit`` makes the view as tall as its
    rows, up to 20 or to what `set_tallest` allows; ``measured`` when its rows have changed.
    """

    opened = Signal(object)
    linked = Signal(object, object)
    picked = Signal(object)
    measured = Signal()

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
        self._tallest = 0
        self._pressed = QPersistentModelIndex()
        self._room = Breadth.WIDE
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
        self.doubleClicked.connect(self._double_clicked)
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
                tight = self._room is Breadth.NARROW and spec.narrow
                self.setColumnWidth(at, style.px(spec.narrow if tight else spec.width))
            else:
                heads.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        if self._fit:
            self._stand()
            self.measured.emit()

    def tall(self, rows: int) -> int:
        """The height in px that so many rows take, with the head."""
        heads = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().height()
        return max(rows, 1) * self.verticalHeader().defaultSectionSize() + heads + 2

    def set_tallest(self, px: int) -> None:
        """Stand no taller than that; what is more scrolls."""
        self._tallest = px
        self._stand()

    def _stand(self) -> None:
        self.setFixedHeight(min(self.tall(self.proxy.rowCount()), self._tallest or self.tall(MOST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew where the window became narrow or wide."""
        super().resizeEvent(event)
        if breadth(self) is not self._room:
            self._room = breadth(self)
            self._measure()

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

    def _double_clicked(self, index: QModelIndex) -> None:
        """Open the row; on a box or a link the clicks themselves have acted already."""
        spec = self.rows.spec(index.column())
        if spec is not None and not spec.link:
            self.opened.emit(self.row_of(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins."""
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks, a click on a link follows it; the second of two does not."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        begun, self._pressed = self._pressed, QPersistentModelIndex()
        if not index.isValid() or index != begun or event.button() != Qt.MouseButton.LeftButton:
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
