"""The act of signing: the right person, by name and passphrase, on purpose."""

from __future__ import annotations

from candor.app.session import Session
from candor.errors import CandorError


class SignatureRefused(CandorError):
    """The name or the passphrase is not the signer's; nothing was signed."""


def name_problem(session: Session, full_name: str) -> str:
    """Why this cannot be the owner's typed signature; "" where it can."""
    typed = full_name.casefold().split()
    known = session.me.name.casefold().split()
    if not typed:
        return "Type your full name."
    if not known or typed[-1] != known[-1] or typed[0][0] != known[0][0]:
        return f"Type your own full name. This vault belongs to {session.me.name}."
    return ""


def require_signature(session: Session, full_name: str, passphrase: str) -> None:
    """Make sure that the owner signs. Raises SignatureRefused."""
    problem = name_problem(session, full_name)
    if problem:
        raise SignatureRefused(problem, hint="Nothing was signed.")
    if not session.check_passphrase(passphrase):
        raise SignatureRefused(
            "That passphrase does not open this vault, so nothing was signed.",
            hint="Check Caps Lock and the keyboard, then try again.",
        )
