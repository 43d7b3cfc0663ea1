"""Sheets flowing over pages, with running head, foot, item tab and note margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from candor.clock import Tick, no_tick
from candor.errors import CandorError
from candor.packet import style
from candor.packet.flowables import Box, Need
from candor.packet.style import HAIR, HEAVY, INK, MEDIUM, THIN, Page
from candor.packet.surface import Surface
from candor.packet.text import clip, one_line


class PageTooSmall(CandorError):
    """Something that cannot be divided is larger than a page."""


class Look(Enum):
    """How a page is furnished."""

    COVER = "cover"
    """Wide margins, a bar at the top, no running head."""
    TEXT = "text"
    """A column with a blank note margin at its right."""
    WIDE = "wide"
    """The whole width, with two note lines at the foot."""


@dataclass(frozen=True)
class Running:
    """What every page of a document says in head and foot."""

    committee: str
    subject: str
    """After the committee: company and date."""
    confidential: str
    copy: str
    as_of: tuple[str, ...]
    """First foot line: "As of ...", "Rule set as of ..."; the case number follows."""
    edition: tuple[str, ...]
    """Second foot line: version, code version, "Specimen"."""


@dataclass
class Sheet:
    """One part of the document that begins on a new page.

    ``title`` becomes a bookmark at ``level``; ``item`` is the agenda number on the tab.
    """

    boxes: Iterable[Box]
    key: str = ""
    title: str = ""
    level: int = 0
    item: int = 0
    case_number: str = ""
    look: Look = Look.TEXT
    group: tuple[str, str] = ("", "")
    """Anchor and bookmark title of the group that this sheet opens, one level above it."""


SEPARATOR = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} · \N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
"""Between the parts of a foot line."""

TABS = 13
"""Item tabs that fit below one another; later items go without."""


@dataclass
class Book:
    """A document in the making: add sheets in order, then take the surface."""

    page: Page
    running: Running
    tick: Tick = no_tick
    surface: Surface = field(init=False)
    _sheet: Sheet = field(default_factory=lambda: Sheet(()))
    _y: float = 0.0
    _after: float = 0.0
    _fresh: bool = True
    _step: tuple[str, int, int] = ("", 0, 0)

    def __post_init__(self) -> None:
        self.surface = Surface((self.page.width, self.page.height))

    def add(self, sheet: Sheet, step: tuple[str, int, int]) -> None:
        """Lay a sheet out. ``step`` is (name, done, total) for the progress shown.

        Raises PageTooSmall; whatever the tick raises passes through.
        """
        self._step = step
        self._sheet = sheet
        self._begin()
        group_key, group_title = sheet.group
        if group_key:
            self.surface.anchor(group_key, self.page.top + 6)
            self.surface.bookmark(group_title, sheet.level - 1, self.page.top + 6)
        if sheet.key:
            self.surface.anchor(sheet.key, self.page.top + 6)
        if sheet.title:
            self.surface.bookmark(sheet.title, sheet.level, self.page.top + 6)
        for box in sheet.boxes:
            self._flow(box)
        self._end()

    @property
    def _frame(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, top of the column of this look."""
        page = self.page
        match self._sheet.look:
            case Look.COVER:
                return page.cover_left, 100.0, page.cover_width, page.height - 84
            case Look.TEXT:
                return page.left, page.bottom, page.text_width, page.top
            case Look.WIDE:
                return page.left, page.wide_bottom, page.wide_width, page.top

    def _begin(self) -> None:
        self._y = self._frame[3]
        self._after, self._fresh = 0.0, True

    def _end(self) -> None:
        sheet = self._sheet

        def finish(number: int, total: int) -> None:
            self._furnish(sheet, number, total)

        self.surface.close_page(finish)
        self.tick(*self._step)

    def _flow(self, wanted: Box) -> None:
        left, bottom, width, top = self._frame
        box: Box | None = wanted
        while box is not None:
            gap = 0.0 if self._fresh else max(self._after, box.before)
            room = self._y - bottom - gap
            if isinstance(box, Need):
                if room < box.least and not self._fresh:
                    self._turn()
                return
            tall = box.height(width)
            if tall <= room + 0.01:
                self._draw(box, left, gap, tall, width)
                return
            head, rest = box.split(width, room, top - bottom)
            if head is not None:
                self._draw(head, left, gap, head.height(width), width)
            elif self._fresh:
                raise PageTooSmall(
                    "A part of this document is larger than a page and cannot be divided.",
                    hint="Shorten the longest names on the page before, then compile again.",
                )
            if rest is not None:
                self._turn()
            box = rest

    def _draw(self, box: Box, left: float, gap: float, tall: float, width: float) -> None:
        box.draw(self.surface, left, self._y - gap, width)
        self._y -= gap + tall
        self._after = box.after
        self._fresh = self._fresh and tall == 0

    def _turn(self) -> None:
        self._end()
        self._begin()

    def _furnish(self, sheet: Sheet, number: int, total: int) -> None:
        """Head, margin, tab and foot, drawn when the number of pages is known."""
        if sheet.look is Look.COVER:
            on, page = self.surface, self.page
            on.box(
                (page.cover_left, page.height - 68, page.width - 54, page.height - 64.8), fill=INK
            )
        else:
            self._head()
            self._margin(sheet)
            self._tab(sheet.item)
        self._foot(sheet, number, total)

    def _head(self) -> None:
        on, page, running = self.surface, self.page, self.running
        y, half = page.height - 36, page.wide_width / 2 - 8
        name = clip(running.committee, style.HEAD_BOLD, half)
        on.string(page.left, y, name, style.HEAD_BOLD)
        x = page.left + one_line(name, style.HEAD_BOLD) + 6
        room = page.left + half + 90 - x
        if room > 20:
            on.string(x, y, clip(running.subject, style.HEAD, room), style.HEAD)
        copy = clip(running.copy, style.HEAD, half - 100)
        on.string(page.right, y, copy, style.HEAD, align=1.0)
        x = page.right - one_line(copy, style.HEAD) - (6 if copy else 0)
        word = clip(running.confidential, style.HEAD_BOLD, 120)
        on.string(x, y, word, style.HEAD_BOLD, align=1.0)
        on.rule(page.left, page.height - 44, page.right, HEAVY, INK)

    def _margin(self, sheet: Sheet) -> None:
        on, page = self.surface, self.page
        if sheet.look is Look.WIDE:
            for y in (88.0, 66.0):
                on.rule(page.left, y, page.right, THIN, HAIR)
            return
        x = page.margin_line
        on.line((x, page.bottom, x, page.top), THIN, HAIR)
        on.string(x + 6, page.top - 8, "Notes", style.NOTE)

    def _tab(self, item: int) -> None:
        if not 0 < item <= TABS:
            return
        on, page = self.surface, self.page
        x, y = page.width - 32, page.height - 102 - 46 * (item - 1)
        on.box((x, y - 15, x + 18, y + 15), fill=INK)
        on.string(x + 9, y - 4.3, str(item), style.TAB, align=0.5)

    def _foot(self, sheet: Sheet, number: int, total: int) -> None:
        on, page, running = self.surface, self.page, self.running
        cover = sheet.look is Look.COVER
        left, right = (page.cover_left, page.width - 54) if cover else (page.left, page.right)
        if not cover:
            on.rule(left, 50, right, MEDIUM, HAIR)
        room = right - left - 72
        first = (*running.as_of, sheet.case_number)
        # the cover names its version in the body; what is invented must be said everywhere
        second = running.edition[-1:] if cover and running.edition[-1] else running.edition
        for y, parts in ((38.0, first), (27.0, second)):
            words = clip(SEPARATOR.join(p for p in parts if p), style.FOOT, room)
            on.string(left, y, words, style.FOOT)
        of = style.PAGE_NUMBER
        on.string(right, 37.5, f"Page {number} of {total}", of, align=1.0)
