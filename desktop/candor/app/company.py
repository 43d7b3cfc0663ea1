"""Founding a company, its people and their offices, and who has joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

from candor import resources
from candor.app import acts, vaults
from candor.app.people import PersonInput, faults, manager_faults
from candor.app.session import IDENTITY, PACK, ROOT, Session
from candor.app.vaults import Created, VaultParts
from candor.app.words import day
from candor.clock import Clock
from candor.errors import CandorError, Problems
from candor.keys import x509
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.keys.identity import Identity, PublicKeys
from candor.policy.pack import Pack, load_pack
from candor.records import root as roots
from candor.records.acts import Content, EnrolAct, OfficeAct, PersonAct
from candor.records.events import EventType

CERTIFICATE_YEARS = 3
"""How long a person's certificate for signing PDFs is valid; a setting of this program."""

SEVERAL = frozenset({"ac_member", "cc_member"})


class PersonStatus(StrEnum):
    """How far a person has come."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    ENROLLED = "enrolled"
    REVOKED = "revoked"


@dataclass(frozen=True)
class PackChoice:
    """A code pack that ships with this version."""

    id: str
    company_name: str
    rule_set_date: str


@dataclass(frozen=True)
class NewCompany:
    """What the secretary types at the founding; ``second_officer`` is an e-mail address."""

    pack_id: str
    company_name: str
    secretary: PersonInput
    second_officer: str
    people: tuple[PersonInput, ...]


@dataclass(frozen=True)
class PersonRow:
    """A person as the People screen shows them; ``manager`` is an id or ''."""

    id: str
    name: str
    title: str
    email: str
    classes: tuple[str, ...]
    offices: tuple[str, ...]
    manager: str
    status: PersonStatus
    status_text: str


def packs() -> tuple[PackChoice, ...]:
    """The code packs that ship with this version."""
    found = []
    for pack_id in resources.pack_ids():
        pack = load_pack(resources.pack_bytes(pack_id))
        found.append(PackChoice(pack_id, pack.company.name, pack.company.rule_set_date))
    return tuple(found)


def pack_bytes(pack_id: str) -> bytes:
    """The exact bytes of a shipped code pack. Raises CandorError."""
    if pack_id not in resources.pack_ids():
        raise CandorError(
            f"There is no code pack “{pack_id}” in this installation.",
            hint="Choose one of the packs that are listed.",
        )
    return resources.pack_bytes(pack_id)


def check(new: NewCompany, pack: Pack) -> tuple[str, ...]:
    """Everything that stands in the way of founding, as sentences."""
    everyone = (new.secretary, *new.people)
    found = [f"{p.name or 'Someone'}: {f}" for p in everyone for f in faults(p, pack)]
    found += [f"{everyone[at].name}: {text}" for at, text in manager_faults(everyone)]
    emails = [p.email.casefold() for p in everyone]
    if len(set(emails)) < len(emails):
        found.append("Two people have the same e-mail address.")
    if new.second_officer.casefold() not in emails[1:]:
        found.append("Name the second officer: someone on the list other than the Secretary.")
    if "secretary" in {office for p in new.people for office in p.offices}:
        found.append("Only one person can be the Corporate Secretary.")
    if not new.company_name.strip():
        found.append("The company needs a name.")
    return tuple(found)


def new_company(
    folder: Path, new: NewCompany, passphrase: str, clock: Clock, parts: VaultParts | None = None
) -> Created:
    """Found a company in a new vault: root, certificate authority, people, offices.

    Raises Problems before anything is written, and the vault's refusals.
    """
    data = pack_bytes(new.pack_id)
    pack = load_pack(data)
    problems = check(new, pack)
    if problems:
        raise Problems(" ".join(problems), problems, hint="Nothing was created.")
    with vaults.fresh(folder, passphrase, new.company_name, clock, parts) as (vault, recovery_code):
        identity = Identity.new(new_id())
        ids = {p.email.casefold(): new_id() for p in new.people}
        key, authority = SigningKey.generate(), x509.new_root(new.company_name, clock.now())
        second = next(p for p in new.people if p.email.casefold() == new.second_officer.casefold())
        document = roots.new_root_document(
            name=new.company_name.strip(),
            company=new_id(),
            secretary=roots.RootOfficer("secretary", identity.person, new.secretary.name),
            key=key,
            second=roots.RootOfficer("second", ids[second.email.casefold()], second.name),
            x509_root=authority.certificate,
            created=clock.now(),
            pack=pack.digest,
        )
        signed = roots.sign_root(document, [key])
        with vault.transaction():
            vault.set_secret(IDENTITY, identity.to_bytes())
            vault.set_secret(acts.ROOT_KEY, key.private_bytes())
            vault.set_secret(acts.CA_KEY, authority.key)
            vault.put_document(ROOT, "current", roots.RootTrust((signed,)).to_bytes(), {})
            vault.put_document(PACK, "current", data, {"digest": pack.digest})
        session = Session(vault, clock)
        with session.batch():
            session.write(document.directory, EventType.FOUNDED, roots.root_body(signed))
            everyone = (
                (identity.person, new.secretary),
                *((ids[p.email.casefold()], p) for p in new.people),
            )
            acts.say(session, _entries(everyone, _addresses(everyone), _first_day(clock)))
            _enrol(session, identity.person, new.secretary.name, identity.public())
    vaults.remember(session)
    return Created(session, recovery_code)


def _first_day(clock: Clock) -> date:
    """The earliest date that it is anywhere now: whoever is given an office holds it at once,
    whatever their own calendar says."""
    return clock.now().astimezone(timezone(timedelta(hours=-12))).date()


def _addresses(people: Iterable[tuple[str, PersonInput]]) -> dict[str, str]:
    """The ids of people by their e-mail addresses."""
    return {entry.email.casefold(): person for person, entry in people}


def _entries(
    people: Iterable[tuple[str, PersonInput]], ids: Mapping[str, str], today: date
) -> list[Content]:
    found: list[Content] = []
    for person, entry in people:
        found.append(_person_act(person, entry, ids.get(entry.manager.casefold(), "")))
        found += [
            OfficeAct(office, person, today.isoformat(), sole=office not in SEVERAL)
            for office in entry.offices
        ]
    return found


def _person_act(person: str, entry: PersonInput, manager: str) -> PersonAct:
    return PersonAct(
        person=person,
        name=entry.name.strip(),
        email=entry.email.strip(),
        classes=entry.classes,
        attributes=entry.attributes,
        title=entry.title.strip(),
        manager=manager,
    )


def add_people(session: Session, people: Iterable[PersonInput]) -> tuple[str, ...]:
    """Record more people, signed by the root. Returns their ids. Raises Problems, NotYours."""
    session.need_office("secretary")
    known = {p.email.casefold(): p.id for p in session.directory.people.values()}
    people = tuple(people)
    problems = [f"{p.name}: {f}" for p in people for f in faults(p, session.pack)]
    problems += [
        f"{p.email} is in the directory already." for p in people if p.email.casefold() in known
    ]
    problems += [f"{people[at].name}: {text}" for at, text in manager_faults(people, known)]
    if problems:
        raise Problems(" ".join(problems), tuple(problems), hint="Nothing was recorded.")
    pairs = [(new_id(), p) for p in people]
    acts.say(session, _entries(pairs, {**known, **_addresses(pairs)}, _first_day(session.clock)))
    return tuple(person for person, _ in pairs)


def set_manager(session: Session, person: str, manager: str) -> None:
    """Record whom a person reports to ('' for nobody), signed by the root. Raises NotYours, and
    CandorError where the two would report to each other, however far up."""
    session.need_office("secretary")
    entry = session.directory.people[person]
    if manager == person or person in session.directory.managers(manager):
        raise CandorError(
            f"{session.name_of(manager)} reports to {entry.name}, so this would be a circle.",
            hint="Change the other one first, or choose somebody else.",
        )
    new = {name: getattr(entry, name) for name in PersonAct.__struct_fields__ if name != "person"}
    acts.say(session, [PersonAct(person=entry.id, **{**new, "manager": manager})])


def assign_office(session: Session, office: str, person: str, start: date) -> None:
    """Record who holds an office from a day on, signed by the root. Raises NotYours."""
    session.need_office("secretary")
    acts.say(session, [OfficeAct(office, person, start.isoformat(), sole=office not in SEVERAL)])


def _enrol(session: Session, person: str, name: str, keys: PublicKeys) -> None:
    secret = session.vault.secret(acts.CA_KEY)
    if secret is None:
        raise CandorError(
            "This vault cannot issue certificates.", hint="Ask the Secretary to do it."
        )
    now = session.clock.now()
    authority = x509.RootAuthority(secret, bytes.fromhex(session.root.x509_root))
    certificate = x509.issue(
        authority,
        name,
        person,
        bytes.fromhex(keys.p256),
        now,
        now.replace(year=now.year + CERTIFICATE_YEARS, day=min(now.day, 28)),
    )
    acts.say(session, [EnrolAct(person, keys.ed25519, keys.age, keys.p256, certificate.hex())])


def enrol(session: Session, person: str, keys: PublicKeys) -> None:
    """Issue a certificate for a person's keys and record it in the directory."""
    session.need_office("secretary")
    _enrol(session, person, session.directory.people[person].name, keys)


def addresses(session: Session) -> tuple[str, ...]:
    """The e-mail addresses in the directory."""
    return tuple(p.email for p in session.directory.people.values() if p.email)


def people(session: Session) -> tuple[PersonRow, ...]:
    """Everyone in the directory, by name."""
    rows = [_row(session, person) for person in session.directory.people]
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _row(session: Session, person: str) -> PersonRow:
    entry = session.directory.people[person]
    status, text = _status(session, person)
    offices = session.directory.offices_of(person)
    return PersonRow(
        id=person,
        name=entry.name,
        title=session.title_of(person),
        email=entry.email,
        classes=tuple(entry.classes),
        offices=tuple(session.pack.office_title(office) for office in offices),
        manager=entry.manager,
        status=status,
        status_text=text,
    )


def _status(session: Session, person: str) -> tuple[PersonStatus, str]:
    if session.directory.current_certificate(person) is not None:
        return PersonStatus.ENROLLED, "Has joined"
    invited = session.vault.document("invitation", person)
    if invited is None:
        return PersonStatus.NOT_INVITED, "Not invited yet"
    when = day(datetime.fromisoformat(invited.saved_at).date())
    return PersonStatus.INVITED, f"Invitation made {when}, no request imported"


def export_root(session: Session) -> bytes:
    """The public root file, as `verify --root` takes it."""
    document = session.vault.document(ROOT, "current")
    if document is None:
        raise CandorError("This vault has no root document.", hint="Join the company again.")
    return document.data
