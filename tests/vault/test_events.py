"""Events: written once, as they were signed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from candor.keys.codes import new_id
from candor.records import chain
from candor.records.body import make_body
from candor.records.codec import RecordRefused
from candor.records.events import SignedEvent
from candor.vault.refusals import AppendOnly, BodyRefused
from candor.vault.store import Vault

from .conftest import RECEIVED, Author


def test_event_comes_back_as_the_exact_signed_bytes(
    vault: Vault, author: Author, reopen: Callable[[], Any]
) -> None:
    """Payload, signature and body, also after closing."""
    signed, body = author.write(new_id())
    assert vault.add_event(signed, body, received_at=RECEIVED)
    vault.close()
    with reopen() as again:
        assert list(again.events()) == [(signed, body)]
        assert again.event(chain.event_id(signed)) == (signed, body)
        assert again.received_at(chain.event_id(signed)) == RECEIVED


def test_same_event_again_changes_nothing(vault: Vault, author: Author) -> None:
    """A thousand times, alone or in a crowd."""
    signed, body = author.write(new_id())
    assert vault.add_event(signed, body, received_at=RECEIVED)
    assert not vault.add_event(signed, body, received_at="2030-01-01T00:00:00+00:00")
    assert vault.add_events([(signed, body)] * 1000, received_at=RECEIVED) == 0
    assert vault.event_count() == 1
    assert vault.received_at(chain.event_id(signed)) == RECEIVED
    assert vault.walk() == ()


def test_body_that_comes_later_is_taken_once(vault: Vault, author: Author) -> None:
    """The header may arrive first."""
    signed, body = author.write(new_id())
    assert vault.add_event(signed, None, received_at=RECEIVED)
    assert list(vault.events()) == [(signed, None)]
    assert not vault.add_event(signed, None, received_at=RECEIVED)
    assert vault.add_event(signed, body, received_at=RECEIVED)
    assert not vault.add_event(signed, body, received_at=RECEIVED)
    assert list(vault.events()) == [(signed, body)]


def test_header_and_body_may_come_in_one_crowd(vault: Vault, author: Author) -> None:
    """In any order, doubled."""
    signed, body = author.write(new_id())
    crowd = [(signed, None), (signed, body), (signed, None), (signed, body)]
    assert vault.add_events(crowd, received_at=RECEIVED) == 2
    assert list(vault.events()) == [(signed, body)]
    assert vault.walk() == ()


def test_body_that_was_not_signed_is_refused_and_nothing_is_stored(
    vault: Vault, author: Author
) -> None:
    """Not even the good events beside it."""
    good, signed = author.write(new_id()), author.write(new_id())[0]
    with pytest.raises(BodyRefused, match="not the content that was signed"):
        vault.add_events([good, (signed, make_body([("a", 1)]))], received_at=RECEIVED)
    assert list(vault.events()) == []
    assert vault.cases() == ()


def test_malformed_event_is_refused(vault: Vault, author: Author) -> None:
    """Whatever is not the one permitted form."""
    signed, body = author.write(new_id())
    for bad in (
        SignedEvent(signed.payload + b" ", signed.signature),
        SignedEvent(b"{}", signed.signature),
        SignedEvent(signed.payload, b""),
    ):
        with pytest.raises(RecordRefused):
            vault.add_event(bad, body, received_at=RECEIVED)
    assert vault.event_count() == 0


def test_events_come_in_the_order_of_their_arrival(vault: Vault, author: Author) -> None:
    """All of them, or one case's."""
    one, two = new_id(), new_id()
    first = author.several(3, one) + author.several(3, two) + author.several(2, one)
    vault.add_events(first, received_at=RECEIVED)
    assert list(vault.events()) == first
    assert list(vault.events(one)) == first[:3] + first[6:]
    assert list(vault.events(new_id())) == []
    assert vault.cases() == tuple(sorted((one, two)))
    assert vault.event_ids() == {chain.event_id(signed) for signed, _ in first}


def test_events_added_while_reading_are_met(vault: Vault, author: Author) -> None:
    """Reading holds no lock, and pages follow one another."""
    case = new_id()
    vault.add_events(author.several(1200, case), received_at=RECEIVED)
    reading = vault.events()
    next(reading)
    late = author.several(1, case)
    vault.add_events(late, received_at=RECEIVED)
    assert list(reading)[-1:] == late
    assert sum(1 for _ in vault.events(case)) == 1201


def test_records_cannot_be_changed_or_removed(vault: Vault, author: Author) -> None:
    """The tables say no, whoever asks."""
    signed, body = author.write(new_id())
    vault.add_event(signed, body, received_at=RECEIVED)
    vault.add_blob(b"attached")
    for statement in (
        "UPDATE events SET seq = 9",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "UPDATE OR REPLACE events SET n = 7",
        "UPDATE bodies SET box = x''",
        "DELETE FROM bodies",
        "REPLACE INTO bodies SELECT * FROM bodies",
        "UPDATE blobs SET digest = ''",
        "DELETE FROM blobs",
        "REPLACE INTO blobs SELECT * FROM blobs",
        "DROP TRIGGER events_no_delete",
        "DROP TABLE events",
        "PRAGMA recursive_triggers=OFF",
        "PRAGMA writable_schema=ON",
    ):
        with pytest.raises(AppendOnly, match="kept for ever"), vault.transaction():
            vault._database.run(statement)
    assert list(vault.events()) == [(signed, body)]
    assert vault.walk() == ()


def test_erased_body_is_gone_and_the_chain_still_holds(
    vault: Vault, author: Author, folder: Path
) -> None:
    """It does not come back with the next import either."""
    case = new_id()
    events = author.several(3, case)
    vault.add_events(events, received_at=RECEIVED)
    signed, body = events[1]
    assert vault.erase_body(chain.event_id(signed))
    assert not vault.erase_body(chain.event_id(signed))
    assert not vault.erase_body("0" * 64)
    assert not vault.add_event(signed, body, received_at=RECEIVED)
    assert list(vault.events()) == [events[0], (signed, None), events[2]]
    assert vault.walk(public_key=author.public_key) == ()
    assert (folder / "vault.db-wal").stat().st_size == 0


def test_version_of_events_grows_with_each_change_of_what_a_fold_would_see(
    vault: Vault, author: Author
) -> None:
    """And with nothing else, so that a projection knows when it is stale."""
    signed, body = author.write(new_id())
    seen = [vault.events_version()]
    vault.add_event(signed, None, received_at=RECEIVED)
    seen.append(vault.events_version())
    vault.add_event(signed, body, received_at=RECEIVED)
    seen.append(vault.events_version())
    vault.erase_body(chain.event_id(signed))
    seen.append(vault.events_version())
    assert seen == sorted(set(seen))
    vault.add_event(signed, body, received_at=RECEIVED)
    vault.save_draft("d", b"x")
    vault.set_setting("s", "x")
    assert vault.events_version() == seen[-1]


def test_projections_are_dropped_and_worked_out_again_alike(vault: Vault, author: Author) -> None:
    """They are never the only copy of anything."""
    vault.add_events(author.several(20), received_at=RECEIVED)

    def work_out() -> bytes:
        told = [
            (chain.event_id(s), b.value("answer/1.01") if b else None) for s, b in vault.events()
        ]
        return msgspec.json.encode(sorted(told))

    vault.set_projection("answers", work_out())
    kept = vault.projection("answers")
    vault.drop_projections()
    assert vault.projection("answers") is None
    vault.set_projection("answers", work_out())
    assert vault.projection("answers") == kept
