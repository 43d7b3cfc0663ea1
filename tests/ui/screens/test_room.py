"""What must be in view without looking for it: one scroll bar, the chosen card, the Sign button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from a_company import SECRETARY, Town
from hands import Hands
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from candor.app import preferences
from candor.ui.shell import Shell
from candor.ui.widgets import ColumnSpec, Label, Page, RowsModel, RowsView
from candor.ui.widgets.one_scroll import OneScroll
from candor.ui.window import Window

Enter = Callable[..., Shell]
Make = Callable[[], Window]


def whole_in_view(part: QWidget) -> bool:
    """Whether every pixel of a widget can be seen."""
    return part.isVisible() and part.visibleRegion().boundingRect() == QRect(QPoint(), part.size())


def scrolls(area: QAbstractScrollArea) -> bool:
    """Whether something of it lies out of view."""
    return area.verticalScrollBar().maximum() > 0


def resized(shell: Shell, size: tuple[int, int], hands: Hands) -> None:
    shell.window().resize(*size)
    hands.until(lambda: (shell.window().width(), shell.window().height()) == size)
    hands.rest()
    hands.bot.wait(50)


@pytest.mark.parametrize(
    ("rows", "size", "bars"),
    [
        (3, (1280, 832), []),
        (30, (1280, 832), ["list"]),
        (300, (1024, 700), ["list"]),
        (300, (1024, 300), ["page"]),
        (3, (1024, 700), []),
    ],
)
def test_a_page_with_a_long_list_has_one_scroll_bar(
    open_window: Make, hands: Hands, rows: int, size: tuple[int, int], bars: list[str]
) -> None:
    page = Page()
    spec = ColumnSpec("Name", lambda name: name, stretch=True)
    view = RowsView(RowsModel([spec], key=lambda name: name), name="Names")
    foot = Label("The foot of the list")
    head = Label("A page")
    head.setFixedHeight(100)
    page.add(head, view, foot)
    OneScroll(page, view, foot)
    window = open_window()
    window.setMinimumSize(0, 0)
    window.setCentralWidget(page)
    window.resize(*size)
    view.rows.set_rows([f"Name {number}" for number in range(rows)])
    wanted = {"page": page.view, "list": view}
    hands.until(lambda: [k for k, area in wanted.items() if scrolls(area)] == bars)
    hands.bot.wait(50)
    assert [name for name, area in wanted.items() if scrolls(area)] == bars
    assert whole_in_view(foot) == ("page" not in bars)


@pytest.mark.parametrize("size", [(1280, 832), (1024, 700)])
def test_the_card_of_a_chosen_person_stands_beside_the_list(
    town_after: Callable[[str], Town],
    enter: Enter,
    hands: Hands,
    size: tuple[int, int],
) -> None:
    shell = enter(town_after("joined")[SECRETARY], "people")
    page: Any = hands.read(shell.page("people"))
    resized(shell, size, hands)
    last = page.table.proxy.rowCount() - 1
    page.table.selectRow(last)
    hands.until(lambda: whole_in_view(page.card))
    assert page.card.x() > page.table.x()


def test_with_large_text_the_card_of_a_chosen_person_comes_first(
    town_after: Callable[[str], Town], enter: Enter, hands: Hands
) -> None:
    session = town_after("joined")[SECRETARY]
    preferences.set_text_scale(session, 200)
    page: Any = hands.read(enter(session, "people").page("people"))
    hands.until(lambda: not page.card.visibleRegion().isEmpty())
    origin = QPoint()
    assert page.card.mapTo(page, origin).y() < page.table.mapTo(page, origin).y()


@pytest.mark.parametrize("size", [(1280, 832), (1024, 700)])
def test_the_sign_button_of_a_packet_is_in_view_at_once(
    town_after: Callable[[str], Town],
    enter: Enter,
    hands: Hands,
    size: tuple[int, int],
) -> None:
    shell = enter(town_after("compiled")[SECRETARY])
    resized(shell, size, hands)
    page: Any = hands.read(shell.go("packet"))
    hands.until(lambda: page.signing is not None and page.signing.sign.isVisible())
    hands.rest()
    assert whole_in_view(page.signing.sign)
