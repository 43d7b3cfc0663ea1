"""What each other person is known to have: sent by this vault, or received from them."""

from __future__ import annotations

import hashlib

import msgspec

from candor.app.session import Session
from candor.clock import stamp

_KIND = "sent"


class Sent(msgspec.Struct):
    """Event ids and document digests that a person has, with the instant (stamp) for each."""

    events: dict[str, str] = {}
    documents: dict[str, str] = {}


def sent_to(session: Session, person: str) -> Sent:
    """What the person is known to have."""
    document = session.vault.document(_KIND, person)
    return msgspec.json.decode(document.data, type=Sent) if document else Sent()


def digest(data: bytes) -> str:
    """How a document is remembered: hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def note(
    session: Session, person: str, events: tuple[str, ...], documents: tuple[str, ...] = ()
) -> None:
    """Remember that the person has these."""
    known = sent_to(session, person)
    now = stamp(session.clock.now())
    for event in events:
        known.events.setdefault(event, now)
    for document in documents:
        known.documents.setdefault(document, now)
    session.vault.put_document(_KIND, person, msgspec.json.encode(known), {})
