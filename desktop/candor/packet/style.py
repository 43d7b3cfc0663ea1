"""The style tokens of paper: measures, greys and type, in one place.

Measures are points; a page's origin is its lower left corner. The numbers follow the reference
pages for US Letter; A4 keeps every margin and lets the text column give way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from candor.packet.content import Paper
from candor.packet.fonts import Face

Grey = tuple[float, float, float]


def _rgb(code: str) -> Grey:
    return (int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255)


INK = _rgb("141414")
SOFT = _rgb("4d4d4d")
RULE = _rgb("8c8c8c")
HAIR = _rgb("c4c4c4")
TINT = _rgb("efefec")
ACCENT = _rgb("1f3550")
WHITE = _rgb("ffffff")

HEAVY = 0.8
"""Above the head and below the last row of a table, above totals, under the running head."""
MEDIUM = 0.5
"""Below the head of a table, above the foot."""
THIN = 0.4
"""Between rows."""


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size and leading in a grey."""

    face: Face
    size: float
    leading: float
    color: Grey = INK

    def soft(self) -> Type:
        """The same in the grey of labels and second lines."""
        return replace(self, color=SOFT)

    def on_black(self) -> Type:
        """The same in white."""
        return replace(self, color=WHITE)


COVER_NAME = Type(Face.DISPLAY, 46, 50)
COVER_SUB = Type(Face.SUBHEAD, 20, 25, SOFT)
COVER_DATE = Type(Face.SERIF_SEMI, 14, 19.5)
COVER_LINE = Type(Face.SERIF, 14, 19.5)
COVER_ITEM = Type(Face.SERIF, 13, 17)
COVER_COMPANY = Type(Face.SANS_SEMI, 12, 15)
COVER_LIST = Type(Face.SANS_SEMI, 10.5, 13.5, ACCENT)
COVER_NUMBER = Type(Face.SANS_BOLD, 12, 17)
COVER_PAGE = Type(Face.SANS, 12, 17)
FACT = Type(Face.SANS, 10, 13.5)
FACT_BOLD = Type(Face.SANS_SEMI, 10, 13.5)
FACT_LABEL = Type(Face.SANS_SEMI, 10, 13.5, SOFT)
TITLE = Type(Face.SUBHEAD, 23, 27)
QUESTION = Type(Face.SUBHEAD, 15, 19)
FIGURE = Type(Face.SUBHEAD, 25, 28)
BODY = Type(Face.SERIF, 11, 15)
DECK = Type(Face.SERIF, 11, 15, SOFT)
WORDING = Type(Face.SERIF, 10.5, 13.6)
REPLY = Type(Face.SERIF_IT, 10.5, 13.6)
SIGNATURE = Type(Face.SERIF_IT, 15, 19)
AGENDA = Type(Face.SANS, 10.5, 13)
AGENDA_BOLD = Type(Face.SANS_SEMI, 10.5, 13)
AGENDA_SECOND = Type(Face.SANS, 9.5, 12, SOFT)
MEMO = Type(Face.SANS, 10, 12.4)
MEMO_BOLD = Type(Face.SANS_SEMI, 10, 12.4)
MEMO_LABEL = Type(Face.SANS_SEMI, 10, 12.4, SOFT)
TABLE = Type(Face.SANS, 9.5, 12)
TABLE_BOLD = Type(Face.SANS_SEMI, 9.5, 12)
EVIDENCE = Type(Face.SANS, 9, 11.3)
EVIDENCE_BOLD = Type(Face.SANS_SEMI, 9, 11.3)
SECTION = Type(Face.SANS_SEMI, 11.5, 14)
KICKER = Type(Face.SANS_SEMI, 9, 11, ACCENT)
FINGERPRINT = Type(Face.SANS, 9, 13.5)
CARE = Type(Face.SANS, 9.3, 12.2)
CARE_BOLD = Type(Face.SANS_SEMI, 9.3, 12.2)
TABLE_LABEL = Type(Face.SANS, 9.5, 12, SOFT)
COLUMN = Type(Face.SANS_SEMI, 8.5, 10.5, SOFT)
NOTE = Type(Face.SANS, 8.5, 11, SOFT)
NOTE_BOLD = Type(Face.SANS_SEMI, 8.5, 11, SOFT)
SMALL = Type(Face.SANS, 8.5, 11)
FOOT = Type(Face.SANS, 8.5, 11, SOFT)
HEAD = Type(Face.SANS, 9, 11, SOFT)
HEAD_BOLD = Type(Face.SANS_SEMI, 9, 11)
PAGE_NUMBER = Type(Face.SANS_SEMI, 10, 12)
CHIP = Type(Face.SANS_SEMI, 8.5, 10.5)
TAB = Type(Face.SANS_BOLD, 12, 14, WHITE)


@dataclass(frozen=True, slots=True)
class Page:
    """The grid of one paper size; every place derives from its width and height."""

    width: float
    height: float

    left = 54.0
    """Room for three holes."""
    bottom = 64.0
    wide_bottom = 112.0
    cover_left = 72.0

    @property
    def top(self) -> float:
        """Where text begins."""
        return self.height - 62

    @property
    def text_width(self) -> float:
        """The column of text beside the note margin."""
        return self.width - 198

    @property
    def wide_width(self) -> float:
        """The column of a page without a note margin; nothing but the tab lies right of it."""
        return self.width - 94

    @property
    def right(self) -> float:
        """The right end of head and foot."""
        return self.left + self.wide_width

    @property
    def margin_line(self) -> float:
        """The hairline of the note margin."""
        return self.left + self.text_width + 12

    @property
    def cover_width(self) -> float:
        """The cover's column."""
        return self.width - 126

    @property
    def depth(self) -> float:
        """The height of a text page's column."""
        return self.top - self.bottom


PAGES = {Paper.LETTER: Page(612.0, 792.0), Paper.A4: Page(595.276, 841.89)}
