"""Composing, signing and verifying in a worker: plain values in, plain values out."""

from __future__ import annotations

from datetime import datetime

from candor.app.jobs import job
from candor.clock import Tick, no_tick
from candor.packet import compose as composing
from candor.packet import sign as signing
from candor.packet import verify as verifying
from candor.packet.content import Composed, FieldSpec, FilingContent, PacketContent
from candor.packet.signer import PdfSigner
from candor.packet.trust import Trust
from candor.packet.verify_lines import Verdict


@job
def compose_packet(content: PacketContent, evidence: bytes, *, tick: Tick = no_tick) -> Composed:
    """Revision 0 of a packet. Raises CandorError naming what does not fit."""
    return composing.compose(content, evidence, tick)


@job
def packet_problems(content: PacketContent, *, tick: Tick = no_tick) -> tuple[str, ...]:
    """What would keep a packet from being composed, in words."""
    tick("Look for problems", 1, 1)
    return composing.problems(content)


@job
def compose_filing(content: FilingContent, *, tick: Tick = no_tick) -> bytes:
    """The signer's own print of a filing."""
    return composing.compose_filing(content, tick).pdf


@job
def sign_pdf(
    pdf: bytes,
    field: FieldSpec,
    signer: PdfSigner,
    at: datetime,
    certify: bool,
    *,
    tick: Tick = no_tick,
) -> bytes:
    """Put one signature into its field; the first certifies, the last locks."""
    tick("Sign", 1, 1)
    sign = signing.certify if certify else signing.approve
    return sign(pdf, field, signer, at)


@job
def verify_pdf(pdf: bytes, trust: Trust, at: datetime, *, tick: Tick = no_tick) -> Verdict:
    """Verify a packet to a verdict of six lines."""
    tick("Verify", 1, 1)
    return verifying.verify(pdf, trust, at)
