"""One scroll bar for a page with a long list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QWidget

from candor.ui.widgets.layout import Page
from candor.ui.widgets.rows_view import RowsView

LEAST = 5
"""Rows that must fit for a list to scroll by itself; with less room the page does."""


class OneScroll(QObject):
    """Gives a page's one long list the room that is left in the window.

    The list then scrolls under its head and the page stands still. Where hardly any room is left
    the list is as tall as all its rows, and the page scrolls. ``below``: what stands under the
    list in its own column.
    """

    def __init__(self, page: Page, view: RowsView, *below: QWidget) -> None:
        super().__init__(page)
        self._page, self._view, self._below = page, view, below
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fit)
        view.measured.connect(self.fit)
        page.view.viewport().installEventFilter(self)
        page.content.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Fit again once everything has its place."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._soon.start()
        return False

    def fit(self) -> None:
        """Measure what is left and give it to the list."""
        view, space = self._view, self._page.body.spacing()
        under = sum(part.height() + space for part in self._below if part.isVisibleTo(self._page))
        under += self._page.body.contentsMargins().bottom()
        top = view.mapTo(self._page.content, QPoint()).y()
        room = self._page.view.viewport().height() - top - under
        view.set_tallest(room if room >= view.tall(LEAST) else view.tall(view.proxy.rowCount()))
