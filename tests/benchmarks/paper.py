"""Packets of a campaign that was really played: pages per second, memory, signing, verifying."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyhanko_alone
from a_vault import PARTS, START
from measuring import Measured, beside, in_a_child, memory_mib
from reportlab.pdfgen.canvas import Canvas

from candor.app import board_book, campaigns, demo, packet_content
from candor.clock import SteppingClock
from candor.packet.compose import compose
from candor.packet.content import PacketContent, PacketKind
from candor.packet.surface import Surface

PEOPLE = 62
"""Their packet has a little over 1,000 pages."""


def run(folder: Path) -> Iterator[Measured]:
    """A packet of about 1,000 pages: composed, signed, verified."""
    story, verdicts = demo.play(
        folder / "demo",
        people=PEOPLE,
        seed=1,
        now=SteppingClock(START),
        say=lambda _line: None,
        parts=PARTS,
    )
    assert not any(verdict.exit_code for verdict in verdicts)
    session = story.secretary.session
    view = campaigns.campaign(session, story.campaign)
    content = packet_content.build(session, view, PacketKind.PACKET, 2, specimen=True)
    yield from _composing(content, folder)
    packet = board_book.compile_packet(session, story.campaign, PacketKind.PACKET)
    unsigned = board_book.packet_pdf(session, packet)
    complete = (story.out / "packet.pdf").read_bytes()
    yield from pyhanko_alone.run(session, unsigned, complete, START)
    demo.close(story)


def _composing(content: PacketContent, folder: Path) -> Iterator[Measured]:
    drawn = Drawn.of(content)
    alone, candor = beside(drawn.again, lambda: compose(content, b"{}"))
    pages = len(drawn.pages)
    yield Measured(
        "packet pages per second, part of ReportLab drawing them",
        alone / candor,
        "",
        0.7,
        at_most=False,
        note=f"{pages:,} pages: {pages / candor:.0f} a second, laid out, linked and packed; "
        f"ReportLab alone, told where each word stands, {pages / alone:.0f}",
    )
    saved = folder / "content.pickle"
    saved.write_bytes(pickle.dumps(content))
    yield Measured("memory for that packet", in_a_child(memory_of_composing, saved), "MiB", 400)


def memory_of_composing(saved: Path) -> float:
    """The most memory, in MiB, that a fresh process holds while it composes."""
    content: PacketContent = pickle.loads(saved.read_bytes())  # noqa: S301 -- written a moment ago
    compose(content, b"{}")
    return memory_mib()


Act = Callable[[Canvas], None]


@dataclass
class Drawn:
    """What a packet's pages show, to be drawn once more by ReportLab with nothing to decide."""

    size: tuple[float, float] = (0.0, 0.0)
    pages: dict[int, list[Act]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: PacketContent) -> Drawn:
        """Compose once, listening to what is drawn where."""
        found = cls()
        pieces, line, box = Surface.pieces, Surface.line, Surface.box

        def on(surface: Surface, act: Act) -> None:
            found.size = surface.size
            found.pages.setdefault(surface.canvas.getPageNumber(), []).append(act)

        def words(surface: Surface, x: float, y: float, parts: Any) -> None:
            on(surface, lambda canvas: _write(canvas, x, y, parts))
            pieces(surface, x, y, parts)

        def rule(surface: Surface, ends: Any, weight: float, grey: Any) -> None:
            on(surface, lambda canvas: _line(canvas, ends, weight, grey))
            line(surface, ends, weight, grey)

        def rect(surface: Surface, sides: Any, **how: Any) -> None:
            on(surface, lambda canvas: _box(canvas, sides, how.get("fill"), how.get("stroke")))
            box(surface, sides, **how)

        with (
            patch.object(Surface, "pieces", words),
            patch.object(Surface, "line", rule),
            patch.object(Surface, "box", rect),
        ):
            compose(content, b"{}")
        return found

    def again(self) -> bytes:
        """The same words, lines and boxes in the same places."""
        canvas = Canvas(io.BytesIO(), pagesize=self.size, pageCompression=1, invariant=1)
        for number in sorted(self.pages):
            for act in self.pages[number]:
                act(canvas)
            canvas.showPage()
        data: bytes = canvas.getpdfdata()
        return data


def _write(canvas: Canvas, x: float, y: float, parts: Any) -> None:
    for of, words, wide in parts:
        canvas.setFillColorRGB(*of.color)
        canvas.setFont(of.face.value, of.size)
        canvas.drawString(x, y, words)
        x += wide


def _line(canvas: Canvas, ends: Any, weight: float, grey: Any) -> None:
    canvas.setLineWidth(weight)
    canvas.setStrokeColorRGB(*grey)
    canvas.line(*ends)


def _box(canvas: Canvas, sides: Any, fill: Any, stroke: Any) -> None:
    left, bottom, right, top = sides
    if fill:
        canvas.setFillColorRGB(*fill)
    if stroke:
        canvas.setStrokeColorRGB(*stroke)
    canvas.rect(left, bottom, right - left, top - bottom, stroke=bool(stroke), fill=bool(fill))
