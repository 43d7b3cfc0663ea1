"""What should go to whom next: never what they may not read, never what they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from candor.app import sent
from candor.app.audience import reach
from candor.app.session import FORM, Session
from candor.app.words import plural
from candor.exchange.bundle import Part
from candor.exchange.manifest import BlobKind, Purpose
from candor.records.events import EventType, Header
from candor.vault.contents import Document

RELAY = "relay"
PACKET = "packet"
INCOMING_PACKET = "incoming-packet"


_PURPOSES: tuple[tuple[EventType, Purpose], ...] = (
    (EventType.ITEM_PUT, Purpose.ITEM),
    (EventType.BALLOT_CAST, Purpose.BALLOT),
    (EventType.MEMBER_RECUSED, Purpose.BALLOT),
    (EventType.EXCEPTION_DETERMINED, Purpose.DETERMINATION),
    (EventType.MATTER_DECIDED, Purpose.DETERMINATION),
    (EventType.ITEM_RESOLVED, Purpose.DETERMINATION),
    (EventType.EXCEPTIONS_REFERRED, Purpose.REFERRAL),
    (EventType.MATTER_ROUTED, Purpose.REFERRAL),
    (EventType.NOTICE_SERVED, Purpose.NOTICE),
    (EventType.NOTICE_RECEIVED, Purpose.NOTICE),
    (EventType.INFORMATION_REQUESTED, Purpose.MATTER),
    (EventType.MATTER_FILED, Purpose.MATTER),
    (EventType.MATTER_RULED, Purpose.MATTER),
    (EventType.MATTER_WITHDRAWN, Purpose.MATTER),
    (EventType.MATTER_RETIRED, Purpose.MATTER),
    (EventType.CONDITION_MET, Purpose.MATTER),
    (EventType.FILING_RECORDED, Purpose.MATTER),
    (EventType.CALENDAR_CLOSED, Purpose.MATTER),
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
    Purpose.REFERRAL: "Something to decide",
    Purpose.DETERMINATION: "Signed decisions",
    Purpose.OUTCOME: "Receipt",
    Purpose.MATTER: "A matter under the Code",
    Purpose.ITEM: "An item to vote on",
    Purpose.BALLOT: "A ballot",
    Purpose.NOTICE: "A notice to directors",
    Purpose.PACKET: "Packet to sign",
    Purpose.PACKET_SIGNED: "Signed packet",
    Purpose.DIRECTORY: "Directory",
    Purpose.SEALED: "Sealed file to pass on",
    Purpose.ANONYMOUS: "Sealed file",
}


Entry = tuple[str, Header]
"""An event's id and its header."""


@dataclass(frozen=True)
class Enclosure:
    """A document that goes along with events, named and not yet read from the vault.

    ``digest``: how it is remembered that somebody has it.
    """

    kind: BlobKind
    key: str
    name: str
    digest: str


@dataclass(frozen=True)
class Pending:
    """What one person should get next: ids of events, their headers, what goes along.

    ``certified``: it brings the person's own certificate. ``sealed``: what travels inside for
    others, which this person may not read.
    """

    person: str
    events: tuple[str, ...]
    headers: tuple[Header, ...]
    documents: tuple[Enclosure, ...] = ()
    relays: tuple[Enclosure, ...] = ()
    certified: bool = False
    sealed: tuple[Pending, ...] = ()

    @property
    def purpose(self) -> Purpose:
        """The most telling thing in it."""
        types = {header.type for header in self.headers}
        if any(document.kind is BlobKind.PACKET for document in self.documents):
            return Purpose.PACKET if EventType.PACKET_COMPILED in types else Purpose.PACKET_SIGNED
        for event_type, purpose in _PURPOSES:
            if event_type in types:
                return purpose
        if self.relays:
            return Purpose.SEALED
        return Purpose.ENROLLED if self.certified else Purpose.DIRECTORY


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
    courier = _Courier(session)
    found = (courier.ready(person) for person in courier.recipients())
    return tuple(ready for ready in found if ready is not None)


def pending_for(session: Session, person: str) -> Pending | None:
    """What is ready to leave for one person."""
    if not session.is_enrolled:
        return None
    courier = _Courier(session)
    return courier.ready(person) if person in courier.recipients() else None


def enclosed(session: Session, enclosures: Iterable[Enclosure]) -> tuple[Part, ...]:
    """The documents themselves; one that was destroyed since is left out."""
    found = []
    for one in enclosures:
        data = _data(session, one)
        if data is not None:
            found.append(Part(one.kind, data, one.name))
    return tuple(found)


_ROOMS = {BlobKind.FORM: FORM, BlobKind.PACKET: PACKET, BlobKind.RELAY: RELAY}


def _data(session: Session, one: Enclosure) -> bytes | None:
    if one.kind is BlobKind.BLOB:
        return session.vault.blob(one.key)
    document = session.vault.document(_ROOMS[one.kind], one.key)
    return document.data if document is not None else None


_WITH_FORMS = ("questionnaire.", "matter.")
"""Events of cases whose answers are read with a form."""


class _Courier:
    """Works out what one vault sends, with what it looks up for everybody looked up once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.hub = "secretary" in session.offices
        self.reach = reach(session)
        self.packets = session.vault.documents(PACKET)
        self.forms = frozenset(listed.key for listed in session.vault.documents(FORM))
        self.relays: dict[str, list[Document]] = {}
        for listed in session.vault.documents(RELAY) if self.hub else ():
            self.relays.setdefault(listed.meta["to"], []).append(listed)

    def recipients(self) -> tuple[str, ...]:
        """Those to whom this vault sends files."""
        directory = self.session.directory
        people = directory.people if self.hub else directory.holders("secretary")
        return tuple(p for p in people if p != self.session.person_id and self._joined(p))

    def _joined(self, person: str) -> bool:
        return self.session.directory.current_certificate(person) is not None

    def ready(self, person: str) -> Pending | None:
        """What goes to a person now; None where it would not be worth a file."""
        has = sent.sent_to(self.session, person)
        news = self.session.knowledge.directory_from(has.directory)
        fresh = [*self._headers(news), *self._events_in(self.reach.cases(person), person)]
        found = self._gathered(person, fresh, has)
        if not self.hub:
            found = replace(found, sealed=self._sealed(person))
        return found if self._worth_sending(found) else None

    def _headers(self, events: Iterable[str]) -> Iterator[Entry]:
        knowledge = self.session.knowledge
        return ((e, head) for e in events if (head := knowledge.header(e)) is not None)

    def _events_in(self, cases: Iterable[str], person: str) -> Iterator[Entry]:
        return (entry for case in cases for entry in self.reach.events(case, person))

    def _gathered(self, person: str, entries: Iterable[Entry], has: sent.Sent) -> Pending:
        chosen = {event: head for event, head in entries if event not in has.events}
        events = tuple(sorted(chosen, key=self.session.knowledge.place))
        headers = tuple(chosen[event] for event in events)
        certificate = self.session.directory.current_certificate(person)
        return Pending(
            person=person,
            events=events,
            headers=headers,
            documents=self._documents(person, headers, has),
            relays=self._relays(person, has),
            certified=certificate is not None and certificate.event in chosen,
        )

    def _documents(
        self, person: str, headers: tuple[Header, ...], has: sent.Sent
    ) -> tuple[Enclosure, ...]:
        # only the secretary's office may send forms; everybody else received them from there
        forms = self._forms(headers) if self.hub else ()
        if self.relays.get(person):
            # a sealed part is read with its form, which its reader may never have been asked
            forms = (*forms, *sorted(self.forms))
        found = [Enclosure(BlobKind.FORM, f, f, f) for f in forms if f in self.forms]
        blobs = (blob.digest for header in headers for blob in header.blobs)
        has_blob = self.session.vault.has_blob
        found += [Enclosure(BlobKind.BLOB, b, b, b) for b in blobs if has_blob(b)]
        found += self._packets(person)
        return tuple(one for one in dict.fromkeys(found) if one.digest not in has.documents)

    def _forms(self, headers: tuple[Header, ...]) -> tuple[str, ...]:
        cases = {h.case: None for h in headers if h.type.startswith(_WITH_FORMS)}
        found = []
        for case_id in cases:
            case = self.session.state.cases[case_id]
            if case.issued is not None:
                found.append(case.issued.form)
            found += [submission.form for submission in case.submissions]
        return tuple(dict.fromkeys(found))

    def _packets(self, person: str) -> list[Enclosure]:
        """The packets whose next signer is this person, or that come back to the secretary."""
        return [
            Enclosure(BlobKind.PACKET, listed.key, listed.key, listed.meta["digest"])
            for listed in self.packets
            if listed.meta["case"] in self.session.state.cases and person in listed.meta["to"]
        ]

    def _relays(self, person: str, has: sent.Sent) -> tuple[Enclosure, ...]:
        found = (listed.key for listed in self.relays.get(person, ()))
        return tuple(
            Enclosure(BlobKind.RELAY, key, person, key) for key in found if key not in has.documents
        )

    def _sealed(self, courier: str) -> tuple[Pending, ...]:
        """What the owner wrote and the courier may not read, for each person who may.

        Only its author sends it: one who merely reads it passes nothing on.
        """
        closed: dict[str, list[str]] = {}
        for case in self.session.state.cases.values():
            readers = self.reach.readers[case.id]
            about_courier = case.subject == courier and case.kind != "item"
            if courier in readers or about_courier:
                continue
            if case.kind == "matter":
                readers |= {case.subject} - {""}
            for person in readers - {self.session.person_id}:
                closed.setdefault(person, []).append(case.id)
        found = [self._for_reader(p, closed[p]) for p in sorted(closed) if self._joined(p)]
        return tuple(ready for ready in found if ready.events)

    def _for_reader(self, person: str, cases: Iterable[str]) -> Pending:
        author_of, mine = self.session.directory.person_of, self.session.person_id
        entries = self._events_in(cases, person)
        own = [(event, head) for event, head in entries if author_of(head.author) == mine]
        return self._gathered(person, own, sent.sent_to(self.session, person))

    def _worth_sending(self, ready: Pending) -> bool:
        """Directory news alone waits for the next file, except a person's own certificate."""
        if ready.sealed or ready.documents or ready.relays:
            return True
        directory = self.session.root.directory
        return (self.hub and ready.certified) or any(h.case != directory for h in ready.headers)


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
    EventType.MATTER_FILED: "filed matter",
    EventType.MATTER_WITHDRAWN: "withdrawal",
    EventType.MATTER_RETIRED: "end of a matter",
    EventType.MATTER_ROUTED: "route",
    EventType.MATTER_RULED: "ruling",
    EventType.INFORMATION_REQUESTED: "question to the filer",
    EventType.MATTER_DECIDED: "signed decision on a matter",
    EventType.CONDITION_MET: "condition met",
    EventType.FILING_RECORDED: "recorded disclosure",
    EventType.ITEM_PUT: "item to vote on",
    EventType.BALLOT_CAST: "ballot",
    EventType.MEMBER_RECUSED: "recusal",
    EventType.ITEM_RESOLVED: "signed resolution",
    EventType.NOTICE_SERVED: "notice to directors",
    EventType.NOTICE_RECEIVED: "receipt of a notice",
    EventType.CALENDAR_CLOSED: "closed SEC day",
    EventType.ROOT_KEY_OFFERED: "offered root key",
    EventType.ROOT_PUT_TO_SIGN: "act to sign as an officer of the root",
    EventType.ROOT_COSIGNED: "signature of an officer of the root",
    EventType.PACKET_COMPILED: "packet record",
    EventType.PACKET_SIGNED: "signature on a packet",
}
