"""A sealed part is opaque to its courier: it must neither block nor smuggle."""

from __future__ import annotations

from tests.attacks.conftest import Bring, Forge

from candor.app import outbox, sent
from candor.app.demo import Player, Story
from candor.exchange.bundle import Part
from candor.exchange.manifest import BlobKind, Purpose
from candor.keys.identity import Identity


def relay(inner: bytes, to: Player) -> Part:
    framed = len(inner).to_bytes(4, "big") + inner
    return Part(BlobKind.RELAY, framed.ljust(73_760, b"\0"), to.id)


def test_a_sealed_part_that_is_junk_does_not_keep_the_rest_of_its_file_out(
    secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    _, done = bring(secretary, forge(insider, secretary, parts=(relay(b"junk", secretary),)))
    assert done is not None
    assert "1 sealed part inside could not be relied on" in done.text


def test_junk_that_an_insider_seals_for_the_clo_does_not_block_the_secretarys_file(
    story: Story, secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    clo = story.office("clo")
    bring(secretary, forge(insider, secretary, parts=(relay(b"junk " * 9, clo),)))
    item = next(
        i for i in outbox.outbox(secretary.session) if i.recipient == clo.id and i.state == "ready"
    )
    _, done = bring(clo, outbox.file_of(secretary.session, item.id).data)
    assert done is not None
    assert done.files == 1


def test_a_strangers_sealed_part_in_anothers_name_changes_nothing_known_of_that_person(
    story: Story, secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    clo = story.office("clo")
    session = secretary.session
    case = next(c for c in session.state.cases.values() if c.subject == insider.id)
    mine = tuple(session.vault.events(case.id))
    before = sent.sent_to(session, clo.id), session.vault.peer(clo.id)
    inner = forge(
        clo, secretary, events=mine, purpose=Purpose.SEALED, identity=Identity.new(clo.id)
    )
    bring(secretary, forge(insider, secretary, parts=(relay(inner, secretary),)))
    assert (sent.sent_to(session, clo.id), session.vault.peer(clo.id)) == before


def test_a_sealed_part_of_another_purpose_stays_out(
    secretary: Player, insider: Player, forge: Forge, bring: Bring
) -> None:
    packet = Part(BlobKind.PACKET, b"%PDF-1.7 forged", "abcdefghijklmnopqrstuvwxyz")
    inner = forge(insider, secretary, parts=(packet,), purpose=Purpose.PACKET_SIGNED)
    _, done = bring(secretary, forge(insider, secretary, parts=(relay(inner, secretary),)))
    assert done is not None
    assert "could not be relied on" in done.text
