"""Whether a decision that the facts tell of counts, and in sentences why not.

Every decision is kept. One by somebody without the power to take it is void: a finance chief
outside a signed absence, an officer where only a body may, the filer, a relative, an approval
where only a waiver could help (Code III ¶2; code-map A4, A7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from candor.policy import bodies
from candor.policy.answer import Attempt, AttemptState, Decider, Part, Status
from candor.policy.bodies import CONSENT, Sitting
from candor.policy.chains import Barred, walk
from candor.policy.exclusion import why_concerned, why_not
from candor.policy.facts import Decision, DecisionHow, Vote, VoteWord
from candor.policy.ground import Ground
from candor.policy.pack.rows import Members
from candor.policy.pack.rules import By, Prohibition, Route
from candor.policy.parts import Parts
from candor.policy.quorum import Outcome, Quorum
from candor.policy.terms import DecisionKind

IN_FAVOUR = frozenset(
    {
        DecisionKind.APPROVAL,
        DecisionKind.APPROVAL_WITH_CONDITIONS,
        DecisionKind.RATIFICATION,
        DecisionKind.WAIVER_GRANTED,
    }
)
"""Decisions by which something may go on."""
_APPROVALS = IN_FAVOUR - {DecisionKind.WAIVER_GRANTED}
_RECORDS = frozenset({DecisionKind.NOTED, DecisionKind.DISAPPROVAL, DecisionKind.WAIVER_DENIED})
_PARTS = frozenset({Part.DECIDES, Part.SIGNS_JOINTLY, Part.DECIDES_ANY, Part.NOTES, Part.RECEIVES})


@dataclass(frozen=True)
class Judged:
    """What an attempt comes to, with the count of the votes where a body decided."""

    state: AttemptState
    reasons: tuple[str, ...]
    quorum: Quorum | None = None


def attempt_blocked(ground: Ground, decision: Decision, stops: tuple[Prohibition, ...]) -> Judged:
    """A decision on what nobody may approve: only a refusal, or a note, has effect."""
    first = stops[0]
    if decision.kind in _RECORDS and first.record_allowed:
        why = _first_barred(ground, decision.by, why_concerned) or _not_recorder(ground, decision)
        if why:
            return Judged(AttemptState.VOID, (why,))
        return Judged(AttemptState.COUNTS, ("It is put on record; nothing is approved by it.",))
    return Judged(
        AttemptState.VOID,
        (f"Nobody may approve this: {first.reason} What was decided has no effect.",),
    )


def _not_recorder(ground: Ground, decision: Decision) -> str:
    """Why those who signed do not keep the record: the first free office of the chain does."""
    turn = walk(ground, ground.pack.exceptions, why_concerned).turn
    if decision.body or turn is None or turn.body:
        return ""
    if all(_is_or_holds(ground, one, turn.office, turn.person) for one in decision.by):
        return ""
    title = ground.pack.office_title(turn.office)
    return f"It is for the {title} to put this on record, so it is kept and has no effect."


def judge(ground: Ground, row: Route, parts: Parts, allowed: tuple[DecisionKind, ...]) -> Judged:
    """Judge the decision in the facts against the route."""
    decision = ground.facts.decision
    assert decision is not None  # noqa: S101 - asked for only where there is one
    kind = counts_as(decision, allowed)
    if kind not in allowed:
        return Judged(AttemptState.VOID, (_not_allowed(ground, kind, allowed),))
    if decision.body:
        return _by_body(ground, parts, decision)
    if parts.status is Status.WAIT:
        return Judged(AttemptState.VOID, ("Nobody may decide this now.", *parts.sentences))
    if row.by is By.BODY or (parts.body is not None and row.by is not By.NOTICE):
        return Judged(AttemptState.VOID, (_needs_body(ground, parts, decision),))
    return _by_person(ground, row, parts, decision)


def counts_as(decision: Decision, allowed: tuple[DecisionKind, ...]) -> DecisionKind:
    """A yes to what had begun before is a ratification, whatever it was called."""
    ratifies = DecisionKind.RATIFICATION in allowed and DecisionKind.APPROVAL not in allowed
    if ratifies and decision.kind in _APPROVALS:
        return DecisionKind.RATIFICATION
    return decision.kind


def _not_allowed(ground: Ground, kind: DecisionKind, allowed: tuple[DecisionKind, ...]) -> str:
    words = kind.replace("_", " ")
    may = ", ".join(one.replace("_", " ") for one in allowed)
    if kind in _APPROVALS and DecisionKind.WAIVER_GRANTED in allowed:
        return f"An {words} is no waiver, and this asks for a waiver. It may be recorded as: {may}."
    if kind is DecisionKind.WAIVER_GRANTED:
        return (
            "A waiver is granted on a waiver request only, after an actual conflict was found. "
            f"This may be recorded as: {may}."
        )
    return f"“{words}” cannot be recorded on this {ground.facts.matter}; it may be: {may}."


def _needs_body(ground: Ground, parts: Parts, decision: Decision) -> str:
    title = parts.body.title if parts.body else "a body"
    who = ", ".join(ground.standing.name(one) for one in decision.by) or "One person"
    return f"Only the {title} can decide this, by vote. {who} alone cannot, so it has no effect."


def _first_barred(ground: Ground, people: tuple[str, ...], barred: Barred = why_not) -> str:
    for person in people:
        if why := barred(ground, person):
            return f"{ground.standing.name(person)} {why}."
    return ""


# --- by a person ------------------------------------------------------------------------------


def _by_person(ground: Ground, row: Route, parts: Parts, decision: Decision) -> Judged:
    if not decision.by:
        return Judged(AttemptState.VOID, ("It does not say who decided.",))
    barred = why_concerned if row.subordinates or row.by is By.RECORD else why_not
    if why := _first_barred(ground, decision.by, barred):
        return Judged(AttemptState.VOID, (why,))
    wanted = [one for one in parts.deciders if one.part in _PARTS]
    faults = list(_unfit(ground, decision, parts))
    if faults:
        return Judged(AttemptState.VOID, tuple(faults))
    if row.by is By.JOINT:
        missing = [one.title for one in wanted if not _signed(ground, one, decision)]
        if missing:
            words = f"It still lacks the signature of: {', '.join(missing)}."
            return Judged(AttemptState.PENDING, (words,))
    return Judged(AttemptState.COUNTS, ("Whoever decided it was the one to decide it.",))


def _unfit(ground: Ground, decision: Decision, parts: Parts) -> Iterator[str]:
    """Everybody who signed without being one of those who may."""
    wanted = [one for one in parts.deciders if one.part in _PARTS]
    for person in decision.by:
        fits = any(_is_or_holds(ground, person, one.office, one.person) for one in wanted)
        if not fits:
            titles = ", ".join(dict.fromkeys(one.title for one in wanted))
            yield (
                f"It is for the {titles} to decide this on {ground.on}, not for "
                f"{ground.standing.name(person)}: no signed absence and no vacancy passes it on, "
                "and silence is never absence. It is kept, and void until ratified."
            )


def _is_or_holds(ground: Ground, person: str, office: str, wanted: str) -> bool:
    if wanted:
        return person == wanted
    holders = ground.standing.holders(office)
    return person in holders or not holders


def _signed(ground: Ground, wanted: Decider, decision: Decision) -> bool:
    return any(_is_or_holds(ground, one, wanted.office, wanted.person) for one in decision.by)


# --- by a body --------------------------------------------------------------------------------


def _by_body(ground: Ground, parts: Parts, decision: Decision) -> Judged:
    body = decision.body
    if fault := _wrong_body(ground, parts, body):
        return Judged(AttemptState.VOID, (fault,))
    seated = bodies.sitting(ground, body)
    if not bodies.known(seated):
        return _ratified(decision, _as_stated(ground))
    votes = _votes(ground, decision)
    if not votes:
        if bodies.able(ground, seated) is False:
            words = "Too few disinterested members remain, so that body cannot decide it."
            return Judged(AttemptState.VOID, (words,))
        return _ratified(decision, _without_votes(decision, seated))
    quorum = bodies.count(ground, seated, decision.taken, votes)
    return _ratified(decision, Judged(_STATE[quorum.outcome], quorum.sentences, quorum))


def _ratified(decision: Decision, judged: Judged) -> Judged:
    """What needs the Board's ratification waits for it."""
    waits = decision.needs_board_ratification and decision.ratified_by_board_on is None
    if not waits or judged.state is not AttemptState.COUNTS:
        return judged
    words = "It takes effect only once the Board ratifies it, which it has not."
    return Judged(AttemptState.PENDING, (*judged.reasons, words), judged.quorum)


_STATE = {
    Outcome.PASSED: AttemptState.COUNTS,
    Outcome.FAILED: AttemptState.FAILED,
    Outcome.NO_QUORUM: AttemptState.FAILED,
    Outcome.PENDING: AttemptState.PENDING,
    Outcome.ESCALATE: AttemptState.VOID,
    Outcome.CONSENT_IMPOSSIBLE: AttemptState.VOID,
}


def _wrong_body(ground: Ground, parts: Parts, body: str) -> str:
    """A body may decide where the route names it, or above an officer; "" where it may."""
    row = ground.pack.committee(body)
    whole = row.members is not Members.OFFICE
    if parts.body is None:
        if whole or body in _higher(ground):
            return ""
        return f"The {row.title} has no part in this."
    able = {parts.body.id, *parts.alternatives}
    if parts.body.can_act is not False and body in parts.body.escalated_from:
        return f"Too few disinterested members remain in the {row.title}, so it cannot decide this."
    if body in able or (whole and not ground.facts.waiver):
        return ""
    return (
        f"Only the {parts.body.title} can decide this, so what the {row.title} did has no effect."
    )


def _higher(ground: Ground) -> frozenset[str]:
    """Bodies to which the pack sends directors' and officers' matters: they may take any up."""
    return frozenset(
        name for row in ground.pack.routes if row.by is By.BODY for name in row.who[:1]
    )


def _votes(ground: Ground, decision: Decision) -> tuple[Vote, ...]:
    """The votes given; for a written consent its signatures, each of them in favour."""
    if ground.facts.votes or decision.taken != CONSENT:
        return ground.facts.votes
    return tuple(Vote(one.person, VoteWord.FOR) for one in decision.signatures)


def _as_stated(ground: Ground) -> Judged:
    """The facts name no members: take the decision as it is told, and say so."""
    against = [v for v in ground.facts.votes if v.vote is VoteWord.AGAINST]
    for_it = [v for v in ground.facts.votes if v.vote is VoteWord.FOR]
    words = "The facts do not name the body's members, so quorum and votes were not checked."
    if ground.facts.votes and len(for_it) <= len(against):
        return Judged(AttemptState.FAILED, (words, "The votes told of do not carry it."))
    return Judged(AttemptState.COUNTS, (words,))


def _without_votes(decision: Decision, seated: Sitting) -> Judged:
    if decision.taken == DecisionHow.WRITTEN_CONSENT and seated.conflicted:
        words = "A written consent needs every member, and one is recused: a meeting is needed."
        return Judged(AttemptState.VOID, (words,))
    words = "The facts tell of no votes, so the decision is taken as it is told, unchecked."
    return Judged(AttemptState.COUNTS, (words,))


def described(decision: Decision, kind: DecisionKind, judged: Judged, *, waiver: bool) -> Attempt:
    """The attempt as the answer shows it."""
    return Attempt(
        kind=decision.kind,
        counts_as=kind,
        state=judged.state,
        counts=judged.state is AttemptState.COUNTS,
        reasons=judged.reasons,
        is_waiver=waiver,
    )
