"""The result of a vote, the chair's signature under it, and the decision that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from candor.app import committee_texts, notices
from candor.app.committee_ballots import MemberRow, day_of, member_rows, revealed
from candor.app.committee_begun import began, last_signature
from candor.app.committee_items import (
    STUCK,
    contrary_ruling,
    departure_ruling,
    gave_way,
    item_of,
    unruled,
)
from candor.app.integrity import require_decidable
from candor.app.session import Session
from candor.app.signing import require_signature
from candor.app.words import day, plural
from candor.errors import CandorError
from candor.policy.quorum import Outcome
from candor.policy.terms import DecisionKind
from candor.records import tally
from candor.records.committee_fold import signer
from candor.records.committee_parts import ItemPart, Resolution, Voting
from candor.records.committee_parts import Result as Counts
from candor.records.events import EventType
from candor.records.matters import BodyResult, Case

OUTCOMES = {
    Outcome.PASSED: "Carried",
    Outcome.FAILED: "Not carried",
    Outcome.PENDING: "Votes are missing",
    Outcome.NO_QUORUM: "No quorum",
    Outcome.ESCALATE: "Too few members may vote",
    Outcome.CONSENT_IMPOSSIBLE: "No written consent is possible",
}
_ON_WAIVERS = {True: DecisionKind.WAIVER_DENIED, False: DecisionKind.DISAPPROVAL}
_HIDDEN = "Hidden until your own vote is signed"


@dataclass(frozen=True)
class ResultView:
    """Where a vote stands. Both ways to count who is there are shown: without those who stand
    aside, which counts, and with them. ``blocked``: '' or why the owner cannot sign now."""

    item: str
    outcome: str
    outcome_text: str
    votes: str
    quorum: tuple[str, ...]
    members: tuple[MemberRow, ...]
    signer: str
    acting: bool
    blocked: str
    resolution: Resolution | None
    minutes: tuple[str, ...]


@dataclass(frozen=True)
class Signing:
    """What the chair adds to the result. ``absent``: the members who were not at the meeting;
    ``held_on``: its day where it was moved; ``effective_on``: a later day that a written
    consent states."""

    absent: tuple[str, ...] = ()
    held_on: date | None = None
    effective_on: date | None = None


def result(session: Session, item_id: str, signing: Signing | None = None) -> ResultView:
    """The result of an item, as it would be signed. Raises CandorError, NotYourItem."""
    case, item = item_of(session, item_id)
    signing = signing or Signing()
    shown = revealed(session, item)
    counts = _counts(item, signing)
    return ResultView(
        item=case.id,
        outcome=counts.outcome if shown else Outcome.PENDING.value,
        outcome_text=OUTCOMES[Outcome(counts.outcome)] if shown else _HIDDEN,
        votes=_votes(counts) if shown else "",
        quorum=_quorum(counts) if shown else (),
        members=member_rows(session, item, shown=shown),
        signer=session.name_of(signer(item, signing.absent)),
        acting=item.acting or item.chair in signing.absent,
        blocked=_blocked(session, case, item, signing),
        resolution=item.resolution,
        minutes=minutes(session, item) if shown else (),
    )


def _counts(item: ItemPart, signing: Signing) -> Counts:
    if item.resolution is not None and item.result is not None:
        return item.result
    return tally.result(item, signing.absent)


def _votes(counts: Counts) -> str:
    return (
        f"{counts.votes_for} in favour, {counts.votes_against} against, "
        f"{counts.abstained} abstaining"
    )


def _quorum(counts: Counts) -> tuple[str, ...]:
    there, needed = plural(counts.present, "disinterested member"), counts.quorum_needed
    with_recused = counts.present_with_recused
    return (
        f"{there} took part; a quorum is {needed}.",
        f"With those who stood aside it would be {with_recused}; that count decides nothing.",
        f"{counts.needed_in_favour} in favour are needed.",
    )


def minutes(session: Session, item: ItemPart) -> tuple[str, ...]:
    """The lines for the minutes: each notice of an interest, and each member who stood aside
    with the reason."""
    template = session.pack.text("minute_recusal")
    interests = (view.minute for view in notices.told(session, item.matter, item.notices))
    recusals = (
        committee_texts.filled(
            template, {"member": session.name_of(r.person), "reason": r.reason.rstrip(".")}
        )
        for r in item.recused
    )
    return (*interests, *recusals)


def _blocked(session: Session, case: Case, item: ItemPart, signing: Signing) -> str:
    outcome = _counts(item, signing).outcome
    matter = session.state.cases.get(item.matter)
    kind = DecisionKind(item.kind)
    carried = outcome == Outcome.PASSED and matter is not None
    ruled = unruled(session, matter, kind) if carried and matter else ""
    contrary = contrary_ruling(session, matter, kind) if carried and matter else ""
    held = _held_on(item, signing).isoformat()
    begun = began(session, matter, kind, _held_on(item, signing)) if carried and matter else ""
    rules = (
        (item.resolution is None, "The result is signed already."),
        (not gave_way(session, case, item), "Another paper took this one's place."),
        (not case.forked, case.forked),
        (session.person_id == signer(item, signing.absent), _not_signer(session, item, signing)),
        (revealed(session, item), "Sign your own vote first."),
        (outcome not in STUCK, STUCK.get(outcome, "")),
        (outcome in tally.FINAL, "Votes are missing that could still change the outcome."),
        (matter is not None, "The matter itself is not in this vault."),
        (matter is None or _lies_here(matter, item), "The matter was sent elsewhere since."),
        (matter is None or matter.determination("") is None, "The matter is decided already."),
        (not ruled, ruled),
        (not contrary, contrary),
        (held <= session.today, f"The meeting is on {day(_held_on(item, signing))}, not before."),
        (not begun, begun),
        *_stated(item, signing),
    )
    return next((reason for kept, reason in rules if not kept), "")


def _stated(item: ItemPart, signing: Signing) -> tuple[tuple[bool, str], ...]:
    """What holds of days and absences that the chair states."""
    put = datetime.fromisoformat(item.claimed_at).date()
    held, effective = _held_on(item, signing), signing.effective_on
    consent = item.how == Voting.WRITTEN_CONSENT
    return (
        (held >= put, "The meeting cannot have been before its paper was put."),
        (effective is None or consent, "Only a written consent states a day of its own."),
        (effective is None or effective >= held, "It cannot take effect before it is signed."),
        (not (consent and signing.absent), "Nobody is absent from a written consent."),
        (set(signing.absent) <= set(item.waiting), "A member who voted was not absent."),
    )


def _lies_here(matter: Case, item: ItemPart) -> bool:
    return matter.route is not None and matter.route.body == item.committee


def _not_signer(session: Session, item: ItemPart, signing: Signing) -> str:
    name = session.name_of(signer(item, signing.absent))
    return f"{name} signs the result{', for the Chair' if item.acting else ''}, and nobody else."


def _held_on(item: ItemPart, signing: Signing) -> date:
    """The meeting's day; for a written consent the day of the last signature on it."""
    if item.how == Voting.MEETING:
        return signing.held_on or day_of(item) or last_signature(item)
    return last_signature(item)


def sign_resolution(
    session: Session,
    item_id: str,
    full_name: str,
    passphrase: str,
    signing: Signing | None = None,
) -> str:
    """Sign the result as chair, or for the chair; this decides the matter. Returns the event
    of the decision, or of the result where that leaves the matter open.

    A proposal that was not carried refuses the matter, unless the rules know no refusal there.
    Raises CandorError where nothing can be
    signed yet, SignatureRefused.
    """
    case, item = item_of(session, item_id)
    signing = signing or Signing()
    if blocked := _blocked(session, case, item, signing):
        raise CandorError(blocked, hint="Nothing was signed.")
    require_decidable(session, (case.id, item.matter))
    require_signature(session, full_name, passphrase)
    with session.batch():
        resolved = _resolve(session, case, item, signing, full_name.strip())
        if not _is_open(session.case(item.matter), _kind(item, carried=_carried(item, signing))):
            return resolved
        return _decide(session, case, item, signing, resolved, full_name.strip())


def _resolve(session: Session, case: Case, item: ItemPart, signing: Signing, full_name: str) -> str:
    counts = _counts(item, signing)
    effective = signing.effective_on
    return session.write(
        case.id,
        EventType.ITEM_RESOLVED,
        [
            ("digest", item.digest),
            ("outcome", counts.outcome),
            ("votes_for", counts.votes_for),
            ("votes_against", counts.votes_against),
            ("abstained", counts.abstained),
            ("held_on", _held_on(item, signing).isoformat()),
            ("absent", list(signing.absent)),
            ("effective_on", effective.isoformat() if effective else ""),
            ("meaning", session.pack.text_version("resolution")),
            ("name", full_name),
        ],
        deps=(*case.heads, *session.directory.head),
    )


def _decide(
    session: Session,
    case: Case,
    item: ItemPart,
    signing: Signing,
    resolved: str,
    full_name: str,
) -> str:
    matter = session.case(item.matter)
    counts = _counts(item, signing)
    carried = _carried(item, signing)
    stated = BodyResult(
        item=case.id,
        event=resolved,
        outcome=counts.outcome,
        votes_for=counts.votes_for,
        votes_against=counts.votes_against,
        abstained=counts.abstained,
        held_on=_held_on(item, signing).isoformat(),
    )
    return session.write(
        matter.id,
        EventType.MATTER_DECIDED,
        [
            ("kind", _kind(item, carried=carried).value),
            ("office", _office(session, item)),
            ("reason", _reason(session, item, counts)),
            ("conditions", msgspec.to_builtins(item.conditions if carried else ())),
            ("material_departure", _departure(matter)),
            ("meaning", session.pack.text_version("resolution")),
            ("name", full_name),
            ("clause", matter.route.clause if matter.route else ""),
            ("body", item.committee),
            ("resolution", msgspec.to_builtins(stated)),
            ("effective_on", signing.effective_on.isoformat() if signing.effective_on else ""),
        ],
        deps=(*_grounds(item, matter), *session.directory.head),
    )


def _carried(item: ItemPart, signing: Signing) -> bool:
    return _counts(item, signing).outcome == Outcome.PASSED


def _is_open(matter: Case, kind: DecisionKind) -> bool:
    """Whether the route lets the body decide so."""
    allowed = matter.route.allowed if matter.route else ()
    return not allowed or kind.value in allowed


def _kind(item: ItemPart, *, carried: bool) -> DecisionKind:
    kind = DecisionKind(item.kind)
    return kind if carried else _ON_WAIVERS[kind is DecisionKind.WAIVER_GRANTED]


def _office(session: Session, item: ItemPart) -> str:
    """The chair's role where the owner has it, the members' otherwise."""
    on = session.today
    is_chair = bool(item.chair_role) and session.directory.sits(
        session.person_id, item.chair_role, on
    )
    return item.chair_role if is_chair else item.member_role


def _reason(session: Session, item: ItemPart, counts: Counts) -> str:
    title = session.pack.committee(item.committee).title
    word = "resolved it" if counts.outcome == Outcome.PASSED else "did not carry it"
    return f"The {title} {word}: {_votes(counts)}."


def _departure(matter: Case) -> dict[str, Any] | None:
    ruling = departure_ruling(matter)
    if ruling is None:
        return None
    return {"is": ruling.holds, "reason": ruling.reason}


def _grounds(item: ItemPart, matter: Case) -> tuple[str, ...]:
    """What the decision stands on: the version laid before the members, its route, the ruling,
    and decisions that were there before."""
    route, ruling = matter.route, departure_ruling(matter)
    events = {event for _, event in item.papers}
    return (
        *(s.event for s in matter.submissions if s.event in events),
        *((route.event,) if route else ()),
        *((ruling.event,) if ruling else ()),
        *(d.event for d in matter.determinations),
    )
