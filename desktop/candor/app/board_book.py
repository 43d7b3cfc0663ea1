"""Packets: compile, hand round, sign one after another, keep the finished record.

The one door for front ends; the rooms behind it: `packets` (looking), `compiling`,
`packet_signing`, `packet_receiving`.
"""

from __future__ import annotations

from candor.app.compiling import (
    PacketProblem,
    PacketRefused,
    compile_packet,
    preview_packet,
    problems,
)
from candor.app.packet_receiving import receive
from candor.app.packet_signing import sign_packet, verdict_of
from candor.app.packets import (
    KINDS,
    PacketView,
    SignerRow,
    packet_pdf,
    packets,
    planned,
    save_packet,
)
from candor.packet.content import PacketKind

__all__ = [
    "KINDS",
    "PacketKind",
    "PacketProblem",
    "PacketRefused",
    "PacketView",
    "SignerRow",
    "compile_packet",
    "packet_pdf",
    "packets",
    "planned",
    "preview_packet",
    "problems",
    "receive",
    "save_packet",
    "sign_packet",
    "verdict_of",
]
