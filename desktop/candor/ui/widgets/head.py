"""The head of a page: title, one sentence of purpose, actions at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from candor.ui.widgets.layout import Breadth, breadth, column, empty, row
from candor.ui.widgets.text import RichText


class PageHead(QWidget):
    """Title (26), sentence (15, second), actions at the right or, where narrow, below."""

    def __init__(
        self, title: str, sentence: str = "", *actions: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = RichText(title, kind="title")
        self.sentence = RichText(sentence, kind="second")
        if not sentence:
            self.sentence.hide()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._box.addLayout(column(self.title, self.sentence, space=0), 1)
        self._actions = row(space=8)
        self._box.addLayout(self._actions, 0)
        self._box.setAlignment(self._actions, Qt.AlignmentFlag.AlignVCenter)
        self.set_actions(*actions)

    def set_text(self, title: str, sentence: str = "") -> None:
        """Say something else."""
        self.title.set_parts(title)
        self.sentence.set_parts(sentence)
        self.sentence.setVisible(bool(sentence))

    def set_actions(self, *actions: QWidget) -> None:
        """Offer other actions; at most one of them primary."""
        empty(self._actions)
        for action in actions:
            self._actions.addWidget(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the actions below the title where there is no room beside it."""
        super().resizeEvent(event)
        across = breadth(self) is not Breadth.NARROW or self._actions.count() == 0
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        side = Qt.AlignmentFlag.AlignVCenter if across else Qt.AlignmentFlag.AlignLeft
        self._box.setAlignment(self._actions, side)
