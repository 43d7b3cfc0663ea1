"""Compiling a packet: what stands in the way, what it would say, recording it for signing."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app import line_up, packet_content, packet_evidence, reading, sent
from candor.app.campaigns import campaign
from candor.app.integrity import require_sound
from candor.app.packets import keep, meta_of
from candor.app.session import Session
from candor.clock import Tick, no_tick
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.packet.content import Composed, FieldSpec, PacketContent, PacketKind
from candor.policy.routing import NobodyMayDecide
from candor.records.events import EventType
from candor.records.matters import Packet


@dataclass(frozen=True)
class PacketProblem:
    """Something found before compiling; ``stops``: compiling waits until it is mended."""

    text: str
    stops: bool
    target: str = ""


class PacketRefused(CandorError):
    """A packet may not be signed as it is; nothing was signed."""


def problems(
    session: Session, campaign_id: str, kind: PacketKind, tick: Tick = no_tick
) -> tuple[PacketProblem, ...]:
    """Everything that stands in the way, and plain hints, before compiling."""
    return _looked_at(session, campaign_id, kind, tick)[1]


def _looked_at(
    session: Session, campaign_id: str, kind: PacketKind, tick: Tick
) -> tuple[PacketContent | None, tuple[PacketProblem, ...]]:
    """What the packet would say, None where that cannot be told; and its problems."""
    try:
        content = _content(session, campaign_id, kind)
    except (CandorError, NobodyMayDecide) as stopped:
        return None, (PacketProblem(stopped.sentence(), stops=True),)
    found = [
        PacketProblem(text, stops=True)
        for text in session.runner("packet_problems", content, tick=tick)
    ]
    found += _signer_problems(session, campaign_id, kind)
    found += _case_problems(session, campaign_id, kind)
    return content, tuple(found)


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
    meta = meta_of(session, packet.packet)
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
    content, found = _looked_at(session, campaign_id, kind, tick)
    stopping = [p.text for p in found if p.stops]
    if stopping or content is None:
        raise PacketRefused(stopping[0], hint="Mend it, then compile again.")
    packet_id, case_id = new_id(), new_id()
    cases = packet_content.cases_for(session, campaign_id, kind)
    require_sound(session, (case.id for case in cases))
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
        title = f"{content.committee} {kind.value}, {campaign(session, campaign_id).title}"
        meta = {"case": case_id, "title": title, "campaign": campaign_id}
        keep(session, packet_id, composed.pdf, meta, ())
    return packet_id


def _signer(field: FieldSpec) -> dict[str, str]:
    return {
        "person": field.person,
        "office": field.office,
        "field": field.name,
        "meaning": field.meaning,
    }
