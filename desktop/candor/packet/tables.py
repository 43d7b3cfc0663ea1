"""Tables with horizontal rules only, whose head repeats and whose rows may cross a page.

Above the head and below the last row 0.8 ink, below the head 0.5, hairlines between rows. The
last two rows stay together; only a row that no page could hold is split inside.
"""

# ruff: noqa: ARG002 -- boxes share their three questions; see flowables
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from candor.packet.flowables import Box, Halves, Space
from candor.packet.style import ACCENT, HAIR, HEAVY, INK, MEDIUM, RULE, THIN, TINT, Grey
from candor.packet.surface import Surface


class Below(Enum):
    """The rule below a row: (weight, grey)."""

    HAIR = (THIN, HAIR)
    GROUP = (MEDIUM, RULE)
    TOTAL = (HEAVY, INK)


@dataclass(frozen=True)
class Row:
    """Cells from left to right; ``below`` is the rule that follows, if a row follows."""

    cells: tuple[Box, ...]
    below: Below = Below.HAIR
    accent: bool = False
    """A bar in the accent left of the row (votes on the agenda)."""


@dataclass(frozen=True)
class Columns:
    """Widths in points; no padding outside the first and last column."""

    widths: tuple[float, ...]
    gap: float = 8.0

    def spans(self) -> tuple[tuple[float, float], ...]:
        """(offset, usable width) of each column; the gap lies right of each but the last."""
        found, x = [], 0.0
        for at, wide in enumerate(self.widths):
            found.append((x, wide - (self.gap if at < len(self.widths) - 1 else 0.0)))
            x += wide
        return tuple(found)


def shared(total: float, *wanted: float) -> Columns:
    """Columns of the wanted widths, where one given as 0 takes what is left."""
    rest = total - sum(wanted)
    return Columns(tuple(w or rest for w in wanted))


@dataclass
class Grid(Box):
    """A table."""

    columns: Columns
    rows: Sequence[Row]
    head: Row | None = None
    above: float = 3.5
    below: float = 4.5
    before: float = 0.0
    after: float = 0.0
    closed: bool = True
    """Whether the rule below the last row is drawn."""
    tint: tuple[int, ...] = ()
    """Rows with a tinted ground."""
    _heights: list[float] | None = field(default=None, repr=False)

    def _row_height(self, row: Row) -> float:
        spans = self.columns.spans()
        tall = max(c.height(w) for c, (_, w) in zip(row.cells, spans, strict=True))
        return tall + self.above + self.below

    def _tall(self) -> list[float]:
        if self._heights is None:
            self._heights = [self._row_height(r) for r in self.rows]
        return self._heights

    def _head_height(self) -> float:
        return self._row_height(self.head) if self.head else 0.0

    def height(self, width: float) -> float:
        """Head and rows; the columns have widths of their own."""
        return self._head_height() + sum(self._tall())

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Rules over the sum of the columns, then the cells."""
        right = x + sum(self.columns.widths)
        on.rule(x, top, right, HEAVY, INK)
        if self.head:
            tall = self._head_height()
            self._cells(on, self.head, x, top, bottom_aligned=tall)
            top -= tall
            on.rule(x, top, right, MEDIUM, RULE)
        for at, (row, tall) in enumerate(zip(self.rows, self._tall(), strict=True)):
            if at in self.tint:
                on.box((x, top - tall, right, top), fill=TINT)
            if row.accent:
                on.line((x - 0.6, top, x - 0.6, top - tall), 1.6, ACCENT)
            self._cells(on, row, x, top)
            top -= tall
            last = at == len(self.rows) - 1
            weight, grey = self._rule(row, last=last)
            if weight:
                on.rule(x, top, right, weight, grey)

    def _rule(self, row: Row, *, last: bool) -> tuple[float, Grey]:
        if last:
            return (HEAVY, INK) if self.closed else (THIN, HAIR)
        weight, grey = row.below.value
        return weight, grey

    def _cells(
        self, on: Surface, row: Row, x: float, top: float, *, bottom_aligned: float = 0.0
    ) -> None:
        for cell, (offset, wide) in zip(row.cells, self.columns.spans(), strict=True):
            drop = self.above
            if bottom_aligned:
                drop = bottom_aligned - self.below - cell.height(wide)
            cell.draw(on, x + offset, top - drop, wide)

    def split(self, width: float, room: float, page: float) -> Halves:
        """Between rows; a pair at the end stays together; a giant row is split inside."""
        head = self._head_height()
        used, fit = head, 0
        for tall in self._tall():
            if used + tall > room + 0.01:
                break
            used, fit = used + tall, fit + 1
        if fit >= len(self.rows):
            return self, None
        if fit == len(self.rows) - 1 and fit > 1:
            fit -= 1
        if fit < len(self.rows) and self._tall()[fit] + head > page:
            return self._split_row(fit, room - head - sum(self._tall()[:fit]))
        if fit == 0:
            return None, self
        return self._rows(0, fit), self._rows(fit, None)

    def _rows(self, start: int, stop: int | None) -> Grid:
        end = len(self.rows) if stop is None else stop
        return replace(
            self,
            rows=self.rows[start:stop],
            before=self.before if start == 0 else 0.0,
            after=self.after if stop is None else 0.0,
            tint=tuple(t - start for t in self.tint if start <= t < end),
            _heights=self._tall()[start:stop],
        )

    def _split_row(self, at: int, room: float) -> Halves:
        """The row divided cell by cell; what does not fit goes on below a repeated head."""
        row, inner = self.rows[at], room - self.above - self.below
        heads: list[Box] = []
        rests: list[Box] = []
        for cell, (_, wide) in zip(row.cells, self.columns.spans(), strict=True):
            if cell.height(wide) <= inner:
                head, rest = cell, None
            else:
                head, rest = cell.split(wide, inner, 0.0)  # type: ignore[assignment]
            heads.append(head or Space(0.0))
            rests.append(rest or Space(0.0))
        if inner < 24 or all(isinstance(h, Space) for h in heads):
            return (self._rows(0, at), self._rows(at, None)) if at else (None, self)
        before = replace(
            self._rows(0, at), rows=[*self.rows[:at], replace(row, cells=tuple(heads))]
        )
        after = replace(
            self._rows(at, None), rows=[replace(row, cells=tuple(rests)), *self.rows[at + 1 :]]
        )
        before._heights = after._heights = None
        return replace(before, after=0.0, closed=False), after
