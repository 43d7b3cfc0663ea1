"""Decisions that do not know of each other: all are kept, and none silently wins.

A decision replaces the earlier ones that its author knew. Two that knew nothing of each other
and say different things leave the question undecided until somebody who may decide it does so
knowing both.
"""

from __future__ import annotations

from msgspec.structs import replace

from candor.records.conditions import Condition
from candor.records.matters import Determination
from candor.records.working import Working

NO_UNDOING = (
    "It was decided while that office was away; the office reviews it on return and cannot undo it."
)


def weighed(work: Working, found: tuple[Determination, ...]) -> tuple[Determination, ...]:
    """The same decisions, each with what replaces it and what contradicts it."""
    by_question: dict[str, list[Determination]] = {}
    for decision in found:
        if not decision.void:
            by_question.setdefault(decision.question, []).append(decision)
    changed: dict[str, Determination] = {}
    for group in by_question.values():
        if len(group) > 1:
            changed.update((d.event, d) for d in _weighed(work, group))
    return tuple(changed.get(d.event, d) for d in found)


def _weighed(work: Working, group: list[Determination]) -> list[Determination]:
    known = {d.event: work.knows(work.by_id[d.event]) for d in group}
    counting: list[Determination] = []
    for decision in group:
        before = [d for d in counting if d.event in known[decision.event]]
        if _undoes(work, decision, before):
            work.void[decision.event] = NO_UNDOING
        else:
            counting.append(decision)
    kept = {d.event for d in counting}
    return [
        _told(work, d, counting, known) if d.event in kept else replace(d, void=NO_UNDOING)
        for d in group
    ]


def _undoes(work: Working, decision: Determination, before: list[Determination]) -> bool:
    """Whether an office comes back and takes its deputy's decision away (domain reference A2);
    between decisions that contradict each other it may choose."""
    if len({_said(d) for d in before}) != 1:
        return False
    last = before[-1]
    return bool(last.absent) and decision.office == last.absent and not _joint(work)


def _told(
    work: Working,
    decision: Determination,
    group: list[Determination],
    known: dict[str, frozenset[str]],
) -> Determination:
    if _joint(work):
        # who signs beside another office neither replaces nor contradicts it
        group = [d for d in group if _seat(d) == _seat(decision)]
    after = [d.event for d in group if decision.event in known[d.event]]
    if after:
        return replace(decision, replaced_by=after[0])
    open_ones = [d for d in group if not any(d.event in known[o.event] for o in group)]
    against = tuple(d.event for d in open_ones if d is not decision and _said(d) != _said(decision))
    return replace(decision, conflicts=against)


def _said(decision: Determination) -> tuple[str, tuple[Condition, ...]]:
    return decision.kind, decision.conditions


def _seat(decision: Determination) -> str:
    """The office that a decision speaks for, its deputy's too."""
    return decision.absent or decision.office


def _joint(work: Working) -> bool:
    """Whether the matter needs the signatures of several offices together."""
    return any(r.joint and not r.replaced_by for r in work.referrals)
