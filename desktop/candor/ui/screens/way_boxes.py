"""The way of a matter as boxes in a row, one below the other where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from candor.app.matter_way import Stage
from candor.ui.style import MEANING_ICON, Meaning
from candor.ui.widgets import Breadth, Picture, RichText, breadth, column, empty, row

YET = ("circle", "text2")


class StageBox(QFrame):
    """One stage: icon and word, who, when. The current one has a frame in its meaning."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        tone = stage.group.value if stage.group else ""
        self.setProperty("role", "stage")
        self.setProperty("current", stage.current)
        self.setProperty("tone", tone)
        icon, colour = (MEANING_ICON[Meaning(tone)], tone) if tone else YET
        word = RichText(stage.word, kind="label", tone=tone)
        head = row(Picture(icon, colour, 16), space=8)
        head.addWidget(word, 1)
        box = column(head, space=2, margins=(12, 10, 12, 10))
        box.addWidget(RichText(stage.who))
        box.addWidget(RichText(stage.when, kind="note"))
        box.addStretch(1)
        self.setLayout(box)
        now = "Now: " if stage.current else ""
        self.setAccessibleName(f"{now}{stage.word}, {stage.who}, {stage.when}")


class WayBoxes(QWidget):
    """Every stage with a chevron between."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._arrows: list[Picture] = []

    def show_way(self, stages: Sequence[Stage]) -> None:
        """Show the stages."""
        empty(self._box)
        self._arrows = []
        for stage in stages:
            if self._box.count():
                arrow = Picture("chevron-right", "text2", 16)
                self._arrows.append(arrow)
                self._box.addWidget(arrow, 0, Qt.AlignmentFlag.AlignVCenter)
            one = StageBox(stage)
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._box.addWidget(one, 1)
        said = (f"{place}, {s.word}: {s.who}, {s.when}" for place, s in enumerate(stages, start=1))
        self.setAccessibleName(f"The way of this matter. {'. '.join(said)}")
        self._fold()

    def _fold(self) -> None:
        across = breadth(self) is not Breadth.NARROW
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        for arrow in self._arrows:
            arrow.setVisible(across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a row, or one below the other."""
        super().resizeEvent(event)
        self._fold()
