"""Boxes that know their height, draw themselves and split over pages.

A box is measured for a width, drawn with its top edge at a height, and split where the room
ends: `split` returns what fits and the rest. A box that cannot split moves to the next page.
"""

# ruff: noqa: ARG002 -- every box answers the same three questions; few need all of their terms
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from candor.packet.style import ACCENT, HAIR, INK, TINT, Grey, Type
from candor.packet.surface import Reference, Surface
from candor.packet.text import Line, Span, clip, lines

Halves = tuple["Box | None", "Box | None"]


class Box:
    """A piece of a page. ``before`` and ``after`` are the space kept around it."""

    before: float = 0.0
    after: float = 0.0

    def height(self, width: float) -> float:
        """Its height in points at this width."""
        raise NotImplementedError

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at (x, top)."""
        raise NotImplementedError

    def split(self, width: float, room: float, page: float) -> Halves:
        """(what fits into ``room``, the rest); ``page`` is the room on an empty page."""
        return None, self


@dataclass
class Space(Box):
    """Blank height; it vanishes at a page's end."""

    points: float

    def height(self, width: float) -> float:
        """The points asked for."""
        return self.points

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Draw nothing."""

    def split(self, width: float, room: float, page: float) -> Halves:
        """Nothing is carried over a page's end."""
        return self, None


@dataclass
class Need(Space):
    """Takes no room, but begins a new page where fewer than ``least`` points are left."""

    points: float = 0.0
    least: float = 0.0


@dataclass
class Rule(Box):
    """A horizontal rule over the whole width."""

    weight: float = 0.4
    grey: Grey = HAIR
    before: float = 0.0
    after: float = 0.0

    def height(self, width: float) -> float:
        """Its weight."""
        return self.weight

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Draw it."""
        on.rule(x, top - self.weight / 2, x + width, self.weight, self.grey)


@dataclass
class Para(Box):
    """A paragraph: spans of literal text in lines. Never a lone line at a page's edge."""

    spans: tuple[Span, ...]
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    align: float = 0.0
    laid: tuple[Line, ...] | None = None
    """Lines already broken (the rest of a split paragraph); they fit any width given."""

    @property
    def _type(self) -> Type:
        return self.spans[0].type

    def _lines(self, width: float) -> tuple[Line, ...]:
        return self.laid or lines(self.spans, max(width - self.indent, 1.0))

    def height(self, width: float) -> float:
        """Number of lines times leading."""
        return len(self._lines(width)) * self._type.leading

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Draw each line; the first baseline lies one type size below the top."""
        of = self._type
        baseline = top - of.size
        for line in self._lines(width):
            if line.pieces:
                shift = (width - self.indent - line.width) * self.align
                on.pieces(x + self.indent + shift, baseline, line.pieces)
            baseline -= of.leading

    def split(self, width: float, room: float, page: float) -> Halves:
        """At least two lines on either side."""
        whole = self._lines(width)
        fit = min(int((room + 0.01) / self._type.leading), len(whole) - 2)
        if fit < 2:
            return None, self
        first = replace(self, laid=whole[:fit], after=0.0)
        return first, replace(self, laid=whole[fit:], before=0.0)


def para(
    text: str,
    of: Type,
    *,
    before: float = 0.0,
    after: float = 0.0,
    indent: float = 0.0,
    align: float = 0.0,
) -> Para:
    """A paragraph in one type."""
    return Para((Span(text, of),), before, after, indent, align)


def mixed(*parts: tuple[str, Type], before: float = 0.0, after: float = 0.0) -> Para:
    """A paragraph in several types of one leading; empty parts are left out."""
    spans = tuple(Span(text, of) for text, of in parts if text)
    return Para(spans or (Span("", parts[0][1]),), before, after)


@dataclass
class Stack(Box):
    """Boxes one below the other, kept together where a page can hold them."""

    boxes: Sequence[Box]
    keep: bool = True
    before: float = 0.0
    after: float = 0.0
    _heights: dict[float, tuple[float, ...]] = field(default_factory=dict, repr=False)

    def _measured(self, width: float) -> tuple[float, ...]:
        """Each box's height with the space above it."""
        found = self._heights.get(width)
        if found is None:
            gaps = [0.0] + [
                max(a.after, b.before)
                for a, b in zip(self.boxes, list(self.boxes)[1:], strict=False)
            ]
            found = tuple(g + b.height(width) for g, b in zip(gaps, self.boxes, strict=True))
            self._heights[width] = found
        return found

    def height(self, width: float) -> float:
        """The sum of the boxes and the spaces between them."""
        return sum(self._measured(width))

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Draw them downwards."""
        for box, tall in zip(self.boxes, self._measured(width), strict=True):
            top -= tall
            box.draw(on, x, top + box.height(width), width)

    def split(self, width: float, room: float, page: float) -> Halves:
        """Between boxes, else inside the one that crosses the edge; whole where a page fits it."""
        if self.keep and self.height(width) <= page:
            return None, self
        used = 0.0
        for at, (box, tall) in enumerate(zip(self.boxes, self._measured(width), strict=True)):
            if used + tall > room + 0.01:
                left = room - used - (tall - box.height(width))
                head, rest = box.split(width, left, page) if left > 0 else (None, box)
                first = [*self.boxes[:at], *([head] if head else [])]
                later = [*([rest] if rest else []), *self.boxes[at + 1 :]]
                return self._of(first, self.before, 0.0), self._of(later, 0.0, self.after)
            used += tall
        return self, None

    def _of(self, boxes: list[Box], before: float, after: float) -> Box | None:
        return Stack(boxes, self.keep, before, after) if boxes else None


@dataclass
class Labelled(Box):
    """A label in a column of its own, its text beside it on the same first baseline."""

    label: Box | None
    body: Box
    column: float
    before: float = 0.0
    after: float = 0.0

    def height(self, width: float) -> float:
        """The taller of the two."""
        tall = self.body.height(width - self.column)
        return max(tall, self.label.height(self.column - 6)) if self.label else tall

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Label left, body right."""
        if self.label:
            self.label.draw(on, x, top, self.column - 6)
        self.body.draw(on, x + self.column, top, width - self.column)

    def split(self, width: float, room: float, page: float) -> Halves:
        """The label stays with the first part of the body."""
        if self.label and self.label.height(self.column - 6) > room:
            return self._split_label(width, room, page)
        head, rest = self.body.split(width - self.column, room, page)
        if head is None:
            return None, self
        first = Labelled(self.label, head, self.column, self.before, 0.0)
        return first, Labelled(None, rest, self.column, 0.0, self.after) if rest else None

    def _split_label(self, width: float, room: float, page: float) -> Halves:
        if not self.label or self.label.height(self.column - 6) <= page:
            return None, self
        head, rest = self.label.split(self.column - 6, room, page)
        if head is None:
            return None, self
        first = Labelled(head, Space(0), self.column, self.before, 0.0)
        return first, Labelled(rest, self.body, self.column, 0.0, self.after)


@dataclass
class Beside(Box):
    """Boxes side by side, tops aligned: (width, box) with a gap between."""

    columns: tuple[tuple[float, Box], ...]
    gap: float = 12.0
    before: float = 0.0
    after: float = 0.0

    def height(self, width: float) -> float:
        """The tallest."""
        return max(box.height(wide) for wide, box in self.columns)

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Left to right."""
        for wide, box in self.columns:
            box.draw(on, x, top, wide)
            x += wide + self.gap

    def split(self, width: float, room: float, page: float) -> Halves:
        """Each column by itself, only where no page could hold the tallest."""
        if self.height(width) <= page:
            return None, self
        first, later = [], []
        for wide, box in self.columns:
            head, rest = (box, None) if box.height(wide) <= room else box.split(wide, room, page)
            first.append((wide, head or Space(0.0)))
            later.append((wide, rest or Space(0.0)))
        if all(isinstance(head, Space) for _, head in first):
            return None, self
        return Beside(tuple(first), self.gap), Beside(tuple(later), self.gap)


@dataclass
class Panel(Box):
    """The question box: tint with an accent bar; or a plain outlined box."""

    inside: Stack
    bar: bool = True
    before: float = 0.0
    after: float = 8.0

    @property
    def _sides(self) -> tuple[float, float, float]:
        """Left, right, vertical padding."""
        return (16.0, 8.0, 8.5) if self.bar else (10.0, 10.0, 8.0)

    def height(self, width: float) -> float:
        """The inside with its padding."""
        left, right, rim = self._sides
        return self.inside.height(width - left - right) + 2 * rim

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Ground first, then the inside."""
        left, right, rim = self._sides
        bottom = top - self.height(width)
        if self.bar:
            on.box((x, bottom, x + width, top), fill=TINT)
            on.box((x, bottom, x + 5, top), fill=ACCENT)
        else:
            on.box((x, bottom, x + width, top), stroke=INK, weight=0.7)
        self.inside.draw(on, x + left, top - rim, width - left - right)

    def split(self, width: float, room: float, page: float) -> Halves:
        """Only where no page could hold it."""
        left, right, rim = self._sides
        if self.height(width) <= page:
            return None, self
        head, rest = self.inside.split(width - left - right, room - 2 * rim, page - 2 * rim)
        first = replace(self, inside=head, after=0.0) if isinstance(head, Stack) else None
        later = replace(self, inside=rest, before=0.0) if isinstance(rest, Stack) else None
        return first, later


@dataclass
class PageOf(Box):
    """The page number of an anchor within a few words: "page {}"."""

    key: str
    type: Type
    words: str = "{}"
    align: float = 1.0

    def height(self, width: float) -> float:
        """One line."""
        return self.type.leading

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Leave a reference; the number comes when it is known."""
        x, baseline = x + width * self.align, top - self.type.size
        if self.key:
            on.refer(Reference(self.key, x, baseline, self.type, self.words, self.align))
        else:
            on.string(x, baseline, "–", self.type, align=self.align)


@dataclass
class Linked(Box):
    """A box whose whole place leads to an anchor."""

    box: Box
    key: str

    def height(self, width: float) -> float:
        """That of the box."""
        return self.box.height(width)

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """The box, then the link over it."""
        self.box.draw(on, x, top, width)
        if self.key:
            on.link((x, top - self.box.height(width), x + width, top), self.key)

    def split(self, width: float, room: float, page: float) -> Halves:
        """Both parts keep the link."""
        head, rest = self.box.split(width, room, page)
        return Linked(head, self.key) if head else None, Linked(rest, self.key) if rest else None


@dataclass
class Anchor(Box):
    """Takes no room: names this place and, with a title, adds a bookmark."""

    key: str
    title: str = ""
    level: int = 0

    def height(self, width: float) -> float:
        """None."""
        return 0.0

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Note the place a little above the next box."""
        if self.key:
            on.anchor(self.key, top + 6)
        if self.title:
            on.bookmark(self.title, self.level, top + 6)


@dataclass
class OneLine(Box):
    """A text that must stay on one line, ended by an ellipsis where it is too long."""

    text: str
    type: Type
    align: float = 0.0

    def height(self, width: float) -> float:
        """One line."""
        return self.type.leading

    def draw(self, on: Surface, x: float, top: float, width: float) -> None:
        """Clip, then draw."""
        shown = clip(self.text, self.type, width)
        on.string(x + width * self.align, top - self.type.size, shown, self.type, align=self.align)
