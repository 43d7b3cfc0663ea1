"""The shell of an unlocked vault: top bar, rail, and the pages, built on the first visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from candor.ui.rail import Rail
from candor.ui.screens_api import Found, Screen
from candor.ui.top_bar import Search, TopBar
from candor.ui.widgets import breadth, column, dropped_paths, row


class Shell(QWidget):
    """What stands around every page.

    ``search(text)`` finds cases and the like; screens are found by the shell itself.
    ``concern()`` builds the page behind "Report a concern". Files dropped anywhere go to the
    page in front (its ``drop_files(paths) -> bool``), else ``files_dropped`` is emitted.
    """

    lock_asked = Signal()
    files_dropped = Signal(tuple)
    shown = Signal(str)

    def __init__(
        self,
        screens: Sequence[Screen],
        *,
        company: str,
        person: str,
        office: str = "",
        search: Search | None = None,
        concern: Callable[[], QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._screens = {screen.id: screen for screen in screens}
        self._pages: dict[str, QWidget] = {}
        self._details: list[tuple[str, QWidget]] = []
        self._current = ""
        self._search, self._concern = search, concern
        self.setProperty("role", "page")
        self.setAcceptDrops(True)
        self.bar = TopBar(company, person, office, self._find)
        self.rail = Rail(screens)
        self.stack = QStackedWidget()
        self.setLayout(column(self.bar, row(self.rail, self.stack, space=0), space=0))
        self.bar.lock_asked.connect(self.lock_asked)
        self.bar.concern_asked.connect(self.open_concern)
        self.rail.picked.connect(self.go)
        for keys, act in (
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+K", self.bar.open_search),
            (QKeySequence.StandardKey.Back, self.back),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self._numbers: list[QShortcut] = []
        self._number(screens)

    def _number(self, screens: Sequence[Screen]) -> None:
        """Alt+1 to Alt+9 go to the first nine screens."""
        for old in self._numbers:
            old.setEnabled(False)
            old.deleteLater()
        self._numbers = [
            QShortcut(QKeySequence(f"Alt+{number}"), self, partial(self.go, screen.id))
            for number, screen in enumerate(screens[:9], start=1)
        ]

    def set_screens(self, screens: Sequence[Screen]) -> None:
        """Offer other screens. Pages that stay keep what was typed on them; the page of a
        screen that goes is closed, except the one in front."""
        self._screens = {screen.id: screen for screen in screens}
        self.rail.set_screens(screens)
        self.rail.set_current(self._current)
        self._number(screens)
        kept = {*self._screens, self._current, *(before for before, _page in self._details)}
        for key in [key for key in self._pages if key not in kept]:
            self._drop(self._pages.pop(key))

    def page(self, screen_id: str) -> QWidget:
        """The page of a screen, built now if it was not yet. Raises KeyError."""
        if screen_id not in self._pages:
            self._pages[screen_id] = self._screens[screen_id].build(self)
            self.stack.addWidget(self._pages[screen_id])
        return self._pages[screen_id]

    def current(self) -> str:
        """The id of the screen whose rail entry is marked, or ""."""
        return self._current

    def go(self, screen_id: str) -> QWidget:
        """Show a screen; details opened above it are closed. Returns its page."""
        page = self.page(screen_id)
        self._close_details()
        self._mark(screen_id)
        self._show(page)
        return page

    def open(self, page: QWidget, *, under: str = "") -> None:
        """Show a page that has no rail entry of its own, under the entry ``under`` (or the
        current one). `back` or another entry closes it, and then it is destroyed."""
        self._details.append((self._current, page))
        self.stack.addWidget(page)
        if under:
            self._mark(under)
        self._show(page)

    def back(self) -> None:
        """Close the page opened last and show what was there before."""
        if not self._details:
            return
        before, page = self._details.pop()
        below = self._details[-1][1] if self._details else (self.page(before) if before else None)
        self._mark(before)
        if below is not None:
            self._show(below)
        self._drop(page)

    def _close_details(self) -> None:
        while self._details:
            self._drop(self._details.pop()[1])

    def _drop(self, page: QWidget) -> None:
        self.stack.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _mark(self, screen_id: str) -> None:
        self._current = screen_id
        self.rail.set_current(screen_id)
        self.bar.set_concern_current(current=False)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        refresh = getattr(page, "refresh", None)
        if callable(refresh):
            refresh()
        self.shown.emit(self._current)

    def open_concern(self) -> None:
        """Show the page behind "Report a concern"."""
        if self._concern is None:
            return
        self._close_details()
        self.open(self._concern())
        self._mark("")
        self.bar.set_concern_current(current=True)

    def refresh(self) -> None:
        """Let the page in front read its data again."""
        refresh = getattr(self.stack.currentWidget(), "refresh", None)
        if callable(refresh):
            refresh()

    def set_count(self, screen_id: str, count: int) -> None:
        """Show on the rail how many things on a screen need the person."""
        self.rail.set_count(screen_id, count)

    def _find(self, text: str) -> Sequence[Found]:
        words = text.casefold()
        screens = [
            Found(s.word, "Screen", partial(self.go, s.id))
            for s in self._screens.values()
            if words in s.word.casefold()
        ]
        return [*screens, *(self._search(text) if self._search else ())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit bar and rail to the room there is."""
        super().resizeEvent(event)
        self.adapt()

    def adapt(self) -> None:
        """Fit bar and rail to the room there is (also after a change of the text size)."""
        room = breadth(self)
        self.bar.adapt(room)
        self.rail.set_tall(tall=room == 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files to the page in front, else to the application."""
        paths: tuple[Path, ...] = dropped_paths(event.mimeData())
        if not paths:
            return
        event.acceptProposedAction()
        take = getattr(self.stack.currentWidget(), "drop_files", None)
        if not (callable(take) and take(paths)):
            self.files_dropped.emit(paths)
