"""Running a questionnaire: open it, know who has answered, write reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from candor.app import reading, sent
from candor.app.session import FORM, Session
from candor.app.words import day, days_until, short_day
from candor.errors import CandorError, Problems
from candor.forms.answers import Filer
from candor.forms.loader import load
from candor.keys.codes import new_id
from candor.records import codec
from candor.records.codec import RecordRefused
from candor.records.events import EventType
from candor.records.matters import Case
from candor.resources import form_file

SHIPPED_FORMS = ("annual-questionnaire",)
FACTS_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True)
class FormChoice:
    """A form that a campaign may use."""

    id: str
    title: str
    version: int


@dataclass(frozen=True)
class NewCampaign:
    """What the secretary decides before opening a campaign."""

    title: str
    form_id: str
    opens: date
    due: date
    fiscal_year_end: date
    determination_date: date
    committee: str
    meeting_on: date
    people: tuple[str, ...]
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CampaignRow:
    """What is known about one person, and nothing more."""

    person_id: str
    name: str
    title: str
    what_we_know: str
    in_short: str
    """The same where a list is narrow: days without their year, no reminder."""
    since: datetime | None
    reminded_on: date | None
    group: str
    case: str
    number: str
    exceptions: int
    late: bool


@dataclass(frozen=True)
class Counts:
    """People by group."""

    done: int
    needs_you: int
    waiting: int


@dataclass(frozen=True)
class CampaignView:
    """A campaign with one row per person."""

    id: str
    title: str
    opens: date
    due: date
    days_left: int
    meeting_on: date
    rows: tuple[CampaignRow, ...]
    counts: Counts
    total: int


@dataclass(frozen=True)
class Reminder:
    """A message for the secretary to send; Candor cannot know whether it was sent."""

    person_id: str
    name: str
    to: str
    subject: str
    text: str


def forms() -> tuple[FormChoice, ...]:
    """The forms that ship with this version."""
    found = []
    for name in SHIPPED_FORMS:
        form = load(form_file(name).read_bytes())
        found.append(FormChoice(form.id, form.title["en"], form.version))
    return tuple(found)


def open_campaign(
    session: Session,
    new: NewCampaign,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    last_year: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """Open a campaign and issue the form to each person. Returns the campaign's case id.

    ``facts``: person id to question id to value, offered for confirmation. ``last_year``:
    person id to question id to {"answer": answer as JSON, "signed_at": instant}; where it is
    absent, what this vault holds of the year before is used. Raises Problems, NotYours.
    """
    session.need_office("secretary")
    _check(session, new)
    data = form_file(new.form_id).read_bytes()
    form = load(data)
    campaign = new_id()
    shared = {
        "form": form.digest,
        "form_id": form.id,
        "opens": new.opens.isoformat(),
        "due": new.due.isoformat(),
        "title": new.title,
        "fiscal_year_end": new.fiscal_year_end.isoformat(),
        "determination_date": new.determination_date.isoformat(),
    }
    with session.batch():
        session.vault.put_document(FORM, form.digest, data, {"id": form.id})
        head = session.directory.head
        session.write(
            campaign,
            EventType.CAMPAIGN_OPENED,
            [
                *shared.items(),
                ("people", list(new.people)),
                ("committee", new.committee),
                ("meeting_on", new.meeting_on.isoformat()),
                ("audience", {"name": "campaign", "offices": ["secretary"], "people": []}),
            ],
            deps=head,
        )
        for person in new.people:
            _issue(session, campaign, person, new, shared, facts or {}, last_year or {})
    return campaign


def _issue(
    session: Session,
    campaign: str,
    person: str,
    new: NewCampaign,
    shared: Mapping[str, str],
    facts: Mapping[str, Mapping[str, Any]],
    last_year: Mapping[str, Mapping[str, Any]],
) -> None:
    offices = session.pack.audience("questionnaire").offices
    session.write(
        new_id(),
        EventType.QUESTIONNAIRE_ISSUED,
        [
            ("campaign", campaign),
            ("person", person),
            *shared.items(),
            ("attributes", list(new.attributes)),
            ("filer", msgspec.to_builtins(filer_of(session, person, new.attributes))),
            ("settings", session.pack.setting_values()),
            ("facts", dict(facts.get(person, {}))),
            ("last_year", dict(last_year.get(person, reading.last_signed(session, person)))),
            (
                "audience",
                {"name": "questionnaire", "offices": list(offices), "people": [person]},
            ),
        ],
        # not the campaign's opening: a filer's vault never holds the campaign's own case
        deps=session.directory.head,
    )


def filer_of(session: Session, person: str, attributes: tuple[str, ...]) -> Filer:
    """The filer as the form is read against, fixed when it is issued."""
    entry = session.directory.people[person]
    return Filer(
        classes=tuple(entry.classes),
        offices=session.directory.offices_of(person),
        attributes=(*entry.attributes, *attributes),
    )


def _check(session: Session, new: NewCampaign) -> None:
    problems = []
    if not new.title.strip():
        problems.append("The campaign needs a title.")
    if new.due < new.opens:
        problems.append("The due date is before the opening date.")
    if not new.people:
        problems.append("Nobody is chosen to answer.")
    unknown = [p for p in new.people if p not in session.directory.people]
    if unknown:
        problems.append(f"{len(unknown)} of the people chosen are not in the directory.")
    if problems:
        raise Problems(" ".join(problems), tuple(problems), hint="Nothing was opened.")


def campaigns(session: Session) -> tuple[CampaignView, ...]:
    """Every campaign in this vault, the newest first."""
    views = [
        _view(session, case)
        for case in session.state.cases.values()
        if case.kind == "campaign" and case.campaign_info is not None
    ]
    return tuple(sorted(views, key=lambda view: view.opens, reverse=True))


def campaign(session: Session, case: str) -> CampaignView:
    """One campaign. Raises CandorError."""
    found = next((view for view in campaigns(session) if view.id == case), None)
    if found is None:
        raise CandorError("That campaign is not in this vault.", hint="Open it first.")
    return found


def _view(session: Session, case: Case) -> CampaignView:
    info = case.campaign_info
    if info is None:
        raise CandorError("That is not a campaign.", hint="Open it from the list.")
    mine = {c.subject: c for c in reading.questionnaires(session, case.id)}
    due = date.fromisoformat(info.due)
    rows = tuple(_row(session, mine.get(p), p, due) for p in info.people)
    groups = [row.group for row in rows]
    return CampaignView(
        id=case.id,
        title=info.title,
        opens=date.fromisoformat(info.opens),
        due=due,
        days_left=days_until(due, session.clock.now().date()),
        meeting_on=date.fromisoformat(info.meeting_on),
        rows=rows,
        counts=Counts(groups.count("done"), groups.count("needs"), groups.count("waiting")),
        total=len(rows),
    )


def _row(session: Session, case: Case | None, person: str, due: date) -> CampaignRow:
    said, since, group, exceptions, late = ("Not issued", "Not issued"), None, "needs", 0, False
    reminded: date | None = None
    number = case.number if case else ""
    last = case.submissions[-1] if case is not None and case.submissions else None
    if case is not None and last is not None:
        since = datetime.fromisoformat(last.claimed_at)
        late = since.date() > due
        exceptions = len(reading.exceptions_of(session, case))
        undecided = len(reading.undecided(session, case))
        said = _signed_words(since.date(), exceptions, undecided)
        group = "needs" if undecided else "done"
    elif case is not None:
        said, since, group = _before_reply(session, case, person)
        reminded = _reminded(session, case, person) if group == "waiting" else None
    return CampaignRow(
        person_id=person,
        name=session.name_of(person),
        title=session.title_of(person),
        what_we_know=f"{said[0]}; reminder written {day(reminded)}" if reminded else said[0],
        in_short=said[1],
        since=since,
        reminded_on=reminded,
        group=group,
        case=case.id if case else "",
        number=number,
        exceptions=exceptions,
        late=late,
    )


def _signed_words(signed: date, exceptions: int, undecided: int) -> tuple[str, str]:
    """What is known of a reply that is here, in full and in short."""
    full, short = f"Signed {day(signed)}, imported", f"Signed {short_day(signed)}, imported"
    if not exceptions:
        return full, short
    decided = f"{exceptions - undecided} of {exceptions}"
    return f"{full}; {decided} exceptions decided", f"{short}; {decided} decided"


def _before_reply(
    session: Session, case: Case, person: str
) -> tuple[tuple[str, str], datetime | None, str]:
    made = sent.sent_to(session, person).events.get(case.issued_event)
    if made is None:
        text = "Not sent yet: the file is in the outbox"
        return (text, text), None, "needs"
    saved = datetime.fromisoformat(made)
    full, short = (f"File made {said}, no reply imported" for said in _both(saved.date()))
    return (full, short), saved, "waiting"


def _both(value: date) -> tuple[str, str]:
    return day(value), short_day(value)


def _reminded(session: Session, case: Case, person: str) -> date | None:
    reminder = session.vault.document("reminder", f"{person}:{case.campaign}")
    return datetime.fromisoformat(reminder.saved_at).date() if reminder is not None else None


def write_reminders(session: Session, case: str, people: tuple[str, ...]) -> tuple[Reminder, ...]:
    """Compose one message per person and record that it was written, no more."""
    session.need_office("secretary")
    view = campaign(session, case)
    found = []
    with session.batch():
        for person in people:
            entry = session.directory.people[person]
            session.vault.put_document("reminder", f"{person}:{case}", b"written", {})
            found.append(
                Reminder(
                    person_id=person,
                    name=entry.name,
                    to=entry.email,
                    subject=f"{view.title}: due {day(view.due)}",
                    text=_reminder_text(session, entry.name, view),
                )
            )
        if people:
            session.write(case, EventType.REMINDER_WRITTEN, [("people", list(people))])
    return tuple(found)


def _reminder_text(session: Session, name: str, view: CampaignView) -> str:
    due = "was" if view.days_left < 0 else "is"
    return (
        f"Dear {name},\n\n"
        f"The {view.title} {due} due on {day(view.due)}, and your signed reply has not reached me. "
        "Please open it in Candor, answer what is open, sign, and send me the reply file that "
        "Candor makes. If you have sent it already, please send the same file again.\n\n"
        f"{session.me.name}\n{session.title}\n"
    )


def read_facts(data: bytes) -> dict[str, dict[str, Any]]:
    """Company facts for prefilling, from JSON: e-mail address to question id to value.

    Raises CandorError where the file has another shape.
    """
    try:
        raw = codec.decode(data, limit=FACTS_LIMIT)
        return {str(k).casefold(): {str(q): v for q, v in row.items()} for k, row in raw.items()}
    except (RecordRefused, AttributeError) as fault:
        raise CandorError(
            "This file of company facts cannot be read: it is not a table of people and answers.",
            hint="Save it as JSON with one entry per e-mail address and no numbers with fractions.",
        ) from fault
