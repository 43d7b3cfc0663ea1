"""``candor packet`` and ``sign``."""

from __future__ import annotations

import argparse
from typing import Any

from candor.app import board_book, campaigns
from candor.app.board_book import PacketKind, PacketView
from candor.app.session import Session
from candor.app.vaults import open_vault
from candor.cli import terminal
from candor.cli.vault_commands import opened
from candor.clock import SystemClock
from candor.errors import CandorError


def add_packet(subs: Any, name: str) -> None:
    """``candor packet``."""
    packet = terminal.command(
        subs,
        name,
        run_packet,
        "list the packets; compile one or save one as PDF",
        "Only the Secretary's vault can compile one, for the newest campaign.",
    )
    packet.add_argument("vault", type=terminal.path, help=terminal.VAULT)
    packet.add_argument(
        "--compile",
        choices=[kind.value for kind in PacketKind],
        dest="kind",
        help="the committee's packet, or the supplement on those who sign it",
    )
    packet.add_argument(
        "--save",
        type=terminal.path,
        metavar="FILE",
        help="save the newest packet as a PDF, never over a file that is there",
    )
    terminal.add_passphrase(packet)
    terminal.add_json(packet)


def add_sign(subs: Any, name: str) -> None:
    """``candor sign``."""
    sign = terminal.command(
        subs,
        name,
        run_sign,
        "sign the packet that waits for you",
        "Read it first: `candor packet --save` gives you its pages.",
    )
    sign.add_argument("vault", type=terminal.path, help=terminal.VAULT)
    sign.add_argument("--name", help="your full name, as you sign")
    sign.add_argument("--packet", metavar="ID", help="which, if several wait for you")
    terminal.add_passphrase(sign)
    terminal.add_json(sign)


def run_packet(parsed: argparse.Namespace) -> int:
    """Compile where asked, save where asked, then list."""
    if parsed.save is not None:
        terminal.need_free(parsed.save)
    session = opened(parsed)
    try:
        if parsed.kind:
            newest = campaigns.campaigns(session)
            if not newest:
                raise CandorError("There is no campaign yet.", hint="Open one in the window.")
            kind = PacketKind(parsed.kind)
            board_book.compile_packet(session, newest[0].id, kind, terminal.progress())
        found = board_book.packets(session)
        if parsed.save is not None:
            if not found:
                raise CandorError("There is no packet yet.", hint="Compile one first.")
            board_book.save_packet(session, found[0].id, parsed.save)
    finally:
        session.close()
    return terminal.report(parsed, {"packets": [_row(p) for p in found]}, lambda: _say(found))


def _row(packet: PacketView) -> dict[str, Any]:
    return {
        "id": packet.id,
        "kind": packet.kind.value,
        "title": packet.title,
        "version": packet.version,
        "pages": packet.pages,
        "state": packet.state_text,
        "waits_for_you": packet.mine_next,
    }


def _say(found: tuple[PacketView, ...]) -> None:
    for packet in found:
        terminal.say(f"{packet.title}, {packet.pages} pages: {packet.state_text} ({packet.id})")
    if not found:
        terminal.say("There is no packet yet.")


def run_sign(parsed: argparse.Namespace) -> int:
    """Sign the one packet that waits for the owner."""
    secret = terminal.passphrase(parsed)
    session = open_vault(parsed.vault, secret, SystemClock())
    try:
        packet = _waiting(session, parsed.packet)
        name = terminal.ask("Your full name", parsed.name, "--name")
        board_book.sign_packet(session, packet.id, name, secret, terminal.progress())
        found = next(p for p in board_book.packets(session) if p.id == packet.id)
    finally:
        session.close()
    return terminal.report(
        parsed, _row(found), lambda: terminal.say(f"Signed. {found.state_text}.")
    )


def _waiting(session: Session, wanted: str | None) -> PacketView:
    mine = [p for p in board_book.packets(session) if p.mine_next]
    if wanted is not None:
        mine = [p for p in mine if p.id == wanted]
    if not mine:
        raise CandorError("No packet waits for your signature.", hint="Import its file first.")
    if len(mine) > 1:
        ids = ", ".join(p.id for p in mine)
        raise CandorError("Several packets wait for you.", hint=f"Name one with --packet: {ids}.")
    return mine[0]
