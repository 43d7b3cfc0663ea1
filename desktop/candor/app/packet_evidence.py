"""The signed events that a packet's pages print, with exactly the answers it may show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from candor.app import reading
from candor.app.session import ROOT, Session
from candor.errors import CandorError
from candor.packet import evidence
from candor.packet.content import PacketContent
from candor.packet.sections_sign import field_name
from candor.records import chain
from candor.records.body import Revealed, reveal
from candor.records.events import EventType, SignedEvent
from candor.records.matters import Case

_PRINTED = frozenset(
    {
        EventType.QUESTIONNAIRE_SIGNED,
        EventType.RECEIPT_GIVEN,
        EventType.EXCEPTIONS_REFERRED,
        EventType.EXCEPTION_DETERMINED,
    }
)


def build(session: Session, packet_id: str, content: PacketContent, cases: Iterable[Case]) -> bytes:
    """The evidence of one packet: root, directory, expected signers, signed events."""
    root = session.vault.document(ROOT, "current")
    if root is None:
        raise CandorError("This vault has no root document.", hint="Join the company again.")
    events = [pair for case in cases for pair in _printed(session, case) if pair[1] is not None]
    return evidence.build(
        evidence.EvidenceInput(
            company=session.root.company,
            company_name=session.company,
            root=root.data,
            packet=packet_id,
            kind=content.kind.value,
            version=content.version,
            directory=tuple(session.vault.events(session.root.directory)),
            events=tuple(events),
            signers=_signers(session, content),
        )
    )


def _printed(session: Session, case: Case) -> list[tuple[SignedEvent, Revealed]]:
    newest = reading.newest(case).event
    found = []
    for signed, body in session.vault.events(case.id):
        header = chain.header(signed)
        if header.type not in _PRINTED or body is None:
            continue
        superseded = header.type == EventType.QUESTIONNAIRE_SIGNED
        if superseded and chain.event_id(signed) != newest:
            continue
        found.append((signed, reveal(body, [item.id for item in body.items])))
    return found


def _signers(session: Session, content: PacketContent) -> tuple[evidence.ExpectedSigner, ...]:
    found = []
    for number, line in enumerate(content.signers):
        certificate = session.directory.current_certificate(line.person)
        if certificate is None:
            raise CandorError(
                f"{line.name}, who signs, has not joined yet.", hint="Send the invitation first."
            )
        found.append(
            evidence.ExpectedSigner(
                field=field_name(number, line),
                person=line.person,
                name=line.name,
                office=line.office,
                title=line.title,
                meaning=line.meaning,
                certificate=hashlib.sha256(bytes.fromhex(certificate.x509)).hexdigest(),
            )
        )
    return tuple(found)
