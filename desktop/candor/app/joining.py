"""Joining a company: the secretary's invitation, the request that answers it, the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from candor.app import company, outbox, sent, vaults
from candor.app.session import IDENTITY, PACK, ROOT, Session
from candor.app.vaults import Created, VaultParts
from candor.app.words import day
from candor.clock import Clock, stamp
from candor.errors import CandorError
from candor.exchange import enrolment, intake
from candor.exchange.bundle import Outgoing, Part
from candor.exchange.checked import Checked
from candor.exchange.enrolment import Issued
from candor.exchange.manifest import BlobKind, Purpose
from candor.exchange.outbox import prepare
from candor.keys.codes import fingerprint as grouped
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import root as roots

VALID_DAYS = 30
"""How long an invitation can be used; a setting of this program."""

INVITATION = "invitation"


@dataclass(frozen=True)
class InvitationFile:
    """A file to send and the code to give by another channel, never in the same message."""

    person: str
    name: str
    email: str
    file_name: str
    data: bytes
    code: str
    expires: date
    message: str


@dataclass(frozen=True)
class InvitationView:
    """What an invitation says, to be compared before joining."""

    company: str
    person: str
    secretary: str
    fingerprint: str
    expires: date


class _Stored(msgspec.Struct):
    """``carried``: the invitation holds the directory as it stood before that place of arrival."""

    issued: Issued
    file_name: str
    carried: int


def invite(session: Session, person: str) -> InvitationFile:
    """Make an invitation for a person in the directory; a new one replaces the old."""
    session.need_office("secretary")
    if session.directory.current_certificate(person) is not None:
        raise CandorError(
            f"{session.name_of(person)} has joined already.", hint="Nobody needs a second code."
        )
    now = session.clock.now()
    code = enrolment.new_invitation_code()
    invitation = enrolment.Invitation(
        v=1,
        id=new_id(),
        company=session.root.company,
        company_name=session.company,
        person=person,
        name=session.name_of(person),
        roles=(*session.directory.people[person].classes, *session.directory.offices_of(person)),
        expires=stamp(now + timedelta(days=VALID_DAYS)),
        secretary=session.person_id,
        secretary_age=session.identity.age.recipient,
        root=roots.fingerprint(session.root),
    )
    made = prepare(
        Outgoing(
            purpose=Purpose.INVITATION,
            company=session.root.company,
            to=person,
            recipients=(enrolment.code_key(code).recipient,),
            sequence=1,
            previous="",
            created_at=now,
            events=session.directory_events,
            parts=(invitation.part(), *_documents(session)),
        ),
        session.identity,
        addressee=session.name_of(person),
    )
    stored = _Stored(Issued(invitation, code), made.file_name, len(session.knowledge))
    with session.vault.transaction():
        session.vault.put_document(INVITATION, person, msgspec.json.encode(stored), {})
        session.vault.put_document("invitation-file", person, made.data, {})
    session.changed += 1
    return _file(session, person, stored, made.data)


def _documents(session: Session) -> tuple[Part, ...]:
    root = session.vault.document(ROOT, "current")
    pack = session.vault.document(PACK, "current")
    if root is None or pack is None:
        raise CandorError("This vault was never finished.", hint="Restore it from a backup.")
    return Part(BlobKind.ROOT, root.data), Part(BlobKind.PACK, pack.data)


def invitation(session: Session, person: str) -> InvitationFile | None:
    """The invitation made for a person before, with its code, while it is unused."""
    stored, document = _stored(session, person), session.vault.document("invitation-file", person)
    if stored is None or document is None or stored.issued.used:
        return None
    return _file(session, person, stored, document.data)


def _stored(session: Session, person: str) -> _Stored | None:
    document = session.vault.document(INVITATION, person)
    return msgspec.json.decode(document.data, type=_Stored) if document else None


def _file(session: Session, person: str, stored: _Stored, data: bytes) -> InvitationFile:
    entry = session.directory.people[person]
    expires = datetime.fromisoformat(stored.issued.invitation.expires).date()
    return InvitationFile(
        person=person,
        name=entry.name,
        email=entry.email,
        file_name=stored.file_name,
        data=data,
        code=stored.issued.code,
        expires=expires,
        message=(
            f"Dear {entry.name},\n\nthe attached file invites you to {session.company} in Candor. "
            f"Open Candor, choose “Join with an invitation”, and drop the file there by "
            f"{day(expires)}. I will give you the code of 20 characters by telephone.\n\n"
            f"{session.me.name}\n{session.title}\n"
        ),
    )


def read_invitation(data: bytes, code: str, now: datetime) -> InvitationView:
    """What an invitation says. Raises BundleRefused, CodeMistyped."""
    checked, invited = intake.check_invitation(data, code=code, now=now)
    directory = checked.directory
    secretary = directory.people.get(invited.secretary) if directory else None
    return InvitationView(
        company=invited.company_name,
        person=invited.name,
        secretary=secretary.name if secretary else "",
        fingerprint=grouped(invited.root),
        expires=datetime.fromisoformat(invited.expires).date(),
    )


def join(
    folder: Path,
    data: bytes,
    code: str,
    passphrase: str,
    clock: Clock,
    parts: VaultParts | None = None,
) -> Created:
    """Make a vault from an invitation and put the request to join into its outbox.

    Raises BundleRefused, CodeMistyped, PassphraseTooWeak and the vault's refusals.
    """
    checked, invited = intake.check_invitation(data, code=code, now=clock.now())
    if checked.root is None or len(checked.packs) != 1:
        raise CandorError(
            "This invitation is not complete.", hint="Ask the Secretary for a new one."
        )
    if checked.packs[0].digest != checked.root.document.pack:
        raise CandorError(
            "The code pack in this invitation is not the one that the company's root names.",
            hint="Do not join. Call the Secretary.",
        )
    with vaults.fresh(folder, passphrase, invited.company_name, clock, parts) as (vault, recovery):
        identity = Identity.new(invited.person)
        with vault.transaction():
            vault.set_secret(IDENTITY, identity.to_bytes())
            vault.put_document(ROOT, "current", checked.root.to_bytes(), {})
            vault.put_document(PACK, "current", checked.packs[0].data, {})
            vault.add_events(
                (event.pair for event in checked.new),
                received_at=stamp(clock.now()),
                fitting=checked.found.bodies,
            )
        session = Session(vault, clock, verified=checked.found)
        _request(session, invited, code)
    vaults.remember(session)
    return Created(session, recovery)


def _request(session: Session, invited: enrolment.Invitation, code: str) -> None:
    """The request leaves once, in a file of its own; it is kept to be sent again."""
    now = session.clock.now()
    made = prepare(
        Outgoing(
            purpose=Purpose.ENROLMENT,
            company=invited.company,
            to=invited.secretary,
            recipients=(invited.secretary_age,),
            sequence=1,
            previous="",
            created_at=now,
            parts=(enrolment.request(invited, code, session.identity, now=now),),
        ),
        session.identity,
        addressee=session.name_of(invited.secretary),
    )
    with session.vault.transaction():
        session.vault.note_sent(invited.secretary, 1, made.digest)
        sent.note_directory(session, invited.secretary, len(session.knowledge))
        outbox.keep(session, made, invited.secretary, Purpose.ENROLMENT, ("your request to join",))


# --- the secretary's side -----------------------------------------------------------------


def _issued_for(session: Session, checked: Checked) -> Issued:
    person = checked.claimed_sender.person
    stored = _stored(session, person)
    if stored is None:
        raise CandorError(
            "This request answers no invitation that you made.",
            hint="Make an invitation under People and send it.",
        )
    return stored.issued


def _enrolment(session: Session, checked: Checked) -> enrolment.Enrolment:
    return intake.check_enrolment(
        checked, _issued_for(session, checked), session.identity, now=session.clock.now()
    )


def refusal(session: Session, checked: Checked) -> tuple[str, str] | None:
    """Why a request to join cannot be accepted here, and what to do; None if it can."""
    try:
        session.need_office("secretary")
        _enrolment(session, checked)
    except CandorError as refused:
        return refused.message, refused.hint
    return None


def accept(session: Session, checked: Checked) -> None:
    """Issue the certificate that a request asks for. The same request again changes nothing."""
    found = _enrolment(session, checked)
    stored = _stored(session, found.person)
    if stored is None or stored.issued.used:
        return
    with session.batch():
        company.enrol(session, found.person, found.keys)
        stored.issued = msgspec.structs.replace(stored.issued, used=found.digest)
        session.vault.put_document(INVITATION, found.person, msgspec.json.encode(stored), {})
        place = checked.place
        session.vault.note_received(found.person, place.sequence, place.previous)
        sent.note_directory(session, found.person, stored.carried)
        # it opens nothing any more, and is as large as the directory
        session.vault.delete_document("invitation-file", found.person)
