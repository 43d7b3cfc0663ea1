"""What a fork suspends, and what stands again once a person has resolved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from candor.records.judge import Judged
from candor.records.logbook import Fork
from candor.records.order import Log, log_of

SUSPENDED = "Its author's log is forked here, and nobody has said yet which branch stands."
SET_ASIDE = "It was set aside when the fork in its author's log was resolved."


class Resolution(msgspec.Struct, frozen=True):
    """One person's word on a fork: ``event`` says that ``keep`` stands and the others do not."""

    event: str
    keep: str
    set_aside: tuple[str, ...]


class Settled(msgspec.Struct, frozen=True):
    """Forks with what was said of them, and the events that do not count because of them."""

    forks: tuple[Fork, ...]
    left_out: dict[str, str]

    @property
    def open(self) -> tuple[Fork, ...]:
        """The forks that matter and that nobody has resolved."""
        return tuple(f for f in self.forks if not f.kept and not f.stray)


def settle(
    forks: Iterable[Fork], events: Mapping[str, Judged], resolutions: Iterable[Resolution]
) -> Settled:
    """Apply resolutions to forks.

    A resolution fits a fork only if it names every branch: one that turns up later opens the
    fork again. Resolutions that contradict each other resolve nothing.
    """
    resolutions = list(resolutions)
    forks = [_settled(fork, events, resolutions) for fork in forks]
    if not forks:
        return Settled((), {})
    logs = _logs(events, {(f.log, f.author, f.case) for f in forks})
    left_out: dict[str, str] = {}
    for fork in forks:
        left_out.update(_left_out(fork, logs[fork.log, fork.author, fork.case]))
    return Settled(tuple(forks), left_out)


def _settled(fork: Fork, events: Mapping[str, Judged], resolutions: list[Resolution]) -> Fork:
    fitting = [
        r
        for r in resolutions
        if r.keep in fork.events
        and {r.keep, *r.set_aside} >= set(fork.events)
        and not _within(fork, events[r.event])
    ]
    if len({r.keep for r in fitting}) != 1:
        return fork
    return msgspec.structs.replace(fork, kept=fitting[0].keep, resolution=fitting[0].event)


def _within(fork: Fork, judged: Judged) -> bool:
    """Whether the event stands in the very branch that is in doubt."""
    same = log_of(judged) == (fork.log, fork.author, fork.case)
    return same and judged.header.seq >= fork.seq


def _logs(events: Mapping[str, Judged], wanted: set[Log]) -> dict[Log, list[Judged]]:
    logs: dict[Log, list[Judged]] = {log: [] for log in wanted}
    for judged in events.values():
        if judged.signed and (log := log_of(judged)) in logs:
            logs[log].append(judged)
    for members in logs.values():
        members.sort(key=lambda j: j.header.seq)
    return logs


def _left_out(fork: Fork, log: list[Judged]) -> dict[str, str]:
    reason = SET_ASIDE if fork.kept else SUSPENDED
    out = dict.fromkeys((e for e in fork.events if e != fork.kept), reason)
    for judged in log:
        if judged.header.seq > fork.seq and judged.header.prev in out:
            out[judged.id] = reason
    return out
