"""A second process with a vault: it works until it is killed, and says what it was promised.

Usage: ``child.py ROLE FOLDER``. Each printed line was printed after the vault had returned.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.vault.conftest import CHEAP, PASSPHRASE, RECEIVED, Author, unlock

from candor.keys.codes import new_id
from candor.records import chain


def say(text: str) -> None:
    """Tell the parent, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def commit(folder: Path) -> None:
    """Add events and save drafts one by one, for ever."""
    author, vault, case = Author(), unlock(folder, PASSPHRASE), new_id()
    number = 0
    while True:
        signed, body = author.write(case)
        vault.add_event(signed, body, received_at=RECEIVED)
        number += 1
        vault.save_draft("form", f"{number}".encode() * 500)
        say(f"{chain.event_id(signed)} {number}")


def bulk(folder: Path) -> None:
    """Import a hundred events at a time, each in one transaction."""
    author, vault = Author(), unlock(folder, PASSPHRASE)
    while True:
        events = author.several(100)
        say("importing")
        vault.add_events(events, received_at=RECEIVED)


def slots(folder: Path) -> None:
    """Change the passphrase to and fro, for ever."""
    vault = unlock(folder, PASSPHRASE)
    old, new = PASSPHRASE, "another"
    while True:
        vault.change_passphrase(old, new, kdf=CHEAP)
        old, new = new, old
        say("changed")


def backup(folder: Path) -> None:
    """Make backups, for ever."""
    vault = unlock(folder, PASSPHRASE)
    while True:
        say("copying")
        vault.backup(io.BytesIO())


def hold(folder: Path) -> None:
    """Keep the vault open."""
    vault = unlock(folder, PASSPHRASE)
    say("open")
    sys.stdin.read()
    vault.close()


def keyring(folder: Path) -> None:
    """Under a session bus of its own: switch keyring unlock on, use it, lose it, switch it off."""
    from candor.vault import keyring_slot
    from candor.vault.keyring_slot import Kept
    from candor.vault.refusals import KeyringRefused
    from candor.vault.store import Vault

    with unlock(folder, PASSPHRASE) as vault:
        vault.add_keyring_slot()
        vault.save_draft("d", b"kept")
        name = vault.vault_id
    with Vault.unlock_with_keyring(folder) as vault:
        say(f"opened {vault.draft('d')!r} {vault.rollback_suspected}")
    kept = keyring_slot.take(name)
    keyring_slot.put(name, Kept(kept.key, kept.counter + 5))
    with Vault.unlock_with_keyring(folder) as vault:
        say(f"counter ahead {vault.rollback_suspected}")
        vault.accept_older_state()
        say(f"accepted {vault.rollback_suspected}")
    with Vault.unlock_with_keyring(folder) as vault:
        say(f"later {vault.rollback_suspected}")
    keyring_slot.put(name, Kept(os.urandom(32), 0))
    for attempt in ("foreign", "lost"):
        try:
            Vault.unlock_with_keyring(folder)
        except KeyringRefused as error:
            say(f"{attempt}: {error.message}")
        keyring_slot.forget(name)
    with unlock(folder, PASSPHRASE) as vault:
        vault.remove_keyring_slot()
        say(f"slot {vault.has_keyring_slot} {vault.draft('d')!r}")


if __name__ == "__main__":
    roles = {f.__name__: f for f in (commit, bulk, slots, backup, hold, keyring)}
    roles[sys.argv[1]](Path(sys.argv[2]))
