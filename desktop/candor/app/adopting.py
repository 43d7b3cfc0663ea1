"""Adopting a new version of the Code's rules: signed by both officers, citing the Board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import attachments, matter_reading, root_officers
from candor.app.acts import root_key
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.errors import Problems
from candor.policy import deadlines, settings
from candor.policy.calendar import SecCalendar
from candor.policy.deadlines import Clock, Event
from candor.policy.facts import Matter
from candor.policy.pack import load_pack
from candor.records import acts as root_acts
from candor.records import root as roots
from candor.records.acts import PackAct


@dataclass(frozen=True)
class NewPack:
    """What is adopted: the pack's bytes, from when, by which resolution of the Board and when it
    was passed; ``technical``: the change needs no public disclosure."""

    data: bytes
    start: date
    resolution: str
    resolved_on: date
    technical: bool = False


@dataclass(frozen=True)
class Adoption:
    """A version of the rules that was adopted; ``clock`` for its disclosure, where one runs."""

    version: str
    start: date
    resolution: str
    digest: str
    in_force: bool
    clock: Clock | None


def propose(session: Session, new: NewPack, full_name: str, passphrase: str) -> str:
    """The secretary puts a new version to sign to the second officer. Returns the event's id.

    Raises PackFaults with everything that is wrong with the pack, Problems, NotYours.
    """
    session.need_office("secretary")
    pack = load_pack(new.data)
    found = _problems(session, new, pack.digest)
    if found:
        raise Problems(" ".join(found), found, hint="Nothing was signed.")
    key = root_key(session)
    require_signature(session, full_name, passphrase)
    content = PackAct(
        pack=pack.company.short_name,
        version=pack.company.code_version,
        digest=pack.digest,
        start=new.start.isoformat(),
        resolution=new.resolution.strip(),
        resolved_on=new.resolved_on.isoformat(),
        technical=new.technical,
    )
    act = root_acts.make_act(
        content,
        company=session.root.company,
        root=roots.fingerprint(session.root),
        after=session.directory.head,
    )
    with session.batch():
        kept = attachments.keep(session.vault, new.data)
        blob = attachments.reference(kept, len(new.data))
        return root_officers.put(session, act, key, (blob,))


def _problems(session: Session, new: NewPack, digest: str) -> tuple[str, ...]:
    several = len(session.directory.root.people_of(k.ed25519 for k in session.directory.root.keys))
    rules = (
        (several > 1, "The second officer's key has not joined the root, and both must sign."),
        (digest != session.pack_in_force, "That version is in force already."),
        (bool(new.resolution.strip()), "Name the Board's resolution that adopted it."),
        (new.start >= new.resolved_on, "It cannot be in force before the Board resolved it."),
        (new.start.isoformat() >= session.today, "It cannot be in force from a day that is past."),
    )
    return tuple(text for kept, text in rules if not kept)


def adoptions(session: Session) -> tuple[Adoption, ...]:
    """Every version adopted since the founding, the newest first."""
    now = session.pack_in_force
    found = [
        Adoption(
            version=act.version,
            start=date.fromisoformat(act.start),
            resolution=act.resolution,
            digest=act.digest,
            in_force=act.digest == now,
            clock=_clock(session, act),
        )
        for _, act in session.directory.adoptions
    ]
    return tuple(sorted(found, key=lambda adoption: adoption.start, reverse=True))


def _clock(session: Session, act: PackAct) -> Clock | None:
    """A change of the Code is disclosed within four business days of the Board's vote, unless it
    is technical (Form 8-K Item 5.05(a))."""
    if act.technical or not act.resolved_on:
        return None
    closed = {d.day for c in session.state.cases.values() for d in c.closed_days}
    event = Event(date.fromisoformat(act.resolved_on), "The day of the Board's resolution.")
    rules = settings.typed(session.pack.setting_values())
    return deadlines.clock(event, SecCalendar(date.fromisoformat(d) for d in sorted(closed)), rules)


def must_acknowledge(session: Session) -> bool:
    """Whether the owner has not confirmed the version that is in force: each is confirmed anew."""
    if not session.directory.adoptions or not session.me.classes:
        return False
    mine = (c for c in matter_reading.matters(session) if c.subject == session.person_id)
    confirmed = {
        s.pack for case in mine for s in case.submissions if s.matter == Matter.ACKNOWLEDGEMENT
    }
    return session.pack_in_force not in confirmed
