"""Ending a waiver's clock: the worksheet, the recorded disclosure, days that the SEC closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.app import clock_words, waiver_clock
from candor.app.clock_times import at_words
from candor.app.integrity import require_sound
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.app.waiver_clock import ClockView, clock_of
from candor.app.words import day
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.policy import deadlines, settings
from candor.policy.terms import Office
from candor.records.events import EventType
from candor.records.matters import Determination

KEEPERS = (Office.SECRETARY.value, Office.CLO.value)
"""Who keeps the calendar and records disclosures."""
ROUTES = {"form_8k": "Form 8-K", "website": "The Company’s website"}
CALENDAR = "calendar"
NO_WEBSITE = (
    "The website serves only where the last annual report said so, and the Company’s setting "
    "says that it did not."
)


@dataclass(frozen=True)
class Worksheet:
    """What counsel needs for the disclosure: the item, the nature of the waiver, name and date,
    and the last minute. ``text`` is the resolution where this vault holds it."""

    item: str
    nature: str
    text: str
    name: str
    title: str
    granted_on: str
    body: str
    due: str
    routes: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def worksheet(session: Session, case_id: str) -> Worksheet:
    """The worksheet of a waiver whose clock runs. Raises CandorError where none does."""
    view = clock_of(session, case_id)
    case, decided = session.case(case_id), _granted(session, case_id)
    if view.due is None or view.event is None or view.event.on is None:
        raise CandorError(view.why, hint="Nothing is disclosed, so there is no worksheet.")
    route = case.route
    return Worksheet(
        item=f"Item {view.item}",
        nature=f"Waiver of {route.clause if route else 'the Code'}: {view.title}",
        text=_text(session, decided),
        name=view.person,
        title=session.title_of(case.subject),
        granted_on=day(view.event.on),
        body=session.pack.committee(decided.body).title if decided.body else "",
        due=f"{day(view.due)}, {at_words(view.due, view.at)}",
        routes=_routes(session),
        notes=_notes(session, view),
    )


def _granted(session: Session, case_id: str) -> Determination:
    decided = session.case(case_id).determination("")
    if decided is None:
        raise CandorError("Nothing was decided in this matter.", hint="Nothing was recorded.")
    return decided


def _text(session: Session, decided: Determination) -> str:
    stated = decided.resolution
    case = session.state.cases.get(stated.item) if stated else None
    return case.item.text if case is not None and case.item is not None else decided.reason


def _routes(session: Session) -> tuple[tuple[str, str], ...]:
    rules = settings.typed(session.pack.setting_values())
    return tuple((k, v) for k, v in ROUTES.items() if k != "website" or rules.website_election)


def _notes(session: Session, view: ClockView) -> tuple[str, ...]:
    found = [view.event.basis if view.event else "", view.why]
    found += clock_words.moved(view)
    found.append(
        "A late filing under Item 5.05 can cost the short-form registration statement for a year."
    )
    if len(_routes(session)) == 1:
        found.append(NO_WEBSITE)
    return tuple(note for note in found if note)


def record_filing(
    session: Session,
    case_id: str,
    route: str,
    filed_on: date,
    note: str,
    full_name: str,
    passphrase: str,
) -> str:
    """Record, signed, that a waiver was disclosed; the clock then stands still.

    ``route`` is a key of `ROUTES`. Returns the event. Raises NotYours, CandorError,
    SignatureRefused.
    """
    session.need_office(*KEEPERS)
    view = clock_of(session, case_id)
    _check(session, view, route, filed_on)
    decided = _granted(session, case_id)
    require_sound(session, (case_id,))
    require_signature(session, full_name, passphrase)
    return session.write(
        case_id,
        EventType.FILING_RECORDED,
        [
            ("decision", decided.event),
            ("route", route),
            ("filed_on", filed_on.isoformat()),
            ("due", view.due.isoformat() if view.due else ""),
            *_kept(session, view, route, filed_on),
            ("note", note.strip()),
            ("name", full_name.strip()),
        ],
        deps=(decided.event, *session.directory.head),
    )


def _kept(
    session: Session, view: ClockView, route: str, filed_on: date
) -> tuple[tuple[str, str], ...]:
    if route != "website" or view.due is None:
        return ()
    rules = settings.typed(session.pack.setting_values())
    dates = deadlines.website_dates(view.due, rules, filed_on)
    return (
        ("keep_until", dates.keep_until.isoformat()),
        ("retain_until", dates.retain_until.isoformat()),
    )


def _check(session: Session, view: ClockView, route: str, filed_on: date) -> None:
    event = view.event.on if view.event else None
    rules = (
        (view.due is not None, view.why),
        (view.disclosure is None, "A disclosure of this waiver is recorded already."),
        (
            session.case(view.case).subject != session.person_id,
            "This waiver is your own, so somebody else records its disclosure.",
        ),
        (
            route in dict(_routes(session)),
            NO_WEBSITE,
        ),
        (filed_on.isoformat() <= session.today, "That day is still to come."),
        (event is None or filed_on >= event, "That day lies before the waiver itself."),
    )
    for kept, reason in rules:
        if not kept:
            raise CandorError(reason, hint="Nothing was recorded.")


def record_closure(
    session: Session, closed: date, reason: str, full_name: str, passphrase: str
) -> str:
    """Record, signed, that the SEC was closed on a day besides its holidays. Clocks that run
    move with it and keep their earlier date. Returns the event.

    Raises NotYours, CandorError, SignatureRefused.
    """
    session.need_office(*KEEPERS)
    if not reason.strip():
        raise CandorError(
            "Say who closed it and where that is published.", hint="Nothing was recorded."
        )
    if closed.isoformat() in {d.day for d in waiver_clock.closures(session)}:
        raise CandorError(f"{day(closed)} is recorded already.", hint="Nothing was recorded.")
    require_signature(session, full_name, passphrase)
    return session.write(
        _calendar_case(session),
        EventType.CALENDAR_CLOSED,
        [
            ("day", closed.isoformat()),
            ("reason", reason.strip()),
            ("audience", {"name": CALENDAR, "offices": list(KEEPERS), "people": []}),
            ("name", full_name.strip()),
        ],
        deps=session.directory.head,
    )


def _calendar_case(session: Session) -> str:
    found = sorted(c.id for c in session.state.cases.values() if c.kind == CALENDAR)
    return found[0] if found else new_id()
