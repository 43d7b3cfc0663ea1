"""The three panes of a packet side by side, or one below the other where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from candor.ui import style
from candor.ui.screens.packet_parts import Contents, LineUp, PaneHead, Problems, side_pane
from candor.ui.screens.paper import Paper
from candor.ui.widgets import Breadth, Scroll, breadth, column

LEFT, RIGHT, LEAST = 272, 320, 440
WIDEST = 16777215


class Panes(QWidget):
    """Contents, pages, and at the right the act of signing, who signs, and the problems."""

    def __init__(self) -> None:
        super().__init__()
        self.paper = Paper("Pages of the packet")
        self.contents = Contents(self.paper)
        self.problems, self.lineup = Problems(), LineUp()
        self.sign_place: QVBoxLayout = column(space=0)
        self._left = side_pane("side-left", PaneHead("Contents"), self.contents)
        self._inside = QWidget()
        self._inside.setProperty("role", "clear")
        # the act comes first: its button is in view before anything scrolls
        self._stack = column(self.sign_place, self.lineup, self.problems, 1, space=0)
        self._inside.setLayout(self._stack)
        self._inside.installEventFilter(self)
        self._right = QFrame()
        self._right.setProperty("role", "side-right")
        self._right.setLayout(column(Scroll(self._inside), space=0))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._left)
        self._box.addWidget(self.paper, 1)
        self._box.addWidget(self._right)

    def show_pdf(self, pdf: bytes) -> None:
        """Show pages with their contents."""
        self.paper.show_pdf(pdf)
        self.contents.read()
        self.fit()

    def show_none(self, words: str) -> None:
        """Show no pages, and say why."""
        self.paper.clear(words)
        self.contents.read()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to the room there is."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when what stands at the right has grown or shrunk."""
        if event.type() == QEvent.Type.LayoutRequest and breadth(self) is Breadth.NARROW:
            self._right.setMinimumHeight(self._tall())
        return super().eventFilter(watched, event)

    def _tall(self) -> int:
        """The height of the right pane without a scroll bar of its own."""
        return self._stack.totalHeightForWidth(self.width()) + 2

    def fit(self) -> None:
        """Three panes, two, or one below the other; no empty desk where room is scarce."""
        room, way = breadth(self), QBoxLayout.Direction
        narrow, side = room is Breadth.NARROW, style.px(RIGHT)
        self._box.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._left.setFixedWidth(style.px(LEFT))
        self._right.setMinimumWidth(0 if narrow else side)
        self._right.setMaximumWidth(WIDEST if narrow else side)
        self._right.setMinimumHeight(self._tall() if narrow else 0)
        there = self.paper.pages() > 0
        self._left.setVisible(room is Breadth.WIDE and there)
        self.paper.setVisible(there or not narrow)
        self.paper.setMinimumHeight(style.px(LEAST) if narrow and there else 0)
