"""The embedded faces of paper: which glyphs they have, how wide, and which one stands in.

ReportLab places one glyph per character, so scripts that need shaping or run from right to left
are refused by name rather than printed wrongly. Faces load when first used; the Han fallback is
large and most packets never touch it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from candor.resources import resource


class Face(StrEnum):
    """Every face that may be embedded; the value is the file's name and the font's."""

    SERIF = "SourceSerif4-Regular"
    SERIF_IT = "SourceSerif4-It"
    SERIF_SEMI = "SourceSerif4-Semibold"
    SERIF_SEMI_IT = "SourceSerif4-SemiboldIt"
    SUBHEAD = "SourceSerif4Subhead-Regular"
    SUBHEAD_SEMI = "SourceSerif4Subhead-Semibold"
    DISPLAY = "SourceSerif4Display-Regular"
    SANS = "SourceSans3-Regular"
    SANS_IT = "SourceSans3-It"
    SANS_SEMI = "SourceSans3-Semibold"
    SANS_BOLD = "SourceSans3-Bold"
    NOTO_SERIF = "NotoSerif-Regular"
    NOTO_SERIF_BOLD = "NotoSerif-Bold"
    NOTO_SANS = "NotoSans-Regular"
    NOTO_SANS_BOLD = "NotoSans-Bold"
    ARMENIAN = "NotoSansArmenian-Regular"
    GEORGIAN = "NotoSansGeorgian-Regular"
    SYMBOLS = "NotoSansSymbols2-Regular"
    HAN = "DroidSansFallback"


_COMMON = (Face.SANS, Face.NOTO_SANS, Face.ARMENIAN, Face.GEORGIAN, Face.SYMBOLS, Face.HAN)
_STAND_INS = {
    Face.SERIF: (Face.NOTO_SERIF,),
    Face.SERIF_IT: (Face.NOTO_SERIF,),
    Face.SUBHEAD: (Face.NOTO_SERIF,),
    Face.DISPLAY: (Face.NOTO_SERIF,),
    Face.SERIF_SEMI: (Face.NOTO_SERIF_BOLD, Face.NOTO_SANS_BOLD),
    Face.SERIF_SEMI_IT: (Face.NOTO_SERIF_BOLD, Face.NOTO_SANS_BOLD),
    Face.SUBHEAD_SEMI: (Face.NOTO_SERIF_BOLD, Face.NOTO_SANS_BOLD),
    Face.SANS_SEMI: (Face.NOTO_SANS_BOLD,),
    Face.SANS_BOLD: (Face.NOTO_SANS_BOLD,),
}
NBSP = "\N{NO-BREAK SPACE}"
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017e\u2010-\u2027]*")
"""Latin letters and the usual punctuation: nothing to compose, replace or leave out."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\u1680\u2000-\u200a\u205f\u3000]")
_SHAPED = re.compile("[\u0900-\u109f\u1100-\u11ff\u1700-\u18af\u1a00-\u1cff\ua800-\uabff]")
_IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]")
_NEVER = frozenset({"Cc", "Co", "Cs", "Cn"})
"""Controls, private use, halves of characters and nothing at all have no agreed look."""
_WIDTHS: dict[tuple[Face, str], float] = {}
_WIDTHS_KEPT = 400_000


@cache
def load(face: Face) -> TTFont:
    """The face, registered with ReportLab under its own name. Raises ResourceMissing."""
    font = TTFont(face.value, str(resource("fonts", f"{face.value}.ttf")))
    pdfmetrics.registerFont(font)
    return font


@cache
def covered(face: Face) -> frozenset[str]:
    """The characters for which a face has a glyph of its own."""
    glyphs: dict[int, int] = load(face).face.charToGlyph
    found = (chr(code) for code, glyph in glyphs.items() if glyph and code <= 0x10FFFF)
    return frozenset(c for c in found if unicodedata.category(c) not in _NEVER)


@cache
def chain(face: Face) -> tuple[Face, ...]:
    """The faces that are asked for a glyph, in order."""
    return tuple(dict.fromkeys((face, *_STAND_INS.get(face, ()), *_COMMON)))


def clean(text: str) -> str:
    """The text as it is laid out: composed (NFC), one kind of line end, nothing without ink.

    Characters that Unicode calls ignorable (joiners, direction marks, soft hyphens, variation
    selectors) have no ink and are left out; direction marks are thereby powerless to reorder a
    printed line. Runs of spaces keep their width. The exact text stands in the evidence file.
    """
    if "  " not in text and _PLAIN.fullmatch(text):
        return text
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", "    ")
    text = _SPACES.sub(" ", text).replace("\u202f", NBSP)
    kept = (c for c in text if unicodedata.category(c) != "Cf" and not _IGNORABLE.match(c))
    return "".join(kept).replace("  ", NBSP + " ")


@cache
def printable(char: str) -> bool:
    """Whether some embedded face prints this one character rightly."""
    if char in "\n ":
        return True
    if unicodedata.bidirectional(char) in {"R", "AL", "AN"} or _SHAPED.match(char):
        return False
    return any(char in covered(f) for f in chain(Face.SANS))


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that cannot be printed, in order of first use."""
    if text.isascii() and text.isprintable():
        return ()
    cleaned = clean(text)
    if covered(Face.SANS).issuperset(cleaned.replace("\n", "")):
        return ()
    return tuple(c for c in dict.fromkeys(cleaned) if not printable(c))


def as_code(char: str) -> str:
    """A character named by its code, as a person may print it instead: [U+05D0]."""
    return f"[U+{ord(char):04X}]"


@cache
def _face_of(char: str, face: Face) -> Face:
    return next((f for f in chain(face) if char in covered(f)), face)


def runs(text: str, face: Face) -> Iterator[tuple[Face, str]]:
    """The (cleaned) text cut where another face has to stand in."""
    if text.isascii() or covered(face).issuperset(text):
        yield face, text
        return
    start, current = 0, _face_of(text[0], face)
    for at, char in enumerate(text):
        wanted = current if char in covered(current) and current == face else _face_of(char, face)
        if wanted != current:
            yield current, text[start:at]
            start, current = at, wanted
    yield current, text[start:]


def width(text: str, face: Face, size: float) -> float:
    """The width in points of a text that this one face has glyphs for."""
    key = (face, text)
    found = _WIDTHS.get(key)
    if found is None:
        if len(_WIDTHS) > _WIDTHS_KEPT:
            _WIDTHS.clear()
        found = _WIDTHS[key] = load(face).stringWidth(text, 1000)
    return found * size / 1000
