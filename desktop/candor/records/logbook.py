"""What each log has in each place: forks, gaps, and where its writer goes on."""

from __future__ import annotations

import msgspec

from candor.records.judge import Judged
from candor.records.order import Log, log_of


class Fork(msgspec.Struct, frozen=True):
    """Several events in one place of a log: evidence against their author.

    ``kept`` is the id that a person let stand, '' until then; ``resolution`` is the event.
    ``stray``: its author has no standing in the case, so that it suspends nothing.
    """

    case: str
    log: str
    author: str
    seq: int
    events: tuple[str, ...]
    kept: str = ""
    resolution: str = ""
    stray: bool = False


class Gap(msgspec.Struct, frozen=True):
    """Numbers ``first`` to ``last`` of a log have not arrived, though later ones have."""

    case: str
    log: str
    author: str
    first: int
    last: int


class LogBook:
    """Grows with each event; a held event is evidence like any other.

    ``ends`` maps "log/author" to the highest number and its id; where a fork leaves two ends,
    to the smaller id.
    """

    def __init__(self) -> None:
        self.ends: dict[str, tuple[int, str]] = {}
        self._places: dict[Log, dict[int, list[str]]] = {}
        self._forked: set[tuple[Log, int]] = set()
        self._stale: set[Log] = set()
        self._gaps: dict[Log, tuple[Gap, ...]] = {}

    def note_end(self, judged: Judged) -> None:
        """Remember how far a log goes."""
        head = judged.header
        name = f"{head.log}/{head.author}"
        seq, last = self.ends.get(name, (0, ""))
        if head.seq > seq or (head.seq == seq and judged.id < last):
            self.ends[name] = (head.seq, judged.id)

    def add(self, judged: Judged) -> bool:
        """Enter an event; True where it makes or widens a fork."""
        log, seq = log_of(judged), judged.header.seq
        ids = self._places.setdefault(log, {}).setdefault(seq, [])
        ids.append(judged.id)
        self._stale.add(log)
        if len(ids) > 1:
            self._forked.add((log, seq))
        return len(ids) > 1

    def forks(self) -> tuple[Fork, ...]:
        """Every place of a log that several events claim, nobody yet heard about it."""
        return tuple(
            Fork(log[2], log[0], log[1], seq, tuple(sorted(self._places[log][seq])))
            for log, seq in sorted(self._forked)
        )

    def gaps(self) -> tuple[Gap, ...]:
        """Every run of numbers missing below the highest known of its log."""
        for log in self._stale:
            found = _missing(log, sorted(self._places[log]))
            if found:
                self._gaps[log] = found
            else:
                self._gaps.pop(log, None)
        self._stale.clear()
        return tuple(gap for log in sorted(self._gaps) for gap in self._gaps[log])


def _missing(log: Log, numbers: list[int]) -> tuple[Gap, ...]:
    gaps = []
    expected = 1
    for number in numbers:
        if number > expected:
            gaps.append(Gap(log[2], log[0], log[1], expected, number - 1))
        expected = number + 1
    return tuple(gaps)
