"""Documents, drafts, secrets, settings, peers and attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from candor.vault.shelf import PeerState
from candor.vault.store import Vault

from .conftest import NOON


def test_documents_are_kept_replaced_listed_and_removed(
    vault: Vault, reopen: Callable[[], Any]
) -> None:
    """Each by kind and key."""
    vault.put_document("packet", "b", b"%PDF old", {"pages": 1})
    vault.put_document("packet", "b", b"%PDF new", {"pages": 2, "title": "Élan"})
    vault.put_document("packet", "a", b"", {})
    vault.put_document("form", "b", b"toml", {})
    vault.close()
    with reopen() as again:
        found = again.document("packet", "b")
        assert found is not None
        assert (found.data, found.meta) == (b"%PDF new", {"pages": 2, "title": "Élan"})
        assert found.saved_at.startswith(f"{NOON:%Y-%m-%d}")
        assert [(d.key, d.data, d.meta) for d in again.documents("packet")] == [
            ("a", b"", {}),
            ("b", b"", {"pages": 2, "title": "Élan"}),
        ]
        assert again.delete_document("packet", "b")
        assert not again.delete_document("packet", "b")
        assert again.document("packet", "b") is None
        assert again.document("form", "b") is not None
        assert again.walk() == ()


def test_replaced_document_leaves_no_key_behind(vault: Vault) -> None:
    """What was thrown away cannot be opened again."""
    for number in range(5):
        vault.put_document("k", "x", b"%d" % number, {})
    assert vault._database.one("SELECT count(*) FROM content_keys") == (1,)


def test_drafts_survive_and_are_discarded(vault: Vault, reopen: Callable[[], Any]) -> None:
    """Autosave, as the form screen uses it."""
    vault.save_draft("annual/2027", b"one")
    vault.save_draft("annual/2027", b"two")
    vault.save_draft("other", b"x")
    vault.close()
    with reopen() as again:
        assert again.draft("annual/2027") == b"two"
        assert [draft.key for draft in again.drafts()] == ["annual/2027", "other"]
        assert again.discard_draft("other")
        assert not again.discard_draft("other")
        assert again.draft("other") is None
        assert again.documents("packet") == ()


def test_secrets_and_settings_survive(vault: Vault, reopen: Callable[[], Any]) -> None:
    """With defaults for what was never set."""
    vault.set_secret("identity", b"\x00\xff")
    vault.set_setting("paper", "A4")
    vault.set_setting("paper", "Letter")
    vault.set_setting("paper", "Letter")
    vault.close()
    with reopen() as again:
        assert again.secret("identity") == b"\x00\xff"
        assert again.secret("none") is None
        assert again.setting("paper", "A4") == "Letter"
        assert again.setting("none", "default") == "default"
        assert again.walk() == ()


def test_peers_remember_both_directions(vault: Vault, reopen: Callable[[], Any]) -> None:
    """Sequence and digest, per person."""
    assert vault.peer("ada") == PeerState()
    vault.note_sent("ada", 1, "d1")
    vault.note_sent("ada", 2, "d2")
    vault.note_received("ada", 5, "r5")
    vault.note_received("bo", 1, "r1")
    vault.close()
    with reopen() as again:
        assert again.peer("ada") == PeerState(2, "d2", 5, "r5")
        assert again.peers() == {
            "ada": PeerState(2, "d2", 5, "r5"),
            "bo": PeerState(0, "", 1, "r1"),
        }
        assert again.walk() == ()


def test_attachments_are_found_by_their_digest_and_stored_once(vault: Vault) -> None:
    """Erased ones do not come back."""
    data = bytes(range(256)) * 1000
    digest = vault.add_blob(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert vault.add_blob(data) == digest
    assert vault.blob(digest) == data
    assert vault.blob("0" * 64) is None
    assert vault.erase_blob(digest)
    assert not vault.erase_blob(digest)
    vault.add_blob(data)
    assert vault.has_blob(digest)
    assert vault.blob(digest) is None
    assert vault.walk() == ()
