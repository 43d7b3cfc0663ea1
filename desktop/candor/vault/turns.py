"""Taking turns at one connection: long checks give way to whoever waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Turns:
    """A re-entrant lock. Who waits for it asks the holder of a `long_turn` to give way."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._guard = threading.Lock()
        self._give_way: Callable[[], None] | None = None

    def __enter__(self) -> None:
        if not self.try_now():
            with self._guard:  # the long turn cannot end between the question and the request
                if self._give_way is not None:
                    self._give_way()
            self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def try_now(self) -> bool:
        """Take the turn if it is free. The caller then owes an ``__exit__``."""
        return self._lock.acquire(blocking=False)

    @contextmanager
    def long_turn(self, give_way: Callable[[], None]) -> Iterator[None]:
        """Hold the turn; ``give_way()`` is called from another thread that wants it."""
        with self:
            with self._guard:
                self._give_way = give_way
            try:
                yield
            finally:
                with self._guard:
                    self._give_way = None
