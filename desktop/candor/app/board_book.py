"""Packets: compile, hand round, sign one after another, keep the finished record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from candor.app import line_up, packet_content, packet_evidence, reading, sent
from candor.app.campaigns import campaign
from candor.app.files import write_whole
from candor.app.outbox import INCOMING_PACKET, PACKET
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.clock import Tick, no_tick
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.packet.content import Composed, FieldSpec, PacketContent, PacketKind
from candor.packet.sign import PdfSigner
from candor.packet.verify import LineState, Trust, Verdict
from candor.policy.routing import NobodyMayDecide
from candor.records.events import EventType
from candor.records.matters import Case, Packet
from candor.records.root import verify_root


@dataclass(frozen=True)
class SignerRow:
    """One signer of a packet; ``state``: "signed", "next" or "later"."""

    person: str
    name: str
    title: str
    meaning: str
    state: str
    signed_at: datetime | None


@dataclass(frozen=True)
class PacketView:
    """A packet as its screen shows it."""

    id: str
    case: str
    kind: PacketKind
    title: str
    version: int
    pages: int
    state_text: str
    line_up: tuple[SignerRow, ...]
    mine_next: bool
    my_title: str
    complete: bool


@dataclass(frozen=True)
class PacketProblem:
    """Something found before compiling; ``stops``: compiling waits until it is mended."""

    text: str
    stops: bool
    target: str = ""


class PacketRefused(CandorError):
    """A packet may not be signed as it is; nothing was signed."""


# --- looking ------------------------------------------------------------------------------


def packets(session: Session) -> tuple[PacketView, ...]:
    """The packets in this vault, the newest first."""
    found = []
    for case in session.state.cases.values():
        for packet in case.packets:
            document = _listed(session, packet.packet)
            if document is not None:
                found.append((packet.claimed_at, _view(session, case, packet, document)))
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0], reverse=True))


def _listed(session: Session, packet_id: str) -> dict[str, object] | None:
    for listed in session.vault.documents(PACKET):
        if listed.key == packet_id:
            return listed.meta
    return None


def _view(session: Session, case: Case, packet: Packet, meta: dict[str, object]) -> PacketView:
    signed = {s.field: s for s in packet.signatures if not s.void}
    rows, next_found = [], False
    for signer in packet.signers:
        done = signed.get(signer.field)
        state = "signed" if done else "later" if next_found else "next"
        next_found = next_found or done is None
        rows.append(
            SignerRow(
                person=signer.person,
                name=session.name_of(signer.person),
                title=_title(session, signer.office, packet.kind),
                meaning=signer.meaning,
                state=state,
                signed_at=datetime.fromisoformat(done.claimed_at) if done else None,
            )
        )
    waiting = next((row for row in rows if row.state == "next"), None)
    mine = waiting is not None and waiting.person == session.person_id
    return PacketView(
        id=packet.packet,
        case=case.id,
        kind=PacketKind(packet.kind),
        title=str(meta["title"]),
        version=packet.version,
        pages=packet.pages,
        state_text=_state_text(waiting, len(signed), len(rows)),
        line_up=tuple(rows),
        mine_next=mine,
        my_title=waiting.title if waiting and mine else "",
        complete=waiting is None,
    )


def _title(session: Session, office: str, kind: str) -> str:
    if kind == PacketKind.SUPPLEMENT and office == "ac_member":
        return "Acting Chair of the Audit Committee"
    return session.pack.office_title(office)


def _state_text(waiting: SignerRow | None, signed: int, total: int) -> str:
    if waiting is None:
        return f"Signed by all {total}"
    return f"{signed} of {total} have signed; next: {waiting.name}"


def packet_pdf(session: Session, packet_id: str) -> bytes:
    """The newest version of a packet's file. Raises CandorError."""
    document = session.vault.document(PACKET, packet_id)
    if document is None:
        raise CandorError("That packet is not in this vault.", hint="Import its file first.")
    return document.data


def save_packet(session: Session, packet_id: str, path: Path) -> Path:
    """Export a packet as a PDF: an explicit act, the only way plaintext leaves the vault."""
    return write_whole(path, packet_pdf(session, packet_id))


# --- compiling ----------------------------------------------------------------------------


def problems(
    session: Session, campaign_id: str, kind: PacketKind, tick: Tick = no_tick
) -> tuple[PacketProblem, ...]:
    """Everything that stands in the way, and plain hints, before compiling."""
    found: list[PacketProblem] = []
    try:
        content = _content(session, campaign_id, kind)
    except (CandorError, NobodyMayDecide) as stopped:
        return (PacketProblem(stopped.sentence(), stops=True),)
    found += [
        PacketProblem(text, stops=True)
        for text in session.runner("packet_problems", content, tick=tick)
    ]
    found += _signer_problems(session, campaign_id, kind)
    found += _case_problems(session, campaign_id, kind)
    return tuple(found)


def _signer_problems(session: Session, campaign_id: str, kind: PacketKind) -> list[PacketProblem]:
    subjects = {c.subject for c in packet_content.cases_for(session, campaign_id, kind)}
    found = []
    for seat in line_up.seats(session, kind.value):
        name = session.name_of(seat.person)
        if session.directory.current_certificate(seat.person) is None:
            found.append(PacketProblem(f"{name}, who signs, has not joined yet.", True, "people"))
        if seat.person in subjects:
            found.append(
                PacketProblem(
                    f"{name} would sign pages on their own answers. Somebody else must hold the "
                    f"office of {seat.title} for this packet.",
                    True,
                    "people",
                )
            )
    return found


def _case_problems(session: Session, campaign_id: str, kind: PacketKind) -> list[PacketProblem]:
    found: list[PacketProblem] = []
    cases = packet_content.cases_for(session, campaign_id, kind)
    found += [
        PacketProblem(
            f"{session.name_of(case.subject)}: two versions of this record exist. "
            "Settle which one stands.",
            True,
            "exceptions",
        )
        for case in cases
        if case.forked
    ]
    open_ = sum(len(reading.undecided(session, case)) for case in cases)
    if open_:
        found.append(
            PacketProblem(
                f"{open_} exceptions are not decided yet; they are printed as open.",
                False,
                "exceptions",
            )
        )
    missing = [row.name for row in campaign(session, campaign_id).rows if not row.number]
    if missing and kind is PacketKind.PACKET:
        found.append(
            PacketProblem(
                f"{len(missing)} questionnaires are missing; the summary says so.",
                False,
                "campaigns",
            )
        )
    return found


def _content(session: Session, campaign_id: str, kind: PacketKind) -> PacketContent:
    view = campaign(session, campaign_id)
    specimen = session.vault.setting("specimen", "") == "yes"
    version = 1 + sum(
        p.kind == kind.value and _belongs(session, p, campaign_id)
        for case in session.state.cases.values()
        for p in case.packets
    )
    return packet_content.build(session, view, kind, version, specimen=specimen)


def _belongs(session: Session, packet: Packet, campaign_id: str) -> bool:
    meta = _listed(session, packet.packet)
    return meta is not None and meta.get("campaign") == campaign_id


def preview_packet(
    session: Session, campaign_id: str, kind: PacketKind, tick: Tick = no_tick
) -> bytes:
    """The pages as they would be now; nothing is recorded."""
    content = _content(session, campaign_id, kind)
    composed: Composed = session.runner("compose_packet", content, b"{}", tick=tick)
    return composed.pdf


def compile_packet(
    session: Session, campaign_id: str, kind: PacketKind, tick: Tick = no_tick
) -> str:
    """Compose a packet with its evidence and record it for signing. Returns its id.

    Raises CandorError naming the first thing that stops it, NotYours.
    """
    session.need_office("secretary")
    stopping = [p.text for p in problems(session, campaign_id, kind) if p.stops]
    if stopping:
        raise PacketRefused(stopping[0], hint="Mend it, then compile again.")
    content = _content(session, campaign_id, kind)
    packet_id, case_id = new_id(), new_id()
    cases = packet_content.cases_for(session, campaign_id, kind)
    evidence = packet_evidence.build(session, packet_id, content, cases)
    composed: Composed = session.runner("compose_packet", content, evidence, tick=tick)
    digest = sent.digest(composed.pdf)
    with session.batch():
        session.write(
            case_id,
            EventType.PACKET_COMPILED,
            [
                ("packet", packet_id),
                ("kind", kind.value),
                ("version", content.version),
                ("digest", digest),
                ("pages", composed.pages),
                ("signers", [_signer(field) for field in composed.fields]),
                ("cases", [case.id for case in cases]),
            ],
            deps=session.directory.head,
        )
        title = f"{content.committee} {kind.value}, {content.title}"
        meta = {"case": case_id, "title": title, "campaign": campaign_id}
        _keep(session, packet_id, composed.pdf, meta, ())
    return packet_id


def _signer(field: FieldSpec) -> dict[str, str]:
    return {
        "person": field.person,
        "office": field.office,
        "field": field.name,
        "meaning": field.meaning,
    }


def _keep(
    session: Session,
    packet_id: str,
    pdf: bytes,
    meta: Mapping[str, object],
    recipients: tuple[str, ...],
) -> None:
    whole = {**meta, "digest": sent.digest(pdf), "to": list(recipients)}
    session.vault.put_document(PACKET, packet_id, pdf, whole)


# --- signing ------------------------------------------------------------------------------


def sign_packet(
    session: Session, packet_id: str, full_name: str, passphrase: str, tick: Tick = no_tick
) -> None:
    """Verify the packet as it came, then sign it in the owner's place.

    Raises PacketRefused where it is not what was compiled, SignatureRefused.
    """
    case, packet = _find(session, packet_id)
    pdf = packet_pdf(session, packet_id)
    number = _my_place(session, packet)
    signer = packet.signers[number]
    signed = {s.field: s for s in packet.signatures if not s.void}
    _check_before_signing(session, packet, pdf, bool(signed), tick)
    require_signature(session, full_name, passphrase)
    field = FieldSpec(
        name=signer.field,
        page=0,
        rect=(0, 0, 0, 0),
        person=signer.person,
        office=signer.office,
        meaning=signer.meaning,
        last=number == len(packet.signers) - 1,
        title=_title(session, signer.office, packet.kind),
        signer=session.me.name,
    )
    at = session.clock.now()
    new: bytes = session.runner(
        "sign_pdf", pdf, field, _credentials(session, field.title), at, number == 0, tick=tick
    )
    with session.batch():
        session.write(
            case.id,
            EventType.PACKET_SIGNED,
            [
                ("packet", packet_id),
                ("field", signer.field),
                ("digest_before", sent.digest(pdf)),
                ("digest_after", sent.digest(new)),
                ("name", full_name.strip()),
            ],
            deps=(packet.event, *(s.event for s in signed.values()), *session.directory.head),
        )
        meta = _listed(session, packet_id) or {}
        _keep(session, packet_id, new, dict(meta), _next_hands(session, packet, number))


def _find(session: Session, packet_id: str) -> tuple[Case, Packet]:
    for case in session.state.cases.values():
        for packet in case.packets:
            if packet.packet == packet_id:
                return case, packet
    raise CandorError("That packet is not in this vault.", hint="Import its file first.")


def _my_place(session: Session, packet: Packet) -> int:
    signed = {s.field for s in packet.signatures if not s.void}
    for number, signer in enumerate(packet.signers):
        if signer.field in signed:
            continue
        if signer.person == session.person_id:
            return number
        raise PacketRefused(
            f"{session.name_of(signer.person)} signs before you, so you cannot sign yet.",
            hint="Import the file that brings their signature.",
        )
    raise PacketRefused("Everybody has signed this packet.", hint="Verify it instead.")


def _check_before_signing(
    session: Session, packet: Packet, pdf: bytes, begun: bool, tick: Tick
) -> None:
    """The first signer signs what the compiling recorded; the others verify what came."""
    if not begun:
        if sent.digest(pdf) != packet.digest:
            raise PacketRefused(
                "This file is not the one that was compiled, so it cannot be signed.",
                hint="Compile the packet again.",
            )
        return
    verdict = verdict_of(session, pdf, tick)
    stopped = [line for line in verdict.lines if line.state is LineState.STOPPED]
    if stopped:
        raise PacketRefused(
            f"This packet cannot be relied on: {stopped[0].statement}",
            hint="Do not sign it. Tell the Secretary.",
        )


def verdict_of(session: Session, pdf: bytes, tick: Tick = no_tick) -> Verdict:
    """Verify a packet against this vault's root and directory."""
    root = session.vault.document("root", "current")
    trust = Trust(
        root=verify_root(root.data) if root else None,
        directory_events=tuple(session.vault.events(session.root.directory)),
        directory_as_of=session.directory_as_of,
    )
    verdict: Verdict = session.runner("verify_pdf", pdf, trust, session.clock.now(), tick=tick)
    return verdict


def _credentials(session: Session, title: str) -> PdfSigner:
    certificate = session.directory.certificate(session.identity.key_id)
    if certificate is None:
        raise PacketRefused(
            "Your certificate has not arrived, so you cannot sign yet.",
            hint="Import the Secretary's file that brings it.",
        )
    return PdfSigner(
        person=session.person_id,
        name=session.me.name,
        title=title,
        key=session.identity.p256_key,
        certificate=bytes.fromhex(certificate.x509),
        root=bytes.fromhex(session.root.x509_root),
    )


def _next_hands(session: Session, packet: Packet, number: int) -> tuple[str, ...]:
    """Who gets the file next: the secretary from the others, the next signer from the
    secretary, every signer once it is complete."""
    people = tuple(signer.person for signer in packet.signers)
    if "secretary" not in session.offices:
        return session.directory.holders("secretary")
    if number == len(people) - 1:
        return tuple(p for p in people if p != session.person_id)
    return (people[number + 1],)


# --- receiving ----------------------------------------------------------------------------


def receive(session: Session) -> int:
    """Take packets that came in files into their place, each only where its bytes are the ones
    that a signed event names. Returns how many."""
    taken = 0
    for listed in session.vault.documents(INCOMING_PACKET):
        document = session.vault.document(INCOMING_PACKET, listed.key)
        if document is None:
            continue
        taken += _receive_one(session, listed.key, document.data)
    return taken


def _receive_one(session: Session, packet_id: str, pdf: bytes) -> bool:
    try:
        case, packet = _find(session, packet_id)
    except CandorError:
        return False  # its record has not arrived; the file waits
    digest = sent.digest(pdf)
    signatures = [s for s in packet.signatures if not s.void]
    latest = signatures[-1].digest_after if signatures else packet.digest
    session.vault.delete_document(INCOMING_PACKET, packet_id)
    if digest != latest:
        return False  # an older version than the signed events tell of, or not this packet
    meta = _listed(session, packet_id) or {
        "case": case.id,
        "title": f"{session.pack.committee('audit').title} {packet.kind}",
        "campaign": "",
    }
    number = len(signatures) - 1
    people = tuple(signer.person for signer in packet.signers)
    onward: tuple[str, ...] = ()
    if "secretary" in session.offices:
        complete = len(signatures) == len(people)
        others = tuple(p for p in people if p != session.person_id)
        onward = others if complete else (people[number + 1],)
    _keep(session, packet_id, pdf, dict(meta), onward)
    return True
