"""Small drawn things: chips, cells of the matrix, radio buttons, figures, bars.

Meaning is a word and a shape, never a colour.
"""

# ruff: noqa: ARG002 -- boxes share their three questions; see flowables
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from candor.packet import style
from candor.packet.content import Cell, Figure, ItemKind, Option
from candor.packet.flowables import Box
from candor.packet.style import HEAVY, INK, RULE, SOFT, TINT, WHITE
from candor.packet.surface import Surface
from candor.packet.text import Span, clip, lines, one_line


@dataclass
class Chip(Box):
    """What an agenda item is, as word and shape: solid, outlined, dashed or tinted."""

    kind: ItemKind
    wide: float = 62.0

    def height(self, width: float) -> float:
        """One chip."""
        return 14.0

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """The shape, then the word in its middle."""
        rect = (x, top - 14, x + self.wide, top)
        of = style.CHIP
        match self.kind:
            case ItemKind.DECISION:
                on.box(rect, fill=INK)
                of = of.on_black()
            case ItemKind.DISCUSSION:
                on.box(rect, stroke=INK, weight=0.9)
            case ItemKind.CONSENT:
                on.box(rect, stroke=INK, weight=0.9, dash=(1.8, 1.8))
            case ItemKind.INFORMATION:
                on.box(rect, fill=TINT)
        on.string(x + self.wide / 2, top - 9.9, self.kind.value, of, align=0.5)


@dataclass
class Legend(Box):
    """The four chips with what each asks."""

    def height(self, width: float) -> float:
        """One row."""
        return 14.0

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Left to right."""
        meanings = zip(ItemKind, ("a vote", "talk", "one vote", "to read"), strict=True)
        for kind, meaning in meanings:
            Chip(kind, 55).draw(on, x, top, width)
            on.string(x + 59, top - 9.8, meaning, style.NOTE)
            x += 59 + one_line(meaning, style.NOTE) + 14


@dataclass
class Mark(Box):
    """One cell of the independence matrix: no, open on tint, MET white on black."""

    cell: Cell

    def height(self, width: float) -> float:
        """A line of the table."""
        return style.TABLE.leading

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """The ground fills the cell, so that the word stands out in a photocopy too."""
        middle, baseline = x + width / 2, top - style.TABLE.size
        rect = (middle - 13, top - 14.6, middle + 13, top + 2.0)
        of = style.TABLE.soft()
        if self.cell is Cell.MET:
            on.box(rect, fill=INK)
            of = style.COLUMN.on_black()
        elif self.cell is Cell.OPEN:
            on.box(rect, fill=TINT)
            of = style.TABLE_BOLD
        on.string(middle, baseline, self.cell.value, of, align=0.5)


@dataclass
class Options(Box):
    """Printed radio buttons in rows; the chosen one is filled and bold."""

    options: tuple[Option, ...]

    def _placed(self, width: float) -> list[list[tuple[float, Option, tuple[str, ...]]]]:
        rows: list[list[tuple[float, Option, tuple[str, ...]]]] = [[]]
        x = 0.0
        for option in self.options:
            of = style.TABLE_BOLD if option.chosen else style.TABLE.soft()
            texts = [
                "".join(run for _, run, _ in line.pieces)
                for line in lines((Span(option.label, of),), width - 12)
            ]
            wide = 12 + max(one_line(t, of) for t in texts)
            if rows[-1] and (x + wide > width or len(texts) > 1):
                rows.append([])
                x = 0.0
            rows[-1].append((x, option, tuple(texts)))
            x += wide + 18
        return rows

    def height(self, width: float) -> float:
        """Rows of options."""
        return sum(max(len(t) for _, _, t in row) * 14.0 for row in self._placed(width) if row)

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """A ring before each word."""
        for row in self._placed(width):
            for offset, option, texts in row:
                of = style.TABLE_BOLD if option.chosen else style.TABLE.soft()
                on.dot(x + offset + 4, top - 6.4, filled=option.chosen)
                for at, text in enumerate(texts):
                    on.string(x + offset + 12, top - 9.6 - 14 * at, text, of)
            top -= max((len(t) for _, _, t in row), default=0) * 14.0


@dataclass
class Figures(Box):
    """Up to four large figures with words under them, parted by thin lines."""

    figures: Sequence[Figure]
    before: float = 8.0
    after: float = 10.0

    def height(self, width: float) -> float:
        """The figure and its words."""
        return 42.0

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Equal columns."""
        each = width / max(len(self.figures), 1)
        for at, figure in enumerate(self.figures):
            left = x + at * each + (10 if at else 0)
            room = each - (20 if at else 10)
            if at:
                on.line((x + at * each, top, x + at * each, top - 40), 0.5, RULE)
            on.string(left, top - 24, clip(figure.value, style.FIGURE, room), style.FIGURE)
            words = clip(figure.label, style.NOTE, room)
            on.string(left, top - 36.5, words, style.NOTE)


@dataclass
class Bars(Box):
    """Counts as bars: decided black, waiting outlined, with the numbers in a column at right.

    Each entry is (label, decided, waiting).
    """

    entries: tuple[tuple[str, int, int], ...]
    label_width: float = 52.0

    def height(self, width: float) -> float:
        """A bar for each entry."""
        return 18.0 * len(self.entries)

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """The axis last, over the bars' ends."""
        # a scale of at least eight, or a single exception would look like a mountain
        most = max(8, *(d + w for _, d, w in self.entries))
        start, room = x + self.label_width, width - self.label_width - 110
        for at, (label, decided, waiting) in enumerate(self.entries):
            low = top - 18 * at - 15.5
            on.string(x, low + 3.4, label, style.EVIDENCE)
            ends = start + room * decided / most, start + room * (decided + waiting) / most
            if decided:
                on.box((start, low, ends[0], low + 12), fill=INK)
            if waiting:
                on.box((ends[0], low, ends[1], low + 12), fill=WHITE, stroke=INK, weight=1.0)
            said = f"{decided} of {decided + waiting}" if decided + waiting else "none"
            on.string(x + width, low + 3.4, said, style.EVIDENCE_BOLD, align=1.0)
        on.line((start, top, start, top - self.height(width)), HEAVY, SOFT)


@dataclass
class SignatureBox(Box):
    """The place where a visible signature goes; the page itself only draws its rim."""

    name: str

    def height(self, width: float) -> float:
        """Room for name, office, meaning and time."""
        return SIGNATURE_HEIGHT

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """An outline; what stands in it comes with the signature."""
        rect = (x, top - SIGNATURE_HEIGHT, x + width, top)
        on.box(rect, stroke=RULE, weight=0.7)
        on.fields[self.name] = (on.page, (rect[0] + 1, rect[1] + 1, rect[2] - 1, rect[3] - 1))


SIGNATURE_HEIGHT = 198.0
