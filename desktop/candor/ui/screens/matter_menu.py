"""The chooser of matters: plain words in groups, and a search that looks inside the forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from candor.app import matter_menu
from candor.app.matter_menu import MenuEntry, MenuGroup
from candor.app.session import Session
from candor.ui import tasks
from candor.ui.fields.typed import LineEdit
from candor.ui.tasks import Task
from candor.ui.widgets import (
    Breadth,
    Button,
    Card,
    EmptyState,
    GroupLabel,
    Picture,
    RichText,
    breadth,
    column,
    empty,
    link,
    row,
)

PAUSE = 120
"""Milliseconds after a keystroke until the search looks."""
PLACEHOLDER = "Say it in a word: dinner, board seat, shares, loan…"


class MenuRow(Button):
    """A whole row to press: the plain words, the form's title below them, a chevron."""

    def __init__(self, entry: MenuEntry, on: Callable[[], object]) -> None:
        super().__init__("", "row", on=on)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"Begin: {entry.words} ({entry.title})")
        words = column(
            RichText(entry.words, kind="name"), RichText(entry.title, kind="note"), space=0
        )
        line = row(space=12, margins=(16, 8, 16, 8))
        line.addLayout(words, 1)
        line.addWidget(Picture("chevron-right", "text2", 16))
        self.setLayout(line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As tall as its two lines."""
        inside = self.layout()
        return inside.totalSizeHint() if inside else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words wrap where the row is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        inside = self.layout()
        return inside.totalHeightForWidth(width) if inside else super().heightForWidth(width)


class MatterMenu(QWidget):
    """``chosen`` (form id); ``concern_asked`` for a report, which has a page of its own."""

    chosen = Signal(str)
    concern_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._task: Task | None = None
        self._groups: tuple[MenuGroup, ...] = ()
        self._columns = 0
        self.search = LineEdit()
        self.search.setPlaceholderText(PLACEHOLDER)
        self.search.setAccessibleName("What is it about?")
        self.search.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self._first)
        self.nothing = EmptyState("", icon="search")
        self.nothing.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(16)
        concern = RichText(
            "A breach of the Code or of the law is told apart, sealed: ",
            link("Report a concern", "concern"),
            kind="second",
        )
        concern.linkActivated.connect(lambda _link: self.concern_asked.emit())
        box = column(self.search, self.nothing, space=16)
        box.addLayout(self._grid)
        box.addWidget(concern)
        self.setLayout(box)

    def is_looking(self) -> bool:
        """Whether the search is still at work."""
        return self._timer.isActive() or (self._task is not None and not self._task.is_over())

    def entries(self) -> tuple[MenuEntry, ...]:
        """What is shown, in order."""
        return tuple(entry for group in self._groups for entry in group.entries)

    def show_groups(self, groups: Sequence[MenuGroup]) -> None:
        """Show what may be told; a search that is typed stays in force."""
        if self.search.text().strip():
            self._look()
        else:
            self._show(groups)

    def _look(self) -> None:
        if self._task is not None and not self._task.is_over():
            self._task.cancel()
        text = self.search.text()
        self._task = tasks.run(
            lambda _work: matter_menu.menu(self._session, text), done=self._show, parent=self
        )

    def _show(self, groups: Any) -> None:
        found = tuple(groups)
        if found != self._groups or not self._columns:
            self._groups = found
            self._place()
        self._say_nothing()

    def _place(self) -> None:
        """Groups side by side, the shorter column taking the next one."""
        empty(self._grid)
        self._columns = 2 if breadth(self) is Breadth.WIDE else 1
        tall = [0] * self._columns
        boxes = [column(space=16) for _ in tall]
        for group in self._groups:
            at = tall.index(min(tall))
            tall[at] += len(group.entries) + 1
            boxes[at].addWidget(self._group(group))
        for at, box in enumerate(boxes):
            box.addStretch(1)
            holder = QWidget()
            holder.setLayout(box)
            self._grid.addWidget(holder, 0, at)
            self._grid.setColumnStretch(at, 1)

    def _say_nothing(self) -> None:
        """What to do where a search finds nothing."""
        text = self.search.text().strip()
        self.nothing.clear()
        self.nothing.add(
            RichText(
                f"Nothing has the word “{text}”. Try another, or choose “I am not sure what the "
                "Code asks of me” and ask.",
                kind="second",
            )
        )
        self.nothing.setVisible(not self._groups and bool(text))

    def _group(self, group: MenuGroup) -> QWidget:
        card = Card(rows=True)
        for entry in group.entries:
            card.add(MenuRow(entry, partial(self.chosen.emit, entry.form)))
        holder = QWidget()
        holder.setLayout(column(GroupLabel(group.title, group.icon), card, space=8))
        return holder

    def _first(self) -> None:
        """Enter begins what is found, where the search leaves one thing."""
        if not self.is_looking() and len(self.entries()) == 1:
            self.chosen.emit(self.entries()[0].form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is less room."""
        super().resizeEvent(event)
        if self._groups and self._columns != (2 if breadth(self) is Breadth.WIDE else 1):
            self._place()
