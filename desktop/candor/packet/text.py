"""Literal text broken into lines: left aligned, never justified, never hyphenated.

ReportLab's own paragraphs read markup, so that a name could smuggle in an image or a font; here
a text is only ever characters. A run without a glyph in its face is set in the face standing in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from candor.packet import fonts
from candor.packet.style import Type

Piece = tuple[Type, str, float]
"""A run in one face: its type, its characters, its width."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some characters in one type."""

    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class Line:
    """A laid-out line: its runs in order and its whole width."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    pieces: tuple[Piece, ...]
    width: float
    gap: float
    """Width of the space before it, where it does not begin a line."""


_TOKENS = re.compile(r"\n| +|[^ \n]+")
_BLANKS = re.compile("[ \n]+")
_DATES = re.compile(
    r"((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\b(\d{1,2}) "
    r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)( \d{4}\b)?"
)
_MARKS = re.compile(
    r"\b((?:\d+ )?(?:CFR|U\.S\.C\.)|Item|Rule|Section|Part|Form|Schedule|Instruction|page|p\."
    r"|[A-Z]{3}) (?=\d)|\b(Code|Annex) (?=(?:[IVX]+|[A-Z])\b)"
)
"""A mark and what it numbers: "Item 404(a)", "18 U.S.C. 207", "USD 120,000.00", "page 9"."""
_CLAUSES = re.compile(r"(\bCode[ \u00a0][IVX]+) (?=[b¶]\d)")
_HAN_RANGE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_HAN = re.compile(f"[{_HAN_RANGE}]")
_HAN_PARTS = re.compile(f"[{_HAN_RANGE}]|[^{_HAN_RANGE}]+")


@lru_cache(maxsize=20_000)
def lines(spans: tuple[Span, ...], room: float) -> tuple[Line, ...]:
    """The spans in lines of at most ``room`` points. A word wider than that is cut.

    Kept for reuse: three hundred questionnaires ask the same questions.
    """
    done: list[Line] = []
    words: list[_Word] = []
    used = 0.0
    for word in _words(spans):
        if word is None:
            done.append(_line(words, used))
            words, used = [], 0.0
            continue
        for part in _fitting(word, room):
            if words and used + part.gap + part.width > room + 0.01:
                done.append(_line(words, used))
                words, used = [], 0.0
            used += part.width + (part.gap if words else 0.0)
            words.append(part)
    if words or not done:
        done.append(_line(words, used))
    return tuple(done)


def _words(spans: Iterable[Span]) -> Iterator[_Word | None]:
    """Unbreakable words with the space before them; None is a line end."""
    pieces: list[Piece] = []
    gap = 0.0
    for span in spans:
        face, size = span.type.face, span.type.size
        for run in _TOKENS.findall(_bound(fonts.clean(span.text))):
            if run[0] not in " \n":
                for part in _HAN_PARTS.findall(run) if _HAN.search(run) else (run,):
                    if pieces and (_HAN.match(part) or _HAN.match(pieces[-1][1])):
                        yield _word(pieces, gap)
                        pieces, gap = [], 0.0
                    pieces += runs_in(part, span.type)
                continue
            if pieces:
                yield _word(pieces, gap)
                pieces, gap = [], 0.0
            if run == "\n":
                yield None
                gap = 0.0
            else:
                gap = fonts.width(run, face, size)
    if pieces:
        yield _word(pieces, gap)


def _bound(text: str) -> str:
    """The text with the spaces that no line may end at."""
    text = _MARKS.sub(_kept_together, text)
    text = _CLAUSES.sub(_kept_together, text)
    return _DATES.sub(_kept_together, text)


def _kept_together(found: re.Match[str]) -> str:
    """A date or a mark never breaks over a line, wherever it stands in a text."""
    return found.group().replace(" ", fonts.NBSP)


def runs_in(text: str, of: Type) -> Iterator[Piece]:
    """The (cleaned) text in runs of one face each, with their widths."""
    for face, run in fonts.runs(text, of.face):
        set_in = of if face is of.face else Type(face, of.size, of.leading, of.color)
        yield set_in, run, fonts.width(run, face, of.size)


def _word(pieces: Sequence[Piece], gap: float) -> _Word:
    return _Word(tuple(pieces), sum(p[2] for p in pieces), gap)


def _fitting(word: _Word, room: float) -> Iterator[_Word]:
    """The word itself, or the parts of one that no line can hold."""
    if word.width <= room:
        yield word
        return
    held: list[Piece] = []
    used, gap = 0.0, word.gap
    for of, text, _ in word.pieces:
        start = 0
        for at, char in enumerate(text):
            wide = fonts.width(char, of.face, of.size)
            if used + wide > room and (held or at > start):
                if at > start:
                    held.append(_piece(of, text[start:at]))
                yield _word(held, gap)
                held, used, gap, start = [], 0.0, 0.0, at
            used += wide
        held.append(_piece(of, text[start:]))
    yield _word(held, gap)


def _piece(of: Type, text: str) -> Piece:
    return of, text, fonts.width(text, of.face, of.size)


def _line(words: Sequence[_Word], used: float) -> Line:
    """Words joined, neighbours of one type merged, so that a line is few drawing operations."""
    merged: list[Piece] = []
    for at, word in enumerate(words):
        for first, (of, text, wide) in enumerate(word.pieces):
            gap = word.gap if at and not first else 0.0
            if not merged:
                merged.append((of, text, wide))
            elif merged[-1][0] is of or merged[-1][0] == of:
                last = merged[-1]
                merged[-1] = (of, last[1] + (" " if gap else "") + text, last[2] + gap + wide)
            else:
                if gap:
                    last = merged[-1]
                    merged[-1] = (last[0], last[1] + " ", last[2] + gap)
                merged.append((of, text, wide))
    return Line(tuple(merged), used)


def natural(spans: Iterable[Span]) -> tuple[float, float]:
    """(widest word, width unbroken): what a table column needs at least and would like."""
    widest = total = 0.0
    row = 0.0
    for word in _words(spans):
        if word is None:
            total, row = max(total, row), 0.0
            continue
        widest = max(widest, word.width)
        row += word.width + (word.gap if row else 0.0)
    return widest, max(total, row)


def clip(text: str, of: Type, room: float) -> str:
    """The text on one line, with an ellipsis where it does not fit into ``room`` points."""
    flat = _BLANKS.sub(" ", fonts.clean(text[:2000])).strip(" ")
    if one_line(flat, of) <= room:
        return flat
    low, high = 0, len(flat)
    while low < high:
        middle = (low + high + 1) // 2
        if one_line(flat[:middle] + "…", of) <= room:
            low = middle
        else:
            high = middle - 1
    return flat[:low].rstrip() + "…"


def one_line(text: str, of: Type) -> float:
    """The width of a text on one line, stand-in faces included."""
    return sum(p[2] for p in runs_in(text, of)) if text else 0.0
