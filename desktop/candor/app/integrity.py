"""Whether the vault still holds what was written: before acting on a case, and all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from candor.app.session import IDENTITY, Session
from candor.clock import Tick, no_tick
from candor.errors import CandorError
from candor.keys.ed25519 import key_id

NO_RULES = "The version of the Code's rules that is in force has not arrived in this vault"


class RecordDamaged(CandorError):
    """A record in this vault is not what was written; nothing may be signed on it."""


class RulesMissing(CandorError):
    """The rules that a decision goes by are not in this vault, so others would be applied."""


@dataclass(frozen=True)
class Alarm:
    """Something that the owner must know about the vault as a whole, and what to do."""

    title: str
    text: str
    acceptable: bool
    """Whether the owner may go on after `accept_older_state`."""


def _keys(session: Session) -> dict[str, bytes]:
    known = {c.key_id: bytes.fromhex(c.ed25519) for c in session.directory.certificates()}
    for key in session.directory.root.keys:
        public = bytes.fromhex(key.ed25519)
        known[key_id(public)] = public
    return known


def require_sound(session: Session, cases: Iterable[str]) -> None:
    """Check the cases that an act touches, signatures included. Raises RecordDamaged."""
    known = _keys(session)
    for case in cases:
        if session.vault.verify_case(case, known.get):
            raise RecordDamaged(
                "A record in this vault is not what was written, so nothing was signed or sent.",
                hint="Restore the vault from your last backup, and tell the Secretary.",
            )


def require_decidable(session: Session, cases: Iterable[str]) -> None:
    """Check the cases that a decision touches, and that the rules are here by which it is made.

    Raises RecordDamaged, RulesMissing.
    """
    cases = tuple(cases)
    require_sound(session, cases)
    named = {d for case in cases for d in _packs(session, case)}
    if not all(map(session.has_pack, {session.pack_in_force, *named})):
        raise RulesMissing(
            "The version of the Code's rules by which this is decided has not arrived in this "
            "vault, so nothing was signed.",
            hint="Ask the Secretary to hand you the company's newest file again.",
        )


def _packs(session: Session, case_id: str) -> tuple[str, ...]:
    """The digests of the packs under which a matter was filed and routed."""
    case = session.state.cases.get(case_id)
    if case is None:
        return ()
    routed = case.route.pack if case.route else ""
    return tuple(d for d in (routed, *(s.pack for s in case.submissions)) if d)


def walk(session: Session, tick: Tick = no_tick) -> int:
    """Check everything in the vault (after unlocking, in the background); how many findings.

    `alarm` speaks of them from then on.
    """
    session.findings = len(session.vault.walk(tick, _keys(session).get))
    if session.findings:
        session.changed += 1
    return session.findings


def alarm(session: Session) -> Alarm | None:
    """Damage, or that this vault went back in time: a restored backup, an old copy in its place."""
    if session.findings:
        return Alarm(
            "This vault is damaged",
            f"{session.findings} of its records are not what was written. Do not sign anything "
            "here. Restore the vault from your last backup, and tell the Secretary.",
            acceptable=False,
        )
    if not session.has_pack(session.pack_in_force):
        return Alarm(
            NO_RULES,
            "Candor shows the earlier version until it does, so what stands here of routes and "
            "limits may be out of date. Nothing can be decided or sent on meanwhile. Ask the "
            "Secretary to hand you the company's newest file again, and import it.",
            acceptable=False,
        )
    if session.vault.restored_from_backup:
        return Alarm(
            "This vault was restored from a backup",
            "What you did after that backup is not in it. Ask the Secretary to send you again what "
            "you had received since; what you sign from now on is kept apart from what you signed "
            "before.",
            acceptable=True,
        )
    if session.vault.rollback_suspected:
        return Alarm(
            "This vault is older than it was",
            "Somebody put an earlier copy of it in its place, or restored one. If that was not "
            "you, tell the Secretary before you sign anything.",
            acceptable=True,
        )
    return None


def accept_older_state(session: Session) -> None:
    """Go on with an older vault: from here its events stand in logs of their own, so that
    nothing signed before is contradicted."""
    with session.vault.transaction():
        identity = session.identity.reincarnated()
        session.vault.set_secret(IDENTITY, identity.to_bytes())
        session.vault.accept_older_state()
    session.identity = identity
    session.refresh()
