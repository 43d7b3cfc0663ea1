"""The files that leave: made once, kept, sent again as the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from candor.app import audience, sent
from candor.app.files import write_whole
from candor.app.pending import (
    INCOMING_PACKET,
    PACKET,
    RELAY,
    Pending,
    contents,
    pending,
    words,
)
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.exchange import relay
from candor.exchange.bundle import Outgoing, Part
from candor.exchange.manifest import BlobKind, Purpose, Seen
from candor.exchange.outbox import Prepared, next_place, prepare
from candor.records import chain
from candor.records.events import Header

__all__ = [
    "FILE",
    "INCOMING_PACKET",
    "PACKET",
    "RELAY",
    "OutFile",
    "OutboxItem",
    "Pending",
    "compose_email",
    "contents",
    "file_of",
    "keep",
    "make_file",
    "note_seen",
    "outbox",
    "pending",
    "save_to",
    "words",
]

FILE = "outfile"


@dataclass(frozen=True)
class OutboxItem:
    """One file: still to be made, or made before and kept to be sent again."""

    id: str
    recipient: str
    recipient_name: str
    recipient_title: str
    email: str
    purpose_text: str
    contains: tuple[str, ...]
    state: str
    state_text: str
    since: datetime | None


@dataclass(frozen=True)
class OutFile:
    """A file to carry: the same bytes each time."""

    id: str
    name: str
    data: bytes


class _Meta(msgspec.Struct):
    """What the vault keeps beside a made file."""

    recipient: str
    purpose: str
    name: str
    contains: tuple[str, ...]
    heads: dict[str, int]
    saved: str = ""
    acknowledged: str = ""


def make_file(session: Session, person: str) -> OutFile:
    """Make the next file for a person and keep its bytes. Raises CandorError."""
    ready = next((p for p in pending(session) if p.person == person), None)
    if ready is None:
        raise CandorError(
            f"There is nothing new for {session.name_of(person)}.",
            hint="To send something again, choose the file that was made before.",
        )
    with session.batch():
        parts = [*ready.documents, *ready.relays]
        parts += [_wrapped(session, sealed) for sealed in ready.sealed]
        return _write(session, ready, tuple(parts))


def _write(session: Session, ready: Pending, parts: tuple[Part, ...]) -> OutFile:
    outgoing = _outgoing(session, ready, parts, ready.purpose)
    name = session.name_of(ready.person)
    made = prepare(outgoing, session.identity, addressee=name)
    session.vault.note_sent(ready.person, outgoing.sequence, made.digest)
    _note(session, ready, parts)
    heads = _heads(ready.headers)
    return keep(session, made, ready.person, ready.purpose, contents(ready), heads)


def keep(
    session: Session,
    made: Prepared,
    person: str,
    purpose: Purpose,
    contains: tuple[str, ...],
    heads: dict[str, int] | None = None,
) -> OutFile:
    """Keep a made file, so that sending it again means the same bytes."""
    meta = _Meta(person, purpose.value, made.file_name, contains, heads or {})
    session.vault.put_document(FILE, made.digest, made.data, msgspec.to_builtins(meta))
    session.changed += 1
    return OutFile(made.digest, made.file_name, made.data)


def _note(session: Session, ready: Pending, parts: tuple[Part, ...]) -> None:
    names = tuple(_document_name(part) for part in parts)
    events = tuple(chain.event_id(signed) for signed, _ in ready.events)
    sent.note(session, ready.person, events, names)


def _document_name(part: Part) -> str:
    if part.kind in {BlobKind.PACKET, BlobKind.RELAY}:
        return sent.digest(part.data)
    return part.name


def _wrapped(session: Session, sealed: Pending) -> Part:
    outgoing = _outgoing(session, sealed, sealed.documents, Purpose.SEALED)
    part, written = relay.wrap(outgoing, session.identity)
    session.vault.note_sent(sealed.person, outgoing.sequence, written.digest)
    _note(session, sealed, sealed.documents)
    return part


def _outgoing(
    session: Session, ready: Pending, parts: tuple[Part, ...], purpose: Purpose
) -> Outgoing:
    certificate = session.directory.current_certificate(ready.person)
    if certificate is None:
        raise CandorError(
            f"{session.name_of(ready.person)} has not joined, so nothing can be sealed for them.",
            hint="Send the invitation first.",
        )
    peer = session.vault.peer(ready.person)
    place = next_place(peer.sent_seq, peer.sent_digest)
    return Outgoing(
        purpose=purpose,
        company=session.root.company,
        to=ready.person,
        recipients=(certificate.age,),
        sequence=place.sequence,
        previous=place.previous,
        created_at=session.clock.now(),
        events=ready.events,
        parts=parts,
        seen=_seen(session, ready.person),
    )


def _seen(session: Session, person: str) -> tuple[Seen, ...]:
    """The heads of the logs that both may read, as acknowledgement."""
    heads: dict[str, Seen] = {}
    for signed, _ in session.vault.events():
        header = chain.header(signed)
        if not audience.may_receive(session, header, person):
            continue
        if header.seq > (heads[header.log].seq if header.log in heads else 0):
            heads[header.log] = Seen(header.log, header.seq, chain.event_id(signed))
    return tuple(heads.values())[:5000]


def _heads(headers: tuple[Header, ...]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for header in headers:
        heads[header.log] = max(heads.get(header.log, 0), header.seq)
    return heads


def note_seen(session: Session, person: str, seen: tuple[Seen, ...]) -> None:
    """Mark the files to a person whose every event their vault says it holds."""
    has = {entry.log: entry.seq for entry in seen}
    for listed in session.vault.documents(FILE):
        meta = msgspec.convert(listed.meta, _Meta)
        if meta.recipient != person or meta.acknowledged:
            continue
        if meta.heads and all(has.get(log, 0) >= seq for log, seq in meta.heads.items()):
            document = session.vault.document(FILE, listed.key)
            if document is not None:
                meta.acknowledged = str(session.clock.now().date())
                session.vault.put_document(
                    FILE, listed.key, document.data, msgspec.to_builtins(meta)
                )


def outbox(session: Session) -> tuple[OutboxItem, ...]:
    """What is ready, then what was made before, the newest first."""
    ready = [_ready_item(session, p) for p in pending(session)]
    made = [_made_item(session, d.key, d.meta, d.saved_at) for d in session.vault.documents(FILE)]
    return (*ready, *sorted(made, key=lambda item: str(item.since), reverse=True))


def _ready_item(session: Session, ready: Pending) -> OutboxItem:
    return _item(
        session,
        f"ready:{ready.person}",
        ready.person,
        ready.purpose,
        contents(ready),
        ("ready", "Not saved yet", None),
    )


def _made_item(session: Session, key: str, meta: object, made_at: str) -> OutboxItem:
    data = msgspec.convert(meta, _Meta)
    since = datetime.fromisoformat(made_at)
    when = day(since.date())
    if data.acknowledged:
        state = ("acknowledged", f"Made {when}; they have it")
    elif data.saved:
        state = ("saved", f"Saved {when}, no receipt imported")
    else:
        state = ("ready", f"Made {when}, not saved yet")
    return _item(
        session, key, data.recipient, Purpose(data.purpose), data.contains, (*state, since)
    )


def _item(
    session: Session,
    identifier: str,
    person: str,
    purpose: Purpose,
    contains: tuple[str, ...],
    state: tuple[str, str, datetime | None],
) -> OutboxItem:
    entry = session.directory.people.get(person)
    return OutboxItem(
        id=identifier,
        recipient=person,
        recipient_name=session.name_of(person),
        recipient_title=session.title_of(person),
        email=entry.email if entry else "",
        purpose_text=words(purpose),
        contains=contains,
        state=state[0],
        state_text=state[1],
        since=state[2],
    )


def file_of(session: Session, item_id: str) -> OutFile:
    """The file of an outbox item, made now if it was not; the same bytes each time."""
    if item_id.startswith("ready:"):
        return make_file(session, item_id.removeprefix("ready:"))
    document = session.vault.document(FILE, item_id)
    if document is None:
        raise CandorError("That file is not in the outbox.", hint="Open the outbox again.")
    return OutFile(item_id, str(document.meta["name"]), document.data)


def save_to(session: Session, item_id: str, folder: Path) -> Path:
    """Save a file of the outbox into a folder; never over a different file of that name."""
    file = file_of(session, item_id)
    path = _free(folder, file)
    write_whole(path, file.data)
    document = session.vault.document(FILE, file.id)
    if document is not None:
        meta = {**document.meta, "saved": str(session.clock.now().date())}
        session.vault.put_document(FILE, file.id, document.data, meta)
        session.changed += 1
    return path


def _free(folder: Path, file: OutFile) -> Path:
    path = folder / file.name
    number = 2
    while path.exists() and path.read_bytes() != file.data:
        path = folder / f"{Path(file.name).stem}-{number}.candor"
        number += 1
    return path


def compose_email(session: Session, item_id: str) -> tuple[str, str, str]:
    """Address, subject and text of a message to attach the file to."""
    item = next((i for i in outbox(session) if i.id == item_id), None)
    if item is None:
        raise CandorError("That file is not in the outbox.", hint="Open the outbox again.")
    subject = f"{session.company}: {item.purpose_text.lower()}"
    text = (
        f"Dear {item.recipient_name},\n\nthe attached file is for Candor. Save it, then drop it "
        "on the Candor window. Only you can open it.\n\n"
        f"{session.me.name}\n{session.title}\n"
    )
    return item.email, subject, text
