"""What a new campaign starts from: suggested dates and people, and the company's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from candor.app.campaigns import SHIPPED_FORMS, NewCampaign, read_facts
from candor.app.session import Session

DUE_AFTER, MEETING_AFTER = 18, 45
"""Days after today that a new campaign starts from; suggestions, not rules."""


@dataclass(frozen=True)
class FactsRead:
    """A file of company facts matched to people; ``unknown``: addresses not in the directory."""

    by_person: Mapping[str, Mapping[str, Any]]
    answers: int
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A person who may be asked; ``chosen`` where the campaign would start with them."""

    id: str
    name: str
    title: str
    classes: tuple[str, ...]
    joined: bool
    chosen: bool


def suggested(session: Session) -> NewCampaign:
    """A campaign to start from: everybody who files, today, the last full fiscal year.

    Each date can be changed before opening; none is a rule.
    """
    today = session.clock.now().date()
    meeting = today + timedelta(days=MEETING_AFTER)
    return NewCampaign(
        title=f"Annual questionnaire {today.year}",
        form_id=SHIPPED_FORMS[0],
        opens=today,
        due=today + timedelta(days=DUE_AFTER),
        fiscal_year_end=date(today.year - 1, 12, 31),
        determination_date=meeting,
        committee="audit",
        meeting_on=meeting,
        people=tuple(person.id for person in candidates(session) if person.chosen),
    )


def candidates(session: Session) -> tuple[Candidate, ...]:
    """Everybody in the directory, by name; those with a filer class are chosen."""
    directory = session.directory
    people = sorted(directory.people.values(), key=lambda p: p.name.casefold())
    return tuple(
        Candidate(
            id=person.id,
            name=person.name,
            title=session.title_of(person.id),
            classes=tuple(c.replace("_", " ").capitalize() for c in person.classes),
            joined=directory.current_certificate(person.id) is not None,
            chosen=bool(person.classes),
        )
        for person in people
    )


def committees(session: Session) -> tuple[tuple[str, str], ...]:
    """The committees that a packet can go to: (id, title)."""
    return tuple((c.id, c.title) for c in session.pack.file.committee)


def match_facts(session: Session, data: bytes) -> FactsRead:
    """Read company facts and match them to the people in the directory by e-mail address.

    Raises CandorError where the file has another shape.
    """
    rows = read_facts(data)
    known = {p.email.casefold(): p.id for p in session.directory.people.values()}
    matched = {known[mail]: row for mail, row in rows.items() if mail in known}
    unknown = tuple(sorted(mail for mail in rows if mail not in known))
    return FactsRead(matched, sum(len(row) for row in matched.values()), unknown)
