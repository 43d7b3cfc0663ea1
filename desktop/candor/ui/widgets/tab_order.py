"""Where Tab leads: through the window as one reads it.

Qt keeps a chain in the order in which widgets were made. Pages here are built in steps, and parts
are made when they are needed, so that chain says nothing; the layouts do.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

_BACKWARDS = frozenset({QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.RightToLeft})


def tab_order(root: QWidget) -> Iterator[QWidget]:
    """Every control inside ``root`` that can be seen and takes the keyboard, as it is read."""
    for widget in _inside(root):
        # what is hidden by itself hides everything in it
        if not widget.isVisible() or not widget.isEnabled():
            continue
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.focusProxy() is None:
            yield widget
        if isinstance(widget, QScrollArea) or not isinstance(widget, QAbstractScrollArea):
            yield from tab_order(widget)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        yield from _one(widget.widget())
    elif isinstance(widget, QStackedWidget):
        yield from _one(widget.currentWidget())
    elif (layout := widget.layout()) is not None:
        yield from _laid(layout)


def _one(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is not None:
        yield widget


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for item in _items(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)


def _items(layout: QLayout) -> list[QLayoutItem]:
    items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None]
    if isinstance(layout, QGridLayout):
        return sorted(items, key=lambda item: (item.geometry().y(), item.geometry().x()))
    if isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS:
        items.reverse()
    return items


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next control of a window, or to the one before; round the end."""
    order = list(tab_order(window))
    if not order:
        return False
    here = window.focusWidget()
    if here in order:
        at = order.index(here) + (1 if forward else -1)
    else:
        at = _after(order, here) if forward else _after(order, here) - 1
    reason = Qt.FocusReason
    order[at % len(order)].setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    return True


def _after(order: list[QWidget], here: QWidget | None) -> int:
    """Where to begin from something that Tab does not stop at, an unchosen option for instance."""
    if here is None:
        return 0
    inside = [at for at, widget in enumerate(order) if here.isAncestorOf(widget)]
    if inside:
        return inside[0]
    group = here.parentWidget()
    while group is not None:
        near = [at for at, widget in enumerate(order) if group.isAncestorOf(widget)]
        if near:
            return near[-1] + 1
        group = group.parentWidget()
    return 0
