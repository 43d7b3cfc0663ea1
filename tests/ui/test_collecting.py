"""Python's cycles are collected in the window's thread, never beside it."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from candor.ui import tasks
from candor.ui.collecting import pass_over_the_program


class Cyclic:
    """Dies only by a collection; notes in which thread."""

    died_in: list[threading.Thread]

    def __init__(self, died_in: list[threading.Thread]) -> None:
        self.me, self.died_in = self, died_in

    def __del__(self) -> None:
        self.died_in.append(threading.current_thread())


class Given:
    """Something that a task is given to work with."""


def test_what_a_task_was_given_is_dropped_once_it_ran_without_any_collection(
    qtbot: QtBot,
) -> None:
    """A passphrase, for instance."""
    given = Given()
    seen = weakref.ref(given)
    task = tasks.run(lambda _work, given=given: given is None)
    del given
    qtbot.waitUntil(task.is_over)
    qtbot.waitUntil(lambda: seen() is None)
    assert seen() is None


def test_a_collection_passes_over_what_was_there_before_any_vault(qtbot: QtBot) -> None:
    before = gc.get_freeze_count()
    try:
        pass_over_the_program()
        passed_over = gc.get_freeze_count()
        kept = [[] for _ in range(1000)]
        pass_over_the_program()
        assert gc.get_freeze_count() <= passed_over
        assert passed_over > 0
        assert kept
    finally:
        if not before:
            gc.unfreeze()


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
