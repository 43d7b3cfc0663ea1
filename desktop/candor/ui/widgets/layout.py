"""Where things stand: pages that scroll, columns that fold, rows that wrap."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from candor.ui import style

WIDE_FROM, MEDIUM_FROM = 1180, 900
_Box = TypeVar("_Box", bound=QBoxLayout)


class Breadth(IntEnum):
    """How much room there is: window width divided by the text scale."""

    NARROW = 0
    MEDIUM = 1
    WIDE = 2


def breadth(widget: QWidget) -> Breadth:
    """The room in the widget's window: below 1180 columns fold, below 900 all is narrow."""
    room = widget.window().width() / style.look().scale
    if room >= WIDE_FROM:
        return Breadth.WIDE
    return Breadth.MEDIUM if room >= MEDIUM_FROM else Breadth.NARROW


def column(
    *items: QWidget | QLayout | int, space: int = 8, margins: Sequence[int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A column; a number is a stretch."""
    return _filled(QVBoxLayout(), items, space, margins)


def row(
    *items: QWidget | QLayout | int, space: int = 8, margins: Sequence[int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A row; a number is a stretch."""
    return _filled(QHBoxLayout(), items, space, margins)


def _filled(
    box: _Box, items: Sequence[QWidget | QLayout | int], space: int, margins: Sequence[int]
) -> _Box:
    box.setSpacing(space)
    left, top, right, bottom = margins
    box.setContentsMargins(left, top, right, bottom)
    for item in items:
        if isinstance(item, int):
            box.addStretch(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


class Rule(QFrame):
    """A line of one pixel between things."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Flow(QLayout):
    """Puts widgets in a row and wraps where the row ends, like words."""

    def __init__(self, *items: QWidget, space: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._tall: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space)
        for item in items:
            self.addWidget(item)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at an index, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at an index, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not ask for more room."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at that width; Qt asks many times between two changes."""
        if width not in self._tall:
            self._tall[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._tall[width]

    def invalidate(self) -> None:
        """Something changed: measure anew."""
        self._tall.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = [i for i in self._items if not i.isEmpty()]
        wide = sum(i.sizeHint().width() + self.spacing() for i in shown) - self.spacing()
        tall = max((i.sizeHint().height() for i in shown), default=0)
        return QSize(max(wide, 0), tall)

    def minimumSize(self) -> QSize:
        """The widest single item."""
        shown = [i for i in self._items if not i.isEmpty()]
        wide = max((i.minimumSize().width() for i in shown), default=0)
        tall = max((i.minimumSize().height() for i in shown), default=0)
        return QSize(wide, tall)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        lines: list[tuple[int, list[tuple[QLayoutItem, QSize]]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(max(min(size.width(), rect.width()), 0))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or used + size.width() > rect.width():
                lines.append((0, []))
                used = 0
            tall, line = lines[-1]
            line.append((item, size))
            lines[-1] = (max(tall, size.height()), line)
            used += size.width() + self.spacing()
        y = rect.y()
        for tall, line in lines:
            x = rect.x()
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += tall + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)


class Columns(QWidget):
    """Two columns that become one where the window has less room than ``least``.

    ``shares``: the relative widths; ``right_width`` fixes the right one in px at 100 %, and
    ``tight_width`` where the window is less than wide. Folded, the right column comes last, or
    first if it is ``right_first``.
    """

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        shares: tuple[int, int] = (5, 3),
        right_width: int = 0,
        tight_width: int = 0,
        least: Breadth = Breadth.WIDE,
        right_first: bool = False,
        space: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(QMargins(0, 0, 0, 0))
        self._box.setSpacing(space)
        self._right, self._right_width = right, right_width
        self._tight_width = tight_width or right_width
        self._least, self._right_first = least, right_first
        self._box.addWidget(left, shares[0], Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(right, 0 if right_width else shares[1], Qt.AlignmentFlag.AlignTop)
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        wide = QSizePolicy.Policy.Preferred if right_width else QSizePolicy.Policy.Ignored
        right.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self._fold()

    def _fold(self) -> None:
        room, way = breadth(self), QBoxLayout.Direction
        across = room >= self._least
        down = way.BottomToTop if self._right_first else way.TopToBottom
        self._box.setDirection(way.LeftToRight if across else down)
        if self._right_width:
            if across:
                wide = room is Breadth.WIDE
                self._right.setFixedWidth(
                    style.px(self._right_width if wide else self._tight_width)
                )
            else:
                self._right.setMinimumWidth(0)
                self._right.setMaximumWidth(16777215)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._fold()


class Content(QWidget):
    """What a scroll area holds: its height follows from its width alone.

    Without this Qt also keeps the height that the narrowest width would need, and the page
    scrolls over nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "clear")

    def minimumSizeHint(self) -> QSize:
        """The least width; any height that the width does not ask for."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0 if self.hasHeightForWidth() else least.height())


class Scroll(QScrollArea):
    """A vertical scroll area; its content never grows wider than the view."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # its room is kept always: text that wraps would else flip the bar on and off
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # it fills nothing; asking for the one that Qt makes has PySide set up all of its classes
        self.setViewport(QWidget())
        inside = content
        if not isinstance(content, Content):
            inside = Content()
            inside.setLayout(column(content, space=0))
        self.setWidget(inside)
        inside.setAutoFillBackground(False)


class Page(QWidget):
    """A page of the content area: add widgets to it from top to bottom; it scrolls by itself.

    Margins 32 by 24, 16 between what is added. A subclass may define ``refresh()`` (called each
    time the page is shown) and ``drop_files(paths) -> bool`` (True if it took them).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.content = Content()
        self.body = column(space=16, margins=(32, 24, 20, 32))
        self.content.setLayout(self.body)
        self._end = False
        self.view = Scroll(self.content)
        outer = column(self.view, space=0)
        self.setLayout(outer)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets at the end."""
        for widget in widgets:
            at = self.body.count() - 1 if self._end else self.body.count()
            self.body.insertWidget(at, widget)
        if not self._end:
            self.body.addStretch(1)
            self._end = True

    def clear(self) -> None:
        """Remove everything that was added."""
        empty(self.body)
        self._end = False


def settle_layout() -> None:
    """Let every changed layout take its place now, before anything is painted half laid out."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def empty(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            # it stays a child until then: to leave its parent, Qt would dress it anew first
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
