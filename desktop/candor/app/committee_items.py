"""The items before a body that this vault holds, and which of them is the live one."""

from __future__ import annotations

from collections.abc import Iterator

from candor.app.committee_bodies import is_covered
from candor.app.session import Session
from candor.errors import CandorError
from candor.policy.facts import RulingAbout
from candor.policy.quorum import Outcome
from candor.policy.terms import DecisionKind
from candor.records.committee_parts import ItemPart
from candor.records.decisions import ALLOWING
from candor.records.matter_parts import Ruling
from candor.records.matters import Case

STUCK = {
    Outcome.CONSENT_IMPOSSIBLE.value: (
        "A written consent needs every member, and one takes no part: put it to a meeting."
    ),
    Outcome.ESCALATE.value: (
        "Too few members remain who may vote: it goes to the Board's disinterested independent "
        "directors."
    ),
    Outcome.NO_QUORUM.value: (
        "Too few members were there, so nothing was decided: put it to another meeting."
    ),
}
"""Outcomes on which no result can be signed, and what to do."""


class NotYourItem(CandorError):
    """The item is not before this person."""


def items(session: Session) -> Iterator[tuple[Case, ItemPart]]:
    """Every item here that was properly put, with its case."""
    for case in session.state.cases.values():
        if case.item is not None:
            yield case, case.item


def item_of(session: Session, case_id: str) -> tuple[Case, ItemPart]:
    """The item of a case. Raises CandorError, NotYourItem for a member who takes no part."""
    case = session.case(case_id)
    if case.item is None:
        raise CandorError(
            "That case holds no item to vote on.", hint="Open one from your list of votes."
        )
    if session.person_id in {recusal.person for recusal in case.item.recused}:
        raise NotYourItem(
            "You take no part in this item, so its papers are not shown to you.",
            hint="The minutes will say what was decided.",
        )
    return case, case.item


def before(session: Session, matter: str) -> tuple[Case, ItemPart] | None:
    """The newest item on a matter; earlier ones gave way to it."""
    found = [(c, i) for c, i in items(session) if i.matter == matter]
    return max(found, key=lambda pair: (pair[1].claimed_at, pair[0].id), default=None)


def gave_way(session: Session, case: Case, item: ItemPart) -> bool:
    """Whether a newer item on the same matter took this one's place."""
    newest = before(session, item.matter)
    return newest is not None and newest[0].id != case.id and item.resolution is None


def shut(session: Session) -> frozenset[str]:
    """The cases that the owner must not be shown: items, and the matters before them, in which
    the owner takes no part as a member of the body. One's own matter stays one's own."""
    found: set[str] = set()
    for case, item in items(session):
        if session.person_id in {recusal.person for recusal in item.recused}:
            found.update({case.id, item.matter})
    own = {c.id for c in session.state.cases.values() if c.subject == session.person_id}
    return frozenset(found - own)


def departure_ruling(matter: Case) -> Ruling | None:
    """The newest signed ruling on whether a matter departs materially from the Code."""
    part = matter.matter
    return part.ruling(RulingAbout.MATERIAL_DEPARTURE) if part is not None else None


def unruled(session: Session, matter: Case, kind: DecisionKind) -> str:
    """'' or that a ruling is still missing, which for directors and executive officers must
    stand before anything is allowed (Form 8-K Item 5.05; domain reference 0.1)."""
    needed = kind in ALLOWING and is_covered(session, matter.subject)
    if not needed or departure_ruling(matter) is not None:
        return ""
    return (
        "The Chief Legal Officer has not ruled in writing whether this would depart materially "
        "from the Code, and for a director or an executive officer that must stand first."
    )


def contrary_ruling(session: Session, matter: Case, kind: DecisionKind) -> str:
    """'' or why what was ruled does not let the matter be decided so: an approval is never a
    material departure, a waiver always."""
    ruling = departure_ruling(matter)
    if ruling is None or kind not in ALLOWING or not is_covered(session, matter.subject):
        return ""
    is_waiver = kind is DecisionKind.WAIVER_GRANTED
    if ruling.holds and not is_waiver:
        return "It was ruled a material departure from the Code, so only a waiver can allow it."
    if is_waiver and not ruling.holds:
        return "It was ruled no material departure from the Code, so it needs no waiver."
    return ""
