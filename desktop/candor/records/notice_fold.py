"""Notices that directors serve on each other, and the days that the SEC closed besides its
holidays: cases of their own, read here."""

from __future__ import annotations

import msgspec

from candor.policy.terms import FilerClass, Office
from candor.records.events import EventType
from candor.records.judge import Judged
from candor.records.matter_items import ClosedItems, ReceivedItems, ServedItems
from candor.records.matter_parts import ClosedDay, NoticePart, NoticeReceipt
from candor.records.matters import Audience
from candor.records.standing import sender_fault
from candor.records.working import Working

NOT_OWN_INTEREST = "Its author is not the director whose interest it tells of."
NOT_DIRECTORS = "Somebody it names is not a director, as far as the directory named here says."
NOT_SERVED = "It does not confirm the notice of this case."
NOT_NAMED = "Its author is not one of those on whom the notice is served."
SECOND = "A case holds one notice and nothing else."
NOT_CALENDAR = "Days on which the SEC was closed stand in a case of their own."
CALENDAR_KEEPERS = frozenset({Office.SECRETARY.value, Office.CLO.value})


def open_notice(work: Working) -> None:
    """The notice of this case, for the directors and keepers that it names."""
    for judged in work.each(EventType.NOTICE_SERVED):
        items = work.read(judged, ServedItems)
        if items is None:
            continue
        if fault := _served_fault(work, judged, items):
            work.void[judged.id] = fault
            continue
        work.kind, work.subject = "notice", items.subject
        work.audience = Audience(items.audience.name)
        people = (*items.audience.people, *items.directors, items.subject)
        work.widen(items.audience.offices, people)
        work.notice = NoticePart(
            event=judged.id,
            person=work.author(judged),
            claimed_at=judged.header.claimed_at,
            matter=items.matter,
            subject=items.subject,
            text=items.text,
            directors=items.directors,
            meeting_on=items.meeting_on,
            name=items.name,
        )


def _served_fault(work: Working, judged: Judged, items: ServedItems) -> str:
    if work.author(judged) != items.subject:
        return NOT_OWN_INTEREST
    sits = work.authority.sits
    directors = all(sits(judged, d, FilerClass.DIRECTOR.value) for d in items.directors)
    if not directors or items.subject in items.directors:
        return NOT_DIRECTORS
    if work.kind != "unknown":
        work.contested = True
        return SECOND
    return ""


def read_notice_receipts(work: Working) -> None:
    """The receipts of the directors, one each."""
    for judged in work.each(EventType.NOTICE_RECEIVED):
        items = work.read(judged, ReceivedItems)
        if items is None:
            continue
        person = work.author(judged)
        if work.notice is None or items.notice != work.notice.event:
            work.void[judged.id] = NOT_SERVED
        elif person not in work.notice.directors:
            work.void[judged.id] = NOT_NAMED
        elif person in work.notice.missing:
            receipt = NoticeReceipt(judged.id, person, judged.header.claimed_at)
            work.notice = msgspec.structs.replace(
                work.notice, receipts=(*work.notice.receipts, receipt)
            )


def read_calendar(work: Working) -> None:
    """The closed days of a calendar case, on the word of those who keep it."""
    for judged in work.each(EventType.CALENDAR_CLOSED):
        if work.kind not in {"unknown", "calendar"}:
            work.void[judged.id] = NOT_CALENDAR
            continue
        if fault := sender_fault(work.authority, judged, set(CALENDAR_KEEPERS)):
            work.void[judged.id] = fault
            continue
        items = work.read(judged, ClosedItems)
        if items is not None:
            work.kind = "calendar"
            work.widen(items.audience.offices, items.audience.people)
            work.closed_days.append(ClosedDay(judged.id, items.day, items.reason))
