"""The clock of a waiver: whether one runs, when it is due and why, and how it ends.

A waiver for a director or an executive officer is disclosed within four business days of the
SEC (Form 8-K Item 5.05, Nasdaq Rule 5610). A day that the SEC closes moves the due date and
leaves the earlier one on record; a recorded disclosure ends the clock where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from candor.app import committee_texts, matter_reading
from candor.app.clock_times import at_words
from candor.app.committee_bodies import roles
from candor.app.session import Session
from candor.app.words import day, due_words, plural
from candor.clock import as_utc
from candor.errors import CandorError
from candor.policy import deadlines, settings
from candor.policy.calendar import SecCalendar
from candor.policy.deadlines import Clock, ClockDay, Covered, Event, Replaced, Website
from candor.policy.facts import Decision, DecisionHow, Signature
from candor.policy.settings import Settings
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart, Voting
from candor.records.matter_parts import ClosedDay, Disclosure
from candor.records.matters import Case, Determination

WAIVED = DecisionKind.WAIVER_GRANTED.value


@dataclass(frozen=True)
class ClockView:
    """A granted waiver and its clock.

    ``runs``: whether one is running now; ``why`` says why it runs, or why none does. ``at`` is
    the last minute with its time zone, ``days`` the strip from the event to the due day,
    ``replaced`` earlier due dates with what moved them.
    """

    case: str
    number: str
    title: str
    person: str
    runs: bool
    why: str
    item: str
    event: Event | None
    due: date | None
    at: str
    due_text: str
    days: tuple[ClockDay, ...]
    website: Website | None
    website_route: bool
    replaced: tuple[Replaced, ...]
    filed_on: date | None
    late_business_days: int
    disclosure: Disclosure | None


@dataclass(frozen=True)
class WebsiteTask:
    """A disclosure on the website that must stay up, or then be kept; ISO days as dates."""

    case: str
    title: str
    posted_on: date
    keep_until: date
    retain_until: date
    is_posted_still: bool


def promise(session: Session, person: str, on: date | None) -> str:
    """How a resolution says when its waiver is disclosed; '' where the day is not known."""
    if not _covered(session, person).applies:
        return "No rule has it disclosed to the public."
    if on is None:
        return ""
    rules = _settings(session)
    calendar = SecCalendar(date.fromisoformat(c.day) for c in closures(session))
    clock = deadlines.clock(Event(on, ""), calendar, rules)
    if clock is None:
        return ""
    route = "on the Company’s website" if clock.website_route else "on Form 8-K"
    return (
        f"The Secretary will see that it is disclosed {route} by {day(clock.due)}, "
        f"{at_words(clock.due, clock.at)}, "
        "with its nature, the name and the date."
    )


def clocks(session: Session) -> tuple[ClockView, ...]:
    """Every waiver granted in a matter that this vault may read, those that run first."""
    views = (clock_of(session, case.id) for case in _waived(session))
    return tuple(sorted(views, key=lambda v: (not v.runs, v.due or date.max, v.number)))


def _waived(session: Session) -> Iterator[Case]:
    for case in matter_reading.matters(session):
        decided = case.determination("")
        if decided is not None and decided.kind == WAIVED:
            yield case


def clock_of(session: Session, case_id: str) -> ClockView:
    """The clock of a granted waiver. Raises CandorError where none was granted."""
    case = session.case(case_id)
    decided = case.determination("")
    if decided is None or decided.kind != WAIVED:
        raise CandorError(
            "No waiver was granted in this matter, so no clock runs.",
            hint="An approval that the Code provides for is no waiver.",
        )
    covered = _covered(session, case.subject)
    filed = _disclosure(case, decided)
    clock = _clock(session, decided, filed) if covered.applies else None
    return _view(session, case, covered, clock, filed)


def _view(
    session: Session, case: Case, covered: Covered, clock: Clock | None, filed: Disclosure | None
) -> ClockView:
    today = date.fromisoformat(session.today)
    due_text = ""
    if clock is not None:
        due_text = (
            _filed_text(clock)
            if filed
            else f"{due_words(clock.due, today)}, {at_words(clock.due, clock.at)}"
        )
    return ClockView(
        case=case.id,
        number=case.number,
        title=committee_texts.matter_title(session, case),
        person=session.name_of(case.subject),
        runs=clock is not None and filed is None,
        why=covered.reason,
        item=covered.item,
        event=clock.event if clock else None,
        due=clock.due if clock else None,
        at=clock.at if clock else "",
        due_text=due_text,
        days=clock.days if clock else (),
        website=clock.website if clock else None,
        website_route=clock.website_route if clock else False,
        replaced=clock.replaced if clock else (),
        filed_on=clock.filed_on if clock else None,
        late_business_days=clock.late_business_days if clock else 0,
        disclosure=filed,
    )


def _filed_text(clock: Clock) -> str:
    filed = day(clock.filed_on) if clock.filed_on else ""
    if not clock.late_business_days:
        return f"Disclosed {filed}, in time"
    late = plural(clock.late_business_days, "business day")
    return f"Disclosed {filed}, {late} late"


def _settings(session: Session) -> Settings:
    return settings.typed(session.pack.setting_values())


def _covered(session: Session, person: str) -> Covered:
    return deadlines.covered(roles(session, person))


def _disclosure(case: Case, decided: Determination) -> Disclosure | None:
    """The first disclosure recorded for the decision."""
    recorded = case.matter.disclosures if case.matter else ()
    return next((d for d in recorded if d.decision == decided.event), None)


def closures(session: Session) -> tuple[ClosedDay, ...]:
    """The days on which the SEC closed besides its holidays, as people recorded them."""
    found = {d.day: d for c in session.state.cases.values() for d in c.closed_days}
    return tuple(found[key] for key in sorted(found))


def _clock(session: Session, decided: Determination, filed: Disclosure | None) -> Clock | None:
    """The clock as the decision started it, moved by each closure recorded since, and stopped
    by the disclosure."""
    rules, claims = _settings(session), session.state.claims
    granted, ended = as_utc(decided.claimed_at), as_utc(filed.claimed_at) if filed else None
    said = sorted(closures(session), key=lambda closed: as_utc(claims[closed.event]))
    known = [c for c in said if as_utc(claims[c.event]) <= granted]
    since = [c for c in said if c not in known and (not ended or as_utc(claims[c.event]) <= ended)]
    days = [date.fromisoformat(closed.day) for closed in known]
    what = _decision(session, decided)
    clock = deadlines.clock(deadlines.event_of(what), SecCalendar(days), rules, what)
    for closed in since:
        days.append(date.fromisoformat(closed.day))
        clock = clock and deadlines.recalculated(clock, SecCalendar(days), rules)
    if clock is None or filed is None:
        return clock
    return _stopped(clock, filed, SecCalendar(days), rules)


def _stopped(clock: Clock, filed: Disclosure, calendar: SecCalendar, rules: Settings) -> Clock:
    on = date.fromisoformat(filed.filed_on)
    on_website = filed.route == "website"
    return replace(
        clock,
        filed_on=on,
        website_route=on_website,
        late_business_days=deadlines.business_days_late(clock.due, on, calendar),
        website=deadlines.website_dates(clock.due, rules, on if on_website else None),
    )


def _decision(session: Session, decided: Determination) -> Decision:
    """The decision as the rules read it. The day is the one that the signed result states."""
    stated = decided.resolution
    item = _item(session, stated.item) if stated else None
    held = stated.held_on if stated else ""
    how = _how(decided, item)
    return Decision(
        kind=DecisionKind.WAIVER_GRANTED,
        on=date.fromisoformat(held) if held else _day_of(decided.claimed_at),
        body=decided.body,
        how=how,
        signatures=_signatures(item) if item and how is DecisionHow.WRITTEN_CONSENT else (),
        effective_on=date.fromisoformat(decided.effective_on) if decided.effective_on else None,
    )


def _how(decided: Determination, item: ItemPart | None) -> DecisionHow:
    """How it was taken. Where the item is not for this vault's eyes: only a written consent
    states a day of its own."""
    if decided.resolution is None:
        return DecisionHow.INDIVIDUAL
    consent = item.how == Voting.WRITTEN_CONSENT if item else bool(decided.effective_on)
    return DecisionHow.WRITTEN_CONSENT if consent else DecisionHow.MEETING


def _item(session: Session, case_id: str) -> ItemPart | None:
    case = session.state.cases.get(case_id)
    return case.item if case is not None else None


def _signatures(item: ItemPart) -> tuple[Signature, ...]:
    """Who signed a written consent on which day, by each signer's own calendar."""
    return tuple(
        Signature(b.person, _day_of(b.claimed_at))
        for b in item.ballots
        if not b.void and not b.replaced_by
    )


def _day_of(stamp: str) -> date:
    return datetime.fromisoformat(stamp).date()


def website_tasks(session: Session) -> tuple[WebsiteTask, ...]:
    """Disclosures on the website, with how long each must stay up and then be kept."""
    today = date.fromisoformat(session.today)
    found = []
    for view in clocks(session):
        filed = view.disclosure
        if filed is None or filed.route != "website" or view.website is None:
            continue
        found.append(
            WebsiteTask(
                case=view.case,
                title=view.title,
                posted_on=date.fromisoformat(filed.filed_on),
                keep_until=view.website.keep_until,
                retain_until=view.website.retain_until,
                is_posted_still=today <= view.website.keep_until,
            )
        )
    return tuple(task for task in found if today <= task.retain_until)
