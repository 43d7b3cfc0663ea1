"""Heavy work as plain named functions, so that a front end can run them in another process.

Each takes and returns picklable values only and touches no vault.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from candor.clock import Tick, no_tick


class Runner(Protocol):
    """Runs the job of that name and returns its result; raises what the job raised."""

    def __call__(self, job: str, /, *args: Any, tick: Tick = no_tick) -> Any:
        """Run ``job`` with ``args``; ``tick`` is told of progress."""


_MODULES = ("candor.app.intake_jobs", "candor.app.packet_jobs")
JOBS: dict[str, Callable[..., Any]] = {}


F = TypeVar("F", bound=Callable[..., Any])


def job(function: F) -> F:
    """Register a function under its own name."""
    JOBS[function.__name__] = function
    return function


def function(name: str) -> Callable[..., Any]:
    """The job of that name; the modules that register jobs are loaded on first use."""
    if name not in JOBS:
        for module in _MODULES:
            importlib.import_module(module)
    return JOBS[name]


def run_here(name: str, /, *args: Any, tick: Tick = no_tick) -> Any:
    """Run a job in this process (the command line and the tests)."""
    return function(name)(*args, tick=tick)
