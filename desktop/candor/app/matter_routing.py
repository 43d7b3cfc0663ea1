"""Where a filed matter goes by the rules, and the signed act that sends it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from candor.app import matter_facts, matter_reading
from candor.app.audience import may_read
from candor.app.integrity import require_decidable
from candor.app.session import NotYours, Session
from candor.errors import CandorError
from candor.policy.answer import Answer, Decider, Part
from candor.policy.facts import Facts
from candor.policy.pack import Pack
from candor.policy.terms import DecisionKind, Office
from candor.records.events import EventType
from candor.records.matter_parts import Named
from candor.records.matters import Case

REFERRED = DecisionKind.REFERRED.value
"""All that is open to somebody who rules first: the decision comes after."""
ELEVATED = "referred: "
"""How the row of a route begins that a decider chose: the rules need not give it."""
_DECIDE = (Part.DECIDES, Part.DECIDES_ANY, Part.SIGNS_JOINTLY, Part.NOTES, Part.RECEIVES)
"""Parts that end a matter, in any of its ways."""


@dataclass(frozen=True)
class Destination:
    """Where the rules send a matter: an office, or a body's members by name."""

    office: str
    person: str
    reason: str
    clause: str
    row: str
    deciders: tuple[Named, ...]
    information: tuple[str, ...]
    allowed: tuple[str, ...]
    body: str = ""
    member: str = ""
    people: tuple[str, ...] = ()
    due: date | None = None
    pack: str = ""


@dataclass(frozen=True)
class ToRoute:
    """A received matter that has to be sent on; ``again``: why a route that stands no longer
    fits. ``stopped``: why it cannot be sent anywhere now; ''."""

    case: str
    number: str
    person: str
    title: str
    to: str
    reason: str
    again: str
    stopped: str


def where(session: Session, case: Case, pack: Pack | None = None) -> Destination:
    """Where the rules send a filed matter today. Raises CandorError where nowhere.

    ``pack``: the version to go by; without one, that under which the matter goes already.
    """
    pack = pack or matter_facts.pack_for(session, case)
    return by_rules(session, matter_facts.of_case(session, case), pack)


def by_rules(session: Session, facts: Facts, pack: Pack) -> Destination:
    """Where the rules send what the facts tell. Raises CandorError where nowhere.

    A deputy has it for the office that is away, and only as long as it is: the destination names
    both.
    """
    answer = matter_facts.judged(session, facts, pack)
    if answer.blocked:
        raise CandorError(answer.reason, hint=answer.block.remedy if answer.block else "")
    goes = replace(destination(session, answer), pack=pack.digest)
    if goes.body or not facts.absences:
        return goes
    present = msgspec.structs.replace(facts, absences=())
    usual = destination(session, matter_facts.judged(session, present, pack))
    deputies = session.directory.deputies(usual.office, session.today, answer.matter.value)
    if usual.office != goes.office and goes.office in deputies:
        return replace(goes, office=usual.office, person="")
    return goes


def destination(session: Session, answer: Answer) -> Destination:
    """Where an answer sends a matter. Raises CandorError where it sends it nowhere."""
    if answer.ruling is not None and not answer.ruling.made:
        first = [d for d in answer.deciders if d.part is Part.RULES_FIRST]
        return _to(session, answer, first, (REFERRED,))
    ending = [d for d in answer.deciders if d.part in _DECIDE]
    return _to(session, answer, ending, tuple(kind.value for kind in answer.allowed_decisions))


def _to(
    session: Session, answer: Answer, ending: Iterable[Decider], allowed: tuple[str, ...]
) -> Destination:
    first = next(iter(ending), None)
    if first is None:
        raise CandorError(
            " ".join(answer.sentences[-2:]) or "Nobody may decide this now.",
            hint="Record who holds the offices under People, then route it again.",
        )
    seated = answer.body if first.body else None
    chair, member = _roles(session, first.body)
    return Destination(
        office=chair if seated else first.office,
        person="" if seated else first.person,
        reason=first.reason or answer.reason,
        clause=first.clause,
        row=answer.route,
        deciders=_named(session, answer, ruling_only=allowed == (REFERRED,)),
        information=tuple(item.to for item in answer.information),
        allowed=allowed,
        body=first.body,
        member=member,
        people=seated.disinterested if seated else (),
        due=min((d.due for d in answer.duties if d.due and not d.who), default=None),
    )


def _roles(session: Session, body: str) -> tuple[str, str]:
    if not body:
        return "", ""
    row = session.pack.committee(body)
    member = row.member or "director"
    return row.chair or member, member


def _named(session: Session, answer: Answer, *, ruling_only: bool) -> tuple[Named, ...]:
    """Those with a part by office. Who decides only once a ruling is made is not named yet.

    Before a body somebody rules in writing on a material departure, whichever row it is.
    """
    named = tuple(
        Named(d.office, d.person, d.part.value)
        for d in answer.deciders
        if d.office and (d.part is Part.RULES_FIRST or not ruling_only)
    )
    if answer.body is None or ruling_only or any(n.part in _RULING for n in named):
        return named
    return (*named, *_counsel(session, answer))


_RULING = frozenset({Part.RULES_FIRST, Part.CERTIFIES})


def _counsel(session: Session, answer: Answer) -> tuple[Named, ...]:
    """Whoever advises the body in the order of the Code, and is not concerned."""
    out = {answer.filer, *(e.person for e in answer.excluded)}
    for office in session.pack.exception_chain():
        for person in session.holders().get(office, ()):
            if person not in out and person not in (answer.body.members if answer.body else ()):
                return (Named(office, person, Part.CERTIFIES.value),)
    return ()


# --- sending on -------------------------------------------------------------------------------


def to_route(session: Session) -> tuple[ToRoute, ...]:
    """The matters that the owner has to send on, oldest number first."""
    return session.derived(f"matters to route {session.today}", lambda: _to_route(session))


def _to_route(session: Session) -> tuple[ToRoute, ...]:
    rows = (_row(session, case) for case in matter_reading.matters(session))
    found = [row for row in rows if row is not None]
    return tuple(sorted(found, key=lambda row: row.number))


def _row(session: Session, case: Case) -> ToRoute | None:
    if not _is_mine_to_route(session, case) or not _is_open(case):
        return None
    title = session.form(matter_reading.newest(case).form).title["en"]
    name = session.name_of(case.subject)
    try:
        goes = where(session, case)
    except CandorError as fault:
        why = f"{fault.message} {fault.hint}".strip()
        return ToRoute(case.id, case.number, name, title, "", "", "", why)
    again = _again(case, goes)
    if case.route is not None and not again:
        return None
    return ToRoute(case.id, case.number, name, title, _place(session, goes), goes.reason, again, "")


def _is_mine_to_route(session: Session, case: Case) -> bool:
    """The secretary's, or the next reader's where the matter is the secretary's own."""
    offices = session.offices
    if case.subject == session.person_id or not may_read(session, case, session.person_id):
        return False
    if Office.SECRETARY in offices:
        return True
    own = case.subject in session.directory.holders(Office.SECRETARY, session.today)
    return own and bool(set(offices) & set(case.audience_offices))


def _is_open(case: Case) -> bool:
    part = case.matter
    ended = part is not None and (part.withdrawal is not None or part.retirement is not None)
    read = any(s.here for s in case.submissions)
    return read and not ended and not case.forked and not case.standing_on("")


def _again(case: Case, goes: Destination) -> str:
    """Why the route that stands is no longer the one that the rules give; '' if it is."""
    route = case.route
    if route is None:
        sent = any(not r.questions for r in case.referrals)
        return "Two routes send it to different places." if sent else ""
    if route.row.startswith(ELEVATED):
        return ""
    ruled = set(route.allowed) == {REFERRED} and set(goes.allowed) != {REFERRED}
    rules = (
        (not ruled, "The ruling that comes first is signed."),
        (route.row == goes.row, "It now falls under another row of the Code."),
        (
            (route.office, route.body) == (goes.office, goes.body),
            "Whoever has it may no longer decide it.",
        ),
        (set(route.people) == set(goes.people), "Other members may take part now."),
        (
            set(route.allowed) == set(goes.allowed),
            "What may be decided has changed, as where it began while it waited.",
        ),
        (
            _parts(route.deciders) == _parts(goes.deciders),
            "Somebody with a part in it is away, is back or has changed.",
        ),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _parts(named: Iterable[Named]) -> frozenset[tuple[str, str, str]]:
    return frozenset((n.office, n.person, n.part) for n in named)


def _place(session: Session, goes: Destination) -> str:
    if goes.body:
        return session.pack.committee(goes.body).title
    title = session.pack.office_title(goes.office)
    return f"{session.name_of(goes.person)}, {title}" if goes.person else title


def route(session: Session, cases: Iterable[str], *, by_newest: bool = False) -> int:
    """Send matters where the rules send them, each by a signed act. Returns how many.

    The act opens a matter to whoever has a part in it and to nobody else. ``by_newest``: by the
    version of the rules that is in force today, in place of the one the matter began under.
    Raises NotYours and CandorError where one cannot be sent; then none is.
    """
    wanted = tuple(dict.fromkeys(cases))
    require_decidable(session, wanted)
    with session.batch():
        for case_id in wanted:
            case = session.case(case_id)
            if not _is_mine_to_route(session, case):
                raise NotYours(
                    "This matter is not yours to send on.", hint="Ask the Corporate Secretary."
                )
            write(session, case, where(session, case, session.pack if by_newest else None))
    return len(wanted)


def write(session: Session, case: Case, goes: Destination) -> str:
    """The signed act that sends a matter somewhere; it ends the routes that it knows."""
    return session.write(
        case.id, EventType.MATTER_ROUTED, _body(session, goes), deps=known(session, case)
    )


def known(session: Session, case: Case) -> tuple[str, ...]:
    """What an act on a matter answers: all that is here of it, and the directory."""
    return (*case.heads, matter_reading.newest(case).event, *session.directory.head)


def _body(session: Session, goes: Destination) -> list[tuple[str, Any]]:
    return [
        ("office", goes.office),
        ("person", goes.person),
        ("reason", goes.reason),
        ("clause", goes.clause),
        ("row", goes.row),
        ("pack", goes.pack or session.pack.digest),
        ("body", goes.body),
        ("member", goes.member),
        ("people", list(goes.people)),
        ("deciders", [msgspec.to_builtins(named) for named in goes.deciders]),
        ("information", list(goes.information)),
        ("allowed", list(goes.allowed)),
        ("due", goes.due.isoformat() if goes.due else ""),
    ]
