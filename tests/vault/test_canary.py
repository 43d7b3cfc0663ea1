"""No plaintext of an answer anywhere on the disk: folder, write-ahead log, temporary files."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from candor.keys.codes import new_id
from candor.vault.opening import subkey
from candor.vault.store import Vault

from .conftest import CHEAP, PASSPHRASE, RECEIVED, Author, create, unlock

CANARY = "Kanarienvogel-4711-Ünïcode-flies"


def disguises(text: str) -> Iterator[bytes]:
    """The text in every dress in which it could lie about."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        data = text.encode(encoding)
        yield data
        yield data.hex().encode()
        yield data.hex().upper().encode()
        for shift in range(3):  # base64 at each alignment, without its ragged ends
            yield base64.b64encode(bytes(shift) + data)[4:-4]
            yield base64.urlsafe_b64encode(bytes(shift) + data)[4:-4]


def search(*places: Path) -> list[str]:
    """The files that hold the canary in any dress."""
    found = []
    for place in places:
        for path in place.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                found += [f"{path.name}: {d[:16]!r}" for d in disguises(CANARY) if d in data]
    return found


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setenv("SQLITE_TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_search_finds_each_disguise(tmp_path: Path) -> None:
    """The search itself works, or its silence would prove nothing."""
    for number, dress in enumerate(disguises(CANARY)):
        (tmp_path / f"{number}").write_bytes(b"before" + dress + b"after")
    assert {line.split(":")[0] for line in search(tmp_path)} == {
        f"{number}" for number in range(len(list(disguises(CANARY))))
    }


def test_no_plaintext_lies_on_the_disk_while_the_vault_is_used(
    folder: Path, temporary: Path, author: Author
) -> None:
    """At each step, with everything still in the write-ahead log, and after closing."""
    vault, code = create(folder)
    case = new_id()
    for number in range(30):
        vault.add_event(*author.write(case, f"{CANARY} {number}"), received_at=RECEIVED)
    vault.save_draft(CANARY, CANARY.encode() * 100)
    vault.put_document(CANARY, CANARY, CANARY.encode("utf-16"), {CANARY: CANARY})
    vault.put_document(
        "k", "b64", base64.b64encode(CANARY.encode()), {"hex": CANARY.encode().hex()}
    )
    vault.set_secret(CANARY, CANARY.encode())
    vault.set_setting(CANARY, CANARY)
    vault.note_sent(CANARY, 1, CANARY)
    vault.set_projection(CANARY, CANARY.encode())
    vault.add_blob(CANARY.encode() * 5000)
    # a sort larger than any cache would spill into a temporary file, were it allowed to
    vault._database.rows("SELECT payload FROM events ORDER BY hex(payload) || signature")
    assert (folder / "vault.db-wal").stat().st_size > 100_000
    assert search(folder, temporary) == []
    sink = io.BytesIO()
    vault.backup(sink)
    assert not [d for d in disguises(CANARY) if d in sink.getvalue()]
    vault.change_passphrase(PASSPHRASE, CANARY)
    assert vault.walk() == ()
    assert search(folder, temporary) == []
    vault.close()
    assert search(folder, temporary) == []
    with Vault.unlock_with_recovery(folder, code, floor=CHEAP) as again:
        assert len(list(again.events())) == 30
        assert search(folder, temporary) == []
    with unlock(folder, CANARY):
        assert search(folder, temporary) == []


def test_key_material_lies_nowhere_on_the_disk(folder: Path, temporary: Path) -> None:
    """Neither the vault key nor what is derived from it, as bytes or hex."""
    vault, code = create(folder)
    vault.save_draft("d", b"x")

    keys = [
        vault._key,
        *(subkey(vault._key, u) for u in ("sqlcipher", "header", "ledger", "anchor")),
    ]
    for path in (*folder.iterdir(), *temporary.iterdir()):
        data = path.read_bytes()
        assert not any(key in data or key.hex().encode() in data for key in keys)
        assert code.encode() not in data
        assert PASSPHRASE.encode() not in data
    vault.close()
