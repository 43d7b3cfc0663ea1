"""The one function that answers for facts: blocked and why, else who decides, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from candor.policy import attempts, deadlines, explain
from candor.policy.answer import (
    Answer,
    Attempt,
    AttemptState,
    Block,
    Decider,
    Named,
    Part,
    Ruling,
    Status,
)
from candor.policy.assessing import assessed, marks
from candor.policy.attempts import Judged
from candor.policy.chains import walk
from candor.policy.deadlines import Clock
from candor.policy.facts import Decision, DecisionHow, Facts, Matter, RulingAbout
from candor.policy.flagging import flags
from candor.policy.ground import Ground
from candor.policy.matching import prohibitions, route_of
from candor.policy.pack import Pack
from candor.policy.pack.rules import Prohibition, Route, WaivableBy
from candor.policy.parts import Parts
from candor.policy.predicates.people import NEEDS_PRIOR_APPROVAL, begun_without_approval
from candor.policy.predicates.reports import not_served
from candor.policy.predicates.waivers import without_finding
from candor.policy.quorum import Quorum
from candor.policy.rulings import ruling
from candor.policy.terms import DecisionKind, FilerClass
from candor.policy.timetable import duties
from candor.policy.ways import parts_of

_APPROVALS = (DecisionKind.APPROVAL, DecisionKind.APPROVAL_WITH_CONDITIONS)


def decide(facts: Facts, pack: Pack, on: date) -> Answer:
    """Answer for the facts on a day, under a pack.

    Pure: the same facts, pack and day give the same answer. Raises NoRoute for a pack that does
    not route the matter, SettingsFaults, BeyondTheCalendar and AmountFault.
    """
    ground = Ground(facts, pack, on)
    stops = _stopping(ground)
    return _blocked(ground, stops) if stops else _routed(ground)


def day_judged(facts: Facts, today: date) -> date:
    """The day that facts mean: stated, else the decision's, else the filing's, else today."""
    decided = facts.decision.on if facts.decision else None
    return facts.on or decided or facts.filed_on or today


def _stopping(ground: Ground) -> tuple[Prohibition, ...]:
    """The prohibitions that stop the matter; a waiver request gets past what a waiver can cure."""
    found = prohibitions(ground)
    if ground.facts.matter is not Matter.WAIVER:
        return found
    return tuple(row for row in found if row.waivable_by is not WaivableBy.WAIVER)


# --- blocked ----------------------------------------------------------------------------------


def _blocked(ground: Ground, stops: tuple[Prohibition, ...]) -> Answer:
    return _answer(
        ground,
        Parts(status=Status.BLOCKED),
        blocks=tuple(_block(row) for row in stops),
        reason=stops[0].reason,
        allowed=_recorded(ground, stops[0]),
    )


def _recorded(ground: Ground, first: Prohibition) -> tuple[DecisionKind, ...]:
    """What may be put on record about something that nobody may approve."""
    if ground.facts.matter is Matter.WAIVER:
        return (DecisionKind.WAIVER_DENIED,)
    return (DecisionKind.NOTED, DecisionKind.DISAPPROVAL) if first.record_allowed else ()


def _block(row: Prohibition) -> Block:
    return Block(
        rule=row.id,
        title=row.title,
        reason=row.reason,
        clause=row.clause,
        remedy=row.remedy,
        waivable_by=row.waivable_by,
        law=row.law,
        record_allowed=row.record_allowed,
    )


# --- routed -----------------------------------------------------------------------------------


def _routed(ground: Ground) -> Answer:
    row = route_of(ground)
    if row.prior:
        ground = ground.having(NEEDS_PRIOR_APPROVAL)
    parts = parts_of(ground, row)
    needed = _ruling(ground, row)
    if needed and not needed.made:
        _rules_first(ground, row, needed, parts)
    if parts.body is not None:
        ground = ground.having("put_to_body")
    elif parts.status is Status.DECIDE:
        ground = ground.having("put_to_officer")
    committees = ground.pack.committees
    if any(item.to in committees for item in parts.information):
        ground = ground.having("committee_informed")
    begun = begun_without_approval(ground)
    return _answer(
        ground,
        parts,
        route=row,
        reason=row.reason,
        ruling_needed=needed,
        allowed=_allowed(row, begun=begun),
        begun=begun,
    )


def _allowed(row: Route, *, begun: bool) -> tuple[DecisionKind, ...]:
    """A yes to what has begun is a ratification; before, there is nothing to ratify."""
    if begun and DecisionKind.RATIFICATION in row.decisions:
        return tuple(kind for kind in row.decisions if kind not in _APPROVALS)
    if row.prior:
        return tuple(kind for kind in row.decisions if kind is not DecisionKind.RATIFICATION)
    return row.decisions


def _ruling(ground: Ground, row: Route) -> Ruling | None:
    if row.ruling is None:
        return None
    made = ruling(ground, row.ruling)
    waived = row.ruling is RulingAbout.ACTUAL_CONFLICT and not without_finding(ground)
    if made is None and waived:
        return None
    turn = walk(ground, ground.pack.chain(row.ruling_by)).turn
    return Ruling(
        about=row.ruling,
        made=made is not None,
        holds=made.holds if made else None,
        by=made.by if made else (turn.person if turn else ""),
        office=turn.office if turn else "",
    )


_RULES = {
    RulingAbout.RPT_POLICY_APPLIES: "whether the related person policy applies",
    RulingAbout.ACTUAL_CONFLICT: "whether there is an actual conflict",
    RulingAbout.MATERIAL_DEPARTURE: "whether it is a material departure",
}


def _rules_first(ground: Ground, row: Route, needed: Ruling, parts: Parts) -> None:
    turn = walk(ground, ground.pack.chain(row.ruling_by)).turn
    if turn is None or parts.status is Status.WAIT:
        return
    title = ground.pack.committee(turn.body).title if turn.body else ""
    parts.deciders.insert(
        0,
        Decider(
            part=Part.RULES_FIRST,
            office=turn.office,
            person=turn.person,
            body=turn.body,
            title=title or ground.pack.office_title(turn.office),
            name=ground.standing.name(turn.person) if turn.person else "",
            reason=f"First it is ruled in writing {_RULES[needed.about]}.",
            clause=turn.clause,
            about=needed.about,
        ),
    )


# --- what both come to ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tried:
    """A decision that the facts tell of, judged on its own day: ``then`` is the case as it stood.

    Classes, offices and absences are those of the day of the decision, whatever day the rest of
    the answer is for (domain reference 4.1).
    """

    then: Ground
    judged: Judged
    kind: DecisionKind


def _tried(ground: Ground, decision: Decision) -> _Tried:
    then = ground.on_day(decision.on)
    if stops := _stopping(then):
        allowed = _recorded(then, stops[0])
        judged = attempts.attempt_blocked(then, decision, stops)
    else:
        row = route_of(then)
        if row.prior:
            then = then.having(NEEDS_PRIOR_APPROVAL)
        allowed = _allowed(row, begun=begun_without_approval(then))
        judged = attempts.judge(then, row, parts_of(then, row), allowed)
    return _Tried(then, judged, attempts.counts_as(decision, allowed))


@dataclass(frozen=True)
class _Effect:
    """What a decision that counts sets off."""

    ground: Ground
    attempt: Attempt | None = None
    clock: Clock | None = None
    quorum: Quorum | None = None


def _effect(ground: Ground) -> _Effect:
    decision = ground.facts.decision
    if decision is None:
        return _Effect(ground)
    tried = _tried(ground, decision)
    judged, kind = tried.judged, tried.kind
    if judged.state in {AttemptState.COUNTS, AttemptState.FAILED}:
        ground = ground.having("decided")
    favours = judged.state is AttemptState.COUNTS and kind in attempts.IN_FAVOUR
    waiver = favours and _is_waiver(ground, tried)
    attempt = attempts.described(decision, kind, judged, waiver=waiver)
    if not favours:
        return _Effect(ground, attempt, quorum=judged.quorum)
    ground = ground.having("decided_in_favour")
    if kind is DecisionKind.APPROVAL_WITH_CONDITIONS:
        ground = ground.having("decided_with_conditions")
    amends = ground.facts.matter is Matter.CODE_AMENDMENT
    technical = ground.facts.amendment is not None and ground.facts.amendment.technical
    clock = None
    if (waiver and deadlines.covered(marks(tried.then)).applies) or (amends and not technical):
        clock = _clock(ground)
    if amends:
        ground = ground.having("amendment_took_effect")
    elif clock is not None:
        ground = ground.having("waiver_took_effect")
    return _Effect(ground, attempt, clock, judged.quorum)


def _is_waiver(ground: Ground, tried: _Tried) -> bool:
    """A waiver, or a yes to what a ruling finds to be a material departure (Form 8-K Item 5.05)."""
    if tried.kind is DecisionKind.WAIVER_GRANTED:
        return True
    departure = ruling(ground, RulingAbout.MATERIAL_DEPARTURE)
    senior = tried.then.filer_class in {FilerClass.DIRECTOR, FilerClass.EXECUTIVE_OFFICER}
    return senior and departure is not None and departure.holds


def _clock(ground: Ground) -> Clock | None:
    decision = ground.facts.decision
    if decision is None:
        return None
    members: tuple[str, ...] = ()
    if decision.body and decision.taken is DecisionHow.WRITTEN_CONSENT:
        members = ground.standing.members(decision.body)
    event = deadlines.event_of(decision, members if decision.signatures else ())
    return deadlines.clock(event, ground.calendar, ground.settings, decision)


_DECIDE = frozenset({Part.DECIDES, Part.SIGNS_JOINTLY, Part.DECIDES_ANY})


def _decided_by(parts: Parts) -> tuple[str, ...]:
    if parts.status is not Status.DECIDE:
        return ()
    theirs = (one for one in parts.deciders if one.part in _DECIDE)
    return tuple(dict.fromkeys(one.body or one.person or one.office for one in theirs))


def _answer(
    ground: Ground,
    parts: Parts,
    *,
    reason: str,
    allowed: tuple[DecisionKind, ...],
    blocks: tuple[Block, ...] = (),
    route: Route | None = None,
    ruling_needed: Ruling | None = None,
    begun: bool = False,
) -> Answer:
    effect = _effect(ground)
    ground = effect.ground
    found = assessed(ground, effect.quorum, effect.clock)
    company = ground.pack.company
    answer = Answer(
        matter=ground.facts.matter,
        filer=ground.facts.filer,
        filer_class=ground.filer_class,
        on=ground.on,
        status=parts.status,
        blocked=bool(blocks),
        block=blocks[0] if blocks else None,
        also_blocked_by=blocks[1:],
        route=route.id if route else "",
        reason=reason,
        decided_by=_decided_by(parts),
        deciders=tuple(parts.deciders),
        fallbacks=tuple(parts.fallbacks),
        excluded=tuple(parts.excluded),
        body=parts.body,
        alternative_bodies=parts.alternatives,
        information=tuple(parts.information),
        prior_approval=bool(route and route.prior),
        ratification=begun,
        ruling=ruling_needed,
        allowed_decisions=allowed,
        notice_missing=not_served(ground) if parts.status is Status.SERVE else (),
        flags=flags(ground, found, parts.body),
        duties=duties(ground, effect.clock),
        assessments=found,
        attempt=effect.attempt,
        clauses=(),
        sentences=(),
        pack=Named(
            company=company.name,
            code_version=company.code_version,
            rule_set_date=company.rule_set_date,
            digest=ground.pack.digest,
        ),
    )
    clause = route.clause if route else ""
    return explain.completed(answer, ground, clause, tuple(parts.sentences))
