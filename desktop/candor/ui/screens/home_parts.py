"""The pieces of the first screen: a matter as a card or as a row, and columns that stack."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from candor.app.home import Card as Matter
from candor.app.words import day
from candor.ui import style
from candor.ui.style import Meaning
from candor.ui.widgets import (
    Badge,
    Bar,
    Breadth,
    Button,
    Card,
    Flow,
    Label,
    Picture,
    RichText,
    breadth,
    column,
    row,
)

DUE_WIDTH, BUTTON_WIDTH, NARROW_WIDTH = 204, 156, 184


def due_badge(matter: Matter) -> Badge:
    """How far off the due day is, in words; overdue in "stopped"."""
    if matter.due is None:
        return Badge(matter.due_words, Meaning.NEUTRAL, icon="calendar-days")
    meaning = Meaning.STOPPED if matter.overdue else Meaning.NEEDS
    return Badge(matter.due_words, meaning, icon="calendar-days")


def _button(matter: Matter, on: Callable[[], object], *, primary: bool) -> Button:
    button = Button(matter.button, "primary" if primary else "plain", on=on)
    button.setAccessibleName(f"{matter.button}: {matter.title}")
    return button


class MatterCard(Card):
    """One matter with room: what it is, why, how far, when it is due, one button."""

    def __init__(self, matter: Matter, on: Callable[[], object], *, primary: bool) -> None:
        super().__init__()
        self.button = _button(matter, on, primary=primary)
        words = column(RichText(matter.title, kind="section"), space=0)
        if matter.text:
            words.addWidget(RichText(matter.text, kind="second"))
        if matter.progress is not None:
            words.addSpacing(14)
            done, total = matter.progress
            words.addWidget(Bar(((done, "accent"),), total, sentence=matter.progress_text))
            words.addSpacing(8)
            words.addWidget(RichText(matter.progress_text, kind="note"))
        words.addSpacing(12)
        foot = QWidget()
        flow = Flow(self.button, due_badge(matter), space=16)
        if matter.due is not None:
            flow.addWidget(Label(day(matter.due)))
        foot.setLayout(flow)
        words.addWidget(foot)
        picture = Picture(matter.icon, "accent", 24)
        line = row(picture, space=16, margins=(0, 4, 0, 4))
        line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.body.addLayout(line)


class MatterRow(QWidget):
    """One matter in one line: what and why, due in words and date, one button."""

    def __init__(self, matter: Matter, on: Callable[[], object], *, primary: bool) -> None:
        super().__init__()
        self.button = _button(matter, on, primary=primary)
        words = column(1, RichText(matter.title, kind="strong"), space=0)
        if matter.text:
            words.addWidget(RichText(matter.text, kind="note"))
        words.addStretch(1)
        self._line = row(Picture(matter.icon, "accent", 24), space=16, margins=(20, 10, 20, 10))
        self._line.addLayout(words, 1)
        due = column(due_badge(matter), space=4)
        if matter.due is not None:
            due.addWidget(Label(day(matter.due), "note"))
        self._due = QWidget()
        self._due.setLayout(due)
        self._acts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._acts.setSpacing(8)
        self._acts.addWidget(self._due)
        self._acts.addWidget(self.button)
        self._acts.setAlignment(self.button, Qt.AlignmentFlag.AlignVCenter)
        self._line.addLayout(self._acts)
        self.setLayout(self._line)
        self._fit()

    def _fit(self) -> None:
        """Equal widths where there is room; due above the button where there is not."""
        wide = breadth(self) is Breadth.WIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._acts.setDirection(across if wide else down)
        self._due.setFixedWidth(style.px(DUE_WIDTH if wide else NARROW_WIDTH))
        self.button.setMinimumWidth(style.px(BUTTON_WIDTH if wide else NARROW_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to the room."""
        super().resizeEvent(event)
        self._fit()


class ThreeColumns(QWidget):
    """Groups side by side with given shares; one below the other where the window is narrow."""

    def __init__(self, *groups: tuple[QWidget, int]) -> None:
        super().__init__()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(24)
        for widget, share in groups:
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._box.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        self._fold()

    def _fold(self) -> None:
        wide = breadth(self) is Breadth.WIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if wide else down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._fold()
