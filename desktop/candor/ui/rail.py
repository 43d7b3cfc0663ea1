"""The rail at the left: icon and word, never an icon alone; a count where something needs you."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QSizePolicy, QToolButton, QVBoxLayout

from candor.ui import icons, style
from candor.ui.screens_api import Screen
from candor.ui.widgets import restyle

WIDTH, NARROW_WIDTH, ITEM = 200, 88, 40


class RailButton(QToolButton):
    """One entry: word beside the icon, or below it where the window is narrow."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.entry = screen
        self._count = 0
        self._tall = False
        self.setText(screen.word)
        self.setCheckable(True)
        self.setProperty("kind", "rail")
        self.setAccessibleName(screen.word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_tall(tall=False)

    def set_tall(self, *, tall: bool) -> None:
        """Put the word below the icon, or beside it."""
        self._tall = tall
        self.setProperty("tall", tall)
        shape = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            shape.ToolButtonTextUnderIcon if tall else shape.ToolButtonTextBesideIcon
        )
        self._draw()
        restyle(self)

    def set_count(self, count: int) -> None:
        """How many things there need the person; 0 shows nothing."""
        self._count = count
        word = self.entry.word
        self.setAccessibleName(f"{word}, {count} need you" if count else word)
        self.update()

    def _draw(self) -> None:
        gap = 0 if self._tall else 8
        size = 16 if self._tall else 20
        self.setIcon(icons.icon(self.entry.icon, "text2", size, gap, checked="accent"))
        self.setIconSize(QSize(style.px(size) + gap, style.px(size)))

    def sizeHint(self) -> QSize:
        """Full width; taller with the word below."""
        tall = style.px(46) if self._tall else style.px(ITEM)
        return QSize(style.px(60), tall)

    def minimumSizeHint(self) -> QSize:
        """The rail's width is fixed; the entry fills it."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Recolour in the new look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_tall"):
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry and its count."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = style.font("note", 600)
        words = str(self._count)
        tall = style.px(22)
        wide = max(QFontMetrics(face).horizontalAdvance(words) + 12, tall)
        top = 2 if self._tall else (self.height() - tall) // 2
        box = QRect(self.width() - wide - (4 if self._tall else 12), top, wide, tall)
        painter.setPen(style.colour("needs-line"))
        painter.setBrush(style.colour("needs-back"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(style.colour("needs"))
        painter.setFont(face)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class Rail(QFrame):
    """The entries of a person's screens. ``picked`` (Signal) tells a screen's id."""

    picked = Signal(str)

    def __init__(self, screens: Sequence[Screen]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("Screens")
        self._tall = False
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._more = RailButton(Screen("more", "More", "circle-question-mark", lambda _s: Rail(())))
        self._more.setCheckable(False)
        self._more.clicked.connect(self._open_more)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(4)
        self.set_screens(screens)

    def set_screens(self, screens: Sequence[Screen]) -> None:
        """Show these entries; the focus stays where it is if its entry stays."""
        focused = next((key for key, b in self._buttons.items() if b.hasFocus()), "")
        while self._box.takeAt(0) is not None:
            pass
        for old in self._buttons.values():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self._buttons = {screen.id: RailButton(screen) for screen in screens}
        for button in self._buttons.values():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, b=button: self.picked.emit(b.entry.id))
            if not button.entry.foot:
                self._box.addWidget(button)
        self._box.addStretch(1)
        for button in self._buttons.values():
            if button.entry.foot:
                self._box.addWidget(button)
        self._box.addWidget(self._more)
        self.set_tall(tall=self._tall)
        if focused in self._buttons:
            self._buttons[focused].setFocus()

    def set_tall(self, *, tall: bool) -> None:
        """The narrow form: words below icons, the foot behind "More"."""
        self._tall = tall
        side = 8 if tall else 12
        self._box.setContentsMargins(side, 8 if tall else 16, side, 16)
        self.setFixedWidth(style.px(NARROW_WIDTH if tall else WIDTH))
        for button in (*self._buttons.values(), self._more):
            button.set_tall(tall=tall)
        self._fit()

    def _fit(self) -> None:
        """Entries for which there is no room go behind "More"."""
        entry = self._more.sizeHint().height() + 4
        room = max((self.height() - 24) // entry, 2)
        shown = list(self._buttons.values())
        if self._tall or len(shown) > room:
            shown = [b for b in shown if not b.entry.foot][: room - 1]
        for button in self._buttons.values():
            button.setVisible(button in shown)
        self._more.setVisible(len(shown) < len(self._buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what fits."""
        super().resizeEvent(event)
        self._fit()

    def _open_more(self) -> None:
        menu = QMenu(self)
        for button in self._buttons.values():
            if button.isHidden():
                screen = button.entry
                menu.addAction(screen.word, partial(self.picked.emit, screen.id))
        menu.exec(self._more.mapToGlobal(self._more.rect().topRight()))

    def set_current(self, screen_id: str) -> None:
        """Mark an entry as current; "" marks none."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == screen_id)
        self._group.setExclusive(True)

    def set_count(self, screen_id: str, count: int) -> None:
        """Show how many things on a screen need the person."""
        if screen_id in self._buttons:
            self._buttons[screen_id].set_count(count)

    def button(self, screen_id: str) -> RailButton:
        """The entry of a screen."""
        return self._buttons[screen_id]
