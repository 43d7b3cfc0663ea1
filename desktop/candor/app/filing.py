"""Filing: a person's forms, the signing of one, and the paper that stays with the signer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from candor.app import attachments, printing, reading
from candor.app.draft import Draft
from candor.app.integrity import require_sound
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.clock import Tick, no_tick
from candor.errors import CandorError, Problems
from candor.forms.answers import Answer
from candor.forms.kinds import Kind
from candor.keys.codes import new_id
from candor.policy.routing import readers
from candor.records import chain
from candor.records.body import commit
from candor.records.events import BlobRef, EventType
from candor.records.matters import Case, Issue

FILED = "filed"


@dataclass(frozen=True)
class FormTask:
    """A form on a person's list."""

    case: str
    title: str
    due: date
    state: str
    answered: int
    total: int
    proposed: int
    """Of the open questions, those with an answer on file or of last year to confirm or change."""
    signed_at: datetime | None
    number: str


@dataclass(frozen=True)
class SigningTexts:
    """What the signing page says."""

    meaning: str
    consent: str
    consent_version: str
    consent_needed: bool
    carve_out: str
    when_you_press: tuple[str, ...]
    signing_as: str


@dataclass(frozen=True)
class Filed:
    """A signed filing: the signer's PDF, and the version that it made."""

    case: str
    version: int
    pdf: bytes
    event: str


def my_forms(session: Session) -> tuple[FormTask, ...]:
    """The forms issued to the owner, the open ones first, by due date."""
    tasks = [
        _task(session, case, case.issued)
        for case in reading.questionnaires(session)
        if case.subject == session.person_id and case.issued is not None
    ]
    return tuple(sorted(tasks, key=lambda task: (task.state == "signed", task.due)))


def _task(session: Session, case: Case, issued: Issue) -> FormTask:
    draft = Draft(session, case)
    progress = draft.progress()
    signed = case.submissions[-1] if case.submissions else None
    changed = session.vault.draft(case.id) is not None
    answered = progress.asked if signed and not changed else progress.answered
    return FormTask(
        case=case.id,
        title=draft.title,
        due=date.fromisoformat(issued.due),
        state="signed" if signed and not changed else "open",
        answered=answered,
        total=progress.asked,
        proposed=sum(q in draft.last_year or q in draft.facts for q in _unanswered(draft)),
        signed_at=datetime.fromisoformat(signed.claimed_at) if signed else None,
        number=case.number,
    )


def _unanswered(draft: Draft) -> tuple[str, ...]:
    return tuple(
        question.id
        for question in draft.visible()
        if (answer := draft.answers.get(question.id)) is None or not answer.answered
    )


def open_draft(session: Session, case_id: str) -> Draft:
    """Open a form for filling in; after signing, a new version starts from what was signed."""
    case = session.case(case_id)
    if case.subject != session.person_id:
        raise CandorError(
            "This form was issued to somebody else.", hint="Open one of your own forms."
        )
    draft = Draft(session, case)
    if case.submissions and session.vault.draft(case_id) is None:
        draft.show(printing.signed_answers(session, case))
    return draft


def texts(session: Session, draft: Draft) -> SigningTexts:
    """The words of the signing page."""
    pack = session.pack
    version = pack.text_version("electronic_consent")
    secretary = next(iter(session.directory.holders("secretary")), "")
    number = len(draft.case.submissions) + 1
    return SigningTexts(
        meaning=pack.text("filer_signature"),
        consent=pack.text("electronic_consent"),
        consent_version=version,
        consent_needed=session.vault.setting("consent", "") != version,
        carve_out=pack.text("carve_out"),
        when_you_press=(
            f"Your answers are sealed as version {number}.",
            (
                f"A reply file for {session.name_of(secretary)}, "
                f"{pack.office_title('secretary')}, is made for you to send."
            ),
            (
                f"You keep a signed PDF. Later changes become version {number + 1}; "
                f"version {number} stays."
            ),
        ),
        signing_as=session.title,
    )


def sign(
    session: Session,
    draft: Draft,
    full_name: str,
    passphrase: str,
    consent: bool,
    tick: Tick = no_tick,
) -> Filed:
    """Sign a form: freeze, sign, write, read back. Raises Problems, SignatureRefused.

    One body per audience is signed, and a case of its own for each audience beyond the main
    one, always, whatever the answers are, so that its existence tells nothing.
    """
    wanted = texts(session, draft)
    if wanted.consent_needed and not consent:
        raise Problems(
            "You have not agreed to sign electronically.",
            ("You have not agreed to sign electronically.",),
            hint="Tick the box, or ask the Secretary for the paper form.",
        )
    problems = draft.problems()
    if problems:
        sentences = tuple(f"{p.question}: {p.text}" for p in problems)
        raise Problems(
            "Some questions are still open, so nothing was signed.",
            sentences,
            hint="Open the review page; each open point is a link there.",
        )
    require_sound(session, (draft.case.id,))
    require_signature(session, full_name, passphrase)
    tick("Freeze the answers", 1, 4)
    answers = frozen(draft, full_name)
    tick("Sign and write", 2, 4)
    event = _write_all(session, draft, answers, full_name, wanted.consent_version)
    tick("Read back", 3, 4)
    read_back(session, event)
    tick("Print your copy", 4, 4)
    case = session.case(draft.case.id)
    pdf = session.runner("compose_filing", printing.filing_content(session, case), tick=tick)
    session.vault.put_document(FILED, event, pdf, {"case": case.id})
    return Filed(case.id, len(case.submissions), pdf, event)


def frozen(draft: Draft, full_name: str) -> dict[str, Answer]:
    """The answers that will be signed: only to questions that are asked, signature included."""
    answers = {}
    for question in draft.visible():
        if question.kind is Kind.SIGNATURE:
            answers[question.id] = Answer(question.id, value={"name": full_name.strip()})
        elif question.id in draft.answers:
            answers[question.id] = draft.answers[question.id]
    return answers


def _write_all(
    session: Session, draft: Draft, answers: Mapping[str, Answer], name: str, consent: str
) -> str:
    main = draft.form.default_audience
    with session.batch():
        event = ""
        for audience in draft.form.audiences():
            part = {q: a for q, a in answers.items() if draft.form.question(q).audience == audience}
            case = draft.case.id if audience == main else _sealed_case(session, draft, audience)
            written = _write_one(session, draft, case, audience, part, name, consent)
            event = written if audience == main else event
        session.vault.set_setting("consent", consent)
        session.vault.discard_draft(draft.case.id)
    return event


def _sealed_case(session: Session, draft: Draft, audience: str) -> str:
    """The case that already carries this audience's body of the same form, else a new one."""
    for case in session.state.cases.values():
        mine = case.kind == "sealed" and case.subject == session.person_id
        if mine and (case.campaign, case.audience_name) == (draft.case.campaign, audience):
            return case.id
    return new_id()


def _write_one(
    session: Session,
    draft: Draft,
    case: str,
    audience: str,
    answers: Mapping[str, Answer],
    name: str,
    consent: str,
) -> str:
    pairs = readers(session.pack, audience, session.person_id, session.holders())
    earlier = session.state.cases.get(case)
    supersedes = earlier.submissions[-1].event if earlier and earlier.submissions else ""
    issued = draft.case.issued_event if case == draft.case.id else ""
    body: list[tuple[str, Any]] = [
        ("form", draft.form.digest),
        ("form_id", draft.form.id),
        ("campaign", draft.case.campaign),
        (
            "audience",
            {
                "name": audience,
                "offices": list(dict.fromkeys(office for office, _ in pairs)),
                "people": list(dict.fromkeys(person for _, person in pairs)),
            },
        ),
        ("meaning", session.pack.text_version("filer_signature")),
        ("name", name.strip()),
        ("consent", consent),
        ("language", draft.language),
        ("supersedes", supersedes),
        ("context", _context(draft, case)),
        *((f"answer/{q}", msgspec.to_builtins(a)) for q, a in answers.items()),
    ]
    deps = {*session.directory.head, issued, supersedes} - {""}
    return session.write(
        case, EventType.QUESTIONNAIRE_SIGNED, body, deps=deps, blobs=_blobs(answers)
    )


def _context(draft: Draft, case: str) -> Any:
    """A sealed body carries what its readers need to read it, without the company's facts."""
    if case == draft.case.id:
        return {}
    return msgspec.to_builtins(msgspec.structs.replace(draft.context, facts={}))


def _blobs(answers: Mapping[str, Answer]) -> tuple[BlobRef, ...]:
    sizes = {file["digest"]: int(file["size"]) for file in attachments.of(answers.values())}
    return tuple(attachments.reference(digest, size) for digest, size in sizes.items())


def read_back(session: Session, event: str) -> None:
    """Read a written event from the disk again and check it. Raises CandorError."""
    found = session.vault.event(event)
    if found is not None:
        signed, body = found
        whole = body is not None and commit(body) == chain.header(signed).body_commit
        if whole and chain.signature_holds(signed, session.identity.signing.public):
            return
    raise CandorError(
        "What was written could not be read back, so do not rely on this signature.",
        hint="Make a backup, restart Candor and look at your form again.",
    )


def filed_pdf(session: Session, case_id: str) -> bytes:
    """The signer's own PDF of the newest version. Raises CandorError."""
    case = session.case(case_id)
    event = reading.newest(case).event
    document = session.vault.document(FILED, event)
    if document is not None:
        return document.data
    pdf = session.runner("compose_filing", printing.filing_content(session, case))
    session.vault.put_document(FILED, event, pdf, {"case": case_id})
    return bytes(pdf)


def signed_copy(session: Session, case_id: str) -> Filed:
    """The newest signed version of a form with the signer's PDF. Raises CandorError."""
    case = session.case(case_id)
    event = reading.newest(case).event
    return Filed(case_id, len(case.submissions), filed_pdf(session, case_id), event)


def unsigned_pdf(session: Session, draft: Draft, tick: Tick = no_tick) -> bytes:
    """The pages as they would be signed now, to be read before signing; nothing is kept."""
    answers = frozen(draft, session.me.name)
    content = printing.unsigned_content(session, draft.case, answers, session.clock.now())
    return bytes(session.runner("compose_filing", content, tick=tick))
