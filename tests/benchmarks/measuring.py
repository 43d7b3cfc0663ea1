"""Figures with their budgets, and how time and growth are measured."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One figure. ``at_most``: whether the budget is an upper bound."""

    name: str
    figure: float
    unit: str
    budget: float | None = None
    at_most: bool = True
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the budget is kept; None without one."""
        if self.budget is None:
            return None
        return self.figure <= self.budget if self.at_most else self.figure >= self.budget

    @property
    def budget_text(self) -> str:
        """ "at most 150"."""
        return f"at {'most' if self.at_most else 'least'} {self.budget:g}"


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def work(act: Callable[[], object]) -> float:
    """The processor's seconds for one call: growth must not depend on who else is at work."""
    start = time.process_time()
    act()
    return time.process_time() - start


def best(act: Callable[[], object], times: int = 3) -> float:
    """The shortest of several calls: what the code needs when nothing else disturbs it."""
    return min(seconds(act) for _ in range(times))


def beside(
    floor: Callable[[], object], real: Callable[[], object], times: int = 3
) -> tuple[float, float]:
    """The shortest of several calls of each, in turns, so that both meet the same machine."""
    pairs = [(seconds(floor), seconds(real)) for _ in range(times)]
    return min(one for one, _ in pairs), min(two for _, two in pairs)


def in_a_child(act: Callable[..., Any], *arguments: Any) -> Any:
    """What a function of a suite returns in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act, *arguments).result()


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The slope of time over size in logarithms, by least squares: 1 is linear growth."""
    xs, ys = [math.log(s) for s in sizes], [math.log(t) for t in times]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - middle_x) ** 2 for x in xs)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * percent / 100) - 1)]


def memory_mib() -> float:
    """The most memory that this process ever held, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # not getrusage: there a fresh process begins with the figure of the one that started it
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
