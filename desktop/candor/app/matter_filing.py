"""Filing a matter: what stops a signature, what is signed for whom, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from candor.app import (
    attachments,
    filing,
    matter_audience,
    matter_facts,
    matter_reading,
    notices,
    printing,
)
from candor.app.integrity import require_sound
from candor.app.matter_begun import BEGUN, Begun
from candor.app.matter_drafts import MatterDraft
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.clock import Tick, no_tick
from candor.errors import CandorError, Problems
from candor.forms.answers import Answer
from candor.keys.codes import new_id
from candor.policy.answer import Block
from candor.policy.facts.reading import FactsFaults
from candor.records.events import BlobRef, EventType
from candor.records.matter_parts import Link
from candor.records.matters import Case, Submission


@dataclass(frozen=True)
class Signature:
    """What the filer gives with a signature: the typed name, the passphrase, consent to sign
    electronically, and for an amendment its reason."""

    name: str
    passphrase: str
    consent: bool = True
    reason: str = ""


def sign(
    session: Session,
    draft: MatterDraft,
    signature: Signature,
    tick: Tick = no_tick,
) -> filing.Filed:
    """Sign a matter and open it to its audience: freeze, sign, write, read back.

    One body for each audience; those beyond the main one have a case of their own. Nobody
    receives what concerns them. A director's form on an interest tells the other directors in the
    same act. Raises Problems and SignatureRefused before anything is written.
    """
    found = problems(session, draft, signature)
    if found:
        raise Problems(
            "Some points are still open, so nothing was signed.",
            found,
            hint="Open the review page; each open point is a link there.",
        )
    if draft.case.submissions:
        require_sound(session, (draft.case.id,))
    require_signature(session, signature.name, signature.passphrase)
    tick("Freeze the answers", 1, 4)
    answers = filing.frozen(draft, signature.name)
    tick("Sign and write", 2, 4)
    event = _write_all(session, draft, answers, signature)
    tick("Read back", 3, 4)
    filing.read_back(session, event)
    tick("Print your copy", 4, 4)
    case = session.case(draft.case.id)
    pdf = session.runner("compose_filing", printing.filing_content(session, case), tick=tick)
    session.vault.put_document(filing.FILED, event, pdf, {"case": case.id})
    return filing.Filed(case.id, len(case.submissions), pdf, event)


def problems(session: Session, draft: MatterDraft, signature: Signature) -> tuple[str, ...]:
    """Everything that stands in the way of a signature, as sentences."""
    found = [f"{p.question}: {p.text}" for p in draft.problems()]
    if filing.texts(session, draft).consent_needed and not signature.consent:
        found.append("You have not agreed to sign electronically.")
    if draft.begun.supersedes and not signature.reason.strip():
        found.append("Say why you amend it; the earlier version stays beside it.")
    if notices.is_owed(session, draft) and (hindrance := notices.hindrance(session)):
        found.append(hindrance)
    block = None if found else _block(session, draft)
    if block is not None and not block.record_allowed:
        found.append(f"{block.reason} {block.remedy}")
    return tuple(found)


def _block(session: Session, draft: MatterDraft) -> Block | None:
    """The prohibition that the answers fall under, as far as they can be judged."""
    try:
        facts = matter_facts.of_draft(session, draft)
    except FactsFaults:
        return None
    return matter_facts.judged(session, facts).block


def _write_all(
    session: Session,
    draft: MatterDraft,
    answers: Mapping[str, Answer],
    signature: Signature,
) -> str:
    main = draft.form.default_audience
    consent = session.pack.text_version("electronic_consent")
    event = ""
    with session.batch():
        for audience in draft.form.audiences():
            part = {q: a for q, a in answers.items() if draft.form.question(q).audience == audience}
            body = _Body(session, draft, audience, audience == main)
            written = body.write(part, signature, consent)
            event = written if audience == main else event
            if audience == main and notices.is_owed(session, draft):
                readers = body.audience["people"]
                notices.serve_filed(session, draft, part, readers, signature.name)
        session.vault.set_setting("consent", consent)
        session.vault.discard_draft(draft.case.id)
        session.vault.delete_document(BEGUN, draft.case.id)
    return event


class _Body:
    """One audience's share of a signing act."""

    def __init__(
        self,
        session: Session,
        draft: MatterDraft,
        audience: str,
        main: bool,
    ) -> None:
        self.session, self.draft, self.main = session, draft, main
        self.audience = matter_audience.of(session, draft, audience)
        part = None if main else _earlier_part(session, draft, audience)
        self.case = draft.case.id if main else part.id if part else new_id()
        self.supersedes = draft.begun.supersedes if main else _last(part)

    def write(self, answers: Mapping[str, Answer], signature: Signature, consent: str) -> str:
        """Sign and keep it; returns the event's id."""
        begun = self.draft.begun
        links = begun.links if self.main else (Link(self.draft.case.id, matter_reading.PART),)
        body = [
            *_head(self.draft, begun, self.audience),
            ("meaning", self.session.pack.text_version("filer_signature")),
            ("name", signature.name.strip()),
            ("consent", consent),
            ("language", self.draft.language),
            ("supersedes", self.supersedes),
            ("reason", signature.reason.strip() if self.supersedes else ""),
            ("request", begun.request if self.main else ""),
            ("links", msgspec.to_builtins(links)),
            ("pack", self.session.pack_in_force),
            ("context", msgspec.to_builtins(self.draft.context)),
            *((f"answer/{q}", msgspec.to_builtins(a)) for q, a in answers.items()),
        ]
        deps = {*self.session.directory.head, self.supersedes} - {""}
        if self.main and begun.request:
            deps.add(begun.request)
        return self.session.write(
            self.case, EventType.MATTER_FILED, body, deps=deps, blobs=_blobs(answers)
        )


def _head(
    draft: MatterDraft, begun: Begun, audience: Mapping[str, Any]
) -> Iterable[tuple[str, Any]]:
    matter = draft.form.matter.value if draft.form.matter else ""
    return (
        ("form", begun.form),
        ("form_id", draft.form.id),
        ("matter", matter),
        ("audience", audience),
    )


def _earlier_part(session: Session, draft: MatterDraft, audience: str) -> Case | None:
    """The case that already carries this audience's share of the same matter."""
    found = matter_reading.parts(session, draft.case)
    return next((case for case in found if case.audience_name == audience), None)


def _last(case: Case | None) -> str:
    return case.submissions[-1].event if case is not None and case.submissions else ""


def _blobs(answers: Mapping[str, Answer]) -> tuple[BlobRef, ...]:
    files = {file["digest"]: int(file["size"]) for file in attachments.of(answers.values())}
    return tuple(attachments.reference(digest, size) for digest, size in files.items())


def withdraw(session: Session, case_id: str, reason: str, name: str, passphrase: str) -> None:
    """Take a matter back, signed; everything stays on file. Raises CandorError."""
    version = _own(session, case_id, reason)
    require_signature(session, name, passphrase)
    session.write(
        case_id,
        EventType.MATTER_WITHDRAWN,
        [("reason", reason.strip()), ("name", name.strip())],
        deps=(version.event, *session.directory.head),
    )


def retire(
    session: Session, case_id: str, ended_on: date, reason: str, name: str, passphrase: str
) -> None:
    """Say, signed, that what was disclosed has ended. Raises CandorError."""
    version = _own(session, case_id, reason)
    if ended_on.isoformat() > session.today:
        raise CandorError(
            "That day is still to come, so nothing was signed.",
            hint="Say it when it has ended; until then the matter goes on.",
        )
    require_signature(session, name, passphrase)
    session.write(
        case_id,
        EventType.MATTER_RETIRED,
        [
            ("ended_on", ended_on.isoformat()),
            ("reason", reason.strip()),
            ("name", name.strip()),
        ],
        deps=(version.event, *session.directory.head),
    )


def _own(session: Session, case_id: str, reason: str) -> Submission:
    case = session.case(case_id)
    if case.kind != matter_reading.MATTER or case.subject != session.person_id:
        raise CandorError("That is not a matter of yours.", hint="Open one of your own.")
    if case.matter is not None and case.matter.withdrawal is not None:
        raise CandorError("This matter was withdrawn before.", hint="Nothing more is needed.")
    if not reason.strip():
        raise CandorError("Give the reason in a sentence.", hint="Nothing was signed.")
    require_sound(session, (case_id,))
    return matter_reading.newest(case)
