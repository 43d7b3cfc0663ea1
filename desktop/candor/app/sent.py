"""What each other person is known to have: sent by this vault, or received from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from candor.app.session import Session
from candor.clock import stamp

_KIND = "sent"


class Sent(msgspec.Struct):
    """What a person has.

    ``directory``: every directory event before that place of arrival in this vault. ``events``
    and ``documents``: ids of other events and digests of documents, with the instant (stamp)
    from which they are known to have each.
    """

    directory: int = 0
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
    session: Session, person: str, events: Iterable[str], documents: Iterable[str] = ()
) -> None:
    """Remember that the person has these."""
    known = sent_to(session, person)
    now = stamp(session.clock.now())
    for event in events:
        known.events.setdefault(event, now)
    for document in documents:
        known.documents.setdefault(document, now)
    _advance(session, known)
    _keep(session, person, known)


def note_directory(session: Session, person: str, upto: int) -> None:
    """Remember that the person has the directory as it stood before that place of arrival."""
    known = sent_to(session, person)
    known.directory = max(known.directory, upto)
    _advance(session, known)
    _keep(session, person, known)


def _advance(session: Session, known: Sent) -> None:
    """Remember the directory by one number where it has no hole, and not by its every event."""
    knowledge = session.knowledge
    for event in knowledge.directory_from(known.directory):
        if event not in known.events:
            break
        known.directory = knowledge.place(event) + 1
        del known.events[event]


def _keep(session: Session, person: str, known: Sent) -> None:
    session.vault.put_document(_KIND, person, msgspec.json.encode(known), {})
