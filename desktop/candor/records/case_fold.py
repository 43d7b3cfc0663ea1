"""How one case comes from its events, in their order, under one directory.

Openings and answers first, then who may read, then what is decided and signed: each step
needs only the ones before it, whatever the order in which files arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from candor.records import (
    committee_fold,
    decisions,
    matter_fold,
    notice_fold,
    page_signatures,
    root_fold,
    routes,
)
from candor.records.authority import Authority
from candor.records.events import EventType
from candor.records.forks import SET_ASIDE, Resolution, Settled, settle
from candor.records.items import ForkItems, ReceiptItems
from candor.records.judge import Judged
from candor.records.logbook import Fork
from candor.records.matters import Case, Receipt, Step, Submission
from candor.records.openings import SIGNED, read_openings, read_submissions
from candor.records.order import parents
from candor.records.standing import Standing, standing
from candor.records.working import Working

NOT_RESOLVER = "Its author is not one of those who may say which branch stands."
NEWER = "It was written by a newer Candor and is kept, not read."
FORKED = "An author's log in this case is forked, and nobody has said yet which branch stands."
CONTESTED = "Several people claim that this case is theirs."
OWN_FORK = "Nobody resolves a fork in their own log."
_KNOWN = frozenset(EventType)


def fold_case(
    case: str,
    events: Iterable[Judged],
    void: Mapping[str, str],
    forks: Iterable[Fork],
    authority: Authority,
    items: Mapping[str, Case] | None = None,
) -> tuple[Case, dict[str, str], tuple[Fork, ...]]:
    """One case from its readable events in order, with why each void event does not count.

    ``void`` starts with what is void for reasons outside the case; ``forks`` are this case's;
    ``items`` the committee's cases that are here, on which a body's decision rests.
    """
    work = Working(case, tuple(events), dict(void), authority, items or {})
    _set_newer_apart(work)
    settled = _settle_forks(work, tuple(forks))
    read_openings(work)
    read_submissions(work)
    matter_fold.open_matter(work)
    committee_fold.open_item(work)
    notice_fold.open_notice(work)
    root_fold.read_cosigning(work)
    _read_receipts(work)
    routes.read_routes(work)
    notice_fold.read_notice_receipts(work)
    notice_fold.read_calendar(work)
    work.forked = FORKED if settled.open else CONTESTED if work.contested else ""
    committee_fold.read_votes(work)
    matter_fold.read_before_decisions(work)
    return _finished(work), work.void, settled.forks


def _set_newer_apart(work: Working) -> None:
    for judged in work.events:
        if judged.header.schema != 1 and judged.header.type in _KNOWN:
            work.void.setdefault(judged.id, NEWER)


def _settle_forks(work: Working, forks: tuple[Fork, ...]) -> Settled:
    """Hear what people said of this case's forks; branches set aside no longer count.

    A fork of somebody without standing stays as evidence and suspends nothing.
    """
    if not forks and not any(work.each(EventType.FORK_RESOLVED)):
        return Settled((), {})
    events = {j.id: j for j in work.events}
    stand = standing(work)
    forks = tuple(replace(f, stray=not stand.suspends(work, f)) for f in forks)
    heard = []
    for judged in work.each(EventType.FORK_RESOLVED):
        items = work.read(judged, ForkItems)
        if items is None:
            continue
        if reason := _resolution_fault(work, judged, items, forks, stand):
            work.void[judged.id] = reason
        else:
            heard.append(Resolution(judged.id, items.keep, items.set_aside))
    settled = settle(forks, events, heard)
    for event, reason in settled.left_out.items():
        if reason == SET_ASIDE:
            work.void[event] = reason
    return settled


def _resolution_fault(
    work: Working, judged: Judged, items: ForkItems, forks: tuple[Fork, ...], stand: Standing
) -> str:
    # By the fork, not by the branch: the one kept may still wait for its predecessor.
    person_of = work.authority.directory.person_of
    authors = {person_of(f.author) for f in forks if items.keep in f.events}
    if work.author(judged) in authors:
        return OWN_FORK
    return "" if stand.may_resolve(judged) else NOT_RESOLVER


def _read_receipts(work: Working) -> None:
    for judged in work.each(EventType.RECEIPT_GIVEN):
        if fault := work.secretary_fault(judged):
            work.void[judged.id] = fault
        elif items := work.read(judged, ReceiptItems):
            work.receipts.append(
                Receipt(
                    judged.id, items.event, items.number, items.received_at, work.author(judged)
                )
            )


def _finished(work: Working) -> Case:
    determinations = decisions.determinations(work)
    matter_fold.read_after_decisions(work, determinations)
    packets = page_signatures.packets(work)
    named = {p for j in work.events for p in parents(j)}
    return Case(
        id=work.id,
        kind=work.kind,
        subject=work.subject,
        audience_name=work.audience.name,
        audience_offices=work.audience.offices,
        audience_people=work.audience.people,
        campaign=work.campaign_id,
        campaign_info=work.campaign,
        issued=work.issued,
        issued_event=work.issued_event,
        submissions=tuple(work.submissions.values()),
        set_aside=_set_aside(work),
        receipts=tuple(work.receipts),
        number=work.receipts[0].number if work.receipts else "",
        referrals=tuple(work.referrals),
        determinations=determinations,
        packets=packets,
        matter=work.matter,
        item=work.item,
        notice=work.notice,
        closed_days=tuple(work.closed_days),
        cosigning=work.cosigning,
        forked=work.forked,
        heads=tuple(j.id for j in work.events if j.id not in named),
        timeline=tuple(_step(work, j) for j in work.events),
    )


def _set_aside(work: Working) -> tuple[Submission, ...]:
    return tuple(
        Submission(
            j.id,
            work.author(j),
            j.header.claimed_at,
            here=j.body is not None,
            void=work.void[j.id],
        )
        for j in work.events
        if j.header.type in SIGNED and j.id in work.void
    )


def _step(work: Working, judged: Judged) -> Step:
    head = judged.header
    standing = work.void.get(judged.id, "")
    return Step(judged.id, head.type, work.author(judged), head.claimed_at, standing)
