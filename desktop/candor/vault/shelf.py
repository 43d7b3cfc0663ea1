"""Small things: drafts, secrets, settings, what passed between peers, projections."""

from __future__ import annotations

import msgspec

from candor.vault.contents import Document, Documents
from candor.vault.ledger import PEERS, SETTINGS, Ledger
from candor.vault.room import Room

_DRAFT = "#draft"
_SECRET = "#secret"  # noqa: S105 -- the name of a kind of document


class PeerState(msgspec.Struct, frozen=True):
    """Exchange files between this vault and one person: last sequence and digest, both ways.

    Sequence 0 and digest '' mean that nothing passed yet.
    """

    sent_seq: int = 0
    sent_digest: str = ""
    received_seq: int = 0
    received_digest: str = ""


class Shelf(Documents):
    """Named values. Each setter is durable when it returns; each raises NotSaved."""

    def save_draft(self, key: str, data: bytes) -> None:
        """Keep an unsigned work (autosave): on the disk when this returns, else NotSaved."""
        self.put_document(_DRAFT, key, data, {})

    def draft(self, key: str) -> bytes | None:
        """The draft as last saved."""
        found = self.document(_DRAFT, key)
        return found.data if found else None

    def drafts(self) -> tuple[Document, ...]:
        """All drafts without their data: key and when they were saved."""
        return self.documents(_DRAFT)

    def discard_draft(self, key: str) -> bool:
        """Remove a draft. False if there was none."""
        return self.delete_document(_DRAFT, key)

    def secret(self, name: str) -> bytes | None:
        """A secret such as the person's keys."""
        found = self.document(_SECRET, name)
        return found.data if found else None

    def set_secret(self, name: str, data: bytes) -> None:
        """Keep a secret."""
        self.put_document(_SECRET, name, data, {})

    def setting(self, name: str, default: str = "") -> str:
        """A setting, or ``default``."""
        row = self._database.one("SELECT value FROM settings WHERE name = ?", (name,))
        return str(row[0]) if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self.transaction():
            old = self._database.one("SELECT value FROM settings WHERE name = ?", (name,))
            if old and old[0] == value:
                return
            if old:
                self._ledger.remove(SETTINGS, setting_mark(self._ledger, name, old[0]))
            self._ledger.add(SETTINGS, setting_mark(self._ledger, name, value))
            self._database.run(
                "INSERT INTO settings (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )


class Peers(Room):
    """What this vault last sent to and received from each person."""

    def peer(self, person: str) -> PeerState:
        """The state for one person; zeros if nothing passed yet."""
        row = self._database.one(
            "SELECT sent_seq, sent_digest, received_seq, received_digest FROM peers"
            " WHERE person = ?",
            (person,),
        )
        return PeerState(*row) if row else PeerState()

    def peers(self) -> dict[str, PeerState]:
        """The state for each person with whom something passed."""
        rows = self._database.rows(
            "SELECT person, sent_seq, sent_digest, received_seq, received_digest FROM peers"
        )
        return {row[0]: PeerState(*row[1:]) for row in rows}

    def note_sent(self, person: str, seq: int, digest: str) -> None:
        """Remember the last file written for a person. Raises NotSaved."""
        with self.transaction():
            old = self.peer(person)
            new = msgspec.structs.replace(old, sent_seq=seq, sent_digest=digest)
            self._keep_peer(person, old, new)

    def note_received(self, person: str, seq: int, digest: str) -> None:
        """Remember the last file taken in from a person. Raises NotSaved."""
        with self.transaction():
            old = self.peer(person)
            new = msgspec.structs.replace(old, received_seq=seq, received_digest=digest)
            self._keep_peer(person, old, new)

    def note_acknowledged(self, person: str, seq: int, digest: str) -> bool:
        """Compare what a person says was the last file from here; False raises the alarm.

        Then they hold a file that this vault does not know to have written: it went back in time.
        """
        mine = self.peer(person)
        known = seq < mine.sent_seq or (seq == mine.sent_seq and digest == mine.sent_digest)
        if not known:
            with self.transaction():
                self._ledger.note(alarm="peer")
        return known

    def _keep_peer(self, person: str, old: PeerState, new: PeerState) -> None:
        if old == new:
            return
        if old != PeerState():
            self._ledger.remove(PEERS, peer_mark(self._ledger, person, old))
        self._ledger.add(PEERS, peer_mark(self._ledger, person, new))
        values = msgspec.structs.astuple(new)
        self._database.run("INSERT OR REPLACE INTO peers VALUES (?, ?, ?, ?, ?)", (person, *values))


class Projections(Room):
    """Results worked out from events; never the only copy of anything."""

    def projection(self, name: str) -> bytes | None:
        """A stored result, or None: then work it out again from the events."""
        row = self._database.one("SELECT data FROM projections WHERE name = ?", (name,))
        return bytes(row[0]) if row else None

    def set_projection(self, name: str, data: bytes) -> None:
        """Store a result. Raises NotSaved."""
        with self.transaction():
            self._database.run("INSERT OR REPLACE INTO projections VALUES (?, ?)", (name, data))

    def drop_projections(self) -> None:
        """Forget all results."""
        with self.transaction():
            self._database.run("DELETE FROM projections")


def setting_mark(ledger: Ledger, name: str, value: str) -> bytes:
    """The ledger's digest of a setting's row."""
    return ledger.mark("setting", name, value)


def peer_mark(ledger: Ledger, person: str, state: PeerState) -> bytes:
    """The ledger's digest of a peer's row."""
    return ledger.mark("peer", person, msgspec.json.encode(state))
