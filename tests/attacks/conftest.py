"""A small company that has run its year, attacked from inside with real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from candor.app import demo, importing
from candor.app.demo import Player, Story
from candor.app.importing import FilePreview, Imported
from candor.app.vaults import VaultParts
from candor.clock import SteppingClock
from candor.exchange.bundle import Outgoing, Part, to_bytes
from candor.exchange.manifest import Purpose
from candor.exchange.outbox import next_place
from candor.keys.identity import Identity
from candor.records.events import Body, SignedEvent
from candor.vault.kdf import Kdf

CHEAP = Kdf(memory_kib=1024, passes=1, lanes=1)
PARTS = VaultParts(kdf=CHEAP, floor=CHEAP)

Forge = Callable[..., bytes]
Bring = Callable[[Player, bytes], tuple[FilePreview, Imported | None]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Five people, everything signed; each session stays open."""
    now = SteppingClock(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    out = tmp_path_factory.mktemp("attacked") / "demo"
    found, _ = demo.play(out, people=5, seed=1, now=now, say=lambda _line: None, parts=PARTS)
    yield found
    demo.close(found)


@pytest.fixture
def secretary(story: Story) -> Player:
    """Whose vault is attacked."""
    return story.secretary


@pytest.fixture
def insider(story: Story) -> Player:
    """An enrolled filer without any office that decides."""
    return next(
        p
        for p in story.players.values()
        if not {"secretary", "clo", "cfo", "ac_chair"} & set(p.session.offices)
    )


@pytest.fixture
def forge(story: Story) -> Forge:
    """Makes the next file from one player to another, with any content and under any key."""

    def made(
        sender: Player,
        to: Player,
        *,
        parts: tuple[Part, ...] = (),
        events: tuple[tuple[SignedEvent, Body | None], ...] = (),
        purpose: Purpose = Purpose.REPLY,
        identity: Identity | None = None,
    ) -> bytes:
        peer = to.session.vault.peer(sender.id)
        place = next_place(peer.received_seq, peer.received_digest)
        certificate = to.session.directory.current_certificate(to.id)
        assert certificate is not None
        outgoing = Outgoing(
            purpose=purpose,
            company=to.session.root.company,
            to=to.id,
            recipients=(certificate.age,),
            sequence=place.sequence,
            previous=place.previous,
            created_at=story.clock.now(),
            events=events,
            parts=parts,
        )
        return to_bytes(outgoing, identity or sender.session.identity)[0]

    return made


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Previews a file in a player's vault and imports it where that is offered."""

    def brought(player: Player, data: bytes) -> tuple[FilePreview, Imported | None]:
        path = tmp_path / "brought.candor"
        path.write_bytes(data)
        previews = importing.preview(player.session, [path])
        done = None
        if previews[0].verdict == "import":
            done = importing.import_files(player.session, previews)
        return previews[0], done

    return brought
