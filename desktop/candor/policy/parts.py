"""Who has which part in a case, as a route is worked out: deciders, fallbacks, who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from candor.policy import bodies
from candor.policy.answer import Body, Decider, Excluded, Fallback, InformationItem, Part, Status
from candor.policy.bodies import Sitting
from candor.policy.chains import Barred, Passed, Turn, Walk, walk
from candor.policy.exclusion import why_not
from candor.policy.ground import Ground
from candor.policy.pack.rules import Chain, Rule, Step

NOTHING_SIGNED: frozenset[str] = frozenset()


@dataclass
class Parts:
    """What a route comes to, as it is worked out."""

    status: Status = Status.DECIDE
    deciders: list[Decider] = field(default_factory=list)
    fallbacks: list[Fallback] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    body: Body | None = None
    alternatives: tuple[str, ...] = ()
    information: list[InformationItem] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    def leave_out(self, found: Excluded) -> None:
        """Note somebody who is left out, once."""
        if found not in self.excluded:
            self.excluded.append(found)


def walked(
    ground: Ground,
    chain: Chain,
    parts: Parts,
    part: Part,
    barred: Barred = why_not,
    already: frozenset[str] = NOTHING_SIGNED,
) -> Turn | None:
    """Walk a chain, and note who has the part, who may stand in, and who was passed over."""
    found = walk(ground, chain, barred, already)
    for passed in found.passed:
        parts.leave_out(_passed(ground, passed))
    if found.turn is None:
        parts.status = Status.WAIT
        parts.sentences.append(found.end)
        return None
    if found.turn.body:
        seat(ground, found.turn.body, parts, found.turn.reason, found.turn.clause, part)
        return found.turn
    parts.deciders.append(of_turn(ground, found.turn, part))
    parts.fallbacks.extend(_fallbacks(ground, found))
    return found.turn


def seat(
    ground: Ground,
    body: str,
    parts: Parts,
    reason: str,
    clause: str,
    part: Part = Part.DECIDES,
) -> None:
    """Note the body that decides, its recused members, and where it goes if too few remain."""
    seated, before = bodies.deciding(ground, body)
    parts.body = bodies.described(ground, seated, before)
    for one in (*before, seated):
        _recused(ground, one, parts, clause)
    if before:
        names = ", ".join(ground.pack.committee(one.id).title for one in before)
        parts.sentences.append(
            f"Too few disinterested members remain in: {names}. So it goes to: {parts.body.title}."
        )
    if parts.body.can_act is False:
        parts.status = Status.WAIT
        parts.sentences.append(
            "Too few disinterested members remain in every body that could decide. The Board forms "
            f"a committee of at least {ground.settings.votes_in_favour} disinterested directors."
        )
        return
    parts.deciders.append(decider(ground, part, body=seated.id, reason=reason, clause=clause))
    if after := ground.pack.committee(seated.id).escalates_to:
        parts.fallbacks.append(_escalation(ground, after))


def _escalation(ground: Ground, body: str) -> Fallback:
    row = ground.pack.committee(body)
    return Fallback(
        office=row.chair,
        person=ground.standing.chair(body),
        body=body,
        title=row.title,
        only_if="only if too few disinterested members remain to decide",
    )


def _fallbacks(ground: Ground, found: Walk) -> Iterator[Fallback]:
    before = found.turn
    for turn in found.rest:
        who = ground.pack.office_title(before.office) if before and before.office else "it"
        yield Fallback(
            office=turn.office,
            person=turn.person,
            body=turn.body,
            title=titled(ground, turn.office, turn.body),
            only_if=f"only if the {who} is absent by a signed declaration, the office is vacant or "
            "its holder is concerned; silence is never absence",
        )
        before = turn


def _recused(ground: Ground, seated: Sitting, parts: Parts, clause: str) -> None:
    for member, why in seated.conflicted.items():
        parts.leave_out(hidden(ground, member, why, clause, seated.id))


def addressed(
    ground: Ground, office: str, row: Rule, parts: Parts, part: Part, barred: Barred
) -> None:
    """One of several offices that may be asked or told: added once a person, or left out."""
    found = walk(ground, only(office, row.reason, row.clause), barred)
    for passed in found.passed:
        parts.leave_out(_passed(ground, passed))
    asked = {one.person for one in parts.deciders if one.person}
    if found.turn is not None and found.turn.person not in asked:
        parts.deciders.append(of_turn(ground, found.turn, part))


def only(office: str, reason: str, clause: str) -> Chain:
    """A chain of one office."""
    return Chain(office, office, (Step(reason=reason, clause=clause, office=office),))


def of_turn(ground: Ground, turn: Turn, part: Part) -> Decider:
    """Whoever a chain led to, with the part."""
    return decider(
        ground,
        part,
        office=turn.office,
        person=turn.person,
        body=turn.body,
        reason=turn.reason,
        clause=turn.clause,
    )


def decider(
    ground: Ground,
    part: Part,
    *,
    reason: str,
    clause: str,
    office: str = "",
    person: str = "",
    body: str = "",
) -> Decider:
    """Somebody with a part, as the answer shows it."""
    return Decider(
        part=part,
        office=office,
        person=person,
        body=body,
        title=titled(ground, office, body),
        name=ground.standing.name(person) if person else "",
        reason=reason,
        clause=clause,
    )


def titled(ground: Ground, office: str, body: str) -> str:
    """The title of an office or a body; of neither, a director's."""
    if body:
        return ground.pack.committee(body).title
    return ground.pack.office_title(office) if office else "Director"


def hidden(ground: Ground, person: str, why: str, clause: str, body: str = "") -> Excluded:
    """Somebody left out of a case: as a member of a body, or in whatever office."""
    name = ground.standing.name(person)
    return Excluded(person=person, name=name, office="", body=body, reason=why, clause=clause)


def _passed(ground: Ground, passed: Passed) -> Excluded:
    return Excluded(
        person=passed.person,
        name=ground.standing.name(passed.person) if passed.person else "",
        office=passed.office,
        body="",
        reason=passed.why,
        clause=passed.clause,
    )
