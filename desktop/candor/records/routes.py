"""Where questions and whole matters lie: who sent them to which office, and who may decide there.

One mechanism for both. An exception is referred question by question; a filed matter is routed
as a whole, again and again if need be, and the route that a decision knew is what it is judged
by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from candor.policy.terms import Office
from candor.records import case_offices
from candor.records.authority import date_of
from candor.records.events import EventType
from candor.records.items import ReferralItems
from candor.records.judge import Judged
from candor.records.matter_items import RoutedItems
from candor.records.matters import Referral
from candor.records.standing import holder_fault, sender_fault
from candor.records.working import Working

OWN_REFERRAL = "Nobody is sent their own matter to decide."
NOT_MEMBERS = "Somebody it names did not sit on that body, as far as the directory named here says."
NOT_A_MATTER = "Only a filed matter is routed as a whole."
NO_MATTER = "The matter that it routes is not filed in this case."


DECIDES_ANY = "decides_any"
"""The part of a decider who decides as well as any other of that part."""


class Place(msgspec.Struct, frozen=True):
    """Why an author may decide: the ``route`` (None where signing opened the answers to the
    office at once), and the office that is ``absent`` where a deputy acts."""

    route: Referral | None
    absent: str = ""


def read_routes(work: Working) -> None:
    """Every referral and route that counts, each widening the audience."""
    found: dict[str, Referral] = {}
    for judged in list(work.events):
        if judged.id in work.void or judged.header.type not in _READ:
            continue
        offices = {Office.SECRETARY.value, *work.audience.offices}
        named = case_offices.is_named(found.values(), work.author(judged))
        if not named and (fault := sender_fault(work.authority, judged, offices)):
            work.void[judged.id] = fault
        elif referral := _READ[judged.header.type](work, judged):
            _widen(work, referral)
            found[judged.id] = referral
            _replace_known(work, judged, found)
    work.referrals = list(found.values())


def _widen(work: Working, referral: Referral) -> None:
    """To the office and to whoever else has a part; to a body only by the names of those who
    take part, since its members' office would let in one who is recused."""
    closed = {referral.office, referral.member} if referral.body else set()
    named = [d for d in referral.deciders if d.part in _READERS and d.office not in closed]
    offices = () if referral.body else (referral.office,)
    work.widen(
        (*offices, *(d.office for d in named)),
        (referral.person, *referral.people, *(d.person for d in named)),
    )


_READERS = frozenset(
    {
        *("decides", "decides_any", "recommends", "certifies", "signs_jointly"),
        *("rules_first", "notes", "receives"),
    }
)
"""Parts that cannot be played without reading the matter."""


def _replace_known(work: Working, judged: Judged, found: dict[str, Referral]) -> None:
    """A route of a whole matter ends the earlier ones that its author knew."""
    if found[judged.id].questions:
        return
    for event in work.knows(judged) & found.keys():
        if not found[event].questions:
            found[event] = msgspec.structs.replace(found[event], replaced_by=judged.id)


def _referred(work: Working, judged: Judged) -> Referral | None:
    items = work.read(judged, ReferralItems)
    if items is None:
        return None
    if work.subject and work.subject in {items.person, *(d.person for d in items.deciders)}:
        work.void[judged.id] = OWN_REFERRAL
        return None
    if fault := holder_fault(work.authority, judged, items, (work.subject,)):
        work.void[judged.id] = fault
        return None
    return Referral(
        event=judged.id,
        questions=items.questions,
        office=items.office,
        person=items.person,
        reason=items.reason,
        clause=items.clause,
        by=work.author(judged),
        claimed_at=judged.header.claimed_at,
        deciders=items.deciders,
    )


def _routed(work: Working, judged: Judged) -> Referral | None:
    items = work.read(judged, RoutedItems)
    if items is None:
        return None
    if fault := _route_fault(work, judged, items):
        work.void[judged.id] = fault
        return None
    return Referral(
        event=judged.id,
        questions=(),
        office=items.office,
        person=items.person,
        reason=items.reason,
        clause=items.clause,
        by=work.author(judged),
        claimed_at=judged.header.claimed_at,
        row=items.row,
        pack=items.pack,
        body=items.body,
        member=items.member,
        people=items.people,
        deciders=items.deciders,
        information=items.information,
        allowed=tuple(kind.value for kind in items.allowed),
        due=items.due,
    )


def _route_fault(work: Working, judged: Judged, items: RoutedItems) -> str:
    if work.kind != "matter":
        return NOT_A_MATTER
    if not work.knows(judged) & work.submissions.keys():
        return NO_MATTER
    named = {items.person, *items.people, *(d.person for d in items.deciders if d.part in _READERS)}
    if work.subject in named:
        return OWN_REFERRAL
    if items.body:
        sits = work.authority.sits
        seated = all(sits(judged, p, items.office, items.member) for p in items.people)
        return "" if seated else NOT_MEMBERS
    return holder_fault(work.authority, judged, items, (work.subject,))


_READ: dict[str, Callable[[Working, Judged], Referral | None]] = {
    EventType.EXCEPTIONS_REFERRED: _referred,
    EventType.MATTER_ROUTED: _routed,
}


def place(work: Working, judged: Judged, question: str, acting: str) -> Place | None:
    """Why the author may decide a question ('' for the whole matter) in the office ``acting``;
    None where it was never sent there.

    Answers that the secretary may not read are nobody's to refer: signing opened them to their
    audience's offices at once.
    """
    for route in _candidates(work, judged, question):
        for office in _deciding(route):
            if found := _fits(work, judged, acting, office, route):
                return found
    if Office.SECRETARY in work.opened_to:
        return None
    opened = (_fits(work, judged, acting, office, None) for office in work.opened_to)
    return next((found for found in opened if found), None)


def _candidates(work: Working, judged: Judged, question: str) -> Iterable[Referral]:
    """Newest first. A whole matter lies where the author knew that it lies, and nowhere else."""
    if question:
        return [r for r in reversed(work.referrals) if question in r.questions]
    known = work.knows(judged)
    mine = [r for r in work.referrals if not r.questions and r.event in known]
    return [r for r in reversed(mine) if r.replaced_by not in known]


def _deciding(route: Referral) -> tuple[str, ...]:
    if route.body:
        return (route.office, route.member)
    either = (d.office for d in route.deciders if d.part == DECIDES_ANY)
    return route.joint or (route.office, *either)


def _fits(
    work: Working, judged: Judged, acting: str, office: str, route: Referral | None
) -> Place | None:
    if acting == office:
        return Place(route)
    body = route is not None and bool(route.body)
    if not body and work.authority.stands_in(judged, acting, office, work.matter_kind):
        return Place(route, office)
    return None


def is_away(work: Working, judged: Judged, office: str) -> bool:
    """Whether a signed absence of that office covers the claimed day and this kind of matter."""
    view = work.authority.view(judged)
    return bool(view.deputies(office, date_of(judged), work.matter_kind))
