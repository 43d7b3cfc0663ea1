"""Who has standing in a case: whose forked log suspends it, and who may say what stands.

It is asked before the case is read, of every branch alike, since which openings and referrals
count depends on the answer. Only the secretary's openings, and referrals by those whom they
and earlier referrals name, give standing: anybody enrolled can write into a case whose id they
know, and must not be able to stop it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from candor.policy.terms import Office
from candor.records import case_offices
from candor.records.authority import Authority, date_of
from candor.records.codec import RecordRefused
from candor.records.committee_items import ItemPutItems
from candor.records.events import EventType
from candor.records.items import (
    CampaignItems,
    IssueItems,
    PacketItems,
    ReferralItems,
    SignedItems,
    read_items,
)
from candor.records.judge import Judged
from candor.records.logbook import Fork
from candor.records.matter_items import FiledItems, RoutedItems
from candor.records.matters import Audience
from candor.records.working import Working

NOT_AUDIENCE = "Its author held no office that may send this case on."
NO_LONGER_AUDIENCE = (
    "The directory has since recorded that its author held no office on that day "
    "that may send this case on."
)
NOT_HOLDER = (
    "The person it names did not hold that office, as far as the directory named here says."
)
_T = TypeVar("_T", bound=msgspec.Struct)


@dataclass
class Standing:
    """``offices``: their holders stand in the case; ``people``: named in it by id;
    ``subjects``: whose matter some branch says that it is."""

    authority: Authority
    offices: set[str] = field(default_factory=lambda: {Office.SECRETARY.value})
    people: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)

    def suspends(self, work: Working, fork: Fork) -> bool:
        """Whether a fork's author had standing on a day that one of its placed events claims."""
        person = self.authority.directory.person_of(fork.author) or ""
        if person in self.people | self.subjects:
            return True
        branches = [j for j in work.events if j.id in fork.events]
        return any(self.authority.still_holds(j, o) for j in branches for o in self.offices)

    def may_resolve(self, judged: Judged) -> bool:
        """Whether the author may say which branch stands: by an office held then and, as far as
        is known since, or by name; never the subject, who has no say in their own matter."""
        person = self.authority.author(judged)
        if person in self.subjects:
            return False
        return person in self.people or not sender_fault(self.authority, judged, self.offices)

    def add(self, audience: Audience) -> None:
        """Give standing to an audience."""
        self.offices.update(audience.offices)
        self.people.update(audience.people)


def sender_fault(authority: Authority, judged: Judged, offices: set[str]) -> str:
    """Why an event's author may not send a case on that ``offices`` may read; '' if they may."""
    held = [office for office in sorted(offices) if authority.holds(judged, office)]
    if not held:
        return NOT_AUDIENCE
    lasting = any(authority.still_holds(judged, office) for office in held)
    return "" if lasting else NO_LONGER_AUDIENCE


def holder_fault(
    authority: Authority,
    judged: Judged,
    items: ReferralItems | RoutedItems,
    subjects: Iterable[str],
) -> str:
    """Why a referral's person is not one to send the case to; '' where it names none.
    ``subjects``: whose matter it is, as far as is known."""
    if case_offices.is_of_the_case(items.office):
        fits = case_offices.fits(authority, judged, items.office, items.person, subjects)
        return "" if fits else NOT_HOLDER
    there = authority.view(judged).holders(items.office, date_of(judged))
    return "" if not items.person or items.person in there else NOT_HOLDER


def standing(work: Working) -> Standing:
    """Who has standing, as all branches of the case together say."""
    found = Standing(work.authority)
    opened = _read_openings(work, found)
    if not found.subjects and opened <= {EventType.QUESTIONNAIRE_ISSUED}:
        _read_signings(work, found, sealed=not opened)
    for judged in work.events:
        if judged.id not in work.void and judged.header.type in _SENDINGS:
            _read_sending(work, judged, found)
    found.offices.discard("")
    found.people.discard("")
    return found


def _read_sending(work: Working, judged: Judged, found: Standing) -> None:
    """A referral or route by somebody who stands in the case gives standing to its decider."""
    items = _items(judged, _SENDINGS[judged.header.type])
    if items is None or sender_fault(work.authority, judged, found.offices):
        return
    if isinstance(items, RoutedItems) and items.body:
        sits = work.authority.sits
        members = (p for p in items.people if sits(judged, p, items.office, items.member))
        found.people.update(members)
    elif not holder_fault(work.authority, judged, items, found.subjects):
        found.add(Audience(offices=(items.office,), people=(items.person,)))


_SENDINGS: dict[str, type[ReferralItems] | type[RoutedItems]] = {
    EventType.EXCEPTIONS_REFERRED: ReferralItems,
    EventType.MATTER_ROUTED: RoutedItems,
}


def _read_openings(work: Working, found: Standing) -> set[str]:
    """What the secretary opened, and the packets to be signed; the types of those openings."""
    opened: set[str] = set()
    for judged in work.events:
        if judged.id in work.void or judged.header.type not in _OPENINGS:
            continue
        if work.secretary_fault(judged) and judged.header.type != EventType.ITEM_PUT:
            continue
        opened.add(judged.header.type)
        items = _items(judged, _OPENINGS[judged.header.type])
        if isinstance(items, CampaignItems):
            given = items.audience
            found.add(given if isinstance(given, Audience) else Audience(offices=given))
        elif isinstance(items, IssueItems):
            found.add(items.audience)
            found.subjects.add(items.person)
        elif isinstance(items, PacketItems):
            found.people.update(signer.person for signer in items.signers)
        elif isinstance(items, ItemPutItems):
            _read_item(work, judged, items, found)
    return opened


def _read_item(work: Working, judged: Judged, items: ItemPutItems, found: Standing) -> None:
    """Members who sit on the body stand in an item's case; the recused do not."""
    out = {r.person for r in items.recused}
    sits = work.authority.sits
    seated = (m for m in items.members if sits(judged, m, items.chair_role, items.member_role))
    found.people.update(m for m in seated if m not in out)


def _read_signings(work: Working, found: Standing, *, sealed: bool) -> None:
    """Where no issue can be read, whoever signed answers is taken for the subject; where nobody
    opened the case (``sealed``), the signing itself did, for the audience it names."""
    for judged in work.events:
        if judged.id in work.void or judged.header.type not in _SIGNINGS:
            continue
        found.subjects.add(work.author(judged))
        items = _items(judged, _SIGNINGS[judged.header.type]) if sealed else None
        if items is not None:
            found.add(items.audience)


_SIGNINGS: dict[str, type[SignedItems] | type[FiledItems]] = {
    EventType.QUESTIONNAIRE_SIGNED: SignedItems,
    EventType.MATTER_FILED: FiledItems,
}


_OPENINGS: dict[str, type[CampaignItems | IssueItems | PacketItems | ItemPutItems]] = {
    EventType.CAMPAIGN_OPENED: CampaignItems,
    EventType.QUESTIONNAIRE_ISSUED: IssueItems,
    EventType.PACKET_COMPILED: PacketItems,
    EventType.ITEM_PUT: ItemPutItems,
}


def _items(judged: Judged, kind: type[_T]) -> _T | None:
    """The items of an event, noting nothing where they cannot be read."""
    try:
        return read_items(judged.body, kind) if judged.body is not None else None
    except RecordRefused:
        return None
