"""Packet files that others send: nothing junk may push the genuine one out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.attacks.conftest import Forge

from candor.app import board_book, importing, outbox
from candor.app.board_book import PacketView
from candor.app.demo import Player, Story
from candor.exchange.bundle import Part
from candor.exchange.manifest import BlobKind, Purpose


def newest(player: Player) -> PacketView:
    return board_book.packets(player.session)[0]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_junk_under_the_name_of_a_packet_does_not_push_the_genuine_file_out(
    story: Story,
    secretary: Player,
    insider: Player,
    forge: Forge,
    tmp_path: Path,
    names: tuple[str, str],
) -> None:
    """Both files lie in one folder, in either order, when the signer imports them."""
    chair = story.office("ac_chair")
    view = newest(chair)
    genuine = board_book.packet_pdf(chair.session, view.id)
    session = chair.session
    with session.batch():
        meta = session.vault.document("packet", view.id)
        assert meta is not None
        session.vault.delete_document("packet", view.id)
    assert view.id not in {v.id for v in board_book.packets(session)}
    sent_again = forge(
        secretary,
        chair,
        parts=(Part(BlobKind.PACKET, genuine, view.id),),
        purpose=Purpose.PACKET,
    )
    junk = forge(insider, chair, parts=(Part(BlobKind.PACKET, b"%PDF-1.7 junk", view.id),))
    (tmp_path / f"{names[0]}.candor").write_bytes(sent_again)
    (tmp_path / f"{names[1]}.candor").write_bytes(junk)
    previews = importing.preview(session, [tmp_path])
    assert {p.verdict for p in previews} == {"import"}
    importing.import_files(session, previews)
    assert board_book.packet_pdf(session, view.id) == genuine
    assert session.vault.documents(outbox.INCOMING_PACKET) == ()
