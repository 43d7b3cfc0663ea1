"""The visible signature: name, office, meaning, time and its source, drawn to fit its field.

The field's box is fixed by the certified file, and names have no longest one: the text is set
smaller until it fits, and only at the smallest size is it cut, with an ellipsis. Every character
comes from an embedded face; one that none prints stands as its code.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pikepdf

from candor.packet import fonts, style
from candor.packet.dates import day
from candor.packet.fonts import NBSP
from candor.packet.style import INK, MEDIUM, Type
from candor.packet.surface import Surface
from candor.packet.text import Line, Span, clip, lines, one_line

CLOCK = "by the signer’s own clock"
"""Where the time comes from: nobody else has witnessed it when the signature is made."""
_SCALES = tuple(step / 100 for step in range(100, 50, -4))
_SIDE, _EDGE = 6.0, 4.0
"""Space kept free at the sides, and at the top and bottom."""
_LONGEST = 400
"""Characters of one text that are laid out at most; no field holds as many."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the visible signature says."""

    name: str
    title: str
    meaning: str
    at: datetime
    certificate: str
    """The first eight hex digits of the certificate's SHA-256."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    type: Type
    before: float
    most: int
    """Lines kept at the smallest size."""


def drawn(signed: Signed, width: float, height: float) -> bytes:
    """A PDF of one page of that size (points) that holds the visible signature."""
    surface = Surface((width, height))
    room = max(width - 2 * _SIDE, 1.0)
    scale, laid = _fitted(_pieces(signed), room, height - 2 * _EDGE)
    _draw(surface, signed.name, scale, laid, width, height)
    surface.close_page(lambda _number, _total: None)
    return _packed(surface.pdf())


def when(at: datetime) -> str:
    """ "Wed 17 Feb 2027, 4:42:10 pm, UTC−5": the instant at its own offset."""
    hour = at.hour % 12 or 12
    half = "am" if at.hour < 12 else "pm"
    clock = NBSP.join((f"{hour}:{at.minute:02}:{at.second:02}", half))
    return f"{day(at.date())}, {clock}, {_offset(at)}"


def _offset(at: datetime) -> str:
    offset = at.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def printable(text: str) -> str:
    """The text with each character that no face prints written as its code, [U+05D0]."""
    clean = fonts.clean(text[:_LONGEST]).replace("\n", " ")
    return clean.translate({ord(c): fonts.as_code(c) for c in fonts.missing(clean)})


def _pieces(signed: Signed) -> tuple[_Piece, ...]:
    return (
        _Piece(printable(signed.name), style.EVIDENCE_BOLD, 0, 2),
        _Piece(printable(signed.title), style.EVIDENCE, 0, 2),
        _Piece(f"“{printable(signed.meaning)}”", style.SMALL, 2, 3),
        _Piece(f"Signed {when(signed.at)}, {CLOCK}", style.NOTE, 2, 4),
        _Piece(f"Certificate {signed.certificate}", style.NOTE, 0, 1),
    )


def _scaled(of: Type, scale: float) -> Type:
    return replace(of, size=of.size * scale, leading=of.leading * scale)


def _rule_room(scale: float) -> float:
    """The height of the written name and the rule under it."""
    return style.SIGNATURE.leading * scale + 4


Laid = list[tuple[_Piece, Type, Sequence[Line]]]


def _fitted(pieces: Sequence[_Piece], room: float, height: float) -> tuple[float, Laid]:
    """The largest scale at which everything fits; at the smallest one, lines are left out."""
    for scale in _SCALES:
        laid = _laid(pieces, room, scale)
        if _rule_room(scale) + _total(laid) <= height:
            return scale, laid
    return _SCALES[-1], _cut(_laid(pieces, room, _SCALES[-1]), room)


def _laid(pieces: Sequence[_Piece], room: float, scale: float) -> Laid:
    found: Laid = []
    for piece in pieces:
        of = _scaled(piece.type, scale)
        found.append((piece, of, lines((Span(piece.text, of),), room)))
    return found


def _total(laid: Laid) -> float:
    return sum(piece.before + of.leading * len(each) for piece, of, each in laid)


def _cut(laid: Laid, room: float) -> Laid:
    kept: Laid = []
    for piece, of, each in laid:
        short = list(each[: piece.most])
        if len(each) > piece.most:
            said = "".join(run for _, run, _ in short[-1].pieces)
            ended = clip(said.rstrip() + "… " + "x" * 200, of, room)
            short[-1] = lines((Span(ended, of),), room + 1)[0]
        kept.append((piece, of, short))
    return kept


def _draw(
    surface: Surface, name: str, scale: float, laid: Laid, width: float, height: float
) -> None:
    room = width - 2 * _SIDE
    written = _written(printable(name), _scaled(style.SIGNATURE, scale), room)
    top = height - _EDGE - style.SIGNATURE.leading * scale
    baseline = top + (style.SIGNATURE.leading - style.SIGNATURE.size) * scale
    surface.string(_SIDE, baseline, clip(printable(name), written, room), written)
    surface.line((_SIDE, top, width - _SIDE, top), MEDIUM, INK)
    top -= 4
    for piece, of, each in laid:
        top -= piece.before
        for line in each:
            if line.pieces:
                surface.pieces(_SIDE, top - of.size, line.pieces)
            top -= of.leading


def _written(name: str, of: Type, room: float) -> Type:
    """The type of the written name, smaller for a long one, but never below that of notes."""
    wide = one_line(name, of)
    if wide <= room:
        return of
    # a hair less than what would just fit, or rounding could still cut the last letter
    return _scaled(of, max(0.995 * room / wide, style.NOTE.size / of.size))


def _packed(pdf: bytes) -> bytes:
    """The same page with its streams packed: it is carried in the signed file for ever."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return out.getvalue()
