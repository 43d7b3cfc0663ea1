"""The way of a matter from its filing to its end, in a few stages, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candor.app.matter_standing import Group, decision_words, on_day, sent_to, standing
from candor.app.session import Session
from candor.app.words import day
from candor.records.matters import REFUSALS, Case, Determination

YET = "Not yet"


@dataclass(frozen=True)
class Stage:
    """One stage: its word, who, and when or what is missing. ``group`` None: still to come."""

    word: str
    who: str
    when: str
    group: Group | None
    current: bool = False


def way(session: Session, case: Case) -> tuple[Stage, ...]:
    """The stages in order; at most one is current."""
    return (
        Stage(
            "Filed",
            session.name_of(case.subject),
            on_day(case.submissions[0].claimed_at),
            Group.DONE,
        ),
        _received(session, case),
        *_ruled(session, case),
        _decides(session, case),
        *_after(session, case),
    )


def _received(session: Session, case: Case) -> Stage:
    if case.receipts:
        first = case.receipts[0]
        when = on_day(first.received_at)
        return Stage("Received", session.name_of(first.person), when, Group.DONE)
    secretary = next(iter(session.directory.holders("secretary")), "")
    said = standing(session, case)
    group = said.group if said.group is not Group.DONE else Group.WAITING
    missing = "Not handed over" if group is Group.NEEDS else YET
    return Stage("Receives it", session.name_of(secretary), missing, group, current=True)


def _ruled(session: Session, case: Case) -> Iterator[Stage]:
    for ruling in case.matter.rulings if case.matter else ():
        office = session.pack.office_title(ruling.office)
        yield Stage("Screened", office, on_day(ruling.claimed_at), Group.DONE)


def _decides(session: Session, case: Case) -> Stage:
    found, asked = case.determination(""), case.matter.open_requests if case.matter else ()
    conflicts = any(d.conflicts for d in case.standing_on(""))
    if found is not None:
        group = Group.STOPPED if found.kind in REFUSALS else Group.DONE
        return Stage(decision_words(found), _who(session, found), on_day(found.claimed_at), group)
    ended = case.matter is not None and (case.matter.withdrawal or case.matter.retirement)
    if case.route is None:
        live = bool(case.receipts) and not ended
        return Stage(
            "Decides",
            "Not known yet",
            "When it is sent on",
            None if not live else Group.WAITING,
            live,
        )
    who = sent_to(session, case.route).rstrip(",").removeprefix("The ")
    if ended:
        return Stage("Would decide", who, "No longer needed", None)
    if conflicts or case.forked:
        return Stage("Stopped", who, "Two records differ", Group.STOPPED, current=True)
    if asked:
        return Stage(
            "More is asked", who, f"Since {on_day(asked[-1].claimed_at)}", Group.NEEDS, True
        )
    since = f"Since {on_day(case.route.claimed_at)}"
    return Stage("Decides", who, since, Group.WAITING, current=True)


def _who(session: Session, found: Determination) -> str:
    return session.pack.committee(found.body).title if found.body else session.name_of(found.person)


def _after(session: Session, case: Case) -> Iterator[Stage]:
    part = case.matter
    if part is None:
        return
    for disclosed in part.disclosures:
        where = "Form 8-K" if disclosed.route == "form_8k" else "Website"
        filed = day(date.fromisoformat(disclosed.filed_on))
        yield Stage("Disclosed", where, filed, Group.DONE)
    name = session.name_of(case.subject)
    if part.withdrawal is not None:
        yield Stage("Taken back", name, on_day(part.withdrawal.claimed_at), Group.DONE)
    elif part.retirement is not None:
        ended = day(date.fromisoformat(part.retirement.ended_on))
        yield Stage("Ended", session.name_of(part.retirement.person), ended, Group.DONE)
    elif case.determination("") is None:
        yield Stage("Outcome", name, YET, None)
