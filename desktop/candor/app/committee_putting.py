"""Putting an item: what needs a body, and the signed act that lays it before the members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from candor.app import committee_texts, matter_reading
from candor.app.audience import reach
from candor.app.committee_begun import overtaken
from candor.app.committee_bodies import Body
from candor.app.committee_draft import ItemChoice, ItemDraft, draft_item
from candor.app.committee_items import STUCK, before
from candor.app.integrity import require_decidable
from candor.app.notices import told
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.errors import CandorError, Problems
from candor.keys.codes import new_id
from candor.policy.terms import Office
from candor.records.committee_fold import digest
from candor.records.committee_parts import ItemPart, Recusal
from candor.records.events import EventType
from candor.records.matters import Case
from candor.records.tally import FINAL

ADMINISTRATORS = (Office.SECRETARY.value, Office.CLO.value)
"""Who may put an item: they administer it, and neither votes nor is concerned."""
_STATES = {
    "new": "To be put before the {body}",
    "voting": "Before the {body}",
    "to_sign": "Voted on; {chair} signs the result",
    "again": "To be put again",
}


@dataclass(frozen=True)
class AgendaRow:
    """A matter that a body has to decide. ``state``: new, voting, to_sign or again; ``item``:
    the case of the item, '' before it is put; ``text`` says why it must be put again."""

    case: str
    number: str
    title: str
    person: str
    body: str
    state: str
    state_text: str
    text: str
    item: str
    due: str


def agenda_of(session: Session) -> tuple[AgendaRow, ...]:
    """The matters that a body has to decide, for whoever may put them; oldest number first."""
    if not set(ADMINISTRATORS) & set(session.offices):
        return ()
    found = (case for case in matter_reading.matters(session) if _is_open(session, case))
    return tuple(sorted((_row(session, c) for c in found), key=lambda row: row.number))


def _is_open(session: Session, case: Case) -> bool:
    withdrawn = case.matter is not None and case.matter.withdrawal is not None
    routed = case.route is not None and bool(case.route.body)
    mine = case.subject == session.person_id
    return routed and not withdrawn and not mine and case.determination("") is None


def _row(session: Session, case: Case) -> AgendaRow:
    found = before(session, case.id)
    state = _state(session, found[1]) if found else "new"
    name = found[1].committee if found else case.route.body if case.route else ""
    words = {
        "body": session.pack.committee(name).title,
        "chair": session.name_of(found[1].chair) if found else "",
    }
    return AgendaRow(
        case=case.id,
        number=case.number,
        title=committee_texts.matter_title(session, case),
        person=session.name_of(case.subject),
        body=words["body"],
        state=state,
        state_text=_STATES[state].format(**words),
        text=_why(session, found[1]) if found else "",
        item=found[0].id if found else "",
        due=case.route.due if case.route else "",
    )


def _why(session: Session, item: ItemPart) -> str:
    """Why it must be put again; ''."""
    if item.resolution is not None:
        return "The proposal was not carried, and the matter is still open."
    stuck = STUCK.get(item.result.outcome, "") if item.result else ""
    return stuck or overtaken(session, item)


def _state(session: Session, item: ItemPart) -> str:
    outcome = item.result.outcome if item.result else ""
    if _why(session, item):
        return "again"
    return "to_sign" if outcome in FINAL else "voting"


def put_item(
    session: Session, case_id: str, choice: ItemChoice, full_name: str, passphrase: str
) -> str:
    """Put a matter before its body, signed; returns the item's case.

    The item has a case of its own, for the members who vote and for those who administer it.
    Where too few members of the routed body remain, the matter is routed on in the same act.
    Raises NotYours, Problems, SignatureRefused.
    """
    session.need_office(*ADMINISTRATORS)
    draft = draft_item(session, case_id, choice)
    _check(session, draft)
    require_decidable(session, (case_id,))
    require_signature(session, full_name, passphrase)
    item = new_id()
    with session.batch():
        if draft.escalated:
            _route_on(session, draft)
        session.write(
            item,
            EventType.ITEM_PUT,
            _body(session, draft, choice, full_name),
            deps=session.directory.head,
        )
    return item


def _check(session: Session, draft: ItemDraft) -> None:
    if session.person_id in {draft.subject, *(seat.person for seat in draft.seating.out)}:
        raise CandorError(
            "This matter concerns you, so you cannot put it to a vote.",
            hint="Ask the Secretary or the Chief Legal Officer, whoever is not concerned.",
        )
    if draft.problems:
        raise Problems(
            "The item cannot be put yet, so nothing was signed.",
            draft.problems,
            hint="Mend each of these points.",
        )


def _body(
    session: Session, draft: ItemDraft, choice: ItemChoice, full_name: str
) -> list[tuple[str, Any]]:
    case, seated = session.case(draft.case), draft.body
    return [
        ("matter", draft.case),
        ("title", draft.title),
        ("subject", draft.subject),
        ("text", draft.text),
        ("digest", digest(draft.text)),
        ("kind", choice.kind.value),
        ("committee", seated.id),
        ("chair_role", seated.chair_role),
        ("member_role", seated.member_role),
        ("how", choice.how.value),
        ("members", list(seated.members)),
        ("recused", [msgspec.to_builtins(Recusal(s.person, s.out)) for s in draft.seating.out]),
        ("acting_chair", draft.chair if draft.acting else ""),
        ("meeting_on", choice.meeting_on.isoformat() if choice.meeting_on else ""),
        ("readers", list(_readers(session, draft))),
        ("notices", [notice.id for notice in told(session, draft.case, choice.notices)]),
        ("papers", [[draft.title, matter_reading.newest(case).event]]),
        ("conditions", _conditions(choice)),
        ("counting", msgspec.to_builtins(draft.seating.counting)),
        ("name", full_name.strip()),
    ]


def _conditions(choice: ItemChoice) -> list[dict[str, str]]:
    return [
        {"text": c.text, "owner": c.owner, "due": c.due.isoformat() if c.due else ""}
        for c in choice.conditions
    ]


def _readers(session: Session, draft: ItemDraft) -> tuple[str, ...]:
    """Those who administer the matter, may read it and are not concerned."""
    out = {draft.subject, *(seat.person for seat in draft.seating.out)}
    may_read = reach(session).readers[draft.case]
    held = (p for office in ADMINISTRATORS for p in session.holders().get(office, ()))
    return tuple(dict.fromkeys(p for p in held if p in may_read and p not in out))


def _route_on(session: Session, draft: ItemDraft) -> None:
    """Send the matter to the next body, whose members then receive it."""
    case, seated = session.case(draft.case), draft.body
    route = case.route
    session.write(
        case.id,
        EventType.MATTER_ROUTED,
        [
            ("office", _office(seated)),
            ("reason", draft.escalated),
            ("clause", route.clause if route else ""),
            ("row", route.row if route else ""),
            ("pack", session.pack.digest),
            ("body", seated.id),
            ("member", seated.member_role),
            ("people", list(draft.seating.voting)),
            ("allowed", list(route.allowed) if route else []),
            ("due", route.due if route else ""),
        ],
        deps=(*case.heads, *session.directory.head),
    )


def _office(seated: Body) -> str:
    """A route names the chair's office, or the members' where a body has no chair's office."""
    return seated.chair_role or seated.member_role
