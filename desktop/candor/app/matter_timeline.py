"""What happened in a matter, each act with the three times that prove different things."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from candor.app.matter_standing import decision_words
from candor.app.session import Session
from candor.app.words import NBSP, day, plural
from candor.packet.dates import zone_name
from candor.records.events import EventType
from candor.records.matters import Case, Step

NOT_YET = "Not yet"


@dataclass(frozen=True)
class Time:
    """A day and the time of it; ``note`` where the time is not the point."""

    day: str
    note: str = ""


@dataclass(frozen=True)
class Happening:
    """One signed act. ``claimed``: by the signer's clock; ``received``: when this vault first had
    it; ``witnessed``: None while nobody else has signed that they had it. ``void``: why it does
    not count; '' counts. ``asks``: whether it puts a question to the filer."""

    event: str
    words: str
    who: str
    detail: str
    claimed: Time
    received: Time
    witnessed: Time | None
    void: str
    asks: bool


def timeline(session: Session, case: Case) -> tuple[Happening, ...]:
    """Every signed act of a matter that is in this vault, void ones too, by the time that each
    claims. No act may claim an earlier time than what it answers, so an answer comes after it."""
    steps = sorted(case.timeline, key=lambda step: datetime.fromisoformat(step.claimed_at))
    return tuple(_happening(session, case, step) for step in steps)


def _happening(session: Session, case: Case, step: Step) -> Happening:
    zone = ZoneInfo(session.pack.company.time_zone)
    words, detail = _said(session, case, step)
    received = session.vault.received_at(step.event)
    return Happening(
        event=step.event,
        words=f"Void: {words[:1].lower()}{words[1:]}" if step.standing else words,
        who=f"{session.name_of(step.person)}, {session.title_of(step.person)}",
        detail=step.standing or detail,
        claimed=_time(step.claimed_at, zone),
        received=_time(received, zone) if received else Time(NOT_YET),
        witnessed=_witnessed(case, step, zone),
        void=step.standing,
        asks=step.type == EventType.INFORMATION_REQUESTED,
    )


def _time(stamp: str, zone: ZoneInfo) -> Time:
    instant = datetime.fromisoformat(stamp).astimezone(zone)
    return Time(day(instant.date()), f"{instant:%H:%M}{NBSP}{zone_name(instant, zone.key)}")


def _witnessed(case: Case, step: Step, zone: ZoneInfo) -> Time | None:
    """The earliest receipt by somebody else, and how many gave one."""
    found = [r for r in case.receipts if r.of == step.event and r.person != step.person]
    if not found:
        return None
    first = _time(min(receipt.received_at for receipt in found), zone)
    return Time(first.day, f"by {plural(len({r.person for r in found}), 'vault')}")


_Said = tuple[str, str]


def _said(session: Session, case: Case, step: Step) -> _Said:
    say = _WORDS.get(step.type)
    return say(session, case, step) if say else ("A record of another kind", "")


def _filed(_session: Session, case: Case, step: Step) -> _Said:
    versions = [*case.submissions, *case.set_aside]
    own = next((v for v in versions if v.event == step.event), None)
    if own is None or not own.supersedes:
        return "Filed", ""
    answered = "Amended, in answer to a question" if own.request else "Amended"
    return answered, own.reason


def _receipt(_session: Session, case: Case, step: Step) -> _Said:
    own = next((r for r in case.receipts if r.event == step.event), None)
    first = own is not None and case.receipts[0].event == own.event
    return ("Opened and numbered" if first else "Received"), own.number if own else ""


def _routed(session: Session, case: Case, step: Step) -> _Said:
    own = next((r for r in case.referrals if r.event == step.event), None)
    if own is None:
        return "Sent to be decided", ""
    title = (
        session.pack.committee(own.body).title
        if own.body
        else session.pack.office_title(own.office)
    )
    return f"Sent to the {title}", own.reason


def _ruled(_session: Session, case: Case, step: Step) -> _Said:
    rulings = case.matter.rulings if case.matter else ()
    own = next((r for r in rulings if r.event == step.event), None)
    if own is None:
        return "Ruled", ""
    about = own.about.replace("_", " ")
    return f"Ruled: {about}, {'yes' if own.holds else 'no'}", own.reason


def _asked(_session: Session, case: Case, step: Step) -> _Said:
    requests = case.matter.requests if case.matter else ()
    own = next((r for r in requests if r.event == step.event), None)
    return "Asked for more", own.text if own else ""


def _decided(_session: Session, case: Case, step: Step) -> _Said:
    own = next((d for d in case.determinations if d.event == step.event), None)
    return (decision_words(own), own.reason) if own else ("Decided", "")


def _withdrawn(_session: Session, case: Case, _step: Step) -> _Said:
    own = case.matter.withdrawal if case.matter else None
    return "Taken back", own.reason if own else ""


def _retired(_session: Session, case: Case, _step: Step) -> _Said:
    own = case.matter.retirement if case.matter else None
    return "Ended", own.reason if own else ""


def _only(words: str) -> Callable[[Session, Case, Step], _Said]:
    return lambda _session, _case, _step: (words, "")


_WORDS: Mapping[str, Callable[[Session, Case, Step], _Said]] = {
    EventType.MATTER_FILED: _filed,
    EventType.RECEIPT_GIVEN: _receipt,
    EventType.MATTER_ROUTED: _routed,
    EventType.MATTER_RULED: _ruled,
    EventType.INFORMATION_REQUESTED: _asked,
    EventType.MATTER_DECIDED: _decided,
    EventType.MATTER_WITHDRAWN: _withdrawn,
    EventType.MATTER_RETIRED: _retired,
    EventType.CONDITION_MET: _only("A condition was met"),
    EventType.FILING_RECORDED: _only("Disclosed to the public"),
    EventType.FORK_RESOLVED: _only("Said which record stands"),
}
