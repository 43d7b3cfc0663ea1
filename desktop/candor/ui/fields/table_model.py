"""The rows of an answer as a model: cells are typed as text and read on leaving them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from candor.forms import parse, shapes
from candor.forms.definition import Column, Question, text_in
from candor.forms.kinds import Kind
from candor.ui.fields.typed import cell_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIGURES = frozenset({Kind.MONEY, Kind.NUMBER})


class AnswerModel(QAbstractTableModel):
    """Rows of cells. ``changed`` follows each change that a person makes.

    Text that could not be read stays in its cell with the reason, and is not part of `rows`.
    """

    changed = Signal()

    def __init__(self, question: Question, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.question, self.language = question, language
        self._rows: list[dict[str, Any]] = []
        self._unread: dict[tuple[int, str], tuple[str, str]] = {}

    def columns(self) -> tuple[Column, ...]:
        """The typed columns."""
        return self.question.columns

    def rows(self) -> list[dict[str, Any]]:
        """The rows that say something, as a record holds them."""
        return [dict(row) for row in self._rows if any(not shapes.blank(v) for v in row.values())]

    def all_rows(self) -> list[dict[str, Any]]:
        """Every row, empty ones too."""
        return self._rows

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show other rows without telling."""
        if [dict(row) for row in rows] == self.rows():
            return
        self.beginResetModel()
        self._rows = [dict(row) for row in rows]
        self._unread.clear()
        self.endResetModel()

    def add_row(self) -> int:
        """Add an empty row; returns its place. It is told only once something stands in it."""
        at = len(self._rows)
        self.beginInsertRows(_NOWHERE, at, at)
        self._rows.append({})
        self.endInsertRows()
        return at

    def remove_row(self, at: int) -> None:
        """Take a row away."""
        self.beginRemoveRows(_NOWHERE, at, at)
        del self._rows[at]
        self._unread = {
            (row - (row > at), name): text
            for (row, name), text in self._unread.items()
            if row != at
        }
        self.endRemoveRows()
        self.changed.emit()

    def paste(self, text: str) -> tuple[str, ...]:
        """Add rows from cells copied in a spreadsheet; returns what could not be read."""
        rows, refused = parse.pasted(self.question, text)
        while self._rows and all(shapes.blank(v) for v in self._rows[-1].values()):
            self.beginRemoveRows(_NOWHERE, len(self._rows) - 1, len(self._rows) - 1)
            self._rows.pop()
            self.endRemoveRows()
        room = max(self.question.max_rows - len(self._rows), 0)
        if len(rows) > room:
            refused = (*refused, f"Only {room} more rows fit; the rest was left out.")
            rows = rows[:room]
        if rows:
            at = len(self._rows)
            self.beginInsertRows(_NOWHERE, at, at + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
            self.changed.emit()
        return refused

    def put(self, at: int, column: Column, value: Any) -> None:
        """Set one cell to a value that was already read."""
        if value is None:
            self._rows[at].pop(column.id, None)
        else:
            self._rows[at][column.id] = value
        self._unread.pop((at, column.id), None)
        place = self.index(at, self.columns().index(column))
        self.dataChanged.emit(place, place)
        self.changed.emit()

    def reason(self, index: Index) -> str:
        """Why a cell's text could not be read, or ""."""
        key = (index.row(), self.columns()[index.column()].id)
        return self._unread.get(key, ("", ""))[1]

    def reasons(self) -> tuple[str, ...]:
        """Every cell that could not be read, with its row, column and reason."""
        labels = {c.id: text_in(c.label, self.language) for c in self.columns()}
        return tuple(
            f"Row {row + 1}, {labels[name]}: {why}"
            for (row, name), (_text, why) in sorted(self._unread.items())
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads; money names its currency below."""
        if orientation != Qt.Orientation.Horizontal:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        spec = self.columns()[section]
        if role == Qt.ItemDataRole.DisplayRole:
            label = text_in(spec.label, self.language)
            return f"{label}\n{spec.currency}" if spec.kind is Kind.MONEY else label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            right = side.AlignRight if spec.kind in FIGURES else side.AlignLeft
            return int(right | side.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words."""
        spec = self.columns()[index.column()]
        unread = self._unread.get((index.row(), spec.id))
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            value = self._rows[index.row()].get(spec.id)
            return unread[0] if unread else cell_text(spec, value, self.language)
        if role == Qt.ItemDataRole.ToolTipRole:
            return unread[1] if unread else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = str(self.data(index) or "empty")
            label = text_in(spec.label, self.language)
            return f"{label}, row {index.row() + 1}: {words}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Read typed text into a cell."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        spec, text = self.columns()[index.column()], str(value or "")
        if text == self.data(index):
            return True
        key = (index.row(), spec.id)
        try:
            read = parse.value(spec, text)
        except parse.NotUnderstood as why:
            self._unread[key] = (text, why.sentence())
            self._rows[index.row()].pop(spec.id, None)
            self.dataChanged.emit(index, index)
            self.changed.emit()
            return True
        self.put(index.row(), spec, read)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable
