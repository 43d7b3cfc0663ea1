"""An item before a committee or the Board: put once, voted on by name, resolved by its chair.

It has a case of its own, for exactly those who take part: a recused member receives nothing of
it, not even that it is there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection

from msgspec.structs import replace

from candor.policy.terms import Office
from candor.records import tally
from candor.records.authority import NO_DIRECTORY
from candor.records.committee_items import (
    BallotItems,
    ItemPutItems,
    RecusedItems,
    ResolvedItems,
)
from candor.records.committee_parts import Ballot, ItemPart, Recusal, Resolution
from candor.records.events import EventType
from candor.records.judge import Judged
from candor.records.standing import sender_fault
from candor.records.working import Working

SECOND = "A case holds one item before one body and nothing else."
OWN_ITEM = "Nobody puts or decides an item about themselves."
NOT_MEMBERS = "Somebody it names did not sit on that body, as far as the directory says."
ALTERED = "The digest is not that of the text that stands beside it."
NO_CHAIR = "Nobody who may vote is named to sign the result."
SUBJECT_VOTES = "The person whom it concerns is not recused."
NO_ITEM = "It does not belong to an item of this case."
OTHER_TEXT = "It was given on another text than the one that was put."
NOT_MEMBER = "Its author is not a member who may vote on it."
RECUSED = "Its author is recused."
NO_SEAT = "Its author did not sit on that body, as far as the directory named here says."
NOT_CHAIR = "Its author is not the one named to sign the result."
OTHER_RESULT = "The ballots that it names do not come to that result."
LATER = "Ballots or recusals came in later that it did not weigh."
_PUT_BY = frozenset({Office.SECRETARY.value, Office.CLO.value})


def open_item(work: Working) -> None:
    """The item of this case, for those who take part in it."""
    for judged in work.each(EventType.ITEM_PUT):
        items = work.read(judged, ItemPutItems)
        if items is None:
            continue
        fault = _put_fault(work, judged, items)
        if not fault and work.kind != "unknown":
            fault, work.contested = SECOND, True
        if fault:
            work.void[judged.id] = fault
            continue
        work.kind, work.subject = "item", items.subject
        work.item = _item(work, judged, items)
        readers = (*work.item.disinterested, *items.readers, work.author(judged))
        out = {r.person for r in items.recused}
        work.widen((), (r for r in readers if r not in out))
        work.chair = work.item.chair


def _put_fault(work: Working, judged: Judged, items: ItemPutItems) -> str:
    author, authority = work.author(judged), work.authority
    out = {r.person for r in items.recused}
    voting = [m for m in items.members if m not in out]
    chair = _chair(work, judged, items)
    seated = (authority.sits(judged, m, items.chair_role, items.member_role) for m in items.members)
    rules = (
        (authority.names_directory(judged), NO_DIRECTORY),
        (author not in {items.subject, ""} | out, OWN_ITEM),
        (author in voting or not sender_fault(authority, judged, set(_PUT_BY)), NO_SEAT),
        (all(seated) and out <= set(items.members), NOT_MEMBERS),
        (len(set(items.members)) == len(items.members), NOT_MEMBERS),
        (items.subject not in voting, SUBJECT_VOTES),
        (digest(items.text) == items.digest, ALTERED),
        (chair in voting, NO_CHAIR),
    )
    return next((reason for kept, reason in rules if not kept), "")


def digest(text: str) -> str:
    """The digest (hex SHA-256) of a resolution's exact text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _chair(work: Working, judged: Judged, items: ItemPutItems) -> str:
    """Who signs the result: the chair; the acting chair where the chair is recused or there is
    none."""
    out = {r.person for r in items.recused}
    free = (m for m in items.members if m not in out)
    sitting = (m for m in free if work.authority.sits(judged, m, items.chair_role))
    return next(sitting, items.acting_chair)


def _item(work: Working, judged: Judged, items: ItemPutItems) -> ItemPart:
    chair = _chair(work, judged, items)
    return ItemPart(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        matter=items.matter,
        title=items.title,
        subject=items.subject,
        text=items.text,
        digest=items.digest,
        kind=items.kind.value,
        committee=items.committee,
        chair_role=items.chair_role,
        member_role=items.member_role,
        how=items.how.value,
        members=items.members,
        chair=chair,
        acting=not work.authority.sits(judged, chair, items.chair_role),
        meeting_on=items.meeting_on,
        recused=items.recused,
        notices=items.notices,
        papers=items.papers,
        conditions=items.conditions,
        counting=items.counting,
    )


def read_votes(work: Working) -> None:
    """Recusals, ballots and the signed result, each of which counts or says why not."""
    if work.item is None:
        for kind in (EventType.MEMBER_RECUSED, EventType.BALLOT_CAST, EventType.ITEM_RESOLVED):
            work.void.update(dict.fromkeys((j.id for j in work.each(kind)), NO_ITEM))
        return
    recused = (*work.item.recused, *_recusals(work, work.item))
    item = _rechaired(replace(work.item, recused=recused))
    ballots = _ballots(work, item)
    item = replace(item, ballots=ballots, doubled=_doubled(ballots))
    item = replace(item, resolution=_resolution(work, item))
    absent = item.resolution.absent if item.resolution else ()
    work.item = replace(item, result=tally.result(item, absent))


def _rechaired(item: ItemPart) -> ItemPart:
    """The same item where whoever was to sign recused: the first of the others acts."""
    free = item.disinterested
    if item.chair in free or not free:
        return item
    return replace(item, chair=free[0], acting=True)


def _recusals(work: Working, item: ItemPart) -> list[Recusal]:
    out = {r.person for r in item.recused}
    found: list[Recusal] = []
    for judged in work.each(EventType.MEMBER_RECUSED):
        items, person = work.read(judged, RecusedItems), work.author(judged)
        if items is None:
            continue
        if person not in item.members:
            work.void[judged.id] = NOT_MEMBER
        elif person not in out:
            out.add(person)
            found.append(Recusal(person, items.reason, judged.id))
    return found


def _ballots(work: Working, item: ItemPart) -> tuple[Ballot, ...]:
    found: dict[str, Ballot] = {}
    for judged in [j for j in work.events if j.header.type == EventType.BALLOT_CAST]:
        person, claimed = work.author(judged), judged.header.claimed_at
        items = None if judged.id in work.void else work.read(judged, BallotItems)
        if items is None:
            found[judged.id] = Ballot(judged.id, person, claimed, void=work.void[judged.id])
            continue
        if void := _ballot_fault(work, judged, items, item):
            work.void[judged.id] = void
        found[judged.id] = Ballot(
            judged.id,
            person,
            claimed,
            items.vote.value,
            name=items.name,
            reason=items.reason,
            void=void,
        )
        for event in items.replaces:
            before = found.get(event)
            if before and not void and before.person == person:
                found[event] = replace(before, replaced_by=judged.id)
    return tuple(found.values())


def _ballot_fault(work: Working, judged: Judged, items: BallotItems, item: ItemPart) -> str:
    author, authority = work.author(judged), work.authority
    rules = (
        (not work.forked, work.forked),
        (item.event in work.knows(judged), NO_ITEM),
        (items.digest == item.digest, OTHER_TEXT),
        (author in item.members, NOT_MEMBER),
        (authority.names_directory(judged), NO_DIRECTORY),
        (authority.sits(judged, author, item.chair_role, item.member_role), NO_SEAT),
        (author in item.disinterested, RECUSED),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _doubled(ballots: tuple[Ballot, ...]) -> tuple[str, ...]:
    """The members who said two things at once: no ballot of theirs counts until one of their
    own replaces the others."""
    said = {(b.person, b.vote) for b in ballots if not b.void and not b.replaced_by}
    return tuple(sorted(p for p, n in Counter(person for person, _ in said).items() if n > 1))


def _resolution(work: Working, item: ItemPart) -> Resolution | None:
    """The first signed result that counts."""
    found = None
    for judged in work.each(EventType.ITEM_RESOLVED):
        items = work.read(judged, ResolvedItems)
        if items is None:
            continue
        weighed = _as_known(work, judged, item)
        if fault := _resolution_fault(work, judged, items, weighed):
            work.void[judged.id] = fault
        elif found is None:
            found = _signed_result(work, judged, items, _caution(item, weighed))
    return found


def _signed_result(work: Working, judged: Judged, items: ResolvedItems, caution: str) -> Resolution:
    return Resolution(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        outcome=items.outcome,
        votes_for=items.votes_for,
        votes_against=items.votes_against,
        abstained=items.abstained,
        held_on=items.held_on,
        absent=items.absent,
        effective_on=items.effective_on,
        name=items.name,
        caution=caution,
    )


def _as_known(work: Working, judged: Judged, item: ItemPart) -> ItemPart:
    """The item with only those ballots and recusals that the author of a result knew."""
    known = work.knows(judged)
    recused = tuple(r for r in item.recused if not r.event or r.event in known)
    out = {r.person for r in recused}
    ballots = tuple(
        replace(
            b,
            replaced_by=b.replaced_by if b.replaced_by in known else "",
            void="" if b.void == RECUSED and b.person not in out else b.void,
        )
        for b in item.ballots
        if b.event in known
    )
    known_item = replace(item, ballots=ballots, recused=recused, doubled=_doubled(ballots))
    return _rechaired(replace(known_item, chair=work.chair or item.chair))


def _resolution_fault(
    work: Working, judged: Judged, items: ResolvedItems, weighed: ItemPart
) -> str:
    result = tally.result(weighed, items.absent)
    stated = (items.votes_for, items.votes_against, items.abstained)
    counted = (result.votes_for, result.votes_against, result.abstained)
    rules = (
        (not work.forked, work.forked),
        (work.author(judged) == signer(weighed, items.absent), NOT_CHAIR),
        (work.authority.names_directory(judged), NO_DIRECTORY),
        (items.digest == weighed.digest, OTHER_TEXT),
        (result.outcome in tally.FINAL, OTHER_RESULT),
        (items.outcome == result.outcome and stated == counted, OTHER_RESULT),
    )
    return next((reason for kept, reason in rules if not kept), "")


def signer(item: ItemPart, absent: Collection[str] = ()) -> str:
    """Who signs the result: the chair, or the first of the others who were there.

    Nobody who voted was absent, whatever somebody else says of them.
    """
    away = set(absent) & set(item.waiting)
    there = (m for m in item.disinterested if m not in away)
    return next(there, "") if item.chair in away else item.chair


def _caution(item: ItemPart, weighed: ItemPart) -> str:
    same = len(item.ballots) == len(weighed.ballots) and item.recused == weighed.recused
    return "" if same else LATER
