"""Attachments, and documents that may be replaced: each under a key of its own."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from candor.clock import stamp
from candor.vault.ledger import BLOBS, DOCUMENTS, Ledger
from candor.vault.refusals import damaged
from candor.vault.room import BLOB, DOCUMENT, Room, box, unbox


class Document(msgspec.Struct, frozen=True):
    """A replaceable file of the vault; ``data`` is empty in listings."""

    kind: str
    key: str
    data: bytes
    meta: dict[str, Any]
    saved_at: str


class Blobs(Room):
    """Attachments: written once, found by their SHA-256."""

    def add_blob(self, data: bytes) -> str:
        """Store ``data`` (for an attachment: salt and bytes joined) and return its hex SHA-256.

        The same data again costs nothing; erased data does not come back. Raises NotSaved.
        """
        digest = hashlib.sha256(data).hexdigest()
        with self.transaction():
            if not self.has_blob(digest):
                key, sealed = box(data, blob_name(digest))
                number = self._database.run(
                    "INSERT INTO blobs (digest, size, box) VALUES (?, ?, ?)",
                    (digest, len(data), sealed),
                )
                self._keep_key(BLOB, number, key)
                self._ledger.add(BLOBS, self._ledger.mark(BLOB, digest))
        return digest

    def blob(self, digest: str) -> bytes | None:
        """The data of that digest; None if it never came or was erased. Raises VaultDamaged."""
        row = self._database.one(
            "SELECT b.box, k.key FROM blobs b JOIN content_keys k ON k.room = 'blob' AND k.n = b.n"
            " WHERE b.digest = ?",
            (digest,),
        )
        return unbox(row[1], row[0], blob_name(digest)) if row else None

    def has_blob(self, digest: str) -> bool:
        """Whether data of that digest came here, erased or not."""
        return self._database.one("SELECT 1 FROM blobs WHERE digest = ?", (digest,)) is not None

    def erase_blob(self, digest: str) -> bool:
        """Destroy the key of an attachment. False if there was none."""
        row = self._database.one("SELECT n FROM blobs WHERE digest = ?", (digest,))
        if row is None:
            return False
        with self.transaction():
            gone = self._destroy_key(BLOB, row[0])
        self._wash()
        return gone


class Documents(Room):
    """Files that may be replaced and removed: packets, forms, exports, drafts, secrets."""

    def put_document(self, kind: str, key: str, data: bytes, meta: dict[str, Any]) -> None:
        """Store or replace a document; ``meta`` is JSON. Raises NotSaved."""
        with self.transaction():
            self._remove(kind, key)
            packed = msgspec.json.encode(meta)
            content_key, sealed = box(data, document_name(kind, key))
            saved_at = stamp(self._clock.now())
            mark = document_mark(self._ledger, kind, key, saved_at, packed, sealed)
            number = self._database.run(
                "INSERT INTO documents (kind, key, saved_at, meta, mark, box)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (kind, key, saved_at, packed, mark, sealed),
            )
            self._keep_key(DOCUMENT, number, content_key)
            self._ledger.add(DOCUMENTS, mark)

    def document(self, kind: str, key: str) -> Document | None:
        """A document with its data, or None. Raises VaultDamaged."""
        row = self._database.one(
            "SELECT d.meta, d.saved_at, d.box, k.key FROM documents d"
            " LEFT JOIN content_keys k ON k.room = 'document' AND k.n = d.n"
            " WHERE d.kind = ? AND d.key = ?",
            (kind, key),
        )
        if row is None:
            return None
        if row[3] is None:
            raise damaged()
        data = unbox(row[3], row[2], document_name(kind, key))
        return Document(kind, key, data, msgspec.json.decode(row[0]), row[1])

    def documents(self, kind: str) -> tuple[Document, ...]:
        """All documents of a kind, without their data, by key."""
        rows = self._database.rows(
            "SELECT key, meta, saved_at FROM documents WHERE kind = ? ORDER BY key", (kind,)
        )
        return tuple(Document(kind, r[0], b"", msgspec.json.decode(r[1]), r[2]) for r in rows)

    def delete_document(self, kind: str, key: str) -> bool:
        """Remove a document and destroy its key. False if there was none."""
        with self.transaction():
            return self._remove(kind, key)

    def _remove(self, kind: str, key: str) -> bool:
        rows = self._database.rows(
            "DELETE FROM documents WHERE kind = ? AND key = ? RETURNING n, mark", (kind, key)
        )
        for number, mark in rows:
            self._destroy_key(DOCUMENT, number)
            self._ledger.remove(DOCUMENTS, mark)
        return bool(rows)


def document_mark(
    ledger: Ledger, kind: str, key: str, at: str, meta: bytes, sealed: bytes
) -> bytes:
    """The ledger's digest of a document's row."""
    return ledger.mark(DOCUMENT, kind, key, at, meta, sealed)


def blob_name(digest: str) -> str:
    """What a blob's box is bound to."""
    return f"{BLOB}/{digest}"


def document_name(kind: str, key: str) -> str:
    """What a document's box is bound to."""
    return f"{DOCUMENT}/{kind}/{key}"
