"""The table as a grid: editors by delegate, Tab to the next cell, paste from a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from candor.forms.definition import Question, text_in
from candor.forms.kinds import Kind
from candor.forms.words import words
from candor.ui import style
from candor.ui.fields.heads import LEAST, WrappedHeads, least_width
from candor.ui.fields.table_model import FIGURES, AnswerModel
from candor.ui.fields.typed import ASKS
from candor.ui.widgets import Chooser

Index = QModelIndex | QPersistentModelIndex


def width_needed(question: Question, language: str) -> int:
    """The narrowest grid in pixels in which every cell can still be read."""
    return sum(least_width(column, language) for column in question.columns)


class CellDelegate(QStyledItemDelegate):
    """Paints wrapped cells and makes an editor for each kind."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell; the current one has a frame."""
        model = index.model()
        assert isinstance(model, AnswerModel)  # noqa: S101 -- built on one only
        rect: QRect = option.rect
        spec = model.columns()[index.column()]
        painter.save()
        painter.fillRect(rect, style.colour("surface"))
        painter.setPen(style.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        wrong = bool(model.reason(index))
        painter.setPen(style.colour("stopped" if wrong else "text"))
        painter.setFont(style.font(figures=spec.kind in FIGURES))
        side = Qt.AlignmentFlag.AlignRight if spec.kind in FIGURES else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(8, 4, -8, -4), flags, str(model.data(index) or ""))
        if option.state & QStyle.StateFlag.State_HasFocus or wrong:
            painter.setPen(QPen(style.colour("stopped" if wrong else "accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the wrapped words."""
        view = self.parent()
        wide = view.columnWidth(index.column()) if isinstance(view, QTableView) else 120
        text = str(index.data() or "")
        box = QFontMetrics(style.font()).boundingRect(
            QRect(0, 0, max(wide - 16, 20), 10_000), int(Qt.TextFlag.TextWordWrap), text
        )
        return QSize(wide, max(box.height() + 12, style.px(40)))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A drop-down for choices, a line for everything else."""
        model = index.model()
        assert isinstance(model, AnswerModel)  # noqa: S101
        spec = model.columns()[index.column()]
        label = text_in(spec.label, model.language)
        if spec.kind in {Kind.CHOICE, Kind.YES_NO}:
            said = words(model.language)
            offered = [text_in(c.label, model.language) for c in spec.choices]
            if spec.kind is Kind.YES_NO:
                offered = [said.yes, said.no]
            chooser = Chooser([(o, o) for o in offered], placeholder="Choose", parent=parent)
            chooser.activated.connect(lambda _at: self.commitData.emit(chooser))
            chooser.setAccessibleName(label)
            return chooser
        line = QLineEdit(parent)
        line.setProperty("kind", "cell")
        line.setProperty(ASKS, spec.kind.value)
        line.setAccessibleName(label)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what stands in the cell."""
        text = str(index.data() or "")
        if isinstance(editor, Chooser):
            editor.set_value(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Hand the text to the model, which reads it."""
        text = editor.value() if isinstance(editor, Chooser) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        assert isinstance(model, AnswerModel)  # noqa: S101
        model.setData(index, text)


class Grid(QTableView):
    """An answer's table. Tab goes to the next cell and adds a row after the last one; on an
    empty last row it leaves the table. ``pasted`` tells what could not be read."""

    pasted = Signal(tuple)

    def __init__(self, model: AnswerModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setProperty("kind", "answers")
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed
            | triggers.EditKeyPressed
            | triggers.DoubleClicked
            | triggers.SelectedClicked
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        heads = WrappedHeads(model.columns(), self)
        self.setHorizontalHeader(heads)
        for at, spec in enumerate(model.columns()):
            fixed = spec.kind in LEAST
            mode = QHeaderView.ResizeMode
            heads.setSectionResizeMode(at, mode.Fixed if fixed else mode.Stretch)
            if fixed:
                self.setColumnWidth(at, least_width(spec, model.language))
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
            signal.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as tall as the rows are."""
        self.resizeRowsToContents()
        heads = self.horizontalHeader().sizeHint().height()
        rows = sum(self.rowHeight(at) for at in range(self.answers.rowCount()))
        self.horizontalHeader().setFixedHeight(heads)
        self.setFixedHeight(heads + rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def _is_last(self, index: QModelIndex) -> bool:
        last_row = index.row() == self.answers.rowCount() - 1
        return last_row and index.column() == self.answers.columnCount() - 1

    def _last_is_empty(self) -> bool:
        rows = self.answers.all_rows()
        return not rows or not any(rows[-1].values())

    def edit_row(self, at: int) -> None:
        """Put the cursor into the first cell of a row."""
        self.setFocus()
        self.setCurrentIndex(self.answers.index(at, 0))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After the last cell comes a new row."""
        onward = hint == QAbstractItemDelegate.EndEditHint.EditNextItem
        if onward and self._is_last(self.currentIndex()) and not self._last_is_empty():
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            at = self.answers.add_row()
            self.setCurrentIndex(self.answers.index(at, 0))
            self.edit(self.currentIndex())
            return
        super().closeEditor(editor, hint)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves through the cells, and out of the table at its ends."""
        here = self.currentIndex()
        if forward and here.isValid() and self._is_last(here):
            if self._last_is_empty():
                return QFrame.focusNextPrevChild(self, forward)
            at = self.answers.add_row()
            self.setCurrentIndex(self.answers.index(at, 0))
            return True
        if not forward and (not here.isValid() or (here.row(), here.column()) == (0, 0)):
            return QFrame.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste rows, empty a cell, open an editor with Enter."""
        here = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and here.isValid():
            self.answers.setData(here, "")
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and here.isValid():
            # the Return that closed an editor comes by here too
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(here)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Take rows from the clipboard: tab-separated, as spreadsheets copy them."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.pasted.emit(self.answers.paste(text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show at once which cell is current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.answers.rowCount():
            self.setCurrentIndex(self.answers.index(0, 0))
