"""The sections of a form with what is open in each: a list, or a drop-down where narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from candor.ui import icons, style
from candor.ui.widgets import Chooser

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = 36


@dataclass(frozen=True)
class SectionLine:
    """One section as the list shows it."""

    id: str
    number: int
    title: str
    open: int

    def spoken(self) -> str:
        """The line for a screen reader and for the drop-down's tool tip."""
        state = f"{self.open} open" if self.open else "nothing open"
        return f"{self.number} {self.title}, {state}"


class SectionsModel(QAbstractListModel):
    """The sections in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[SectionLine, ...] = ()

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """Show other counts, or other sections."""
        if [line.id for line in lines] == [line.id for line in self.lines]:
            self.lines = tuple(lines)
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many sections."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A section's words."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.number} {line.title}"
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return line.spoken()
        return None


class _SectionDelegate(QStyledItemDelegate):
    """Number, title, and a check or the open count."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(style.px(160), style.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, SectionsModel)  # noqa: S101 -- built on one only
        line = model.lines[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(rect).adjusted(1, 1, -1, -1)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("tint" if chosen else "sunken"))
            painter.drawRoundedRect(body, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(style.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, 6, 6)
        self._words(painter, rect, line, chosen=chosen)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, line: SectionLine, *, chosen: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        face = style.font(weight=600 if chosen else 400)
        end = self._state(painter, rect, line)
        painter.setFont(face)
        painter.setPen(style.colour("accent" if chosen else "text2"))
        painter.drawText(rect.adjusted(9, 0, 0, 0), int(middle), str(line.number))
        painter.setPen(style.colour("accent" if chosen else "text"))
        room = rect.adjusted(style.px(26) + 10, 0, -(rect.right() - end) - 6, 0)
        words = QFontMetrics(face).elidedText(line.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(middle), words)

    @staticmethod
    def _state(painter: QPainter, rect: QRect, line: SectionLine) -> int:
        """Paint the check or the count; returns where it begins."""
        if not line.open:
            mark = icons.pixmap("check", "done", 16)
            side = round(mark.width() / mark.devicePixelRatio())
            at = rect.right() - side - 8
            painter.drawPixmap(at, rect.center().y() - side // 2, mark)
            return at
        face = style.font("note", 600)
        words = str(line.open)
        wide = QFontMetrics(face).horizontalAdvance(words)
        painter.setFont(face)
        painter.setPen(style.colour("needs"))
        box = rect.adjusted(0, 0, -8, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box, int(flags), words)
        return rect.right() - wide - 8


class SectionList(QListView):
    """The list at the left. ``chosen`` tells a section's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = SectionsModel()
        self.setModel(self.sections)
        self.setItemDelegate(_SectionDelegate(self))
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Sections")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.sections.lines[now.row()].id)

    def show_lines(self, lines: Sequence[SectionLine], current: str) -> None:
        """Show counts and mark the current section without telling."""
        self.selectionModel().blockSignals(True)
        self.sections.show_lines(lines)
        for at, line in enumerate(lines):
            if line.id == current:
                self.setCurrentIndex(self.sections.index(at))
        self.selectionModel().blockSignals(False)
        self.viewport().update()


class SectionChooser(Chooser):
    """The drop-down of the narrow form. ``picked`` tells a section's id."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines: tuple[SectionLine, ...] = ()
        self.setAccessibleName("Section")
        self.activated.connect(lambda _at: self.picked.emit(self.value()))

    def show_lines(self, lines: Sequence[SectionLine], current: str) -> None:
        """Show counts and the current section without telling."""
        self._lines = tuple(lines)
        self.blockSignals(True)
        said = [
            (line.id, f"{line.number} {line.title}" + (f"   {line.open} open" if line.open else ""))
            for line in lines
        ]
        self.set_choices(said)
        self.set_value(current)
        self.blockSignals(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the section's title at the left and what is open at the right."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        mark = icons.pixmap("chevron-down", "text", 18)
        side = round(mark.width() / mark.devicePixelRatio())
        painter.drawPixmap(self.width() - side - 12, (self.height() - side) // 2, mark)
        line = next((line for line in self._lines if line.id == self.value()), None)
        if line is None:
            return
        middle = Qt.AlignmentFlag.AlignVCenter
        room = self.rect().adjusted(14, 0, -side - 20, 0)
        painter.setPen(style.colour("text2"))
        painter.setFont(style.font())
        count = f"{line.open} open" if line.open else ""
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignRight), count)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(count) - 12)
        painter.setPen(style.colour("text"))
        painter.setFont(style.font(weight=600))
        words = painter.fontMetrics().elidedText(
            f"{line.number} {line.title}", Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(middle), words)
