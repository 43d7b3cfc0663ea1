"""Damage, splices and older states: refused, or found, never shown as if all were well."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from candor.errors import Cancelled
from candor.keys.codes import new_id
from candor.vault.refusals import VaultDamaged
from candor.vault.store import Vault

from .conftest import PASSPHRASE, RECEIVED, Author, create, unlock

PAGE = 4096


def fill(vault: Vault, author: Author, rounds: int = 12) -> None:
    """Something in every table."""
    for number in range(rounds):
        vault.add_events(author.several(8), received_at=RECEIVED)
        vault.put_document("k", f"{number}", bytes([number]) * 3000, {"n": number})
        vault.add_blob(bytes([number]) * 6000)
        vault.save_draft("form", b"%d" % number * 100)
        vault.note_sent(f"p{number}", number + 1, "d")
        vault.set_setting(f"s{number}", "x")


def alarmed(folder: Path) -> str:
    """How the vault shows that something is wrong; '' if it shows nothing."""
    try:
        with unlock(folder, PASSPHRASE) as vault:
            if vault.rollback_suspected:
                return "rollback"
            return "walk" if vault.walk() else ""
    except VaultDamaged:
        return "damaged"


def everything(folder: Path) -> list[object]:
    """All rows of all tables, however they are reached."""
    tables = (
        "events",
        "bodies",
        "blobs",
        "content_keys",
        "documents",
        "settings",
        "peers",
        "heads",
    )
    with unlock(folder, PASSPHRASE) as vault:
        queries = [f"SELECT * FROM {table} ORDER BY 1, 2" for table in tables]  # noqa: S608 -- ours
        rows = [vault._database.rows(query) for query in queries]
        by_case = [list(vault.events(case)) for case in vault.cases()]
        return [rows, by_case, [vault.has_event(row[1]) for row in rows[0]]]


@pytest.fixture
def filled(folder: Path, author: Author) -> Path:
    """A closed vault with something in every table."""
    vault, _ = create(folder)
    fill(vault, author)
    vault.close()
    return folder


def test_bit_flipped_in_any_page_is_detected(filled: Path) -> None:
    """At opening or by the walk, at a random place of each page."""
    path = filled / "vault.db"
    whole = path.read_bytes()
    chance = random.Random(7)  # noqa: S311 -- the same places in every run
    assert len(whole) > 50 * PAGE
    for start in range(0, len(whole), PAGE):
        changed = bytearray(whole)
        changed[start + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        assert alarmed(filled), f"page {start // PAGE + 1}"
    path.write_bytes(whole)
    assert alarmed(filled) == ""


def test_damaged_page_is_a_sentence_and_the_rest_can_be_read(filled: Path) -> None:
    """Never a raw database error."""
    path = filled / "vault.db"
    whole = bytearray(path.read_bytes())
    refusals: list[VaultDamaged] = []
    for start in range(PAGE, len(whole), PAGE):
        path.write_bytes(bytes(whole[:start]) + bytes(PAGE) + bytes(whole[start + PAGE :]))
        try:
            with unlock(filled, PASSPHRASE) as vault:
                list(vault.events())
                for number in range(12):
                    vault.document("k", f"{number}")
        except VaultDamaged as error:
            refusals.append(error)
    assert len(refusals) > 10
    assert all("damaged" in error.message or "older" in error.message for error in refusals)
    assert all("backup" in error.hint for error in refusals)


def test_truncated_database_is_refused(filled: Path) -> None:
    """At any length, down to nothing."""
    path = filled / "vault.db"
    whole = path.read_bytes()
    for length in (0, 1, 15, 100, PAGE - 1, PAGE, 5 * PAGE + 7, len(whole) - PAGE, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert alarmed(filled), f"length {length}"


def test_missing_database_is_refused_and_not_made_anew(filled: Path) -> None:
    """An empty vault in place of a full one would be the worst answer."""
    (filled / "vault.db").unlink()
    with pytest.raises(VaultDamaged, match="missing"):
        unlock(filled, PASSPHRASE)
    assert not (filled / "vault.db").exists()


def test_unencrypted_database_is_refused(filled: Path) -> None:
    """Somebody's plain SQLite file in its place."""
    path = filled / "vault.db"
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE events (n)")
    plain.commit()
    plain.close()
    with pytest.raises(VaultDamaged, match="not encrypted"):
        unlock(filled, PASSPHRASE)


def test_old_page_spliced_in_is_detected(folder: Path, author: Author) -> None:
    """SQLCipher accepts it; the walk does not, unless the page holds nothing any more."""
    vault, _ = create(folder)
    fill(vault, author)
    vault.close()
    path = folder / "vault.db"
    old = path.read_bytes()
    vault = unlock(folder, PASSPHRASE)
    case = new_id()
    vault.add_events(author.several(6, case), received_at=RECEIVED)
    vault.put_document("k", "3", b"changed", {})
    vault.set_setting("s3", "changed")
    vault.note_sent("p3", 99, "other")
    vault.erase_blob(vault.add_blob(b"to be erased"))
    vault.close()
    new = path.read_bytes()
    changed = [
        start
        for start in range(PAGE, len(old), PAGE)
        if old[start : start + PAGE] != new[start : start + PAGE]
    ]
    told = everything(folder)
    unnoticed = []
    for start in changed:
        path.write_bytes(new[:start] + old[start : start + PAGE] + new[start + PAGE :])
        if not alarmed(folder):
            assert everything(folder) == told, f"page {start // PAGE + 1}"
            unnoticed.append(start)
    assert len(changed) > 10
    assert len(unnoticed) < 4
    path.write_bytes(new)
    assert alarmed(folder) == ""


def test_whole_older_database_raises_the_rollback_alarm(folder: Path, author: Author) -> None:
    """The counter beside it has seen more; the alarm stays until someone settles it."""
    vault, _ = create(folder)
    fill(vault, author, 2)
    vault.close()
    old = (folder / "vault.db").read_bytes()
    vault = unlock(folder, PASSPHRASE)
    vault.save_draft("form", b"newer")
    vault.close()
    (folder / "vault.db").write_bytes(old)
    with unlock(folder, PASSPHRASE) as vault:
        assert vault.rollback_suspected
        vault.save_draft("other", b"x")
    with unlock(folder, PASSPHRASE) as vault:
        assert vault.rollback_suspected
        vault.accept_older_state()
        assert not vault.rollback_suspected
    with unlock(folder, PASSPHRASE) as vault:
        assert not vault.rollback_suspected
        assert vault.walk() == ()


def test_lost_log_of_recent_changes_raises_the_alarm(folder: Path, author: Author) -> None:
    """A write-ahead log that vanished after a crash is not silently done without."""
    vault, _ = create(folder)
    fill(vault, author, 2)
    crashed = folder.parent / "crashed"
    shutil.copytree(folder, crashed)
    vault.close()
    (crashed / "vault.db-wal").unlink()
    assert alarmed(crashed) in {"rollback", "damaged"}


def test_older_log_of_changes_raises_the_alarm(folder: Path, author: Author) -> None:
    """Nor one that belongs to an earlier moment."""
    vault, _ = create(folder)
    fill(vault, author, 1)
    stale = (folder / "vault.db-wal").read_bytes()
    fill(vault, author, 1)
    crashed = folder.parent / "crashed"
    shutil.copytree(folder, crashed)
    vault.close()
    (crashed / "vault.db-wal").write_bytes(stale)
    assert alarmed(crashed) == "rollback"


def test_older_header_raises_the_alarm(folder: Path) -> None:
    """An old vault.json would bring an old passphrase back."""
    vault, _ = create(folder)
    old = (folder / "vault.json").read_bytes()
    vault.change_passphrase(PASSPHRASE, "new one")
    vault.close()
    (folder / "vault.json").write_bytes(old)
    with unlock(folder, PASSPHRASE) as vault:
        assert vault.rollback_suspected


def test_peer_who_knows_more_than_the_vault_raises_the_alarm(vault: Vault) -> None:
    """They hold a file that this vault does not know to have written."""
    vault.note_sent("ada", 3, "digest")
    assert vault.note_acknowledged("ada", 2, "whatever")
    assert vault.note_acknowledged("ada", 3, "digest")
    assert not vault.rollback_suspected
    assert not vault.note_acknowledged("ada", 4, "later")
    assert vault.rollback_suspected
    vault.accept_older_state()
    assert not vault.note_acknowledged("ada", 3, "another digest")
    assert vault.rollback_suspected


def test_lost_or_broken_counter_file_is_no_alarm_and_is_made_anew(filled: Path) -> None:
    """It proves a rollback; its absence proves nothing."""
    for content in (None, b"", b"\xff" * 40, b"\xff" * 400):
        (filled / "vault.anchor").unlink()
        if content is not None:
            (filled / "vault.anchor").write_bytes(content)
        assert alarmed(filled) == ""


def test_record_changed_under_its_number_is_found_by_the_walk(vault: Vault, author: Author) -> None:
    """Whoever holds the key can change rows; the signatures still tell."""
    events = author.several(4)
    vault.add_events(events, received_at=RECEIVED)
    other = Author()
    forged, _ = other.write(new_id())
    with vault._database.migrating(), vault.transaction():
        vault._database.run("DROP TRIGGER events_no_update")
        vault._database.run("UPDATE events SET signature = ? WHERE n = 2", (bytes(64),))
        vault._database.run("UPDATE events SET payload = ? WHERE n = 3", (forged.payload,))
    kinds = {finding.kind for finding in vault.walk(public_key=author.public_key)}
    assert kinds >= {"signature", "event", "ledger"}
    case = vault.cases()[0]
    assert {f.kind for f in vault.verify_case(case, author.public_key)} >= {"signature", "event"}


def test_vault_without_its_guards_is_refused(folder: Path) -> None:
    """Triggers that were dropped are missed."""
    vault, _ = create(folder)
    with vault._database.migrating(), vault.transaction():
        vault._database.run("DROP TRIGGER bodies_no_delete")
    vault.close()
    with pytest.raises(VaultDamaged, match="guards"):
        unlock(folder, PASSPHRASE)


def test_case_is_verified_alone(vault: Vault, author: Author) -> None:
    """Before something is signed on it; removed events are missed."""
    case, other = new_id(), new_id()
    vault.add_events(author.several(3, case), received_at=RECEIVED)
    vault.add_events(author.several(3, other), received_at=RECEIVED)
    assert vault.verify_case(case, author.public_key) == ()
    with vault._database.migrating(), vault.transaction():
        vault._database.run("DROP TRIGGER events_no_delete")
        vault._database.run("DELETE FROM events WHERE n = 2")
    assert [f.kind for f in vault.verify_case(case)] == ["ledger"]
    assert vault.verify_case(other) == ()


def test_walk_says_how_far_it_is_and_can_be_stopped(vault: Vault, author: Author) -> None:
    """It runs in the background of a window."""
    vault.add_events(author.several(600), received_at=RECEIVED)
    told: list[tuple[str, int, int]] = []
    assert vault.walk(lambda *step: told.append(step)) == ()
    assert ("Checking records", 256, 600) in told

    def stop(*_: object) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        vault.walk(stop)
    assert vault.walk() == ()
