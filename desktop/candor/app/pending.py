"""What should go to whom next: never what they may not read, never what they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from candor.app import audience, sent
from candor.app.session import FORM, Session
from candor.app.words import plural
from candor.exchange.bundle import Part
from candor.exchange.manifest import BlobKind, Purpose
from candor.records import chain
from candor.records.events import Body, EventType, Header, SignedEvent

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


def words(purpose: Purpose) -> str:
    """A purpose as people read it."""
    return _WORDS[purpose]


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
