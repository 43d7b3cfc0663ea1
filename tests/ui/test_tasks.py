"""Background work: results, refusals and Cancel, in a thread and in a worker process."""

from __future__ import annotations

import os
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from candor.app.jobs import JOBS
from candor.errors import CandorError, Problems
from candor.ui import tasks

JOB_FILE = '''
import os, time
from pathlib import Path
from candor.app.jobs import job
from candor.errors import CandorError, Problems

@job
def added(one, two, tick=None):
    """Add, in two steps."""
    tick("Look", 1, 2)
    tick("Add", 2, 2)
    return one + two, os.getpid()

@job
def endless(mark, tick=None):
    """Say who works, then never end."""
    Path(mark).write_text(str(os.getpid()))
    while True:
        time.sleep(0.05)

@job
def refusing(tick=None):
    """Refuse with a hint."""
    raise CandorError("This file was changed.", hint="Ask for it again.")

@job
def refusing_many(tick=None):
    """Refuse with a class that cannot be rebuilt from its message alone."""
    raise Problems("Two things are wrong.", ("one", "two"), hint="Mend both.")

@job
def broken(tick=None):
    """A fault of the program."""
    return {}["nothing"]

@job
def dying(tick=None):
    """Vanish without a word."""
    os._exit(9)
'''


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Jobs in a module that a worker process can import too."""
    import importlib
    import sys

    folder = tmp_path_factory.mktemp("jobs")
    (folder / "jobs_for_tests.py").write_text(textwrap.dedent(JOB_FILE), "utf-8")
    before = set(JOBS)
    sys.path.insert(0, str(folder))
    importlib.import_module("jobs_for_tests")
    yield
    sys.path.remove(str(folder))
    # another run of this fixture in this process must register its jobs anew
    del sys.modules["jobs_for_tests"]
    for name in set(JOBS) - before:
        del JOBS[name]


class Heard:
    """What a task told."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.refusals: list[CandorError] = []
        self.stops = 0
        self.steps: list[tuple[str, int, int]] = []
        self.threads: set[int] = set()

    def start(self, run: Callable[..., tasks.Task], *args: Any) -> tasks.Task:
        return run(
            *args,
            done=self._done,
            refused=self.refusals.append,
            cancelled=self._stopped,
            progress=lambda *step: self.steps.append(step),
        )

    def _done(self, result: Any) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def _stopped(self) -> None:
        self.stops += 1


def wait(qtbot: QtBot, task: tasks.Task) -> None:
    qtbot.waitUntil(task.is_over, timeout=20_000)


def test_a_result_comes_back_on_the_windows_thread(qtbot: QtBot) -> None:
    heard = Heard()
    task = heard.start(tasks.run, lambda _work: threading.get_ident())
    wait(qtbot, task)
    assert heard.results != [threading.get_ident()]
    assert heard.threads == {threading.get_ident()}


def test_a_refusal_keeps_its_sentence_and_hint(qtbot: QtBot) -> None:
    def refuse(_work: tasks.Work) -> None:
        raise CandorError("That did not open.", hint="Try again.")

    heard = Heard()
    wait(qtbot, heard.start(tasks.run, refuse))
    assert [(r.message, r.hint) for r in heard.refusals] == [("That did not open.", "Try again.")]


@pytest.mark.expects_log("stopped at a fault")
def test_a_fault_of_the_program_becomes_a_sentence(qtbot: QtBot) -> None:
    heard = Heard()
    wait(qtbot, heard.start(tasks.run, lambda _work: {}["nothing"]))
    assert "fault of its own" in heard.refusals[0].message
    assert "KeyError" not in heard.refusals[0].sentence()


@pytest.mark.expects_log("stopped at a fault")
def test_the_log_tells_where_a_fault_happened_and_never_its_text(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """The text of an exception can hold an answer, and a desktop keeps what programs print."""
    heard = Heard()
    answer = "my brother works for the auditor"
    wait(qtbot, heard.start(tasks.run, lambda _work: {}[answer]))
    assert "KeyError, test_tasks.py:" in caplog.text
    assert answer not in caplog.text


@pytest.mark.usefixtures("jobs")
def test_a_worker_process_prints_nothing_of_a_faults_text(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    heard = Heard()
    wait(qtbot, heard.start(tasks.run_job, "broken"))
    said = capfd.readouterr().err
    assert "the job broken stopped at a fault (KeyError" in said
    assert "nothing" not in said


def test_a_cancelled_thread_stops_at_its_next_step_and_tells_once(qtbot: QtBot) -> None:
    going, heard = threading.Event(), Heard()

    def slow(work: tasks.Work) -> str:
        while True:
            work.tick("Derive", 1, 2)
            going.set()
            time.sleep(0.01)

    task = heard.start(tasks.run, slow)
    qtbot.waitUntil(going.is_set)
    task.cancel()
    wait(qtbot, task)
    qtbot.wait(60)
    assert (heard.stops, heard.results, heard.refusals) == (1, [], [])


@pytest.mark.usefixtures("jobs")
def test_a_job_runs_in_another_process_and_tells_its_steps(qtbot: QtBot) -> None:
    heard = Heard()
    wait(qtbot, heard.start(tasks.run_job, "added", 2, 3))
    (total, process), *rest = heard.results
    assert (total, rest) == (5, [])
    assert process != os.getpid()
    assert heard.steps == [("Look", 1, 2), ("Add", 2, 2)]


@pytest.mark.usefixtures("jobs")
def test_cancel_ends_the_worker_process(qtbot: QtBot, tmp_path: Path) -> None:
    heard, mark = Heard(), tmp_path / "pid"
    task = heard.start(tasks.run_job, "endless", str(mark))
    qtbot.waitUntil(lambda: mark.exists() and bool(mark.read_text()), timeout=20_000)
    process = int(mark.read_text())
    task.cancel()
    wait(qtbot, task)

    def gone() -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        return False

    qtbot.waitUntil(gone, timeout=10_000)
    assert heard.stops == 1


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize(
    ("job", "message", "hint"),
    [
        ("refusing", "This file was changed.", "Ask for it again."),
        ("refusing_many", "Two things are wrong.", "Mend both."),
    ],
)
def test_a_refusal_in_the_worker_arrives_as_it_was_raised(
    qtbot: QtBot, job: str, message: str, hint: str
) -> None:
    heard = Heard()
    wait(qtbot, heard.start(tasks.run_job, job))
    assert [(r.message, r.hint) for r in heard.refusals] == [(message, hint)]


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize("job", ["broken", "dying"])
def test_a_worker_that_fails_or_vanishes_is_told_in_words(qtbot: QtBot, job: str) -> None:
    heard = Heard()
    wait(qtbot, heard.start(tasks.run_job, job))
    assert "Nothing was changed" in heard.refusals[0].hint
    assert "Traceback" not in heard.refusals[0].sentence()


@pytest.mark.usefixtures("jobs")
def test_a_function_in_a_thread_may_run_jobs_in_a_process(qtbot: QtBot) -> None:
    heard = Heard()
    task = heard.start(tasks.run, lambda work: work.runner("added", 1, 1, tick=work.tick)[0])
    wait(qtbot, task)
    assert heard.results == [2]


def test_problems_say_all_of_them() -> None:
    assert Problems("Two.", ("one", "two")).problems == ("one", "two")


def test_pages_may_go_while_their_work_reports(qtbot: QtBot) -> None:
    """The work's thread and the window's meet again and again; nothing is told, nothing breaks."""
    heard = Heard()
    for number in range(200):
        page = QObject()
        task = heard.start(partial(tasks.run, parent=page), _telling)
        if number % 2:
            qtbot.wait(1)
        delete(page)
        assert task.is_over()
    assert not tasks.is_busy()
    qtbot.wait(50)
    assert len(heard.results) <= 100


def _telling(work: tasks.Work) -> int:
    for step in range(5):
        work.tick("Tell", step, 5)
    return 1
