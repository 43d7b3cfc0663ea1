"""Pages made part by part: every part comes, in order, and none for a page that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from candor.ui.widgets.in_steps import in_steps


def parts(made: list[int], count: int) -> Iterator[None]:
    for number in range(count):
        made.append(number)
        yield


def test_every_part_is_made_in_its_order_and_none_at_once(qtbot: QtBot) -> None:
    made: list[int] = []
    owner = QObject()
    in_steps(owner, parts(made, 4))
    assert made == []
    qtbot.waitUntil(lambda: made == [0, 1, 2, 3])
    qtbot.waitUntil(lambda: not owner.children())


def test_a_page_that_is_gone_gets_no_further_part(qtbot: QtBot) -> None:
    made: list[int] = []
    owner = QObject()
    in_steps(owner, parts(made, 1000))
    qtbot.waitUntil(lambda: bool(made))
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    count = len(made)
    qtbot.wait(50)
    assert len(made) == count < 1000
