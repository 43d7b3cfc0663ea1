"""The bar at the top: company, search, report a concern, who I am, lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QSizePolicy, QWidget

from candor.ui import icons, style
from candor.ui.rail import WIDTH
from candor.ui.screens_api import Found
from candor.ui.widgets import Breadth, Button, Label, Logo, Rule, column, keys_text, row

TINY = 600
"""Window width over text scale below which the person is shown by initials."""
Search = Callable[[str], Sequence[Found]]


class SearchField(QLineEdit):
    """Finds screens and cases while one types; Enter or a click goes there."""

    left = Signal()

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self._found: tuple[Found, ...] = ()
        self.setPlaceholderText("Search")
        self.setAccessibleName("Search screens and cases")
        self.setProperty("small", True)
        self.setTextMargins(24, 0, 0, 0)
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(8)
        completer.activated[QModelIndex].connect(self._go)  # type: ignore[index]
        self.setCompleter(completer)
        self.textEdited.connect(self._look)
        self.returnPressed.connect(self._first)

    def _look(self, text: str) -> None:
        self._found = tuple(self._search(text.strip())) if text.strip() else ()
        self._model.clear()
        for found in self._found:
            line = f"{found.words}   {found.second}" if found.second else found.words
            self._model.appendRow(QStandardItem(line))
        if text.strip() and not self._found:
            nothing = QStandardItem("Nothing with these words")
            nothing.setEnabled(False)
            self._model.appendRow(nothing)

    def _go(self, index: QModelIndex) -> None:
        if index.row() < len(self._found):
            self._leave(self._found[index.row()])

    def _first(self) -> None:
        if self._found:
            self._leave(self._found[0])

    def _leave(self, found: Found) -> None:
        self._found = ()
        self.clear()
        self.clearFocus()
        found.go()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the search."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the narrow form."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, a glass at the left and the key at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        glass = icons.pixmap("search", "text2", 16)
        side = round(glass.width() / glass.devicePixelRatio())
        painter.drawPixmap(11, (self.height() - side) // 2, glass)
        if self.text() or self.hasFocus() or style.look().scale > 1.3:
            return
        words = keys_text("Ctrl+K")
        face = style.font("note")
        painter.setFont(face)
        wide = painter.fontMetrics().horizontalAdvance(words) + 14
        box = QRect(
            self.width() - wide - 8, (self.height() - style.px(22)) // 2, wide, style.px(22)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("line"))
        painter.setBrush(style.colour("sunken"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(style.colour("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class TopBar(QFrame):
    """Always there, on every screen."""

    lock_asked = Signal()
    concern_asked = Signal()

    def __init__(self, company: str, person: str, office: str, search: Search) -> None:
        super().__init__()
        self.setProperty("role", "topbar")
        self._person, self._office = person, office
        self.search = SearchField(search)
        self.search.left.connect(self._fold_search)
        self._logo = Logo(24)
        self._company = Label(company, "strong", elide=True)
        self._brand = QWidget()
        self._brand.setLayout(row(self._logo, self._company, space=10))
        self._seek = Button("Search", "bar", icon="search", on=self.open_search)
        self.concern = Button("Report a concern", "bar", icon="megaphone")
        self.concern.clicked.connect(self.concern_asked)
        self._name = Label(person, "strong")
        self._title = Label(office, "note")
        self._who = QWidget()
        self._who.setLayout(column(1, self._name, self._title, 1, space=0))
        self._rules = (Rule(upright=True), Rule(upright=True))
        for rule in self._rules:
            rule.setFixedHeight(style.px(24))
        self.lock = Button("Lock", "bar", icon="lock")
        self.lock.clicked.connect(self.lock_asked)
        self._hint = Label(keys_text("Ctrl+L"))
        self._hint.setProperty("role", "hint")
        self._hint.setFixedHeight(style.px(22))
        self._box = row(
            self._brand,
            self.search,
            self._seek,
            1,
            self.concern,
            self._rules[0],
            self._who,
            self._rules[1],
            self.lock,
            self._hint,
            space=12,
            margins=(24, 0, 32, 0),
        )
        self.setLayout(self._box)
        self._narrow = self._tiny = False
        self.adapt(Breadth.WIDE)

    def set_person(self, person: str, office: str) -> None:
        """Show who works here."""
        self._person, self._office = person, office
        self._say_who()

    def _say_who(self) -> None:
        first, _, last = self._person.rpartition(" ")
        short = f"{first[:1]}. {last}" if first else last
        if self._tiny:
            short = "".join(part[0] for part in self._person.split())
        self._name.setText(short if self._narrow else self._person)
        self._title.setText(self._office)
        self._title.setVisible(not self._narrow and bool(self._office))
        self._who.setToolTip(f"{self._person}, {self._office}")
        self._who.setAccessibleName(f"You are {self._person}, {self._office}")

    def set_concern_current(self, *, current: bool) -> None:
        """Mark Report a concern as the page that is shown."""
        self.concern.set_current(current=current)

    def adapt(self, room: Breadth) -> None:
        """Drop key hints and the office where the window is narrow."""
        self._narrow = room is Breadth.NARROW
        self._tiny = self._narrow and self.window().width() / style.look().scale < TINY
        self.setFixedHeight(max(56, style.px(32) + 16))
        wide = room is Breadth.WIDE
        self._logo.setVisible(not self._narrow)
        self._brand.setFixedWidth(style.px(WIDTH if wide else 96 if self._tiny else 160) - 4)
        for part in (self._hint, *self._rules):
            part.setVisible(not self._narrow)
        self._hint.setVisible(wide)
        self._seek.setVisible(self._narrow)
        self._company.show()
        self.search.setVisible(not self._narrow)
        self.search.setFixedWidth(style.px(336 if wide else 200))
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._box.setContentsMargins(24, 0, 16 if self._narrow else 32, 0)
        self._say_who()

    def open_search(self) -> None:
        """Put the cursor into the search; where narrow it takes the company's place."""
        if self._narrow:
            self._seek.hide()
            self._brand.hide()
            self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fold_search(self) -> None:
        self._brand.show()
        self.search.setVisible(not self._narrow)
        self._seek.setVisible(self._narrow)
