"""Python's cycles are collected in the window's thread, never beside it."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from candor.ui import tasks


class Cyclic:
    """Dies only by a collection; notes in which thread."""

    died_in: list[threading.Thread]

    def __init__(self, died_in: list[threading.Thread]) -> None:
        self.me, self.died_in = self, died_in

    def __del__(self) -> None:
        self.died_in.append(threading.current_thread())


def test_background_work_collects_nothing_and_the_window_does(qtbot: QtBot) -> None:
    died_in: list[threading.Thread] = []
    kept: list[list[int]] = []

    def busy(_work: tasks.Work) -> int:
        for _ in range(5):
            Cyclic(died_in)
        kept.extend([] for _ in range(20_000))  # enough to make a collection due
        return len(kept)

    finished: list[int] = []
    tasks.run(busy, done=finished.append)
    qtbot.waitUntil(lambda: bool(finished))
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: len(died_in) == 5, timeout=10_000)
    assert set(died_in) == {threading.main_thread()}
