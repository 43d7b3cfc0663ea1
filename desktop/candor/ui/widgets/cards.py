"""Surfaces and what stands on them: cards, badges, facts, notes, rows, banners."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from candor.ui import style
from candor.ui.style import MEANING_ICON, Meaning
from candor.ui.widgets.layout import Rule, column, empty, row
from candor.ui.widgets.picture import Picture
from candor.ui.widgets.text import Label, RichText


def _framed(role: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", role)
    return frame


class Card(QFrame):
    """A surface with a border. Add widgets from top to bottom; ``rows`` puts rules between them.

    ``title`` is a section title; ``aside`` stands at its right.
    """

    def __init__(
        self,
        *widgets: QWidget,
        title: str = "",
        aside: QWidget | None = None,
        rows: bool = False,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._rows = rows
        side = 20 if narrow else 24
        self.body: QVBoxLayout = column(space=0 if rows else 8)
        self.body.setContentsMargins(*((1, 0, 1, 0) if rows else (side, 16, side, 16)))
        self.setLayout(self.body)
        if title:
            head = Label(title, "section")
            line = row(head, 1, space=8)
            if aside is not None:
                line.addWidget(aside)
            self.body.addLayout(line)
        self.add(*widgets)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets at the end."""
        for widget in widgets:
            if self._rows and self.body.count():
                self.body.addWidget(Rule())
            self.body.addWidget(widget)

    def clear(self) -> None:
        """Remove everything, the title too."""
        empty(self.body)


class Badge(QFrame):
    """An icon and a word in one of the four meanings, or neutral; 24 px high."""

    def __init__(
        self,
        word: str,
        meaning: Meaning = Meaning.NEUTRAL,
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self._picture = Picture("info", "text2", 16)
        self._word = RichText(kind="tight")
        self._word.setProperty("role", "badge-word")
        line = row(self._picture, space=6, margins=(7, 1, 8, 1))
        line.addWidget(self._word, 1)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(word, meaning, icon=icon)

    def sizeHint(self) -> QSize:
        """One line; where there is less room the words wrap."""
        words = self._word.fontMetrics().horizontalAdvance(self._word.plain())
        icon = 0 if self._picture.isHidden() else style.px(16) + 6
        return QSize(words + icon + 19, style.px(24))

    def say(self, word: str, meaning: Meaning, *, icon: str | None = None) -> None:
        """Show another word and meaning; ``icon`` "" leaves the icon away (counts)."""
        self._word.set_parts(word)
        self.setAccessibleName(word)
        tone = "" if meaning is Meaning.NEUTRAL else meaning.value
        for part in (self, self._word):
            part.setProperty("tone", tone)
            part.style().unpolish(part)
            part.style().polish(part)
        name = MEANING_ICON[meaning] if icon is None else icon
        self._picture.setVisible(bool(name))
        if name:
            self._picture.show_icon(name, tone or "text2")
        self.setMinimumHeight(style.px(24))
        self.updateGeometry()


class GroupLabel(QWidget):
    """The head of a group on a page: an icon and a word in the second tone, weight 600."""

    def __init__(
        self, word: str, icon: str = "", tone: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        line = row(space=8)
        if icon:
            line.addWidget(Picture(icon, tone))
        self.word = Label(word, "group")
        line.addWidget(self.word)
        line.addStretch(1)
        self.setLayout(line)


class Facts(QWidget):
    """Label and value, one pair per line; values wrap and may be any widget."""

    def __init__(
        self,
        pairs: Sequence[tuple[str, str | QWidget]] = (),
        *,
        label_width: int = 144,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._label_width = label_width
        for label, value in pairs:
            self.add(label, value)

    def add(self, label: str, value: str | QWidget) -> None:
        """Add a pair."""
        at = self._grid.rowCount()
        name = RichText(label, kind="second")
        name.setFixedWidth(style.px(self._label_width) - 8)
        shown = RichText(value) if isinstance(value, str) else value
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, at, 0, top)
        self._grid.addWidget(shown, at, 1, top)


class Note(QFrame):
    """A sunken box, e.g. "What follows when you sign": a title, a text, lines with icons."""

    def __init__(
        self,
        title: str = "",
        text: str = "",
        lines: Sequence[tuple[str, str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self._box = column(space=2, margins=(16, 10, 16, 10))
        self.setLayout(self._box)
        self.say(title, text, lines)

    def say(self, title: str, text: str = "", lines: Sequence[tuple[str, str, str]] = ()) -> None:
        """Show something else; each line is (icon, colour tone, words)."""
        empty(self._box)
        if title:
            head = RichText(title, kind="label")
            head.setProperty("tone", "text")
            self._box.addWidget(head)
        if text:
            self._box.addWidget(RichText(text, kind="small"))
        for icon, tone, words in lines:
            self._box.addWidget(IconLine(icon, tone, words, kind="small"))


class IconLine(QWidget):
    """An icon and words beside it, wrapped, the icon at the first line."""

    def __init__(
        self,
        icon: str,
        tone: str,
        *words: str,
        kind: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        size = 16 if kind in {"small", "note"} else 20
        self.text = RichText(*words, kind=kind)
        holder = QWidget()
        tall = style.line_height("note" if size == 16 else "body")
        self.picture = Picture(icon, tone, size)
        holder.setLayout(column(self.picture, space=0))
        holder.setFixedHeight(tall)
        line = row(holder, space=8 if size == 16 else 12)
        line.setAlignment(holder, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.setLayout(line)


class LinkRow(QWidget):
    """One matter in a card: icon, name, a second line, something to press at the right."""

    def __init__(
        self,
        name: str,
        second: str = "",
        *right: QWidget,
        icon: str = "",
        tone: str = "text2",
        inset: bool = True,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        line = row(space=12, margins=(16, 10, 16, 10) if inset else (0, 8, 0, 8))
        if icon:
            line.addWidget(Picture(icon, tone))
        words = column(space=0)
        words.addWidget(RichText(name, kind="strong" if strong else "name"))
        if second:
            words.addWidget(RichText(second, kind="note"))
        line.addLayout(words, 1)
        for widget in right:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)


class Banner(QFrame):
    """A sentence that stays until it no longer holds; titles say what, the text what to do."""

    def __init__(
        self,
        meaning: Meaning,
        title: str,
        text: str = "",
        *actions: QWidget,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._line = row(space=16, margins=(24, 14, 24, 14))
        self.setLayout(self._line)
        self.say(meaning, title, text, *actions, icon=icon)

    def say(
        self, meaning: Meaning, title: str, text: str = "", *actions: QWidget, icon: str = ""
    ) -> None:
        """Say something else."""
        empty(self._line)
        tone = "" if meaning is Meaning.NEUTRAL else meaning.value
        self.setProperty("tone", tone)
        self._line.addWidget(Picture(icon or MEANING_ICON[meaning], tone or "text2", 24))
        words = column(space=0)
        words.addWidget(RichText(title, kind="section" if text else "strong", tone=tone))
        if text:
            words.addWidget(RichText(text))
        self._line.addLayout(words, 1)
        for action in actions:
            self._line.addWidget(action)
        self.setAccessibleName(f"{title} {text}".strip())
        self.style().unpolish(self)
        self.style().polish(self)


class EmptyState(Card):
    """What will appear here, and how it gets here."""

    def __init__(
        self, text: str, *actions: QWidget, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        line = row(space=16)
        if icon:
            line.addWidget(Picture(icon, "text2", 24))
        line.addWidget(RichText(text, kind="second"), 1)
        for action in actions:
            line.addWidget(action)
        self.body.addLayout(line)
