"""Whether a decision or a page signature counts, and in one sentence why not."""

from __future__ import annotations

import msgspec

from candor.policy.terms import Office
from candor.records.authority import NO_DIRECTORY
from candor.records.events import EventType
from candor.records.items import DecisionItems, PacketItems, PageItems
from candor.records.judge import Judged
from candor.records.matters import Determination, Packet, PageSignature, Submission
from candor.records.working import Working

OWN_MATTER = "Nobody decides their own matter."
NO_OFFICE = "Its author did not hold that office, as far as the directory named here says."
NOT_REFERRED = "This question was not referred to that office."
NO_ANSWER = "It does not name answers to that question in this case."
REPLACED = "The answers that it decides on were replaced since."
ENDED = "The directory has since recorded that the author did not hold the office on that day."
NO_PACKET = "It does not belong to a packet of this case."
NOT_THAT_SIGNER = "Its author is not the one named for that signature."
TWICE = "That field of the packet was signed before."
OTHER_BYTES = "It was put on other bytes than this packet's."


def determinations(work: Working) -> tuple[Determination, ...]:
    """Every decision in a case, in order; ``void`` says why one does not count."""
    return tuple(_determination(work, j) for j in _all(work, EventType.EXCEPTION_DETERMINED))


def _all(work: Working, kind: EventType) -> list[Judged]:
    return [j for j in work.events if j.header.type == kind]


def _determination(work: Working, judged: Judged) -> Determination:
    person, claimed_at = work.author(judged), judged.header.claimed_at
    items = None if judged.id in work.void else work.read(judged, DecisionItems)
    if items is None:
        return Determination(judged.id, person, claimed_at, void=work.void[judged.id])
    answers = _answers(work, judged, items.question)
    void = _decision_fault(work, judged, items, answers)
    if void:
        work.void[judged.id] = void
    return Determination(
        event=judged.id,
        person=person,
        claimed_at=claimed_at,
        question=items.question,
        kind=items.kind.value,
        reason=items.reason,
        conditions=items.conditions,
        office=items.office,
        material_departure=items.material_departure,
        meaning=items.meaning,
        name=items.name,
        submission=answers.event if answers else "",
        void=void,
        caution="" if void else _caution(work, judged, items, answers),
    )


def _answers(work: Working, judged: Judged, question: str) -> Submission | None:
    """The newest submission that the decision names and that answers the question."""
    named = [s for e, s in work.submissions.items() if e in judged.header.deps]
    fitting = [s for s in named if not s.here or question in s.answers]
    return fitting[-1] if fitting else None


def _decision_fault(
    work: Working, judged: Judged, items: DecisionItems, answers: Submission | None
) -> str:
    author, authority = work.author(judged), work.authority
    rules = (
        (not work.forked, work.forked),
        (author not in {"", work.subject}, OWN_MATTER),
        (authority.names_directory(judged), NO_DIRECTORY),
        (authority.holds(judged, items.office), NO_OFFICE),
        (answers is not None, NO_ANSWER),
        (answers is None or author != answers.person, OWN_MATTER),
        (_referred(work, judged, items), NOT_REFERRED),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _referred(work: Working, judged: Judged, items: DecisionItems) -> bool:
    """Whether the question was sent to the office, or to one that it stands in for.

    Answers that the secretary may not read are nobody's to refer: signing opened them to
    their audience's offices at once.
    """
    offices = [r.office for r in work.referrals if items.question in r.questions]
    if Office.SECRETARY not in work.opened_to:
        offices.extend(work.opened_to)
    return any(work.authority.acts_for(judged, items.office, office) for office in offices)


def _caution(
    work: Working, judged: Judged, items: DecisionItems, answers: Submission | None
) -> str:
    if not work.authority.still_holds(judged, items.office):
        return ENDED
    return REPLACED if answers is not None and answers.superseded_by else ""


def packets(work: Working) -> tuple[Packet, ...]:
    """Every packet compiled in a campaign's case, with the signatures reported for it."""
    found: dict[str, Packet] = {}
    for judged in work.each(EventType.PACKET_COMPILED):
        if fault := work.secretary_fault(judged):
            work.void[judged.id] = fault
        elif compiled := work.read(judged, PacketItems):
            found[judged.id] = Packet(
                event=judged.id,
                packet=compiled.packet,
                kind=compiled.kind,
                version=compiled.version,
                digest=compiled.digest,
                pages=compiled.pages,
                claimed_at=judged.header.claimed_at,
                person=work.author(judged),
                signers=compiled.signers,
                cases=compiled.cases,
            )
    for judged in work.each(EventType.PACKET_SIGNED):
        if items := work.read(judged, PageItems):
            _add_signature(work, found, judged, items)
    checked = tuple(_branch_checked(p) for p in found.values())
    work.void.update({s.event: s.void for p in checked for s in p.signatures if s.void})
    return checked


def _add_signature(
    work: Working, found: dict[str, Packet], judged: Judged, items: PageItems
) -> None:
    """Put a reported signature with the compilation that it depends on, or the last of its id."""
    fitting = [p for p in found.values() if p.packet == items.packet]
    named = [p for p in fitting if p.event in judged.header.deps] or fitting
    if not named:
        work.void[judged.id] = NO_PACKET
        return
    packet = named[-1]
    void = _page_fault(work, judged, items, packet)
    if void:
        work.void[judged.id] = void
    signature = PageSignature(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        field=items.field,
        digest_before=items.digest_before,
        digest_after=items.digest_after,
        void=void,
    )
    found[packet.event] = msgspec.structs.replace(
        packet, signatures=(*packet.signatures, signature)
    )


def _page_fault(work: Working, judged: Judged, items: PageItems, packet: Packet) -> str:
    signer = next((s for s in packet.signers if s.field == items.field), None)
    if work.forked:
        return work.forked
    if signer is None or signer.person != work.author(judged):
        return NOT_THAT_SIGNER
    if signer.office and not work.authority.holds(judged, signer.office):
        return NO_OFFICE
    return ""


def _branch_checked(packet: Packet) -> Packet:
    """Void signatures on bytes that no counting signature made, and notice two on the same."""
    reached, fields = {packet.digest}, set()
    before: list[str] = []
    checked = []
    for signature in _in_signing_order(packet):
        void = signature.void
        if not void and signature.digest_before not in reached:
            void = OTHER_BYTES
        if not void and signature.field in fields:
            void = TWICE
        if not void:
            before.append(signature.digest_before)
            reached.add(signature.digest_after)
            fields.add(signature.field)
        checked.append(msgspec.structs.replace(signature, void=void))
    branched = len(set(before)) < len(before)
    return msgspec.structs.replace(packet, signatures=tuple(checked), branched=branched)


def _in_signing_order(packet: Packet) -> list[PageSignature]:
    """The signatures by the bytes that each one was put on, then those that fit nowhere."""
    left, ordered, reached = list(packet.signatures), [], [packet.digest]
    for digest in reached:
        here = [s for s in left if s.digest_before == digest]
        ordered.extend(here)
        left = [s for s in left if s.digest_before != digest]
        reached.extend(s.digest_after for s in here if not s.void)
    return ordered + left
