"""Work in the background: a thread for keys and the vault, a killable process for the rest.

`run` calls a function in a thread and reports back on the window's thread. The function gets a
`Work` with ``tick`` (progress; raises Cancelled once the person pressed Cancel) and ``runner``
(an `app.jobs.Runner` that runs named jobs in a worker process, which Cancel really stops).
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from candor.app import jobs
from candor.clock import Tick, no_tick
from candor.errors import Cancelled, CandorError
from candor.ui import worker
from candor.ui.collecting import keep_to_window

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

log = logging.getLogger(__name__)
_POLL = 0.05
"""Seconds between looks at Cancel while a worker process is silent."""
_here = threading.local()
"""The Work of the function that runs in this thread, for `runner`."""


class Work:
    """What a function in the background may use."""

    def __init__(self, stop: threading.Event, tell: Tick) -> None:
        self._stop, self._tell = stop, tell

    def tick(self, step: str, done: int, total: int) -> None:
        """Tell progress. Raises Cancelled once the person pressed Cancel."""
        if self._stop.is_set():
            raise Cancelled("You stopped this. Nothing was changed.")
        self._tell(step, done, total)

    def runner(self, job: str, /, *args: Any, tick: Tick = no_tick) -> Any:
        """Run a job of `app.jobs.JOBS` in a worker process and wait for its result.

        Raises what the job raised (CandorError), or Cancelled after Cancel.
        """
        # loaded with the first job: the unlock page is painted without it
        from multiprocessing import get_context  # noqa: PLC0415

        channel, theirs = get_context("spawn").Pipe(duplex=False)
        module = jobs.function(job).__module__
        process = get_context("spawn").Process(
            target=worker.serve, args=(theirs, module, job, args), daemon=True
        )
        process.start()
        theirs.close()
        try:
            return self._listen(channel, job, tick)
        finally:
            channel.close()
            _end(process)

    def _listen(self, channel: Connection, job: str, tick: Tick) -> Any:
        while True:
            if self._stop.is_set():
                raise Cancelled("You stopped this. Nothing was changed.")
            if not channel.poll(_POLL):
                continue
            try:
                kind, *rest = channel.recv()
            except (EOFError, OSError) as gone:
                message, hint = worker.unexpected(job)
                raise CandorError(message, hint=hint) from gone
            if kind == "tick":
                (tick if tick is not no_tick else self.tick)(*rest)
            elif kind == "done":
                return rest[0]
            else:
                raise _rebuilt(*rest)


def _rebuilt(packed: bytes, message: str, hint: str) -> CandorError:
    if packed:
        import pickle  # noqa: PLC0415 -- as above

        refusal = pickle.loads(packed)  # noqa: S301 -- from our own worker over a private pipe
        if isinstance(refusal, CandorError):
            return refusal
    return CandorError(message, hint=hint)


def _end(process: BaseProcess) -> None:
    """Let a finished worker leave; stop one that is still at work, at once."""
    if process.is_alive():
        process.join(0.2)
    if process.is_alive():
        process.terminate()
        process.join(1.0)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


class Task(QObject):
    """One piece of work in the background. All signals arrive on the window's thread.

    Exactly one of ``done`` (result), ``refused`` (CandorError), ``cancelled`` is emitted, then
    ``ended``. ``progress``: named step, done, total.
    """

    done = Signal(object)
    refused = Signal(object)
    cancelled = Signal()
    ended = Signal()
    progress = Signal(str, int, int)
    _outcome = Signal(str, object)
    _step = Signal(str, int, int)

    def __init__(self, function: Callable[[Work], Any], parent: QObject | None = None) -> None:
        """``parent``: once it is destroyed, nobody waits and nothing more is told."""
        # Not Qt's parent: the thread could be telling while the window destroys what it tells with
        super().__init__()
        self._function = function
        self._stop = threading.Event()
        self._over = False
        self._outcome.connect(self._arrived)
        self._step.connect(self._pass_on)
        if parent is not None:
            parent.destroyed.connect(self._leave)
        self.work = Work(self._stop, self._step.emit)

    def start(self) -> Task:
        """Begin, in a thread of the pool."""
        _alive.add(self)
        QThreadPool.globalInstance().start(self._run)
        return self

    def is_over(self) -> bool:
        """Whether an outcome was reported."""
        return self._over

    def cancel(self) -> None:
        """Stop: a worker process is ended, a thread's result is thrown away."""
        self._stop.set()
        QTimer.singleShot(0, self, lambda: self._report("cancelled", None))

    def _leave(self) -> None:
        self._over = True

    def _pass_on(self, step: str, done: int, total: int) -> None:
        if not self._over:
            self.progress.emit(step, done, total)

    def _run(self) -> None:
        _here.work = self.work
        try:
            outcome: tuple[str, object] = ("done", self._function(self.work))
        except Cancelled:
            outcome = ("cancelled", None)
        except CandorError as refusal:
            outcome = ("refused", refusal)
        except Exception as fault:  # noqa: BLE001 -- see below
            # the one place where a fault of ours becomes a sentence; its place goes to the log
            where = worker.place(fault)
            log.error("work in the background stopped at a fault (%s)", where)  # noqa: TRY400
            message, hint = worker.unexpected("work in the background")
            outcome = ("refused", CandorError(message, hint=hint))
        finally:
            _here.work = None
        with contextlib.suppress(RuntimeError):  # the whole program is going
            self._outcome.emit(*outcome)

    def _arrived(self, kind: str, value: object) -> None:
        """On the window's thread, which alone may be the last to know a widget.

        What the work was given, a passphrase or a page perhaps, is not kept beyond its use.
        """
        self._function = _finished
        _alive.discard(self)
        self._report(kind, value)

    def _report(self, kind: str, value: object) -> None:
        if self._over:
            return
        if kind == "done" and self._stop.is_set():
            kind = "cancelled"  # the result came after Cancel, perhaps into a locked window
        self._over = True
        if kind == "done":
            self.done.emit(value)
        elif kind == "refused":
            self.refused.emit(value)
        else:
            self.cancelled.emit()
        self.ended.emit()


def _finished(work: Work) -> None:
    """What stands in for work that is over."""


_alive: set[Task] = set()


def runner(job: str, /, *args: Any, tick: Tick = no_tick) -> Any:
    """An `app.jobs.Runner` for a session: the job runs in a worker process that the Cancel of
    the task around it ends, whichever task that is."""
    work: Work = getattr(_here, "work", None) or Work(threading.Event(), no_tick)
    return work.runner(job, *args, tick=tick)


def run(
    function: Callable[[Work], Any],
    *,
    done: Callable[[Any], object] | None = None,
    refused: Callable[[CandorError], object] | None = None,
    cancelled: Callable[[], object] | None = None,
    progress: Tick | None = None,
    parent: QObject | None = None,
) -> Task:
    """Call ``function(work)`` in a thread; the callbacks run on the window's thread."""
    keep_to_window()
    task = Task(function, parent)
    if done is not None:
        task.done.connect(done)
    if refused is not None:
        task.refused.connect(refused)
    if cancelled is not None:
        task.cancelled.connect(cancelled)
    if progress is not None:
        task.progress.connect(progress)
    return task.start()


def run_job(
    name: str,
    *args: Any,
    done: Callable[[Any], object] | None = None,
    refused: Callable[[CandorError], object] | None = None,
    cancelled: Callable[[], object] | None = None,
    progress: Tick | None = None,
    parent: QObject | None = None,
) -> Task:
    """Run one job of `app.jobs.JOBS` in a worker process; Cancel ends the process."""
    return run(
        lambda work: work.runner(name, *args),
        done=done,
        refused=refused,
        cancelled=cancelled,
        progress=progress,
        parent=parent,
    )


def is_busy() -> bool:
    """Whether anything runs that can still report to somebody."""
    return any(not task.is_over() for task in tuple(_alive))


def cancel_all() -> None:
    """Cancel everything that still runs, without waiting; the window calls it when it locks."""
    for task in tuple(_alive):
        task.cancel()


def stop_all() -> None:
    """Cancel everything that still runs and wait; the application calls it when it closes."""
    cancel_all()
    QThreadPool.globalInstance().waitForDone(3000)
