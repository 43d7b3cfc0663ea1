"""A director's interest in what the Board votes on: told to every other director, and confirmed.

The notice is owed whether or not there is a conflict; where there is one the director also takes
no part (Code III ¶2, code-map A8).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candor.app import committee_texts, matter_reading
from candor.app.audience import reach
from candor.app.committee_bodies import directors
from candor.app.integrity import require_sound
from candor.app.matter_drafts import MatterDraft
from candor.app.session import NotYours, Session
from candor.app.signing import require_signature
from candor.app.words import day, listed
from candor.errors import CandorError
from candor.forms.answers import Answer
from candor.forms.display import answer_line
from candor.forms.kinds import Kind
from candor.keys.codes import new_id
from candor.policy.facts import Matter
from candor.policy.terms import Office
from candor.records.events import EventType
from candor.records.matter_parts import Link
from candor.records.matters import Case

AUDIENCE = "fellow_directors"
KEEPERS = (Office.SECRETARY.value, Office.CLO.value)
"""Who keeps the record of notices beside the directors (code-map A20: the CLO gets a copy)."""


@dataclass(frozen=True)
class ReceiptRow:
    """One of the other directors; ``at`` is None while the receipt is missing."""

    person: str
    name: str
    at: datetime | None


@dataclass(frozen=True)
class NoticeView:
    """A notice as its readers see it. ``mine_open``: the reader still has to confirm it;
    ``minute``: the line for the minutes."""

    id: str
    matter: str
    director: str
    text: str
    meeting_on: date | None
    served_at: datetime
    receipts: tuple[ReceiptRow, ...]
    missing: tuple[str, ...]
    mine: bool
    mine_open: bool
    minute: str


def serve(
    session: Session,
    matter: str,
    text: str,
    meeting_on: date | None,
    full_name: str,
    passphrase: str,
) -> str:
    """Tell every other director of the owner's interest, signed; returns the notice's case.

    ``matter``: the case that the Board votes on. Each director has a file of their own, which
    only they can open. Raises NotYours, CandorError, SignatureRefused.
    """
    _others(session)
    if not text.strip():
        raise CandorError(
            "Say what your interest is.", hint="The others can weigh only what they know."
        )
    require_signature(session, full_name, passphrase)
    audience = _audience(session, matter)
    return _write(session, matter, text, meeting_on, full_name, audience)


def _write(
    session: Session,
    matter: str,
    text: str,
    meeting_on: date | None,
    full_name: str,
    audience: Mapping[str, object],
) -> str:
    notice = new_id()
    session.write(
        notice,
        EventType.NOTICE_SERVED,
        [
            ("matter", matter),
            ("subject", session.person_id),
            ("text", text.strip()),
            ("directors", list(_others(session))),
            ("audience", audience),
            ("meeting_on", meeting_on.isoformat() if meeting_on else ""),
            ("meaning", session.pack.text_version("interest_notice")),
            ("name", full_name.strip()),
        ],
        deps=session.directory.head,
    )
    return notice


def is_owed(session: Session, draft: MatterDraft) -> bool:
    """Whether signing a draft tells the other directors: a director's form on an interest."""
    is_interest = draft.form.matter is Matter.DIRECTOR_INTEREST
    return is_interest and session.person_id in directors(session)


def hindrance(session: Session) -> str:
    """Why the owner cannot tell any other director; '' where they can."""
    try:
        _others(session)
    except CandorError as fault:
        return fault.message
    return ""


def serve_filed(
    session: Session,
    draft: MatterDraft,
    answers: Mapping[str, Answer],
    readers: Collection[str],
    full_name: str,
) -> str:
    """Serve the notice that belongs to a form on an interest, within the act that signs it.

    It says what the form's first section says, about the matter from which the form was begun,
    or else about the form's own case. ``readers``: who may read the form; no other keeper reads
    the notice. Asks for no signature of its own. Returns the notice's case.
    """
    matter = _about(session, draft.begun.links) or draft.case.id
    audience = _audience(session, matter)
    people = [person for person in audience["people"] if person in readers]
    first = draft.form.sections[0].id
    asked = [q for q in draft.form.questions if q.section == first and q.id in answers]
    said = [(q, answers[q.id]) for q in asked if answers[q.id].answered]
    lines = [f"{q.short['en']}: {answer_line(q, a, draft.language)}" for q, a in said]
    days = [a.value for q, a in said if q.kind is Kind.DATE]
    on = date.fromisoformat(str(days[0])) if days else None
    text = "\n".join(lines)
    return _write(session, matter, text, on, full_name, {**audience, "people": people})


def _about(session: Session, links: Iterable[Link]) -> str:
    """The first matter among the cases that a form was begun from; '' where there is none."""
    cases = session.state.cases
    found = (link.case for link in links)
    matters = (c for c in found if c not in cases or cases[c].kind == matter_reading.MATTER)
    return next(matters, "")


def of_form(session: Session, case: Case) -> tuple[NoticeView, ...]:
    """What its filer told the other directors by a form on an interest, the newest first."""
    if case.matter is None or case.matter.matter != Matter.DIRECTOR_INTEREST:
        return ()
    about = _about(session, matter_reading.newest(case).links) or case.id
    found = (v for v in told(session, about) if session.case(v.id).subject == case.subject)
    return tuple(sorted(found, key=lambda view: view.served_at, reverse=True))


def _others(session: Session) -> tuple[str, ...]:
    everybody = directors(session)
    if session.person_id not in everybody:
        raise NotYours(
            "Only a director gives notice of an interest to fellow directors.",
            hint="Disclose a conflict to the Chief Legal Officer instead.",
        )
    others = tuple(person for person in everybody if person != session.person_id)
    if not others:
        raise CandorError(
            "The directory names no other director, so nobody would receive this.",
            hint="Ask the Secretary to record the directors.",
        )
    return others


def _audience(session: Session, matter: str) -> dict[str, Any]:
    """The keepers who may read the matter itself: one whom it concerns is left out."""
    may_read = reach(session).readers.get(matter)
    people = [p for office in KEEPERS for p in session.holders().get(office, ())]
    if may_read is not None:
        people = [p for p in people if p in may_read]
    others = [p for p in dict.fromkeys(people) if p != session.person_id]
    return {"name": AUDIENCE, "offices": [], "people": others}


def acknowledge(session: Session, notice_id: str, full_name: str, passphrase: str) -> str:
    """Confirm, signed, that a notice arrived; returns the event. It says nothing of its content.

    Raises CandorError, SignatureRefused.
    """
    case = session.case(notice_id)
    notice = case.notice
    if notice is None or session.person_id not in notice.missing:
        raise CandorError(
            "There is no notice here that waits for your confirmation.",
            hint="Nothing was signed.",
        )
    require_sound(session, (case.id,))
    require_signature(session, full_name, passphrase)
    return session.write(
        case.id,
        EventType.NOTICE_RECEIVED,
        [
            ("notice", notice.event),
            ("meaning", session.pack.text_version("notice_receipt")),
            ("name", full_name.strip()),
        ],
        deps=(notice.event, *session.directory.head),
    )


def notices(session: Session) -> tuple[NoticeView, ...]:
    """The notices in this vault, those that wait for the owner first, then the newest."""
    found = [notice_of(session, case.id) for case in _cases(session)]
    newest = sorted(found, key=lambda view: view.served_at, reverse=True)
    return tuple(sorted(newest, key=lambda view: not view.mine_open))


def _cases(session: Session) -> Iterator[Case]:
    return (case for case in session.state.cases.values() if case.notice is not None)


def notice_of(session: Session, notice_id: str) -> NoticeView:
    """One notice with its receipts. Raises CandorError."""
    notice = session.case(notice_id).notice
    if notice is None:
        raise CandorError("That case holds no notice.", hint="Open one from your list.")
    at = {r.person: datetime.fromisoformat(r.claimed_at) for r in notice.receipts}
    director = session.name_of(notice.subject)
    on = date.fromisoformat(notice.meeting_on) if notice.meeting_on else None
    served = datetime.fromisoformat(notice.claimed_at)
    return NoticeView(
        id=notice_id,
        matter=notice.matter,
        director=director,
        text=notice.text,
        meeting_on=on,
        served_at=served,
        receipts=tuple(ReceiptRow(d, session.name_of(d), at.get(d)) for d in notice.directors),
        missing=tuple(session.name_of(d) for d in notice.missing),
        mine=notice.subject == session.person_id,
        mine_open=session.person_id in notice.missing,
        minute=_minute(session, director, served, notice.missing),
    )


def _minute(session: Session, director: str, served: datetime, missing: tuple[str, ...]) -> str:
    names = tuple(session.name_of(person) for person in missing)
    confirmed = (
        f"No confirmation had come from {listed(names, limit=len(names))}."
        if names
        else "Each of them confirmed it."
    )
    fields = {"director": director, "date": day(served.date()), "confirmed": confirmed}
    return committee_texts.filled(session.pack.text("minute_interest"), fields)


def told(session: Session, matter: str, named: Collection[str] = ()) -> tuple[NoticeView, ...]:
    """The notices on one matter, and those that its item names besides."""
    return tuple(v for v in notices(session) if v.matter == matter or v.id in named)


def missing_words(session: Session, matter: str, named: Collection[str] = ()) -> tuple[str, ...]:
    """A warning for each notice on a matter that a director has not confirmed."""
    return tuple(
        f"{listed(view.missing, limit=len(view.missing))} "
        f"{'has' if len(view.missing) == 1 else 'have'} not confirmed {view.director}’s notice "
        "of an interest."
        for view in told(session, matter, named)
        if view.missing
    )
