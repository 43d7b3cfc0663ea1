"""What is ready to leave, for whom, and the files already made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from candor.app import audience, sent
from candor.app.files import write_whole
from candor.app.session import FORM, Session
from candor.app.words import day, plural
from candor.errors import CandorError
from candor.exchange import relay
from candor.exchange.bundle import Outgoing, Part
from candor.exchange.manifest import BlobKind, Purpose, Seen
from candor.exchange.outbox import Prepared, next_place, prepare
from candor.records import chain
from candor.records.events import Body, EventType, Header, SignedEvent

FILE = "outfile"
RELAY = "relay"
PACKET = "packet"
INCOMING_PACKET = "incoming-packet"

_PURPOSES: tuple[tuple[EventType, Purpose], ...] = (
    (EventType.EXCEPTION_DETERMINED, Purpose.DETERMINATION),
    (EventType.EXCEPTIONS_REFERRED, Purpose.REFERRAL),
    (EventType.QUESTIONNAIRE_ISSUED, Purpose.QUESTIONNAIRE),
    (EventType.QUESTIONNAIRE_SIGNED, Purpose.REPLY),
    (EventType.RECEIPT_GIVEN, Purpose.OUTCOME),
)
_WORDS = {
    Purpose.INVITATION: "Invitation",
    Purpose.ENROLMENT: "Request to join",
    Purpose.ENROLLED: "Certificate",
    Purpose.QUESTIONNAIRE: "Questionnaire",
    Purpose.REPLY: "Signed questionnaire",
    Purpose.REFERRAL: "Exceptions to decide",
    Purpose.DETERMINATION: "Signed decisions",
    Purpose.OUTCOME: "Receipt",
    Purpose.PACKET: "Packet to sign",
    Purpose.PACKET_SIGNED: "Signed packet",
    Purpose.DIRECTORY: "Directory",
    Purpose.SEALED: "Sealed file to pass on",
    Purpose.ANONYMOUS: "Sealed file",
}


@dataclass(frozen=True)
class Pending:
    """What one person should get next."""

    person: str
    events: tuple[tuple[SignedEvent, Body | None], ...]
    headers: tuple[Header, ...]
    documents: tuple[Part, ...] = ()
    relays: tuple[Part, ...] = ()
    sealed: tuple[Pending, ...] = field(default=())

    @property
    def purpose(self) -> Purpose:
        """The most telling thing in it."""
        if any(part.kind is BlobKind.PACKET for part in self.documents):
            signed = {h.type for h in self.headers}
            return Purpose.PACKET if EventType.PACKET_COMPILED in signed else Purpose.PACKET_SIGNED
        types = {header.type for header in self.headers}
        for event_type, purpose in _PURPOSES:
            if event_type in types:
                return purpose
        return Purpose.SEALED if self.relays else Purpose.DIRECTORY


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


def words(purpose: Purpose) -> str:
    """A purpose as people read it."""
    return _WORDS[purpose]


# --- what should go -----------------------------------------------------------------------


def pending(session: Session) -> tuple[Pending, ...]:
    """What is ready to leave, by recipient.

    Everybody sends to the secretary, who passes on; the secretary sends to everybody. What the
    secretary may not read travels sealed inside, always.
    """
    if not session.is_enrolled:
        return ()
    events = [(chain.event_id(s), chain.header(s), (s, b)) for s, b in session.vault.events()]
    hub = "secretary" in session.offices
    found = []
    for person in _recipients(session, hub):
        ready = _for(session, person, events, relays=hub)
        sealed = () if hub else _sealed(session, person, events)
        if _worth_sending(session, ready, sealed):
            found.append(_with_sealed(ready, sealed))
    return tuple(found)


def _recipients(session: Session, hub: bool) -> tuple[str, ...]:
    directory = session.directory
    people = directory.people if hub else directory.holders("secretary")
    return tuple(
        p for p in people if p != session.person_id and directory.current_certificate(p) is not None
    )


_Known = tuple[str, Header, tuple[SignedEvent, Body | None]]


def _for(session: Session, person: str, events: Iterable[_Known], *, relays: bool) -> Pending:
    has = sent.sent_to(session, person)
    chosen = [
        (header, pair)
        for identifier, header, pair in events
        if identifier not in has.events and audience.may_receive(session, header, person)
    ]
    documents = _documents(session, person, [h for h, _ in chosen], has)
    carried = _relays(session, person, has) if relays else ()
    return Pending(
        person,
        tuple(pair for _, pair in chosen),
        tuple(header for header, _ in chosen),
        documents,
        carried,
    )


def _documents(
    session: Session, person: str, headers: list[Header], has: sent.Sent
) -> tuple[Part, ...]:
    parts = []
    # only the secretary's office may send forms; everybody else received them from there
    hub = "secretary" in session.offices
    for digest in _form_digests(session, headers) if hub else ():
        document = session.vault.document(FORM, digest)
        if document is not None and digest not in has.documents:
            parts.append(Part(BlobKind.FORM, document.data, digest))
    for header in headers:
        for blob in header.blobs:
            data = session.vault.blob(blob.digest)
            if data is not None and blob.digest not in has.documents:
                parts.append(Part(BlobKind.BLOB, data, blob.digest))
    parts += _packets(session, person, has)
    return tuple({(part.kind, part.name): part for part in parts}.values())


def _form_digests(session: Session, headers: list[Header]) -> tuple[str, ...]:
    cases = {h.case for h in headers if h.type.startswith("questionnaire.")}
    found = []
    for case_id in cases:
        case = session.state.cases[case_id]
        if case.issued is not None:
            found.append(case.issued.form)
        found += [submission.form for submission in case.submissions]
    return tuple(dict.fromkeys(found))


def _packets(session: Session, person: str, has: sent.Sent) -> list[Part]:
    """The packets whose next signer is this person, or that come back to the secretary."""
    parts = []
    for listed in session.vault.documents(PACKET):
        case = session.state.cases.get(listed.meta["case"])
        if case is None or listed.meta["digest"] in has.documents:
            continue
        if person not in listed.meta["to"]:
            continue
        document = session.vault.document(PACKET, listed.key)
        if document is not None:
            parts.append(Part(BlobKind.PACKET, document.data, listed.key))
    return parts


def _relays(session: Session, person: str, has: sent.Sent) -> tuple[Part, ...]:
    parts = []
    for listed in session.vault.documents(RELAY):
        if listed.meta["to"] == person and listed.key not in has.documents:
            document = session.vault.document(RELAY, listed.key)
            if document is not None:
                parts.append(Part(BlobKind.RELAY, document.data, person))
    return tuple(parts)


def _sealed(session: Session, courier: str, events: Iterable[_Known]) -> tuple[Pending, ...]:
    """What the courier may not read, for each person who may."""
    closed = [known for known in events if not audience.may_receive(session, known[1], courier)]
    found = []
    for person in session.directory.people:
        if person in {courier, session.person_id}:
            continue
        if session.directory.current_certificate(person) is None:
            continue
        ready = _for(session, person, closed, relays=False)
        if ready.events:
            found.append(ready)
    return tuple(found)


def _with_sealed(ready: Pending, sealed: tuple[Pending, ...]) -> Pending:
    return Pending(ready.person, ready.events, ready.headers, ready.documents, ready.relays, sealed)


def _worth_sending(session: Session, ready: Pending, sealed: tuple[Pending, ...]) -> bool:
    """Directory news alone waits for the next file, except a person's first certificate."""
    if sealed or ready.documents or ready.relays:
        return True
    if any(header.case != session.root.directory for header in ready.headers):
        return True
    return "secretary" in session.offices and not sent.sent_to(session, ready.person).events


# --- the files ----------------------------------------------------------------------------


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


def contents(ready: Pending) -> tuple[str, ...]:
    """What a file holds, one line per kind, as its sender reads it."""
    counts: dict[str, int] = {}
    for header in ready.headers:
        label = _LABELS.get(header.type)
        if label:
            counts[label] = counts.get(label, 0) + 1
    lines = [plural(n, label) for label, n in counts.items()]
    attached = sum(part.kind is BlobKind.BLOB for part in ready.documents)
    packets = sum(part.kind is BlobKind.PACKET for part in ready.documents)
    if attached:
        lines.append(plural(attached, "attachment"))
    if packets:
        lines.append(plural(packets, "packet"))
    if ready.relays or ready.sealed:
        lines.append("a sealed part that the courier cannot open")
    return tuple(lines) or ("news of the directory",)


_LABELS: dict[str, str] = {
    EventType.QUESTIONNAIRE_ISSUED: "questionnaire",
    EventType.QUESTIONNAIRE_SIGNED: "signed questionnaire",
    EventType.RECEIPT_GIVEN: "receipt",
    EventType.EXCEPTIONS_REFERRED: "referral",
    EventType.EXCEPTION_DETERMINED: "signed decision",
    EventType.PACKET_COMPILED: "packet record",
    EventType.PACKET_SIGNED: "signature on a packet",
}


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
