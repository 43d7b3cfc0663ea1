"""Lists that can grow, as a model: columns say how a row reads, the view paints only what shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from candor.ui.style import Meaning

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class ColumnSpec:
    """How one column reads a row.

    ``text`` gives the cell's words. Optional: ``second`` a second line; ``icon`` (name, colour
    tone); ``badge`` (word, meaning) painted instead of the text; ``link`` words painted as a
    link, ``Enter`` and a click on it emit RowsView.linked; ``sort`` a key. ``width`` in px at
    100 %, 0 = by content, ``narrow`` where the window is narrow; ``stretch`` takes the rest;
    ``weight`` 500 for names. ``full`` is what a screen reader and the tool tip say where the text
    is shortened.
    """

    head: str
    text: Callable[[Any], str]
    second: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str] | None] | None = None
    badge: Callable[[Any], tuple[str, Meaning] | None] | None = None
    link: bool = False
    sort: Callable[[Any], Any] | None = None
    width: int = 0
    narrow: int = 0
    stretch: bool = False
    right: bool = False
    weight: int = 400
    muted: bool = False
    full: Callable[[Any], str] | None = None


class RowsModel(QAbstractTableModel):
    """Rows of any type read through columns; with ``checkable`` the first column has a box.

    ``checks_changed`` follows every tick. Rows are told apart by ``key(row)``.
    """

    checks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        rows: Sequence[Any] = (),
        *,
        key: Callable[[Any], object] = id,
        checkable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.checkable = checkable
        self._key = key
        self._rows: tuple[Any, ...] = tuple(rows)
        self._checked: set[object] = set()

    def set_rows(self, rows: Sequence[Any], *, checked: Sequence[object] | None = None) -> None:
        """Show other rows; ``checked`` sets the ticks by key, None keeps those still there."""
        self.beginResetModel()
        self._rows = tuple(rows)
        there = {self._key(row) for row in self._rows}
        self._checked = (self._checked if checked is None else set(checked)) & there
        self.endResetModel()
        self.checks_changed.emit()

    def row(self, index: Index) -> Any:
        """The row behind an index of this model."""
        return self._rows[index.row()]

    def rows(self) -> tuple[Any, ...]:
        """All rows, in the model's order."""
        return self._rows

    def checked(self) -> tuple[Any, ...]:
        """The ticked rows, in the model's order."""
        return tuple(row for row in self._rows if self._key(row) in self._checked)

    def spec(self, column: int) -> ColumnSpec | None:
        """The column's reading, or None for the column of boxes."""
        at = column - 1 if self.checkable else column
        return self.columns[at] if at >= 0 else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns, the boxes included."""
        return 0 if parent.isValid() else len(self.columns) + int(self.checkable)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        spec = self.spec(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return spec.head if spec else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if spec and spec.right else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; the delegate paints the rest from `spec`."""
        row, spec = self._rows[index.row()], self.spec(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and spec is None:
            ticked = self._key(row) in self._checked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if spec is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, spec)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self.said(row, spec))
        if role == Qt.ItemDataRole.UserRole:
            return spec.sort(row) if spec.sort else self.words(row, spec)
        return None

    @staticmethod
    def words(row: Any, spec: ColumnSpec) -> str:
        """The words of a cell, the badge's where it has one."""
        badge = spec.badge(row) if spec.badge else None
        return badge[0] if badge else spec.text(row)

    def said(self, row: Any, spec: ColumnSpec) -> list[str]:
        """All that a cell has to say, line by line."""
        first = spec.full(row) if spec.full else self.words(row, spec)
        return [part for part in (first, spec.second(row) if spec.second else "") if part]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole or self.spec(index.column()) is not None:
            return False
        key = self._key(self._rows[index.row()])
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        (self._checked.add if ticked else self._checked.discard)(key)
        self.dataChanged.emit(index, index)
        self.checks_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Selectable, with boxes in the first column where asked for."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.spec(index.column()) is None:
            base |= Qt.ItemFlag.ItemIsUserCheckable
        return base
