"""What an absence can be declared for, and the declaration as a signed act of its author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import absences, shipped_forms
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.forms.definition import text_in
from candor.policy.facts import Matter

QUESTIONNAIRES = "Exceptions of questionnaires"


@dataclass(frozen=True)
class Choices:
    """Offices that somebody holds, and the kinds of matter, each as key and words."""

    offices: tuple[tuple[str, str], ...]
    matters: tuple[tuple[str, str], ...]


def choices(session: Session) -> Choices:
    """The offices of today's directory and the matters of the forms."""
    holders = session.holders()
    offices = (
        (office, f"{session.pack.office_title(office)}, {session.name_of(holders[office][-1])}")
        for office in session.pack.offices
        if holders.get(office)
    )
    matters = {Matter.QUESTIONNAIRE.value: QUESTIONNAIRES} | {
        form.matter.value: text_in(form.title, "en")
        for form in shipped_forms.matters()
        if form.matter is not None
    }
    return Choices(tuple(offices), tuple(matters.items()))


Declared = tuple[str, str, date, date, str, tuple[Matter, ...]]
"""Office, deputy, first day, last day, reason, kinds of matter (none: every one)."""


def declare(session: Session, what: Declared, full_name: str, passphrase: str) -> None:
    """Declare an absence with the author's signature. Raises Problems, NotYours,
    SignatureRefused."""
    require_signature(session, full_name, passphrase)
    absences.declare(session, *what)
