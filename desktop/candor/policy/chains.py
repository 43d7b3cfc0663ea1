"""Walks a chain of offices to the first one that is free, and says why others were passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from candor.policy.exclusion import why_not
from candor.policy.ground import Ground
from candor.policy.pack.rules import Chain, Step


@dataclass(frozen=True)
class Passed:
    """An office that was passed over. ``person`` is "" where the facts name no holder."""

    office: str
    person: str
    why: str
    clause: str


@dataclass(frozen=True)
class Turn:
    """Who decides: a person in an office, or a body. ``person`` may be unknown ("")."""

    office: str
    person: str
    body: str
    reason: str
    clause: str


@dataclass(frozen=True)
class Walk:
    """Where a chain leads. ``turn`` is None where nobody is left; ``end`` then says what to do.

    ``rest``: who would decide after the turn, in order.
    """

    turn: Turn | None
    passed: tuple[Passed, ...]
    rest: tuple[Turn, ...] = ()
    end: str = ""
    skipped: frozenset[str] = field(default_factory=frozenset)


Barred = Callable[[Ground, str], str]
"""Says why a person may not take the part that the chain gives; "" where they may."""


def walk(
    ground: Ground,
    chain: Chain,
    barred: Barred = why_not,
    already: frozenset[str] = frozenset(),
) -> Walk:
    """Walk a chain to its first free office.

    An office is passed over when it is vacant, when a signed absence covers it, or when every
    holder is barred or in ``already`` (people who sign in another part). A signed deputy comes
    before the next step, where the chain holds that office further down: nobody delegates below
    the chain (domain reference 4.2). After the turn only those are noted as passed over whom the
    case itself keeps out. A body ends the walk: whether it can act is for its own count.
    """
    passed: list[Passed] = []
    turns: list[Turn] = []
    steps = tuple(_steps(ground, chain))
    for place, step in enumerate(steps):
        if step.body:
            turns.append(Turn("", "", step.body, step.reason, step.clause))
            continue
        person, why = _free(ground, step, barred, already)
        if not why:
            turns.append(Turn(step.office, person, "", step.reason, step.clause))
        elif not turns or (person and barred(ground, person)):
            passed.append(Passed(step.office, person, why, step.clause))
        if why and (stand_in := _deputy(ground, step, steps[place:], barred, already)):
            turns.append(stand_in)
    end = "" if turns else _end(ground, chain)
    if not turns and (named := _named_deputy(ground, chain, barred)):
        turns.append(named)
    return Walk(turns[0] if turns else None, tuple(passed), tuple(turns[1:]), end)


def _steps(ground: Ground, chain: Chain) -> Iterator[Step]:
    """The chain's steps and those of the chains that go on after it, each office once."""
    seen: set[str] = set()
    while True:
        for step in chain.step:
            if (name := step.office or step.body) not in seen:
                seen.add(name)
                yield step
        if not chain.then:
            return
        chain = ground.pack.chain(chain.then)


def _end(ground: Ground, chain: Chain) -> str:
    while chain.then:
        chain = ground.pack.chain(chain.then)
    return chain.end


def _free(ground: Ground, step: Step, barred: Barred, already: frozenset[str]) -> tuple[str, str]:
    """The first free holder and "", or a holder and why nobody in this office can decide."""
    standing = ground.standing
    if standing.vacant(step.office):
        return "", "the office is vacant"
    holders = standing.holders(step.office)
    absence = standing.absence(step.office)
    if absence:
        held = holders[0] if holders else ""
        return held, f"is away from {absence.since} to {absence.until}, by a signed declaration"
    away, why, held = standing.away(), "", ""
    for person in holders:
        found = barred(ground, person)
        if not found and person in away:
            found = "is away, by a signed declaration for another office"
        if not found and person in already:
            found = "already signs in another part"
        if not found:
            return person, ""
        why, held = why or found, held or person
    return held, why


def can_stand_in(ground: Ground, deputy: str, office: str) -> bool:
    """Whether some chain holds the deputy's office behind the one that is away."""
    orders = [[step.office for step in _steps(ground, c)] for c in ground.pack.chains.values()]
    return any(deputy in order[order.index(office) :] for order in orders if office in order)


def _deputy(
    ground: Ground, step: Step, rest: Sequence[Step], barred: Barred, already: frozenset[str]
) -> Turn | None:
    """The office of the chain that a signed absence names to act, where its holder is free."""
    absence = ground.standing.absence(step.office)
    if absence is None or absence.deputy not in {one.office for one in rest if one.office}:
        return None
    acting = Step(reason="", clause=step.clause, office=absence.deputy)
    person, why = _free(ground, acting, barred, already)
    if why:
        return None
    title = ground.pack.office_title
    reason = (
        f"{title(step.office)} is away, and the signed declaration names "
        f"{title(absence.deputy)} to act."
    )
    return Turn(absence.deputy, person, "", reason, step.clause)


def _named_deputy(ground: Ground, chain: Chain, barred: Barred) -> Turn | None:
    """The office that the Board named to act at the end of a chain without a fallback."""
    information = ground.facts.information
    if not chain.deputy or information is None or not information.board_set_deputy:
        return None
    last = chain.step[-1]
    acting = Step(reason="", clause=last.clause, office=information.board_set_deputy)
    person, why = _free(ground, acting, barred, frozenset())
    if why:
        return None
    title = ground.pack.office_title(acting.office)
    return Turn(acting.office, person, "", f"The Board named {title} to act here.", last.clause)
