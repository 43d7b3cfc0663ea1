"""The files that leave: made once, kept, sent again as the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from candor.app import sent
from candor.app.audience import reach
from candor.app.files import write_whole
from candor.app.integrity import require_sound
from candor.app.pending import (
    INCOMING_PACKET,
    PACKET,
    RELAY,
    Pending,
    contents,
    enclosed,
    pending,
    pending_for,
    words,
)
from candor.app.session import Session
from candor.app.words import day
from candor.errors import CandorError
from candor.exchange import relay
from candor.exchange.bundle import Outgoing, Part
from candor.exchange.manifest import Purpose, Seen
from candor.exchange.outbox import Prepared, next_place, prepare
from candor.records.events import Header
from candor.vault.contents import Document

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
    "note_seen_by",
    "outbox",
    "pending",
    "save_to",
    "words",
]

FILE = "outfile"
FATE = "outfile-fate"
MAX_SEEN = 5000
"""Logs named as seen in one file; beyond that, acknowledgement comes with a later one."""


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
    """What is known of a made file for ever; ``heads``: the logs that it brought, how far."""

    recipient: str
    purpose: str
    name: str
    contains: tuple[str, ...]
    heads: dict[str, int]


class _Fate(msgspec.Struct):
    """What became of a made file: the ISO dates on which it was saved, and known to be there."""

    saved: str = ""
    acknowledged: str = ""


def make_file(session: Session, person: str) -> OutFile:
    """Make the next file for a person and keep its bytes. Raises CandorError."""
    ready = pending_for(session, person)
    if ready is None:
        raise CandorError(
            f"There is nothing new for {session.name_of(person)}.",
            hint="To send something again, choose the file that was made before.",
        )
    cases = {header.case for header in ready.headers} - {session.root.directory}
    require_sound(session, sorted(cases))
    with session.batch():
        parts = enclosed(session, (*ready.documents, *ready.relays))
        parts += tuple(_wrapped(session, sealed) for sealed in ready.sealed)
        return _write(session, ready, parts)


def _write(session: Session, ready: Pending, parts: tuple[Part, ...]) -> OutFile:
    outgoing = _outgoing(session, ready, parts, ready.purpose)
    made = prepare(outgoing, session.identity, addressee=session.name_of(ready.person))
    session.vault.note_sent(ready.person, outgoing.sequence, made.digest)
    _note(session, ready)
    for passed_on in ready.relays:
        session.vault.delete_document(RELAY, passed_on.key)  # the file that was made holds it
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


def _note(session: Session, ready: Pending) -> None:
    carried = (*ready.documents, *ready.relays)
    sent.note(session, ready.person, ready.events, (one.digest for one in carried))


def _wrapped(session: Session, sealed: Pending) -> Part:
    outgoing = _outgoing(session, sealed, enclosed(session, sealed.documents), Purpose.SEALED)
    part, written = relay.wrap(outgoing, session.identity)
    session.vault.note_sent(sealed.person, outgoing.sequence, written.digest)
    _note(session, sealed)
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
        events=session.pairs(ready.events),
        parts=parts,
        seen=_seen(session, ready.person),
    )


def _seen(session: Session, person: str) -> tuple[Seen, ...]:
    """The heads of the logs that both may read, as acknowledgement."""
    found = reach(session)
    heads: dict[str, Seen] = {}
    for case in (session.root.directory, *found.cases(person)):
        for event, head in found.events(case, person):
            if head.log not in heads or head.seq > heads[head.log].seq:
                heads[head.log] = Seen(head.log, head.seq, event)
    return tuple(heads.values())[:MAX_SEEN]


def _heads(headers: tuple[Header, ...]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for header in headers:
        heads[header.log] = max(heads.get(header.log, 0), header.seq)
    return heads


def note_seen(session: Session, person: str, seen: tuple[Seen, ...]) -> None:
    """Mark the files to a person whose every event their vault says it holds."""
    note_seen_by(session, ((person, seen),))


def note_seen_by(session: Session, told: Iterable[tuple[str, tuple[Seen, ...]]]) -> None:
    """Mark the files to several people whose every event their vaults say they hold."""
    waiting = _unacknowledged(session)
    today = str(session.clock.now().date())
    for person, seen in told:
        has = {entry.log: entry.seq for entry in seen}
        for key, heads in waiting.get(person, {}).items():
            if heads and all(has.get(log, 0) >= seq for log, seq in heads.items()):
                _change(session, key, acknowledged=today)


def _unacknowledged(session: Session) -> dict[str, dict[str, dict[str, int]]]:
    """By recipient and file, what must be seen before the file is known to be there."""
    fates = _fates(session)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for listed in session.vault.documents(FILE):
        if not fates.get(listed.key, _Fate()).acknowledged:
            meta = msgspec.convert(listed.meta, _Meta)
            found.setdefault(meta.recipient, {})[listed.key] = meta.heads
    return found


def _fates(session: Session) -> dict[str, _Fate]:
    listed = session.vault.documents(FATE)
    return {document.key: msgspec.convert(document.meta, _Fate) for document in listed}


def _change(session: Session, key: str, *, saved: str = "", acknowledged: str = "") -> None:
    """Note what became of a file, beside it: the file itself is never written again."""
    document = session.vault.document(FATE, key)
    before = msgspec.convert(document.meta, _Fate) if document else _Fate()
    after = _Fate(saved or before.saved, acknowledged or before.acknowledged)
    if after != before:
        session.vault.put_document(FATE, key, b"", msgspec.to_builtins(after))
        session.changed += 1


def outbox(session: Session) -> tuple[OutboxItem, ...]:
    """What is ready, then what was made before, the newest first."""
    ready = [_ready_item(session, p) for p in pending(session)]
    fates = _fates(session)
    made = [
        _made_item(session, d, fates.get(d.key, _Fate())) for d in session.vault.documents(FILE)
    ]
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


def _made_item(session: Session, file: Document, fate: _Fate) -> OutboxItem:
    data = msgspec.convert(file.meta, _Meta)
    since = datetime.fromisoformat(file.saved_at)
    when = day(since.date())
    # the certificate is the answer to a request to join
    answered = data.purpose == Purpose.ENROLMENT and session.is_enrolled
    if fate.acknowledged or answered:
        state = ("acknowledged", f"Made {when}; they have it")
    elif fate.saved:
        state = ("saved", f"Saved {when}, no receipt imported")
    else:
        state = ("ready", f"Made {when}, not saved yet")
    return _item(
        session, file.key, data.recipient, Purpose(data.purpose), data.contains, (*state, since)
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
    _change(session, file.id, saved=str(session.clock.now().date()))
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
