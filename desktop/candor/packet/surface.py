"""Drawing on pages that are only closed at the end, when every page number is known.

A page's operators are kept aside, packed, and replayed once the last page is laid out, the way
ReportLab's "numbered canvas" does it. References to other pages ("page 34"), the running foot
and the fonts then go through one canvas in one pass; nothing is composed twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from candor.packet import fonts
from candor.packet.content import Bookmark
from candor.packet.fonts import Face
from candor.packet.style import HAIR, INK, THIN, Grey, Type
from candor.packet.text import Piece, one_line, runs_in

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Reference:
    """A page number to be written once it is known; ``align`` 1 ends it at ``x``."""

    key: str
    x: float
    baseline: float
    type: Type
    words: str = "{}"
    align: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page (from 0) that leads to an anchor."""

    page: int
    rect: Rect
    key: str


@dataclass(slots=True)
class _Kept:
    code: bytes
    references: list[Reference]
    finish: Callable[[int, int], None]


@dataclass(slots=True)
class Surface:
    """One document being drawn; coordinates are the page's own, origin lower left."""

    size: tuple[float, float]
    canvas: Any = field(init=False)
    links: list[Link] = field(default_factory=list)
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)
    bookmarks: list[Bookmark] = field(default_factory=list)
    fields: dict[str, tuple[int, Rect]] = field(default_factory=dict)
    """Places of signature fields by name: page (from 0) and rectangle."""
    _pages: list[_Kept] = field(default_factory=list)
    _references: list[Reference] = field(default_factory=list)
    _runs: dict[tuple[Face, float, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fonts.load(Face.SANS)
        # Streams stay unpacked here: the finishing step packs everything with one library,
        # so that the bytes do not depend on the interpreter's own zlib.
        embedded: Any = Face.SANS.value  # the published types take it for a number
        self.canvas = Canvas(
            "packet.pdf",  # never written: the bytes are taken from memory
            pagesize=self.size,
            pageCompression=0,
            invariant=1,
            initialFontName=embedded,
        )

    @property
    def page(self) -> int:
        """The page being drawn, from 0."""
        return len(self._pages)

    def close_page(self, finish: Callable[[int, int], None]) -> None:
        """Put the page aside; ``finish(number, total)`` draws its head and foot at the end."""
        code = "\n".join(self.canvas._code).encode()
        self._pages.append(_Kept(zlib.compress(code, 1), self._references, finish))
        self._references = []
        self.canvas._startPage()

    def pdf(self) -> bytes:
        """The whole document, every page number filled in. The surface is then spent."""
        total = len(self._pages)
        self.canvas._pageNumber = 1
        for number, kept in enumerate(self._pages, start=1):
            self.canvas._code[:] = self._filled_in(kept, total)
            kept.finish(number, total)
            self.canvas.showPage()
        data: bytes = self.canvas.getpdfdata()
        return data

    def _filled_in(self, kept: _Kept, total: int) -> list[str]:
        """The operators of a page, the numbers of other pages in their places."""
        code = zlib.decompress(kept.code).decode().split("\n")
        if not kept.references:
            return code
        # whole lines only: a text shown is never alone on its line, so none can pose as one
        places = {line: at for at, line in enumerate(code) if line.startswith("%")}
        for at, reference in enumerate(kept.references):
            self.canvas._code.clear()
            self._refer(reference, total)
            code[places[_placeholder(at)]] = " ".join(self.canvas._code)
        return code

    def _refer(self, reference: Reference, total: int) -> None:
        if reference.key == TOTAL:
            shown = str(total)
        else:
            at = self.anchors.get(reference.key)
            shown = str(at[0] + 1) if at else "–"
        text = reference.words.replace("{}", shown)
        self.string(reference.x, reference.baseline, text, reference.type, align=reference.align)

    def refer(self, reference: Reference) -> None:
        """Leave room here for the number of another page.

        It is filled in at this place of the drawing order, which is the reading order.
        """
        self.canvas._code.append(_placeholder(len(self._references)))
        self._references.append(reference)

    def link(self, rect: Rect, key: str) -> None:
        """Make a place on this page lead to an anchor, wherever that will be."""
        self.links.append(Link(self.page, rect, key))

    def anchor(self, key: str, top: float) -> None:
        """Name this place; the first of a name counts."""
        self.anchors.setdefault(key, (self.page, top))

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Add an outline entry for this place."""
        flat = " ".join(fonts.clean(title[:400]).split())
        self.bookmarks.append(Bookmark(flat, level, self.page, top))

    def pieces(self, x: float, y: float, pieces: Sequence[Piece]) -> None:
        """Draw runs one after another from ``x`` on the baseline ``y``."""
        drawn = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        color: Grey | None = None
        for of, run, _ in pieces:
            if of.color != color:
                color = of.color
                drawn.append(_grey(color) + " rg")
            drawn.append(self._shown(of.face, of.size, run))
        drawn.append("ET")
        self.canvas._code.append(" ".join(drawn))

    def _shown(self, face: Face, size: float, run: str) -> str:
        """The operators that show a run, kept: wordings and labels come back on many pages."""
        key = (face, size, run)
        found = self._runs.get(key)
        if found is None:
            font, document = fonts.load(face), self.canvas._doc
            found = self._runs[key] = " ".join(
                f"{font.getSubsetInternalName(subset, document)} {size:g} Tf "
                f"({self.canvas._escape(codes)}) Tj"
                for subset, codes in font.splitString(run, document)
            )
            if len(self._runs) > _RUNS_KEPT:
                self._runs.clear()
        return found

    def string(self, x: float, y: float, text: str, of: Type, *, align: float = 0.0) -> None:
        """Draw one line; ``align`` 0 puts its left end at ``x``, 0.5 its middle, 1 its right."""
        flat = fonts.clean(text)
        if flat:
            start = x - one_line(flat, of) * align if align else x
            self.pieces(start, y, tuple(runs_in(flat, of)))

    def rule(
        self, left: float, y: float, right: float, weight: float = THIN, grey: Grey = HAIR
    ) -> None:
        """A horizontal rule."""
        self.line((left, y, right, y), weight, grey)

    def line(self, ends: Rect, weight: float, grey: Grey) -> None:
        """A straight line from the first point to the second."""
        x1, y1, x2, y2 = ends
        self.canvas._code.append(
            f"{weight:g} w {_grey(grey)} RG {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        )

    def box(
        self,
        rect: Rect,
        *,
        fill: Grey | None = None,
        stroke: Grey | None = None,
        weight: float = THIN,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A rectangle given by left, bottom, right, top; at least one of fill and stroke."""
        left, bottom, right, top = rect
        drawn = [f"{_grey(fill)} rg"] if fill else []
        if stroke:
            drawn.append(f"{_grey(stroke)} RG {weight:g} w")
        if dash:
            drawn.append(f"[{' '.join(f'{d:g}' for d in dash)}] 0 d")
        shape = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re"
        drawn.append(f"{shape} {'B' if fill and stroke else 'f' if fill else 'S'}")
        if dash:
            drawn.append("[] 0 d")
        self.canvas._code.append(" ".join(drawn))

    def dot(self, x: float, y: float, *, filled: bool) -> None:
        """A printed radio button: a ring, with a disc in it where it was chosen."""
        disc = f"{_grey(INK)} rg {_circle(2.0)} f" if filled else ""
        ring = f"0.9 w {_grey(INK)} RG {_circle(3.6)} s"
        self.canvas._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {ring} {disc} Q")


def _placeholder(at: int) -> str:
    """A comment line that no drawing operator can contain."""
    return f"%reference {at}%"


@cache
def _grey(color: Grey) -> str:
    return " ".join(f"{c:.3f}" for c in color)


@cache
def _circle(radius: float) -> str:
    """A circle about the origin from four Bezier curves."""
    r, k = radius, radius * 0.5523
    return (
        f"{r:.3f} 0 m {r:.3f} {k:.3f} {k:.3f} {r:.3f} 0 {r:.3f} c "
        f"-{k:.3f} {r:.3f} -{r:.3f} {k:.3f} -{r:.3f} 0 c "
        f"-{r:.3f} -{k:.3f} -{k:.3f} -{r:.3f} 0 -{r:.3f} c "
        f"{k:.3f} -{r:.3f} {r:.3f} -{k:.3f} {r:.3f} 0 c"
    )


_RUNS_KEPT = 60_000
TOTAL = "#total"
"""The key of a `Reference` to the number of pages."""
